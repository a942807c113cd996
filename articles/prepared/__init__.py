"""What is made ready for readers when a story is published, and drawn from it alone.

In comes a live version; out come its lists, its search entry, its relations and its page, and the frame
that stands around all pages. Everything here can be made anew, and is after an upgrade.
"""
