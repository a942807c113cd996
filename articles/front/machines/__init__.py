"""The front for programs: feeds, sitemaps, the API and oEmbed.

In come requests of anybody, of any origin; out go published formats, each checked against its schema.
"""
