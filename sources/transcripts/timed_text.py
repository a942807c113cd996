"""WebVTT and SRT: cues with times, as YouTube, Zoom, Teams, Whisper and subtitling programs write them.

https://www.w3.org/TR/webvtt1/; SRT has no standard. Read as leniently as players do: what stands between
two lines of times is what was said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .labels import labels_in, split_label
from .transcript import NotATranscript, Segment, Transcript, Word, name_key, transcript_of

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,3})?)$")
_ARROW = re.compile(r"\s*(\S+)\s*-+>\s*(\S+)")
_STYLED = re.compile(r"\{\\[^{}]*\}")
_SOUND = re.compile(r"[\[(♪][^\[\]()]*[\])♪]$")  # [Music], (laughter): nobody's words


def seconds(clock: str) -> float | None:
    """“1:02:03.500”, “02:03,5” or “0:15” in seconds; None for what is no time."""
    found = _CLOCK.match(clock.strip())
    if not found:
        return None
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3].replace(",", "."))


@dataclass
class _Cue:
    start: float | None
    end: float | None
    lines: list[str] = field(default_factory=list)


def is_timed_text(text: str) -> bool:
    return text.startswith("WEBVTT") or any(_times(line) for line in text.split("\n", 40)[:40])


def read_timed_text(text: str) -> Transcript:
    cues = list(_cues(text.split("\n")))
    if not cues:
        raise NotATranscript(
            "There are no cues in this file: no line has times with words under it."
        )
    warnings = [
        f"The time of a cue cannot be read: its words stand, without a time. They begin “{first[:40]}”."
        for first in (" ".join(cue.lines) for cue in cues if cue.start is None)
    ]
    if any(_is_growing(line) for cue in cues for line in cue.lines):
        return transcript_of(_growing(cues), warnings=warnings)
    segments = [segment for cue in cues for segment in _spoken(cue)]
    return transcript_of(_labelled(segments), warnings=warnings)


def _times(line: str) -> tuple[float | None, float | None] | None:
    """When a cue begins and ends; None for a line of words. One time of a damaged line is enough to tell it."""
    found = _ARROW.match(line)
    times = (seconds(found[1]), seconds(found[2])) if found else (None, None)
    return None if times == (None, None) else times


def _cues(lines: list[str]) -> Iterator[_Cue]:
    cue: _Cue | None = None
    for line in lines:
        if times := _times(line):
            if cue:
                _drop_number(cue)
                yield cue
            cue = _Cue(*times)
        elif cue is not None:
            cue.lines.append(line)
    if cue:
        yield cue


def _drop_number(cue: _Cue) -> None:
    """The number of the next cue stands on the line above its times, and perhaps no empty one above that."""
    if cue.lines and cue.lines[-1].strip().isdigit():
        cue.lines.pop()


def _said(cue: _Cue) -> list[str]:
    """Its lines up to the first that is empty: a note may follow."""
    said: list[str] = []
    for line in cue.lines:
        if not line:
            if said:
                break
            continue
        said.append(line)
    return said


def _pieces(line: str) -> list[str]:
    """What is said and the tags of WebVTT within it, in turn: “a<c>b” as a, c, b."""
    first, *rest = line.split("<")
    pieces = [first]
    for each in rest:
        tag, closing, said = each.partition(">")
        if closing:
            pieces += [tag, said]
        else:
            pieces[-1] += f"<{each}"  # a sign of “less”, and no tag
    return pieces


def _is_growing(line: str) -> bool:
    """Does it say of each word when it is said?"""
    return any(seconds(tag) is not None for tag in _pieces(line)[1::2])


def _spoken(cue: _Cue) -> Iterator[Segment]:
    """What is said in a cue, a segment for each voice."""
    voice, words = "", list[Word]()
    for line in _said(cue):
        for place, piece in enumerate(_pieces(line)):
            if not place % 2:
                text = html.unescape(_STYLED.sub("", piece)).replace("\xa0", " ")
                words += (
                    [Word(each) for each in text.split()] if not _SOUND.match(text.strip()) else []
                )
            elif piece[:2] in ("v ", "v."):
                named = html.unescape(piece.partition(" ")[2]).strip()
                if words and name_key(named) != name_key(voice):
                    yield Segment(tuple(words), voice, cue.start, cue.end)
                    words = []
                voice = named
    yield Segment(tuple(words), voice, cue.start, cue.end)


def _labelled(segments: list[Segment]) -> Iterable[Segment]:
    """Those in which the words begin with who says them: Zoom, WhisperX, subtitles of the hard of hearing."""
    lines = [" ".join(word.text for word in each.words) for each in segments]
    labels = labels_in(lines) if not any(each.speaker for each in segments) else set()
    for segment, line in zip(segments, lines, strict=True):
        label, rest = split_label(line)
        if label and name_key(label) in labels:
            yield replace(segment, words=tuple(map(Word, rest.split())), speaker=label)
        else:
            yield segment


def _growing(cues: list[_Cue]) -> Iterator[Segment]:
    """YouTube's: a line comes three times, growing word by word, alone, and above the next one. It is read once."""
    last = ""
    for cue in cues:
        for line in _said(cue):
            plain = html.unescape("".join(_pieces(line)[::2])).strip()
            if not plain or _SOUND.match(plain) or (plain == last and not _is_growing(line)):
                continue
            last = plain
            words, at = list[Word](), cue.start
            for place, piece in enumerate(_pieces(line)):
                if not place % 2:
                    words += [Word(each, at) for each in html.unescape(piece).split()]
                else:
                    at = seconds(piece) if seconds(piece) is not None else at
            yield Segment(tuple(words), "", cue.start, cue.end)
