"""Who the text says is speaking: the attribution of each quoted segment of a story.

News prose attributes in few ways: a verb of speech with its subject after the quotation (“…,” said
Ada Holt), before it (Holt said: “…”), in the sentence before it in the same paragraph, or in a
sentence that ends in a colon. The subject is a name, a pronoun, or a description with its
prepositional phrases (one official with access to the records). No grammar and no model: words and
where they stand, so that a reporter can see why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .naming import (
    Person,
    Words,
    is_place_comma,
    is_verb,
    person_from,
    person_to,
    sentences,
    words_between,
)
from .words_of_speech import (
    ACCORDING,
    ADVERBS,
    BEATS,
    CLAUSE_STARTERS,
    DETERMINERS,
    LABEL_CUES,
    OCCASIONS,
    PARTICIPLES,
    PREPOSITIONS,
    SIGNS,
    SUBORDINATE,
    SUFFIXES,
    TIMES,
    VERBS,
    WITH_NEXT,
    WORKS,
)

# They also keep the reading of a text linear, whatever it is made of.
AHEAD, BEHIND = 400, 600  # characters that are read after and before a quotation
SHORT = 3  # words of a phrase that may be no speech at all
_DASHES = "—–-"
_BRACKETS = ",(" + _DASHES


@dataclass(frozen=True)
class Segment:
    """A quoted segment of a paragraph: within its marks, and from mark to mark."""

    start: int
    end: int
    open: int
    close: int
    runs_on: bool = False  # left open at the end of its paragraph, to go on in the next
    is_marked: bool = True  # by quotation marks: a block quote has none
    speaker: str = ""  # where its form names them, as in an interview by turns


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
            person = _said_in(sentence)
            return person.as_it_stands(sentence, line) if person else None
    return None


def says_who(words: str) -> str | None:
    """Who is said to speak in a few words by themselves: “said Holt”, “the mayor added”."""
    parted = words_between(words, 0, len(words))
    person = _after(parted)[0] or _said_in(parted)
    return person.as_it_stands(parted, words) if person else None


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
        labels: list[bool] = []
        for number in range(len(self.segments)):
            labels.append(self._is_label(number, labels))
        both = list(zip(self.segments, labels, strict=True))
        narrative = self._without_marks_of([one for one, is_label in both if is_label])
        speech = [one for one, is_label in both if not is_label]
        speakers = iter(self._speakers(narrative, speech))
        return [
            Spoken(short=self._is_short(one), is_speech=False)
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

    def _is_short(self, segment: Segment) -> bool:
        return _length(self.text[segment.start : segment.end]) <= SHORT

    # What is no speech: titles, nicknames, so-called words

    def _is_label(self, number: int, labels: list[bool]) -> bool:
        segment = self.segments[number]
        words = self.text[segment.start : segment.end]
        if segment.runs_on or not segment.is_marked:
            return False
        before, after = self._sentence_around(number)
        # The surest signs come first: each of these looks only at what those above it left open.
        if _is_on_sign(before) or (labels and labels[-1] and self._goes_on_listing(number)):
            return True
        if not (self._is_short(segment) or _is_title(words)):
            return False
        if _is_title(words) and _names_work(before, after):
            return True
        follows, is_sure = _after(after)
        if follows and is_sure and words[-1] in ",?!—…-–":
            return False
        if before and (_is_nickname(before, after, segment) or _is_cue(before, words)):
            return True
        if self._goes_on(number, before, labels):
            return False
        if not before and (not after or (words[-1] in ".,?!…—-" and words[0].isupper())):
            return False
        if not self._is_short(segment):
            return _is_long_label(words, before, follows)
        return not (follows and after[0].text == ",") and _is_phrase(words, before, follows)

    def _goes_on_listing(self, number: int) -> bool:
        """Signs: “No More Dams,” “Water Is Ours”"""
        between = self.text[self.segments[number - 1].close : self.segments[number].open]
        is_title = _is_title(
            self.text[slice(self.segments[number].start, self.segments[number].end)]
        )
        return is_title and not between.replace(" and ", "").strip(" ,;")

    def _goes_on(self, number: int, before: Words, labels: list[bool]) -> bool:
        """“a shambles” and that ministers “hadn’t the foggiest”: one sentence, one speaker."""
        if not number or labels[number - 1]:
            return False
        between = self.text[self.segments[number - 1].close : self.segments[number].open]
        if not before:
            return self.text[self.segments[number - 1].end - 1] == ","
        is_list = before[0].lower in ("and", "or", "but", ",")
        return is_list and not re.search(r"[.?!]", between)

    def _sentence_around(self, number: int) -> tuple[Words, Words]:
        """The words of its sentence before a segment, and those after it."""
        begin = self.segments[number - 1].close if number else 0
        is_last = number + 1 == len(self.segments)
        end = len(self.text) if is_last else self.segments[number + 1].open
        segment = self.segments[number]
        return sentences(_behind(self.text, segment, begin))[-1], _ahead(self.text, segment, end)

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
        *earlier, leading = sentences(_behind(narrative, segment, begin))
        after = _ahead(narrative, segment, end)
        follows, is_joined = _after(after)
        last = self.text[segment.end - 1]
        said_after = follows.as_it_stands(after, self.text) if follows and is_joined else None
        if said_after and (last in "," + _DASHES or after[0].text == ","):
            return said_after
        is_led_in = bool(leading) and _leads_in(leading)
        if not is_led_in and last != "." and (person := _aside(after)):
            return person.as_it_stands(after, self.text)
        if person := _said_in(leading) or _before_colon(leading):
            return person.as_it_stands(leading, self.text)
        # After a full stop within the marks, who follows may be the speaker of what comes next.
        if said_after and (last != "." or segment.end + 1 != segment.close):
            return said_after
        for sentence in reversed(earlier[-3:]):
            if person := _said_in(sentence) or _beat(sentence):
                return person.as_it_stands(sentence, self.text)
        if previous is not None or said_after:
            return previous or said_after
        return None if begin or leading or earlier else self._lead_in()

    def _lead_in(self) -> str | None:
        """A paragraph before that ends in a colon leads this one in."""
        start = max(0, len(self.before) - BEHIND)
        sentence = sentences(words_between(self.before, start, len(self.before)))[-1]
        person = _before_colon(sentence) and (_said_in(sentence) or _before_colon(sentence))
        return person.as_it_stands(sentence, self.before) if person else None


def _behind(text: str, segment: Segment, begin: int) -> Words:
    return words_between(text, max(begin, segment.open - BEHIND), segment.open)


def _ahead(text: str, segment: Segment, end: int) -> Words:
    return sentences(words_between(text, segment.close, min(end, segment.close + AHEAD)))[0]


def _length(words: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", words))


def _is_title(words: str) -> bool:
    """Does every word but the small ones begin with a capital, with no sentence ending inside?"""
    given = re.findall(r"\w[\w’'-]*", words)
    large = [word for word in given if len(word) > 3 or word == given[0]]
    capitals = all(word[0].isupper() or word[0].isdigit() for word in large)
    return capitals and not re.search(r"[.;:]\s", words) and (len(given) > 1 or words[-1] != ".")


def _is_nickname(before: Words, after: Words, segment: Segment) -> bool:
    """Jim “Lefty” Doyle."""
    if not after or not (before[-1].is_name and after[0].is_name):
        return False
    return segment.open - before[-1].end <= 1 and after[0].start - segment.close == 1


def _is_on_sign(before: Words) -> bool:
    """Signs saying “Keep our branches open”: written, and nobody's words."""
    last = before[-1].lower if before else ""
    if last == ":" and any(word.lower in SIGNS for word in before[-4:]):
        return True
    is_read = last in ("saying", "reading", "read", "reads", "said", "says", "declaring")
    return is_read and any(word.lower in SIGNS for word in before[-7:])


