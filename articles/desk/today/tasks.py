"""What waits for the person who is looking: a task for each thing that is theirs to do, what is late first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from sources.colleagues import name_of

from ...models import Photo
from ...models.article import SEES_EVERY_STORY
from ...stages import MOVES, Stage
from ...times import near
from .agenda import (
    SHOWN,
    Listed,
    anonymity_asked,
    answers_awaited,
    errors_reported,
    exhibits_to_confirm,
    updates_asked,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

SOON = timedelta(hours=1)  # before a deadline, from when on it waits for somebody


class Task(NamedTuple):
    """One thing to do, where it is done, and since when it waits."""

    mark: str  # of the desk's drawn marks
    title: str
    about: str
    path: str
    act: str  # what is pressed
    since: datetime | None
    is_late: bool = False
    story: int | None = None  # its key, where a story as a whole waits


def tasks(
    user: User | AnonymousUser, by_stage: Mapping[Stage | None, Sequence[Listed]]
) -> list[Task]:
    """Of the stories that the desk's first page has read, and of what is asked about any, by a query each."""
    now = timezone.now()
    of_stories = list(_of_stories(user, by_stage))
    told = {task.story for task in of_stories}
    found = [
        *_overdue(story for story in by_stage.get(None, ()) if story.pk not in told),
        *of_stories,
        *_anonymity(user),
        *_exhibits(user),
        *_reports(user),
        *_updates(user),
        *_deadlines(user, now),
        *_photos(user),
        *_accounts(user),
    ]
    return sorted(found, key=lambda task: (not task.is_late, task.since or now))


def _overdue(due: Iterable[Listed]) -> Iterator[Task]:
    for story in due:
        yield _story("late", story, "", "Look at it", story.due_at)


# Of a stage: the mark, what is pressed, and the move that is somebody's to make.
_EDITORS_STEPS = {
    Stage.SUBMITTED: ("submitted", "Read it", "approve"),
    Stage.APPROVED: ("approved", "Publish it", "publish"),
}


def _of_stories(
    user: User | AnonymousUser, by_stage: Mapping[Stage | None, Sequence[Listed]]
) -> Iterator[Task]:
    for story in by_stage.get(Stage.SENT_BACK, ()):
        if story.assigned_to_id == user.pk:
            yield _story("back", story, f"Sent back: {story.last_reason}", "Go on", story.last_at)
    for stage, (mark, act, move) in _EDITORS_STEPS.items():
        if user.has_perm(MOVES[move].permission):
            for story in by_stage.get(stage, ()):
                # Nobody passes what is theirs.
                if story.assigned_to_id != user.pk:
                    yield _story(mark, story, _whose(story), act, story.last_at)


def _story(mark: str, story: Listed, about: str, act: str, since: datetime | None) -> Task:
    path = reverse("admin:articles_article_change", args=[story.pk])
    title = story.headline or "Without a headline"
    if story.is_late:
        said = (
            "Due {}, and not published. {}" if story.scheduled_at else "Wanted {}, and not out. {}"
        )
        about = format_html(said, near(story.due_at), about)
    return Task(mark, title, about, path, act, since, story.is_late, story.pk)


def _told(moment: datetime | None) -> str:
    """A time as the desk says it."""
    return near(moment) if moment else ""


def _whose(story: Listed) -> str:
    writer = name_of(story.assigned_to) if story.assigned_to else "nobody’s yet"
    return f"{story.section or 'No section'} · {writer}"


def _anonymity(user: User | AnonymousUser) -> Iterator[Task]:
    if not user.has_perm("articles.decide_anonymityapproval"):
        return
    for approval in anonymity_asked(user):
        asked_by = name_of(approval.asked_by) if approval.asked_by else "an import"
        yield Task(
            "mask",
            f"May {approval.source.description} speak unnamed?",
            f"In “{approval.article}”, asked by {asked_by}. {approval.reason}",
            reverse("admin:articles_article_anonymity", args=[approval.pk]),
            "Decide",
            None,
        )


def _exhibits(user: User | AnonymousUser) -> Iterator[Task]:
    if not user.has_perm("articles.decide_exhibit"):
        return
    for exhibit in exhibits_to_confirm(user):
        yield Task(
            "look",
            f"May readers see this? “{exhibit.quote.words}”",
            f"In “{exhibit.article}”, decided by {name_of(exhibit.decided_by)}. It was not said on the record.",
            reverse("admin:articles_article_exhibits", args=[exhibit.article_id]),
            "Decide",
            exhibit.decided_at,
        )


def _reports(user: User | AnonymousUser) -> Iterator[Task]:
    for report in errors_reported(user):
        yield Task(
            "flag",
            f"Reader: “{report.what}”",
            f"On “{report.version.headline}”.",
            reverse("admin:articles_errorreport_change", args=[report.pk]),
            "Answer it",
            report.at,
        )


def _updates(user: User | AnonymousUser) -> Iterator[Task]:
    for request in updates_asked(user):
        yield Task(
            "changed",
            str(request.article),
            f"{name_of(request.asked_by)} asks for an update: {request.reason}",
            reverse("admin:articles_article_change", args=[request.article_id]),
            "Update it",
            request.at,
        )


def _photos(user: User | AnonymousUser) -> Iterator[Task]:
    """For those who see to pictures, and to no stories: what keeps photos from readers."""
    if not user.has_perm("articles.delete_photo") or user.has_perm(SEES_EVERY_STORY):
        return
    lacking = Photo.objects.visible_to(user).lacking().order_by()
    wanting = lacking.aggregate(number=Count("pk"), since=Min("uploaded_at"))
    if number := wanting["number"]:
        path = f"{reverse('admin:articles_photo_changelist')}?state=missing"
        said = f"{number} photo{'s' if number > 1 else ''} nobody has described or credited"
        about = "Readers cannot see them so."
        yield Task("photo", said, about, path, "Fill in", wanting["since"])


def _accounts(user: User | AnonymousUser) -> Iterator[Task]:
    """For administrators: colleagues with a desk and nothing that they may do there."""
    if not user.has_perm("newsroom.change_user"):
        return
    idle = get_user_model().objects.filter(
        is_staff=True, is_active=True, is_superuser=False, groups=None
    )
    for person in idle.exclude(pk=user.pk or 0)[:SHOWN]:
        path = reverse("admin:newsroom_user_change", args=[person.pk])
        about = "They can log in, and see nothing."
        yield Task(
            "people", f"{name_of(person)} has no role", about, path, "Give one", person.date_joined
        )


def _deadlines(user: User | AnonymousUser, now: datetime) -> Iterator[Task]:
    for request in answers_awaited(user):
        if request.deadline is None or request.deadline > now + SOON:
            continue
        if request.article.assigned_to_id == user.pk:
            yield Task(
                "clock",
                f"{request.asked} has not answered",
                format_html("For “{}”, by {}.", request.article, _told(request.deadline)),
                reverse("admin:articles_article_change", args=[request.article_id]),
                "Say what came of it",
                request.deadline,
                is_late=request.deadline < now,
            )
