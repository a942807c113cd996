"""Comparing: words that are printed held against words that were said, and a text against another.

In come two texts; out goes what differs, and what that does: another style, another meaning, a slip, a
broken promise.
"""
