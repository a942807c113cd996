"""The notebook of a story: its files come at once, each by itself, and stay when the form is refused."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from ...media.notebook_files import read_file
from ...models import Article, NotebookEntry, Upload
from ..base import bring_one, key_of

_PREFIX = re.compile(r"notebook-(\d+|__prefix__)")  # of a row of the form
GONE = "The file is not on the desk any more: choose it again."


@require_POST
def take_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a file for the notebook, or says why not: the part of the row that stands under its field."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    prefix, sent = request.POST.get("prefix", ""), request.FILES.get("file")
    if not article.is_editable_by(request.user) or not _PREFIX.fullmatch(prefix) or not sent:
        raise PermissionDenied
    name, upload, refusal = bring_one(sent, lambda file: Upload.take(article, file))
    told = {"prefix": prefix, "name": name, "refusal": refusal, "upload": upload}
    shown = upload.shown if upload else {}
    return render(request, "admin/articles/article/_arrived.html", {**told, "shown": shown})


class FileOfEntry(AdminFileWidget):
    """The field of a file, with what came already and what readers will see of it."""

    row: NotebookEntryForm

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        row = self.row
        told = {
            "field": super().render(*args, **kwargs),
            "prefix": row.prefix,
            "upload": row.upload,
            "shown": row.instance.shown,
        }
        return SafeString(render_to_string("admin/articles/article/_file_of_entry.html", told))


class NotebookEntryForm(forms.ModelForm):
    # What came before the form: the key of an upload. And the encoding that somebody chose for a table.
    arrived = forms.CharField(required=False, widget=forms.HiddenInput)
    encoding = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        help_texts = {
            "file": "Published as it is, hidden properties and all: who wrote it, its revisions, "
            "where a video was taken. Remove what could give a source away before you upload it. "
            "Of a picture only the pixels are kept."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload: Upload | None = None
        readings = self.instance.shown.get("readings")
        self.initial["encoding"] = readings[0]["encoding"] if readings else ""
        if "file" in self.fields:
            widget = FileOfEntry()
            widget.row = self
            self.fields["file"].widget = widget

    def clean(self) -> dict[str, Any] | None:
        """A file is tried here, where its reporter can be told, not at the door; and is kept, whatever else is wrong."""
        cleaned = super().clean() or {}
        try:
            self.upload = self._arrived(cleaned.get("file"), cleaned.get("arrived", ""))
        except ValidationError as refused:
            self.add_error("file", refused)
        except OSError as error:
            self.add_error(
                "file", f"The newsroom’s disk could not keep the file ({error.strerror})."
            )
        if self.upload:
            # Where the form is shown again, it shows what came.
            sent = cast("QueryDict", self.data).copy()
            sent[self.add_prefix("arrived")] = str(self.upload.pk)
            self.data = sent
            cleaned["file"] = str(self.upload.file.name)
        try:
            self._read_as(cleaned.get("encoding", ""))
        except OSError as error:
            self.add_error("file", f"The newsroom’s disk has it no more ({error.strerror}).")
        return cleaned

    def _arrived(self, sent: Any, key: str) -> Upload | None:
        if isinstance(sent, UploadedFile):
            return Upload.take(self.instance.article, sent)
        if not key:
            return None
        # Held until the form is saved: a sweep may come by.
        uploads = Upload.objects.select_for_update().filter(article=self.instance.article_id)
        upload = uploads.filter(pk=key_of(key)).first()
        if upload is None:
            raise ValidationError(GONE)
        return upload

    def _read_as(self, encoding: str) -> None:
        """What readers are shown of it; a table in the encoding that was chosen among those that were offered."""
        entry = self.instance
        if self.upload:
            entry.shown, entry.shown_of = self.upload.shown, str(self.upload.file.name)
        offered = [each["encoding"] for each in entry.shown.get("readings", ())]
        if encoding in offered[1:]:
            with (self.upload or entry).file.open("rb") as file:
                entry.shown = read_file(file, entry.shown_of, encoding)
            if self.upload:
                self.upload.shown = entry.shown
                self.upload.save(update_fields=["shown"])

    def save(self, commit: bool = True) -> NotebookEntry:
        entry: NotebookEntry = super().save(commit)
        if self.upload and commit:
            self.upload.delete()
        return entry
