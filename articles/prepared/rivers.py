"""Lists of live stories, the newest first, as each was drawn at the door: one query, and no template.

The SQL is written out, since making it anew would cost a reader's list more than asking does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils.safestring import SafeString

from ..kept.fingerprint import fingerprint
from ..models import Listing, StoryPage, Version
from .story_pages import drawn_now


class River(NamedTuple):
    """Which stories a list holds."""

    condition: str = ""
    given: Sequence[Any] = ()
    # A tag's and an author's are walked by the index of listings, all others by that of versions.
    is_listed: bool = False


def every_story(but: Sequence[int] = ()) -> River:
    """All of them, but for some articles."""
    return River(f" AND version.article_id NOT IN ({_places(but)})", but) if but else River()


def these(articles: Sequence[int]) -> River:
    """What is held up to readers of these articles: not what was retracted."""
    within = f" AND version.article_id IN ({_places(articles)})"
    return River(f"{within} AND NOT version.is_retracted", articles)


def in_section(slug: str) -> River:
    return River(" AND version.section_slug = %s", [slug])


def published_between(begins: datetime, ends: datetime) -> River:
    """From one moment until just before another."""
    within = " AND version.published_at >= %s AND version.published_at < %s"
    return River(within, [_for_database(begins), _for_database(ends)])


def listed_under(kind: Listing.Kind, slug: str) -> River:
    within = " AND listing.kind = %s AND listing.slug = %s AND listing.is_live"
    return River(within, [kind.value, slug], is_listed=True)


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


class Place(NamedTuple):
    """A story in a list: where it stands, and what the list shows of it."""

    key: int
    article: int
    published_at: datetime
    changed_at: datetime
    under: str  # the section's name, or that of the tag or author
    drawn: SafeString


def places(
    river: River, column: str, rows: int, before: tuple[datetime, int] | None = None
) -> list[Place]:
    """The newest of a river, so many of them, or of those before a moment and a key.

    `column` says as what, one of `SHORT` of `story_pages.py`. What another release has drawn is drawn here.
    """
    condition, given = river.condition, list(river.given)
    at, key = _WALKS[river.is_listed]
    if before:
        moment = _for_database(before[0])
        # The first condition is the one that the index is entered by.
        condition += f" AND {at} <= %s AND ({at} < %s OR {key} < %s)"
        given += [moment, moment, before[1]]
    sql = _SQL[river.is_listed].format(column=column, condition=condition)
    with connection.cursor() as cursor:
        cursor.execute(sql, [fingerprint(), *given, rows])
        found = cursor.fetchall()
    missing = [article for _, article, _, _, _, drawn in found if not drawn]
    anew = drawn_now(column, missing) if missing else {}
    return [
        Place(
            key,
            article,
            _moment(at),
            _moment(changed or at),
            under,
            SafeString(drawn or anew[article]),
        )
        for key, article, at, changed, under, drawn in found
        # Without a live version the database was harmed, of which `verify_versions` tells.
        if drawn or article in anew
    ]


_VERSIONS, _LISTINGS = Version._meta.db_table, Listing._meta.db_table
_DRAWN = f"""
    LEFT JOIN {StoryPage._meta.db_table} page
    ON page.article_id = version.article_id AND page.drawn_with = %s
"""
# The moment and the key of a story, as the index has them.
_WALKS = {
    False: ("version.published_at", "version.id"),
    True: ("listing.published_at", "listing.version_id"),
}
_SQL = {
    False: f"""
        SELECT version.id, version.article_id, version.published_at, version.updated_at,
            version.section_name, page.{{column}}
        FROM {_VERSIONS} version {_DRAWN}
        WHERE version.is_live{{condition}}
        ORDER BY version.published_at DESC, version.id DESC LIMIT %s
    """,  # noqa: S608
    True: f"""
        SELECT listing.version_id, version.article_id, listing.published_at, version.updated_at,
            listing.name, page.{{column}}
        FROM {_LISTINGS} listing
        JOIN {_VERSIONS} version ON version.id = listing.version_id AND version.is_live {_DRAWN}
        WHERE true{{condition}}
        ORDER BY listing.published_at DESC, listing.version_id DESC LIMIT %s
    """,  # noqa: S608
}


def _for_database(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _moment(told: datetime) -> datetime:
    # SQLite tells times without a zone, in UTC.
    return told if told.tzinfo else told.replace(tzinfo=UTC)
