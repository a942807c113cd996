"""The frame of the desk's pages about one story."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from ..models import Article


def page(request: HttpRequest, template: str, article: Article, **context: Any) -> HttpResponse:
    site = admin.site.each_context(request)
    about = {"article": article, "opts": Article._meta, "time_zone": settings.TIME_ZONE}
    return render(request, template, {**site, **about, **context})


def back_to(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
