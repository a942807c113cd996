"""The front: what readers see. Every page here reads live versions, and no desk row."""

from __future__ import annotations

from datetime import date

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.static import serve

from .models import Version

RIVER = 24  # stories on a list page


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(
        request, "articles/front.html", {"versions": Version.objects.live().cards()[:RIVER]}
    )


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    versions = list(Version.objects.live().in_section(slug).cards()[:RIVER])
    once = versions[0] if versions else Version.objects.in_section(slug).first()
    if once is None:
        raise Http404
    context = {"section_name": once.section_name, "versions": versions}
    return render(request, "articles/section.html", context)


@require_safe
def article(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    version = _live(published_on, slug)
    if version is None:
        return redirect(_moved(published_on, slug).get_absolute_url(), permanent=True)
    return render(request, "articles/article.html", {"version": version})


@require_safe
def notebook(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    version = _live(published_on, slug)
    if version is None:
        return redirect(_moved(published_on, slug).get_notebook_url(), permanent=True)
    return render(request, "articles/notebook.html", {"version": version})


def _live(published_on: date, slug: str) -> Version | None:
    return Version.objects.live().filter(published_on=published_on, slug=slug).first()


def _moved(published_on: date, slug: str) -> Version:
    """The live version of a story that once had this address; 404 where there never was one."""
    once = Version.objects.filter(published_on=published_on, slug=slug).values("article")[:1]
    moved = Version.objects.live().filter(article__in=once).first()
    if moved is None:
        raise Http404
    return moved


@require_safe
def public_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or document of a published story; named by content, so kept for ever.

    A larger newsroom's web server, or its file store, answers before this does.
    """
    response = serve(request, name, document_root=storages["public"].path(""))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same bytes whatever was asked for: a draft's address tells nothing."""
    return render(request, "404.html", status=404)
