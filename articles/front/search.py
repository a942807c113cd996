"""Full-text search over live stories, by the database's own index.

The newest come first, and their keys grow with time: so a page of
results costs the same however many stories there are, and whichever page it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString

from ..kept.fingerprint import fingerprint
from ..models import StoryPage
from ..prepared.search_index import TABLE, configuration, first_key
from ..prepared.story_pages import drawn_now

Parameters = dict[str, Any]

LONGEST_QUERY, MOST_TERMS = 300, 12  # characters, and words or phrases, that are looked at
# For private use by Unicode, so that escaping leaves them as they are.
_OPENS, _CLOSES = "\ue000", "\ue001"  # around a found word in a snippet, until it is escaped


# --- What is looked for


class Query(NamedTuple):
    """What a reader asks: words and phrases that are in a story, some that are not, and labels."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.wanted or self.labels or self.since or self.until)


def _words_in(text: str) -> list[str]:
    """Letters and digits with the marks upon them: in many scripts a vowel is one."""
    text = unicodedata.normalize("NFKC", text)
    kept = (c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)
    return "".join(kept).split()


_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | {"−": "-"})


def read_query(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words and phrases that a reader typed, and those with a minus before them.

    Whatever is typed can be read: what is neither a letter nor a digit parts words, and no more.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for found in _TERM.finditer(typed[:LONGEST_QUERY].translate(_QUOTES)):
        words = _words_in(found["phrase"] or found["word"] or "")
        if words:
            (unwanted if found["minus"] else wanted).append(" ".join(words))
    return tuple(wanted[:MOST_TERMS]), tuple(unwanted[:MOST_TERMS])


# --- Asking


class Found(NamedTuple):
    """A story that was found, as lists show it; in place of its deck stand its words, those found in `<mark>`."""

    key: int
    article: int
    card: SafeString


@dataclass(frozen=True)
class Results:
    """A page of results, the newest first."""

    stories: list[Found]
    older: int | None  # the key before which the next page begins


def search(query: Query, before: int | None = None, size: int = 10) -> Results:
    """The newest live stories that a query finds, `size` of them before a key; one database query."""
    bounds, given = _bounds(query, before)
    ask = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with connection.cursor() as cursor:
        cursor.execute(*ask(query, bounds, given | {"rows": size + 1, "release": fingerprint()}))
        rows = cursor.fetchall()
    missing = [article for _, article, _, card in rows if not card]
    anew = drawn_now("card", missing) if missing else {}
    found = [
        Found(key, article, _with_snippet(card or anew[article], snippet))
        for key, article, snippet, card in rows[:size]
        # Without a live version the database was harmed, of which `verify_versions` tells.
        if card or article in anew
    ]
    return Results(found, rows[size - 1][0] if len(rows) > size else None)


def _bounds(query: Query, before: int | None) -> tuple[str, Parameters]:
    bounds = [
        ("before", "e.id < %(before)s", before),
        ("since", "e.id >= %(since)s", first_key(query.since) if query.since else None),
        ("until", "e.id < %(until)s", first_key(query.until) if query.until else None),
    ]
    given = [(name, sql, value) for name, sql, value in bounds if value is not None]
    return "".join(f" AND {sql}" for _, sql, _ in given), {name: value for name, _, value in given}


_CARD = f"""
    LEFT JOIN {StoryPage._meta.db_table} page
    ON page.article_id = e.article_id AND page.drawn_with = %(release)s
"""

# The newest stories are looked through first: a word that many stories have is found there at once.
# A word that few have is found by the index; what a planner guesses of words is too far off to choose.
NEAR = 100

# MATERIALIZED, so that the planner does not merge the parts into the scan that they are to avoid.
# Of a snippet: `ts_headline` leaves out what looks like a tag, and its time grows with the text.
_POSTGRESQL = """
    WITH near AS MATERIALIZED (
        SELECT id FROM (
            SELECT id, vector FROM {table} e WHERE true{bounds} ORDER BY id DESC LIMIT {near}) e
        WHERE {matches}
    ), far AS MATERIALIZED (
        SELECT id FROM {table} e
        WHERE {matches}{bounds} AND (SELECT count(*) FROM near) < %(rows)s
    ), found AS (
        SELECT id FROM near WHERE (SELECT count(*) FROM near) >= %(rows)s
        UNION ALL SELECT id FROM far ORDER BY id DESC LIMIT %(rows)s
    )
    SELECT id, e.article_id, CASE WHEN %(asks)s THEN ts_headline(
        %(language)s::regconfig, translate(left(words, 20000), '<>', '‹›'),
        websearch_to_tsquery(%(language)s::regconfig, %(words)s), %(marks)s) END, page.card
    FROM found JOIN {table} e USING (id) {card} ORDER BY id DESC
"""


def _on_postgresql(query: Query, bounds: str, given: Parameters) -> tuple[str, Parameters]:
    # `websearch_to_tsquery` never raises, whatever it is given.
    asked = [f'"{term}"' for term in query.wanted] + [f'-"{term}"' for term in query.unwanted]
    matches = ["e.vector @@ websearch_to_tsquery(%(language)s::regconfig, %(words)s)"] * bool(asked)
    matches += ["e.vector @@ to_tsquery('simple', %(labels)s)"] * bool(query.labels)
    sql = _POSTGRESQL.format(
        table=TABLE, card=_CARD, near=NEAR, bounds=bounds, matches=" AND ".join(matches) or "true"
    )
    return sql, given | {
        "asks": bool(query.wanted),
        "language": configuration(),
        "words": " ".join(asked),
        "labels": " & ".join(query.labels),
        "marks": f"StartSel={_OPENS}, StopSel={_CLOSES}, MaxWords=32, MinWords=20, MaxFragments=1",
    }


_SQLITE = """
    SELECT e.id, e.article_id, f.snippet, page.card FROM (
        SELECT rowid AS key, {snippet} AS snippet FROM {table}_fts e
        WHERE {table}_fts MATCH %(match)s{bounds} ORDER BY rowid DESC LIMIT %(rows)s) f
    JOIN {table} e ON e.id = f.key {card} ORDER BY e.id DESC
"""
_SQLITE_WITHOUT_WORDS = """
    SELECT e.id, e.article_id, NULL, page.card FROM {table} e {card}
    WHERE true{bounds} ORDER BY e.id DESC LIMIT %(rows)s
"""


def _on_sqlite(query: Query, bounds: str, given: Parameters) -> tuple[str, Parameters]:
    # Terms hold letters with their marks, digits and blanks (`_words_in`): no quotation marks.
    columns = "{title words} : "
    match = " AND ".join(
        [f'{columns}"{term}"' for term in query.wanted]
        + [f"labels : {each}" for each in query.labels]
    )
    # FTS5's NOT stands between two expressions: there is none of unwanted words alone.
    for term in query.unwanted if match else ():
        match = f'({match}) NOT {columns}"{term}"'
    if not match:
        return _SQLITE_WITHOUT_WORDS.format(table=TABLE, card=_CARD, bounds=bounds), given
    snippet = (
        f"snippet({TABLE}_fts, 1, '{_OPENS}', '{_CLOSES}', '…', 32)" if query.wanted else "NULL"
    )
    sql = _SQLITE.format(
        table=TABLE, card=_CARD, snippet=snippet, bounds=bounds.replace("e.id", "e.rowid")
    )
    return sql, given | {"match": match}


_DECK = '<p class="deck" dir="auto">', "</p>"  # of a card; it is a text


def _with_snippet(card: str, snippet: str | None) -> SafeString:
    if not snippet:
        return SafeString(card)
    html = escape(snippet).replace(_OPENS, "<mark>").replace(_CLOSES, "</mark>")
    before, begins, rest = card.partition(_DECK[0])
    _, ends, after = rest.partition(_DECK[1])
    return SafeString("".join((before, begins, html, ends, after)))
