"""Sayings: which words around a quotation say who spoke it.

A verb of speech with its subject, in a sentence or in the beginning of one (Holt said: “…”); what stands
behind a quotation is read by `following.py`. No grammar and no model: words and where they
stand, so that a reporter can see why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .naming import (
    Person,
    Word,
    Words,
    is_place_comma,
    is_verb,
    is_verb_of_name,
    person_from,
    person_to,
    sentences,
    words_between,
)
from .words_of_speech import (
    ACCORDING,
    ADVERBS,
    AUXILIARIES,
    BEATS,
    CERTAIN,
    CLAUSE_STARTERS,
    DETERMINERS,
    LEADING_TO,
    OCCASIONS,
    OFFICES,
    OWNERS,
    PARTICIPLES,
    PASSIVE,
    PREPOSITIONS,
    RECALLING,
    SUBORDINATE,
    SUFFIXES,
    THOUGHT,
    TIMES,
    TIMES_OF_DAY,
    UTTERANCES,
    VERBS,
    WHICH_TIME,
    WITH_NEXT,
    WRITTEN,
)

# They also keep the reading of a text linear, whatever it is made of.
AHEAD, BEHIND = 400, 600  # characters that are read after and before a quotation
DASHES = "—–-"


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


def behind(text: str, segment: Segment, begin: int) -> Words:
    """The words before a segment, from `begin` on; where a story was filed is no part of its first sentence."""
    filed = _DATELINE.match(text) if not begin else None
    begin = max(begin, filed.end() if filed else 0)
    return words_between(text, max(begin, segment.open - BEHIND), segment.open)


# “KABUL, Afghanistan (AP) — ”, “LOS ANGELES — ”
_DATELINE = re.compile(r"[A-Z][A-Z .’'-]{2,30}(?:, [\w. ]{2,20})?(?: \([\w /]+\))? ?(?:—|–|-+) ")


def ahead(text: str, segment: Segment, end: int) -> Words:
    return sentences(words_between(text, segment.close, min(end, segment.close + AHEAD)))[0]


def attributes(text: str) -> bool:
    """Does a text give anything that it says on somebody's word: “the harbour master said”?"""
    words = words_between(text, 0, len(text))
    return any(said_in(sentence) for sentence in sentences(words))


def leads_in(words: Words) -> bool:
    ends = words[-1].lower in ("it", "him", "her", "them", "as", "that", ",", ":")
    return ends or words[-1].lower in VERBS


# Attributions


def owner(words: Words, at: int) -> Person | None:
    """Whose utterance the words from this one on speak of: Marr’s short answer, her message to voters."""
    last = next((n for n in range(at, min(at + 4, len(words))) if words[n].lower in UTTERANCES), -1)
    whose = next((n for n in range(at, last) if is_owner(words[n])), -1)
    if whose < 0:
        is_of = last >= 0 and [word.lower for word in words[last + 1 : last + 2]] == ["of"]
        return person_from(words, last + 2) if is_of else None
    is_name = words[whose].is_capital and words[whose].is_possessive
    return Person(at if words[whose].is_possessive else whose, whose + 1, is_name)


def is_owner(word: Word) -> bool:
    return word.is_possessive or word.lower in OWNERS


WHERE_AND_WHEN = PREPOSITIONS | DETERMINERS | OCCASIONS | TIMES | ADVERBS


def inverted(words: Words, verb: int) -> Person | None:
    """said Ada Holt; said in a statement on Monday Ada Holt."""
    at = verb + (2 if words[verb].lower in WITH_NEXT else 1)
    while at < len(words) and words[at].is_adverb:
        at += 1
    if at < len(words) and words[at].lower in PREPOSITIONS:
        while at < len(words) and words[at].lower in WHERE_AND_WHEN:
            at += 1
        if at < len(words) and not words[at].is_name:
            return None
    person = person_from(words, at)
    if person and person.end - person.first == 1:
        # “said it”, “told him”: these are spoken of or spoken to.
        is_object = words[person.first].lower in ("him", "her", "them", "me", "us", "it", "that")
        return None if is_object else person
    return person


