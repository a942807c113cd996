"""News prose, read: its markup, its quotations, who is speaking, and whether the record has the words.

In comes text; out go places in it. Pure functions on words: nothing here knows a row or a story.
"""
