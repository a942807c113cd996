"""What search knows of each live story, by the table of public fields, and the database's own full-text index over it.

The key of an entry grows with the time of publication: results come newest first without sorting, and
a page of them costs the same whichever page it is. The database keeps its index up to date itself: PostgreSQL
has a `tsvector` column with a GIN index, SQLite an FTS5 table with triggers. A migration that makes the table
anew on SQLite calls `make_index()` again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from ..models import SearchEntry, Version
from ..record.fields import FIELDS

TABLE = "articles_searchentry"

# --- Entries


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


# --- The index over them

# Languages whose words PostgreSQL brings to their stems; FTS5 does so for English.
STEMMED = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "el": "greek",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "nb": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}


def configuration() -> str:
    """PostgreSQL's name for the site's language; `simple` where it knows no stems."""
    return STEMMED.get(settings.LANGUAGE_CODE.split("-")[0], "simple")


def make_index(connection: BaseDatabaseWrapper) -> None:
    """(Re)make the index for the site's language, over the entries that there are."""
    drop_index(connection)
    statements = _MADE_ON_POSTGRESQL if connection.vendor == "postgresql" else _MADE_ON_SQLITE
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(
                statement.replace("{language}", configuration()).replace("{stems}", _stems())
            )


def fits_language(connection: BaseDatabaseWrapper) -> bool:
    """Was the index made for the language that the site has now?"""
    is_server = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_MADE_HOW_ON_POSTGRESQL if is_server else _MADE_HOW_ON_SQLITE)
        row = cursor.fetchone()
    made = f"'{configuration()}'::regconfig" if is_server else f"tokenize='{_stems()}unicode61"
    return bool(row and made in row[0])


def _stems() -> str:
    return "porter " if configuration() == "english" else ""


def drop_index(connection: BaseDatabaseWrapper) -> None:
    """Take the index away, if it is there: a migration may then alter the table."""
    statements = (
        # What waits for the end of the transaction is checked now: it would hold the table fast.
        ["SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS vector"]
        if connection.vendor == "postgresql"
        else [
            *(f"DROP TRIGGER IF EXISTS {TABLE}_{what}" for what in ("insert", "update", "delete")),
            f"DROP TABLE IF EXISTS {TABLE}_fts",
        ]
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_MADE_HOW_ON_POSTGRESQL = f"""
    SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute
    ON attrelid = adrelid AND attnum = adnum
    WHERE attname = 'vector' AND adrelid = '{TABLE}'::regclass
"""
_MADE_HOW_ON_SQLITE = f"SELECT sql FROM sqlite_master WHERE name = '{TABLE}_fts'"

# PostgreSQL reads “U.S.” or “well-known.org” as one word of its own kind, and passes over what looks
# like a tag; FTS5 and readers do not.
_BLANKS = "translate({text}, './-_@:&+<>’''', repeat(' ', 12))"
# A tsvector holds one megabyte at most; a text that is cut there is still found by its beginning.
_MADE_ON_POSTGRESQL = [
    f"""
    ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS (
      to_tsvector('{{language}}', {_BLANKS.format(text="left(title, 2000)")}) ||
      to_tsvector('{{language}}', {_BLANKS.format(text="left(words, 300000)")}) ||
      to_tsvector('simple', labels)) STORED
    """,
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin (vector)",
]

_NEW, _OLD = (f"{row}.id, {row}.title, {row}.words, {row}.labels" for row in ("new", "old"))
_ADD = f"INSERT INTO {TABLE}_fts(rowid, title, words, labels) VALUES ({_NEW});"
# FTS5 keeps no words of its own here (`content=`): to take a row out it wants those that it indexed.
_TAKE = (
    f"INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, title, words, labels) VALUES ('delete', {_OLD});"
)
_MADE_ON_SQLITE = [
    f"""
    CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(
      title, words, labels, content='{TABLE}', content_rowid='id',
      tokenize='{{stems}}unicode61 remove_diacritics 2')
    """,
    f"CREATE TRIGGER {TABLE}_insert AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {TABLE}_delete AFTER DELETE ON {TABLE} BEGIN {_TAKE} END",
    f"CREATE TRIGGER {TABLE}_update AFTER UPDATE ON {TABLE} BEGIN {_TAKE} {_ADD} END",
    f"INSERT INTO {TABLE}_fts({TABLE}_fts) VALUES ('rebuild')",
]
