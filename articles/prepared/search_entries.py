"""What full-text search knows of each live story, by the table of public fields.

The key of an entry grows with the time of publication: results come newest first without sorting, and
a page of them costs the same whichever page it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from ..models import SearchEntry, Version
from ..record.fields import FIELDS


def label(kind: str, name: str) -> str:
    """One word that stands for a section, a tag or an author in the index, whatever its name holds."""
    digest = hashlib.sha256(f"{kind}:{name.casefold().strip()}".encode()).hexdigest()
    return f"x{int(digest[:15], 16)}"


def index_stories(versions: Iterable[Version]) -> None:
    """Put the words of live stories into the index, in place of those of the versions before."""
    rows = list(FIELDS.values())
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                id=key_of(version),
                article_id=version.article_id,
                version=version,
                title="\n".join(w for row in rows for w in row.titles(row.of(version))),
                words="\n".join(w for row in rows for w in row.searched(row.of(version))),
                labels=" ".join(label(*n) for row in rows for n in row.labels(row.of(version))),
            )
            for version in versions
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["version", "title", "words", "labels"],
    )


_EACH_MOMENT = 1 << 20  # keys for each millisecond: articles whose numbers differ by less fit
_LAST_KEY = (1 << 63) - 1  # of PostgreSQL's bigint; SQLite's rowid is as large


def key_of(version: Version) -> int:
    """Of a story's entry: the same for all its versions, since it keeps its time of publication."""
    return first_key(version.published_at) + version.article_id % _EACH_MOMENT


def first_key(moment: datetime) -> int:
    """The smallest key of stories published in a millisecond; the keys of many fit into it."""
    key = int(moment.timestamp() * 1000) * _EACH_MOMENT
    return max(-_LAST_KEY, min(key, _LAST_KEY))
