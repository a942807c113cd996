"""What needs two different people, as a table: who may not do a thing because of what they did before.

An editor answers for every word; nobody answers to themselves. Each row is enforced by `barred()`, and
nowhere else: a new duty is a row, and a call where the thing is done.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from django.conf import settings


class Involved(Enum):
    """What somebody has done before, as the desk tells it to them."""

    WRITER = "you wrote this story"
    ASKER = "you asked for this"
    DECIDER = "you decided on this"


@dataclass(frozen=True)
class Duty:
    """One row: something that whoever was involved so leaves to another person."""

    name: str
    says: str  # what another editor does
    not_after: frozenset[Involved]
    # The codes of findings that are gone past by this duty, or how they begin.
    past: tuple[str, ...] = ()
    setting: str = ""  # by which a newsroom switches it off

    @property
    def is_on(self) -> bool:
        return not (self.setting and getattr(settings, self.setting))


_DUTIES = (
    Duty(
        "approve_anonymity",
        "decides on the anonymity of its sources",
        frozenset({Involved.WRITER, Involved.ASKER}),
    ),
    Duty(
        "confirm_anonymity",
        "confirms it for the standards desk",
        frozenset({Involved.WRITER, Involved.DECIDER}),
    ),
    Duty(
        "confirm_exhibit",
        "confirms that readers are shown it",
        frozenset({Involved.WRITER, Involved.DECIDER}),
    ),
    # Three typed reasons would otherwise do what the approval is for.
    Duty(
        "pass_anonymity",
        "goes past what the check says of anonymity",
        frozenset({Involved.WRITER, Involved.ASKER}),
        past=("anonymity-",),
    ),
    Duty(
        "pass_meaning",
        "finds a shortened quotation fair",
        frozenset({Involved.WRITER}),
        past=("quote-meaning-changed",),
    ),
    Duty(
        "pass_transcript",
        "decides between the words and their transcript",
        frozenset({Involved.WRITER}),
        past=("quote-not-in-transcript",),
    ),
    Duty("retract", "publishes the retraction", frozenset({Involved.ASKER})),
    Duty(
        "publish",
        "publishes it",
        frozenset({Involved.WRITER}),
        setting="WRITERS_MAY_PUBLISH",
    ),
)

DUTIES = {duty.name: duty for duty in _DUTIES}

# Whoever had a part, by the keys of their accounts.
Involvement = Mapping[Involved, Collection[int | None]]


def barred(duty: Duty, person: int, involvement: Involvement) -> str:
    """Why this person leaves it to another, in words for them; empty if they may do it."""
    if not duty.is_on:
        return ""
    had = [
        part for part in Involved if part in duty.not_after and person in involvement.get(part, ())
    ]
    if not had:
        return ""
    return f"{' and '.join(part.value for part in had).capitalize()}: another editor {duty.says}."


def duty_past(code: str) -> Duty | None:
    """The duty by which a finding with this code is gone past; None, if any editor may."""
    return next((duty for duty in _DUTIES if code.startswith(duty.past)), None)
