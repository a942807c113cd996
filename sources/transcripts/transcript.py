"""What was said in an interview: who spoke, in which words and, where the file knows it, when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, Self


class NotATranscript(ValueError):
    """The file cannot be read as a transcript; says why, in words for whoever brought it."""


class Word(NamedTuple):
    """A word as it is written, with its punctuation, and the second at which it begins if the file says so."""

    text: str
    start: float | None = None


@dataclass(frozen=True)
class Segment:
    """A cue, a turn or a paragraph, of one speaker. Times are seconds from the beginning."""

    words: tuple[Word, ...]
    speaker: str = ""
    start: float | None = None
    end: float | None = None

    @property
    def has_word_times(self) -> bool:
        return any(each.start is not None for each in self.words)

    def starts_at(self, word: int) -> float | None:
        """When a word of it is said: by its own time, by the nearest before it, or when the segment begins."""
        timed = (each.start for each in reversed(self.words[: word + 1]) if each.start is not None)
        return next(timed, self.start)


@dataclass(frozen=True)
class Transcript:
    segments: tuple[Segment, ...]
    duration: float | None = None  # seconds
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def speakers(self) -> list[str]:
        """Their names as the file first writes them. What differs in case or blanks alone is one."""
        names: dict[str, str] = {}
        for segment in self.segments:
            if segment.speaker:
                names.setdefault(name_key(segment.speaker), " ".join(segment.speaker.split()))
        return list(names.values())

    @cached_property
    def _names(self) -> dict[str, str]:
        return {name_key(name): name for name in self.speakers}

    def speaker_of(self, segment: Segment) -> str:
        return self._names.get(name_key(segment.speaker), "")

    def as_data(self) -> dict[str, Any]:
        """What JSON can hold: of each segment its speaker, start, end, words, and their times if they have any."""
        return {
            "segments": [
                [
                    each.speaker,
                    each.start,
                    each.end,
                    [word.text for word in each.words],
                    [word.start for word in each.words] if each.has_word_times else None,
                ]
                for each in self.segments
            ],
            "duration": self.duration,
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        segments = (
            Segment(tuple(map(Word, words, starts or [None] * len(words))), speaker, start, end)
            for speaker, start, end, words, starts in data["segments"]
        )
        return cls(tuple(segments), data["duration"], tuple(data["warnings"]))


def name_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).strip(" :")


def transcript_of(
    segments: Iterable[Segment], duration: float | None = None, warnings: Sequence[str] = ()
) -> Transcript:
    """Those segments in which something is said. Raises `NotATranscript` where that is none."""
    spoken = tuple(each for each in segments if each.words)
    if not any(
        character.isalnum() for each in spoken for word in each.words for character in word.text
    ):
        raise NotATranscript("There are no words in this file: it holds nothing that was said.")
    starts = [each.start for each in spoken if each.start is not None]
    told = list(warnings)
    if any(later < earlier for earlier, later in pairwise(starts)):
        told.append(
            "The times run backwards or begin anew: this may be several recordings in one file. "
            "A place is told by the time that stands beside its words."
        )
    ends = [each.end for each in spoken if each.end is not None]
    if duration is None and ends:
        duration = max(ends)
    return Transcript(spoken, duration, tuple(told))


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(Word(each) for each in text.split())


def timed(text: str, starts: Sequence[tuple[str, float | None]]) -> tuple[Word, ...]:
    """Words as they are written, with the times of words as they were heard: “31,000” was four of those."""
    written = text.split()
    if not written:
        return tuple(Word(word, start) for word, start in starts)
    if not starts:
        return words_of(text)
    share = 1.0 if len(starts) == len(written) else len(starts) / len(written)
    return tuple(
        Word(word, starts[min(int(place * share), len(starts) - 1)][1])
        for place, word in enumerate(written)
    )
