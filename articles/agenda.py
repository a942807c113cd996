"""What is on the desk of the person who is looking: their stories, and what waits for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from .models import (
    AnonymityApproval,
    Article,
    CommentRequest,
    ErrorReport,
    StageChange,
    UpdateRequest,
)
from .stages import Stage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

SHOWN = 12  # rows of each list
LATELY = timedelta(days=30)


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
    scheduled = stories.filter(stage=Stage.SCHEDULED).order_by("scheduled_at")
    now = timezone.now()
    lists = [
        ("Due, and not published", scheduled.filter(scheduled_at__lte=now)),
        ("Sent back", stories.filter(stage=Stage.SENT_BACK)),
        ("Waiting for an editor", stories.filter(stage=Stage.SUBMITTED)),
        ("Approved", stories.filter(stage=Stage.APPROVED)),
        ("Drafts", stories.filter(stage=Stage.DRAFT)),
        ("Scheduled", scheduled.filter(scheduled_at__gt=now)),
        ("Published lately", stories.filter(stage=Stage.PUBLISHED)),
        ("Spiked lately", stories.filter(stage=Stage.SPIKED, changed_at__gt=now - LATELY)),
    ]
    shown = ({"title": title, "stories": list(found[:SHOWN])} for title, found in lists)
    return [each for each in shown if each["stories"]]


_LAST_REASON = StageChange.objects.filter(article=OuterRef("pk")).values("reason")[:1]


def anonymity_asked(user: User | AnonymousUser) -> list[AnonymityApproval]:
    """Anonymity that waits for an editor's decision, in stories that are not out yet."""
    unpublished = Article.objects.visible_to(user).exclude(
        stage__in=(Stage.SPIKED, Stage.PUBLISHED)
    )
    approvals = AnonymityApproval.objects.filter(article__in=unpublished)
    asked = approvals.select_related("source", "article", "asked_by")
    return [approval for approval in asked if approval.awaits_decision][:SHOWN]


def answers_awaited(user: User | AnonymousUser) -> list[CommentRequest]:
    """Requests for comment without an outcome yet, the nearest deadline first."""
    return list(
        CommentRequest.objects.filter(
            outcome=CommentRequest.Outcome.WAITING,
            article__in=Article.objects.visible_to(user).exclude(stage=Stage.SPIKED),
        )
        .select_related("article")
        .order_by("deadline")[:SHOWN]
    )


def updates_asked(user: User | AnonymousUser) -> list[UpdateRequest]:
    """Stories of which an update is asked, the oldest request first."""
    stories = Article.objects.visible_to(user).exclude(stage=Stage.SPIKED)
    requests = UpdateRequest.objects.open().filter(article__in=stories)
    return list(requests.select_related("article", "asked_by")[:SHOWN])


def errors_reported(user: User | AnonymousUser) -> list[ErrorReport]:
    """What readers report as wrong and nobody has answered, for those who may correct it."""
    if not user.has_perm("articles.change_errorreport"):
        return []
    waiting = ErrorReport.objects.filter(state=ErrorReport.State.OPEN).order_by("at")
    return list(waiting.select_related("version")[:SHOWN])