def before_verb(words: Words, verb: int) -> int:
    """The last word before a verb that is no adverb and no auxiliary of it; -1 if there is none."""
    at = verb - 1
    while at >= 0 and words[at].is_before_verb:
        at -= 1
    # “the retailer, last year pledged”
    is_time = at > 0 and words[at].lower in TIMES_OF_DAY and words[at - 1].lower in WHICH_TIME
    return before_verb(words, at - 1) if is_time else at


def said_in(words: Words) -> Person | None:
    """Who is said to speak in a sentence, or in the beginning of one that a quotation ends."""
    aside = _asides(words)
    for at in range(len(words) - 1, -1, -1):
        if at in aside:
            continue
        if person := _in_phrase(words, at):
            return person
        if is_verb(words, at) and (person := _namer(words, at) or _subject_of(words, at)):
            return _sayer_of(words, person, at)
        if words[at].lower in PARTICIPLES and not words[at].is_capital:
            if at > 1 and words[at - 1].lower in PASSIVE:
                return person_to(words, before_verb(words, at - 1))  # “the board was calling it”
            if beside := _beside_participle(words, at):
                return beside
            return said_in(words[:at]) or first_person(words, at)
    return None


def _asides(words: Words) -> frozenset[int]:
    """The places within “, where officials confirmed it,”: what is said there is not what goes on."""
    commas = [at for at, word in enumerate(words) if word.text == ","]
    within: set[int] = set()
    for begin, end in pairwise(commas):
        if words[begin + 1].lower in ("where", "which", "whose", "whom", "when"):
            within.update(range(begin + 1, end))
    # A verb after them is the sentence’s own, or theirs is the only one.
    rest = [at for at in range(len(words)) if at not in within]
    return frozenset(within) if any(is_verb(words, at) for at in rest) else frozenset()


def _in_phrase(words: Words, at: int) -> Person | None:
    """Whom a phrase that begins here gives, without a verb of speech: “according to Holt”."""
    pair = [word.lower for word in words[at : at + 2]]
    if pair in (["according", "to"], ["words", "of"]):
        # “Holt said, according to the Courier”: the words are Holt's.
        begin = max((n for n in range(at - 1) if words[n].text == ","), default=-1) + 1
        return (said_in(words[begin:at]) and said_in(words[:at])) or person_from(words, at + 2)
    if pair[0] in ACCORDING or (pair[0] == "per" and not at):
        return person_from(words, at + 1)
    if pair == ["own", "words"]:
        return first_person(words, at)
    if pair[0] in ("words", "view", "telling", "opinion") and at and words[at - 1].is_possessive:
        return Person(max(at - 2, 0) if at > 1 and words[at - 2].is_name else at - 1, at)
    if is_said_by(words, at):
        return person_from(words, at + 2)
    return _being(words, at) if pair[0] in CERTAIN else None


def _being(words: Words, at: int) -> Person | None:
    """Who “was quite adamant that”."""
    being = _before_adverbs(words, at)
    is_so = being > 0 and words[being].lower in PASSIVE and at + 1 < len(words)
    person = person_to(words, before_verb(words, being)) if is_so else None
    return None if person and words[person.first].lower == "it" else person


def is_said_by(words: Words, at: int) -> bool:
    """“was praised by the Courier as “…””"""
    pair = [word.lower for word in words[at : at + 2]]
    return len(pair) == 2 and pair[0] in VERBS and pair[1] == "by"


def said_by(before: Words, after: Words) -> Person | None:
    """“The posters were called a “…” by the council”"""
    # “Dubbed a “…” by campaigners”
    is_begun = len(before) < 3 and before[:1] and before[0].lower in VERBS
    if not after or after[0].lower != "by" or not (is_begun or is_passive(before)):
        return None
    return person_from(after, 1)


