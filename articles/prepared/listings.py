"""Under what a live story is listed: its tags, authors, named sources and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..models import Listing, Version
from ..record.fields import FIELDS, ListEntry
from ..text.slugs import slug_of


def tag_slug(name: str) -> str:
    """A tag's address; empty where its name has no letter or digit."""
    return slug_of(name)


def list_entries(version: Version) -> Iterator[ListEntry]:
    """Everything under which a story is listed, by the table. What has no letters has no address."""
    for row in FIELDS.values():
        for listed in row.listed(row.of(version)):
            if slug := listed.slug or tag_slug(listed.name):
                yield ListEntry(listed.kind, listed.name[:200], slug[:200])


def list_stories(versions: Iterable[Version]) -> None:
    """List live stories where they belong now, and nowhere else."""
    versions = list(versions)
    theirs = Listing.objects.filter(article__in=[version.article_id for version in versions])
    # Kept and not deleted: the address of a tag that nobody uses any more says that it is gone.
    theirs.update(is_live=False)
    Listing.objects.bulk_create(
        [
            Listing(
                article_id=version.article_id,
                version=version,
                kind=entry.kind,
                slug=entry.slug,
                name=entry.name,
                published_at=version.published_at,
            )
            for version in versions
            for entry in _once(list_entries(version))
        ],
        update_conflicts=True,
        unique_fields=["article", "kind", "slug"],
        update_fields=["version", "name", "is_live"],
    )


def _once(entries: Iterable[ListEntry]) -> Iterable[ListEntry]:
    # One statement may not touch a row twice: two tags of one address are one listing.
    return {(entry.kind, entry.slug): entry for entry in entries}.values()
