"""The public record as facts: what a version holds, what becomes of each part of it, and its proof.

In comes what the door composes; out goes data that pages, feeds and machines are drawn from. Nothing
here knows of the desk's forms, of templates, or of a language.
"""
