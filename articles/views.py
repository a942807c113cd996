"""The front: what readers see. Every page here reads live versions, and no desk row."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe
from django.views.static import serve

from .changes import LISTED
from .differences import differences
from .models import Version
from .structured_data import as_ninjs

RIVER = 24  # stories on a list page
CORRECTIONS = 50


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
    version = live_at(published_on, slug)
    if version is None:
        return redirect(moved_from(published_on, slug).get_absolute_url(), permanent=True)
    return render(request, "articles/article.html", {"version": version})


@require_safe
def notebook(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    version = live_at(published_on, slug)
    if version is None:
        return redirect(moved_from(published_on, slug).get_notebook_url(), permanent=True)
    return render(request, "articles/notebook.html", {"version": version})


@require_safe
def history(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    """Every version of a story, and the difference between any two of them."""
    live = live_at(published_on, slug)
    if live is None:
        return redirect(moved_from(published_on, slug).get_history_url(), permanent=True)
    versions = list(Version.objects.filter(article=live.article_id).order_by("-number"))
    pair = [_chosen(versions, request.GET.get(name, "")) for name in ("from", "to")]
    older, newer = sorted(filter(None, pair), key=lambda v: v.number) if all(pair) else (None, None)
    context = {"version": live, "versions": versions, "older": older, "newer": newer}
    if older and newer:
        context["blocks"] = differences(older, newer)
    return render(request, "articles/history.html", context)


def _chosen(versions: list[Version], number: str) -> Version | None:
    return next((version for version in versions if str(version.number) == number), None)


@require_safe
def version(request: HttpRequest, published_on: date, slug: str, number: int) -> HttpResponse:
    """A story as readers saw it in one of its versions."""
    live = live_at(published_on, slug)
    if live is None:
        live = moved_from(published_on, slug)
        return redirect("articles:version", live.published_on, live.slug, number, permanent=True)
    seen = get_object_or_404(Version.objects.filter(article=live.article_id), number=number)
    return render(request, "articles/version.html", {"version": seen, "live": live})


@require_safe
def ninjs(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    live = live_at(published_on, slug)
    if live is None:
        live = moved_from(published_on, slug)
        return redirect("articles:ninjs", live.published_on, live.slug, permanent=True)
    return JsonResponse(as_ninjs(live), json_dumps_params={"ensure_ascii": False})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Corrections, clarifications and retractions, by date and section."""
    listed = Version.objects.of_kinds(LISTED)
    section_slug = request.GET.get("section", "").replace("\x00", "")
    if section_slug:
        listed = listed.in_section(section_slug)
    if before := _moment(request.GET.get("before", "")):
        listed = listed.filter(created_at__lt=before)
    versions = list(listed[: CORRECTIONS + 1])
    more = versions[CORRECTIONS - 1].created_at if len(versions) > CORRECTIONS else None
    return render(
        request,
        "articles/corrections.html",
        {"versions": versions[:CORRECTIONS], "section_slug": section_slug, "more": more},
    )


def _moment(given: str) -> datetime | None:
    """A time in an address, where a plus sign may have become a blank."""
    try:
        moment = parse_datetime(given.replace(" ", "+"))
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def live_at(published_on: date, slug: str) -> Version | None:
    return Version.objects.live().filter(published_on=published_on, slug=slug).first()


def moved_from(published_on: date, slug: str) -> Version:
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
