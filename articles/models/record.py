"""The public record. Rows here are written once: the database refuses to change them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sources.attribution import day_in_words
from sources.positions import joined

from ..text.blocks import Body
from ..text.contents import (
    CommentRequestTold,
    ExhibitTold,
    FactTold,
    InterviewTold,
    NotebookEntryTold,
    QuotationTold,
    SourceTold,
)
from ..text.slugs import SlugField


class NotePlace(models.TextChoices):
    """Where the note of a change stands on the story's page."""

    TOP = "top", "at the top"
    END = "end", "at the end"
    NOWHERE = "", "in the history alone"


class Update(models.Model):
    """Why one version followed another. `articles/record/changes.py` is the table of its kinds."""

    class Kind(models.TextChoices):
        DEVELOPMENT = "development", _("Update")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        EDITORS_NOTE = "editors_note", _("Editor’s note")
        MINOR = "minor", _("Minor edit")
        RETRACTION = "retraction", _("Retraction")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="updates"
    )
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
        live = Version.objects.filter(article=OuterRef("article"), is_live=True, is_retracted=True)
        changes = self.filter(update__isnull=False)  # by which their index is found
        changes = changes.annotate(story_is_retracted=Exists(live))
        return changes.filter(change_kind__in=kinds).order_by("-created_at", "-pk")

    def by_article(self, articles: Iterable[int]) -> dict[int, Version]:
        """Of these stories, by their keys: of live versions one each."""
        return {version.article_id: version for version in self.filter(article__in=list(articles))}

    def newest_first(self) -> VersionQuerySet:
        """By the time of the story's first publication; of one moment, by the key."""
        return self.order_by("-published_at", "-pk")

    def cards(self) -> VersionQuerySet:
        """Without the content that only a story's own pages are drawn from, newest first."""
        return self.defer(*WHOLE).newest_first()


WHOLE = ("content", "seeds", "commitments")  # what lists leave in the database


class Version(models.Model):
    """Everything that readers saw of a story, from one publication to the next.

    What was said is `content`, as its proof has it; `docs/record.md` describes it. The columns from
    `slug` on are copies of members of it, for lists and search: the table of public fields in
    `articles/record/fields.py` says of which. `is_live` is kept by the database: it is true for the newest
    version of each story and for no other.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    is_live = models.BooleanField(default=True, editable=False)
    update = models.OneToOneField(
        Update, on_delete=models.PROTECT, null=True, blank=True, related_name="version"
    )
    created_at = models.DateTimeField()
    # The public role reads no updates: what readers are told of one is here, and in `note`.
    change_kind = models.CharField(
        max_length=20, blank=True, help_text="Of the update that made it; empty for the first."
    )

    content = models.JSONField()
    # The salts of the content: one seed for all of it and, once something is withheld, more of them.
    seeds = models.JSONField(default=list)
    # Of what is withheld, the hashes that stand in its place.
    commitments = models.JSONField(default=list)
    # The row of `SCHEMES` by which it was sealed, and is verified for ever.
    hash_scheme = models.PositiveSmallIntegerField(default=1)
    # SHA-256, in hexadecimal.
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)

    slug = SlugField(max_length=120)
    published_on = models.DateField(
        help_text="The day in its address, in the newsroom's time zone."
    )
    published_at = models.DateTimeField(help_text="When the story was first published.")
    updated_at = models.DateTimeField(null=True, help_text="The “Updated” stamp, if it has one.")
    headline = models.CharField(max_length=200)
    deck = models.CharField(max_length=300)
    kicker = models.CharField(max_length=60)
    section_name = models.CharField(max_length=60)
    section_slug = SlugField(max_length=60)
    bylines = models.JSONField()
    tags = models.JSONField()
    lead_photo = models.JSONField(null=True)
    is_retracted = models.BooleanField(default=False)
    note = models.TextField(
        blank=True, help_text="What readers were told of the change that made it."
    )
    place = models.CharField(max_length=6, blank=True, help_text="Where that note stands.")

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
        # What a list is filtered by comes first and its order last: pages by key walk these
        # (`front/paging.py`).
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(is_live=True), name="live_by_time"
            ),
            models.Index(
                fields=["section_slug", "-published_at", "-id"],
                condition=Q(is_live=True),
                name="live_by_section",
            ),
            # Not unique, since a story keeps its address from version to version. The door refuses
            # one that is another story's.
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

    def member(self, name: str) -> Any:
        """A member of the content; None in a version from before there was such a one."""
        return self.content.get(name)

    @property
    def dateline(self) -> str:
        return self.member("dateline") or ""

    @property
    def body(self) -> Body:
        return self.member("body") or []

    @property
    def sources(self) -> list[SourceTold]:
        return self.member("sources") or []

    @property
    def interviews(self) -> list[InterviewTold]:
        return self.member("interviews") or []

    @property
    def facts(self) -> list[FactTold]:
        return self.member("facts") or []

    @property
    def exhibits(self) -> list[ExhibitTold]:
        return self.member("exhibits") or []

    @property
    def quotations(self) -> list[QuotationTold]:
        return self.member("quotations") or []

    @property
    def comment_requests(self) -> list[CommentRequestTold]:
        return self.member("comment_requests") or []

    @property
    def notebook(self) -> list[NotebookEntryTold]:
        return self.member("notebook") or []

    @cached_property
    def changes(self) -> list[Version]:
        """The versions that a change made, up to this one, in their order; one query."""
        if self.number == 1:
            return []
        earlier = Version.objects.filter(article=self.article_id, number__range=(2, self.number))
        return list(earlier.defer(*WHOLE).order_by("number"))

    @property
    def title(self) -> str:
        """What it is called outside its own page: by its headline, or as a retracted story, whose headline may be
        what was false.
        """
        # Of an earlier version a list may have asked what became of its story.
        if not (self.is_retracted or getattr(self, "story_is_retracted", False)):
            return self.headline
        return joined((str(_("Retracted story")), day_in_words(self.published_on)))

    @property
    def label(self) -> str:
        """Of the change that made it, as readers are told: “Correction”."""
        return str(Update.Kind(self.change_kind).label) if self.change_kind else ""

    @property
    def authors(self) -> list[str]:
        """Who wrote it; others of its byline edited or translated it."""
        return [byline["name"] for byline in self.bylines if byline["role"] == "by"]
