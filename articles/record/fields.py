"""The table of public fields: what readers may know of a story, and what becomes of each part of it.

Composing, hashing, correcting, the guard of minor edits, comparing, search, packages and what machines
get all go by these rows. A part that stands in no row is not public. To add one, see ARCHITECTURE.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Listing, Version
from ..text import blocks
from . import telling
from .public_parts import PublicParts


def _itself(value: Any) -> Any:
    return value


def _words(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) and value else ()


def _nothing(value: Any) -> Iterable[str]:
    return ()


class ListEntry(NamedTuple):
    """A list of live stories in which a part has its story stand."""

    kind: Listing.Kind
    name: str
    slug: str = ""  # made from the name, if none is given


@dataclass(frozen=True)
class Named:
    """What has a page of its own, as the API tells of it."""

    name: str
    slug: str


@dataclass(frozen=True)
class Credited(Named):
    role: str


class Told(NamedTuple):
    """What the API tells of a part: by which name, of which type, and whether in lists, too.

    The type is for the API's description: `make` makes what JSON has for it.
    """

    name: str
    type: Any
    make: Callable[[Version], Any]
    in_lists: bool = False


@dataclass(frozen=True)
class PublicField:
    """One row: a member of a version's content. Every member is hashed, with its name.

    A version that was sealed before there was the row has not got the member, and goes on verifying.
    """

    name: str
    # From what it is made; of a part without it the door itself says what it is, and no two versions
    # are compared by it.
    made: Callable[[PublicParts], Any] | None = None
    empty: Any = ""
    # Columns beside the content that hold a copy of it, for lists and search.
    columns: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    # The text of the desk that it is, if it is one: corrected, compared and taken by packages as such.
    is_text: bool = False
    is_mended: bool = False  # a correction may replace words in it
    is_kept: bool = False  # a retraction leaves it standing
    # Compared: by which name and as which text, or not at all. The body is compared by paragraphs.
    label: str | Promise = ""
    as_text: Callable[[Version], str] | None = None
    # What tells it from the same part of another version, beside how it is shown.
    alike: Callable[[Any], Any] = _itself
    # A minor edit: what has to stay as it is, and the words in which no fact may change.
    guarded: Callable[[Any], Any] = _itself
    free_words: Callable[[Any], Iterable[str]] = _nothing
    guard_says: str = ""
    # Search: words that name the story, words that snippets are cut from, and labels by which it is found.
    titles: Callable[[Any], Iterable[str]] = _nothing
    searched: Callable[[Any], Iterable[str]] = _nothing
    labels: Callable[[Any], Iterable[tuple[str, str]]] = _nothing  # type: ignore[assignment]
    # Lists: of an author, of a tag, of stories that have something in common.
    listed: Callable[[Any], Iterable[ListEntry]] = _nothing  # type: ignore[assignment]
    is_exported: bool = False  # stands in a package
    machines: tuple[Told, ...] = ()

    def of(self, version: Version) -> Any:
        """The part as a version has it; `empty` in one from before there was the row."""
        return version.content.get(self.name, self.empty)

    def changed_says(self) -> str:
        return self.guard_says or f"the {self.name.replace('_', ' ')} of the story changed"


def text(name: str, label: str | Promise, **more: Any) -> PublicField:
    """A text of the desk, which readers see as it is."""
    row: dict[str, Any] = {
        "made": lambda parts: getattr(parts.article, name),
        "is_text": True,
        "is_mended": True,
        "label": label,
        "as_text": lambda version: version.content.get(name, ""),
        "guarded": lambda value: None,
        "free_words": _words,
        "searched": _words,
        "is_exported": True,
        "machines": (Told(name, str, lambda version: version.content.get(name, "")),),
    }
    return PublicField(name, **{**row, **more})


def in_lists(name: str) -> tuple[Told, ...]:
    """A text as lists tell of it: from its column, with the content left in the database."""
    return (Told(name, str, attrgetter(name), in_lists=True),)


def _copied(name: str) -> Mapping[str, Callable[[Any], Any]]:
    return {name: _itself}


# Times are content as texts, by ISO 8601; moments in UTC.


def as_moment(value: str | None) -> datetime | None:
    """A time of the content, for its column: the other way round than `chain.in_utc()`."""
    return datetime.fromisoformat(value) if value else None


def _iso(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat() if moment else None


_ROWS = (
    # By the door
    PublicField("published_on", columns={"published_on": date.fromisoformat}),
    PublicField(
        "published_at",
        columns={"published_at": as_moment},
        is_exported=True,
        machines=(Told("published_at", datetime, lambda v: _iso(v.published_at), in_lists=True),),
    ),
    PublicField(
        "updated_at",
        empty=None,
        columns={"updated_at": as_moment},
        is_exported=True,
        machines=(
            Told(
                "updated_at",
                datetime | None,
                lambda v: _iso(v.updated_at),
                in_lists=True,
            ),
        ),
    ),
    PublicField(
        "is_retracted",
        empty=False,
        columns=_copied("is_retracted"),
        machines=(Told("is_retracted", bool, lambda v: v.is_retracted, in_lists=True),),
    ),
    PublicField(
        "by_its_writer",
        empty=False,
        machines=(Told("by_its_writer", bool, lambda v: v.content.get("by_its_writer", False)),),
    ),
    # What readers are told of the change that made the version; the notes before are in theirs
    PublicField("note", columns=_copied("note")),
    PublicField("place", columns=_copied("place")),
    # From the desk, in the order in which two versions are compared
    PublicField(
        "slug",
        lambda parts: parts.article.slug,
        columns=_copied("slug"),
        is_kept=True,
        is_exported=True,
    ),
    PublicField(
        "section",
        PublicParts.section,
        empty=None,
        columns={
            "section_name": lambda value: value["name"] if value else "",
            "section_slug": lambda value: value["slug"] if value else "",
        },
        is_kept=True,
        label=_("section"),
        as_text=telling.section_as_text,
        labels=lambda value: [("section", value["slug"])] if value else [],
        is_exported=True,
        machines=(
            Told(
                "section",
                Named,
                lambda v: {"name": v.section_name, "slug": v.section_slug},
                in_lists=True,
            ),
        ),
    ),
    text(
        "kicker",
        _("kicker"),
        columns=_copied("kicker"),
        titles=_words,
        searched=_nothing,
        machines=in_lists("kicker"),
    ),
    text(
        "headline",
        _("headline"),
        columns=_copied("headline"),
        is_kept=True,
        titles=_words,
        searched=_nothing,
        machines=in_lists("headline"),
    ),
    text("deck", _("deck"), columns=_copied("deck"), machines=in_lists("deck")),
    text(
        "dateline",
        _("dateline"),
        searched=_nothing,
        listed=lambda value: [ListEntry(Listing.Kind.PLACE, value)],
    ),
    PublicField(
        "lead_photo",
        PublicParts.lead_photo,
        empty=None,
        columns=_copied("lead_photo"),
        label=_("photo"),
        as_text=telling.photo_as_text,
        guarded=telling.photo_facts,
        free_words=telling.photo_words,
        guard_says="a picture or a link changed",
        searched=lambda value: [value["caption"]] if value else [],
        is_exported=True,
    ),
    PublicField(
        "bylines",
        PublicParts.bylines,
        empty=[],
        columns=_copied("bylines"),
        is_kept=True,
        label=_("byline"),
        as_text=telling.bylines_as_text,
        titles=telling.titles,
        labels=lambda value: [("author", each["name"]) for each in value],
        listed=lambda value: [
            ListEntry(Listing.Kind.AUTHOR, each["name"], each["slug"]) for each in value
        ],
        is_exported=True,
        machines=(Told("authors", list[Credited], lambda v: v.bylines, in_lists=True),),
    ),
    PublicField(
        "tags",
        PublicParts.tags,
        empty=[],
        columns=_copied("tags"),
        label=_("tags"),
        as_text=telling.tags_as_text,
        titles=_itself,
        labels=lambda value: [("tag", tag) for tag in value],
        listed=lambda value: [ListEntry(Listing.Kind.TAG, tag) for tag in value],
        is_exported=True,
        machines=(Told("tags", list[str], lambda v: v.tags, in_lists=True),),
    ),
    PublicField(
        "sources",
        PublicParts.sources,
        empty=[],
        label=_("sources"),
        as_text=telling.sources_as_text,
        titles=telling.titles,
        listed=lambda value: [
            ListEntry(Listing.Kind.SOURCE, each["name"]) for each in value if each["named"]
        ],
        is_exported=True,
        machines=(Told("sources", list[dict[str, Any]], telling.sources_told),),
    ),
    # Told of with the sources
    PublicField("interviews", PublicParts.interviews, empty=[], is_exported=True),
    PublicField("quotations", PublicParts.quotations, empty=[]),
    PublicField("facts", PublicParts.facts, empty=[], guard_says="what a document backs changed"),
    PublicField(
        "exhibits",
        PublicParts.exhibits,
        empty=[],
        label=_("evidence shown"),
        as_text=telling.exhibits_as_text,
        alike=telling.exhibit_facts,
        guarded=telling.exhibit_facts,
        guard_says="evidence that readers are shown changed",
        machines=(Told("exhibits", list[dict[str, Any]], lambda v: v.exhibits),),
    ),
    PublicField(
        "comment_requests",
        PublicParts.comment_requests,
        empty=[],
        label=_("requests for comment"),
        as_text=telling.comment_requests_as_text,
        is_exported=True,
        machines=(
            Told(
                "comment_requests",
                list[dict[str, Any]],
                lambda v: [
                    each | {"outcome_label": telling.outcome_in_words(each)}
                    for each in v.comment_requests
                ],
            ),
        ),
    ),
    PublicField(
        "notebook",
        PublicParts.notebook,
        empty=[],
        label=_("notebook"),
        as_text=telling.notebook_as_text,
        alike=telling.notebook_facts,
        guarded=telling.notebook_facts,
        searched=lambda value: [words for each in value for words in (each["title"], each["note"])],
        is_exported=True,
        machines=(
            Told(
                "notebook",
                list[dict[str, Any]],
                lambda v: [
                    each | {"kind_label": telling.kind_in_words(each)} for each in v.notebook
                ],
            ),
        ),
    ),
    PublicField(
        "body",
        PublicParts.body,
        empty=[],
        is_mended=True,
        guarded=telling.body_facts,
        free_words=telling.body_words,
        guard_says="a picture or a link changed",
        searched=lambda value: [blocks.text(value)],
        is_exported=True,
    ),
)

FIELDS: dict[str, PublicField] = {row.name: row for row in _ROWS}

# Columns of a version that are no copy of its content: those that its proof's header holds, and those
# that no reader ever sees.
IN_HEADER = ("article", "number", "created_at", "change_kind", "hash_scheme", "previous_hash")
BESIDE = ("id", "is_live", "update", "content", "seeds", "commitments", "content_hash")


def of_the_desk() -> list[PublicField]:
    """The rows that are made from the desk: by these two versions are compared."""
    return [row for row in FIELDS.values() if row.made]


def texts() -> list[PublicField]:
    """The rows that are a text of the desk: columns of an article, of a length of their own."""
    return [row for row in FIELDS.values() if row.is_text]


def copies(content: Mapping[str, Any], rows: Iterable[PublicField] | None = None) -> dict[str, Any]:
    """What stands in the columns beside a content; of all rows, if none are given."""
    return {
        column: take(content.get(row.name, row.empty))
        for row in (FIELDS.values() if rows is None else rows)
        for column, take in row.columns.items()
    }