def is_asked(words: Words) -> bool:
    """“When he was asked,”, “she was warned that”: who did it is not told."""
    given = [word.lower for word in words if word.is_word]
    is_told = given[-1:] == ["that"] and given[-2:-1] and given[-2] in _TO_SOMEBODY
    return (given[-1:] == ["asked"] or bool(is_told)) and is_passive(words)


_TO_SOMEBODY = ("told", "warned", "advised", "informed", "reminded", "assured")


def is_passive(words: Words) -> bool:
    """“was asked”, “were flatly called”: whoever says it is named after “by”, or not at all."""
    verbs = [at for at, word in enumerate(words) if at and word.lower in VERBS]
    return any(words[_before_adverbs(words, at)].lower in PASSIVE for at in verbs[-1:])


def _before_adverbs(words: Words, at: int) -> int:
    before = at - 1
    while before and words[before].is_adverb:
        before -= 1
    return before


def _beside_participle(words: Words, at: int) -> Person | None:
    """“with Holt saying”, “Holt can be heard saying”, “the Courier quoted Holt as saying”"""
    before = words[at - 1].lower if at else ""
    if before == "as" and at > 2 and (quoted := person_to(words, at - 2)):
        is_quoted = words[quoted.first - 1].lower in ("quoted", "quotes", "cited", "cites")
        return quoted if quoted.first and is_quoted else None
    if before in ("heard", "seen", "filmed", "recorded", "quoted"):
        subject = before_verb(words, at - 1)
        while subject > 0 and (words[subject].lower in PASSIVE or words[subject].is_before_verb):
            subject -= 1
        return person_to(words, subject) if subject >= 0 else None
    person = person_to(words, at - 1) if at > 1 else None
    if person is None or not person.first:
        return None
    # “all they get is a message stating”, as against “Holt issued a message stating”
    is_told = words[person.first - 1].lower in PASSIVE or is_verb(words, person.first - 1)
    # “He recalled the pilot telling them”
    is_recalled = words[person.first - 1].lower in RECALLING
    is_written = (before in WRITTEN and is_told) or is_recalled
    if is_written or words[person.first - 1].lower == "with":
        return person
    is_with = "with" in (word.lower for word in words[max(0, at - 9) : at - 1])
    return person if person.is_name and is_with else None


def _sayer_of(words: Words, person: Person, verb: int) -> Person:
    """“Holt said she thought it was “a deal””: whoever says what she thought is who she is."""
    is_pronoun = person.end - person.first == 1 and (
        words[person.first].lower.replace("'", "’").split("’")[0] in _THIRD_PERSONS
    )
    # “Roe said the board believed it was “a deal””: what others think, whoever says it tells.
    is_thought = words[verb].lower in THOUGHT
    outer = said_in(words[: person.first]) if is_pronoun or is_thought else None
    # “The woman said she felt”: nothing stands between.
    before = person.first - 1
    is_beside = before > 0 and (words[before].lower == "that" or is_verb(words, before))
    return outer if outer and (outer.is_name or is_beside) else person


_THIRD_PERSONS = ("he", "she", "they", "it")


