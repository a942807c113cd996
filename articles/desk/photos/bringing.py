"""Bringing photos in, many at once: each is kept or refused by itself, with what its file says of it."""

from __future__ import annotations

import hashlib
import logging
from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator

from ...media.picture_words import words_of
from ...media.pictures import rebuild
from ...models import Photo

FILES_AT_ONCE = 40
TOO_MANY = f"More than {FILES_AT_ONCE} came at once. Send it again."

logger = logging.getLogger(__name__)


class Brought(NamedTuple):
    """A file that came, and what became of it: a photo, or why it was refused."""

    name: str
    photo: Photo | None
    refusal: str = ""


def bring_in(request: HttpRequest) -> HttpResponse:
    """A page that takes files; with `part`, what became of those that were sent, for the script of that page."""
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "admin/articles/photo/bring.html", _context(request, []))
    files = request.FILES.getlist("files")
    brought = [
        *(_bring(request, file) for file in files[:FILES_AT_ONCE]),
        *(Brought(file.name or "a file", None, TOO_MANY) for file in files[FILES_AT_ONCE:]),
    ]
    if "part" in request.POST:
        return render(
            request,
            "admin/articles/photo/_brought.html",
            {"brought": brought},
        )
    if brought and all(each.photo for each in brought):
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


def _bring(request: HttpRequest, file: UploadedFile) -> Brought:
    name = file.name or "a file"
    try:
        photo = new_photo(file)
        if request.user.is_authenticated:
            photo.uploaded_by = request.user
        photo.save()
    except ValidationError as refused:
        return Brought(name, None, " ".join(refused.messages))
    except OSError as error:
        logger.exception("A photo could not be kept")
        reason = error.strerror or str(error)
        return Brought(name, None, f"The newsroom’s disk could not keep it ({reason}). Try again.")
    return Brought(name, photo)


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
