from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html

from sources.admin import DeskAdmin

from ..models import Photo
from ..pictures import rebuild


class PhotoForm(forms.ModelForm):
    # Not forms.ImageField: that one calls a picture of 200 megapixels “not an image”.
    file = forms.FileField(
        widget=AdminFileWidget, help_text="JPEG, PNG or WebP. Only its pixels are kept."
    )

    class Meta:
        model = Photo
        fields = ["file", "alt", "credit", "caption", "focal_x", "focal_y"]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload
        assert upload.file is not None  # noqa: S101  (Django has just received it)
        rebuilt = rebuild(upload.file)
        upload.seek(0)
        self.instance.upload_digest = hashlib.sha256(upload.read()).hexdigest()
        return rebuilt


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    form = PhotoForm
    list_display = ["thumbnail", "caption", "credit", "uploaded_at"]
    list_display_links = ["thumbnail", "caption"]
    search_fields = ["caption", "alt", "credit"]
    readonly_fields = ["thumbnail"]
    fieldsets = [
        (None, {"fields": ["thumbnail", "file", "alt", "credit", "caption"]}),
        (
            "Focal point, kept in view when the picture is cropped",
            {"fields": [("focal_x", "focal_y")]},
        ),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        """A reporter's own; all of them for those who may also delete: photo editors and editors."""
        return super().has_change_permission(request, obj) and (
            obj is None
            or request.user.has_perm("articles.delete_photo")
            or (obj.uploaded_by_id == request.user.pk and not obj.is_in_editors_hands())
        )

    @admin.display(description="picture")
    def thumbnail(self, photo: Photo) -> str:
        if not photo.file:
            return "–"
        return format_html('<img class="thumbnail" src="{}" alt="{}">', photo.file.url, photo.alt)

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        if not change and request.user.is_authenticated:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)
