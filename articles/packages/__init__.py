"""Story packages: how a whole story, with what it rests on, goes in and out of the desk.

In comes JSON with the files beside it: `format.py` says what fits, `importing.py` takes it to the desk,
whole or not at all. Out goes the same, written by `exporting.py`.
"""
