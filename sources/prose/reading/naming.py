"""Names, pronouns and descriptions in a sentence: which of its words say who somebody is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .words_of_speech import (
    ABBREVIATIONS,
    ADVERBS,
    AUXILIARIES,
    CLAUSE_STARTERS,
    CONTRACTED,
    DEGREES,
    DETERMINERS,
    FINDERS,
    FOREIGN,
    FRENCH_PARTICIPLES,
    FUNCTION_WORDS,
    HELPING,
    INFINITIVES,
    IRREGULAR,
    JOINING,
    LY_ADJECTIVES,
    MONTHS,
    NOBODY,
    NUMBERS,
    OCCASIONS,
    OFFICES,
    OWNERS,
    PARTICIPLES,
    PARTICLES,
    PASSIVE,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATE,
    SUFFIXES,
    TIMES,
    VERBS,
    WITH_NEXT,
    word_set,
)

# A word with its hyphens, apostrophes and inner stops (U.S, AT&T), or one mark of punctuation. “It froze.Then”
# wants a blank: that stop ends a sentence.
_WORD = re.compile(r"[^\W_](?:[\w’'‐‑-]|&(?=\w)|\.(?=[a-z\d])|(?<![a-z]{3})\.(?=\w))*|[^\w\s]|_")
_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z][\w.]*")  # R-Ariz., D-N.Y.
_ARTICLED = re.compile(r"[a-z]{1,4}[-’'‐‑](.)")
_NO_NOUN = FUNCTION_WORDS | DETERMINERS | PREPOSITIONS | CLAUSE_STARTERS | ADVERBS | AUXILIARIES
_ACRONYMS = frozenset(("WHO", "US", "IT", "UN"))
_SPEAKING = VERBS | INFINITIVES | WITH_NEXT.keys()
# Le, Des, Will and May begin names, too.
_NO_NAME = (_NO_NOUN - AUXILIARIES | VERBS | PARTICIPLES | PRONOUNS) - FOREIGN - {"will", "may"}


@dataclass  # not frozen: that costs a tenth of reading a story
class Word:
    """A word of a text, or a mark of punctuation: `text[start:end]`. Nobody changes it."""

    text: str
    start: int
    end: int

    @cached_property
    def lower(self) -> str:
        if self.text in _ACRONYMS:
            return self.text  # WHO is not who
        # The lists have “jr”, and a text has “Jr.”.
        return self.text.casefold().rstrip(".")

    @cached_property
    def is_capital(self) -> bool:
        """Does a name begin so? Ada, O’Neill, al-Rashid, d’Arcy."""
        articled = _ARTICLED.match(self.text)
        return self.text[0].isupper() or bool(articled and articled[1].isupper())

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_name(self) -> bool:
        return self.is_capital and self.lower not in _NO_NAME

    @property
    def is_possessive(self) -> bool:
        return self.text.endswith(("’s", "'s", "s’", "s'"))

    @property
    def is_adverb(self) -> bool:
        is_ly = self.lower.endswith("ly") and self.lower not in LY_ADJECTIVES
        return self.lower in ADVERBS or (is_ly and not self.is_capital)

    @property
    def is_before_verb(self) -> bool:
        """May it stand between a subject and its verb?"""
        # May and Will are people, where they have a capital.
        return self.is_adverb or (self.lower in AUXILIARIES and not self.is_capital)

    @property
    def is_plain(self) -> bool:
        """An adjective or a noun of a description, as far as can be told."""
        is_open = self.lower not in _NO_NOUN and self.lower not in PRONOUNS
        return self.is_word and is_open and not self.is_capital and not self.is_adverb

    @property
    def is_title(self) -> bool:
        """“the Rev. Alan Pugh”: the article is no part of the name."""
        return self.is_capital and self.lower in ("rev", "revd", "hon")


Words = list[Word]


@lru_cache(maxsize=64)  # a paragraph is asked what is speech, and then who speaks
def words_between(text: str, start: int, end: int) -> Words:
    """The words and marks of `text[start:end]`; abbreviations and initials keep their full stop."""
    found: Words = []
    given = text[start:end]
    for match in _WORD.finditer(given):
        first, last = match.span()
        if given[last : last + 1] == "." and _is_abbreviated(match[0]):
            last += 1
        # The stop that an abbreviation took is not a mark of its own.
        if not (found and start + first < found[-1].end):
            found.append(Word(given[first:last], start + first, start + last))
    return found


def _is_abbreviated(word: str) -> bool:
    if word.lower() in ABBREVIATIONS:
        return word[0].isupper()
    if _PARTY_AND_STATE.fullmatch(word):
        return True
    initials = word.split(".")
    # “I.” ends a sentence and is no initial.
    return all(len(each) == 1 for each in initials) and word.isupper() and word != "I"


def sentences(words: Words) -> list[Words]:
    """Parted after full stops, question and exclamation marks; the last may be unfinished."""
    parted: list[Words] = [[]]
    for word in words:
        parted[-1].append(word)
        if word.text in ".?!;":
            parted.append([])
    return parted


@dataclass(frozen=True)
class Person:
    """The words of a sentence from `first` to before `end`, which say who somebody is."""

    first: int
    end: int
    is_name: bool = False

    def as_it_stands(self, words: Words, text: str) -> str:
        end = self.end
        # “Holt, MP”, “Holt KC”: an office or a degree is no part of the name.
        # But of “the Conservative MP” it is all.
        is_name = words[self.first].lower not in DETERMINERS
        while is_name and end - 1 > self.first and words[end - 1].lower in DEGREES | {","}:
            end -= 1
        name = text[words[self.first].start : words[end - 1].end]
        if end - self.first == 1 and words[self.first].lower.replace("'", "’") in CONTRACTED:
            return re.split("[’']", name)[0]  # “I’ll write”
        return name[:-2] if name.endswith(("’s", "'s")) else name


def is_verb(words: Words, at: int) -> bool:
    """Is it a verb of speech here, whose subject speaks?"""
    word, before = words[at].lower, words[at - 1].lower if at else ""
    # Another verb with a capital may be a name; these two may begin a sentence.
    if word not in _SPEAKING or (words[at].is_capital and word not in ("said", "says")):
        return False
    if word in INFINITIVES and before in HELPING:
        return True
    if word == "found" and before in FINDERS:
        return True
    if word in WITH_NEXT:
        return _lower_at(words, at + 1) in WITH_NEXT[word]
    if word in INFINITIVES and word not in VERBS:
        return False
    if _is_count(words, at - 1):
        return True
    # After an article or “his” it is a noun: the report, his claims.
    if before in DETERMINERS - PRONOUNS - {"each", "der", "die", "el"}:
        return before == "a" and word in FRENCH_PARTICIPLES
    if before in PASSIVE:
        return False
    # After a preposition it is a part of what it leads to: despite repeated pleas.
    return before not in PREPOSITIONS or word in ("said", "says")


def _is_count(words: Words, at: int) -> bool:
    """“a mother of three”: a noun, whatever follows."""
    return at > 1 and words[at].lower in NUMBERS and words[at - 1].lower == "of"


def _lower_at(words: Words, at: int) -> str:
    return words[at].lower if 0 <= at < len(words) else ""


def _is_noun(words: Words, at: int) -> bool:
    if not 0 <= at < len(words):
        return False
    # “the first security source”, as against “Holt first said”
    if words[at].lower in ("first", "second") and at and words[at - 1].lower in DETERMINERS:
        return True
    if not words[at].is_plain:
        return False
    return not is_verb(words, at) and not (at and _is_participle(words, at))


def _is_name(words: Words, at: int) -> bool:
    return 0 <= at < len(words) and words[at].is_name


def is_place_comma(words: Words, at: int) -> bool:
    """The comma of “one Tampa, Florida-based analyst”."""
    return words[at].text == "," and _lower_at(words, at + 1).endswith(
        ("-based", "-born", "-raised")
    )


def is_pronoun(words: Words, person: Person) -> bool:
    return person.end - person.first == 1 and words[person.first].lower in PRONOUNS


# Forwards: said ⟨one official with access to the records⟩


def person_from(words: Words, at: int) -> Person | None:
    """Whoever is named or described from this word on."""
    if at >= len(words) or not words[at].is_word or words[at].lower in NOBODY:
        return None
    if words[at].lower.replace("'", "’") in CONTRACTED:
        return Person(at, at + 1)  # “I’ll write”
    if words[at].lower in PRONOUNS and not _is_determiner(words, at):
        group = person_from(words, at + 2) if _lower_at(words, at + 1) == "of" else None
        # “One of the protesters, Hayley Walsh, 42,”
        if group and group.is_name and group.first > at + 2:
            return group
        if group:
            return Person(at, group.end)
        end = at + 1
        # “one of the two”
        while (
            _lower_at(words, at + 1) == "of" and end < len(words) and words[end].lower in _OF_THEM
        ):
            end += 1
        return Person(at, end)
    if words[at].lower == "the" and at + 1 < len(words) and words[at + 1].is_title:
        at += 1
    end = _end_of_name(words, at)
    if _is_time(words, Person(at, end)):
        return None
    is_noun_next = _is_noun(words, end) and not is_verb_of_name(words, end)
    if end > at and not words[end - 1].is_possessive and not is_noun_next:
        return Person(at, end, is_name=True)
    return _described_from(words, at)


def is_verb_of_name(words: Words, at: int) -> bool:
    """“Holt gave”, “Holt brushed him off”: after a name no noun of a description."""
    return _lower_at(words, at) in IRREGULAR or _lower_at(words, at).endswith("ed")


def _is_determiner(words: Words, at: int) -> bool:
    """“one official”, as against “one said”."""
    is_before_noun = _is_noun(words, at + 1) or (at + 1 < len(words) and words[at + 1].is_capital)
    return words[at].lower in DETERMINERS and is_before_noun


def _end_of_name(words: Words, at: int) -> int:
    """Where a name that begins here ends, with its initials, particles and Jr.; `at` if none does."""
    end = at
    while end < len(words) and _goes_on_name(words, at, end):
        end += 1
        if words[end - 1].is_possessive:
            break
    if end == at:
        return at
    if _lower_at(words, end) == "," and _lower_at(words, end + 1) in SUFFIXES:
        end += 2
    if _lower_at(words, end) == "and" and _is_name(words, end + 1):
        # “Ada Holt and Tom Brandt said”: two names are one speaker only if the phrase ends with
        # them; otherwise the “and” begins another clause.
        both = _end_of_name(words, end + 1)
        if both == len(words) or words[both].text in ".," or words[both].lower in VERBS:
            return both
    return end


def _goes_on_name(words: Words, begin: int, at: int) -> bool:
    word = words[at]
    # As it is written: “de” goes on with a name, “De” is a part of it like any other.
    if word.text in PARTICLES:
        after = next((w for w in words[at + 1 : at + 4] if w.text not in PARTICLES), None)
        is_article = at == begin and word.text in DETERMINERS
        return after is not None and after.is_name and not is_article
    if at > begin and word.text == "&":
        return _is_name(words, at + 1)
    if at > begin and word.lower == "of":
        return words[at - 1].lower in OFFICES and _is_name(words, at + 1)
    is_time = at > begin and word.lower in TIMES - MONTHS
    return word.is_name and not is_time


def _described_from(words: Words, at: int) -> Person | None:
    """A description with its prepositional phrases, or the name that it leads to."""
    end, nouns, is_joined = at, 0, False
    while end < len(words):
        word = words[end]
        if word.is_name and nouns and word.lower in TIMES - MONTHS:
            break  # “the report released Tuesday”
        if word.is_name:
            run = max(_end_of_name(words, end), end + 1)
            leads_to_name = nouns and not is_joined and words[end - 1].is_plain
            if leads_to_name and not words[run - 1].is_possessive and not _is_noun(words, run):
                return Person(end, run, is_name=True)
            end, nouns = run, nouns + 1
        elif nouns and word.lower in JOINING and _joins(words, end):
            end, is_joined = end + 1, True
        elif nouns and word.lower in IRREGULAR:
            break  # “The mayor took to the air”
        elif _is_noun(words, end) and (not word.text.isdigit() or _is_noun(words, end + 1)):
            end, nouns = end + 1, nouns + 1
        elif _goes_on_description(words, end, at, nouns, is_joined):
            end += 1
        else:
            break
    end = _without_tail(words, at, end)
    if not nouns or end == at:
        return None
    return _name_beside(words, end) or Person(at, end)


def _without_tail(words: Words, at: int, end: int) -> int:
    """A description ends with no article, preposition or “and”; but with the number of its children."""
    tail = DETERMINERS | JOINING | {"and"}
    while end > at and words[end - 1].lower in tail and not _is_count(words, end - 1):
        end -= 1
    return end


def _goes_on_description(words: Words, at: int, begin: int, nouns: int, is_joined: bool) -> bool:
    """Articles, adverbs after them, the comma of a place, and the “and” of a second noun."""
    if words[at].lower in DETERMINERS:
        return at == begin or not nouns or words[at - 1].lower in JOINING
    if words[at].is_adverb:
        # “a visibly shaken Holt”
        return at > begin and words[at - 1].lower in DETERMINERS and _is_noun(words, at + 1)
    if words[at].lower == "and" and nouns and _is_noun(words, at + 1):
        return is_joined or _leads_to_name(words, at + 1)
    return is_place_comma(words, at)


def _leads_to_name(words: Words, at: int) -> bool:
    """“free diver and cookbook author Bo-ra Hwang”"""
    while _is_noun(words, at):
        at += 1
    return _is_name(words, at)


def _is_participle(words: Words, at: int) -> bool:
    """“a woman walking her dog”, “a diplomat briefed on the talks”: no more of who it is."""
    lower = words[at].lower
    if words[at].is_capital or "-" in lower or not lower.endswith(("ing", "ed")):
        return False
    after = _lower_at(words, at + 1)
    is_apart = not after[:1].isalnum() or words[at + 1].is_adverb
    return is_apart or after in _AFTER_PARTICIPLE | TIMES


_OF_THEM = word_set("of the these those them us two three four five six")
_AFTER_PARTICIPLE = DETERMINERS | PREPOSITIONS | PRONOUNS | {"and", "but", "that"}


def _joins(words: Words, at: int) -> bool:
    """Does the phrase after this preposition say who somebody is, not when or where they said it?"""
    ahead = [word.lower for word in words[at + 1 : at + 6]]
    # “an aide to Marr”, and not “the unit to postpone it”
    is_noun = ahead and (ahead[0] in DETERMINERS | OWNERS or words[at + 1].is_capital)
    if words[at].lower == "to" and not is_noun:
        return False
    if not ahead or not ahead[0][0].isalnum() or ahead[0] in PRONOUNS - DETERMINERS:
        return False
    places = ahead[:3] if words[at].lower in ("in", "on", "at") else []
    first_noun = next((lower for lower in ahead if lower not in DETERMINERS), "")
    return not any(
        lower in OCCASIONS | TIMES or re.fullmatch(r"\d{4}", lower)
        for lower in (*places, first_noun)
    )


def _name_beside(words: Words, end: int) -> Person | None:
    """“the firm’s chief executive, Jane Roe,”: the name that stands beside a description."""
    if _lower_at(words, end) != ",":
        return None
    run = _end_of_name(words, end + 1)
    # After a place one word more may be another: one resident of Tampa, Florida.
    least = 2 if words[end - 1].is_capital else 1
    if run < end + 1 + least or words[run - 1].is_possessive:
        return None
    is_whole = run == len(words) or not words[run].is_word or is_verb(words, run)
    return Person(end + 1, run, is_name=True) if is_whole else None


# Backwards: ⟨one official with access to the records⟩ said


def person_to(words: Words, last: int, begin: int = 0) -> Person | None:
    """Whoever is named or described by the words that end with this one."""
    if last < begin or not words[last].is_word:
        return None
    word = words[last]
    is_short = word.is_possessive and re.split("[’']", word.lower)[0] in PRONOUNS  # she’s
    if word.lower in NOBODY or (word.is_possessive and not is_short):
        return None
    if word.lower in PRONOUNS or is_short:
        return Person(last, last + 1)
    if word.is_name or word.lower in SUFFIXES:
        named = _named_to(words, last, begin)
        return None if _is_time(words, named) else named
    if not word.is_plain and not _is_count(words, last):
        return None
    # “by making alleged “…” comments”: what somebody does, and nobody.
    is_first = last == begin or words[last - 1].lower in PREPOSITIONS
    if is_first and word.lower.endswith("ing"):
        return None
    first = _start_of_joined(words, _start_of_noun(words, last, begin), begin)
    whole = person_from(words[: last + 1], first)
    return whole if whole and whole.first == first else Person(first, last + 1)


def _is_time(words: Words, person: Person) -> bool:
    """“Friday”, “Last Thanksgiving”: a day, and nobody."""
    given = [word.lower for word in words[person.first : person.end]]
    days = TIMES - MONTHS | {
        "thanksgiving",
        "christmas",
        "easter",
        "halloween",
        "ramadan",
        "hanukkah",
    }
    return (
        bool(given)
        and given[-1] in days
        and set(given[:-1]) <= {"last", "next", "this", "on", "late"}
    )


def _named_to(words: Words, last: int, begin: int) -> Person:
    first = last
    while first > begin and (step := _step_back(words, first, begin)):
        first -= step
    if _lower_at(words, first - 1) == "and" and first - 2 >= begin and _is_name(words, first - 2):
        both = _named_to(words, first - 2, begin).first
        if both == begin or words[both - 1].text == ",":
            first = both
    while first < last and _is_time_before_name(words, first, begin):
        first += 1
    if first > begin and words[first - 1].lower in ("the", "a", "an") and not words[first].is_title:
        first -= 1
    owned = _start_of_owned(words, first, begin)
    if owned is not None:
        return Person(owned, last + 1)
    joined = _start_of_joined(words, first, begin)
    whole = person_from(words[: last + 1], joined) if joined < first else None
    is_titled = whole and whole.is_name and words[whole.end - 1].lower in OFFICES
    if is_titled and last + 1 - first >= _TITLE_AND_NAME:
        return Person(first, last + 1, is_name=True)  # “Minister for Ports Jo Dell”
    return whole or Person(joined, last + 1, is_name=joined == first)


def _start_of_owned(words: Words, first: int, begin: int) -> int | None:
    """Where “a co-owner of the league’s Pell Devils” begins, of which `first` is Pell."""
    at = first - 1
    if at <= begin or not words[at].is_possessive:
        return None
    while at > begin and (words[at - 1].is_name or words[at - 1].is_plain):
        at -= 1
    at -= int(at > begin and words[at - 1].lower in DETERMINERS)
    start = _start_of_joined(words, at, begin)
    return start if start < at else None


_TITLE_AND_NAME = 3  # words: with fewer, the office is of what they name


def _step_back(words: Words, first: int, begin: int) -> int:
    """How many words more of a name stand before its word `first`."""
    word = words[first - 1]
    if word.text == "," and words[first].lower in SUFFIXES:
        return 1
    if word.text == "&" and first - 2 >= begin and words[first - 2].is_name:
        return 2
    is_office_of = word.lower == "of" and _lower_at(words, first - 2) in OFFICES
    if is_office_of and first - 2 >= begin and words[first - 2].is_name:
        return 2
    return int(not word.is_possessive and (word.is_name or word.text in PARTICLES))


def _is_time_before_name(words: Words, first: int, begin: int) -> bool:
    """“On Monday Roe said”; but April Hale is a name."""
    if words[first].lower not in TIMES:
        return False
    is_month = words[first].lower in MONTHS
    return not is_month or (first > begin and words[first - 1].lower in PREPOSITIONS)


def _start_of_noun(words: Words, last: int, begin: int) -> int:
    """Back over nouns, adjectives, places and possessives, to the determiner if there is one."""
    first = last
    while first > begin:
        word = words[first - 1]
        if word.lower in DETERMINERS:
            # “the two unions”
            is_counted = word.lower in NUMBERS and first - 2 >= begin
            is_second = is_counted and words[first - 2].lower in DETERMINERS
            return first - 2 if is_second else first - 1
        if word.is_adverb and first - 2 >= begin and words[first - 2].lower in DETERMINERS:
            first -= 1  # “two highly critical reports”
            continue
        if _is_two_in_one(words, first, begin):
            first -= 2  # “the singer and guitarist”
            continue
        is_time = word.lower in TIMES - MONTHS or is_verb(words, first - 1)
        is_part = word.is_plain or word.is_name or word.text[0].isdigit() or word.text == "&"
        if not (is_part and not is_time) and not is_place_comma(words, first - 1):
            break
        first -= 1
    return first


def _is_two_in_one(words: Words, first: int, begin: int) -> bool:
    if first - 3 < begin or words[first - 1].lower != "and":
        return False
    return words[first - 2].is_plain and words[first - 3].lower in ("the", "a", "an")


def _start_of_joined(words: Words, first: int, begin: int) -> int:
    """“a spokesman for” before a name, “one official with access to” before a noun."""
    while first - 2 >= begin and words[first - 1].lower in JOINING:
        noun = first - 2
        if noun - 3 >= begin and words[noun].text == ")" and words[noun - 1].text.isdigit():
            noun -= 3  # “Ada Holt (75) of Pell”
        is_noun = words[noun].is_plain or words[noun].is_name
        if not is_noun or is_verb(words, noun) or words[noun].lower in OCCASIONS:
            break
        start = _start_of_noun(words, noun, begin)
        before = words[start - 1].lower if start > begin else ""
        # “after a spokesman for Holt said”: there it begins a clause.
        if before in PREPOSITIONS - JOINING - SUBORDINATE:
            break
        is_clause = not before or before in CLAUSE_STARTERS | JOINING
        if not is_clause and words[start].lower not in DETERMINERS:
            break
        first = start
    return first
