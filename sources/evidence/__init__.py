"""What backs recorded words: files of interviews are brought in, read and compared with what was recorded.

In come uploads, read in a limited process; out go rows of `InterviewFile` and `Comparison`. What is private stays
so: nothing here is asked by a reader's page.
"""
