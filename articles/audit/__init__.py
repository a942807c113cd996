"""The audit of sourcing: what the newsroom's own records say of how it knows, for whoever answers for its standards.

In come a `Period` and by what to group; out go `Table`s of plain values (`tables()`), which the desk's page, its CSV and
`manage.py audit` show. It counts rows that are there, and guesses nothing of anybody.
"""
