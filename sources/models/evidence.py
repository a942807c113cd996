"""What backs recorded words: the files of an interview, and what the words were compared with."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from simple_history.models import HistoricalRecords

from ..transcripts.looking import Result
from ..transcripts.transcript import Transcript, name_key
from .interview import Interview, Quote
from .people import SEES_EVERY_SOURCE, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ..colleagues import User


def own_folder(file: InterviewFile, name: str) -> str:
    """An address that nobody guesses and that tells nothing: who called stands in many a name, and addresses in logs."""
    suffix = PurePath(name).suffix.lower()
    kept = suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) < 8 else ""
    return f"interviews/{uuid4().hex}/file{kept}"


class InterviewFileQuerySet(models.QuerySet["InterviewFile"]):
    def visible_to(self, user: User | AnonymousUser) -> InterviewFileQuerySet:
        """A voice tells who somebody is: of whoever is not named, and of what is off the record, a file is
        open to those who heard it or know the source, whatever their role. Others come with their interview, and
        documents are for editors: they may be of a story that is under embargo.
        """
        if not user.is_authenticated:
            return self.none()
        heard = Interview.objects.filter(Q(recorded_by=user) | Q(source__known_to=user))
        others = Q(interview__source__named=True) & ~Q(
            interview__terms=Interview.Terms.OFF_THE_RECORD
        )
        if not user.has_perm(SEES_EVERY_SOURCE):
            others &= ~Q(interview__source__kind=Source.Kind.DOCUMENT)
        return self.filter(
            others | Q(interview__in=heard.values("pk")),
            interview__in=Interview.objects.visible_to(user).values("pk"),
        )

    def searched(self) -> InterviewFileQuerySet:
        """Those in which words can be looked for."""
        return self.filter(passages__gt=0)

    def without_contents(self) -> InterviewFileQuerySet:
        """Without what was read of them, which may be a book."""
        return self.defer("contents")


class InterviewFile(models.Model):
    """A recording, a transcript, notes: what an interview left, as it was brought. It is never public."""

    class Kind(models.TextChoices):
        RECORDING = "recording", "recording"
        TRANSCRIPT = "transcript", "transcript"
        NOTES = "notes", "notes"
        PICTURE = "picture", "picture of notes"
        DOCUMENT = "document", "document"

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=12, choices=Kind)
    file = models.FileField(upload_to=own_folder, max_length=200)
    name = models.CharField(max_length=160, help_text="As it was called when it was brought.")
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256, in hexadecimal.")
    duration = models.FloatField(null=True, blank=True, help_text="In seconds.")
    # What was read of it when it was brought: `Transcript.as_data()`, of a document with `pages` or `rows`, a number
    # for each passage. It may be a book.
    contents = models.JSONField(default=dict)
    passages = models.PositiveIntegerField(
        default=0, help_text="In which words are looked for; none in a recording or a picture."
    )
    is_whole = models.BooleanField(
        default=True, help_text="No words of it escape the search, as on a scanned page they do."
    )
    is_timed = models.BooleanField(default=False)
    speakers = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="interview_files_brought",
    )
    brought_at = models.DateTimeField(auto_now_add=True)

    objects = InterviewFileQuerySet.as_manager()
    # What its name and its words tell goes with the file.
    history = HistoricalRecords(excluded_fields=["contents", "name", "speakers", "warnings"])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "digest"], name="interview_has_each_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_searched(self) -> bool:
        """Can words be looked for in it?"""
        return self.passages > 0

    def names_another(self, speaker: str) -> bool:
        """Is a speaker whoever asked, or not the one whom it names like the source?"""
        spoken, theirs = _names_in(speaker), _names_in(self.interview.source.name)
        if not spoken or spoken & theirs:
            return False
        is_named = any(theirs & _names_in(label) for label in self.speakers)
        return is_named or bool(spoken & _names_in(self.interview.interviewer))

    def transcript(self) -> Transcript:
        return Transcript.from_data(self.contents)


# A signal, since whatever takes an interview takes its files with it, and asks none of them.
@receiver(post_delete, sender=InterviewFile)
def take_from_disk(instance: InterviewFile, **kwargs: Any) -> None:
    transaction.on_commit(lambda: instance.file.storage.delete(str(instance.file.name)))


class Comparison(models.Model):
    """Recorded words held against what they rest on: by the machine, or by a person, who stands for it.

    A row is never changed. It counts as long as the quote has the words that were compared.
    """

    class With(models.TextChoices):
        """The order is that of their weight."""

        RECORDING = "recording", "recording"
        DOCUMENT = "document", "document"
        TRANSCRIPT = "transcript", "transcript"
        NOTES = "notes", "notes"
        SOURCE = "source", "the source, in writing"

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="comparisons")
    words = models.TextField(help_text="Those of the quote when they were compared.")
    compared_with = models.CharField(max_length=12, choices=With)
    file = models.ForeignKey(
        InterviewFile, on_delete=models.CASCADE, null=True, blank=True, related_name="comparisons"
    )
    result = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Result])
    # Where they were found.
    start = models.FloatField(null=True, blank=True, help_text="In seconds from the beginning.")
    segment = models.PositiveIntegerField(null=True, blank=True, help_text="Of the transcript.")
    page = models.PositiveIntegerField(null=True, blank=True, help_text="Of a document, from 1.")
    row = models.PositiveIntegerField(
        null=True, blank=True, help_text="Of a table, from 1, with its heads."
    )
    speaker = models.CharField(max_length=200, blank=True, help_text="As the transcript has it.")
    passage = models.TextField(blank=True, help_text="The words that stand there.")
    # Empty for the machine.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comparisons",
    )
    by_machine = models.BooleanField(default=False)
    remark = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.quote}: {self.result}, {self.get_compared_with_display()}"

    @property
    def weight(self) -> int:
        return self.With.values.index(self.compared_with)

    @property
    def may_contradict(self) -> bool:
        """Would the words be in it if they had been said? In notes not all is, nor on a page that is a picture."""
        is_exact = self.compared_with in (self.With.TRANSCRIPT, self.With.DOCUMENT)
        return (
            self.by_machine
            and is_exact
            and (bool(self.passage) or self.file is None or self.file.is_whole)
        )

    @property
    def is_heard(self) -> bool:
        """Did a person listen?"""
        return self.compared_with == self.With.RECORDING

    @property
    def is_of_another(self) -> bool:
        """Does the file have these words as somebody else's than the source's?"""
        return self.file is not None and self.file.names_another(self.speaker)

    @property
    def is_same(self) -> bool:
        """Are they these words? What a machine nearly heard is none until somebody listens."""
        return self.result == Result.FOUND and not self.is_of_another

    @property
    def is_near(self) -> bool:
        """Are they these words but for what a machine mishears?"""
        return self.result == Result.NEAR and not self.is_of_another


def _names_in(label: str) -> set[str]:
    """“Holt” of “HOLT:”; nothing of “Speaker 2”."""
    return {word for word in name_key(label).split() if len(word) > 1 and word != "speaker"}
