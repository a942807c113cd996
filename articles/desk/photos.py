from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from ..media.pictures import rebuild
from ..models import Photo
from ..prepared.profiles import compose_profile
from ..record.material import Material
from .base import TakesFiles

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

VIEW = "articles.view_photo"


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
        # Of the file as it came: of a rebuilt one the same package would not be known again.
        self.instance.upload_digest = hashlib.sha256(upload.read()).hexdigest()
        return rebuilt


AT_ONCE = 12  # photos that the chooser beside a story offers


def photos_beside(material: Material, user: User | AnonymousUser) -> list[Photo] | None:
    """What the chooser beside a story offers: the photos in its text, then the newest."""
    if not (user.has_perm(VIEW) and material.article.is_editable_by(user)):
        # None and not empty: whoever may not write gets no chooser.
        return None
    photos = [*material.photos_in_text.values(), *Photo.objects.all()[:AT_ONCE]]
    return list(dict.fromkeys(photos))


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The newest photos of the library that say these words, for the chooser; 403 for outsiders."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    photos = Photo.objects.all()
    for word in request.GET.get("q", "").replace("\x00", "").split():
        photos = photos.filter(
            Q(caption__icontains=word) | Q(alt__icontains=word) | Q(credit__icontains=word)
        )
    return render(
        request, "admin/articles/article/_photo_choices.html", {"photos": photos[:AT_ONCE]}
    )


@admin.register(Photo)
class PhotoAdmin(TakesFiles):
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

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("find/", view(find), name="articles_photo_find"), *super().get_urls()]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A photo in the text of a story is held there, as the one at its head is."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        in_text = {f"Story: {story}" for photo in objs for story in photo.stories_around()}
        return deleted, counts, needed, [*protected, *sorted(in_text)]

    @admin.display(description="picture")
    def thumbnail(self, photo: Photo) -> str:
        if not photo.file:
            return "–"
        return format_html('<img class="thumbnail" src="{}" alt="{}">', photo.file.url, photo.alt)

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        if not change and request.user.is_authenticated:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)
        # Their public profiles show it, cut around the focal point.
        for author in obj.authors.all():
            compose_profile(author)
