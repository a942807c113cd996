"""What a row of the table of languages says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from ..words_of_speech import word_set

_NEVER = re.compile(r"(?!)")

Phrases = frozenset[tuple[str, ...]]


class Script(Enum):
    """What the letters of a language tell."""

    LATIN = "latin"  # names have capitals
    ARABIC = "arabic"  # no capitals
    UNSPACED = "unspaced"  # no capitals and no blanks: what counts words counts characters
    OTHER = "other"  # known to be there, and read by nobody


@dataclass(frozen=True)
class Tongue:
    """A language: the small words that tell it, and the words by which its prose says who speaks.

    `is_read` is measured, not hoped for: at least 85 % of the speakers of the texts that it was
    tried on, which nobody who wrote the row had read.
    """

    code: str
    name: str
    small: frozenset[str] = frozenset()
    is_read: bool = False
    script: Script = Script.LATIN
    verbs: frozenset[str] = frozenset()  # finite verbs of speech
    participles: frozenset[str] = frozenset()  # after an auxiliary these are verbs of speech
    auxiliaries: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()  # “adding”: the subject is that of the sentence
    according: Phrases = frozenset()
    tails: Phrases = frozenset()  # “in chief”: part of a description
    in_view: Phrases = frozenset()  # “for”, where a clause begins: in the view of
    likening: frozenset[str] = frozenset()  # “as”, before a verb of speech
    reported: frozenset[str] = frozenset()  # verbs of reported speech: the speaker is the same
    afterwards: Phrases = frozenset()  # “… zufolge”: according to, after whoever it is
    determiners: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()  # “of”: a description goes on
    particles: frozenset[str] = frozenset()  # within a name
    conjunctions: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()  # also clitics: between a subject and its verb
    times: frozenset[str] = frozenset()  # nouns of time and of parts of a text: nobody
    titles: frozenset[str] = frozenset()  # with a capital, and no part of the name
    cues: frozenset[str] = frozenset()  # a title or a so-called word comes next
    finite: str = ""  # endings, as a pattern, by which a verb is told from a noun
    infinite: str = ""  # endings of participles and gerunds
    letters: str = ""  # that few others have
    are_nouns_capital: bool = False
    is_subject_dropped: bool = False  # a verb by itself has a subject: whoever spoke last
    is_incised: bool = False  # “…, dit-il. …” stands within the marks

    closed: frozenset[str] = field(init=False, default=frozenset())
    is_finite: re.Pattern[str] = field(init=False, default=_NEVER)
    is_infinite: re.Pattern[str] = field(init=False, default=_NEVER)

    def __post_init__(self) -> None:
        closed = self.prepositions | self.conjunctions | self.relatives | self.adverbs | self.small
        closed |= self.speaking | self.auxiliaries | self.pronouns | self.joining | self.reported
        object.__setattr__(self, "closed", closed)
        object.__setattr__(
            self, "is_finite", re.compile(rf"\w(?:{self.finite})\Z") if self.finite else _NEVER
        )
        object.__setattr__(
            self, "is_infinite", re.compile(rf"(?:{self.infinite})\Z") if self.infinite else _NEVER
        )


def forms(stems: str, endings: str) -> frozenset[str]:
    """Each stem with each ending; a hyphen is the empty one."""
    ends = ["" if each == "-" else each for each in endings.split()]
    return frozenset(stem + end for stem in stems.split() for end in ends)


def phrases(given: str) -> Phrases:
    """Phrases parted by commas, as their words."""
    return frozenset(tuple(each.split()) for each in given.split(","))


def words(*given: str | Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for each in given:
        found |= word_set(each) if isinstance(each, str) else set(each)
    return frozenset(found)
