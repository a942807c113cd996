"""Who the text says is speaking: the attribution of each quoted segment of a story.

Beside it, in the sentences before it in the same paragraph, or, where a paragraph is nothing but speech,
in the one before: whoever speaks goes on. The subject is a name, a pronoun, or a description with its
prepositional phrases (one official with access to the records).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .labels import SHORT, is_short, labels
from .naming import Person, Words, person_to, sentences, words_between
from .sayings import (
    BEHIND,
    DASHES,
    Segment,
    ahead,
    beat_of,
    before_colon,
    behind,
    first_person,
    leads_in,
    named_after,
    named_aside,
    said_in,
)
from .words_of_speech import VERBS


@dataclass(frozen=True)
class Spoken:
    """Who speaks a segment; or that it is a title or a phrase that nobody is said to have spoken."""

    speaker: str | None = None
    short: bool = False
    is_speech: bool = True


def attribute(paragraphs: list[str], found: list[list[Segment]]) -> list[list[Spoken]]:
    """Who speaks each segment of each paragraph, and which segments are no speech."""
    spoken = [
        _Paragraph(line, segments, paragraphs[number - 1] if number else "").spoken()
        for number, (line, segments) in enumerate(zip(paragraphs, found, strict=True))
    ]
    runs_on = [bool(segments) and segments[-1].runs_on for segments in found]
    numbers = [number for number in range(1, len(found)) if runs_on[number - 1] and spoken[number]]
    # Forwards first; then backwards, where the speaker is named only at the end.
    for number in numbers:
        _carry(spoken[number - 1][-1].speaker, spoken[number], range(len(spoken[number])))
    for number in reversed(numbers):
        earlier = spoken[number - 1]
        _carry(spoken[number][0].speaker, earlier, range(len(earlier) - 1, -1, -1))
    for number in range(1, len(found)):
        # Again forwards: who speaks goes on, where a paragraph is nothing but speech.
        if found[number] and _is_all_speech(paragraphs[number], found[number]):
            speaker = _speaking_last(paragraphs[number - 1], spoken[number - 1])
            _carry(speaker, spoken[number], range(len(spoken[number])))
    return spoken


def _is_all_speech(line: str, segments: list[Segment]) -> bool:
    begin, end = segments[0].open, segments[-1].close
    between = [line[a.close : b.open] for a, b in pairwise(segments)]
    return not any(map(str.isalnum, "".join([line[:begin], *between, line[end:]])))


def _speaking_last(line: str, spoken: list[Spoken]) -> str | None:
    """Whoever spoke last in a paragraph; or is told of there as speaking, without a quotation."""
    if speech := [each for each in spoken if each.is_speech]:
        return speech[-1].speaker
    start = max(0, len(line) - BEHIND)
    for sentence in reversed(sentences(words_between(line, start, len(line)))):
        if len(sentence) > 1:
            # Nobody is said to speak: whom the sentence is about goes on to, if it names them.
            person = said_in(sentence) or first_person(sentence, len(sentence))
            is_told = person and (person.is_name or said_in(sentence))
            return person.as_it_stands(sentence, line) if person and is_told else None
    return None


def _carry(speaker: str | None, spoken: list[Spoken], places: range) -> None:
    """A quotation that runs on over paragraphs has one speaker, wherever that one is named."""
    for place in places:
        if not spoken[place].is_speech or spoken[place].speaker is not None:
            break
        spoken[place] = Spoken(speaker)


@dataclass
class _Paragraph:
    text: str
    segments: list[Segment]
    before: str  # the paragraph before it

    def spoken(self) -> list[Spoken]:
        both = list(zip(self.segments, labels(self.text, self.segments), strict=True))
        narrative = self._without_marks_of([one for one, is_label in both if is_label])
        speech = [one for one, is_label in both if not is_label]
        speakers = iter(self._speakers(narrative, speech))
        return [
            Spoken(short=is_short(self.text[one.start : one.end]), is_speech=False)
            if is_label
            else Spoken(next(speakers))
            for one, is_label in both
        ]

    def _without_marks_of(self, labels: list[Segment]) -> str:
        """The paragraph as narrative: the marks of what is no speech are blanks."""
        # Blanks instead of nothing, so that places stay places in the paragraph.
        letters = list(self.text)
        for one in labels:
            letters[one.open] = letters[one.close - 1] = " "
        return "".join(letters)

    # Who speaks

    def _speakers(self, narrative: str, speech: list[Segment]) -> list[str | None]:
        speakers: list[str | None] = []
        for number, segment in enumerate(speech):
            begin = speech[number - 1].close if number else 0
            end = speech[number + 1].open if number + 1 < len(speech) else len(narrative)
            previous = speakers[-1] if speakers else None
            by_form = segment.speaker or None
            speakers.append(by_form or self._speaker(narrative, segment, begin, end, previous))
            if previous is None and speakers[-1] is not None:
                # Named at last: whoever it is said what stands before in the paragraph, too.
                speakers = [speakers[-1]] * len(speakers)
        return speakers

    def _speaker(
        self, narrative: str, segment: Segment, begin: int, end: int, previous: str | None
    ) -> str | None:
        # As news prose goes: who follows the quotation, who leads up to it, who was named in the
        # sentences before, whoever spoke last.
        *earlier, leading = sentences(behind(narrative, segment, begin))
        after = ahead(narrative, segment, end)
        follows, is_joined = named_after(after)
        last = self.text[segment.end - 1]
        said_after = follows.as_it_stands(after, self.text) if follows and is_joined else None
        # “called it “a gift,” according to the Courier”: the words are whose verb leads up to them.
        is_relayed = bool(after) and "according" in (word.lower for word in after[:2])
        if is_relayed and (person := said_in(leading)):
            return person.as_it_stands(leading, self.text)
        if said_after and (last in "," + DASHES or after[0].text == ","):
            return said_after
        is_led_in = bool(leading) and leads_in(leading)
        if not is_led_in and last != "." and (person := named_aside(after)):
            return person.as_it_stands(after, self.text)
        if person := said_in(leading) or before_colon(leading):
            return person.as_it_stands(leading, self.text)
        # After a full stop within the marks, who follows may be the speaker of what comes next.
        if said_after and (last != "." or segment.end + 1 != segment.close):
            return said_after
        if named := self._saying_in_part(leading, segment):
            return named.as_it_stands(leading, self.text)
        for sentence in reversed(earlier[-3:]):
            if person := said_in(sentence) or beat_of(sentence):
                return person.as_it_stands(sentence, self.text)
        if previous is not None or said_after:
            return previous or said_after
        return None if begin or leading or earlier else self._lead_in()

    def _saying_in_part(self, leading: Words, segment: Segment) -> Person | None:
        """Holt “strongly denies” it: the verb, or how it is said, is what is quoted."""
        if not leading or not leading[-1].is_word:
            return None
        person = person_to(leading, len(leading) - 1)
        quoted = words_between(self.text, segment.start, segment.end)
        says = any(word.lower in VERBS or word.is_adverb for word in quoted)
        return person if says and len(quoted) <= SHORT else None

    def _lead_in(self) -> str | None:
        """A paragraph before that ends in a colon leads this one in."""
        start = max(0, len(self.before) - BEHIND)
        sentence = sentences(words_between(self.before, start, len(self.before)))[-1]
        person = before_colon(sentence) and (said_in(sentence) or before_colon(sentence))
        return person.as_it_stands(sentence, self.before) if person else None
