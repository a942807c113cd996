"""Who is named behind a quotation, and whether the words there say that this one spoke."""

from __future__ import annotations

from itertools import pairwise

from .naming import (
    Person,
    Words,
    is_verb,
    is_verb_of_name,
    person_from,
    person_to,
    words_between,
)
from .sayings import DASHES, WHERE_AND_WHEN, before_verb, inverted, owner, said_in
from .words_of_speech import (
    DETERMINERS,
    JOINING,
    PARTICIPLES,
    PASSIVE,
    PREPOSITIONS,
)

_BRACKETS = ",(" + DASHES


def says_who(words: str) -> str | None:
    """Who is said to speak in a few words by themselves: “said Holt”, “the mayor added”."""
    parted = words_between(words, 0, len(words))
    person = named_after(parted)[0] or said_in(parted)
    return person.as_it_stands(parted, words) if person else None


def named_after(words: Words) -> tuple[Person | None, bool]:
    """Whoever is named after a quotation, and whether the words say that this one spoke."""
    at = 0
    while at < len(words) and words[at].text in ",)" + DASHES:
        at += 1
    if at >= len(words):
        return None, False
    for opening, tell in _OPENINGS:
        if tuple(word.lower for word in words[at : at + len(opening)]) == opening:
            return tell(words, at + len(opening)), True
    if words[at].text == ":" and (named := person_from(words, at + 1)):
        # ‘Ends the debate’: Harbour Bank
        return (named, True) if named.is_name and named.end == len(words) else (None, False)
    if words[at].lower in PASSIVE:
        return _how_put(words, at + 1), True
    if words[at].lower == "as":
        # “…” as Pell calls the shoal: a name for it, and nobody's words
        is_name_for = any(word.lower in ("call", "calls", "called") for word in words[at : at + 4])
        return (None, False) if is_name_for else _with_verb(words, at + 1)
    return _with_verb(words, at)


_OPENINGS = (
    (("according", "to"), person_from),
    (("in", "the", "words", "of"), person_from),
)


def _with_verb(words: Words, at: int) -> tuple[Person | None, bool]:
    """said Ada Holt; Ada Holt, the mayor, said."""
    verb = at
    while verb + 1 < len(words) and words[verb].is_before_verb:
        verb += 1
    if verb < len(words) and is_verb(words, verb):
        return inverted(words, verb), True
    person = person_from(words, at)
    # “… planned by the union”
    is_done = words[at].lower.endswith("ed") and [w.lower for w in words[at + 1 : at + 2]] == ["by"]
    if person is None or is_done:
        return None, False
    # “…,” leading Marr to say that he would: another one's words.
    is_outcome = person.first > at and words[at].lower.endswith("ing")
    if is_outcome and not is_verb(words[:-1], min(person.end, len(words) - 2)):
        return None, False
    is_sure = _speaks(words, person) or _is_credited(words, person)
    return (person, True) if is_sure else (None, False)


def _how_put(words: Words, at: int) -> Person | None:
    """“…” was how Marr put it; “…” was Marr’s answer."""
    if [word.lower for word in words[at : at + 1]] == ["how"]:
        return said_in(words[at + 1 :]) and person_from(words, at + 1)
    return owner(words, at)


def named_aside(words: Words) -> Person | None:
    """“…” as the parties fight, Holt said: whoever stands with a verb of speech between two commas."""
    commas = [at for at, word in enumerate(words) if word.text in ",.?!" + DASHES]
    for begin, end in pairwise([*commas, len(words)]):
        if [word.lower for word in words[begin + 1 : begin + 3]] == ["according", "to"]:
            return person_from(words, begin + 3)
        verbs = [at for at in range(begin + 1, end) if is_verb(words, at)]
        if len(verbs) != 1:
            continue
        [verb] = verbs
        person = person_to(words, before_verb(words, verb), begin + 1) if verb > begin + 1 else None
        # “told” whom may be anybody; “the many, the release states took part” is told of them.
        is_told = words[verb].lower in ("told", "tells") or is_verb_of_name(words, verb + 1)
        is_relative = person and words[person.first].lower in ("who", "which", "that")
        if is_relative:
            continue
        if person and person.first == begin + 1 and (is_told or _is_when(words[verb + 1 : end])):
            return person
        if verb == begin + 1 and (named := inverted(words, verb)):
            return named
        # “for the town, Jo Dell of Pell College writes in a comment”
        named = person_from(words, begin + 1)
        if named and named.is_name and _is_placed(words, named, verb):
            return named
    return None


def _is_placed(words: Words, named: Person, verb: int) -> bool:
    """Does nothing but where somebody is from stand between a name and its verb?"""
    between = words[named.end : verb]
    is_from = bool(between) and between[0].lower in ("of", "from", "at", "with")
    return is_from and all(
        word.is_name or word.lower in JOINING | {"the", "and"} for word in between
    )


def _is_when(words: Words) -> bool:
    """“said”, “said Tuesday”, “said in a statement on Monday”, “told reporters”"""
    return all(
        word.lower in WHERE_AND_WHEN
        or word.lower in ("reporters", "the", "a")
        or word.text.isdigit()
        or (at and words[0].lower in PREPOSITIONS)
        for at, word in enumerate(words)
    )


def _is_credited(words: Words, person: Person) -> bool:
    """“…” — Ana Ruiz, baker; “…” — Larkin patted his pocket — “…”"""
    if words[0].text not in DASHES:
        return False
    is_end = person.end == len(words) or not words[person.end].is_word
    return words[-1].text in DASHES or (person.is_name and is_end)


def _speaks(words: Words, person: Person) -> bool:
    """Is this subject's verb one of speech? Appositions, clauses and adverbs may stand between."""
    at = person.end
    while at < len(words) and words[at].is_before_verb:
        at += 1
    if at >= len(words):
        return False
    heard = [word.lower for word in words[at : at + 4]]
    if heard[:1] and heard[0] in PASSIVE and any(each in PARTICIPLES for each in heard):
        return "heard" in heard or "seen" in heard  # “the man could be heard saying”
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
            before = before_verb(words, place)
            # “Jo Dell, 32, a member of the town’s band said of it”: the comma is missing.
            is_begun = _next_is(words, person.end, DETERMINERS)
            is_noun = words[before].is_plain or (is_begun and words[before].is_name)
            is_said = words[place].lower in ("said", "says", "told", "tells") and is_noun
            is_its_own = words[before].lower not in ("who", "that", "he", "she", "they", "it")
            is_closed = words[before].text in _BRACKETS + ")" or is_said
            if is_closed if is_bracketed else is_its_own:
                return True
    return False


def _next(words: Words, at: int, number: int) -> range:
    return range(at + 1, min(len(words), at + number))


def _next_is(words: Words, at: int, given: frozenset[str]) -> bool:
    return at + 1 < len(words) and words[at + 1].lower in given
