"""The text of a story: as blocks and runs of words, and as the HTML in which the desk writes it.

In comes HTML from editors, pastes and packages, cleaned on the way; out go blocks, their plain text and
places in it. Tags and addresses are words too: what is typed for one goes in, what is kept comes out. Nothing here
knows a database row.
"""