def _subject_of(words: Words, verb: int) -> Person | None:
    at = before_verb(words, verb)
    if at > 0 and words[at].lower == "to":  # was heard to mutter
        led = person_to(words, at - 1) if at > 2 else None
        is_led = led and led.first and words[led.first - 1].lower in LEADING_TO
        return led if is_led else first_person(words, at)
    if at >= 0 and words[at].lower in ("and", "but", "or"):
        return _of_clause(words[:at]) or said_in(words[:at]) or first_person(words, at)
    if at > 0 and words[at].lower in ("who", "which", "that"):
        antecedent = person_to(words, at - 2 if words[at - 1].text == "," else at - 1)
        if antecedent:
            return antecedent
    if at >= 0 and words[at].text not in ",)" + DASHES:
        begin = _clause_begin(words, at)
        person = person_to(words, at, begin)
        if person and (named := _beside_apposition(words, begin, at)):
            return named
        # “has vowed in its campaign pledges”: a noun, and nobody's verb.
        is_object = person and not person.is_name and person.first > 1
        if (
            person
            and is_object
            and words[person.first - 1].lower in ("in", "of", "for", "from", "with")
        ):
            # “a statement from the palace said”
            is_sure = words[verb].lower in ("said", "says", "read", "reads")
            return first_person(words, verb) if is_sure else None
        # “the authors of a paper in the journal Tides argued”: the name is not the subject.
        whole = first_person(words, verb) if person and _is_in_phrase(words, person) else None
        return whole or person
    if at > 0 and (joined := _and_before(words, at)):
        return first_person(words, joined)
    named = inverted(words, verb)
    spans = _spans(words, _past_starters(words), max(at, 0))
    is_bracketed = at >= 0 and words[at].text == ")"
    # “Holt, when asked about it, said Pell was “…””: of whom it is said.
    behind = words[named.end].lower if named and named.end < len(words) else ""
    is_bracketed = is_bracketed or (behind in PASSIVE | AUXILIARIES and bool(spans))
    # “While it was wise to wait, too long would be folly, said Mayor Jo Dell.”
    is_last = named and at > 0 and words[at].text == "," and _ends(words, named)
    if named and named.is_name and (len(spans) < 2 or is_last) and not is_bracketed:
        return named
    return _before_aside(words, at) or _subject_among(words, spans) or named


def _namer(words: Words, verb: int) -> Person | None:
    """“changes in what Jo Dell, their secretary, called” “…”"""
    what = next((n for n in range(verb - 1, 0, -1) if words[n].lower == "what"), 0)
    namer = person_from(words[:verb], what + 1) if what and words[verb].lower in _NAMING else None
    return namer if namer and namer.is_name else None


_NAMING = ("called", "calls", "described", "describes", "termed", "terms", "dubbed", "dubs")


def _beside_apposition(words: Words, begin: int, last: int) -> Person | None:
    """“Jo Dell, a campaign manager told”: the comma after what somebody is, is missing."""
    first = _past_starters(words)
    if begin < first + 3 or not words[last].is_plain or words[begin - 1].text != ",":
        return None
    named = person_from(words, first)
    is_whole = named and named.is_name and (named.first, named.end) == (first, begin - 1)
    return named if is_whole else None


def _ends(words: Words, person: Person) -> bool:
    """Is somebody the last of a whole sentence?"""
    return person.end == len(words) - 1 and words[-1].text in ".?!"


def _before_aside(words: Words, comma: int) -> Person | None:
    """“but an official, while refusing to say more, said”: who stands before what is put in."""
    opened = next((n for n in range(comma - 1, 0, -1) if words[n].text == ","), 0)
    if not opened:
        return None
    first = words[opened + 1].lower
    is_aside = first in SUBORDINATE | PREPOSITIONS or first.endswith("ing")
    return person_to(words, opened - 1) if is_aside else None


def _and_before(words: Words, comma: int) -> int:
    """Where the “and” of “she went and, on June 3, wrote” stands; 0 if there is none."""
    opened = next((at for at in range(comma - 1, 0, -1) if words[at].text == ","), 0)
    is_when = opened and words[opened + 1].lower in PREPOSITIONS
    return opened - 1 if is_when and words[opened - 1].lower in ("and", "but") else 0


def _is_in_phrase(words: Words, person: Person) -> bool:
    """“published in the journal Tides”: does a preposition lead to the name?"""
    at = person.first - 1
    while at > 0 and (words[at].is_plain or words[at].is_name):
        at -= 1
    at -= 1 if at > 0 and words[at].lower in DETERMINERS else 0
    return (
        at > 1 and person.is_name and words[at].lower in ("in", "from", "with", "by", "at", "for")
    )


