"""Story packages: how a whole story, with what it rests on, goes in and out of the desk.

`format.py` says what fits, `importing.py` brings a package to the desk, `exporting.py` writes one.
"""

FORMAT = "newsroom-story/1"
