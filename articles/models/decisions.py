"""What editors decide on a story, with their names to it: going past a finding, granting anonymity, showing evidence."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone, translation
from simple_history.models import HistoricalRecords

from sources.models import Comparison, Interview, Quote, Source

from .article import Article

if TYPE_CHECKING:
    from sources.colleagues import User


class Override(models.Model):
    """An editor's decision to publish past one finding of the check, with its reason.

    It holds for that finding of that story, known by its rule and by what it is about (the words, the
    rows), however the check words it; what is found anew wants a reason of its own. `message` is what
    the editor read. Kept for good, as the log of the story is.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="overrides")
    code = models.CharField(max_length=40)
    message = models.TextField()
    recorded = models.TextField(
        blank=True, help_text="What was recorded beside what is printed, where that is the matter."
    )
    finding_key = models.CharField(
        max_length=16, help_text="Of the finding, with all that it is about."
    )
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sourcing_overrides"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("override_sourcing", "Can publish past what the check stops, with a reason")
        ]
        constraints = [
            models.CheckConstraint(name="override_has_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


class AnonymityApproval(models.Model):
    """May this story use this anonymous source? Asked by its reporter, decided by an editor."""

    class Decision(models.TextChoices):
        ASKED = "asked", "asked for"
        APPROVED = "approved", "approved"
        REFUSED = "refused", "refused"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="anonymity_approvals"
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="anonymity_approvals",
        limit_choices_to={"named": False},
    )
    reason = models.TextField(help_text="Why this story cannot do without it.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="anonymity_asked",
    )
    # What the AP asks of material from a source who is not named: information and not opinion,
    # vital, not to be had on the record, from somebody in a position to know.
    information = models.BooleanField("information, not opinion or attack", default=False)
    vital = models.BooleanField("vital to the story", default=False)
    not_available_on_record = models.BooleanField("not available on the record", default=False)
    in_a_position_to_know = models.BooleanField("in a position to know", default=False)

    decision = models.CharField(
        max_length=10, choices=Decision, default=Decision.ASKED, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="anonymity_decided",
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    approved_words = models.JSONField(
        default=list,
        editable=False,
        help_text="What readers are told of the source, as it was approved.",
    )
    remark = models.TextField(blank=True, editable=False)
    # Rule `anonymity-central`, after the NYT and the BBC.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="anonymity_confirmed",
        help_text="The standards editor who approved it too, where every source is anonymous.",
    )

    history = HistoricalRecords()

    ATTESTATIONS = ("information", "vital", "not_available_on_record", "in_a_position_to_know")

    class Meta:
        ordering = ["pk"]
        permissions = [
            ("decide_anonymityapproval", "Can approve or refuse anonymity"),
            ("confirm_anonymityapproval", "Can approve it for a story of anonymous sources alone"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "source"],
                name="one_approval_per_story_and_source",
                violation_error_message="Anonymity has been asked for this source in this story.",
            ),
            models.CheckConstraint(
                # The check asks who decided, and whether they know the source: it has to be
                # somebody.
                name="decided_approval_names_its_editor",
                condition=Q(decision="asked", decided_by=None, decided_at=None)
                | ~Q(decision="asked") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source.description}: {self.get_decision_display()}"

    @property
    def attested(self) -> list[str]:
        """The names of those of `ATTESTATIONS` that its reporter has ticked."""
        return [name for name in self.ATTESTATIONS if getattr(self, name)]

    @property
    def is_approved(self) -> bool:
        """Approved, and the source is still described to readers as it was then."""
        return self.decision == self.Decision.APPROVED and self.approved_words == self._words()

    def _words(self) -> list[str]:
        source = self.source
        with translation.override(None):  # an approval holds in whichever language it is asked for
            authorization = source.get_authorization_display()
        return [source.description, source.reason, authorization]

    @property
    def awaits_decision(self) -> bool:
        """Asked for; or approved, and then the source was described otherwise."""
        return self.decision != self.Decision.REFUSED and not self.is_approved

    def as_seen(self) -> str:
        """A digest of all that an editor decides on, to tell whether it has changed since."""
        # `str()`, since a decision that was just made and one that was read back have another
        # `repr`.
        seen = [self.source_id, *self._words(), self.reason, *self.attested, str(self.decision)]
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    def ask_again(self) -> None:
        """Back to the editors: what they decided on has changed."""
        self.decision, self.decided_by, self.decided_at = self.Decision.ASKED, None, None
        self.remark, self.approved_words, self.confirmed_by = "", [], None

    def decide(self, approved: bool, *, by: User, remark: str = "") -> None:
        """Record an editor's decision, and the words for readers that it was made on."""
        self.decision = self.Decision.APPROVED if approved else self.Decision.REFUSED
        self.decided_by, self.decided_at, self.remark = by, timezone.now(), remark
        # Whoever confirmed it did so to the decision before.
        self.confirmed_by = None
        self.approved_words = self._words() if approved else []
        self.save()

    def confirm(self, *, by: User) -> None:
        """A standards editor approves as well: no source of the story is named."""
        self.confirmed_by = by
        self.save()


def _own_folder(exhibit: Exhibit, name: str) -> str:
    """An address that nobody guesses."""
    return f"exhibits/{uuid4().hex}/{name}"


class Exhibit(models.Model):
    """What readers are shown beside a quotation: the passage of the document, or the seconds of sound, themselves.

    An editor decides on each. It holds for the words that were compared: with other words it is decided anew.
    """

    class Kind(models.TextChoices):
        PASSAGE = "passage", "the passage of the document"
        SOUND = "sound", "the sound itself"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="exhibits")
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="exhibits")
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.TextField(help_text="Those of the quote when it was decided.")
    # PROTECT: where the words stand stays, as long as readers are shown it.
    comparison = models.ForeignKey(
        Comparison, on_delete=models.PROTECT, null=True, related_name="exhibits"
    )
    # A passage: the words themselves, and what stands around them.
    before = models.TextField(blank=True)
    passage = models.TextField(blank=True)
    after = models.TextField(blank=True)
    # Sound: its own file, cut out of the recording.
    start = models.FloatField(null=True, help_text="In seconds from the recording's beginning.")
    seconds = models.FloatField(null=True)
    file = models.FileField(upload_to=_own_folder, max_length=200, blank=True)
    told = models.JSONField(default=dict, help_text="Of the file: its digest, size and type.")

    agreed = models.CharField(
        max_length=300, blank=True, help_text="What the source agreed to: “by phone, 3 May”."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exhibits_decided"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="exhibits_confirmed",
        help_text="The second editor, where it was not said on the record.",
    )

    history = HistoricalRecords(excluded_fields=["before", "passage", "after", "told"])

    LONGEST = 30  # seconds of sound

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        permissions = [("decide_exhibit", "Can decide that readers are shown evidence itself")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "quote"], name="one_exhibit_per_story_and_quote"
            ),
            models.CheckConstraint(
                name="exhibit_holds_what_it_shows",
                condition=(
                    Q(kind="passage", comparison__isnull=False) & ~Q(passage="")
                    | Q(kind="sound", start__gte=0, seconds__gt=0) & ~Q(file="") & ~Q(agreed="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"

    @property
    def is_sound(self) -> bool:
        return self.kind == self.Kind.SOUND

    @property
    def wants_another(self) -> bool:
        """Does it take two editors? What was not said on the record does."""
        return self.quote.interview.terms != Interview.Terms.ON_THE_RECORD

    @property
    def withheld(self) -> str:
        """Why readers are not shown it, in words for the desk; empty if they are."""
        if self.words != self.quote.words:
            return "The words were changed since it was decided: decide anew."
        # No press goes past this: a voice tells who somebody is.
        if self.is_sound and not self.quote.interview.source.named:
            return "The voice of somebody who is not named is never published."
        if self.wants_another and self.confirmed_by_id in (None, self.decided_by_id):
            return "This was not said on the record: a second editor has to confirm it."
        return ""


# A signal, since whatever takes a story or a quote takes these with it.
@receiver(post_delete, sender=Exhibit)
def take_sound_from_disk(instance: Exhibit, **kwargs: Any) -> None:
    if instance.file:
        storage, name = instance.file.storage, str(instance.file.name)
        transaction.on_commit(lambda: storage.delete(name))
