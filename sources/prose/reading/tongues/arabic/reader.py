"""The reader of Arabic: the verb comes first, no capitals tell names, and a verb may be its own subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..row import Tongue
from ..said import Said, Subject
from .according import according
from .bounds import is_verb
from .clauses import Clauses
from .labels import RULES_OUT, cue, is_body, is_heard, is_somebodys
from .people import People, Person
from .words import (
    ARABIC,
    BODIES,
    OFFICES,
    PEOPLE,
    SIGNALS,
    THAT,
    TITLES,
    Word,
    plain_words,
    words_of,
)

# No sentence ends with “Dr.”, and none within a number.
_SENTENCE = re.compile(r"(?:[^.!؟?…]|(?<=\b[^\W\d_])\.(?=\s?\w)|\.(?=\d))*(?:[.!؟?…]+|\Z)")
_SPEAKS = re.compile(r"[\"“”«][^\"“”»]{1,40}[\"“”»],? (?:إن|أن|ان|إلى|الى|على|عن) ")
# “thus does the fisherman describe it”, “this is what the mayor announced”
_THUS = plain_words("هكذا هذا هذه ما كما بهذه الكلمات العبارة العبارات لقد قد بذلك بهذا هي هو كلمات عبارة جملة")  # fmt: skip
_MARKS_BETWEEN = ("،", ",", "-", "–", "—", ")", ".")
_WINDOW = 600  # characters of a sentence before a phrase
_SHORT = 3  # words
_TITLE = 6  # words


class Arabic:
    def __init__(self, tongue: Tongue, lines: Iterable[str] = ()) -> None:
        self.tongue = tongue
        self.people = People(_cast(lines))

    def sentences(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        parted = [match.span() for match in _SENTENCE.finditer(text, start, end) if match[0]]
        # The last may be unfinished, and it may be empty.
        if not parted or text[parted[-1][1] - 1] in ".!؟?…":
            parted.append((end, end))
        return parted

    def after(self, text: str, start: int, end: int) -> Said | None:
        given = words_of(text, start, end)
        at = 0
        while at < len(given) and given[at].plain in _MARKS_BETWEEN:
            at += 1
        begin = at
        while at < len(given) and given[at].plain in _THUS:
            at += 1
        # With “and” before it, a verb begins another sentence.
        if at < len(given) and (given[at].plain in self.tongue.verbs or at > begin + 1):
            person = self.people.subject(given, at + 1)
            if person or given[at].plain in self.tongue.verbs:
                words = person.words(text, given) if person else None
                # Without a comma, it may as well be what the quoted words do.
                return Said(words, is_name=True, is_relayed=begin == 0)
        return self._according(text, given, begin)

    def _according(self, text: str, given: list[Word], begin: int) -> Said | None:
        """“…, according to Roe”: right behind it, or after a comma."""
        for at in range(begin, len(given)):
            if at > begin and given[at - 1].plain not in ("،", ",", "وذلك"):
                continue
            accorded = according(given, at, self.people)
            if accorded and accorded.person:
                words = accorded.person.words(text, given)
                return Said(words, at == begin, is_name=True, is_relayed=True)
        return None

    def before(self, text: str, start: int, end: int) -> Said | None:
        given = words_of(text, start, end)
        clauses = Clauses(text, given, self.people)
        said = self._said(clauses, clauses.nearest)
        if said is None and any(word.plain in THAT for word in given[-3:]):
            # “that”: somebody is said to have said it.
            return Said(clauses.words(clauses.subject), is_joined=False, is_name=True)
        return said

    def _said(self, clauses: Clauses, person: Person | None) -> Said | None:
        if person is None:
            return Said(None) if clauses.is_told else None
        return Said(clauses.words(person), is_name=True)

    def told(self, text: str, start: int, end: int) -> Said | None:
        """In a whole sentence: whoever speaks in its main clause, and not within what is said."""
        given = words_of(text, start, end)
        clauses = Clauses(text, given, self.people)
        person = clauses.told
        if person is None and (about := self._as_for(given)):
            return Said(about.words(text, given), is_name=True)  # and goes on to speak
        is_vague = person is not None and person is clauses.relayed and not person.is_sure
        return None if is_vague else self._said(clauses, person)

    def _as_for(self, given: list[Word]) -> Person | None:
        """“As for Roe”"""
        is_as_for = bool(given) and given[0].plain in ("اما", "واما")
        return self.people.person(given, 1) if is_as_for else None

    def subject(self, text: str, start: int, end: int) -> Subject | None:
        """Whoever a sentence is about, or is named by itself before a colon."""
        given = words_of(text, start, end)
        is_led = bool(given) and given[-1].plain == ":" and len(given) < 8
        if is_led and given[0].plain[0] != "و":
            person, is_name = self.people.person(given, 0), True
        else:
            person = Clauses(text, given, self.people).opening
            is_name = person is not None and person.is_sure
        return Subject(person.words(text, given), is_name=is_name) if person else None

    def within(self, text: str, start: int, end: int) -> Said | None:
        return None

    def is_cue(self, text: str, start: int, end: int) -> bool:
        given = words_of(text, start, end)
        # “The Harbour Post” said that …: the quoted words are who speaks.
        is_speaker = bool(given) and is_verb(given, len(given) - 1)
        is_speaker = is_speaker and not RULES_OUT.match(given[-1].plain)
        return cue(given) or (is_speaker and bool(_SPEAKS.match(text, end)))

    def is_label(self, text: str, segment: tuple[int, int], marks: tuple[int, int]) -> bool | None:
        """Of a few words within marks: are they no speech? None where that is for others to say."""
        quoted = words_of(text, *segment)
        opened, closed = marks
        start = self.sentences(text, max(0, opened - _WINDOW), opened)[-1][0]
        given = words_of(text, start, opened)
        length = len(text[slice(*segment)].split())
        if given and _names_holder(Clauses(text, given, self.people), length):
            return True
        if given and length <= _TITLE and self.is_cue(text, start, opened):
            return True
        if given and quoted and length <= _TITLE and is_body(given[-1], quoted):
            return True
        if length > _SHORT:
            return False
        if length == 1 and quoted and quoted[0].plain in SIGNALS:
            return True
        if not given or given[-1].plain == ":" or not quoted:
            return None
        clauses = Clauses(text, given, self.people)
        if clauses.is_told and _names_body(clauses):
            return True
        if clauses.is_told and given[-1].plain != "ل" and is_heard(given):
            return True
        if clauses.is_told:
            return not is_somebodys(given, quoted, words_of(text, closed, closed + 60))
        return True if is_heard(given) else None


def _names_body(clauses: Clauses) -> bool:
    """“the Harbour Company «Pell» announced”: words right behind a body that speaks."""
    given, speaker = clauses.given, clauses.speaker
    if speaker is None or speaker.end < len(given) or speaker.end - speaker.at < 2:
        return False
    return given[speaker.at].plain in BODIES


def _names_holder(clauses: Clauses, length: int) -> bool:
    """“the spokesman of the group «Roe Holt» said”: a name right behind an office without one."""
    given, speaker = clauses.given, clauses.speaker
    if speaker is None or speaker.end < len(given) or not 2 <= length <= 4:
        return False
    is_office = given[speaker.at].plain in OFFICES or given[speaker.at].plain in TITLES
    return is_office and speaker.end - speaker.at > 2 and speaker.first == speaker.at


def _cast(lines: Iterable[str]) -> Iterator[str]:
    """The last words of names that stand between a verb of speech and a small word or a mark."""
    plainly = People()
    told: set[str] = set()
    for line in lines:
        given = words_of(line, 0, len(line))
        for at in range(len(given) - 1):
            if is_verb(given, at) and (person := plainly.subject(given, at + 1)):
                last = given[person.end - 1].plain
                if person.end - person.first <= 3 and not last.startswith("ال"):
                    told.add(last)
    known = OFFICES | PEOPLE | BODIES | ARABIC.prepositions
    return (word for word in told if word not in known)
