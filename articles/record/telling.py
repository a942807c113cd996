"""A version in words: for comparing it, guarding a minor edit of it, and searching it.

Labels and codes become words here, in whichever language is spoken; the record holds the codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypedDict, cast

from django.utils.translation import get_language_bidi, ngettext, ngettext_lazy, pgettext
from django.utils.translation import gettext as _

from sources.attribution import (
    authorization_in_words,
    backing,
    checked_in_words,
    heard_in_words,
)
from sources.positions import joined, position_in_words

from ..models import Byline, CommentRequest, NotebookEntry, Version
from ..text import blocks
from ..text.blocks import LINK, PHOTO, PULL_QUOTE, Block, Body
from ..text.contents import (
    BylineTold,
    CommentRequestTold,
    ExhibitTold,
    NotebookEntryTold,
    PhotoTold,
    QuotationTold,
    SourceTold,
)

Facts = dict[str, Any]


# What readers are told of a source


class SourceInWords(TypedDict):
    """A source, as pages and the API tell of one. No code is left in it."""

    key: str
    named: bool
    kind: str
    name: str
    positions: list[str]
    authorization: str  # empty where it is not known
    reason: str
    heard: list[str]
    quotations: int  # how many of the story are theirs
    checked: list[str]  # how many of these were compared with what
    entry: int | None  # of a document: which of the notebook's it is, from 1


def sources_told(version: Version) -> list[SourceInWords]:
    """Each source as “How we know this” tells of it: in words, with how often it is quoted."""
    return [
        {
            "key": source["key"],
            "named": source["named"],
            "kind": source["kind"],
            "name": source["name"],
            "positions": [position_in_words(each) for each in source["positions"]],
            "authorization": authorization_in_words(source["authorization"]),
            "reason": source["reason"],
            "heard": list(
                dict.fromkeys(
                    heard_in_words(each["how"], each["held"])
                    for each in version.interviews
                    if each["source"] == source["key"]
                )
            ),
            "quotations": len(_said_by(version, source)),
            "checked": _checked(_said_by(version, source)),
            # A version from before documents had entries has none.
            "entry": source.get("entry"),
        }
        for source in version.sources
    ]


# By what they were compared with, the weightiest first; nobody heard a whole that was shortened for print.
_CHECKED = {
    "recording": ngettext_lazy(
        "%(n)d quotation compared with the recording",
        "%(n)d quotations compared with the recording",
        "n",
    ),
    "document": ngettext_lazy(
        "%(n)d quotation found in the document", "%(n)d quotations found in the document", "n"
    ),
    "transcript": ngettext_lazy(
        "%(n)d quotation found in a transcript", "%(n)d quotations found in a transcript", "n"
    ),
    "notes": ngettext_lazy(
        "%(n)d quotation compared with the notes", "%(n)d quotations compared with the notes", "n"
    ),
    "kept": ngettext_lazy(
        "%(n)d quotation compared with what the newsroom keeps",
        "%(n)d quotations compared with what the newsroom keeps",
        "n",
    ),
    "source": ngettext_lazy(
        "%(n)d quotation confirmed in writing", "%(n)d quotations confirmed in writing", "n"
    ),
}


def _checked(quotations: Iterable[QuotationTold]) -> list[str]:
    counts = Counter(each["checked"] for each in quotations if not each["edited"])
    return [str(words % {"n": counts[how]}) for how, words in _CHECKED.items() if counts[how]]


def _said_by(version: Version, source: SourceTold) -> list[QuotationTold]:
    return [each for each in version.quotations if each["source"] == source["key"]]


# Singular and plural of each kind of source, named and not.
_OF_KIND = {
    ("person", True): ngettext_lazy("%(n)d person by name", "%(n)d people by name", "n"),
    ("person", False): ngettext_lazy("%(n)d person not named", "%(n)d people not named", "n"),
    ("organization", True): ngettext_lazy("%(n)d organization", "%(n)d organizations", "n"),
    ("organization", False): ngettext_lazy(
        "%(n)d organization not named", "%(n)d organizations not named", "n"
    ),
    ("spokesperson", True): ngettext_lazy("%(n)d spokesperson", "%(n)d spokespeople", "n"),
    ("spokesperson", False): ngettext_lazy(
        "%(n)d spokesperson not named", "%(n)d spokespeople not named", "n"
    ),
    ("eyewitness", True): ngettext_lazy(
        "%(n)d eyewitness by name", "%(n)d eyewitnesses by name", "n"
    ),
    ("eyewitness", False): ngettext_lazy(
        "%(n)d eyewitness not named", "%(n)d eyewitnesses not named", "n"
    ),
    ("document", True): ngettext_lazy("%(n)d document", "%(n)d documents", "n"),
}


def tally(sources: Iterable[SourceTold]) -> str:
    """How many sources of each kind a story has: “2 people by name, 1 spokesperson”."""
    counts = Counter((source["kind"], source["named"]) for source in sources)
    return joined(str(_OF_KIND[kind] % {"n": counts[kind]}) for kind in _OF_KIND if kind in counts)


class Backing(NamedTuple):
    """Whose a quotation is, and what a reader learns of it."""

    source: str  # the key under which the version tells of them
    words: str  # all of it in a row
    heard: str  # how and when
    checked: str  # how it was checked; empty where nobody has said
    how: str  # the code of that


def backings(version: Version) -> dict[str, Backing]:
    """Of each quotation, by its key: whose it is, and what a reader learns of it."""
    sources = {source["key"]: source for source in version.sources}
    interviews = {each["key"]: each for each in version.interviews}
    told = {}
    for quotation in version.quotations:
        source, interview = sources[quotation["source"]], interviews[quotation["interview"]]
        heard = heard_in_words(interview["how"], interview["held"])
        checked = checked_in_words(
            quotation["checked"],
            quotation["basis"],
            is_edited=quotation["edited"],
            page=quotation["page"],
            row=quotation["row"],
        )
        words = backing(
            source["name"],
            source["named"],
            next(map(position_in_words, source["positions"]), ""),
            heard,
            checked,
        )
        how = quotation["checked"] or quotation["basis"]
        told[quotation["key"]] = Backing(source["key"], words, heard, checked, how)
    return told


def role_in_words(byline: BylineTold) -> str:
    return str(Byline.Role(byline["role"]).label)


def outcome_in_words(request: CommentRequestTold) -> str:
    return str(CommentRequest.Outcome(request["outcome"]).label)


def kind_in_words(entry: NotebookEntryTold) -> str:
    return str(NotebookEntry.Kind(entry["kind"]).label)


# Each part as one text, to be compared with the same part of another version


def _between() -> str:
    return pgettext("between the members of a list that have commas themselves", "; ")


def _address(written: str) -> str:
    """In a text that runs from right to left, marked as what runs from left to right."""
    return f"\u2066{written}\u2069" if written and get_language_bidi() else written


def section_as_text(version: Version) -> str:
    return version.section_name


def photo_as_text(version: Version) -> str:
    photo = version.lead_photo
    return _photo(photo) if photo else ""


def _photo(photo: PhotoTold) -> str:
    """Its words and, for which picture it is, the name of its largest file."""
    largest = photo["renditions"][-1]["jpeg"]["name"] if photo.get("renditions") else ""
    return joined([photo["caption"], photo["credit"], photo["alt"], _address(largest)])


def bylines_as_text(version: Version) -> str:
    return joined(f"{role_in_words(each)} {each['name']}" for each in version.bylines)


def tags_as_text(version: Version) -> str:
    return joined(version.tags)


def sources_as_text(version: Version) -> str:
    return _between().join(
        joined(
            [
                each["name"],
                *each["positions"],
                each["authorization"],
                each["reason"],
                *each["heard"],
            ]
        )
        for each in sources_told(version)
    )


def comment_requests_as_text(version: Version) -> str:
    return _between().join(
        joined([each["asked"], each["about"], outcome_in_words(each), each["answer"]])
        for each in version.comment_requests
    )


def exhibits_as_text(version: Version) -> str:
    return _between().join(exhibit_in_words(each) for each in version.exhibits)


def exhibit_in_words(exhibit: ExhibitTold) -> str:
    """“12 seconds of the recording”; of a document its own words."""
    if seconds := exhibit["seconds"]:
        return ngettext(
            "%(n)d second of the recording", "%(n)d seconds of the recording", seconds
        ) % {"n": seconds}
    return exhibit["passage"]


def notebook_as_text(version: Version) -> str:
    return _between().join(
        joined([each["title"], each["note"], *_addresses(each)]) for each in version.notebook
    )


def _addresses(entry: NotebookEntryTold) -> list[str]:
    """Where an entry of the notebook leads: its link, and its file."""
    file = entry["file"]
    return [_address(entry["url"]), _address(file["name"] if file else "")]


def paragraphs(version: Version) -> list[str]:
    """The body line by line: links with their addresses; photos and pull quotes say that they are."""
    return [_line(block) for block in blocks.walk(version.body) if "blocks" not in block] or [""]


def _line(block: Block) -> str:
    if block["kind"] == PHOTO:
        return ": ".join((_("photo"), _photo(cast("PhotoTold", block))))
    words = "".join(_linked(block["runs"]))
    return ": ".join((_("pull quote"), words)) if block["kind"] == PULL_QUOTE else words


def _linked(runs: blocks.Runs) -> Iterator[str]:
    """The words, each link followed by its address."""
    address = ""
    for run in [*runs, {"marks": [], "text": ""}]:
        found = next((mark["address"] for mark in run["marks"] if mark["kind"] == LINK), "")
        if address and address != found:
            yield f" ({_address(address)})"
        address = found
        yield blocks.text_of([run])


# What a minor edit may not touch


def photo_facts(photo: PhotoTold | None) -> Any:
    """Which picture it is, and whose."""
    return photo and (photo["credit"], [each["jpeg"]["digest"] for each in photo["renditions"]])


def photo_words(photo: PhotoTold | None) -> list[str]:
    return [photo["caption"], photo["alt"]] if photo else []


def body_facts(body: Body) -> Any:
    """Its pictures and its links."""
    links = sorted(
        mark["address"]
        for line in blocks.lines(body)
        for run in line
        for mark in run["marks"]
        if mark["kind"] == LINK
    )
    return list(map(photo_facts, blocks.photos(body))), list(dict.fromkeys(links))


def notebook_facts(notebook: list[NotebookEntryTold]) -> Any:
    """The entries, each file by its digest: what is shown of one differs from program to program."""
    return [{**each, "file": each["file"]["digest"] if each["file"] else None} for each in notebook]


def exhibit_facts(exhibits: list[ExhibitTold]) -> Any:
    """What is shown, each sound by its digest, whatever the quotation beside which it stands is numbered."""
    return [
        {
            **{name: value for name, value in each.items() if name != "quotation"},
            "file": each["file"]["digest"] if each["file"] else None,
        }
        for each in exhibits
    ]


def body_words(body: Body) -> list[str]:
    captions = [words for photo in blocks.photos(body) for words in photo_words(photo)]
    return [blocks.text(body), *captions]


# All its words


_CODES = frozenset(
    {
        *("key", "kind", "role", "how", "held", "outcome", "type", "digest", "basis", "checked"),
        *("quotation", "fact"),
    }
)


def words_in(value: Any) -> Iterator[str]:
    """Every text of a member that a reader may see somewhere, its codes and keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and isinstance(value[0], dict) and {"marks", "text"} <= value[0].keys():
            yield blocks.text_of(value)
        for inside in value:
            yield from words_in(inside)
    elif isinstance(value, dict):
        for name, inside in value.items():
            yield from () if name in _CODES else words_in(inside)


def titles(values: Iterable[Facts]) -> list[str]:
    """The names in a list of authors or sources."""
    return [each["name"] for each in values]
