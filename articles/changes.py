"""The kinds of change to a published story, as a table: who may make one, and what it does.

`publishing.py` enforces it. The source of the kinds is the section “After publication” of the
newsroom's editorial rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from .models.record import Place, Update

Kind = Update.Kind


@dataclass(frozen=True)
class Change:
    """One row: a kind of update."""

    kind: Kind
    permission: str
    says: str  # what an editor is told that it is for
    places: tuple[Place, ...]  # where its note may stand on the page, the usual one first
    moves_stamp: bool = True  # the “Updated” stamp
    note_alone: bool = False  # the note may be all that changes
    is_listed: bool = False  # under “Corrections”
    is_guarded: bool = False  # refused where it touches a fact
    wants_second_editor: bool = False


_ROWS = (
    Change(
        Kind.CORRECTION,
        "articles.publish_correction",
        "a fact was wrong",
        (Place.END, Place.TOP),
        is_listed=True,
    ),
    Change(
        Kind.DEVELOPMENT,
        "articles.publish_update",
        "new facts; nothing was wrong",
        (Place.END, Place.TOP),
    ),
    Change(
        Kind.CLARIFICATION,
        "articles.publish_correction",
        "it was true, and misleading",
        (Place.END, Place.TOP),
        note_alone=True,
        is_listed=True,
    ),
    Change(
        Kind.EDITORS_NOTE,
        "articles.publish_correction",
        "something that readers should know of the story",
        (Place.TOP, Place.END),
        note_alone=True,
    ),
    Change(
        Kind.MINOR,
        "articles.publish_update",
        "spelling and layout: no fact, quotation, number or name",
        (Place.NOWHERE,),
        moves_stamp=False,
        is_guarded=True,
    ),
    Change(
        Kind.RETRACTION,
        "articles.retract_article",
        "the story does not stand: two editors",
        (Place.TOP,),
        note_alone=True,
        is_listed=True,
        wants_second_editor=True,
    ),
)

CHANGES = {row.kind: row for row in _ROWS}
LISTED = tuple(row.kind for row in _ROWS if row.is_listed)
