"""The desk's pages about one story: the text with its panel, and the steps that lead on from it.

In come forms; out go pages and redirects, 404 for a story that somebody may not see and 403 for what
they may not do to it. Rules and rows are decided elsewhere: a view here asks.
"""
