"""Names, pronouns and descriptions in a sentence: which of its words say who somebody is."""

from __future__ import annotations

import re

from .sentence import Person, Sentence

# German nouns that say what somebody is: Vertriebsleiter, UN-Botschafter.
_OFFICE = re.compile(
    r"(?:leiter|minister|präsident|chef|sprecher|botschafter|sekretär|direktor|rat|rät|vorsitzender?|"
    r"anwalt|anwält|meister|richter|kanzler|trainer|experte?|forscher|kommissar|beauftragter?|"
    r"professor|autor|schützer|führer|berater|ökonom|arzt|ärzt|berichterstatter|manager|verwalter)(?:in)?\Z",
    re.IGNORECASE,
)
_LONG_NAME = 4  # words: of a run that is longer and follows a noun, the end is the name


def person_from(sentence: Sentence, at: int) -> Person | None:
    """Whoever is named or described from this word on."""
    if not sentence.is_word(at):
        return None
    if sentence.is_in(at, sentence.tongue.pronouns) and not _is_determiner(sentence, at):
        return _pronoun_with(sentence, at)
    end = _end_of_name(sentence, at)
    if end > at and not (sentence.tongue.are_nouns_capital and _is_noun_run(sentence, at, end)):
        return _without_title(sentence, at, end)
    return _described_from(sentence, at)


def _pronoun_with(sentence: Sentence, at: int) -> Person:
    """“one of the ministers”"""
    if sentence.is_in(at + 1, sentence.tongue.joining) and not sentence.is_determiner(at + 1):
        group = _described_from(sentence, at + 2)
        if group and group.first == at + 2:
            return Person(at, group.end)
    return Person(at, at + 1)


def _is_determiner(sentence: Sentence, at: int) -> bool:
    """“der Minister”, as against “er sagte”."""
    return sentence.is_determiner(at) and sentence.is_noun(at + 1)


def _end_of_name(sentence: Sentence, at: int) -> int:
    """Where a run of capitals that begins here ends, with its particles; `at` if there is none."""
    end = at
    while end < len(sentence):
        if sentence.is_name(end) or (end > at and _is_particle(sentence, end)):
            end += 1
        else:
            break
    while end > at and not sentence.is_capital(end - 1):
        end -= 1
    return end


def _is_particle(sentence: Sentence, at: int) -> bool:
    """“de la” before another capital."""
    for place in range(at, at + 3):
        if sentence.is_name(place):
            return place > at
        if sentence.text(place) not in sentence.tongue.particles:
            return False
    return False


def _is_noun_run(sentence: Sentence, at: int, end: int) -> bool:
    """Of German capitals: after a small word, one alone may be any noun."""
    is_after_small = at > 0 and sentence.is_determiner(at - 1)
    return is_after_small and end - at == 1


def _without_title(sentence: Sentence, first: int, end: int) -> Person:
    """Past “Mme”, “Vertriebsleiter” and “ČTK”, if a name is left."""
    german = sentence.tongue.are_nouns_capital
    while end - first > 1:
        word = sentence.text(first)
        is_title = word in sentence.tongue.titles
        is_office = german and (_OFFICE.search(word) is not None)
        is_body = len(word) > 2 and word.isupper() and not sentence.text(first + 1).isupper()
        if not (
            is_title
            or is_office
            or (is_body and end - first > 2)
            or ("." in word[1:-1] and word[-3:].islower())
        ):
            break
        first += 1
    return Person(first, end, is_name=True)


def _described_from(sentence: Sentence, at: int) -> Person | None:
    """A description with its prepositional phrases, or the name that it leads to."""
    end = at
    while sentence.is_determiner(end) or (end > at and sentence.text(end).isdigit()):
        end += 1
    nouns = end
    while end < len(sentence):
        step = _part_of(sentence, end) if end > nouns else _noun(sentence, end)
        if step == end:
            break
        end = step
    end += sentence.tail(end) if end > nouns else 0
    while end > at and not sentence.is_word(end - 1):
        end -= 1
    while end > at and sentence.is_in(
        end - 1, sentence.tongue.joining | sentence.tongue.determiners
    ):
        end -= 1
    if end <= nouns or _is_time(sentence, at, end):
        return None
    return _name_beside(sentence, end) or _name_at_end(sentence, at, end) or Person(at, end)


def _noun(sentence: Sentence, at: int) -> int:
    return at + 1 if sentence.is_noun(at) else at


def _part_of(sentence: Sentence, at: int) -> int:
    """Past one more word of a description; `at` if it ends here."""
    if sentence.is_in(at, sentence.tongue.times):
        return at
    if sentence.is_noun(at) or _is_particle(sentence, at) or _is_and_within(sentence, at):
        return at + 1
    is_joining = sentence.is_in(at, sentence.tongue.joining)
    return _past_joining(sentence, at) if is_joining else at


def _is_time(sentence: Sentence, at: int, end: int) -> bool:
    """“this morning”, “several paragraphs later”: nobody."""
    heads = (place for place in range(at, end) if sentence.is_noun(place))
    return any(sentence.is_in(place, sentence.tongue.times) for place in [*heads][:2])


def _past_joining(sentence: Sentence, at: int) -> int:
    """Past “de la”, if a noun comes after it; `at` otherwise."""
    step = at
    while sentence.is_in(step, sentence.tongue.joining) or sentence.is_determiner(step):
        step += 1
    is_next = sentence.is_noun(step) and not sentence.text(step).isdigit()
    return step if is_next else at


