"""The chain of a story's versions: each carries the hash of what it says and of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from .models import Update, Version

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
    for version in Version.objects.order_by("article_id", "number").iterator(chunk_size=200):
        if before is None or before.article_id != version.article_id:
            before = None
        wrong = _wrong_with(version, before)
        if wrong:
            yield Break(version.slug, version.article_id, version.number, wrong)
        before = version
    for update in Update.objects.filter(version=None).select_related("article"):
        slug = update.article.slug
        yield Break(slug, update.article_id, 0, f"the version of “{update}” is gone")


def _wrong_with(version: Version, before: Version | None) -> str:
    if version.number != (before.number + 1 if before else 1):
        return "the version before it is gone"
    if version.previous_hash != (before.content_hash if before else ""):
        return "it does not follow the version before it"
    if version.content_hash != content_hash(version):
        return "it is not what was published"
    return ""
