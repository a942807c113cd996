"""Reading: the quotations in a text, whether each is speech, and who is speaking.

In comes plain text; out go places in it. It knows words and where they stand, no grammar and no record.
"""
