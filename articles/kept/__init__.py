"""Kept: readers' pages as files, so that reading one asks no database and waits for no template.

In come facts of what a change touched, written in its transaction. Out go pages, and they are dropped as
soon as the change is committed. What is drawn it does not know: that is said beside each view (`keeping.py`).
"""
