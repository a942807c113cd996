"""Arabic: the verb comes first, no capitals tell names, and a verb may be its own subject.

In comes a sentence; out goes who is said to speak in it. Its words are looked up without vowels.
"""
