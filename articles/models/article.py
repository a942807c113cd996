"""The working copy of a story: private, and free to change at any minute."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Least, Now
from django.utils import timezone
from taggit.managers import TaggableManager

from sources.models import Interview, Quote, Source

from ..stages import IN_EDITORS_HANDS, IN_WRITERS_HANDS, MOVES, TIMED, UNDER_WAY, Stage
from ..text.slugs import SlugField, slug_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

    from .record import Version


SEES_EVERY_STORY = "articles.see_every_article"


class Section(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = SlugField(
        max_length=60,
        unique=True,
        help_text="Its address, for ever: it cannot be changed afterwards.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Place in the navigation.")

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.CheckConstraint(name="section_has_a_slug", condition=~Q(slug=""))]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User | AnonymousUser) -> ArticleQuerySet:
        """Editors see the whole desk, a reporter the stories that are theirs."""
        if user.has_perm(SEES_EVERY_STORY):
            return self
        if not user.is_authenticated:
            return self.none()
        # As a subquery: a join with bylines would give a story with two of theirs twice.
        mine = Q(assigned_to=user) | Q(bylines__author__user=user)
        return self.filter(pk__in=Article.objects.filter(mine).values("pk"))

    def due(self) -> ArticleQuerySet:
        """Scheduled stories whose time has come.

        By the database's clock, which all workers share, or this worker's, whichever is behind: a
        clock that runs ahead cannot publish early.
        """
        now = Least(Now(), Value(timezone.now(), output_field=models.DateTimeField()))
        return self.filter(
            # An embargo that was set after the story was scheduled holds it all the same.
            Q(embargoed_until=None) | Q(embargoed_until__lte=now),
            stage__in=TIMED,
            scheduled_at__lte=now,
        )


def is_untitled(slug: str) -> bool:
    """Is it the slug of a story that has no words for one yet?"""
    return re.fullmatch(r"untitled-[0-9a-f]{8}", slug) is not None


def free_slug(headline: str, but: int | None = None) -> str:
    """An address for a story, of the words of its headline; numbered where another has it already."""
    # So that there is room for a number.
    slug = slug_of(headline)[:110].strip("-") or f"untitled-{secrets.token_hex(4)}"
    taken = set(
        Article.objects.filter(slug__startswith=slug)
        .exclude(pk=but or 0)
        .values_list("slug", flat=True)
    )
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in taken else next(one for one in numbered if one not in taken)


def late(now: datetime) -> Q:
    """Stories that readers should have by now, as they were wanted or are scheduled."""
    untimed = UNDER_WAY - TIMED
    return Q(wanted_by__lte=now, stage__in=untimed) | Q(scheduled_at__lte=now, stage__in=TIMED)


class Article(models.Model):
    # A story that somebody begins needs nothing to be kept: `story-incomplete` asks for it at the door.
    headline = models.CharField(max_length=200, blank=True)
    deck = models.CharField(
        max_length=300, blank=True, help_text="The sentence under the headline."
    )
    kicker = models.CharField(max_length=60, blank=True, help_text="The word or two above it.")
    slug = SlugField(
        max_length=120,
        unique=True,
        help_text="The last part of the story's address.",
        error_messages={"unique": "Another story has this slug already. Choose a different one."},
    )
    # A draft may do without one: `story-incomplete` asks for it at the door.
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    dateline = models.CharField(max_length=80, blank=True, help_text="Where it was reported.")
    body = models.TextField(blank=True)
    # PROTECT keeps the photo at its head alone. Those in its text are keys in HTML, of which the
    # database knows nothing: `PhotoAdmin.get_deleted_objects()` keeps them.
    lead_photo = models.ForeignKey(
        "articles.Photo", on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    tags = TaggableManager(blank=True, help_text="Separate tags with commas.")

    sources = models.ManyToManyField(
        Source,
        blank=True,
        related_name="articles",
        help_text="Everyone this story relies on, quoted or not.",
    )
    interviews = models.ManyToManyField(
        Interview,
        blank=True,
        related_name="articles",
        help_text="The interviews it rests on. Quotations are matched to the words recorded in them.",
    )

    # A story outlives the account of its reporter.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles_assigned",
        help_text="The reporter whose story it is.",
    )
    # `moving()` alone writes the stage and its time: a form that did would go round the check.
    # Whoever began it, submitted it, or ever had it assigned or a byline: nobody is taken out again.
    written_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL, editable=False, related_name="articles_written"
    )
    stage = models.CharField(
        max_length=12, choices=Stage, default=Stage.DRAFT, editable=False, db_index=True
    )
    scheduled_at = models.DateTimeField(null=True, blank=True, editable=False)
    # It binds the first publication. What is out already may be corrected, whatever is set later.
    embargoed_until = models.DateTimeField(
        null=True, blank=True, help_text="Nobody can publish it before this time."
    )
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    wanted_by = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When it should be out. Past it, and not published, it is loud for every editor.",
    )
    # What lists say of it without reading it, as of its last save: `sourcing/at_a_glance.py`. The
    # check has not looked yet where it found None.
    words = models.PositiveIntegerField(default=0, editable=False)
    stops = models.PositiveSmallIntegerField(null=True, editable=False)
    to_look_at = models.PositiveSmallIntegerField(null=True, editable=False)
    is_ahead = models.BooleanField(default=False, editable=False)  # of what readers see
    # SHA-256 of the package it was imported from: the same package is known again.
    package_digest = models.CharField(max_length=64, blank=True, editable=False)
    # Counts the saves and moves of the working copy, so that of two people who edit at once the second is told.
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        verbose_name, verbose_name_plural = "story", "stories"
        permissions = [
            ("see_every_article", "Can see every story on the desk"),
            ("submit_article", "Can submit a story"),
            ("withdraw_article", "Can take back a story of theirs"),
            ("review_article", "Can approve a story or send it back"),
            ("publish_article", "Can publish and schedule"),
            ("spike_article", "Can spike a story"),
            ("import_published_article", "Can import an archive as published"),
            ("audit_sourcing", "Can read the audit of sourcing"),
        ]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="story_changed_last"),
            # The desk counts its views without touching a body.
            models.Index(
                fields=["stage", "assigned_to", "stops", "is_ahead"], name="story_at_a_glance"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                # Without a time `due()` would never find it, and nobody would be told.
                name="scheduled_story_has_a_time",
                condition=~Q(stage=Stage.SCHEDULED) | Q(scheduled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="story_stage_is_known", condition=Q(stage__in=Stage.values)
            ),
        ]

    def __str__(self) -> str:
        return self.headline or "Without a headline"

    def is_writer(self, user: User | AnonymousUser) -> bool:
        """Is it this person's own story?"""
        if not user.is_authenticated:
            return False
        return self.assigned_to_id == user.pk or self.bylines.filter(author__user=user).exists()

    def writers(self) -> set[int]:
        """The keys of all who are its writers, or ever were: reassigned, it stays theirs."""
        now = (
            Q(articles_written=self) | Q(articles_assigned=self) | Q(author__bylines__article=self)
        )
        return set(get_user_model().objects.filter(now).values_list("pk", flat=True))

    def keep_writers(self, *more: User) -> None:
        """Keep who its writers are as it stands, so that no later change hides them."""
        self.written_by.add(*self.writers(), *more)

    def is_visible_to(self, user: User | AnonymousUser) -> bool:
        # Whoever sees every story need not be asked of the database.
        if user.has_perm(SEES_EVERY_STORY):
            return True
        return Article.objects.visible_to(user).filter(pk=self.pk).exists()

    def is_editable_by(self, user: User | AnonymousUser) -> bool:
        """Editors write in any story; reporters in their own, while it is in their hands."""
        if not user.has_perm("articles.change_article"):
            return False
        if user.has_perm(SEES_EVERY_STORY):
            return True
        return self.stage in IN_WRITERS_HANDS and self.is_writer(user)

    @property
    def due_at(self) -> datetime | None:
        """When readers are to have it that is on its way to them, if anybody said."""
        if self.stage not in UNDER_WAY:
            return None
        return self.scheduled_at if self.stage in TIMED else self.wanted_by

    @property
    def is_late(self) -> bool:
        """Should readers have it by now? `late()` asks the same of the database."""
        return self.due_at is not None and self.due_at <= timezone.now()

    @property
    def is_public(self) -> bool:
        return self.stage == Stage.PUBLISHED

    @property
    def live_version(self) -> Version | None:
        """What readers see of it, if anything."""
        return self.versions.filter(is_live=True).first()

    def scheduled_by(self) -> User | None:
        """Whoever scheduled it last, and so answers for what the worker publishes."""
        scheduled = self.stage_changes.filter(move="schedule").select_related("by").first()
        return scheduled.by if scheduled else None

    def relied_on(self) -> models.QuerySet[Source]:
        """Every source of the story: listed, interviewed, or asked to be anonymous in it."""
        # By keys: joins would give a source as often as it is listed and was heard.
        listed, heard = self.sources.values("pk"), self.interviews.values("source")
        shielded = self.anonymity_approvals.values("source")
        return (
            Source.objects.filter(Q(pk__in=listed) | Q(pk__in=heard) | Q(pk__in=shielded))
            .prefetch_related("affiliations__organization")
            .order_by("pk")
        )

    def recorded_quotes(self) -> models.QuerySet[Quote]:
        """The words recorded in its interviews, on whatever terms."""
        return Quote.objects.filter(interview__articles=self).select_related("interview__source")


