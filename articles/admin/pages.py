"""The frames of the desk's pages: about one story, and with a text editor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from js_asset import Media

from sources.admin import DeskAdmin

from ..models import Article


class EditorAdmin(DeskAdmin):
    """An admin whose form has the text editor in it."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The editor's import map is inline: under the Content-Security-Policy it needs the nonce."""
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        context["media"] = Media.from_media(context["media"]).with_nonce(nonce)
        return super().render_change_form(request, context, *args, **kwargs)


def page(request: HttpRequest, template: str, article: Article, **context: Any) -> HttpResponse:
    site = admin.site.each_context(request)
    about = {"article": article, "opts": Article._meta, "time_zone": settings.TIME_ZONE}
    return render(request, template, {**site, **about, **context})


def back_to(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
