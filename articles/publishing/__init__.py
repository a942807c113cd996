"""The one door between the desk and its readers, and the workflow that leads there.

In comes a story in a stage and a person who makes a move; out goes a version, or a refusal in that
person's words. Publishing happens in `door.py`; every move of every story in `workflow.py`.
"""