def _is_and_within(sentence: Sentence, at: int) -> bool:
    """“Gesundheits- und Integrationsdirektor”, “l’Agence du médicament et des produits”."""
    before = sentence.text(at - 1)
    return before.endswith("-") and sentence.is_in(at, sentence.tongue.conjunctions)


def _name_at_end(sentence: Sentence, at: int, end: int) -> Person | None:
    """“le ministre français Jean Roux”: the capitals that end a description, after its noun."""
    first = end
    while first > at and (
        sentence.is_name(first - 1) or (first < end and _is_particle(sentence, first - 1))
    ):
        first -= 1
    while first < end and not sentence.is_capital(first):
        first += 1
    is_noun_before = first > at and sentence.is_noun(first - 1)
    if sentence.tongue.are_nouns_capital:
        return _german_name(sentence, first, end)
    if first == end or not is_noun_before:
        return None
    while end - first > 2 and sentence.text(first).isupper():
        first += 1
    if end - first >= _LONG_NAME and not sentence.tongue.joining - {"a"}:
        first = end - 2
    return Person(first, end, is_name=True)


def _german_name(sentence: Sentence, first: int, end: int) -> Person | None:
    """“der russische UN-Botschafter Wassili Nebensja”: the first capital is the noun."""
    if end - first < 2:
        return None
    person = _without_title(sentence, first, end)
    if sentence.is_determiner(person.first):
        return None  # “die Sprecherin der Stadt”
    return person if person.first > first else Person(first + 1, end, is_name=True)


def _name_beside(sentence: Sentence, end: int) -> Person | None:
    """“le directeur général, Norman Sabourin,”: the name that stands beside a description."""
    if sentence.text(end) == "(":
        return _name_past_bracket(sentence, end)
    if sentence.text(end) != ",":
        return None
    if sentence.is_determiner(end + 1):
        beside = _described_from(sentence, end + 1)
        return beside if beside and beside.is_name else None
    run = _end_of_name(sentence, end + 1)
    if run < end + 3:
        return None
    is_whole = run == len(sentence) or not sentence.is_word(run) or sentence.is_verb(run)
    is_whole = is_whole or sentence.is_in(run, sentence.tongue.closed)
    return _without_title(sentence, end + 1, run) if is_whole else None


def _name_past_bracket(sentence: Sentence, at: int) -> Person | None:
    """“la diputada (PS) Ana Ruiz”"""
    for close in range(at + 1, at + 6):
        if sentence.text(close) == ")":
            run = _end_of_name(sentence, close + 1)
            return _without_title(sentence, close + 1, run) if run > close + 1 else None
    return None


def person_after(sentence: Sentence, at: int) -> Person | None:
    """Whoever comes after “according to”, with an article in whichever case."""
    if sentence.is_in(at, sentence.tongue.prepositions) and not sentence.is_determiner(at):
        at += 1
    return person_from(sentence, at)


# Backwards


def person_to(sentence: Sentence, last: int, begin: int = 0) -> Person | None:
    """Whoever is named or described by the words that end with this one."""
    if last < begin or not sentence.is_word(last):
        return None
    if sentence.is_in(last, sentence.tongue.pronouns):
        return Person(last, last + 1)
    first = last
    while first > begin and _goes_back(sentence, first - 1):
        first -= 1
    # What it begins with is a determiner, a name or a noun; never “of”.
    while first < last and not _may_begin(sentence, first):
        first += 1
    person = person_from(sentence, first)
    if person and person.end == last + 1:
        return person
    return Person(first, last + 1) if sentence.is_noun(last) else None


def _goes_back(sentence: Sentence, at: int) -> bool:
    tongue = sentence.tongue
    if not sentence.is_word(at):
        return sentence.text(at) == "’"
    if sentence.is_determiner(at) or sentence.is_in(at, tongue.joining):
        return True
    return sentence.is_noun(at)


def _may_begin(sentence: Sentence, at: int) -> bool:
    if sentence.is_in(at, sentence.tongue.joining) and not sentence.is_name(at):
        return False
    return sentence.is_determiner(at) or sentence.is_noun(at)


def first_subject(sentence: Sentence, begin: int, end: int) -> Person | None:
    """Whoever a sentence is about: the first name, pronoun or description in no phrase of place or time."""
    at, is_free = begin, True
    while at < end:
        if not sentence.is_word(at):
            is_free = is_free or sentence.text(at) in ",:–—"
            at += 1
            continue
        if is_free and (person := _subject_at(sentence, at)) and person.first < end:
            return person
        is_free = _is_free_after(sentence, at, is_free)
        at += 1
    return None


def _subject_at(sentence: Sentence, at: int) -> Person | None:
    tongue = sentence.tongue
    is_pronoun = sentence.is_in(at, tongue.pronouns) and not sentence.is_in(at, tongue.relatives)
    is_noun = sentence.is_name(at) and not tongue.are_nouns_capital
    is_noun = is_noun or (
        tongue.are_nouns_capital and sentence.is_name(at) and _is_bare(sentence, at)
    )
    if not (is_pronoun or is_noun or sentence.is_determiner(at)):
        return None
    return person_from(sentence, at)


def _is_bare(sentence: Sentence, at: int) -> bool:
    """A German name has no adjective before it."""
    return at == 0 or not sentence.is_word(at - 1) or not sentence.is_noun(at - 1)


def _is_free_after(sentence: Sentence, at: int, is_free: bool) -> bool:
    """After a preposition comes its noun; after that noun, or a verb, somebody may."""
    tongue = sentence.tongue
    if sentence.is_in(at, tongue.prepositions | tongue.joining) or sentence.according(at):
        return False
    if sentence.is_verb(at) or sentence.is_in(at, tongue.conjunctions):
        return True
    return is_free
