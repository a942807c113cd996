"""What is on the desk of the person who is looking: their stories, and what waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from ..models import (
    AnonymityApproval,
    Article,
    CommentRequest,
    ErrorReport,
    StageChange,
    UpdateRequest,
)
from ..stages import GIVEN_UP, STAGES, TIMED, UNDER_WAY, Standing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

SHOWN = 12  # rows of each list


def agenda(user: User | AnonymousUser) -> dict[str, Any]:
    """All that the desk's first page shows this person."""
    return {
        "stories": story_lists(user),
        "anonymity_asked": anonymity_asked(user),
        "answers_awaited": answers_awaited(user),
        "updates_asked": updates_asked(user),
        "errors_reported": errors_reported(user),
    }


def story_lists(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Their stories by stage, in the order in which somebody has to act; empty ones are left out."""
    stories = (
        Article.objects.visible_to(user)
        .select_related("section", "assigned_to")
        .annotate(last_reason=Subquery(_LAST_REASON))
    )
    now = timezone.now()
    # Under embargo or not: a colleague looks for what should be out by now, where `due()` is what
    # the worker may publish.
    due = stories.filter(stage__in=TIMED, scheduled_at__lte=now).order_by("scheduled_at")
    lists = [
        ("Due, and not published", due),
        *((row.listed_as, _standing_so(stories, row, now)) for row in STAGES.values()),
    ]
    shown = ({"title": title, "stories": list(found[:SHOWN])} for title, found in lists)
    return [each for each in shown if each["stories"]]


def _standing_so(stories: QuerySet[Article], row: Standing, now: datetime) -> QuerySet[Article]:
    found = stories.filter(stage=row.stage)
    if row.is_timed:
        found = found.filter(scheduled_at__gt=now).order_by("scheduled_at")
    if row.listed_for:
        found = found.filter(changed_at__gt=now - row.listed_for)
    return found


# Of the newest move: the log is ordered so.
_LAST_REASON = StageChange.objects.filter(article=OuterRef("pk")).values("reason")[:1]


def anonymity_asked(user: User | AnonymousUser) -> list[AnonymityApproval]:
    """Anonymity that waits for an editor's decision, in stories that are not out yet."""
    under_way = Article.objects.visible_to(user).filter(stage__in=UNDER_WAY)
    approvals = AnonymityApproval.objects.filter(article__in=under_way)
    asked = approvals.select_related("source", "article", "asked_by")
    # Here and not in the query: whether its words are still those that were approved says no
    # column.
    return [approval for approval in asked if approval.awaits_decision][:SHOWN]


def answers_awaited(user: User | AnonymousUser) -> list[CommentRequest]:
    """Requests for comment without an outcome yet, the nearest deadline first."""
    return list(
        CommentRequest.objects.filter(
            outcome=CommentRequest.Outcome.WAITING,
            article__in=Article.objects.visible_to(user).exclude(stage__in=GIVEN_UP),
        )
        .select_related("article")
        .order_by("deadline")[:SHOWN]
    )


def updates_asked(user: User | AnonymousUser) -> list[UpdateRequest]:
    """Stories of which an update is asked, the oldest request first."""
    stories = Article.objects.visible_to(user).exclude(stage__in=GIVEN_UP)
    requests = UpdateRequest.objects.open().filter(article__in=stories)
    return list(requests.select_related("article", "asked_by")[:SHOWN])


def errors_reported(user: User | AnonymousUser) -> list[ErrorReport]:
    """What readers report as wrong and nobody has answered, for those who may correct it."""
    if not user.has_perm("articles.change_errorreport"):
        return []
    # Of every story: whoever may answer reports sees them all.
    waiting = ErrorReport.objects.filter(state=ErrorReport.State.OPEN).order_by("at")
    return list(waiting.select_related("version")[:SHOWN])
