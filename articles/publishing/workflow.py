"""Every move of a story from stage to stage, and the log of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sources.colleagues import name_of

from ..duties import DUTIES, Involved, barred
from ..models import Article, Override, StageChange
from ..sourcing.checked_material import CheckedMaterial
from ..sourcing.checking import check, refused_past, stops
from ..sourcing.rules import Finding
from ..stages import MOVES, Move, Stage
from ..times import clock

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User


# Who may go past a finding. What is absolute nobody goes past, whatever they hold.
OVERRIDE = "articles.override_sourcing"


class MoveRefused(Exception):
    """The move was not made, and nothing has changed; the message says why, to the person."""


class Blocked(MoveRefused):
    """The sourcing check stopped the move; `findings` says with what."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


def may_move(article: Article, move: Move, user: User | AnonymousUser) -> bool:
    """May this person make this move on this story, were it in the right stage?"""
    return bool(_allowed([move], article, user))


def _allowed(moves: Iterable[Move], article: Article, user: User | AnonymousUser) -> list[Move]:
    """Those that this person may make, of a story that they may see."""
    allowed = [move for move in moves if move.permission and user.has_perm(move.permission)]
    return allowed if allowed and article.is_visible_to(user) else []


def open_moves(article: Article, user: User | AnonymousUser) -> list[Move]:
    """The buttons that this person has on this story now, in the order of the table."""
    here = [m for m in MOVES.values() if m.is_button and article.stage in m.from_stages]
    return _allowed(here, article, user)


def make_move(
    article: Article,
    name: str,
    *,
    by: User | None,
    reason: str = "",
    at: datetime | None = None,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Make a move that stays on the desk; those through the door are `door.py`'s.

    `overrides` are an editor's reasons, by the keys of the findings of the sourcing check that they
    go past. Raises `MoveRefused`; `Blocked`, if the check stops the move; `TypeError` for a move
    through the door, which is a mistake of the caller's.
    """
    move = MOVES[name]
    if move.is_door:
        raise TypeError(f"{name}: door.py alone opens the door")
    with moving(article, name, by=by, reason=reason, at=at) as story:
        if move.stopped_by:
            material = CheckedMaterial(story)
            stop_at(check(material), material, move, by=by, reasons=overrides)


@contextmanager
def moving(
    article: Article,
    name: str,
    *,
    by: User | None,
    reason: str = "",
    at: datetime | None = None,
) -> Iterator[Article]:
    """A move of a story, with its log, around what has to happen in the same transaction.

    Yields the story as it is in the database, moved and locked; whatever is raised inside undoes the
    move. `by` is nobody for the worker's moves alone. The UPDATE carries the stage and the revision
    that the person saw: of two who press at once, one loses and is told.

    Raises `MoveRefused`.
    """
    move = MOVES[name]
    _refuse_if_not_allowed(article, move, by, reason)
    if move.wants_another:
        refuse_writers(article, by)
    if move.needs_time:
        _refuse_bad_time(article, at)
    with transaction.atomic():
        before, now = Stage(article.stage), timezone.now()
        # It locks the row, if a save on the desk has not done so already: whoever publishes holds the
        # story first and the front after it, never the other way round. A move that comes without a
        # time takes the old one away.
        taken = Article.objects.filter(
            pk=article.pk, stage=before, stage__in=move.from_stages, revision=article.revision
        ).update(
            stage=move.to,
            scheduled_at=at,
            revision=F("revision") + 1,
            changed_at=now,
            **({} if move.to == before else {"stage_since": now}),
            **({"is_ahead": False} if move.takes_text else {}),
        )
        if not taken:
            raise MoveRefused(_what_happened(article, move))
        StageChange.objects.create(
            article=article,
            move=name,
            from_stage=before,
            to_stage=move.to,
            by=by,
            reason=reason,
            at=now,
        )
        if move.makes_writer and by is not None:
            article.keep_writers(by)
        # Read anew: the caller's copy may be older than the check's, and lacks what others saved.
        yield Article.objects.select_related("section", "lead_photo").get(pk=article.pk)
    # Behind the transaction: a move that was undone leaves the caller's copy as it was.
    article.stage, article.scheduled_at = move.to, at
    article.revision += 1


def stop_at(
    findings: Iterable[Finding],
    story: CheckedMaterial,
    move: Move,
    *,
    by: User | None,
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Stop a move that is being made at what the check has found, unless an editor goes past it.

    An editor's reasons, by the keys of findings, are kept with the story, and hold from then on; with
    what was recorded beside what is printed, where that is the matter. Raises `Blocked`, with every finding that is left; `MoveRefused`, if whoever gives the reasons
    may not.
    """
    reasons = reasons or {}
    stopping = stops(findings, move.stopped_by)
    overridden = [f for f in stopping if f.is_overridable and reasons.get(f.key, "").strip()]
    if overridden and not (by and by.has_perm(OVERRIDE)):
        raise MoveRefused("Only an editor can publish past what the check stops.")
    for finding in overridden:
        if by and (refused := refused_past(finding.code, by.pk, story)):
            raise MoveRefused(refused)
    # Undone with the move, if something is left to stop it.
    Override.objects.bulk_create(
        Override(
            article=story.article,
            code=finding.code,
            message=finding.message,
            recorded=str(finding.beside or ""),
            finding_key=finding.key,
            reason=reasons[finding.key].strip(),
            by=by,
            at=timezone.now(),
        )
        for finding in overridden
    )
    if left := [finding for finding in stopping if finding not in overridden]:
        raise Blocked(left)


def _refuse_if_not_allowed(article: Article, move: Move, by: User | None, reason: str) -> None:
    if by is None and move.permission:
        raise MoveRefused(
            f"Somebody has to answer for it: nobody can {move.label.lower()} unnamed."
        )
    if by is not None and not may_move(article, move, by):
        raise MoveRefused(f"You may not do this to “{article}”: {move.label.lower()}.")
    if move.needs_reason and not reason.strip():
        raise MoveRefused(f"Say why: “{move.label}” needs a reason.")


def refuse_writers(article: Article, by: User | None) -> None:
    """Refuse who publishes a story that they wrote, unless the newsroom lets its writers do so.

    By nobody the worker publishes what another has scheduled. Raises `MoveRefused`.
    """
    if by is not None and (refused := barred_from_publishing(article.writers(), by)):
        raise MoveRefused(refused)


def barred_from_publishing(writers: Collection[int], user: User | AnonymousUser) -> str:
    """Why somebody leaves it to another editor to publish a story of these writers; “” if they may."""
    return barred(DUTIES["publish"], user.pk or 0, {Involved.WRITER: writers})


def _refuse_bad_time(article: Article, at: datetime | None) -> None:
    if at is None:
        raise MoveRefused("Say when the story should be published.")
    if at <= timezone.now():
        raise MoveRefused("That time has passed. Choose a later one, or publish now.")
    if article.embargoed_until and at < article.embargoed_until:
        raise MoveRefused(f"The story is under embargo until {clock(article.embargoed_until)}.")


def _what_happened(article: Article, move: Move) -> str:
    """Why a move found the story elsewhere, for the person whose press came second."""
    now = Article.objects.get(pk=article.pk)
    if now.stage != article.stage:
        last = now.stage_changes.select_related("by").first()
        who = f" by {name_of(last.by)} at {clock(last.at)}" if last else ""
        return f"The story is {now.get_stage_display()} already{who}."
    if now.stage not in move.from_stages:
        return f"The story is {now.get_stage_display()}: it cannot be {move.done}."
    return "Somebody changed the story since you opened it. Look at it again, then decide."