def _names_work(before: Words, after: Words) -> bool:
    """her first novel, “Low Tide,” and “The Price of Everything,” a new ad by …"""
    if len(before) > 1 and before[-1].text == "," and before[-2].lower in WORKS:
        return True
    is_beside = bool(after) and after[0].lower in ("a", "an", "the")
    return is_beside and any(word.lower in WORKS for word in after[1:4])


def _is_cue(before: Words, words: str) -> bool:
    """The so-called “…”, her novel “…”, is known to colleagues as “…”, the man they call “…”."""
    last = before[-1].lower
    if last in ("call", "calls", "called") and len(before) > 1 and words[:1].isupper():
        return before[-2].lower in (
            "they",
            "we",
            "people",
            "locals",
            "everybody",
            "all",
            "also",
            "is",
        )
    if last == "as":
        return any(word.lower in ("known", "referred") for word in before[-6:])
    # “to call the play ‘ridiculous’”: what is no title is said of the work.
    return last in LABEL_CUES or (last in WORKS and _is_title(words))


def _is_long_label(words: str, before: Words, follows: Person | None) -> bool:
    """A title of four words or more, by itself in a sentence."""
    last = before[-1].text if before else ""
    if last == ":":
        return _said_in(before) is None and _before_colon(before) is None
    return last != "," and words[-1] not in ".?!" and follows is None