def is_in_editors_hands(row: Source | Interview) -> bool:
    """Does a story rest on it that has left its reporter's hands and is not yet out?"""
    if isinstance(row, Source):
        # Each way by which `relied_on()` has a source in a story holds it, too.
        shielded = Q(anonymity_approvals__source=row)
        resting = Q(sources=row) | Q(interviews__source=row) | shielded
    else:
        resting = Q(interviews=row)
    return Article.objects.filter(resting, stage__in=IN_EDITORS_HANDS).exists()


class Shape(models.Model):
    """What a story of some kind begins with, as this newsroom writes them: “Brief”, “Interview”, “Obituary”."""

    name = models.CharField(max_length=60, unique=True)
    kicker = models.CharField(max_length=60, blank=True)
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, blank=True)
    body = models.TextField(blank=True, help_text="Headings and paragraphs to write into.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StageChange(models.Model):
    """The log of a story: every move, who made it and why."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="stage_changes")
    move = models.CharField(max_length=30)
    from_stage = models.CharField(max_length=12, choices=Stage)
    to_stage = models.CharField(max_length=12, choices=Stage)
    # PROTECT: who answered for a move stays known. Whoever leaves is made inactive, not deleted.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="stage_changes",
        help_text="Empty when the worker published a scheduled story.",
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article}: {self.done}"

    @property
    def done(self) -> str:
        """What was done, as the desk says it: “taken back”."""
        # A move that leaves the table would raise here: rows of the log name it for good.
        return MOVES[self.move].done
