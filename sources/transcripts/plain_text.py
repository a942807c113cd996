"""Transcripts as text: Otter, Trint, Descript, Sonix, Happy Scribe, Teams; labels, questions and answers, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .labels import labels_in, split_label
from .timed_text import seconds
from .transcript import NotATranscript, Segment, Transcript, name_key, transcript_of, words_of

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LOOSE = r"(?:\d{1,2}:){1,2}\d{1,2}(?:[.,]\d{1,3})?"
# How a turn begins, each in one kind of file.
_HEADS = (
    re.compile(rf"(?P<name>\S.{{0,59}}?)(?:\s{{2,}}|\t+)(?P<start>{_TIME})\s*$"),  # Otter, Teams
    re.compile(
        rf"(?P<name>\S[^\[\]]{{0,59}}?)\s*:?\s*\[(?P<start>{_TIME})\](?P<rest>.*)$"
    ),  # Trint, Descript, Sonix
    re.compile(rf"\[(?P<start>{_TIME})\]\s*[-–—]\s*(?P<name>\S.{{0,59}})$"),  # Happy Scribe
    re.compile(
        rf"(?P<start>{_LOOSE})\s*-+>\s*(?P<end>{_LOOSE})\s*$"
    ),  # Teams, as it was; the name stands below
)
_FOOTER = re.compile(r"transcribed by https?://\S+\s*$", re.IGNORECASE)
_FEW_WORDS = 4  # in a line of a table


class _Head(NamedTuple):
    name: str
    start: float | None
    end: float | None
    rest: str


def read_plain_text(text: str) -> Transcript:
    lines = [line.strip("\r ") for line in text.split("\n")]
    while lines and (not lines[-1].strip() or _FOOTER.match(lines[-1])):
        lines.pop()
    if _is_table(lines):
        raise NotATranscript(
            "This is a table and no transcript: its lines are values between commas."
        )
    heads = [_head(line) for line in lines]
    if any(heads):
        return transcript_of(_turns(lines, heads))
    return transcript_of(_paragraphs(lines))


def _head(line: str) -> _Head | None:
    for form in _HEADS:
        if found := form.match(line):
            parts = found.groupdict()
            return _Head(
                (parts.get("name") or "").rstrip(": "),
                seconds(parts["start"]),
                seconds(parts.get("end") or ""),
                parts.get("rest") or "",
            )
    return None


def _turns(lines: list[str], heads: list[_Head | None]) -> Iterator[Segment]:
    """What stands under a head, up to the next. Above the first there is a title, a date or a file's name."""
    turn: _Head | None = None
    said: list[str] = []
    for line, head in zip(lines, heads, strict=True):
        if head:
            if turn:
                yield Segment(words_of(" ".join(said)), turn.name, turn.start, turn.end)
            turn, said = head, [head.rest]
        elif turn and not turn.name and line.strip():
            turn = turn._replace(name=line.strip())
        else:
            said.append(line)
    if turn:
        yield Segment(words_of(" ".join(said)), turn.name, turn.start, turn.end)


def _paragraphs(lines: list[str]) -> Iterator[Segment]:
    """By empty lines, or, where every line stands for itself, by lines that begin with a label."""
    said = [line for line in lines if line.strip()]
    labels = labels_in(said)
    if not labels:
        # Lines that are broken in their middle are one paragraph.
        for block in "\n".join(line.strip() for line in lines).split("\n\n"):
            yield Segment(words_of(block))
        return
    speaker = ""
    for line in said:
        label, rest = split_label(line)
        is_label = bool(label) and name_key(label) in labels
        speaker = label if is_label else speaker
        yield Segment(words_of(rest if is_label else line), speaker)


def _is_table(lines: list[str]) -> bool:
    rows = [line for line in lines if line.strip()]
    for mark in ",;\t":
        counts = {row.count(mark) for row in rows}
        if len(rows) > 2 and len(counts) == 1 and min(counts) > 0:
            return all(len(cell.split()) < _FEW_WORDS for row in rows for cell in row.split(mark))
    return False
