"""Who speaks in a story, each paragraph by the reader of its language."""

from __future__ import annotations

from itertools import groupby

from ..sayings import Segment
from ..speakers import Spoken, attribute
from .arabic.reader import Arabic
from .latin import Latin, names_in
from .paragraphs import Story
from .row import Script, Tongue
from .said import Reader
from .telling import tongue_of
from .unspaced import Unspaced

# Small words by which a paragraph is in another language than its story.
_LEAD = 6


def attribute_each(
    tongues: list[Tongue], paragraphs: list[str], found: list[list[Segment]]
) -> list[list[Spoken]]:
    """Who speaks each segment of each paragraph, and which segments are no speech."""
    spoken: list[list[Spoken]] = []
    for tongue, numbers in groupby(range(len(paragraphs)), key=lambda number: tongues[number]):
        run = list(numbers)
        lines, segments = paragraphs[run[0] : run[-1] + 1], found[run[0] : run[-1] + 1]
        reader = _reader(tongue, lines)
        if reader is None:
            spoken += attribute(lines, segments)
        else:
            story = Story(reader, tongue, names_in(lines))
            told = [story.spoken(*each) for each in zip(lines, segments, strict=True)]
            spoken += _named_later(told)
    return spoken


def _named_later(told: list[list[Spoken]]) -> list[list[Spoken]]:
    """A headline quotes whoever is named below it."""
    named = [one.speaker for spoken in told for one in spoken if one.speaker]
    if not named or not told[0]:
        return told
    headline = [
        Spoken(named[0]) if one.is_speech and one.speaker is None else one for one in told[0]
    ]
    return [headline, *told[1:]]


def _reader(tongue: Tongue, lines: list[str]) -> Reader | None:
    """None for English, and for what has no reader of its own."""
    if tongue.script is Script.ARABIC:
        return Arabic(tongue, lines)
    if tongue.script is Script.UNSPACED:
        return Unspaced(tongue)
    return Latin(tongue, lines) if tongue.verbs else None


def tongues_of(paragraphs: list[str], found: list[list[Segment]]) -> list[Tongue]:
    """The language of each paragraph: that of the story, unless its own words say otherwise."""
    narrative = [_outside(*each) for each in zip(paragraphs, found, strict=True)]
    whole = tongue_of("\n".join(narrative), tongue_of("\n".join(paragraphs)))
    return [tongue_of(each, whole, _LEAD) for each in narrative]


def _outside(line: str, segments: list[Segment]) -> str:
    """What stands outside the marks."""
    begins = [0, *(one.close for one in segments)]
    ends = [*(one.open for one in segments), len(line)]
    return " ".join(line[begin:end] for begin, end in zip(begins, ends, strict=True))
