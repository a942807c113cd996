"""Readers' pages, and in `machines/` what programs read.

In come requests of anybody; out goes what was published. Views here read live versions and what is
prepared from them, and no table of the desk: the database refuses it (`manage.py public_role`).
"""