def _is_phrase(words: str, before: Words, follows: Person | None) -> bool:
    """Up to three words that nobody is said to have spoken, or a title that somebody speaks of."""
    if before and before[-1].text == ":":
        return False
    if _said_in(before) is None:
        return follows is None
    return _is_title(words) and " " in words and not _leads_in(before)


def _leads_in(words: Words) -> bool:
    ends = words[-1].lower in ("it", "him", "her", "them", "as", "that", ",", ":")
    return ends or words[-1].lower in VERBS


# Attributions


def _after(words: Words) -> tuple[Person | None, bool]:
    """Whoever is named after a quotation, and whether the words say that this one spoke."""
    at = 0
    while at < len(words) and words[at].text in ",)" + _DASHES:
        at += 1
    if at >= len(words):
        return None, False
    ahead = [word.lower for word in words[at : at + 4]]
    if ahead[:2] == ["according", "to"]:
        return person_from(words, at + 2), True
    if ahead == ["in", "the", "words", "of"]:
        return person_from(words, at + 4), True
    if ahead[0] == "as":
        at += 1
    verb = at
    while verb + 1 < len(words) and words[verb].is_before_verb:
        verb += 1
    if verb < len(words) and is_verb(words, verb):
        return _inverted(words, verb), True
    person = person_from(words, at)
    if person and (_speaks(words, person) or _is_credited(words, person)):
        return person, True
    return None, False


def _aside(words: Words) -> Person | None:
    """“…” as the parties fight, Holt said: whoever stands with a verb of speech between two commas."""
    commas = [at for at, word in enumerate(words) if word.text in ",.?!" + _DASHES]
    for begin, end in pairwise([*commas, len(words)]):
        verbs = [at for at in range(begin + 1, end) if is_verb(words, at)]
        if len(verbs) != 1:
            continue
        [verb] = verbs
        person = (
            person_to(words, _before_verb(words, verb), begin + 1) if verb > begin + 1 else None
        )
        if person and person.first == begin + 1 and _is_when(words[verb + 1 : end]):
            return person
        if verb == begin + 1 and (inverted := _inverted(words, verb)):
            return inverted
    return None


def _is_when(words: Words) -> bool:
    """“said”, “said Tuesday”, “said in a statement on Monday”, “told reporters”"""
    return all(
        word.lower in _WHERE_AND_WHEN
        or word.lower in ("reporters", "the", "a")
        or word.text.isdigit()
        or (at and words[0].lower in PREPOSITIONS)
        for at, word in enumerate(words)
    )


def _is_credited(words: Words, person: Person) -> bool:
    """“…” — Ana Ruiz, baker; “…” — Larkin patted his pocket — “…”"""
    if words[0].text not in _DASHES:
        return False
    is_end = person.end == len(words) or not words[person.end].is_word
    return words[-1].text in _DASHES or (person.is_name and is_end)


