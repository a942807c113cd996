"""What is on the desk of the person who is looking: their stories, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sources.models import Interview

from ...models import (
    AnonymityApproval,
    Article,
    CommentRequest,
    ErrorReport,
    Exhibit,
    StageChange,
    UpdateRequest,
)
from ...models.article import late
from ...stages import GIVEN_UP, STAGES, UNDER_WAY, Stage, Standing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

SHOWN = 12  # rows of each list
LOOKED_AT = 500  # stories on their way to readers, those that were changed last


# An article, with `last_reason` and `last_at` of its newest move, which the query has added.
Listed = Any


class StoryList(NamedTuple):
    """Stories that stand alike; of those that are due, without a stage."""

    title: str
    stories: list[Listed]
    stage: Stage | None


def story_lists(user: User | AnonymousUser) -> list[StoryList]:
    """Their stories by stage, in the order in which somebody has to act; empty ones are left out. Four queries."""
    stories = (
        Article.objects.visible_to(user)
        .select_related("section", "assigned_to")
        .annotate(last_reason=Subquery(_newest("reason")), last_at=Subquery(_newest("at")))
        .defer("body")
    )
    now = timezone.now()
    # Under embargo or not: a colleague looks for what should be out by now, where `due()` is what
    # the worker may publish.
    due = stories.filter(late(now)).order_by(Coalesce("scheduled_at", "wanted_by"))
    under_way = list(stories.filter(stage__in=UNDER_WAY)[:LOOKED_AT])
    lists = [StoryList("Due, and not published", list(due[:SHOWN]), None)]
    for row in STAGES.values():
        if row.stage in UNDER_WAY:
            found = _standing_so(under_way, row, now)
        else:
            found = list(_changed_lately(stories.filter(stage=row.stage), row, now)[:SHOWN])
        lists.append(StoryList(row.listed_as, found, row.stage))
    return [each for each in lists if each.stories]


def _standing_so(stories: Iterable[Listed], row: Standing, now: datetime) -> list[Listed]:
    found = [story for story in stories if story.stage == row.stage]
    if row.is_timed:
        timed = [story for story in found if story.scheduled_at and story.scheduled_at > now]
        found = sorted(timed, key=lambda story: story.scheduled_at or now)
    return found[:SHOWN]


def _changed_lately(stories: QuerySet[Article], row: Standing, now: datetime) -> QuerySet[Article]:
    return stories.filter(changed_at__gt=now - row.listed_for) if row.listed_for else stories


def _newest(column: str) -> Any:
    # The log is ordered so, that its newest move comes first.
    newest = StageChange.objects.filter(article=OuterRef("pk"))
    return newest.values(column)[:1]


def anonymity_asked(user: User | AnonymousUser) -> list[AnonymityApproval]:
    """Anonymity that waits for an editor's decision, in stories that are not out yet."""
    under_way = Article.objects.visible_to(user).filter(stage__in=UNDER_WAY)
    approvals = AnonymityApproval.objects.filter(article__in=under_way)
    asked = approvals.select_related("source", "article", "asked_by")
    # Here and not in the query: whether its words are still those that were approved says no
    # column.
    return [approval for approval in asked if approval.awaits_decision][:SHOWN]


def exhibits_to_confirm(user: User | AnonymousUser) -> list[Exhibit]:
    """Evidence that one editor decided to show and that was not on the record: it waits for another who may open it."""
    waiting = Exhibit.objects.filter(
        article__in=Article.objects.visible_to(user).exclude(stage__in=GIVEN_UP), confirmed_by=None
    )
    waiting = waiting.exclude(decided_by=user.pk).exclude(
        quote__interview__terms=Interview.Terms.ON_THE_RECORD
    )
    told = waiting.select_related("article", "decided_by", "quote__interview__source")
    return [
        each
        for each in told
        if each.words == each.quote.words and each.quote.interview.opens_its_files_to(user)
    ][:SHOWN]


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
