"""What differs between two versions of a story: paragraphs aligned, then words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from django.conf import settings

from sources.prose.comparing.edits import Kind, edits
from sources.prose.comparing.spelling import spelling_of
from sources.prose.reading.quotations import find_quotations

from ..models import Version
from ..text.blocks import pull_quotes
from .fields import FIELDS, of_the_desk
from .telling import paragraphs

# With the points and accents that are written as characters of their own, in Arabic or Hebrew.
_LETTER = r"[\w\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]"
_PIECE = re.compile(rf"{_LETTER}+(?:[’'.,:-]{_LETTER}+)*|\s+|[^\w\s]")
# What repeats itself makes an alignment cost the cube of its length, and anybody may ask for one: past so
# many pairs of the same word, and of any piece, what stands between the two ends is told as replaced.
_MOST_PAIRS, _MOST_PIECES = 30_000, 1_000_000
_NEAR = 20  # paragraphs, among which the one that another came from is looked for
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
        (str(row.label), row.as_text(older), row.as_text(newer))
        for row in FIELDS.values()
        if row.as_text
    ]
    texts = [Block(name, _words(was, now)) for name, was, now in named if was or now]
    return [*texts, *(Block("", parts) for parts in _aligned(paragraphs(older), paragraphs(newer)))]


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """The runs of two lists: whether they are the same, as they were, and as they are."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if head:
        yield True, before[:head], after[:head]
    if _is_quick(old, new):
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield kind == "equal", old[a:b], new[c:d]
    elif old or new:
        yield False, old, new
    if tail:
        yield True, before[-tail:], after[-tail:]


def _shared(before: list[str], after: list[str]) -> int:
    """How many they begin with that are the same."""
    both = zip(before, after, strict=False)
    return next(
        (n for n, (old, new) in enumerate(both) if old != new), min(len(before), len(after))
    )


def _is_quick(before: list[str], after: list[str]) -> bool:
    """Can they be aligned in time, however often they repeat themselves?"""
    counts = Counter(before)
    pairs = {piece: counts[piece] * number for piece, number in Counter(after).items()}
    of_words = sum(number for piece, number in pairs.items() if not piece.isspace())
    return of_words <= _MOST_PAIRS and sum(pairs.values()) <= _MOST_PIECES


def _aligned(before: list[str], after: list[str]) -> Iterator[tuple[Part, ...]]:
    for is_same, old, new in _steps(before, after):
        if is_same:
            yield from ((Part(How.SAME, text),) for text in old)
        else:
            yield from _replaced(old, new)


def _replaced(before: list[str], after: list[str]) -> Iterator[tuple[Part, ...]]:
    """Paragraphs in the place of others: each next to the one that it came from, if one is alike."""
    waiting = list(before)
    for text in after:
        place = next((n for n, old in enumerate(waiting[:_NEAR]) if _alike(old, text)), None)
        if place is None:
            yield (Part(How.ADDED, text),) if text else ()
            continue
        yield from ((Part(How.REMOVED, old),) for old in waiting[:place] if old)
        yield _words(waiting[place], text)
        del waiting[: place + 1]
    yield from ((Part(How.REMOVED, old),) for old in waiting if old)


def _alike(one: str, other: str) -> bool:
    old, new = one.split(), other.split()
    compared = SequenceMatcher(None, old, new, autojunk=False)
    # The bound that costs little comes first: most pairs end there.
    if compared.quick_ratio() < _ALIKE:
        return False
    return not _is_quick(old, new) or compared.ratio() >= _ALIKE


def _words(before: str, after: str) -> tuple[Part, ...]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    parts: list[Part] = []
    for is_same, was, now in _steps(old, new):
        if is_same:
            parts.append(Part(How.SAME, "".join(was)))
            continue
        parts += [Part(How.REMOVED, "".join(was))] if was else []
        parts += [Part(How.ADDED, "".join(now))] if now else []
    return tuple(_joined(parts))


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one."""
    for how, run in groupby(parts, key=lambda part: part.how):
        yield Part(how, "".join(part.words for part in run))


# The guard of minor edits


def more_than_minor(older: Version, newer: Version) -> str:
    """Why a change is no minor edit, with what it touches; nothing, if it is one.

    By the newsroom's rules a minor edit changes spelling, punctuation, spacing and layout, and no
    quotation; `sources.prose.comparing.edits` knows what that is. Every other part stays as it is.
    """
    for row in of_the_desk():
        if row.guarded(row.of(older)) != row.guarded(row.of(newer)):
            return f"{row.changed_says()}. Choose another kind."
    if touched := _quoted(older) ^ _quoted(newer):
        return f"“{sorted(touched)[0]}” stands between quotation marks. Choose another kind."
    spelling = spelling_of(settings.LANGUAGE_CODE, settings.SPELLING_DICTIONARY)
    for row in of_the_desk():
        before, after = ("\n".join(row.free_words(row.of(each))) for each in (older, newer))
        found = edits(before, after, spelling)
        if found.kind is Kind.OTHER:
            return f"“{found.touched[0]}” is more than spelling, punctuation or layout. Choose another kind."
    return ""


def _all_text(version: Version) -> str:
    rows = of_the_desk()
    return "\n".join(words for row in rows for words in row.free_words(row.of(version)))


def _quoted(version: Version) -> set[str]:
    """What readers take for somebody's words: pull quotes, too."""
    quoted = {found.words for found in find_quotations(_all_text(version))}
    return quoted | set(pull_quotes(version.body))