_WHERE_AND_WHEN = PREPOSITIONS | DETERMINERS | OCCASIONS | TIMES | ADVERBS


def _inverted(words: Words, verb: int) -> Person | None:
    """said Ada Holt; said in a statement on Monday Ada Holt."""
    at = verb + (2 if words[verb].lower in WITH_NEXT else 1)
    while at < len(words) and words[at].is_adverb:
        at += 1
    if at < len(words) and words[at].lower in PREPOSITIONS:
        while at < len(words) and words[at].lower in _WHERE_AND_WHEN:
            at += 1
        if at < len(words) and not words[at].is_name:
            return None
    person = person_from(words, at)
    if person and person.end - person.first == 1:
        # “said it”, “told him”: these are spoken of or spoken to.
        is_object = words[person.first].lower in ("him", "her", "them", "me", "us", "it", "that")
        return None if is_object else person
    return person


def _speaks(words: Words, person: Person) -> bool:
    """Is this subject's verb one of speech? Appositions, clauses and adverbs may stand between."""
    at = person.end
    while at < len(words) and words[at].is_before_verb:
        at += 1
    if at >= len(words):
        return False
    is_infinitive = (words[p - 1].lower == "to" and is_verb(words, p) for p in _next(words, at, 5))
    if is_verb(words, at) or any(is_infinitive):
        return True
    is_bracketed = words[at].text in _BRACKETS
    if not is_bracketed and words[at].lower not in PREPOSITIONS | {"who", "whose", "that"}:
        return False
    for place in _next(words, at, 45):
        if words[place].text in ".?!;:":
            return False
        if is_verb(words, place):
            before = _before_verb(words, place)
            is_its_own = words[before].lower not in ("who", "that", "he", "she", "they", "it")
            if words[before].text in _BRACKETS + ")" if is_bracketed else is_its_own:
                return True
    return False


def _next(words: Words, at: int, number: int) -> range:
    return range(at + 1, min(len(words), at + number))


def _before_verb(words: Words, verb: int) -> int:
    """The last word before a verb that is no adverb and no auxiliary of it; -1 if there is none."""
    at = verb - 1
    while at >= 0 and words[at].is_before_verb:
        at -= 1
    return at


def _said_in(words: Words) -> Person | None:
    """Who is said to speak in a sentence, or in the beginning of one that a quotation ends."""
    for at in range(len(words) - 1, -1, -1):
        pair = [word.lower for word in words[at : at + 2]]
        if pair in (["according", "to"], ["words", "of"]):
            return person_from(words, at + 2)
        if pair[0] in ACCORDING or (pair[0] == "per" and not at):
            return person_from(words, at + 1)
        if pair == ["own", "words"]:
            return _first_person(words, at)
        if (
            pair[0] in ("words", "view", "telling", "opinion")
            and at
            and words[at - 1].is_possessive
        ):
            return Person(max(at - 2, 0) if at > 1 and words[at - 2].is_name else at - 1, at)
        if is_verb(words, at) and (person := _subject_of(words, at)):
            return person
        if words[at].lower in PARTICIPLES and not words[at].is_capital:
            return _said_in(words[:at]) or _first_person(words, at)
    return None


def _subject_of(words: Words, verb: int) -> Person | None:
    at = _before_verb(words, verb)
    if at > 0 and words[at].lower == "to":  # was heard to mutter
        return _first_person(words, at)
    if at >= 0 and words[at].lower in ("and", "but", "or"):
        return _said_in(words[:at]) or _first_person(words, at)
    if at > 0 and words[at].lower in ("who", "which", "that"):
        antecedent = person_to(words, at - 2 if words[at - 1].text == "," else at - 1)
        if antecedent:
            return antecedent
    if at >= 0 and words[at].text not in ",)" + _DASHES:
        return person_to(words, at, _clause_begin(words, at))
    inverted = _inverted(words, verb)
    spans = _spans(words, _past_starters(words), max(at, 0))
    if inverted and inverted.is_name and len(spans) < 2:
        return inverted
    return _subject_among(words, spans) or inverted


