"""The desk's pages about one story: the text with its panel, and the steps that lead on from it.

In come forms; out go pages and redirects. Rules and rows are decided elsewhere: a view here asks.
"""
