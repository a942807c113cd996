"""The chain of a story's versions: each carries the hash of what it says and of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from .models import Article, Update, Version
from .stages import Stage

# All that readers saw, in the order in which it is hashed: for ever, or old chains prove nothing.
HASHED = (
    *("article_id", "number", "created_at", "slug", "published_on", "published_at", "updated_at"),
    *("headline", "deck", "kicker", "dateline", "section_name", "section_slug", "body", "bylines"),
    *("tags", "lead_photo", "sources", "comment_requests", "notebook", "changes"),
    *("change_kind", "change_place", "previous_hash"),
)


def content_hash(version: Version) -> str:
    """SHA-256 over everything that readers saw, and over the hash of the version before."""
    said = [_canonical(getattr(version, name)) for name in HASHED]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _canonical(value: Any) -> Any:
    """Moments in UTC: databases give them back in other zones than they were given."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


class Break(NamedTuple):
    """Where a chain does not hold: the story, the version, and what is wrong with it."""

    slug: str
    article_id: int
    number: int
    wrong: str


def breaks() -> Iterator[Break]:
    """Go through the chains of all stories; yields every place where one does not hold."""
    before: Version | None = None
    versions = Version.objects.select_related("update").order_by("article_id", "number")
    for version in versions.iterator(chunk_size=200):
        if before is not None and before.article_id != version.article_id:
            yield from _broken(before, None if before.is_live else "the newest is not what is live")
            before = None
        yield from _broken(version, _wrong_with(version, before))
        if before is not None and before.is_live:
            yield from _broken(before, "it is live, and another followed it")
        before = version
    if before is not None and not before.is_live:
        yield from _broken(before, "the newest is not what is live")
    for update in Update.objects.filter(version=None).select_related("article"):
        slug = update.article.slug
        yield Break(slug, update.article_id, 0, f"the version of “{update}” is gone")
    for article in Article.objects.filter(stage=Stage.PUBLISHED, versions=None):
        yield Break(article.slug, article.pk, 0, "every version of it is gone")


def _broken(version: Version, wrong: str | None) -> Iterator[Break]:
    if wrong:
        yield Break(version.slug, version.article_id, version.number, wrong)


def _wrong_with(version: Version, before: Version | None) -> str:
    if version.number != (before.number + 1 if before else 1):
        return "the version before it is gone"
    if version.previous_hash != (before.content_hash if before else ""):
        return "it does not follow the version before it"
    if version.content_hash != content_hash(version):
        return "it is not what was published"
    return _wrong_with_update(version)


def _wrong_with_update(version: Version) -> str:
    """Is the update that made it the one of which readers were told?"""
    update = version.update
    if update is None:
        return "" if version.number == 1 else "its update is gone"
    told = version.changes[-1]
    said = (update.article_id, update.kind, update.note, update.at.astimezone(UTC))
    is_same = said == (
        version.article_id,
        told["kind"],
        told["note"],
        datetime.fromisoformat(told["at"]).astimezone(UTC),
    )
    return "" if is_same else "its update is not the one of which readers were told"
