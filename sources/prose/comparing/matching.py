"""Matching quotations in a text to recorded words: the same, altered, or not recorded at all.

“The same” is what the AP allows of a quotation: other marks and white space, the case of the first
letter, the comma or full stop that news style puts inside the closing mark, an ellipsis where words
are left out, and [bracketed] words. A part of what was said is the same words, too; but a quotation
that is nearly all of a recorded one and drops the rest without an ellipsis is altered. The same words
in another style (figures, spelling, punctuation) are told apart from altered ones. Whether a part is
fair to the whole is the matter of `fairness`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from ..reading.quotations import Quotation
from .style import is_mere_style, styled

# What these mean is decision 5; tests stand on both sides of each.
CLOSE = 0.6  # of the words are the same, in the same order: the quotation is meant to be that one
NEARLY_ALL = 0.6  # of the recorded words are printed: leaving out the rest wants an ellipsis
MOST_PLACES = 64  # that are looked at for one quotation, in records that say one thing very often


class Recorded(Protocol):
    """Words as they were said, and whoever said them."""

    # A str; a model's field is none yet when mypy holds type arguments against this.
    words: Any

    @property
    def speaker_id(self) -> int: ...


R = TypeVar("R", bound=Recorded)


class Change(NamedTuple):
    """Where a quotation differs from the record: printed instead of recorded; either may be empty."""

    printed: str
    recorded: str


@dataclass(frozen=True)
class Match(Generic[R]):
    """A quotation and the record. Without `quote` it is not recorded; with `changes` it is altered.

    `rivals` are people who said the same words, where nothing tells whose they are here. With
    `is_styled` the words are those of the record, set in another style.
    """

    quotation: Quotation
    quote: R | None = None
    changes: tuple[Change, ...] = ()
    rivals: tuple[R, ...] = ()
    is_styled: bool = False

    @property
    def is_backed(self) -> bool:
        return self.quote is not None and not self.changes

    @property
    def is_altered(self) -> bool:
        return bool(self.changes)


def match(
    quotations: Sequence[Quotation],
    recorded: Iterable[R],
    *,
    marked: Mapping[int, R] | None = None,
    is_called: Callable[[R, str], bool] = lambda quote, speaker: False,
) -> list[Match[R]]:
    """Each quotation with the recorded quote that backs it, or that it is an altered form of.

    `marked` gives the quotes to which a writer has tied quotations, by where these start.
    `is_called(quote, speaker)` says whether the words by which the text names a speaker fit whoever
    said the quote: it decides between people who said the same. Words are never given to the wrong
    one: if nothing decides, the quotation has `rivals` and no quote.
    """
    # Made once: each quotation is then looked up, and not held against every record.
    index = _Index(list(recorded))
    matches = [
        _match_one(quotation, index, (marked or {}).get(quotation.start), is_called)
        for quotation in quotations
    ]
    _join_split(matches, index)
    return matches


def _join_split(matches: list[Match[R]], index: _Index[R]) -> None:
    """“We should have done better,” he said, “and we are sorry.”: one quote, in parts."""
    for place, found in enumerate(matches):
        if found.is_backed or not found.quotation.is_speech:
            continue
        # With the part before it, and then with the one after.
        for first in (place - 1, place):
            pair = matches[first : first + 2] if first >= 0 else []
            whole = _joined([each.quotation for each in pair])
            saying = index.saying(whole) if whole else []
            if len({quote.speaker_id for quote in saying}) == 1:
                matches[first : first + 2] = [Match(each.quotation, saying[0]) for each in pair]
                break


def _joined(parts: list[Quotation]) -> list[list[str]]:
    """The words of two parts of one sentence; the comma where it was split may be the writer's."""
    if len(parts) < 2 or parts[0].paragraph != parts[1].paragraph:
        return []
    first, second = parts
    same = not (first.speaker and second.speaker) or first.speaker == second.speaker
    return _chunks(f"{first.words.rstrip(',')}{_OPTIONAL} {second.words}") if same else []


