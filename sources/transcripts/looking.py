"""Were these words said? A quotation is looked for in a transcript.

Transcripts mishear, and some have no punctuation; quotations are cut, and set in another style. So words are held
against words: `FOUND` are the same, `NEAR` are the same but for what a machine mishears, and a person listens;
`CHANGED` say something else, or leave out what turned the sentence; `ABSENT` were not said here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ..prose.comparing.fairness import OTHER_CASE
from ..prose.reading.words_of_speech import word_set
from .senses import are_moved, differs_in_sense, is_cut_unfairly, is_misheard, is_stutter
from .transcript import Transcript
from .turning_words import SOUND_ALIKE
from .words import Token, language_of, tokens

SHORT = 3  # words: found where they stand, absent where not
SAID = 0.6  # of the words stand together somewhere: it was meant to be this
MISHEARD = 0.4  # of the words differ at most, in what was only misheard
AROUND = 12  # words beside a place that are shown
UNMARKED = 3, 2  # words before and after that are looked at where no sentences are marked
APART = 120  # words between two parts of a quotation with an ellipsis, at most
_GAP = re.compile(r"…|\.\s?\.\s?\.(?:\s?\.)?|\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)")
_ENDING = re.compile(r"(?<=\w)\[\w{1,4}\]")  # become[s]
_INSERTED = re.compile(r"\[([^\]]*)\]")


class Result(StrEnum):
    FOUND = "found"
    NEAR = "near"
    CHANGED = "changed"
    ABSENT = "absent"


_WORST = [Result.FOUND, Result.NEAR, Result.CHANGED, Result.ABSENT]


class Heard(NamedTuple):
    """What became of a quotation: seconds at which its first word is said, by whom, with the words around it;
    the words that stand there themselves, their segment, and the first of them in it.
    """

    result: Result
    start: float | None = None
    speaker: str = ""
    text: str = ""
    passage: str = ""
    segment: int | None = None
    word: int | None = None


class _Place(NamedTuple):
    """Tokens `[start:end]` of the transcript that are those of a quotation, or nearly."""

    start: int
    end: int
    result: Result


def look_for(quotations: Sequence[str], transcript: Transcript) -> list[Heard]:
    """What became of each, in their order."""
    spoken = Spoken(transcript)
    return [spoken.heard(words) for words in quotations]


class Spoken:
    """A transcript as one row of tokens, in which words are looked up."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.words: list[str] = []
        self.segment_of: list[int] = []
        self.first_of: list[int] = []  # word of each segment
        for number, segment in enumerate(transcript.segments):
            self.first_of.append(len(self.words))
            self.words += [word.text for word in segment.words]
            self.segment_of += [number] * len(segment.words)
        self.language = language_of(self.words)
        read = tokens(self.words, self.language)
        # A name is one at the head of a sentence, too.
        names = {token.same for token in read if token.is_name}
        self.tokens = [token._replace(is_name=token.same in names) for token in read]
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.tokens):
            self.places[token.alike].append(place)

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        return _joined([token.same for token in self.tokens])

    @cached_property
    def _alike(self) -> tuple[str, list[int]]:
        return _joined([token.alike for token in self.tokens])

    def heard(self, quotation: str) -> Heard:
        parts = [
            part for part in map(self._part, _GAP.split(OTHER_CASE.sub(r"\1", quotation))) if part
        ]
        if not parts:
            return Heard(Result.ABSENT)
        if len(parts) > 1:
            return self._told(self._in_parts(parts))
        (part,) = parts
        places = self._exact(part)
        if len(part) <= SHORT:
            return self._told(places[0]) if places else Heard(Result.ABSENT)
        places = [self._fair(place) for place in places] or self._close(part)
        return self._told(min(places, key=lambda place: _WORST.index(place.result), default=None))

    def _part(self, words: str) -> list[Token]:
        bare = _INSERTED.sub(" ", _ENDING.sub("", words))
        return tokens(bare.split(), self.language)

    # The same words

    def _exact(self, part: Sequence[Token]) -> list[_Place]:
        """Where these very words stand; else where they do but for accents and figures."""
        for how, (text, begins) in (("same", self._letters), ("alike", self._alike)):
            wanted = "".join(getattr(token, how) for token in part)
            places = [_Place(*found, Result.FOUND) for found in _spans(wanted, text, begins)]
            if places:
                return places
        return []

    # Nearly the same words

    def _close(self, part: Sequence[Token]) -> list[_Place]:
        return [place for at in self._likely(part) if (place := self._aligned(part, at))]

    def _likely(self, part: Sequence[Token]) -> list[int]:
        """Where most words of it stand together, by the rarest of them: where it would begin."""
        votes: Counter[int] = Counter()
        known = sorted(
            (
                (len(self.places[token.alike]), place)
                for place, token in enumerate(part)
                if token.alike in self.places
            )
        )
        for often, place in known[: max(6, len(part) // 2)]:
            if often > 400:
                continue
            for there in self.places[part[place].alike]:
                # What is dropped or put in moves the rest by some words.
                votes[(there - place) // 4] += 1
        tried = [bucket * 4 for bucket, _ in votes.most_common(6)]
        wanted = Counter(token.alike for token in part)
        together = [
            (sum((Counter(t.alike for t in self._window(part, at)) & wanted).values()), at)
            for at in tried
        ]
        return [
            at
            for number, at in sorted(together, reverse=True)[:3]
            if number >= SAID * len(part) - 2
        ]

    def _window(self, part: Sequence[Token], at: int) -> list[Token]:
        return self.tokens[max(0, at - 4) : at + len(part) + 12]

    def _aligned(self, part: Sequence[Token], at: int) -> _Place | None:
        begin = max(0, at - 4)
        window = self._window(part, at)
        pairs = _align(part, window)
        held = [(ours, theirs) for ours, theirs in pairs if ours is not None and theirs is not None]
        if not held:
            return None
        # It begins with the first word that is certainly its own.
        own = [there for here, there in held if part[here].alike == window[there].alike]
        said = Counter(self._speaker(begin + there) for there in own).most_common(1)
        first = next(
            (there for there in own if self._speaker(begin + there) == said[0][0]), held[0][1]
        )
        start, end = begin + first, begin + held[-1][1] + 1
        same = sum(part[ours].alike == window[theirs].alike for ours, theirs in held)
        # What was only said once more is no difference.
        stretches = [
            (mine, other)
            for mine, other in _stretches(part, window, pairs)
            if mine or not is_stutter(other, window)
        ]
        if are_moved(stretches) or any(
            differs_in_sense(ours, theirs, self.language) for ours, theirs in stretches
        ):
            result = Result.CHANGED
        elif all(is_misheard(ours, theirs, self.language) for ours, theirs in stretches):
            odd = sum(max(len(ours), len(theirs)) for ours, theirs in stretches)
            result = Result.NEAR if odd <= MISHEARD * len(part) + 1 else Result.CHANGED
        else:
            result = Result.CHANGED
        if result is Result.CHANGED:
            wanted = Counter(token.alike for token in part)
            together = sum((Counter(token.alike for token in window) & wanted).values())
            if max(same, together) < SAID * len(part):
                return None
            return _Place(start, end, result)
        return self._fair(_Place(start, end, result))

    # Several parts, with something left out

    def _in_parts(self, parts: list[list[Token]]) -> _Place | None:
        best: _Place | None = None
        firsts = self._exact(parts[0]) or self._close(parts[0])
        for first in firsts:
            place: _Place | None = first
            spans = [first]
            for part in parts[1:]:
                after = [
                    each
                    for each in (self._exact(part) or self._close(part))
                    if spans[-1].end <= each.start <= spans[-1].end + APART
                ]
                if not after:
                    place = None
                    break
                spans.append(min(after, key=lambda each: each.start))
            if place is None:
                continue
            worst = max((each.result for each in spans), key=_WORST.index)
            whole = _Place(first.start, spans[-1].end, worst)
            if worst is not Result.CHANGED:
                whole = self._fair(whole, spans)
            if best is None or _rank(whole) < _rank(best):
                best = whole
        if best is None:
            # Some of it was said: the rest was not.
            said = [
                places[0] for part in parts if len(part) > SHORT and (places := self._exact(part))
            ]
            if said:
                return said[0]._replace(result=Result.CHANGED)
        return best

    # What stands around it

    def _fair(self, place: _Place, spans: Sequence[_Place] = ()) -> _Place:
        """Changed, if two people say it, or if what was cut off or out turns it."""
        speakers = {self._speaker(at) for at in range(place.start, place.end)} - {""}
        if len(speakers) > 1 or (not self.transcript.speakers and self._is_answered(place)):
            return place._replace(result=Result.CHANGED)
        first, last = self._sentence(place)
        spans = spans or [place]
        kept = [" ".join(self._written(each.start, each.end)) for each in spans]
        before = self._written(first, place.start)
        after = self._written(place.end, last)
        between = [self._written(one.end, other.start) for one, other in pairwise(spans)]
        if is_cut_unfairly(kept, before, after, between, self.language):
            return place._replace(result=Result.CHANGED)
        return place

    def _is_answered(self, place: _Place) -> bool:
        """Does a question stand in it that ends its cue, with more after it? Nobody is named: two spoke, most likely."""
        ats = [self.tokens[token].at for token in range(place.start, place.end)]
        return any(
            self.words[at].endswith(("?", "؟")) and self.segment_of[at] != self.segment_of[after]
            for at, after in pairwise(ats)
        )

    def _sentence(self, place: _Place) -> tuple[int, int]:
        """Tokens from where its first sentence begins to where its last one ends, of one speaker."""
        speaker = self._speaker(place.start)
        first = place.start
        while first > 0 and not self._ends(first - 1) and self._speaker(first - 1) == speaker:
            first -= 1
            if not self._has_sentences and place.start - first >= UNMARKED[0]:
                break
        last = place.end
        speaker = self._speaker(place.end - 1)
        while (
            last < len(self.tokens) and not self._ends(last - 1) and self._speaker(last) == speaker
        ):
            last += 1
            if not self._has_sentences and last - place.end >= UNMARKED[1]:
                break
        return first, last

    @cached_property
    def _has_sentences(self) -> bool:
        ends = sum(word.endswith((".", "?", "!", "؟", "…")) for word in self.words)
        return ends * 40 > len(self.words)

    def _ends(self, token: int) -> bool:
        """Does a sentence end with it?"""
        at = self.tokens[token].at + self.tokens[token].taken - 1
        following = self.tokens[token + 1].at if token + 1 < len(self.tokens) else at + 1
        # In French a mark stands apart from its word.
        written = "".join(self.words[at:following]).rstrip("”\"'’»)")
        return written.endswith((".", "?", "!", "؟", "…")) and written not in _SHORTENED

    def _written(self, start: int, end: int) -> list[str]:
        if start >= end:
            return []
        last = self.tokens[end - 1]
        return self.words[self.tokens[start].at : last.at + last.taken]

    def _speaker(self, token: int) -> str:
        segment = self.transcript.segments[self.segment_of[self.tokens[token].at]]
        return self.transcript.speaker_of(segment)

    def _told(self, place: _Place | None) -> Heard:
        if place is None:
            return Heard(Result.ABSENT)
        word = self.tokens[place.start].at
        number = self.segment_of[word]
        segment = self.transcript.segments[number]
        last = self.tokens[place.end - 1].at
        around = self.words[max(0, word - AROUND) : last + AROUND + 1]
        in_segment = word - self.first_of[number]
        return Heard(
            place.result,
            segment.starts_at(in_segment),
            self.transcript.speaker_of(segment),
            " ".join(around),
            " ".join(self._written(place.start, place.end)),
            number,
            in_segment,
        )


def _rank(place: _Place) -> tuple[int, int]:
    """The better of two: what is nearer to what was said, and of those what stands closer together."""
    return _WORST.index(place.result), place.end - place.start


_SHORTENED = word_set("Mr. Mrs. Ms. Dr. St. Prof. No. e.g. i.e. vs. Jr. Sr.")


def _joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    """All in one, and where each begins."""
    begins, at = [], 0
    for text in texts:
        begins.append(at)
        at += len(text)
    return "".join(texts), [*begins, at]


def _spans(wanted: str, text: str, begins: list[int]) -> Iterator[tuple[int, int]]:
    """Where it stands in whole tokens, from the first of them to after the last."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        first = bisect_right(begins, at) - 1
        last = bisect_right(begins, at + len(wanted)) - 1
        if begins[first] == at and begins[last] == at + len(wanted):
            yield first, last
        at = text.find(wanted, at + 1)


# What two rows of words beside each other cost: speakers say more than is quoted, seldom less.
_PUT_IN, _LEFT_OUT, _HEARD_AS, _LIKE, _OTHER = 0.4, 1.0, 0.3, 0.9, 1.3
_Pair = tuple[int | None, int | None]


def _align(ours: Sequence[Token], theirs: Sequence[Token]) -> list[_Pair]:
    """Both in a row, word beside word, with as little between them as can be. What is before and after is free."""
    across = len(theirs) + 1
    costs = [[0.0] * across]
    for row, word in enumerate(ours, 1):
        line = [float(row)]
        above = costs[-1]
        for column, other in enumerate(theirs, 1):
            swap = above[column - 1] + (_swapped(word, other))
            line.append(min(swap, above[column] + _LEFT_OUT, line[column - 1] + _PUT_IN))
        costs.append(line)
    row, column = len(ours), min(range(across), key=lambda at: costs[-1][at])
    pairs: list[_Pair] = []
    while row:
        word = ours[row - 1]
        if column:
            other = theirs[column - 1]
            swap = _swapped(word, other)
            if costs[row][column] == costs[row - 1][column - 1] + swap:
                row, column = row - 1, column - 1
                pairs.append((row, column))
                continue
            if costs[row][column] == costs[row][column - 1] + _PUT_IN:
                column -= 1
                pairs.append((None, column))
                continue
        row -= 1
        pairs.append((row, None))
    return pairs[::-1]


def _is_heard_as(one: Token, other: Token) -> bool:
    return other.alike in SOUND_ALIKE.get(one.alike, ())


def _swapped(one: Token, other: Token) -> float:
    if one.alike == other.alike:
        return 0
    if _is_heard_as(one, other):
        return _HEARD_AS
    is_like = one.alike[:1] == other.alike[:1] or one.alike[-2:] == other.alike[-2:]
    return _LIKE if is_like else _OTHER


def _stretches(
    ours: Sequence[Token], theirs: Sequence[Token], pairs: Sequence[_Pair]
) -> Iterator[tuple[list[Token], list[Token]]]:
    """Where they differ: words of the quotation, and those that stand there in the transcript."""
    mine: list[Token] = []
    other: list[Token] = []
    for one, another in pairs:
        word = ours[one] if one is not None else None
        heard = theirs[another] if another is not None else None
        if word and heard and (word.alike == heard.alike or _is_heard_as(word, heard)):
            if mine or other:
                yield mine, other
            mine, other = [], []
            if word.alike != heard.alike:
                yield [word], [heard]
            continue
        mine += [word] if word else []
        other += [heard] if heard else []
    if mine or other:
        yield mine, other
