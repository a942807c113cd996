"""Composing a version: everything that a reader may see of a story, by the table of public fields."""

from __future__ import annotations

from typing import Any

from ..models import Article, Version
from .fields import copies, of_the_desk
from .material import Material
from .public_files import AsPublished
from .public_parts import Files, PublicParts


def compose(material: Material, files: Files | None = None) -> Version:
    """Everything that a reader may see of a story, and nothing else, as a version not yet saved.

    What only the door can say of it (its times, the note to readers) is still to come.
    """
    parts = PublicParts(material, files or AsPublished())
    said = {row.name: row.made(parts) for row in of_the_desk() if row.made}
    return version_of(material.article, said)


def version_of(article: Article, content: dict[str, Any]) -> Version:
    """A version of what a story says, with the copies that lists read; not sealed or saved."""
    said = {row.name: content.get(row.name, row.empty) for row in of_the_desk()}
    return Version(article=article, content=said, **copies(said, of_the_desk()))


def is_same_to_readers(one: Version, other: Version) -> bool:
    """Would a reader see no difference between these two versions of a story?"""
    # Not by the hash: what a program makes of a file, a first page or a table, is no difference.
    return all(row.alike(row.of(one)) == row.alike(row.of(other)) for row in of_the_desk())


def has_unpublished_words(material: Material, live: Version) -> bool:
    """Does the working copy say something that readers do not see yet?"""
    return not is_same_to_readers(compose(material), live)