def _match_one(
    quotation: Quotation, index: _Index[R], tied: R | None, is_called: Callable[[R, str], bool]
) -> Match[R]:
    printed = _chunks(quotation.words)
    if not printed:
        return Match(quotation)
    # A writer's mark counts before any likeness: what differs from its quote was altered.
    if tied is not None:
        index = _Index([tied])
        if not index.said[0].words:
            return Match(quotation, tied)
    exact = index.saying(printed)
    saying = exact or [
        quote
        for quote in index.in_style.saying(_styled_chunks(quotation.words))
        if is_mere_style(quotation.words, quote.words)
    ]
    if saying:
        speaker = quotation.speaker or ""
        # Who is named decides only among people who said it; a name that fits none does not.
        called = [quote for quote in saying if speaker and is_called(quote, speaker)] or saying
        if len({quote.speaker_id for quote in called}) > 1:
            # Who said just this, before those who said it among more.
            length = len(_words(quotation.words))
            called = [each for each in called if len(_words(each.words)) == length] or called
        if len({quote.speaker_id for quote in called}) > 1:
            return Match(quotation, rivals=tuple(called))
        return Match(quotation, called[0], is_styled=not exact)
    if tied is not None:
        return Match(quotation, tied, index.changes(tied, printed))
    if not quotation.is_speech:
        return Match(quotation)  # a title that shares words with what somebody said
    close = index.closest(
        printed, lambda quote: not _is_of_another(quote, index, quotation, is_called)
    )
    return Match(quotation, close, index.changes(close, printed)) if close else Match(quotation)


def _is_of_another(
    quote: R, index: _Index[R], quotation: Quotation, is_called: Callable[[R, str], bool]
) -> bool:
    """Does the text give the quotation to somebody of the record who did not say this quote?"""
    speaker = quotation.speaker or ""
    if not speaker or is_called(quote, speaker):
        return False
    return any(is_called(each, speaker) for each in index.quotes)


# Words as they compare

_DOUBLE = "“”„‟«»"
# Inside a quotation double marks become single ones: all are the same.
_MARKS = re.compile(f'[{_DOUBLE}"‘’‚‛‹›]')
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.(?:\s?\.)?")
# “[W]e”: a letter in brackets is one of the other case; anything else stands for words left out.
_BRACKETED = re.compile(r"\[(\w)\](?=\w)|\[[^\]]*\]")
_DASH = re.compile(r"[—–]|--|(?<=\s)-(?=\s)")
_GAP = "…"
_ANY_CASE = "\x00"  # before a word whose first letter may be of the other case
_OPTIONAL = "\x01"  # after a word behind which the record may have a comma
# Commas and full stops of Latin, Arabic, Urdu and Chinese. Where a quotation was cut, others, too.
_END = ".,،۔。，、"
_CUT = f"{_END};:—-"


class _Said(NamedTuple):
    """The words of a quote as they compare, and whether a clause ends with each."""

    words: list[str]
    ends: list[bool]


def _as_said(text: str) -> _Said:
    words = [word for word in _words(text) if word != _GAP]
    # A dash in the record is a word by itself, and ends a clause.
    ends = [
        word.endswith(_CLAUSE_ENDS) or following == "—"
        for word, following in zip(words, [*words[1:], ""], strict=False)
    ]
    return _Said(words, ends)


def _as_styled(text: str) -> _Said:
    said = _Said([], [])
    for clause in _CLAUSE.findall(_ELLIPSIS.sub(" ", text)):
        words = styled(clause)
        said.words.extend(words)
        said.ends.extend([*(False for _ in words[:-1]), *(True for _ in words[-1:])])
    return said


_CLAUSE = re.compile(r"(?:[^,.;:—?!]|[,.](?=\w))+[,.;:—?!]*")


def _words(text: str) -> list[str]:
    # An accent may be typed with its letter or after it. A sign of ours must not come from outside.
    text = unicodedata.normalize("NFC", text).replace(_ANY_CASE, "").strip()
    doubles = [mark for mark in text if mark in f'{_DOUBLE}"']
    if len(doubles) == 2 and text[0] == doubles[0] and text[-1] == doubles[1]:
        text = text[1:-1]  # recorded with its marks
    text = _MARKS.sub("'", text)
    text = _BRACKETED.sub(lambda found: _ANY_CASE + found[1] if found[1] else f" {_GAP} ", text)
    return spaced(text)


def with_plain_marks(text: str) -> str:
    """With every quotation mark as one sign, and accents typed one way."""
    # A sign of ours must not come from outside.
    return _MARKS.sub("'", unicodedata.normalize("NFC", text).replace(_ANY_CASE, ""))


def spaced(text: str) -> list[str]:
    """Words, each ellipsis and each dash, whichever way these are typed."""
    return _DASH.sub(" — ", _ELLIPSIS.sub(f" {_GAP} ", text)).split()


