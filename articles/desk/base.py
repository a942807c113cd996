"""The frames of the desk's pages: about one story, with a text editor, and with files to take."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from js_asset import Media

from sources.admin import DeskAdmin, is_key

from ..models import Article

logger = logging.getLogger(__name__)


class TakesFiles(DeskAdmin):
    """An admin whose forms take files. A disk that refuses one is told of, and nothing typed is lost."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except OSError as error:
            if request.method != "POST":
                raise
            logger.exception("A file could not be kept")
            # What was saved before it is taken back: the form is shown again as it was sent.
            request.kept_no_file = error.strerror or str(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        if reason := getattr(request, "kept_no_file", ""):

            def clean(self: Any) -> None:
                raise ValidationError(
                    f"The newsroom’s disk could not keep the file ({reason}). Nothing was saved: tell "
                    "whoever runs the newsroom, choose the file again and save once more."
                )

            # A form that never fits: Django shows again what was typed, and saves nothing.
            return type(form.__name__, (form,), {"clean": clean})
        return form


class EditorAdmin(DeskAdmin):
    """An admin whose form has the text editor in it."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The editor's import map is inline: under the Content-Security-Policy it needs the nonce."""
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        context["media"] = Media.from_media(context["media"]).with_nonce(nonce)
        return super().render_change_form(request, context, *args, **kwargs)


def then_its_page(
    request: HttpRequest, answer: HttpResponse, page: str, row: models.Model
) -> HttpResponse:
    """Saved, a row is seen on the page of that name, unless its form was opened over another's."""
    if "_save" in request.POST and "_popup" not in request.POST:
        answer["Location"] = reverse(page, args=[row.pk])
    return answer


def key_of(typed: str) -> int:
    """The key in a form or an address; 0, which no row has, for what is none."""
    return int(typed) if is_key(typed) else 0


def about_story(
    request: HttpRequest, template: str, article: Article, **context: Any
) -> HttpResponse:
    """A page of the desk about one story, with what every page of the admin shows."""
    site = admin.site.each_context(request)
    about = {"article": article, "opts": Article._meta, "time_zone": settings.TIME_ZONE}
    return render(request, template, {**site, **about, **context})


def back_to(article: Article) -> HttpResponse:
    """To the story's own page, after what was done to it."""
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


class Brought(NamedTuple):
    """A file that came, and what became of it: the row that has it now, or why it was refused."""

    name: str
    row: Any = None
    refusal: str = ""


def bring_each(
    files: Sequence[UploadedFile[Any]], most: int, take: Callable[[UploadedFile[Any]], Any]
) -> list[Brought]:
    """Take each file by itself, up to so many: one that is refused, or that the disk does not keep, stops no other.

    `take()` makes a row of it; it raises `ValidationError` and `OSError`.
    """
    too_many = f"More than {most} came at once. Send it again."
    return [
        *(bring_one(file, take) for file in files[:most]),
        *(Brought(file.name or "a file", refusal=too_many) for file in files[most:]),
    ]


def bring_one(file: UploadedFile[Any], take: Callable[[UploadedFile[Any]], Any]) -> Brought:
    name = file.name or "a file"
    try:
        return Brought(name, take(file))
    except ValidationError as refused:
        return Brought(name, refusal=" ".join(refused.messages))
    except OSError as error:
        # Not the error itself, whose text has the file's address: of an interview that is nobody's to read.
        logger.error("A file could not be kept: errno %s", error.errno)
        reason = error.strerror or str(error)
        disk = f"The newsroom’s disk could not keep it ({reason}). Try again."
        return Brought(name, refusal=disk)
