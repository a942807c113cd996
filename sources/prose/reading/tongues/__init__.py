"""Who speaks in other languages than English, by a table of them.

In come the paragraphs of a story and their quoted segments; out go the language of each paragraph and
who speaks. A language is a row of `table.py`: its words, and whether it is read. English has a reader
of its own, `speakers.py`.
"""
