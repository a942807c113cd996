"""The public record. Rows here are written once: the database refuses to change them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .article import Article


class Place(models.TextChoices):
    """Where the note of a change stands on the story's page."""

    TOP = "top", "at the top"
    END = "end", "at the end"
    NOWHERE = "", "in the history alone"


class Update(models.Model):
    """Why one version followed another. `articles/changes.py` is the table of its kinds."""

    class Kind(models.TextChoices):
        DEVELOPMENT = "development", _("Update")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        EDITORS_NOTE = "editors_note", _("Editor’s note")
        MINOR = "minor", _("Minor edit")
        RETRACTION = "retraction", _("Retraction")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.TextField("note to readers")
    # The words that a correction replaced: [{"wrong", "right"}]. They do not come back unnoticed.
    mended = models.JSONField(default=list)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="updates_requested",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="updates_approved"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        permissions = [
            ("publish_update", "Can publish a change to a live story"),
            ("publish_correction", "Can publish corrections, clarifications and notes"),
            ("retract_article", "Can ask for a retraction, and be the second editor of one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.note[:80]}"


class VersionQuerySet(models.QuerySet["Version"]):
    def live(self) -> VersionQuerySet:
        """What readers see now: the newest version of each story."""
        return self.filter(is_live=True)

    def in_section(self, slug: str) -> VersionQuerySet:
        return self.filter(section_slug=slug)

    def of_kinds(self, kinds: Iterable[str]) -> VersionQuerySet:
        """Those that a change of one of these kinds made, the newest first."""
        changes = self.filter(update__isnull=False)  # by which their index is found
        return changes.filter(change_kind__in=kinds).order_by("-created_at", "-pk")

    def by_article(self, articles: Iterable[int]) -> dict[int, Version]:
        """Of these stories, by their keys: of live versions one each."""
        return {version.article_id: version for version in self.filter(article__in=list(articles))}

    def newest_first(self) -> VersionQuerySet:
        return self.order_by("-published_at", "-pk")

    def cards(self) -> VersionQuerySet:
        """Only what a list shows of a story, newest first."""
        return self.only(*CARD_FIELDS).newest_first()


CARD_FIELDS = (
    "article",
    "created_at",
    "slug",
    "published_on",
    "published_at",
    "updated_at",
    "headline",
    "deck",
    "kicker",
    "section_name",
    "section_slug",
    "bylines",
    "lead_photo",
    "changes",
)


class Version(models.Model):
    """Everything that readers saw of a story, from one publication to the next.

    `articles/publishing.py` composes it from an allow-list: the columns below. `is_live` is kept
    by the database: it is true for the newest version of each story and for no other.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    is_live = models.BooleanField(default=True, editable=False)
    update = models.OneToOneField(
        Update, on_delete=models.PROTECT, null=True, blank=True, related_name="version"
    )
    created_at = models.DateTimeField()

    slug = models.SlugField(max_length=120, allow_unicode=True)
    published_on = models.DateField(
        help_text="The day in its address, in the newsroom's time zone."
    )
    published_at = models.DateTimeField(help_text="When the story was first published.")
    updated_at = models.DateTimeField(null=True, help_text="The “Updated” stamp, if it has one.")

    headline = models.CharField(max_length=200)
    deck = models.CharField(max_length=300)
    kicker = models.CharField(max_length=60)
    dateline = models.CharField(max_length=80)
    section_name = models.CharField(max_length=60)
    section_slug = models.SlugField(max_length=60, allow_unicode=True)
    body = models.TextField()
    bylines = models.JSONField()
    tags = models.JSONField()
    lead_photo = models.JSONField(null=True)
    sources = models.JSONField()
    comment_requests = models.JSONField()
    notebook = models.JSONField()
    changes = models.JSONField(help_text="The notes to readers of every update so far.")
    change_kind = models.CharField(
        max_length=20, blank=True, help_text="Of the update that made it; empty for the first."
    )
    change_place = models.CharField(max_length=6, blank=True)
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.CheckConstraint(
                name="version_after_the_first_has_an_update",
                condition=Q(number=1, update=None) | Q(number__gt=1, update__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(is_live=True), name="live_by_time"
            ),
            models.Index(
                fields=["section_slug", "-published_at", "-id"],
                condition=Q(is_live=True),
                name="live_by_section",
            ),
            models.Index(fields=["slug", "published_on"], name="version_address"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(update__isnull=False),
                name="changes_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (version {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.published_on, self.slug])

    def get_notebook_url(self) -> str:
        return reverse("articles:notebook", args=[self.published_on, self.slug])

    def get_history_url(self) -> str:
        return reverse("articles:history", args=[self.published_on, self.slug])

    def get_ninjs_url(self) -> str:
        return reverse("articles:ninjs", args=[self.published_on, self.slug])

    @property
    def notebook_items(self) -> list[dict[str, Any]]:
        """The notebook without what a file's name, made from its content, stands for.

        How the content is shown differs between versions that older and newer programs made.
        """
        return [each | {"file": (each["file"] or {}).get("name")} for each in self.notebook]

    @property
    def note(self) -> str:
        """What readers were told of the change that made it; empty for the first version."""
        return self.changes[-1]["note"] if self.change_kind else ""

    @property
    def authors(self) -> list[str]:
        """Who wrote it; others of its byline edited or translated it."""
        return [byline["name"] for byline in self.bylines if byline["role"] == "by"]

    @property
    def is_retracted(self) -> bool:
        return any(change["kind"] == Update.Kind.RETRACTION for change in self.changes)
