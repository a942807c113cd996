"""The workflow as a table: every move that a story can make, and who may make it.

`workflow.py` enforces it. An unusual move is another row with its own permission.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class Stage(TextChoices):
    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "submitted"
    SENT_BACK = "sent_back", "sent back"
    APPROVED = "approved", "approved"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "published"
    SPIKED = "spiked", "spiked"


IN_EDITORS_HANDS = (Stage.SUBMITTED, Stage.APPROVED, Stage.SCHEDULED)


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
            Severity.ABSOLUTE: "Cannot be published:",
            Severity.BLOCK: "Stops publication:",
            Severity.WARN: "Look at this:",
            Severity.NOTE: "A remark:",
        }[self]


@dataclass(frozen=True)
class Move:
    """One row of the workflow."""

    name: str
    label: str
    done: str  # how the desk reports it: “The story was …”
    from_stages: frozenset[Stage]
    to: Stage
    permission: str = ""  # empty: the worker's own move
    is_button: bool = True  # offered on the story's page on the desk
    needs_reason: bool = False
    needs_time: bool = False
    is_door: bool = False  # composes a Version; publishing.py alone makes these
    # Findings of these severities stop the move.
    stopped_by: frozenset[Severity] = frozenset()


_GATE = frozenset({Severity.ABSOLUTE, Severity.BLOCK})
_ABSOLUTE_GATE = frozenset({Severity.ABSOLUTE})
_DRAFTING = frozenset({Stage.DRAFT, Stage.SENT_BACK})

_ROWS = (
    Move("submit", "Submit", "submitted", _DRAFTING, Stage.SUBMITTED, "articles.submit_article"),
    Move(
        "withdraw",
        "Take back",
        "taken back",
        frozenset({Stage.SUBMITTED}),
        Stage.DRAFT,
        "articles.withdraw_article",
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
    ),
    Move(
        "publish",
        "Publish",
        "published",
        frozenset({Stage.APPROVED}),
        Stage.PUBLISHED,
        "articles.publish_article",
        is_door=True,
        stopped_by=_GATE,
    ),
    Move(
        "schedule",
        "Schedule",
        "scheduled",
        frozenset({Stage.APPROVED}),
        Stage.SCHEDULED,
        "articles.publish_article",
        needs_time=True,
        stopped_by=_GATE,
    ),
    Move(
        "unschedule",
        "Take off the schedule",
        "taken off the schedule",
        frozenset({Stage.SCHEDULED}),
        Stage.APPROVED,
        "articles.publish_article",
    ),
    Move(
        "publish_due",
        "Publish on schedule",
        "published on schedule",
        frozenset({Stage.SCHEDULED}),
        Stage.PUBLISHED,
        is_button=False,
        is_door=True,
        stopped_by=_GATE,
    ),
    Move(
        "publish_update",
        "Publish an update",
        "updated",
        frozenset({Stage.PUBLISHED}),
        Stage.PUBLISHED,
        "articles.publish_update",
        is_door=True,
        stopped_by=_GATE,
    ),
    Move(
        "correct",
        "Correct",
        "corrected",
        frozenset({Stage.PUBLISHED}),
        Stage.PUBLISHED,
        "articles.publish_correction",
        is_door=True,
        stopped_by=_GATE,
    ),
    Move(
        "retract",
        "Retract",
        "retracted",
        frozenset({Stage.PUBLISHED}),
        Stage.PUBLISHED,
        "articles.retract_article",
        is_door=True,
        stopped_by=_ABSOLUTE_GATE,
    ),
    Move(
        "spike",
        "Spike",
        "spiked",
        frozenset({Stage.SUBMITTED, Stage.APPROVED}) | _DRAFTING,
        Stage.SPIKED,
        "articles.spike_article",
        needs_reason=True,
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
        stopped_by=_ABSOLUTE_GATE,
    ),
)

MOVES = {row.name: row for row in _ROWS}
