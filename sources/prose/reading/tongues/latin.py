"""The reader of languages in which capitals tell names: what one sentence says of who speaks."""

from __future__ import annotations

import re
from collections import Counter

from .people import first_subject, person_after, person_from, person_to
from .row import Tongue
from .said import Said, Subject
from .sentence import Person, Sentence, sentences, words_of

_DASHES = "—–-"
# Capitals after a small letter or a comma.
_WITHIN = re.compile(r"(?<=[a-zà-ž,] )[^\W\d_a-zà-öø-ÿ][\w’-]+")
_INCISED = ",—–-.?!…»"


def names_in(lines: list[str]) -> Counter[str]:
    """How often each word has a capital within the sentences of a story."""
    return Counter(name.casefold() for line in lines for name in _WITHIN.findall(line))


class Latin:
    """A row of the table, by which sentences are read."""

    def __init__(self, tongue: Tongue, lines: list[str]) -> None:
        self.tongue = tongue
        within = (name for line in lines for name in _WITHIN.findall(line))
        self.names = frozenset(within)

    def sentences(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        parted = sentences(words_of(text, start, end))
        return [(each[0].start, each[-1].end) if each else (end, end) for each in parted]

    def after(self, text: str, start: int, end: int) -> Said | None:
        """What follows a quotation in its sentence: “…”, said so and so."""
        sentence = self._sentence(text, start, end)
        at = 0
        while sentence.text(at) in (*",)", *_DASHES):
            at += 1
        if at >= len(sentence):
            return None
        if sentence.is_in(at, self.tongue.likening) and not sentence.according(at):
            at += 1
        said = self._following(sentence, at)
        if said is None and (at or text[start - 2 : start - 1] in (",", "!", "?")):
            said = self._any_verb(sentence, at)
        return said.found(sentence, text) if said else self._behind(sentence, text, at)

    def _any_verb(self, sentence: Sentence, at: int) -> _Read | None:
        """“…”, VERB so and so: right behind a comma a small word of no other kind is a verb."""
        while self._is_clitic(sentence, at) or sentence.is_auxiliary(at):
            at += 1
        word = sentence.lower(at)
        is_open = sentence.is_noun(at) or self.tongue.is_finite.search(word)
        if not is_open or sentence.is_capital(at) or self.tongue.is_infinite.search(word):
            return None
        behind = at + 1
        while sentence.is_noun(behind) and not sentence.is_capital(behind) and behind < at + 3:
            behind += 1  # kroutí hlavou
        person = self._inverted(sentence, behind - 1) or self._inverted(sentence, at)
        if person:
            return _Read(person, is_sure=True)
        is_whole = self.tongue.is_subject_dropped and not sentence.is_word(at + 1)
        return _Read(None) if is_whole else None

    def _behind(self, sentence: Sentence, text: str, begin: int) -> Said | None:
        """“…” and so on, said so and so."""
        for at in range(begin, len(sentence)):
            length = sentence.according(at) if at > begin else 0
            if length and (person := person_after(sentence, at + length)):
                return _Read(person).found(sentence, text, is_joined=False)
            if not (sentence.text(at - 1) == "," or sentence.is_in(at - 1, self.tongue.relatives)):
                continue
            said = self._following(sentence, at)
            if said and said.person and said.is_sure:
                return said.found(sentence, text, is_joined=False)
        return None

    def _following(self, sentence: Sentence, at: int) -> _Read | None:
        if length := sentence.according(at, is_clause=False):
            person = person_after(sentence, at + length)
            return _Read(person) if person else None
        verb = self._verb_from(sentence, at)
        if verb is not None:
            return _Read(self._inverted(sentence, verb), is_sure=True)
        person = person_from(sentence, at)
        if person is None:
            return None
        if sentence.afterwards(person.end):
            return _Read(person)
        verb = self._verb_from(sentence, person.end)
        return _Read(person, is_sure=True) if verb is not None else None

    def _verb_from(self, sentence: Sentence, at: int) -> int | None:
        """Where a verb of speech begins here, past auxiliaries, clitics and adverbs; its last word."""
        tongue, before = self.tongue, at
        while sentence.is_auxiliary(at) or sentence.is_in(at, tongue.adverbs):
            at += 1
        if at > before and sentence.is_in(at, tongue.pronouns) and sentence.is_auxiliary(at - 1):
            behind = at + 1
            while sentence.is_in(behind, tongue.adverbs):
                behind += 1
            if sentence.is_in(behind, tongue.participles):
                return behind
        return at if sentence.is_verb(at) else None

    def _inverted(self, sentence: Sentence, verb: int) -> Person | None:
        """Whoever stands behind their verb: said so and so; said on Monday so and so."""
        before = verb - 1
        while sentence.is_in(before, self.tongue.adverbs):
            before -= 1
        if sentence.is_in(before, self.tongue.pronouns) and sentence.is_auxiliary(before - 1):
            return Person(before, before + 1)  # a-t-il ajouté
        at = self._past_adverbs(sentence, verb + 1)
        if not self._is_phrase(sentence, at):
            return person_from(sentence, at)
        return self._past_phrases(sentence, at)

    def _past_adverbs(self, sentence: Sentence, at: int) -> int:
        tongue = self.tongue
        while True:
            if (
                sentence.is_in(at, tongue.adverbs | tongue.speaking)
                and not self._is_object(sentence, at)
            ) or sentence.is_in(at, tongue.times):
                at += 1
            elif sentence.is_determiner(at) and sentence.is_in(at + 1, tongue.times):
                at += 2
            else:
                return at

    def _is_object(self, sentence: Sentence, at: int) -> bool:
        """“o”, “la” and “le” are articles before a noun."""
        is_article = sentence.is_determiner(at) or sentence.is_in(at, self.tongue.pronouns)
        return is_article and (sentence.is_noun(at + 1) or not sentence.is_word(at + 1))

    def _is_phrase(self, sentence: Sentence, at: int) -> bool:
        is_article = sentence.is_determiner(at) and not self.tongue.are_nouns_capital
        return sentence.is_in(at, self.tongue.prepositions) and not is_article

    def _past_phrases(self, sentence: Sentence, at: int) -> Person | None:
        """Whoever comes after “on Monday” and “to the BBC”: a new article, or a name."""
        is_named = False
        while sentence.is_word(at):
            if (past := self._past_adverbs(sentence, at)) > at:
                at, is_named = past, True
            elif self._is_phrase(sentence, at):
                at, is_named = at + 1, False
                while sentence.is_determiner(at) and not self._is_phrase(sentence, at):
                    at += 1
            elif (sentence.is_determiner(at) and is_named) or (
                sentence.is_name(at) and is_named and not sentence.is_name(at - 1)
            ):
                return person_from(sentence, at)
            elif sentence.is_in(at, self.tongue.joining):
                at, is_named = at + 1, False
            elif sentence.is_noun(at) or sentence.text(at).isdigit():
                at, is_named = at + 1, True
            else:
                return None
        return None

    # Before a quotation

    def before(self, text: str, start: int, end: int) -> Said | None:
        """Who is said to speak in a sentence, or in the beginning of one that a quotation ends."""
        sentence = self._sentence(text, start, end)
        read = self._said_in(sentence, len(sentence))
        if read is None and any(
            sentence.is_in(at, self.tongue.reported) for at in range(len(sentence))
        ):
            return Said(None)
        return read.found(sentence, text) if read else None

    def _said_in(self, sentence: Sentence, end: int) -> _Read | None:
        for at in range(end - 1, -1, -1):
            if sentence.is_verb(at):
                if (read := self._subject_of(sentence, at)) is not None:
                    return read
            elif length := sentence.according(at):
                person = person_after(sentence, at + length)
                if person:
                    return _Read(person)
            elif sentence.afterwards(at) and (person := person_to(sentence, at - 1)):
                return _Read(person)
            elif sentence.is_in(at, self.tongue.speaking):
                return self._said_in(sentence, at) or _Read(first_subject(sentence, 0, at))
        return None

    def _subject_of(self, sentence: Sentence, verb: int) -> _Read | None:
        at = verb - 1
        while sentence.is_auxiliary(at) or self._is_clitic(sentence, at):
            at -= 1
        if sentence.is_in(at, self.tongue.pronouns) and sentence.is_auxiliary(at - 1):
            return _Read(Person(at, at + 1))  # a-t-il ajouté
        if self.tongue.are_nouns_capital and (person := self._second(sentence, verb, at)):
            return _Read(person)
        if at < 0:
            return _Read(self._inverted(sentence, verb))
        if sentence.is_in(at, self.tongue.relatives):
            place = at - 2 if sentence.text(at - 1) == "," else at - 1
            return self._antecedent(sentence, place, at)
        if sentence.is_in(at, self.tongue.conjunctions):
            said = self._said_before(sentence, at)
            return said if said.person else _Read(self._inverted(sentence, verb))
        if not sentence.is_word(at):
            return self._past_bracket(sentence, verb, at)
        return self._named_before(sentence, verb, at)

    def _antecedent(self, sentence: Sentence, place: int, at: int) -> _Read:
        """“Roe, who said”; but not the time of “at the time that”."""
        person = person_to(sentence, place)
        if person and self._is_governed(sentence, person.first):
            person = None
            if self.tongue.is_subject_dropped:
                return _Read(None)
        verb = at + 1
        while self._is_clitic(sentence, verb) or sentence.is_auxiliary(verb):
            verb += 1
        return _Read(person or self._inverted(sentence, verb) or first_subject(sentence, 0, at))

    def _is_clitic(self, sentence: Sentence, at: int) -> bool:
        return sentence.is_in(at, self.tongue.adverbs)

    def _second(self, sentence: Sentence, verb: int, at: int) -> Person | None:
        """The German verb is second: behind it stands the subject if what leads up is none."""
        behind = self._past_adverbs(sentence, verb + 1)
        if sentence.is_in(behind, self.tongue.pronouns) and not sentence.is_noun(behind + 1):
            return Person(behind, behind + 1)
        leads = self._leads(sentence, at) or (
            at >= 0
            and person_to(sentence, at) is not None
            and not self._begins_phrase(sentence, at)
        )
        if leads or self._is_phrase(sentence, behind):
            return None
        return person_from(sentence, behind)

    def _leads(self, sentence: Sentence, at: int) -> bool:
        """“Roe, der Minister, sagte”: the sentence begins with its subject, and commas come after."""
        if sentence.text(at) != "," or sentence.is_in(0, self.tongue.conjunctions):
            return False
        person = person_from(sentence, 0)
        is_subject = person is not None and not sentence.is_in(0, self.tongue.prepositions)
        return is_subject and not sentence.is_verb(0)

    def _begins_phrase(self, sentence: Sentence, at: int) -> bool:
        """Does the clause that ends here begin with a preposition?"""
        begin = at
        while begin > 0 and sentence.is_word(begin - 1):
            begin -= 1
        return self._is_phrase(sentence, begin) or sentence.is_in(begin, self.tongue.adverbs)

    def _said_before(self, sentence: Sentence, at: int) -> _Read:
        """“nodded and said”: the subject of what the “and” goes on."""
        begin = self._clause_begin(sentence, at)
        person = first_subject(sentence, begin, at) or first_subject(sentence, 0, at)
        return _Read(person)

    def _clause_begin(self, sentence: Sentence, at: int) -> int:
        for place in range(at - 1, -1, -1):
            if sentence.text(place) in (",", ":", "–", "—"):
                return place + 1
        return 0

    def _past_bracket(self, sentence: Sentence, verb: int, at: int) -> _Read | None:
        """“Roe, the mayor, said”; “On Monday, said Roe”."""
        behind = self._inverted(sentence, verb)
        person = first_subject(sentence, 0, at)
        if behind and (person is None or behind.is_name or behind.end - behind.first == 1):
            return _Read(behind)
        return _Read(person or behind)

    def _named_before(self, sentence: Sentence, verb: int, at: int) -> _Read | None:
        begin = self._clause_begin(sentence, at + 1)
        person = person_to(sentence, at, begin)
        if person and self._is_relative_clause(sentence, person):
            person = person_to(sentence, person.first - 2) or person
        is_object = person and self._is_governed(sentence, person.first)
        if person and not is_object:
            return _Read(person)
        if self.tongue.is_subject_dropped or person is None:
            behind = self._inverted(sentence, verb)
            if behind and behind.is_name:
                return _Read(behind)
        return _Read(first_subject(sentence, begin, at + 1) or first_subject(sentence, 0, at + 1))

    def _is_relative_clause(self, sentence: Sentence, person: Person) -> bool:
        """“the body that defends Roe said”: what begins after “that” is a verb."""
        is_verb = sentence.is_noun(person.first) and not sentence.is_capital(person.first)
        return is_verb and sentence.is_in(person.first - 1, self.tongue.relatives)

    def _is_governed(self, sentence: Sentence, first: int) -> bool:
        before = first - 1
        return sentence.is_in(before, self.tongue.prepositions | self.tongue.joining)

    # A sentence without a verb of speech

    def subject(self, text: str, start: int, end: int) -> Subject | None:
        """Whoever a sentence is about."""
        sentence = self._sentence(text, start, end)
        person = first_subject(sentence, 0, len(sentence))
        found = _Read(person).found(sentence, text).speaker
        return Subject(found, person.is_name) if person and found else None

    def told(self, text: str, start: int, end: int) -> Said | None:
        """Who is said to speak in a whole sentence."""
        return self.before(text, start, end)

    def within(self, text: str, start: int, end: int) -> Said | None:
        """“…, dit-il. …”: who speaks, told within the marks."""
        if not self.tongue.is_incised:
            return None
        sentence = self._sentence(text, start, end)
        for at in range(1, len(sentence)):
            if sentence.text(at - 1) not in _INCISED:
                continue
            verb = self._verb_from(sentence, at)
            if verb is not None and (person := self._inverted(sentence, verb)):
                is_whole = not sentence.is_word(person.end) or not person.is_name
                is_pronoun = person.end - person.first == 1 and person.first == verb + 1
                if is_pronoun or is_whole:
                    return _Read(person).found(sentence, text)
        return None

    def is_label(self, text: str, segment: tuple[int, int], marks: tuple[int, int]) -> bool | None:
        return None

    def is_cue(self, text: str, start: int, end: int) -> bool:
        sentence = self._sentence(text, start, end)
        return any(
            sentence.is_in(at, self.tongue.cues) for at in range(len(sentence) - 2, len(sentence))
        )

    def _sentence(self, text: str, start: int, end: int) -> Sentence:
        return Sentence(words_of(text, start, end), self.tongue, self.names)


class _Read:
    """Whom a sentence says to speak; nobody, where its verb has no subject."""

    def __init__(self, person: Person | None, is_sure: bool = False) -> None:
        self.person = person
        self.is_sure = is_sure

    def found(self, sentence: Sentence, text: str, is_joined: bool = True) -> Said:
        if self.person is None:
            return Said(None, is_joined)
        first, last = sentence.words[self.person.first], sentence.words[self.person.end - 1]
        return Said(text[first.start : last.end], is_joined, self.person.is_name)
