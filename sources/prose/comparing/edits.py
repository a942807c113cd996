"""What an edit of a text does, and whether a minor edit may carry it.

By the newsroom's rules a minor edit is one of these and nothing else: spelling, a word typed twice,
punctuation, spacing, the case of a first letter, layout. What is not known to be one of them is another
kind of change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .fairness import turn_of
from .spelling import Spelling


class Kind(StrEnum):
    NONE = "none"
    MINOR = "minor"
    OTHER = "other"


@dataclass(frozen=True)
class Edits:
    """The kind of an edit, and what it touches: “denied → admitted”; of another kind, that alone."""

    kind: Kind
    touched: tuple[str, ...] = ()


# With the points and accents that are written as characters of their own, in Arabic or Hebrew.
_LETTER = r"[^\W\d_\u0300\u0301]|[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]"
# A figure with its sign and marks; a word with its apostrophes and hyphens; any other mark.
_TOKEN = re.compile(
    rf"[-−+]?[^\w\s.,;:!?()“”\"'‘’«»—–-]?\d[\d.,:/]*(?<![.,:/])(?:{_LETTER}|%)*|"
    rf"(?:{_LETTER})+(?:[’'-](?:{_LETTER})+)*|\S"
)
# Marks that an edit may put in or take away: none by which somebody speaks, asks or counts.
_MARKS = frozenset(".,;:—–-()…،؛۔。、'’")
_ENDS = frozenset(".?!:…")
_DOUBTFUL_BESIDE = frozenset({"no", "not", "yes"})  # “No, more boats” is not “No more boats”


def edits(before: str, after: str, spelling: Spelling) -> Edits:
    """What was changed from one plain text to the other."""
    if before == after:
        return Edits(Kind.NONE)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    minor: list[str] = []
    other: list[str] = []
    # Without `autojunk`, by which difflib passes over what a long text says often.
    compared = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in compared.get_opcodes():
        if kind == "equal":
            continue
        change = _Change(old, new, range(a, b), range(c, d), spelling)
        (minor if change.is_minor() else other).append(str(change))
    if other:
        return Edits(Kind.OTHER, tuple(other))
    # Nothing but blanks differs: spacing, or where a paragraph ends.
    return Edits(Kind.MINOR, tuple(minor))


@dataclass(frozen=True)
class _Change:
    old: list[str]
    new: list[str]
    was: range  # places of tokens in the old text
    now: range
    spelling: Spelling

    def __str__(self) -> str:
        was = " ".join(self.old[at] for at in self.was)
        now = " ".join(self.new[at] for at in self.now)
        return f"{was} → {now}" if was and now else f"− {was}" if was else f"+ {now}"

    def is_minor(self) -> bool:
        was = [at for at in self.was if self.old[at][-1].isalnum()]
        now = [at for at in self.now if self.new[at][-1].isalnum()]
        if not self._are_marks_minor():
            return False
        if len(was) == len(now):
            return all(map(self._is_word_minor, was, now))
        if not now:
            return len(was) == 1 and self._is_typed_twice(was[0])
        return self._is_spacing([self.old[at] for at in was], [self.new[at] for at in now])

    def _are_marks_minor(self) -> bool:
        one = [self.old[at] for at in self.was if not self.old[at][-1].isalnum()]
        other = [self.new[at] for at in self.now if not self.new[at][-1].isalnum()]
        if one == other:
            return True
        # A comma beside a “no” decides what is denied.
        beside = {each.casefold() for each in self._beside()}
        return set(one) | set(other) <= _MARKS and not beside & _DOUBTFUL_BESIDE

    def _beside(self) -> Iterator[str]:
        yield from self.old[max(0, self.was.start - 1) : self.was.stop + 1]

    def _is_typed_twice(self, at: int) -> bool:
        word = self.old[at].casefold()
        if any(map(str.isdigit, word)) or turn_of(word):
            return False
        around = [self.old[other] for other in (at - 1, at + 1) if 0 <= other < len(self.old)]
        return word in (each.casefold() for each in around)

    def _is_spacing(self, was: list[str], now: list[str]) -> bool:
        """“alot” for “a lot”: one of the words was none. “Nowhere” and “now here” are both words."""
        if "".join(was) != "".join(now) or any(any(map(str.isdigit, word)) for word in was):
            return False
        return all(map(self.spelling.knows, now)) and not all(map(self.spelling.knows, was))

    def _is_word_minor(self, was: int, now: int) -> bool:
        one, other = self.old[was], self.new[now]
        if one == other:
            return True
        if any(map(str.isdigit, one + other)):
            return False
        if one[1:] == other[1:] and one.casefold() == other.casefold():
            begins = self._begins(self.old, was) and self._begins(self.new, now)
            return begins or not self.spelling.is_another_with_capital(one)
        if _without_marks(one) == _without_marks(other):
            # “its” and “it’s”; but “resign” and “re-sign” are two words.
            return "-" not in one + other or not self.spelling.knows(one)
        if one[0].isupper() != other[0].isupper():
            return False
        begins = self._begins(self.old, was) and not self.spelling.is_name(other)
        return (begins or not one[0].isupper()) and self.spelling.is_mended(one, other)

    @staticmethod
    def _begins(tokens: list[str], at: int) -> bool:
        return not at or tokens[at - 1] in _ENDS or not tokens[at - 1][-1].isalnum()


def _without_marks(word: str) -> str:
    return re.sub(r"[’'-]", "", word)
