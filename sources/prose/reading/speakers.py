"""Who the text says is speaking: the attribution of each quoted segment of a story.

Beside it, in the sentences before it in the same paragraph, or, where a paragraph is nothing but speech,
in the one before: whoever speaks goes on. The subject is a name, a pronoun, or a description with its
prepositional phrases (one official with access to the records).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from .following import named_after, named_aside
from .labels import SHORT, is_short, labels
from .naming import Person, Words, is_pronoun, is_verb, person_to, sentences, words_between
from .sayings import (
    BEHIND,
    DASHES,
    Segment,
    ahead,
    asked_for,
    beat_of,
    before_colon,
    behind,
    claimed_by,
    first_person,
    is_asked,
    leads_in,
    said_by,
    said_in,
    seen_as,
    to_whom,
)
from .words_of_speech import OPPOSING, VERBS

# Nobody is said to have spoken, and so nobody whom the rest of the paragraph names.
UNTOLD = ""


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
        is_head = _is_crosshead(paragraphs[number], found[number])
        if not is_head and found[number] and _is_all_speech(paragraphs[number], found[number]):
            speaker = _speaking_last(paragraphs[number - 1], spoken[number - 1])
            _carry(speaker, spoken[number], range(len(spoken[number])))
    _name_crossheads(paragraphs, found, spoken)
    _call_the_same(paragraphs, found, spoken)
    return [[_told(each) for each in paragraph] for paragraph in spoken]


def _is_crosshead(line: str, segments: list[Segment]) -> bool:
    """A few quoted words that are a paragraph of their own, and no sentence."""
    if len(segments) != 1 or (segments[0].open, segments[0].close) != (0, len(line)):
        return False
    words = line[segments[0].start : segments[0].end]
    return len(words) < _LONGEST_CROSSHEAD and words[-1] not in ".?!…,"


def _name_crossheads(
    paragraphs: list[str], found: list[list[Segment]], spoken: list[list[Spoken]]
) -> None:
    """Words of a later quotation that stand by themselves above it: whoever says them there.

    Of others that are no sentence and that nobody is said to have spoken, it is a title.
    """
    heads = {
        number: _plainly(paragraphs[number][one.start : one.end])
        for number, segments in enumerate(found)
        for one in segments
        if len(segments) == 1 and one.open == 0 and one.close == len(paragraphs[number])
    }
    for number, words in heads.items():
        later = range(number + 1, min(number + _CROSSHEAD_AHEAD, len(found)))
        if len(words) < _LONGEST_CROSSHEAD:
            says = [
                spoken[at][place].speaker
                for at in later
                for place, one in enumerate(found[at])
                if words in _plainly(paragraphs[at][one.start : one.end])
            ]
            if says:
                spoken[number] = [Spoken(says[0])]
            elif _is_crosshead(paragraphs[number], found[number]) and not spoken[number][0].speaker:
                spoken[number] = [Spoken(short=True, is_speech=False)]


def _call_the_same(
    paragraphs: list[str], found: list[list[Segment]], spoken: list[list[Spoken]]
) -> None:
    """A so-called word that comes again is one again."""
    so_called: set[str] = set()
    for number, segments in enumerate(found):
        for place, one in enumerate(segments):
            words = _plainly(paragraphs[number][one.start : one.end])
            if not spoken[number][place].is_speech:
                so_called.add(words)
            elif words in so_called and is_short(words):
                spoken[number][place] = Spoken(short=True, is_speech=False)


_CROSSHEAD_AHEAD = 30  # paragraphs in which the words come again
_LONGEST_CROSSHEAD = 80  # characters


def _plainly(words: str) -> str:
    return " ".join(words.casefold().strip(" .,!?").split())


def _told(spoken: Spoken) -> Spoken:
    return replace(spoken, speaker=spoken.speaker or None)


def _named_before_colon(leading: Words) -> Person | None:
    """“Holt told them: “…,” he said.”"""
    person = said_in(leading) if leading and leading[-1].text == ":" else None
    return person if person and person.is_name else None


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
            is_named = person and (person.is_name or is_pronoun(sentence, person))
            is_told = is_named or said_in(sentence)
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
        if not labels:
            return self.text
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
        *earlier, leading = sentences(behind(narrative, segment, begin))
        goes_on = bool(begin) and not earlier and self.text[begin - 2 : begin - 1] not in (*".?!",)
        after = ahead(narrative, segment, end)
        around = _Around(self.text, segment, earlier, leading, after, goes_on)
        for words, person in around.tellings():
            return person.as_it_stands(words, self.text) if person else UNTOLD
        if previous is not None:
            return previous
        for words, person in around.guesses():
            return person.as_it_stands(words, self.text)
        return None if begin or leading or earlier else self._lead_in()

    def _lead_in(self) -> str | None:
        """A paragraph before that ends in a colon leads this one in."""
        start = max(0, len(self.before) - BEHIND)
        sentence = sentences(words_between(self.before, start, len(self.before)))[-1]
        person = before_colon(sentence) and (said_in(sentence) or before_colon(sentence))
        return person.as_it_stands(sentence, self.before) if person else None


@dataclass(frozen=True)
class _Around:
    """A segment of speech in its paragraph `text`, with the words that may tell who speaks it."""

    text: str
    segment: Segment
    earlier: list[Words]  # the sentences before its own
    leading: Words  # its own sentence, before it
    after: Words
    goes_on: bool  # from a quotation before it, in the same sentence

    def tellings(self) -> Iterator[tuple[Words, Person | None]]:
        """Whom the words give, and in which sentence, the surest first; no person is nobody."""
        yield from self._in_forms_of_their_own()
        yield from self._beside()
        leading = self.leading
        if person := (
            self._saying_in_part() or seen_as(leading) or to_whom(leading) or asked_for(leading)
        ):
            yield leading, person
        for sentence in reversed(self.earlier[-3:]):
            if person := said_in(sentence) or beat_of(sentence):
                yield sentence, person

    def _in_forms_of_their_own(self) -> Iterator[tuple[Words, Person | None]]:
        """The passive, and sentences in which two people speak."""
        leading, after = self.leading, self.after
        if person := said_by(leading, after):
            yield after, person
        if is_asked(leading):
            yield leading, None
        if person := claimed_by(leading):
            yield leading, person
        if person := self._saying_in_adverb() or self._led_up_to():
            yield leading, person

    def _beside(self) -> Iterator[tuple[Words, Person]]:
        """As news prose goes: who follows the quotation, or who leads up to it."""
        leading, after, last = self.leading, self.after, self._last
        follows = self.follows
        if follows and (last in "," + DASHES or after[0].text == ","):
            yield after, follows
        is_led_in = bool(leading) and leads_in(leading)
        person = said_in(leading) or before_colon(leading)
        # A capital with which the sentence begins may be any word’s: “Countries are poorer …, he said.”
        is_named = person and person.is_name and (person.first or person.end > 1)
        if not is_led_in and not is_named and last != "." and (aside := named_aside(after)):
            yield after, aside
        # “… a “no-go” zone for us, adding: “…””: the sentence has begun before its last quotation.
        is_begun = self.goes_on and bool(leading) and leading[0].is_word
        if person and not (is_begun and person.first == 0 and not person.is_name):
            yield leading, person
        # After a full stop within the marks, who follows may be the speaker of what comes next.
        if follows and (last != "." or self.segment.end + 1 != self.segment.close):
            yield after, follows

    def guesses(self) -> Iterator[tuple[Words, Person]]:
        """Whom the words give where nobody in the paragraph has spoken before."""
        if self.follows:
            yield self.after, self.follows
        if (person := beat_of(self.after)) and not is_pronoun(self.after, person):
            yield self.after, person
        # “Holt never liked the plan. “It stinks.””: of whom the sentence before tells.
        # “Holt gave a short talk, “It is good to be here.””
        lead = self.leading
        is_led = (
            len(lead) > 1
            and lead[-1].text == ","
            and self._quoted[:1]
            and self._quoted[0].is_capital
        )
        if is_led and (giver := first_person(lead, len(lead))) and giver.is_name:
            yield lead, giver
        is_whole = not self.leading and self._last in ".?!" and not self.after[:1]
        before = self.earlier[-1] if self.earlier else []
        about = first_person(before, len(before)) if is_whole and before else None
        if about and about.is_name:
            yield before, about

    @cached_property
    def follows(self) -> Person | None:
        """Who follows the quotation and speaks it."""
        person, is_sure = named_after(self.after)
        return person if is_sure and not self._is_apart else None

    @property
    def _last(self) -> str:
        return self.text[self.segment.end - 1]

    @property
    def _is_apart(self) -> bool:
        """“Will you go?” The mayor said no: another sentence follows."""
        first = self.after[0] if self.after else None
        return bool(first and self._last in "?!" and first.is_capital and not first.is_name)

    def _led_up_to(self) -> Person | None:
        """Who speaks in what leads up to a quotation, though another one seems to follow it."""
        leading, after = self.leading, self.after
        follows, _ = named_after(after)
        if follows and is_pronoun(after, follows) and (named := _named_before_colon(leading)):
            return named
        # “called it “a gift,” according to the Courier”: the words are whose verb leads up to them.
        heads = [word.lower for word in after[:4]]
        is_relayed = "according" in heads[:2] or not {"reported", "reports"}.isdisjoint(heads)
        # “While Holt called it “a gift,” Marr said it was none.”
        is_opposed = bool(leading) and leading[0].lower in OPPOSING and leads_in(leading)
        person = said_in(leading) if is_relayed or is_opposed else None
        return None if person and is_opposed and is_pronoun(leading, person) else person

    def _saying_in_part(self) -> Person | None:
        """Holt “strongly denies” it: the verb is what is quoted."""
        leading, quoted = self.leading, self._quoted
        if not leading or not leading[-1].is_word or len(quoted) > SHORT:
            return None
        says = any(word.lower in VERBS for word in quoted)
        person = person_to(leading, len(leading) - 1) if says else None
        # “the work “properly assessed”” is no subject of it.
        is_past = quoted[-1].lower.endswith("ed")
        is_sure = person and (person.is_name or is_pronoun(leading, person) or not is_past)
        return person if is_sure else None

    def _saying_in_adverb(self) -> Person | None:
        """Holt “vehemently” denied it."""
        leading, after, quoted = self.leading, self.after, self._quoted
        is_how = len(quoted) == 1 and quoted[0].is_adverb and bool(after) and is_verb(after, 0)
        return person_to(leading, len(leading) - 1) if is_how and leading else None

    @cached_property
    def _quoted(self) -> Words:
        return words_between(self.text, self.segment.start, self.segment.end)
