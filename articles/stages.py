"""The workflow as two tables: the stages of a story, and every move between them.

What the desk knows of a stage stands on its row. `publishing/workflow.py` enforces the moves; an unusual move
is another row with its own permission.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext as _


class Stage(TextChoices):
    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "submitted"
    SENT_BACK = "sent_back", "sent back"
    APPROVED = "approved", "approved"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "published"
    SPIKED = "spiked", "spiked"


class Hands(StrEnum):
    """Whose a story is."""

    WRITER = auto()
    EDITORS = auto()
    READERS = auto()
    NOBODY = auto()


@dataclass(frozen=True)
class Standing:
    """One row: how a story stands in a stage."""

    stage: Stage
    in_hands_of: Hands
    listed_as: str  # the title of its list on the desk's first page
    word: str  # beside a story
    mark: str  # of the desk's drawn marks
    listed_for: timedelta | None = None  # after its last change; for good, if nothing is said
    is_timed: bool = False  # it waits for its time, and is due then


# In the order in which somebody has to act.
_STAGES = (
    Standing(Stage.SENT_BACK, Hands.WRITER, "Sent back", "Sent back", "back"),
    Standing(
        Stage.SUBMITTED, Hands.EDITORS, "Waiting for an editor", "With the editor", "submitted"
    ),
    Standing(Stage.APPROVED, Hands.EDITORS, "Approved", "Approved", "approved"),
    Standing(Stage.DRAFT, Hands.WRITER, "Drafts", "Draft", "draft"),
    Standing(Stage.SCHEDULED, Hands.EDITORS, "Scheduled", "Scheduled", "scheduled", is_timed=True),
    Standing(Stage.PUBLISHED, Hands.READERS, "Published lately", "Published", "published"),
    Standing(
        Stage.SPIKED,
        Hands.NOBODY,
        "Spiked lately",
        "Spiked",
        "spiked",
        listed_for=timedelta(days=30),
    ),
)

STAGES = {row.stage: row for row in _STAGES}


def _in_hands_of(*hands: Hands) -> frozenset[Stage]:
    return frozenset(row.stage for row in _STAGES if row.in_hands_of in hands)


IN_WRITERS_HANDS = _in_hands_of(Hands.WRITER)
IN_EDITORS_HANDS = _in_hands_of(Hands.EDITORS)
UNDER_WAY = IN_WRITERS_HANDS | IN_EDITORS_HANDS  # on its way to readers
GIVEN_UP = _in_hands_of(Hands.NOBODY)
TIMED = frozenset(row.stage for row in _STAGES if row.is_timed)


class Severity(StrEnum):
    """How much a finding of the sourcing check weighs."""

    ABSOLUTE = "absolute"
    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"

    @property
    def label(self) -> str:
        """What an editor reads."""
        return {
            Severity.ABSOLUTE: _("Cannot be published:"),
            Severity.BLOCK: _("Stops publication:"),
            Severity.WARN: _("Look at this:"),
            Severity.NOTE: _("A remark:"),
        }[self]


@dataclass(frozen=True)
class Move:
    """One row: a move from stage to stage."""

    name: str
    label: str
    done: str  # how the desk reports it: “The story was …”
    from_stages: frozenset[Stage]
    to: Stage
    permission: str = ""  # empty: the worker's own move
    is_button: bool = True  # offered on the story's page on the desk
    needs_reason: bool = False
    goes_back: bool = False  # takes it back, holds it up or gives it up: never the next step
    makes_writer: bool = False  # whoever makes it is one of the story's writers from then on
    wants_another: bool = False  # than its writers: see duties.py
    is_door: bool = False  # composes a Version; publishing/door.py alone makes these
    takes_text: bool = False  # the working copy, as it stands, becomes what readers see
    # Findings of these severities stop the move.
    stopped_by: frozenset[Severity] = frozenset()

    @property
    def needs_time(self) -> bool:
        return STAGES[self.to].is_timed


GATE = frozenset({Severity.ABSOLUTE, Severity.BLOCK})
# Of a retraction, which must not be held up, and of an archive, which comes in as it stood.
_ABSOLUTE_GATE = frozenset({Severity.ABSOLUTE})

_MOVES = (
    Move(
        "submit",
        "Submit",
        "submitted",
        IN_WRITERS_HANDS,
        Stage.SUBMITTED,
        "articles.submit_article",
        makes_writer=True,
    ),
    Move(
        "withdraw",
        "Take back",
        "taken back",
        frozenset({Stage.SUBMITTED}),
        Stage.DRAFT,
        "articles.withdraw_article",
        goes_back=True,
    ),
    Move(
        "approve",
        "Approve",
        "approved",
        frozenset({Stage.SUBMITTED}),
        Stage.APPROVED,
        "articles.review_article",
    ),
    Move(
        "send_back",
        "Send back",
        "sent back",
        frozenset({Stage.SUBMITTED, Stage.APPROVED}),
        Stage.SENT_BACK,
        "articles.review_article",
        needs_reason=True,
        goes_back=True,
    ),
    Move(
        "publish",
        "Publish",
        "published",
        frozenset({Stage.APPROVED}),
        Stage.PUBLISHED,
        "articles.publish_article",
        wants_another=True,
        is_door=True,
        takes_text=True,
        stopped_by=GATE,
    ),
    Move(
        "schedule",
        "Schedule",
        "scheduled",
        frozenset({Stage.APPROVED}),
        Stage.SCHEDULED,
        "articles.publish_article",
        wants_another=True,
        stopped_by=GATE,
    ),
    Move(
        "unschedule",
        "Take off the schedule",
        "taken off the schedule",
        frozenset({Stage.SCHEDULED}),
        Stage.APPROVED,
        "articles.publish_article",
        goes_back=True,
    ),
    Move(
        "publish_due",
        "Publish on schedule",
        "published on schedule",
        frozenset({Stage.SCHEDULED}),
        Stage.PUBLISHED,
        is_button=False,
        is_door=True,
        takes_text=True,
        stopped_by=GATE,
    ),
    Move(
        "publish_update",
        "Publish an update",
        "updated",
        frozenset({Stage.PUBLISHED}),
        Stage.PUBLISHED,
        "articles.publish_update",
        is_door=True,
        takes_text=True,
        stopped_by=GATE,
    ),
    Move(
        "correct",
        "Correct",
        "corrected",
        frozenset({Stage.PUBLISHED}),
        Stage.PUBLISHED,
        "articles.publish_correction",
        is_door=True,
        stopped_by=GATE,
    ),
    Move(
        "retract",
        "Retract",
        "retracted",
        frozenset({Stage.PUBLISHED}),
        Stage.PUBLISHED,
        "articles.retract_article",
        wants_another=True,
        is_door=True,
        stopped_by=_ABSOLUTE_GATE,
        goes_back=True,
    ),
    Move(
        "spike",
        "Spike",
        "spiked",
        frozenset({Stage.SUBMITTED, Stage.APPROVED}) | IN_WRITERS_HANDS,
        Stage.SPIKED,
        "articles.spike_article",
        needs_reason=True,
        goes_back=True,
    ),
    Move(
        "revive",
        "Take off the spike",
        "taken off the spike",
        frozenset({Stage.SPIKED}),
        Stage.DRAFT,
        "articles.spike_article",
    ),
    Move(
        "import_published",
        "Import as published",
        "imported as published",
        frozenset({Stage.DRAFT}),
        Stage.PUBLISHED,
        "articles.import_published_article",
        is_button=False,
        is_door=True,
        takes_text=True,
        stopped_by=_ABSOLUTE_GATE,
    ),
)

MOVES = {row.name: row for row in _MOVES}
