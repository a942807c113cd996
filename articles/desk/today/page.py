"""The desk's first page: what waits for whoever looks, the rest of the newsroom, and what readers see now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from ...models import FrontStory, Update, Version
from ...record.changes import IN_CORRECTIONS
from ...stages import MOVES, Stage
from .agenda import StoryList, story_lists
from .tasks import tasks

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

_BESIDE = (Stage.SCHEDULED, Stage.PUBLISHED)  # of these the column beside tells


def today(user: User | AnonymousUser) -> dict[str, Any]:
    """All that the page shows this person; as many queries for any number of stories."""
    lists = story_lists(user)
    by_stage = {each.stage: each.stories for each in lists}
    waiting = tasks(user, by_stage)
    is_editor = user.has_perm(MOVES["publish"].permission)
    return {
        "now": timezone.now(),
        "tasks": waiting,
        "late": sum(task.is_late for task in waiting),
        "oldest": min((task.since for task in waiting if task.since), default=None),
        "lists": _the_rest(lists, {task.story for task in waiting}),
        "going_out": by_stage.get(Stage.SCHEDULED, []),
        "gone_out": by_stage.get(Stage.PUBLISHED, [])[:6],
        "front": _on_the_front() if is_editor else [],
        "record": _record_of(_month_begins()),
    }


def _the_rest(lists: Iterable[StoryList], told: Collection[int | None]) -> list[StoryList]:
    """What nobody waits for here: neither among the tasks already, nor in the column beside."""
    rest = (
        each._replace(stories=[story for story in each.stories if story.pk not in told])
        for each in lists
        if each.stage and each.stage not in _BESIDE
    )
    return [each for each in rest if each.stories]


def _month_begins() -> datetime:
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _on_the_front() -> list[FrontStory]:
    return list(FrontStory.objects.showing().select_related("article"))


def _record_of(begins: datetime) -> dict[str, int]:
    """What readers got since a moment: stories, and corrections of whatever story."""
    made = Version.objects.filter(created_at__gte=begins)
    return made.aggregate(
        stories=Count("pk", filter=Q(number=1)),
        updates=Count("pk", filter=Q(change_kind=Update.Kind.DEVELOPMENT)),
        corrections=Count("pk", filter=Q(change_kind__in=IN_CORRECTIONS)),
    )