def _chunks(text: str) -> list[list[str]]:
    """The runs of words of a printed quotation between what it leaves out or brackets.

    The first and the last are empty where it begins or ends with such a gap.
    """
    chunks: list[list[str]] = [[]]
    for word in _words(text):
        if word == _GAP:
            chunks.append([])
        elif (
            chunks[-1] or len(chunks) == 1 or letters_of(word)
        ):  # a comma after a bracket is no word
            chunks[-1].append(word)
    kept = [chunks[0], *(chunk for chunk in chunks[1:-1] if chunk), *chunks[1:][-1:]]
    return kept if any(letters_of(word) for chunk in kept for word in chunk) else []


def _styled_chunks(text: str) -> list[list[str]]:
    """The same runs, of words as they compare in any style."""
    text = _BRACKETED.sub(lambda found: found[1] or _GAP, _ELLIPSIS.sub(_GAP, text))
    chunks = [styled(piece) for piece in text.split(_GAP)]
    kept = [chunks[0], *(chunk for chunk in chunks[1:-1] if chunk), *chunks[1:][-1:]]
    return kept if any(kept) else []


def letters_of(word: str) -> str:
    # Most words are letters alone, and a record has many.
    return (word if word.isalnum() else "".join(filter(str.isalnum, word))).casefold()


def _is_same(printed: str, said: str, *, any_case: bool) -> bool:
    if printed.endswith(_OPTIONAL):
        printed, said = printed.rstrip(_OPTIONAL), said.rstrip(_CUT)
    if any_case or printed.startswith(_ANY_CASE):
        printed = printed.lstrip(_ANY_CASE)
        return printed[1:] == said[1:] and printed[:1].casefold() == said[:1].casefold()
    return printed == said


# The record


# Of a word, or of two neighbours: in which quote, and where in it.
_Key = TypeVar("_Key")
_Places = dict[_Key, list[tuple[int, int]]]


class _Index(Generic[R]):
    """Recorded words, to be found by pairs of neighbouring words: no quotation is held against all."""

    def __init__(self, quotes: Sequence[R], read: Callable[[str], _Said] = _as_said) -> None:
        self.quotes = quotes
        self.said = [read(quote.words) for quote in quotes]
        self.bare = [list(map(letters_of, said.words)) for said in self.said]
        self.pairs: _Places[tuple[str, str]] = defaultdict(list)
        for number, bare in enumerate(self.bare):
            for at, pair in enumerate(pairwise(bare)):
                self.pairs[pair].append((number, at))

    @cached_property
    def words(self) -> _Places[str]:
        """Where each word stands: a quotation of one word has no pair."""
        words: _Places[str] = defaultdict(list)
        for number, bare in enumerate(self.bare):
            for at, word in enumerate(bare):
                words[word].append((number, at))
        return words

    @cached_property
    def in_style(self) -> _Index[R]:
        """The same record, whatever the style."""
        return _Index(self.quotes, _as_styled)

    def saying(self, chunks: list[list[str]]) -> list[R]:
        """The quotes in which these words stand, whole ones first."""
        if not chunks:
            return []
        found = {
            number: start
            for number, start in self._starts(next(chunk for chunk in chunks if chunk))
            if self._holds(number, start, chunks)
        }
        whole = [n for n in found if len(self.said[n].words) == sum(map(len, chunks))]
        return [self.quotes[n] for n in dict.fromkeys([*whole, *found])]

    def _starts(self, chunk: list[str]) -> list[tuple[int, int]]:
        """Where in the record a run of words may begin, by its rarest pair."""
        bare = [letters_of(word) for word in chunk]
        found = [self.pairs.get(pair, []) for pair in pairwise(bare)] or [
            self.words.get(bare[0], [])
        ]
        rarest, places = min(enumerate(found), key=lambda each: len(each[1]))
        return [(number, at - rarest) for number, at in places[:MOST_PLACES] if at >= rarest]

    def _holds(self, number: int, start: int, chunks: list[list[str]]) -> bool:
        """Do the runs of words stand in this quote, in order, the first of them from `start` on?"""
        said = self.said[number]
        words = said.words
        first, *others = [chunk for chunk in chunks if chunk]
        if not stands_at(first, words, start) or _is_by_chance(first, said, start):
            return False
        at = start + len(first)
        for chunk in others:
            begins = range(at, len(words) - len(chunk) + 1)
            found = next((begin for begin in begins if stands_at(chunk, words, begin)), None)
            if found is None:
                return False
            at = found + len(chunk)
        return not _is_cut_short(chunks, said, start, at)

    def closest(self, chunks: list[list[str]], may_be: Callable[[R], bool]) -> R | None:
        """The quote that these words were meant to be, if one is close enough."""
        printed = [letters_of(word) for chunk in chunks for word in chunk]
        shared: Counter[int] = Counter()
        for pair in pairwise(printed):
            shared.update({number for number, _ in self.pairs.get(pair, [])[:MOST_PLACES]})
        # Where every pair was altered, a word that few records have still tells which was meant.
        for word in set(printed):
            places = self.words.get(word, [])
            if len(places) <= 3:
                shared.update({number for number, _ in places})
        # Comparing word by word is what costs: it is done for three at most.
        closeness = {n: self._closeness(n, printed) for n, _ in shared.most_common(3)}
        best = max(closeness, key=closeness.__getitem__, default=None)
        if best is None or closeness[best] < CLOSE or not may_be(self.quotes[best]):
            return None
        return self.quotes[best]

    def _closeness(self, number: int, printed: list[str]) -> float:
        """The share of words that are the same, against the part of the quote that is meant."""
        said = self.bare[number]
        # Without `autojunk`, by which difflib passes over what a long text says often. The last
        # block is always empty.
        blocks = SequenceMatcher(None, printed, said, autojunk=False).get_matching_blocks()[:-1]
        same = sum(block.size for block in blocks)
        if not blocks or same < min(2, len(said)):
            return 0
        first, last = blocks[0], blocks[-1]
        # Only that part of the quote counts against which the words were printed.
        begin = max(0, first.b - first.a)
        end = min(len(said), last.b + last.size + len(printed) - last.a - last.size)
        return 2 * same / (len(printed) + max(end - begin, 1))

    def changes(self, quote: R, chunks: list[list[str]]) -> tuple[Change, ...]:
        """What would have to be changed to print this quote as it was said."""
        said = self.said[next(n for n, each in enumerate(self.quotes) if each is quote)].words
        printed = [word.lstrip(_ANY_CASE) for chunk in chunks for word in chunk]
        compared = SequenceMatcher(
            None, _levelled(printed, said), _levelled(said, said), autojunk=False
        )
        return tuple(
            Change(" ".join(printed[a:b]), " ".join(said[c:d]))
            for kind, a, b, c, d in compared.get_opcodes()
            if kind != "equal"
        ) or (Change(" ".join(printed), " ".join(said)),)