def _clause_begin(words: Words, at: int) -> int:
    for place in range(at, -1, -1):
        if words[place].text in ",;:—–" and not _is_within_name(words, place):
            return place + 1
    return 0


def _is_within_name(words: Words, comma: int) -> bool:
    """The comma of “Roe, Jr.” and of “Tampa, Florida-based”."""
    after = words[comma + 1].lower if comma + 1 < len(words) else ""
    return is_place_comma(words, comma) or after in SUFFIXES


def _spans(words: Words, begin: int, end: int) -> list[tuple[int, int]]:
    """What commas, dashes and brackets part: the first word of each, and the one after its last."""
    spans, first = [], begin
    for at in range(begin, end):
        if words[at].text in ",—–()" and not _is_within_name(words, at):
            if at > first:
                spans.append((first, at))
            first = at + 1
    return [*spans, (first, end)] if end > first else spans


def _subject_among(words: Words, spans: list[tuple[int, int]]) -> Person | None:
    """“Asked about it, Roe, the mayor, said”: the first span that is somebody and nothing else."""
    for first, end in spans:
        if words[first].lower in PREPOSITIONS | PARTICIPLES or words[first].lower.endswith("ing"):
            continue
        beside = person_from(words, first)
        if beside and beside.is_name and beside.first >= end:
            return beside
        person = person_from(words[:end], first)
        if person and (person.end == end or _may_follow(words, person)):
            return person if person.is_name else _apposed(words, end, spans) or person
    return None


def _apposed(words: Words, end: int, spans: list[tuple[int, int]]) -> Person | None:
    """“Fellow protester, mechanical engineer Jo Dell, 60, said”: the name after a description."""
    following = next((span for span in spans if span[0] == end + 1), None)
    named = person_from(words[: following[1]], following[0]) if following else None
    is_whole = named and following and named.end == following[1] and named.end - named.first > 1
    return named if named and named.is_name and is_whole else None


def _may_follow(words: Words, person: Person) -> bool:
    """“Roe of the harbour board”, “Roe slammed the door and, at last,”"""
    after = words[person.end].lower
    return after in PREPOSITIONS or after in ("who", "whose") or after.endswith("ed")


def _first_person(words: Words, end: int) -> Person | None:
    """The subject with which a sentence begins, past what leads up to it."""
    # “When Holt left, Roe said”: who stands in a clause that leads up is not the subject.
    spans = _spans(words, _past_starters(words), end)
    if len(spans) > 1 and words[0].lower in SUBORDINATE:
        spans = spans[1:]
    for first, last in spans:
        begin = _past_time(words, first, last)
        leads_up = begin == last or words[begin].lower in PREPOSITIONS | PARTICIPLES
        if not leads_up and (person := person_from(words, begin)):
            return person
    return None


def _past_starters(words: Words) -> int:
    at = 0
    while at < len(words) and (
        words[at].lower in CLAUSE_STARTERS | ADVERBS or not words[at].is_word
    ):
        at += 1
    return at


def _past_time(words: Words, first: int, last: int) -> int:
    """Past “On Wednesday” or “In March 2019”, with which a sentence begins."""
    if words[first].lower in PREPOSITIONS and first + 1 < last and words[first + 1].lower in TIMES:
        first += 2
        while first < last and words[first].text[0].isdigit():
            first += 1
    return first


def _before_colon(words: Words) -> Person | None:
    """“Roe: ‘No.’”; “Mayor Brandt was blunt: ‘No.’”"""
    if not words or words[-1].text != ":":
        return None
    return _first_person(words, len(words))


def _beat(words: Words) -> Person | None:
    """“Roe shook his head.” before what he says."""
    for at, word in enumerate(words):
        if at and word.lower in BEATS and not word.is_capital:
            return _subject_of(words, at)
    return None
