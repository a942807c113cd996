"""An Arabic sentence, read from its first word to its last: who does what, and who says something."""

from __future__ import annotations

import re

from .according import OF_IT, WHAT, Accorded, according, is_suffixed
from .bounds import is_expressing, is_verb, stops
from .people import People, Person
from .words import (
    ARABIC,
    BODIES,
    CONNECTIVES,
    DOING,
    DONE,
    OBJECTS,
    OFFICES,
    PEOPLE,
    PRESENT,
    QUOTING,
    THAT,
    TITLES,
    Word,
    is_of_somebody,
    plain_words,
    role_of_somebody,
)

_RELATIVES = plain_words("الذي التي الذين اللذان اللتان اللذين اللواتي")
_THAT_ALONE = plain_words("أن بأن أنه أنها بأنه بأنها إن")
# “a statement of which the paper received a copy”
_RECEIVED = plain_words("تلقته تلقت تلقى تلقاه اطلعت اطلع حصلت حصل نشرته نشره أوردته نقلته بثته بثه وصلنا وصل تسلمت نقله أوردها نقلتها نشرتها بثتها نشرها تناقلته")  # fmt: skip
_HAD = plain_words("كان كانت كانوا قد فقد لقد سبق")
_OWN_WORDS = plain_words("قوله قولها قولهم تأكيده تأكيدها")
_TO_THE_EFFECT = plain_words("مفاده مفادها نصه نصها")
_SO_CALLED = plain_words("يسمى تسمى يعرف تعرف يدعى")
_ASKING = re.compile(r"[وف]?(?:طالب|ناشد|حث|حض)ت?\Z")
_ADDRESSING = re.compile(r"و?(?:حض|خاطب|طالب|ناشد|دعا|دعت|حث|هنا|شكر)ت?\Z")
_STATEMENT = plain_words("تصريح تصريحات بيان بيانا كلمة حديث مقابلة رسالة تصريحا حوار مقطع تغريدة تدوينة لقاء خطاب فيديو")  # fmt: skip
_AND = ("و", "ف")
_PRESENT_SHAPE = re.compile(r"[وف]?س?[يت]\w{2,}\Z")


