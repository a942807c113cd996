"""The kinds of change to a published story, as a table: who may make one, and what it does.

`publishing/door.py` enforces it. The source of the kinds is the section “After publication” of the
newsroom's editorial rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..models.record import NotePlace, Update

Kind = Update.Kind


@dataclass(frozen=True)
class Change:
    """One row: a kind of update."""

    kind: Kind
    permission: str
    says: str  # what an editor is told that it is for
    note_places: tuple[NotePlace, ...]  # where its note may stand on the page, the usual one first
    moves_stamp: bool = True  # the “Updated” stamp
    note_alone: bool = False  # the note may be all that changes
    is_in_corrections: bool = False  # under “Corrections”
    is_guarded: bool = False  # refused where it touches more than spelling and layout
    wants_second_editor: bool = False
    is_open_to_writers: bool = False  # a writer of the story may publish it: see duties.py


_ROWS = (
    Change(
        Kind.CORRECTION,
        "articles.publish_correction",
        "a fact was wrong",
        (NotePlace.END, NotePlace.TOP),
        is_in_corrections=True,
    ),
    Change(
        Kind.DEVELOPMENT,
        "articles.publish_update",
        "new facts; nothing was wrong",
        (NotePlace.END, NotePlace.TOP),
    ),
    Change(
        Kind.CLARIFICATION,
        "articles.publish_correction",
        "it was true, and misleading",
        (NotePlace.END, NotePlace.TOP),
        note_alone=True,
        is_in_corrections=True,
    ),
    Change(
        Kind.EDITORS_NOTE,
        "articles.publish_correction",
        "something that readers should know of the story",
        (NotePlace.TOP, NotePlace.END),
        note_alone=True,
    ),
    Change(
        Kind.MINOR,
        "articles.publish_update",
        "spelling, punctuation, layout: nothing else",
        (NotePlace.NOWHERE,),
        moves_stamp=False,
        is_guarded=True,
        is_open_to_writers=True,
    ),
    Change(
        Kind.RETRACTION,
        "articles.retract_article",
        "the story does not stand: two editors",
        (NotePlace.TOP,),
        note_alone=True,
        is_in_corrections=True,
        wants_second_editor=True,
    ),
)

CHANGES = {row.kind: row for row in _ROWS}
IN_CORRECTIONS = tuple(row.kind for row in _ROWS if row.is_in_corrections)
MINOR = tuple(row.kind for row in _ROWS if row.is_guarded)
