"""The one method that moves a story from stage to stage, and the log of every move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sources.colleagues import name_of

from ..models import Article, Override, StageChange
from ..sourcing.checking import check, stops
from ..sourcing.rules import Finding
from ..stages import MOVES, Move, Stage
from ..times import clock

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User


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
    return (
        bool(move.permission)
        and user.has_perm(move.permission)
        and Article.objects.visible_to(user).filter(pk=article.pk).exists()
    )


def open_moves(article: Article, user: User | AnonymousUser) -> list[Move]:
    """The buttons that this person has on this story now, in the order of the table."""
    here = [m for m in MOVES.values() if m.is_button and article.stage in m.from_stages]
    return [move for move in here if may_move(article, move, user)]


def make_move(
    article: Article,
    name: str,
    *,
    by: User | None,
    reason: str = "",
    at: datetime | None = None,
    note: str = "",
    overrides: Mapping[str, str] | None = None,
    findings: Callable[[Article], list[Finding]] | None = None,
    through_door: Callable[[], object] | None = None,
) -> None:
    """Move a story, and log it, in one transaction.

    The UPDATE carries the stage and the revision that the person saw: of two who press at once,
    one loses and is told. `by` is nobody for the worker's moves alone. A move through the door
    is made by `publishing.py`, which gives the work to do in the same transaction; `note` is what
    readers will be told of an update. `overrides` are an editor's reasons, by the keys of the
    findings of the sourcing check that they go past; `findings` checks something else than the
    working copy.

    Raises `MoveRefused`; `Blocked`, if the check stops the move.
    """
    move = MOVES[name]
    if move.is_door != bool(through_door):
        raise TypeError(f"{name}: publishing.py alone opens the door")
    _refuse_if_not_allowed(article, move, by, reason)
    if move.needs_time:
        _refuse_bad_time(article, at)
    with transaction.atomic():
        before = Stage(article.stage)
        taken = Article.objects.filter(
            pk=article.pk, stage=before, stage__in=move.from_stages, revision=article.revision
        ).update(
            stage=move.to,
            scheduled_at=at,
            revision=F("revision") + 1,
            changed_at=timezone.now(),
        )
        if not taken:
            raise MoveRefused(_what_happened(article))
        StageChange.objects.create(
            article=article,
            move=name,
            from_stage=before,
            to_stage=move.to,
            by=by,
            reason=reason,
            at=timezone.now(),
        )
        if move.stopped_by:
            find = findings or (lambda story: check(story, note))
            _gate(article, move, find, by, overrides or {})
        if through_door:
            through_door()
    article.stage, article.scheduled_at = move.to, at
    article.revision += 1


def _gate(
    article: Article,
    move: Move,
    find: Callable[[Article], list[Finding]],
    by: User | None,
    reasons: Mapping[str, str],
) -> None:
    """The check runs in the transaction of the move, on what is in the database.

    An editor's reasons for going past what it finds are kept with the story, and hold from then on.
    """
    story = Article.objects.select_related("section", "lead_photo").get(pk=article.pk)
    stopping = stops(find(story), move.stopped_by)
    overridden = [f for f in stopping if f.is_overridable and reasons.get(f.key, "").strip()]
    if overridden and not (by and by.has_perm(OVERRIDE)):
        raise MoveRefused("Only an editor can publish past what the check stops.")
    Override.objects.bulk_create(
        Override(
            article=article,
            code=finding.code,
            message=finding.message,
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


def _refuse_bad_time(article: Article, at: datetime | None) -> None:
    if at is None:
        raise MoveRefused("Say when the story should be published.")
    if at <= timezone.now():
        raise MoveRefused("That time has passed. Choose a later one, or publish now.")
    if article.embargoed_until and at < article.embargoed_until:
        raise MoveRefused(f"The story is under embargo until {clock(article.embargoed_until)}.")


def _what_happened(article: Article) -> str:
    """Why a move found the story elsewhere, for the person whose press came second."""
    now = Article.objects.get(pk=article.pk)
    if now.stage == article.stage:
        return "Somebody changed the story since you opened it. Look at it again, then decide."
    last = now.stage_changes.select_related("by").first()
    who = f" by {name_of(last.by)} at {clock(last.at)}" if last else ""
    return f"The story is {now.get_stage_display()} already{who}."