def _of_clause(words: Words) -> Person | None:
    """“It felt like an hour before the captain came back (and said)”"""
    begin = next((at for at in range(len(words) - 1, 0, -1) if words[at].lower in SUBORDINATE), 0)
    verbs = (at for at in range(begin + 2, len(words)) if is_verb_of_name(words, at))
    verb = next(verbs, 0) if begin else 0
    person = person_to(words, verb - 1, begin + 1) if verb else None
    return person if person and person.first == begin + 1 else None


def _clause_begin(words: Words, at: int) -> int:
    for place in range(at, -1, -1):
        if words[place].text in ",;:—–-" and not _is_within_name(words, place):
            return place + 1
    return 0


def _is_within_name(words: Words, comma: int) -> bool:
    """The comma of “Roe, Jr.” and of “Tampa, Florida-based”."""
    after = words[comma + 1].lower if comma + 1 < len(words) else ""
    return is_place_comma(words, comma) or after in SUFFIXES


def _spans(words: Words, begin: int, end: int) -> list[tuple[int, int]]:
    """What commas, dashes and brackets part: the first word of each, and the one after its last."""
    spans, first, depth = [], begin, 0
    for at in range(begin, end):
        # “the head of the HB (Harbour Board), Jo Dell,”: what is in brackets is no span.
        depth += {"(": 1, ")": -1}.get(words[at].text, 0)
        if depth > 0 and words[at].text != "(":
            first = at + 1
        elif words[at].text in ",—–-()" and not _is_within_name(words, at):
            if at > first and words[at].text != ")":
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
            is_office = person.is_name and words[person.end - 1].lower in OFFICES
            is_whole = person.is_name and not is_office
            return person if is_whole else _apposed(words, end, spans) or person
    return None


def _apposed(words: Words, end: int, spans: list[tuple[int, int]]) -> Person | None:
    """“Fellow protester, mechanical engineer Jo Dell, 60, said”: the name after a description."""
    following = next((span for span in spans if span[0] > end), None)
    named = person_from(words[: following[1]], following[0]) if following else None
    is_whole = named and following and named.end == following[1] and named.end - named.first > 1
    return named if named and named.is_name and is_whole else None


def _may_follow(words: Words, person: Person) -> bool:
    """“Roe of the harbour board”, “Roe slammed the door and, at last,”"""
    after = words[person.end].lower
    return after in PREPOSITIONS or after in ("who", "whose") or after.endswith("ed")


def first_person(words: Words, end: int) -> Person | None:
    """The subject with which a sentence begins, past what leads up to it."""
    # “When Holt left, Roe said”: who stands in a clause that leads up is not the subject.
    spans = _spans(words, _past_starters(words), end)
    if len(spans) > 1 and words[0].lower in SUBORDINATE:
        spans = spans[1:]
    impersonal = None
    for first, last in spans:
        while first + 1 < last and words[first].lower in ("and", "but", "or", "so"):
            first += 1
        begin = _past_time(words, first, last)
        leads_up = begin == last or words[begin].lower in PREPOSITIONS | PARTICIPLES
        if not leads_up and (person := person_from(words, begin)):
            if words[person.first].lower != "it":
                return person
            impersonal = impersonal or person  # “It is late, and Holt went home, calling it”
    return impersonal


def _past_starters(words: Words) -> int:
    at = 0
    while at < len(words) and (
        words[at].lower in CLAUSE_STARTERS | ADVERBS or not words[at].is_word
    ):
        at += 1
    return at


