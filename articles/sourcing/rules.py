"""What a rule is, what it finds, and how a newsroom weighs it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sources.models import Comparison, Quote
from sources.prose.comparing.fairness import Turned
from sources.prose.reading.quotations import Quotation

from ..stages import Severity
from .checked_material import CheckedMaterial
from .examples import GOOD_EXAMPLES


class Edit(NamedTuple):
    """Words for a stretch of the body's plain text."""

    start: int
    end: int
    words: str


class Fix(NamedTuple):
    """A remedy at one press: what its button says, and what it writes into the body."""

    label: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Beside:
    """What the record says beside what is printed: a sentence of it, in pieces that are marked or not."""

    pieces: tuple[tuple[str, bool], ...]

    @classmethod
    def of(cls, recorded: str, turned: Turned) -> Beside:
        """The recorded sentence, with what is missing of it marked."""
        pieces, at = [], turned.start
        for start, end in turned.missing:
            pieces += [(recorded[at:start], False), (recorded[start:end], True)]
            at = end
        return cls(tuple(each for each in (*pieces, (recorded[at : turned.end], False)) if each[0]))

    def __str__(self) -> str:
        return "".join(words for words, _ in self.pieces)


Subject = tuple[str | int | None, ...]
THE_STORY: Subject = ()  # of a finding that is about the story as a whole


@dataclass(frozen=True)
class Found:
    """What a rule yields: a message for an editor and, where it has one, its place.

    `subject` is what it is about: words of the story or of the record, and rows by kind and key, as
    they are kept and not as the desk or readers are shown them. An editor's override holds as long
    as the subject is the same. `start` and `end` are offsets in the body's plain text; `remedy` names
    the part of the desk's page where it is mended; `interview` is the key of the one whose record
    the message tells, and `beside` words of it. `transcript` is what one has instead, for those alone
    who may open it.
    """

    message: str
    start: int | None = None
    end: int | None = None
    fix: Fix | None = None
    remedy: str = ""
    interview: int | None = None
    beside: Beside | None = None
    transcript: Comparison | None = None
    subject: Subject = field(kw_only=True)


@dataclass(frozen=True, kw_only=True)
class Finding(Found):
    """What a rule found, with its weight in this newsroom."""

    code: str
    severity: Severity
    practice: str
    repeats: int  # findings of the rule about the same subject that come before it in the story
    overridden: str = ""  # the reason of the editor who decided to publish past it

    @property
    def example(self) -> str:
        """How it reads where the rule is kept."""
        return GOOD_EXAMPLES.get(self.code, "")

    @property
    def is_overridable(self) -> bool:
        return self.severity is Severity.BLOCK

    @property
    def key(self) -> str:
        """What tells this finding from any other of the story, however its message is worded."""
        # Kept in every `Override`: were it made otherwise, all decisions on findings would lapse.
        known_by = json.dumps([self.code, *self.subject, self.repeats])
        return hashlib.sha256(known_by.encode()).hexdigest()[:16]


Check = Callable[[CheckedMaterial], Iterable[Found]]


@dataclass(frozen=True)
class Rule:
    code: str
    severity: Severity
    practice: str
    find: Check

    @property
    def weight(self) -> Severity:
        """The newsroom's own severity, or the default; what is absolute stays so."""
        if self.severity is Severity.ABSOLUTE:
            return self.severity
        return Severity(settings.SOURCING_RULES.get(self.code, self.severity))


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, practice: str) -> Callable[[Check], Check]:
    """Register a rule: its stable code, its default severity, the published practice behind it."""

    def register(find: Check) -> Check:
        RULES[code] = Rule(code, severity, practice, find)
        return find

    return register


# What rules have in common


def about(
    quotation: Quotation,
    found: str,
    todo: str,
    *also: str | int | None,
    fix: Fix | None = None,
    remedy: str = "",
    interview: int | None = None,
    transcript: Comparison | None = None,
) -> Found:
    """A finding whose subject is the words of a quotation, and what else it is about."""
    return Found(
        worded(found, quotation.words, todo),
        quotation.start,
        quotation.end,
        fix,
        remedy,
        interview=interview,
        transcript=transcript,
        subject=("quotation", quotation.words, *also),
    )


def worded(found: str, words: str | Iterable[str], todo: str) -> str:
    """What was found, the words that it is about, or several of them, and what to do."""
    each = [words] if isinstance(words, str) else words
    told = pgettext("between quoted words", "”, “").join(filter(None, map(quoted, each)))
    if not told:
        return f"{found}. {todo}"
    return _("%(found)s: “%(words)s”. %(todo)s") % {"found": found, "words": told, "todo": todo}


_LONGEST = 90  # characters that a message quotes
_OPENING, _CLOSING = '“„«"', '”“»"'
_SINGLE = str.maketrans('“”„«»"', "‘’‚‘’'")


def quoted(words: str) -> str:
    """Words to stand between marks of ours: without their own, single ones inside, and not too long."""
    bare = words.strip()
    if len(bare) > 1 and bare[0] in _OPENING and bare[-1] in _CLOSING:
        bare = bare[1:-1]
    bare = bare.rstrip(",.").translate(_SINGLE)
    return bare if len(bare) <= _LONGEST else f"{bare[: _LONGEST - 1]}…"


def recorded(quote: Quote) -> Subject:
    """The words on record, and whose they are."""
    return ("recorded", quote.words, quote.speaker_id)
