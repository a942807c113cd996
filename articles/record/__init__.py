"""The public record: what a version holds, how it is made and sealed, and how two of them differ.

In comes an article with all that it rests on; out goes a version as data, from which pages, feeds and
machines are drawn. The record knows no form of the desk, no template and no language.
"""
