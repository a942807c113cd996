"""Bringing photos in, many at once: each is kept or refused by itself, with what its file says of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator

from ...media.picture_words import words_of
from ...media.pictures import rebuild
from ...models import Photo
from ..base import Brought, bring_each

if TYPE_CHECKING:
    from sources.colleagues import User

FILES_AT_ONCE = 40


def bring_in(request: HttpRequest) -> HttpResponse:
    """A page that takes files; with `part`, what became of those that were sent, for the script of that page."""
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "admin/articles/photo/bring.html", _context(request, []))
    files = request.FILES.getlist("files")
    user = request.user if request.user.is_authenticated else None
    brought = bring_each(files, FILES_AT_ONCE, lambda file: _kept(file, user))
    if "part" in request.POST:
        return render(
            request,
            "admin/articles/photo/_brought.html",
            {"brought": brought},
        )
    if brought and all(each.row for each in brought):
        messages.success(request, f"{len(brought)} brought in. Say what is missing of each.")
        return HttpResponseRedirect(f"{reverse('admin:articles_photo_changelist')}?whose=mine")
    return render(request, "admin/articles/photo/bring.html", _context(request, brought))


def _context(request: HttpRequest, brought: list[Brought]) -> dict[str, object]:
    site = admin.site.each_context(request)
    return {
        **site,
        "title": "Bring photos in",
        "opts": Photo._meta,
        "brought": brought,
        "most": FILES_AT_ONCE,
    }


def _kept(file: UploadedFile, user: User | None) -> Photo:
    photo = new_photo(file)
    photo.uploaded_by = user
    photo.save()
    return photo


def new_photo(file: UploadedFile) -> Photo:
    """A photo of an uploaded file, not yet saved, with what the file says of it. Raises `ValidationError`."""
    rebuilt, digest = take(file)
    assert file.file is not None  # noqa: S101  (Django has just received it)
    words = words_of(file.file)
    return Photo(
        file=rebuilt,
        upload_digest=digest,
        caption=Truncator(words.caption).chars(500),
        alt=Truncator(words.alt).chars(500),
        credit=Truncator(words.credit).chars(160),
    )


def take(upload: UploadedFile) -> tuple[ContentFile[bytes], str]:
    """Its picture, rebuilt, and its digest as it came, by which the same package is known again.

    Raises `ValidationError`.
    """
    assert upload.file is not None  # noqa: S101  (Django has just received it)
    rebuilt = rebuild(upload.file)
    upload.seek(0)
    return rebuilt, hashlib.sha256(upload.read()).hexdigest()
