"""What differs between two versions of a story: paragraphs aligned, then words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from sources.quotations import find_quotations

from .body import plain_text
from .models import Version

_PIECE = re.compile(r"\w+(?:[’'.,:-]\w+)*|\s+|[^\w\s]")
_ALIKE = 0.35  # of the words of two paragraphs are the same: one became the other


class How(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Part:
    """A run of words that stayed, was added, or was removed."""

    how: How
    words: str


@dataclass(frozen=True)
class Block:
    """A paragraph, or another text of the story, and what became of it."""

    name: str  # of the text: “headline”; empty for a paragraph of the body
    parts: tuple[Part, ...]

    @property
    def is_same(self) -> bool:
        return all(part.how is How.SAME for part in self.parts)


def differences(older: Version, newer: Version) -> list[Block]:
    """The texts of the newer version, marked with what differs from the older one."""
    named = [
        Block(name, _words(before, after))
        for name, before, after in zip(_NAMES, _texts(older), _texts(newer), strict=True)
        if before or after
    ]
    paragraphs = _aligned(plain_text(older.body).split("\n"), plain_text(newer.body).split("\n"))
    return [*named, *(Block("", parts) for parts in paragraphs)]


_NAMES = (
    "kicker",
    "headline",
    "deck",
    "dateline",
    "photo",
    "byline",
    "tags",
    "comment",
    "notebook",
)


def _texts(version: Version) -> list[str]:
    photo = version.lead_photo or {}
    return [
        version.kicker,
        version.headline,
        version.deck,
        version.dateline,
        " ".join(filter(None, (photo.get("caption"), photo.get("credit")))),
        ", ".join(byline["name"] for byline in version.bylines),
        ", ".join(version.tags),
        " ".join(
            " ".join(filter(None, (each["asked"], each["outcome_label"], each["answer"])))
            for each in version.comment_requests
        ),
        "; ".join(
            " ".join(filter(None, (each["title"], each["note"], each["url"])))
            for each in version.notebook
        ),
    ]


def _aligned(before: list[str], after: list[str]) -> Iterator[tuple[Part, ...]]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((Part(How.SAME, text),) for text in before[a:b])
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(before: list[str], after: list[str]) -> Iterator[tuple[Part, ...]]:
    """Paragraphs in the place of others: each next to the one that it came from, if one is alike."""
    waiting = list(before)
    for text in after:
        place = next((n for n, old in enumerate(waiting) if _alike(old, text)), None)
        if place is None:
            yield (Part(How.ADDED, text),) if text else ()
            continue
        yield from ((Part(How.REMOVED, old),) for old in waiting[:place] if old)
        yield _words(waiting[place], text)
        del waiting[: place + 1]
    yield from ((Part(How.REMOVED, old),) for old in waiting if old)


def _alike(one: str, other: str) -> bool:
    compared = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return compared.quick_ratio() >= _ALIKE and compared.ratio() >= _ALIKE


def _words(before: str, after: str) -> tuple[Part, ...]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    parts: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Part(How.SAME, "".join(old[a:b])))
            continue
        parts += [Part(How.REMOVED, "".join(old[a:b]))] if b > a else []
        parts += [Part(How.ADDED, "".join(new[c:d]))] if d > c else []
    return tuple(parts)


# The guard of minor edits


def facts_touched(older: Version, newer: Version) -> str:
    """Why a change is no minor edit: the number, name or quoted words that it touches, or nothing.

    By the newsroom's rules a minor edit changes no fact, no quotation, no number and no name.
    """
    for block in differences(older, newer):
        for part in block.parts:
            if part.how is not How.SAME and (found := _fact_in(part.words, block)):
                return f"“{found}” is a number or a name. Choose another kind."
    if touched := _quoted(older) ^ _quoted(newer):
        return f"“{sorted(touched)[0]}” stands between quotation marks. Choose another kind."
    if (older.slug, older.section_slug) != (newer.slug, newer.section_slug):
        return "its address or its section changes. Choose another kind."
    return ""


def _fact_in(words: str, block: Block) -> str:
    before, after = (
        "".join(part.words for part in block.parts if part.how is not other)
        for other in (How.ADDED, How.REMOVED)
    )
    found: list[str] = re.findall(r"\w+(?:[’'.,:-]\w+)*", words)
    for word in found:
        if any(map(str.isdigit, word)) or word.casefold() in _NUMBERS:
            return word
        begins = _begins_sentence(word, before) or _begins_sentence(word, after)
        if any(map(str.isupper, word)) and not begins:
            return word
    return ""


def _begins_sentence(word: str, text: str) -> bool:
    """A capital at the beginning of a sentence alone makes no name."""
    if any(map(str.isupper, word[1:])):
        return False
    return re.search(rf"(?:^|[.?!:]\s+|[“\"‘]){re.escape(word)}\b", text) is not None


_NUMBERS = frozenset(
    [
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
        *("nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        *("hundred", "thousand", "million", "billion", "dozen", "half", "third", "quarter", "no"),
        *("not", "never", "none", "nobody", "first", "second", "last", "twice", "double"),
    ]
)


def _quoted(version: Version) -> set[str]:
    texts = [plain_text(version.body), version.headline, version.deck]
    return {found.words for text in texts for found in find_quotations(text)}