def _past_time(words: Words, first: int, last: int) -> int:
    """Past “On Wednesday”, “In March 2019”, “Last year”, “Two days later”, with which a sentence begins."""
    if words[first].lower in PREPOSITIONS and first + 1 < last and words[first + 1].lower in TIMES:
        first += 2
        while first < last and words[first].text[0].isdigit():
            first += 1
        return first
    at = first
    while at < last and (words[at].lower in DETERMINERS | WHICH_TIME or words[at].text.isdigit()):
        at += 1
    if at == first or at >= last or words[at].lower not in TIMES_OF_DAY:
        return first
    while at < last and words[at].lower in TIMES_OF_DAY | WHICH_TIME:
        at += 1
    return at


def before_colon(words: Words) -> Person | None:
    """“Roe: ‘No.’”; “Mayor Brandt was blunt: ‘No.’”; “Holt’s message to them: ‘No.’”"""
    if not words or words[-1].text != ":":
        return None
    return owner(words, _past_starters(words)) or first_person(words, len(words))


def asked_for(words: Words) -> Person | None:
    """“Holt’s request to “…””, “her remarks that “…””: whose utterance the words are."""
    if not words or words[-1].lower not in ("to", "that", "of", "about", "for"):
        return None
    at = next(
        (
            n
            for n in range(len(words) - 2, max(-1, len(words) - 5), -1)
            if words[n].lower in UTTERANCES
        ),
        0,
    )
    whose = at - 1 if at else -1
    while whose > at - 4 and whose > 0 and words[whose].is_plain and not is_owner(words[whose]):
        whose -= 1
    if whose < 0 or not is_owner(words[whose]):
        return None
    first = whose
    while first and (
        words[first - 1].is_plain or words[first - 1].is_name or words[first - 1].lower == "the"
    ):
        if is_verb(words, first - 1):
            break
        first -= 1
    return Person(first if words[whose].is_possessive else whose, whose + 1, words[first].is_name)


def claimed_by(words: Words) -> Person | None:
    """“Marr rejected Holt’s claim that she was “a fraud””: who claims it, and not who speaks of the claim."""
    at = next((n for n in range(len(words) - 1, 1, -1) if words[n].lower == "that"), 0)
    if not at or any(is_verb(words, n) for n in range(at + 1, len(words))):
        return None
    return asked_for(words[: at + 1])


def to_whom(words: Words) -> Person | None:
    """“For Ada Holt, it was “…””: as she sees it."""
    at = _past_starters(words)
    if at >= len(words) or words[at].lower not in ("to", "for"):
        return None
    person = person_from(words, at + 1)
    is_apart = person and person.end < len(words) and words[person.end].text == ","
    return person if person and person.is_name and is_apart else None


def seen_as(words: Words) -> Person | None:
    """“Holt introduced him as” a “…”, “the board sees it as” “…”: a verb of any kind, and who does it."""
    ending = [word.lower for word in words[-2:]]
    if len(words) > 1 and ending[-1] == "(" and words[-2].is_name:
        return person_to(words, len(words) - 2)  # “Dell (“Nobody asked”)”
    if words and words[0].lower in ("and", "but", "or"):
        return None  # which goes on from who spoke before
    if ending[-1:] != ["as"] and not (ending[:1] == ["as"] and ending[-1] in DETERMINERS):
        return None
    # “privacy, which Apple sees as”
    verb = next((at for at in range(len(words) - 1, 0, -1) if words[at].lower == "as"), 0) - 1
    subject = person_to(words, verb - 1) if verb > 1 else None
    if subject and subject.is_name and words[subject.first - 1].lower in ("which", "that"):
        return subject
    person = first_person(words, len(words) - 1)
    is_other = any(word.lower in _NOT_SEEN for word in words)
    return None if is_other else person


# “such as”, “as well as”; and what somebody is known as, nobody in particular says.
_NOT_SEEN = PASSIVE | {"well", "such", "know", "knows", "knew", "known"}


def beat_of(words: Words) -> Person | None:
    """“Roe shook his head.” before what he says."""
    for at, word in enumerate(words):
        if at and word.lower in BEATS and not word.is_capital:
            return _subject_of(words, at)
    return None