def _levelled(words: list[str], said: list[str]) -> list[str]:
    """Without what may differ: the case of the first letter, the mark after the last word."""
    first = words[0]
    if said and first.casefold() == said[0].casefold():
        first = said[0]
    *others, last = [first, *words[1:]]
    return [*others, last.rstrip(_END)]


def stands_at(chunk: list[str], said: list[str], at: int) -> bool:
    """Do these words stand there? The case of the first and the marks after the last may differ."""
    if at < 0 or at + len(chunk) > len(said):
        return False
    *leading, last = chunk
    end = at + len(leading)
    # Inside the record a quotation may end at a colon, a semicolon or a dash of it.
    marks = _END if end + 1 == len(said) else _CUT
    return all(
        _is_same(word, said[at + place], any_case=not place) for place, word in enumerate(leading)
    ) and _is_same(last.rstrip(marks), said[end].rstrip(marks), any_case=not leading)


# Decision 5: so few words are often in a record by chance.
FEW = 3  # words that any quote may hold


def _is_by_chance(chunk: list[str], said: _Said, at: int) -> bool:
    """“Never,” as a sentence of its own is not what somebody said who “never lost it”."""
    if len(chunk) > FEW or not at:
        return False
    return chunk[0][:1].isupper() and said.words[at][:1].islower() and not said.ends[at - 1]


_CLAUSE_ENDS = tuple(".,;:—?!")


def _is_cut_short(chunks: list[list[str]], said: _Said, start: int, end: int) -> bool:
    """Is it nearly all of the quote, with a word or two dropped where no clause ends?"""
    printed, recorded = end - start, len(said.words)
    if printed == recorded or printed < NEARLY_ALL * recorded:
        return False
    begins_inside = bool(chunks[0]) and start > 0 and not said.ends[start - 1]
    is_fragment = begins_inside and chunks[0][0][:1].islower()
    cuts_clause = bool(chunks[-1]) and end < recorded and not said.ends[end - 1]
    return not is_fragment and (begins_inside or cuts_clause)
