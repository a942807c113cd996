"""A sentence in Latin letters, word by word, as a row of the table sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .row import Tongue

_LETTER = r"[^\W_]|[\u0300-\u036f]"
# An elided article is a word of its own (l’OMS, qu’il), and so is a pronoun behind its verb
# (dit-il, affirme-t-elle).
_WORD = re.compile(
    rf"(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|aujourd)[’'](?=\w)"
    rf"|-(?:t-)?(?:ils?|elles?|on)\b"
    rf"|(?:{_LETTER})(?:(?!-(?:t-)?(?:ils?|elles?|on)\b)(?:{_LETTER}|[’'‐‑&-]|\.(?=\w)))*"
    r"|[^\w\s]|_",
    re.IGNORECASE,
)
_BEHIND_VERB = re.compile(r"-(?:t-)?")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]|Dr|Mr|Sr|Sra|Dra|Prof|Mme|Ing|Mgr|St|ex|MM|bzw|etc)\Z")
_ENDS = ".?!;…"


@dataclass(frozen=True)
class Word:
    """A word of a text, or a mark: `text[start:end]`."""

    text: str
    start: int
    end: int

    @cached_property
    def lower(self) -> str:
        return self.text.casefold().replace("'", "’")

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


Words = list[Word]


def words_of(text: str, start: int, end: int) -> Words:
    """The words and marks of `text[start:end]`; initials and titles keep their full stop."""
    found: Words = []
    given = text[start:end]
    for match in _WORD.finditer(given):
        first, last = match.span()
        if behind := _BEHIND_VERB.match(match[0]):
            first += behind.end() if behind.end() < last - first else 0
        is_initial = match[0][0].isupper() and _ABBREVIATED.match(match[0])
        if is_initial and given[last : last + 1] == ".":
            last += 1
        if not (found and start + first < found[-1].end):
            found.append(Word(given[first:last], start + first, start + last))
    return found


def sentences(words: Words) -> list[Words]:
    """Parted after full stops, question and exclamation marks; the last may be unfinished."""
    parted: list[Words] = [[]]
    for word in words:
        parted[-1].append(word)
        if word.text in _ENDS:
            parted.append([])
    return parted


@dataclass(frozen=True)
class Person:
    """The words of a sentence from `first` to before `end`, which say who somebody is."""

    first: int
    end: int
    is_name: bool = False


@dataclass(frozen=True)
class Sentence:
    """Words with the row by which they are read: what each of them may be."""

    words: Words
    tongue: Tongue
    names: frozenset[str] = frozenset()  # words that have a capital within the story's sentences

    def __len__(self) -> int:
        return len(self.words)

    def text(self, at: int) -> str:
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def lower(self, at: int) -> str:
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def is_word(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].is_word

    def is_in(self, at: int, given: frozenset[str]) -> bool:
        return self.lower(at) in given

    def is_capital(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].is_capital

    def is_name(self, at: int) -> bool:
        """A capital, and no small word that begins a sentence."""
        if not self.is_capital(at):
            return False
        tongue, lower = self.tongue, self.lower(at)
        if lower in tongue.times:
            return False
        if not self._may_be_small(at):
            return True
        is_small = lower in tongue.closed or lower in tongue.determiners or lower in tongue.speaking
        is_small = is_small or (lower,) in tongue.according or lower in tongue.verbs
        return not is_small and self._begins_name(at)

    def _begins_name(self, at: int) -> bool:
        """A capital with which a sentence begins tells nothing by itself."""
        if self.tongue.are_nouns_capital or self.is_capital(at + 1) or not self.is_word(at + 1):
            return True
        return self.text(at) in self.names or self.is_verb(at + 1) or self.is_auxiliary(at + 1)

    def _may_be_small(self, at: int) -> bool:
        """Only where a sentence begins does a small word have a capital."""
        return at == 0 or not self.is_word(at - 1)

    def is_noun(self, at: int) -> bool:
        """A noun or an adjective of a description, as far as can be told."""
        if not self.is_word(at) or self.text(at).isdigit():
            return False
        lower = self.lower(at)
        is_closed = lower in self.tongue.closed or lower in self.tongue.determiners
        is_closed = is_closed or (
            lower == self.text(at) and self.tongue.is_finite.search(lower) is not None
        )
        is_closed = is_closed and not (self.is_capital(at) and not self._may_be_small(at))
        return not is_closed and not self.is_verb(at)

    def is_determiner(self, at: int) -> bool:
        return self.is_in(at, self.tongue.determiners)

    def is_auxiliary(self, at: int) -> bool:
        return self.is_in(at, self.tongue.auxiliaries)

    def is_verb(self, at: int) -> bool:
        """Is it a verb of speech?"""
        lower = self.lower(at)
        if self.is_capital(at) and not self._may_be_small(at):
            return False
        if lower in self.tongue.participles and self._is_perfect(at):
            return True
        is_noun = self.is_determiner(at - 1) and not self.is_in(at - 1, self.tongue.pronouns)
        is_noun = is_noun and not self.is_in(at - 1, self.tongue.adverbs)
        return lower in self.tongue.verbs and not is_noun

    def _is_perfect(self, at: int) -> bool:
        """“a déclaré”, “a-t-il ajouté”, “hat gestern gesagt”."""
        for before in range(at - 1, max(-1, at - 5), -1):
            if self.is_auxiliary(before):
                return True
            if not (self.is_in(before, self.tongue.adverbs | self.tongue.pronouns)):
                return False
        return False

    def according(self, at: int, is_clause: bool | None = None) -> int:
        """How many words that say “according to” begin here."""
        if length := self._phrase(at, self.tongue.according):
            return length
        if is_clause is None:
            is_clause = at == 0 or not self.is_word(at - 1)
        is_clause = is_clause or self.is_in(at + 1, self.tongue.pronouns)
        return self._phrase(at, self.tongue.in_view) if is_clause else 0

    def tail(self, at: int) -> int:
        return self._phrase(at, self.tongue.tails)

    def afterwards(self, at: int) -> int:
        return self._phrase(at, self.tongue.afterwards)

    def _phrase(self, at: int, given: frozenset[tuple[str, ...]]) -> int:
        for length in (4, 3, 2, 1):
            if tuple(word.lower for word in self.words[at : at + length]) in given:
                return min(length, len(self.words) - at)
        return 0
