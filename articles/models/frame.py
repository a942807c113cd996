"""What stands around the stories on every page: sections, the Spotlight rail, the appeal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..stages import Stage
from .article import Article


class Timed(models.Model):
    """Something that is shown from a time on, and until another or for good."""

    shown_from = models.DateTimeField("from", default=timezone.now)
    shown_until = models.DateTimeField("until", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                # With the class in it: Django takes each name of a constraint once.
                name="%(class)s_ends_after_it_begins",
                condition=Q(shown_until=None) | Q(shown_until__gt=F("shown_from")),
                violation_error_message="It would end before it begins.",
            )
        ]


class ChosenQuerySet(models.QuerySet[Any]):
    def showing(self) -> ChosenQuerySet:
        """Those that readers see now."""
        now = timezone.now()
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=now), shown_from__lte=now)


class Chosen(Timed):
    """A story that editors put somewhere. Readers see its live version, or nothing."""

    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        related_name="%(class)s_places",
        limit_choices_to={"stage": Stage.PUBLISHED},
        help_text="A published story.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = ChosenQuerySet.as_manager()

    class Meta(Timed.Meta):
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.article)


class FrontStory(Chosen):
    """A place at the top of the front page, before the river: the first is the lead."""

    class Meta(Chosen.Meta):
        verbose_name_plural = "front page"


class Spotlight(Chosen):
    """A place in the curated rail."""

    class Meta(Chosen.Meta):
        verbose_name = "Spotlight story"
        verbose_name_plural = "Spotlight"


class Appeal(Timed):
    """The call for support. Of several at the same time, each stands on its share of the addresses."""

    heading = models.CharField(max_length=80, help_text="“Support the Courier”")
    line = models.CharField(max_length=160, help_text="“Help fund honest journalism”")
    link_text = models.CharField(max_length=40, default="Support us")
    url = models.CharField(
        "link", max_length=300, help_text="An address such as https://… or /standards/funding/."
    )

    class Meta(Timed.Meta):
        ordering = ["-shown_from"]

    def __str__(self) -> str:
        return self.heading

    def clean(self) -> None:
        # `//example.org/` begins with a slash, and leads to another site.
        if not self.url.startswith(("https://", "http://", "/")) or self.url.startswith("//"):
            raise ValidationError({"url": "A link starts with https:// or with one slash."})


class PageFrame(models.Model):
    """The one row of site frame that readers' pages read; composed by articles/prepared/frame.py."""

    sections = models.JSONField(default=list)
    policies = models.JSONField(default=list)
    front = models.JSONField(default=list)
    spotlight = models.JSONField(default=list)
    appeals = models.JSONField(default=list)
    shell = models.JSONField(default=dict, help_text="As HTML: what stands around every story.")
    drawn_with = models.CharField(max_length=32, default="")
    renewed_with = models.CharField(
        max_length=32, default="", help_text="The release by which all stories’ pages were drawn."
    )

    class Meta:
        default_permissions = ()
        verbose_name_plural = "frame"
        # One row: what pages read is one query, and publications queue at it (`lock_front()`).
        constraints = [models.CheckConstraint(name="one_page_frame", condition=Q(id=1))]

    def __str__(self) -> str:
        return "Site frame"


class Purge(models.Model):
    """What a change touched of readers' pages. Written in its transaction, so that none is forgotten;
    worked off by every shelf of kept pages, as far as its own mark says (`kept/working_off.py`).

    Whoever writes one holds the front: keys then become visible in their order, and a mark is enough. By the
    newest of them readers' pages are known to be what they were.
    """

    touched = models.JSONField()
    at = models.DateTimeField(
        default=timezone.now, help_text="In another second than the one before it."
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Purge {self.pk}"


def running(places: Iterable[Any], at: float) -> list[Any]:
    """Of the frame's places those that are shown at a moment, in seconds since 1970."""
    return [
        each
        for each in places
        if each["from"] <= at and not (each["until"] and each["until"] <= at)
    ]


def lock_front() -> PageFrame:
    """Wait for whoever else changes what readers' pages read, and see what they left.

    Held to the end of the transaction. Taken after the row of the story, never before it: two who
    take them in different orders would wait for each other.
    """
    # A lock wants a row, and no migration makes this one.
    return PageFrame.objects.select_for_update().get_or_create(pk=1)[0]
