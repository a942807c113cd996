"""The desk's first page: what waits for whom, and what goes on around it.

In comes a person; out go the tasks that are theirs, in their order, and the stories beside them.
"""
