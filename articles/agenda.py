"""What is on the desk of the person who is looking: their stories, and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models import AnonymityApproval, Article, CommentRequest
from .stages import Stage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

SHOWN = 12  # rows of each list


def agenda(user: User | AnonymousUser) -> dict[str, Any]:
    """All that the desk's first page shows this person."""
    return {
        "stories": story_lists(user),
        "anonymity_asked": anonymity_asked(user),
        "answers_awaited": answers_awaited(user),
    }


def story_lists(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Their stories by stage, those that wait for somebody first; empty lists are left out."""
    stories = Article.objects.visible_to(user).select_related("section", "assigned_to")
    lists = [
        ("Waiting for an editor", stories.filter(stage=Stage.SUBMITTED)),
        ("Sent back", stories.filter(stage=Stage.SENT_BACK)),
        ("Drafts", stories.filter(stage=Stage.DRAFT)),
        ("Approved", stories.filter(stage=Stage.APPROVED)),
        ("Scheduled", stories.filter(stage=Stage.SCHEDULED).order_by("scheduled_at")),
        ("Published lately", stories.filter(stage=Stage.PUBLISHED)),
    ]
    shown = ({"title": title, "stories": list(found[:SHOWN])} for title, found in lists)
    return [each for each in shown if each["stories"]]


def anonymity_asked(user: User | AnonymousUser) -> list[AnonymityApproval]:
    """Anonymity that waits for an editor's decision."""
    return list(
        AnonymityApproval.objects.filter(
            decision=AnonymityApproval.Decision.ASKED,
            article__in=Article.objects.visible_to(user).exclude(stage=Stage.SPIKED),
        ).select_related("source", "article", "asked_by")[:SHOWN]
    )


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
