"""The sourcing check: the newsroom's rules, each a small named function with its published practice.

In comes an article with all that it rests on; out go findings, each with its place and its remedy.
Nothing here changes a row. To add a rule, write a generator in the module whose noun it is about,
under `@rule(…)`.
"""
