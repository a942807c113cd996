from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..notebook_files import read_file
from .article import Article

DOCUMENT_TYPES = [
    *("pdf", "csv", "tsv", "txt", "json", "xlsx", "ods", "docx", "odt"),
    *("jpg", "png", "mp4"),
]


def own_folder(entry: NotebookEntry, name: str) -> str:
    """A folder of its own for each file, so that it keeps its name."""
    return f"notebook/{uuid4().hex}/{name}"


class NotebookEntry(models.Model):
    """Something that readers are shown under “Inside our reporter’s notebook”."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        LINK = "link", _("link")
        VIDEO = "video", _("video")
        DATASET = "dataset", _("dataset")
        NOTE = "note", _("note")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notebook")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    title = models.CharField(max_length=200)
    url = models.URLField("web address", blank=True, max_length=500)
    file = models.FileField(
        upload_to=own_folder,
        blank=True,
        max_length=200,
        validators=[FileExtensionValidator(DOCUMENT_TYPES)],
    )
    # What readers get of the file, read when it is uploaded, and the name of the file that was read.
    shown = models.JSONField(default=dict, editable=False)
    shown_of = models.CharField(max_length=200, blank=True, editable=False)
    note = models.TextField(blank=True, help_text="The reporter's own words on it.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "notebook entries"

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """What readers get of its file is read when the file changes: the door only copies."""
        super().save(*args, **kwargs)
        if self.shown_of != (self.file.name or ""):
            self.shown, self.shown_of = {}, self.file.name or ""
            if self.file:
                with self.file.open("rb") as file:
                    self.shown = read_file(file, self.shown_of)
            super().save(update_fields=["shown", "shown_of"])

    def clean(self) -> None:
        if self.kind == self.Kind.NOTE and not self.note:
            raise ValidationError({"note": "Write the note."})
        if self.kind != self.Kind.NOTE and not (self.url or self.file):
            raise ValidationError("Give its web address, or upload it.")