class Clauses:
    """Reads on from word to word; asked at the end for whoever spoke last, or is spoken of."""

    def __init__(self, text: str, given: list[Word], people: People) -> None:
        self.text, self.given, self.people = text, given, people
        self.start = 0  # where the clause began that is being read
        self.opening: Person | None = None  # whoever the sentence is about
        self.subject: Person | None = None
        self.speaker: Person | None = None
        self.inner: Person | None = None  # whoever speaks within what is said
        self.relayed: Person | None = None  # “according to …”
        self.is_told = False  # is something said at all?
        self.is_within = False  # within “that …”
        self.is_nominal = False  # does the sentence begin with somebody, and not with a verb?
        self.fresh = 0  # where a clause begins though no mark stands before it
        self.is_inner_aside = False  # in a relative clause
        at = 0
        while at < len(given):
            at = max(at + 1, self._step(at))

    @property
    def told(self) -> Person | None:
        return self.speaker or (None if self.is_told else self.relayed)

    @property
    def nearest(self) -> Person | None:
        """Whoever is said to speak last; words behind a colon are never those of a relative clause."""
        if self.is_inner_aside and self.speaker and self.given[-1].plain == ":":
            return self.speaker
        return self.inner or self.told

    def words(self, person: Person | None) -> str | None:
        return person.words(self.text, self.given) if person else None

    # A step: returns the place to read on from

    def _step(self, at: int) -> int:
        word = self.given[at].plain
        if accorded := according(self.given, at, self.people):
            return self._accorded(accorded)
        if word in _RELATIVES:
            return self._relative(at)
        if at and word in _RECEIVED:
            return self._past_aside(at)
        if word in _OWN_WORDS or word.removeprefix("و") in QUOTING:
            return self._quoting(at)
        if is_suffixed(self.given[at]) or self._is_verb(at):
            return self._verb(at)
        if word in _TO_THE_EFFECT:
            self.is_told, self.speaker = True, self._author(at) or self.speaker or self.subject
        elif word.removeprefix("و") in ARABIC.speaking:
            self._speaking(at)
        elif self._begins(at):
            return self._clause(at)
        elif word in THAT or word.removeprefix("و") in THAT:
            self.is_within, self.start = True, at + 1
        return at + 1

    def _accorded(self, accorded: Accorded) -> int:
        if accorded.person and accorded.is_on_tongue:
            self.speaker, self.is_told = accorded.person, True
        elif accorded.person:
            self.relayed = accorded.person
        return accorded.end

    def _past_aside(self, at: int) -> int:
        """Past who received or published it, up to the next mark or “that”."""
        at += 1
        while at < len(self.given) and not (
            self._is_boundary(at)
            or self.given[at].plain in THAT
            or self.given[at].plain in ARABIC.speaking
        ):
            at += 1
        return at

    def _begins(self, at: int) -> bool:
        if self.given[at].is_mark or self.given[at].plain in CONNECTIVES:
            return False
        before = self.given[at - 1].plain if at else ""
        if self.given[at].plain in ("وكان", "وكانت") or at == self.fresh:
            return True
        return at == 0 or self._is_boundary(at - 1) or before in CONNECTIVES

    def _is_boundary(self, at: int) -> bool:
        return self.given[at].plain in "،,:؛;-–—"

    def _clause(self, at: int) -> int:
        """A verb of any kind with its subject, or a subject with which a sentence begins."""
        self.start = at if not self.is_within else self.start
        word = self.given[at].plain
        bare = word[1:] if word[:1] in _AND and len(word) > 3 else word
        if bare not in DOING and (stops(self.given, at) or self._is_owned(bare)):
            return at + 1
        if at and self.subject and word in OBJECTS:
            return at + 1  # “Roe noted, in his turn, the content of his party”
        if bare not in DOING and self._is_somebody(bare):
            # Between commas it stands beside somebody.
            is_beside = at > 0 and self.given[at - 1].plain in "،,"
            is_known = self.subject is not None or self.is_told
            person = None if is_beside and is_known else self.people.person(self.given, at)
            self.is_nominal = self.is_nominal or (at == 0 and person is not None)
            if person and self._goes_on_with_that(person):
                self.start = self.fresh = person.end + 1  # “it is strange that Roe …”
                return self.fresh
        else:
            person = self.people.subject(self.given, at + 1)
            person = (
                person if person and (person.is_sure or self._goes_on_with_had(person)) else None
            )
            self.start = person.at if person else self.start
        if person and not self.is_within and self._goes_on_with_that(person):
            # “the report registered that …”: any verb may be one of speech.
            self.is_told, self.speaker = True, person
        if person and not self.is_within:
            self.opening = self.opening or person
            self.subject = person
        return person.end if person else at + 1

    def _goes_on_with_that(self, person: Person) -> bool:
        return person.end < len(self.given) and self.given[person.end].plain in _THAT_ALONE

    def _goes_on_with_had(self, person: Person) -> bool:
        """“Roe had visited …”, “Roe turned to …”"""
        following = self.given[person.end].plain if person.end < len(self.given) else ""
        is_bare = not self.given[person.at].plain.startswith("ال")
        return following == "قد" or (is_bare and following in ("الى", "إلى", "برسالة"))

    def _is_owned(self, word: str) -> bool:
        """“his victory”: neither a verb nor anybody."""
        is_known = word in self.people.cast or role_of_somebody(word)
        return is_of_somebody(word) and not is_known

    def _is_somebody(self, word: str) -> bool:
        if word in DOING:
            return False  # “(he) met”, which begins like “the”
        known = word in OFFICES or word in TITLES or word in PEOPLE or word in BODIES
        return known or word.startswith("ال") or word in self.people.cast or role_of_somebody(word)

    # Verbs

    def _is_verb(self, at: int) -> bool:
        given = self.given
        return is_verb(given, at) or is_expressing(given, at) or self._is_between(at)

    def _is_between(self, at: int) -> bool:
        """“and Roe made plain that”: written like “between”."""
        if self.given[at].plain not in ("وبين", "بين", "وبينت") or not self._begins(at):
            return False
        following = self.given[at + 1].plain if at + 1 < len(self.given) else ""
        is_whose = following in OFFICES or following in TITLES
        return is_whose or any(each.plain in THAT for each in self.given[at + 1 : at + 9])

    def _verb(self, at: int) -> int:
        if self._is_aside(at):
            return self._aside(at)
        before = self._before(at)
        after = self._after(at) if before is None or self._is_faint(before) else None
        before = None if after else before
        own = before or self._first(at, after)
        if after is own and after and self._is_asked(at, after):
            own = None
        end = after.end if after else at + 1
        if self._is_within_what_is_said(at):
            self._say_within(at, own)
            return end
        self.is_within, self.is_told = False, True
        self.inner, self.is_inner_aside = None, False
        self.speaker = own or self._author(at) or self.subject
        self.subject = self.speaker
        self.opening = self.opening or own
        self.start = end
        return end

    def _is_asked(self, at: int, person: Person) -> bool:
        """“and called on the minister «to …»”: nothing stands between him and the words."""
        if self.given[at + 1].plain in OF_IT and (self.subject or self.speaker or self.relayed):
            return bool(_ADDRESSING.match(self.given[at].plain))  # “a talk in which he addressed”
        return bool(_ASKING.match(self.given[at].plain)) and person.end == len(self.given)

    def _is_faint(self, person: Person) -> bool:
        """One word, not known for anybody: it may be a small word that is in no list."""
        word = self.given[person.at].plain
        is_one = person.end == person.at + 1 and not word.startswith("ال")
        return is_one and not person.is_sure

    def _first(self, at: int, after: Person | None) -> Person | None:
        """“Roe Holt, a fisherman of the town, told a tale”: a sentence's first words, if nobody else."""
        is_as_for = at > 0 and self.given[0].plain in ("اما", "واما") and not self.is_told
        if is_as_for and (after is None or self.given[at].plain[0] == "ف"):
            return self.people.person(self.given, 1) or after
        word = self.given[at].plain
        if (after and after.is_sure) or self.is_told or self.subject or not at:
            is_led = self.is_nominal and not self.is_told and word[:1] != "و"
            return self.subject if is_led and not (after and after.is_sure) else after
        if after or word[:1] == "و" or self._is_no_name(0) or self._is_dated(at):
            return after
        return self.people.person(self.given, 0)

    def _is_dated(self, verb: int) -> bool:
        """“Harbour Town: …”, “Harbour Town - …”: where a story is from, before its first verb."""
        return 0 < verb < 4 and self.given[verb - 1].plain in ":-–—"

    def _is_no_name(self, at: int) -> bool:
        word = self.given[at].plain
        is_doing = word[:1] == "و" or _PRESENT_SHAPE.match(word) is not None
        return is_doing or stops(self.given, at) or self.people.is_object(self.given, at)

    def _say_within(self, at: int, own: Person | None) -> None:
        word = self.given[at].plain
        bare = word[1:] if word[:1] in _AND and word not in ARABIC.verbs else word
        if bare not in DONE and bare not in PRESENT and own is not None:
            self.inner = own

    def _is_within_what_is_said(self, at: int) -> bool:
        """Not “…, and he added”, which goes on with the sentence."""
        if not self.is_within or not self.is_told:
            return False
        word = self.given[at].plain
        is_joined = word[:1] == "و" and word not in ARABIC.verbs
        is_another = word in ("وصف", "وعد", "وجه", "ووصف", "ووعد") and self._is_boundary(at - 1)
        return not (is_joined or is_another)

    def _is_aside(self, at: int) -> bool:
        """“what Roe said”, “as Roe said”, “a film that Roe published”"""
        before = self.given[at - 1].plain if at else ""
        if before in WHAT:
            is_also = at == 1 or any(each.plain in THAT for each in self.given[at + 1 : at + 13])
            return not (before == "كما" and is_also)  # “also described Roe the plan as”
        return is_suffixed(self.given[at]) and self.given[at].plain[:1] not in _AND

    def _aside(self, at: int) -> int:
        own = self._after(at)
        before = self.given[at - 1].plain if at else ""
        if own is None:
            # “…, which he called «…»”
            self.is_told, self.speaker = True, self.speaker or self.subject
            return at + 1
        if before in WHAT or before in _RELATIVES or at == 0 or self.given[at - 1].is_mark:
            self.relayed = own
        return own.end

    def _after(self, at: int) -> Person | None:
        if self.given[at].plain.endswith("وا"):
            return None  # “they said”: whoever they are, they do not follow
        place = self._past_small(at + 1)
        if place < len(self.given) and self.given[place].plain in _HAD:
            return None
        if place >= len(self.given):
            return None
        return self.people.within_marks(self.given, place) or self.people.subject(self.given, place)

    def _past_small(self, at: int) -> int:
        """Past “to us”, “yesterday” and “in his turn”."""
        given = self.given
        while at < len(given):
            word = given[at].plain
            if word in ("ل", "لـ") and at + 1 < len(given) and given[at + 1].is_mark:
                at = self._past_marks(at + 1)
            elif word in ARABIC.adverbs or word in _SMALL:
                at += 1
            elif (word == "ما" and at + 1 < len(given) and given[at + 1].plain in _SO_CALLED) or (
                word == "كل" and at + 1 < len(given) and given[at + 1].plain == "من"
            ):
                at += 2
            else:
                break
        return at

    def _past_marks(self, at: int) -> int:
        for close in range(at + 1, min(len(self.given), at + 7)):
            if self.given[close].is_mark:
                return close + 1
        return at + 1

    def _before(self, at: int) -> Person | None:
        """“Roe said”: the subject with which the clause begins, right before its verb."""
        word = self.given[at].plain
        is_joined = word[:1] == "و" and word not in ARABIC.verbs
        if at == 0 or is_joined or word[:2] in ("لي", "لت"):
            return None
        begin = self.start
        while begin < at and self._is_no_subject(begin):
            begin += 1
        if begin == at or self.people.is_object(self.given, begin):
            return None
        person = self.people.person(self.given, begin)
        return person if person and self._leads_to(person, at) else None

    def _is_no_subject(self, at: int) -> bool:
        word = self.given[at]
        return word.is_mark or word.plain in CONNECTIVES or word.plain in _HAD

    def _leads_to(self, person: Person, verb: int) -> bool:
        if self.given[person.at].plain in DOING:
            return False
        if all(self._is_small(place) for place in range(person.end, verb)):
            return True
        # “Roe, who is …, said”: what stands between is set apart.
        is_apart = self.given[person.end].plain in "،," and self._is_boundary(verb - 1)
        # But not “Harbour Town (The Post) - …”, where a story is from.
        is_dated = self.given[verb - 1].plain in "-–—" and person.at == 0
        is_apart = is_apart or (self.given[person.end].plain == "(" and not is_dated)
        return is_apart and (person.is_sure or person.at == 0)

    def _is_small(self, at: int) -> bool:
        return self.given[at].plain in _HAD or self.given[at].plain in ARABIC.adverbs

    def _author(self, at: int) -> Person | None:
        """“statements of Roe in which he said”"""
        following = self.given[at + 1].plain if at + 1 < len(self.given) else ""
        if following not in OF_IT and self.given[at].plain not in _TO_THE_EFFECT:
            return None
        for place in range(at - 1, max(-1, at - 21), -1):
            if self.given[place - 1].plain in _STATEMENT and place and not self.subject:
                person = self.people.person(self.given, place)
                if person and person.is_sure:
                    return person  # “after a talk of the minister …, and he said in it”
            before = {each.plain for each in self.given[max(0, place - 2) : place]}
            if self.given[place].plain.startswith("ل") and not before.isdisjoint(_STATEMENT):
                return self.people.person(self.given, place, is_after_to=True)
        return None

    def _speaking(self, at: int) -> None:
        if not self.is_told:
            self.is_told, self.speaker = True, self.subject
        elif self.inner is None:
            self.speaker = self.speaker or self.subject

    # Words of others

    def _relative(self, at: int) -> int:
        """“the party, which said”: whoever it follows; “the words that Roe said” leave all as it was."""
        verb = at + 1
        while verb < len(self.given) and self.given[verb].plain in _HAD:
            verb += 1
        if verb >= len(self.given) or not is_verb(self.given, verb):
            return at + 1
        own = self._after(verb)
        if own and own.is_sure:
            self.inner = self.inner if self.is_told else own
            self.is_told = True
            return own.end
        if verb + 1 < len(self.given) and self.given[verb + 1].plain in OF_IT:
            self.is_told = True  # “the first time that he called it in it”
            return verb + 1
        if own:
            return own.end
        before = self._antecedent(at) if self._agrees(at, verb) else None
        if before:
            self.inner, self.is_inner_aside = before, True
        self.is_told = True
        return verb + 1

    def _agrees(self, at: int, verb: int) -> bool:
        """“the body that (he) said”: of another gender, it is not the body that said it."""
        word = self.given[verb].plain
        is_female = word.endswith("ت") or word.startswith(("ت", "ست"))
        return self.given[at].plain not in ("الذي", "التي") or (
            is_female == (self.given[at].plain == "التي")
        )

    def _antecedent(self, at: int) -> Person | None:
        last = at - 1 if at and self._is_boundary(at - 1) else at
        first = self._back_past_marks(last)
        while first > 0 and not stops(self.given, first - 1) and last - first < 6:
            first -= 1
            if self.given[first].plain.startswith("و") and first < last - 1:
                break
        return self.people.person(self.given, first) if first < last else None

    def _back_past_marks(self, at: int) -> int:
        if at and self.given[at - 1].plain in '"”»':
            for place in range(at - 2, max(-1, at - 8), -1):
                if self.given[place].is_mark:
                    return place
        return at

    def _quoting(self, at: int) -> int:
        """“quoted from the minister his words”: عن الوزير قوله, نقلت الوكالة عن الوزير أن."""
        for place in range(at - 1, max(-1, at - 13), -1):
            if self.given[at].plain in _OWN_WORDS and self.given[place].plain in (
                "عن",
                "الى",
                "إلى",
            ):
                self.speaker = self.people.person(self.given, place + 1) or self.speaker
                self.is_told, self.inner = True, None
                return at + 1
        for place in range(at + 1, min(len(self.given), at + 9)):
            is_from = self.given[place].plain == "عن"
            if is_from and (person := self.people.person(self.given, place + 1)):
                self.speaker, self.is_told, self.inner = person, True, None
                return person.end
        return at + 1


_SMALL = plain_words("له لها لهم لنا لي به عنه عنها بدوره بدورها فيه فيها إليه إليهم عليه عليها أن قد") - {"ان"}  # fmt: skip
