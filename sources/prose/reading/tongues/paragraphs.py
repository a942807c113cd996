"""Who speaks each quoted segment, in a language of the table: the order in which a text is asked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ..labels import SHORT
from ..sayings import AHEAD, BEHIND, Segment
from ..speakers import Spoken
from ..words_of_speech import word_set
from .row import Script, Tongue
from .said import Reader, Said, Subject

_SHORT_UNSPACED = 6  # characters of a phrase that may be no speech, where no blanks part words
_NEAR = 45  # characters
_EARLIER = 3  # sentences that are asked before the one that a quotation stands in
_DEFINITE = word_set("el la le der die o a los las les os as")
_LITTLE = 12  # characters that a sentence has besides a name; a dateline has fewer
# What two quotations of one kind have not between them: “the newspaper «…» that «…»”
_PARTS = re.compile(r"[.?!؟。:]|\b[أاإ]نه?ا?\b")
_ENDS = ".?!…。！？؟"
_COMMAS = ",،，、"
_AND = ("و", "أو", "ثم", "ف", "ول")


@dataclass
class Story:
    """What is known of a story so far: whoever spoke last, for verbs that have no subject."""

    reader: Reader
    tongue: Tongue
    names: Counter[str]  # how often each word with a capital is named
    last: str | None = None
    last_subject: str | None = None
    last_named: str | None = None
    spoke: set[str] = field(default_factory=set)  # last names of whoever spoke

    def spoken(self, line: str, segments: list[Segment]) -> list[Spoken]:
        paragraph = _Paragraph(line, segments, self)
        labels = paragraph.labels()
        speech = [one for one, is_label in zip(segments, labels, strict=True) if not is_label]
        speakers = iter(paragraph.speakers(speech))
        self._remember(line, speech)
        return [
            Spoken(short=self._is_short(line, one), is_speech=False)
            if is_label
            else Spoken(next(speakers))
            for one, is_label in zip(segments, labels, strict=True)
        ]

    def _remember(self, line: str, speech: list[Segment]) -> None:
        """Whoever is said to say something after the last quotation of a paragraph."""
        if line.isupper():
            return  # a crosshead
        begin = max(speech[-1].close if speech else 0, len(line) - BEHIND)
        for start, end in self.reader.sentences(line, begin, len(line)):
            # What goes on after a quotation was asked with it.
            if speech and start <= begin + 1:
                continue
            said = self.reader.told(line, start, end)
            if said and said.speaker:
                self.hear(said.speaker, said.is_name)
            elif subject := self.reader.subject(line, start, end):
                self._meet(subject, end - start)

    @property
    def known(self) -> str | None:
        """Whoever spoke last; by the name, where that was “the striker” or “she”."""
        first = (self.last or "").split(" ")[0].casefold()
        if first in self.tongue.pronouns or first in _DEFINITE:
            return self.last_named or self.last
        return self.last

    def _meet(self, subject: Subject, length: int) -> None:
        """Somebody whom a sentence is about, and who says nothing in it."""
        self.last_subject = subject.words
        if not subject.is_name or length < len(subject.words) + _LITTLE:
            return
        # Whoever has spoken before is back; another may only be spoken of.
        if self.spoke:
            if _last_name(subject.words) in self.spoke:
                self.last = self.last_named = subject.words
        elif self._weight(subject.words) >= self._weight(self.last or ""):
            self.last = self.last_named = subject.words

    def _weight(self, name: str) -> int:
        return self.names[_last_name(name)] if name else 0

    def hear(self, speaker: str, is_name: bool) -> None:
        self.last = speaker
        if is_name:
            self.last_named = speaker
        self.spoke.add(_last_name(speaker))

    def _is_short(self, line: str, one: Segment) -> bool:
        return is_short(line[one.start : one.end], self.tongue)


def _last_name(speaker: str) -> str:
    return speaker.split()[-1].casefold()


def is_short(words: str, tongue: Tongue) -> bool:
    """Up to three words; in a script without blanks, so many characters."""
    if tongue.script is Script.UNSPACED:
        return sum(map(str.isalnum, words)) <= _SHORT_UNSPACED
    return len(words.split()) <= SHORT


@dataclass
class _Paragraph:
    text: str
    segments: list[Segment]
    story: Story
    asked: dict[int, tuple[Said | None, Said | None]] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        return self.story.reader

    # Who speaks

    def speakers(self, speech: list[Segment]) -> list[str | None]:
        speakers: list[str | None] = []
        for number, segment in enumerate(speech):
            begin = speech[number - 1].close if number else 0
            end = speech[number + 1].open if number + 1 < len(speech) else len(self.text)
            previous = speakers[-1] if speakers else None
            said = self._speaker(segment, begin, end, previous)
            speaker = said.speaker if said else None
            if number and previous is None and speaker is not None:
                # Named at last: whoever it is said what stands before in the paragraph, too.
                speakers = [speaker] * number
            speakers.append(speaker)
            if said and speaker:
                self.story.hear(speaker, said.is_name)
        if speakers and speakers[-1] is None:
            speakers = [one or self.story.known or self.story.last_subject for one in speakers]
        return speakers

    def _speaker(self, segment: Segment, begin: int, end: int, previous: str | None) -> Said | None:
        if said := self.reader.within(self.text, segment.start, segment.end):
            return said
        *earlier, leading = self._sentences_before(segment, begin)
        before, after = self._beside(leading), self._after(segment, end)
        if after and after.is_relayed and before and before.is_joined:
            after = None  # “he said: “…”, according to the agency”
        for said in (after if after and after.is_joined else None, before, after):
            if said and said.speaker:
                return said
        is_dropped = before is not None or after is not None
        if not is_dropped and (subject := self._subject(segment, leading, end)):
            return subject
        if previous is not None:
            return self._told_between(earlier, is_dropped) or Said(previous)
        return self._told_between(earlier, is_dropped) or self._led_to(earlier, is_dropped)

    def _led_to(self, earlier: list[tuple[int, int]], is_dropped: bool) -> Said | None:
        """A name in the sentences before, whoever spoke last, or whoever else those are about."""
        about = self._subjects(earlier)
        named = next((Said(one.words, is_name=True) for one in about if one.is_name), None)
        known = Said(self.story.known) if self.story.known else None
        if named or (is_dropped and known):
            return named or known
        return Said(about[0].words) if about else known

    def _beside(self, leading: tuple[int, int]) -> Said | None:
        said = self.reader.before(self.text, *leading)
        if said is None and self._leads_with_colon(leading):
            return self._as_said(self.reader.subject(self.text, *leading))
        return said

    def _leads_with_colon(self, leading: tuple[int, int]) -> bool:
        return self.text[slice(*leading)].rstrip().endswith((":", "："))

    def _after(self, segment: Segment, end: int) -> Said | None:
        following = self._following(segment, end)
        return self.reader.after(self.text, *following) if following else None

    def _following(self, segment: Segment, end: int) -> tuple[int, int] | None:
        """What goes on in the sentence of a quotation after it."""
        begin, end = segment.close, min(end, segment.close + AHEAD)
        rest = self.text[begin:end].lstrip()
        ends = self.text[segment.end - 1 : segment.end] in _ENDS
        if not rest or (ends and (rest[0].isupper() or rest[0] in _ENDS)):
            return None
        return self.reader.sentences(self.text, begin, end)[0]

    def _subject(self, segment: Segment, leading: tuple[int, int], end: int) -> Said | None:
        """Of a sentence in which a quotation stands among other words, whoever it is about."""
        if self.text[slice(*leading)].strip():
            subject = self.reader.subject(self.text, *leading)
            is_vague = self.story.tongue.script is Script.ARABIC and subject and not subject.is_name
            return None if is_vague else self._as_said(subject)
        following = self._following(segment, end)
        if following is None or self.text[slice(*following)].strip()[:1] in (*_COMMAS, ""):
            return None
        return self._as_said(self.reader.subject(self.text, *following))

    def _as_said(self, subject: Subject | None) -> Said | None:
        return Said(subject.words, is_name=subject.is_name) if subject else None

    def _told_between(self, earlier: list[tuple[int, int]], is_dropped: bool) -> Said | None:
        for sentence in reversed(earlier if is_dropped else earlier[-_EARLIER:]):
            said = self.reader.told(self.text, *sentence)
            if said and said.speaker:
                return said
        return None

    def _subjects(self, earlier: list[tuple[int, int]]) -> list[Subject]:
        found = (self.reader.subject(self.text, *each) for each in reversed(earlier[-_EARLIER:]))
        return [each for each in found if each is not None]

    def _sentences_before(self, segment: Segment, begin: int) -> list[tuple[int, int]]:
        # All since the quotation before it: each word is asked once, so that this stays linear.
        parted = self.reader.sentences(self.text, begin, segment.open)
        return [(max(start, end - BEHIND), end) for start, end in parted]

    # What is no speech

    def labels(self) -> list[bool]:
        labels: list[bool] = []
        for number, segment in enumerate(self.segments):
            is_list = bool(number) and self._goes_on(number)
            if is_list and labels[-1] and self._is_no_more(number):
                is_list = False
            if segment.runs_on:
                labels.append(False)
            elif is_list and not self._is_cued(number):
                labels.append(labels[-1])
            else:
                labels.append(self._is_label(number, segment))
        return labels

    def _is_cued(self, number: int) -> bool:
        """“the company «…» and the company «…»”"""
        between = self.segments[number - 1].close, self.segments[number].open
        is_arabic = self.story.tongue.script is Script.ARABIC
        return is_arabic and self.reader.is_cue(self.text, *between)

    def _is_no_more(self, number: int) -> bool:
        """In Arabic, “to «The Post» recently «…»”: many words, and no “and” before them."""
        one, other = self.segments[number - 1 : number + 1]
        if self.story.tongue.script is not Script.ARABIC or self.story._is_short(self.text, other):
            return False
        between = self.text[one.close : other.open].strip()
        return between.strip(_COMMAS + " ") not in _AND and between not in (*_COMMAS,)

    def _goes_on(self, number: int) -> bool:
        """“a shambles” and “a disgrace”: of one sentence, one kind."""
        one, other = self.segments[number - 1], self.segments[number]
        between = self.text[one.close : other.open]
        return len(between) <= 12 and _PARTS.search(between) is None

    def _is_label(self, number: int, segment: Segment) -> bool:
        words = self.text[segment.start : segment.end]
        place = (segment.start, segment.end), (segment.open, segment.close)
        decided = self.reader.is_label(self.text, *place)
        if decided is not None:
            return decided
        begin = self.segments[number - 1].close if number else 0
        is_last = number + 1 == len(self.segments)
        end = len(self.text) if is_last else self.segments[number + 1].open
        leading = self._sentences_before(segment, begin)[-1]
        is_title = self._is_title(words)
        is_brief = is_short(words, self.story.tongue) or is_title
        is_cue = self.reader.is_cue(self.text, *leading)
        if is_cue or not is_brief:
            return is_cue and (is_brief or len(words.split()) <= 2 * SHORT)
        if self._leads_with_colon(leading):
            return False
        lead = self.text[slice(*leading)].strip()
        if not lead and not self.text[segment.close : end].strip():
            return False
        after = self._after(segment, end)
        if after and after.is_joined:
            return False
        if not lead and words[-1:] in _ENDS:
            return False
        return is_title or (
            self.reader.before(self.text, *self._near(leading)) is None and after is None
        )

    def _near(self, leading: tuple[int, int]) -> tuple[int, int]:
        """Where a verb comes first, a short phrase is its words only if it stands close."""
        start, end = leading
        return (
            (max(start, end - _NEAR), end) if self.story.tongue.script is Script.ARABIC else leading
        )

    def _is_title(self, words: str) -> bool:
        """Capitals in all but its small words; of German, where nouns have them, nothing is known."""
        tongue = self.story.tongue
        if tongue.script is not Script.LATIN or tongue.are_nouns_capital or len(words) > 60:
            return False
        given = [word for word in words.split() if len(word) > 3 or word[0].isupper()]
        return (
            bool(given)
            and words[0].isupper()
            and all(word[0].isupper() for word in given)
            and (words[-1] not in "." and len(given) > 0)
        )
