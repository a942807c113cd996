"""The desk's pages for stories. Imported by Django's autodiscovery."""

from . import article, furniture, photo

__all__ = ["article", "furniture", "photo"]
