"""When somebody told us something, on what terms, and in which words."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .people import SEES_EVERY_SOURCE, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ..colleagues import User
    from .evidence import Comparison


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, user: User | AnonymousUser) -> InterviewQuerySet:
        """Their own, those with anonymous sources whom they know, and what was said on the record."""
        if user.has_perm(SEES_EVERY_SOURCE):
            return self
        if not user.is_authenticated:
            return self.none()
        # Terms alone are not enough: an anonymous source's interview may be “on the record”, too.
        on_record = Q(source__named=True, terms=Interview.Terms.ON_THE_RECORD)
        mine = Q(recorded_by=user) | Q(source__known_to=user) | on_record
        return self.filter(pk__in=Interview.objects.filter(mine).values("pk"))


class Interview(models.Model):
    """One time when a source told us something, and on what terms."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        PHONE = "phone", _("by phone")
        VIDEO = "video", _("by video")
        EMAIL = "email", _("by e-mail")
        TEXT = "text", _("by text message")
        STATEMENT = "statement", _("in a statement")
        PUBLIC_EVENT = "public_event", _("at a public event")
        DOCUMENT = "document", _("in a document")

    class Terms(models.TextChoices):
        """The four classes of terms in the AP's statement of news values."""

        # It may be used with no caveats, quoted, with the name.
        ON_THE_RECORD = "on_the_record", "on the record"
        # It may be published on conditions that were agreed: mostly a description, not the name.
        ON_BACKGROUND = "on_background", "on background"
        # It may be used, but attributed to nobody, not even to an anonymous source.
        DEEP_BACKGROUND = "deep_background", "deep background"
        # It may not be used for publication at all.
        OFF_THE_RECORD = "off_the_record", "off the record"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="interviews")
    # No defaults: pressed unread, one would become a public statement.
    held_on = models.DateField("when")
    how = models.CharField(max_length=20, choices=How)
    interviewer = models.CharField("by whom", max_length=120, blank=True)
    terms = models.CharField(max_length=20, choices=Terms)
    terms_as_agreed = models.CharField(
        "terms in the words agreed",
        max_length=300,
        blank=True,
        help_text="What was said: “you can use this, but not my name”.",
    )
    kept_at = models.CharField(
        "recording or notes kept",
        max_length=200,
        blank=True,
        help_text="Where a colleague would find them. Never who an anonymous source is.",
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="interviews_verified",
        help_text="Who, other than the interviewer, has checked that it took place.",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="interviews_recorded",
    )

    objects = InterviewQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.source}, {self.held_on}, {self.get_terms_display()}"

    def opens_its_files_to(self, user: User | AnonymousUser) -> bool:
        """As `InterviewFile.objects.visible_to()`, of one that somebody sees and that may have no file yet."""
        if not user.is_authenticated:
            return False
        is_open = self.source.named and self.terms != self.Terms.OFF_THE_RECORD
        if self.source.kind == Source.Kind.DOCUMENT:
            is_open = is_open and user.has_perm(SEES_EVERY_SOURCE)
        has_heard = self.recorded_by_id == user.pk
        # Of many interviews their source is read with those who know it.
        return is_open or has_heard or user in self.source.known_to.all()

    @property
    def is_quotable_to_readers(self) -> bool:
        """May a reader see these words with this attribution? (AP: terms of use.)"""
        if self.terms == self.Terms.ON_THE_RECORD:
            return True
        # Background is what the source may be described for, and not named. A document names nobody who gave it.
        is_document = self.source.kind == Source.Kind.DOCUMENT
        return self.terms == self.Terms.ON_BACKGROUND and (is_document or not self.source.named)


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: User | AnonymousUser) -> QuoteQuerySet:
        """The words of interviews that they see; those off the record, if they heard them or know the source."""
        if not user.is_authenticated:
            return self.none()
        heard = Interview.objects.filter(Q(recorded_by=user) | Q(source__known_to=user))
        others = ~Q(interview__terms=Interview.Terms.OFF_THE_RECORD)
        return self.filter(
            others | Q(interview__in=heard.values("pk")),
            interview__in=Interview.objects.visible_to(user).values("pk"),
        )


class Quote(models.Model):
    """The exact words, as they were said."""

    class Basis(models.TextChoices):
        """How the words were heard, as whoever recorded them says. Whether they were checked is in no choice."""

        RECORDING = "recording", "taken from a recording"
        NOTES = "notes", "from notes taken as they were said"
        WRITTEN = "written", "received in writing"
        # A story's own words, recorded: an echo of it, and no evidence.
        COPIED = "copied", "copied out of the story"

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="quotes")
    words = models.TextField(help_text="The exact words, without quotation marks around them.")
    context = models.TextField(
        blank=True, help_text="What they were answering, so that the words keep their meaning."
    )
    # Empty in a quote that came in a package, where nobody has said.
    basis = models.CharField("how the words were heard", max_length=12, choices=Basis, default="")

    objects = QuoteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="quote_has_words",
                condition=~Q(words=""),
                violation_error_message="A quote needs its words.",
            )
        ]

    def __str__(self) -> str:
        return f"“{self.words[:60]}{'…' if len(self.words) > 60 else ''}”"

    @property
    def speaker_id(self) -> int:
        return self.interview.source_id

    @cached_property
    def every_comparison(self) -> list[Comparison]:
        """With whatever words it had; `sources.evidence.comparing` reads those of many quotes at once."""
        return list(self.comparisons.select_related("file__interview__source", "by"))

    @property
    def compared(self) -> list[Comparison]:
        """What its words were compared with, as they are now."""
        return [each for each in self.every_comparison if each.words == self.words]

    @property
    def checked(self) -> Comparison | None:
        """The weightiest comparison in which the words were the same; None, if nobody can say so.

        Where a transcript has it otherwise, what the machine found elsewhere is none.
        """
        is_doubtful = self.contradicted is not None
        same = [each for each in self.compared if each.is_same]
        counting = [each for each in same if not (is_doubtful and each.by_machine)]
        return min(counting, key=lambda each: each.weight, default=None)

    @property
    def nearly(self) -> Comparison | None:
        """Where a transcript has the words but for what a machine mishears, as long as nothing says more."""
        near = [each for each in self.compared if each.is_near]
        return None if self.checked else next(iter(near), None)

    @property
    def contradicted(self) -> Comparison | None:
        return self.contradiction()

    def contradiction(self, writers: Collection[int | None] = ()) -> Comparison | None:
        """What a transcript of the interview has instead of the words, or that it has nothing like them.

        None where none was brought, where one has the words and none has others in their place, or where somebody
        has heard them on the recording who neither recorded them nor is one of these writers: machines mishear.
        """
        exact = [each for each in self.compared if each.may_contradict]
        listened = {each.by_id for each in self.compared if each.is_heard}
        if listened - {None, self.interview.recorded_by_id, *writers}:
            return None
        otherwise = [each for each in exact if each.passage and not (each.is_same or each.is_near)]
        if otherwise:
            return otherwise[0]
        return None if any(each.passage for each in exact) else next(iter(exact), None)
