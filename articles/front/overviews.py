"""Lists of stories, the newest first: the front page, sections, tags, authors, the archive, corrections."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..kept.keeping import everywhere, kept
from ..models import Listing, Profile, Version
from ..models.record import WHOLE
from ..prepared import rivers
from ..prepared.frame import current_frame
from ..prepared.rivers import Place, River
from ..record.changes import IN_CORRECTIONS, MINOR
from . import archive
from .answers import conditional, gone, html_page
from .paging import Cursor, Page, cut, page_of

RIVER = 24  # stories on a list page
CORRECTIONS = 50


@kept(everywhere, reads=["before"])
@require_safe
@conditional
def front(request: HttpRequest) -> HttpResponse:
    """What editors put first, in their order; then the river of everything else."""
    chosen = current_frame(request).front
    first = _in_order(chosen)
    river = _page(request, rivers.every_story(but=[each.article for each in first]))
    context = {"first": first if river.is_first else [], "page": river}
    return html_page(request, "articles/front.html", context)


def _in_order(articles: list[int]) -> list[Place]:
    if not articles:
        return []
    found = rivers.places(rivers.these(articles), "card", len(articles))
    return sorted(found, key=lambda place: articles.index(place.article))


def _page(request: HttpRequest, river: River) -> Page[Place]:
    """The page of a river that a request asks for. Raises `Http404` for a cursor that was never ours."""
    cursor = Cursor.read(request.GET.get("before", ""))
    return cut(rivers.places(river, "card", RIVER + 1, cursor), RIVER, cursor, key="key")


@kept(lambda touched: [[slug] for slug in touched.sections], reads=["before"])
@require_safe
@conditional
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's stories; 404 for one in which nothing was ever published."""
    page = _page(request, rivers.in_section(slug))
    named = {each["slug"]: each["name"] for each in current_frame(request).sections}
    name = named.get(slug) or _once_in(slug)
    return html_page(request, "articles/section.html", {"name": name, "slug": slug, "page": page})


def _once_in(slug: str) -> str:
    # Any version will do: a section that was public once stays an address.
    once = Version.objects.in_section(slug).values_list("section_name", flat=True).first()
    if once is None:
        raise Http404
    return once


@kept(lambda touched: [[slug] for slug in touched.tags], reads=["before"])
@require_safe
@conditional
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories under a tag; 410 if there are none any more, 404 if there never were."""
    page, name = _under(request, Listing.Kind.TAG, slug)
    # 410 for what was there once: its listings are kept, though they are live no more (decision 8).
    # Behind a cursor an empty page is only the end of the list.
    if not page.rows and page.is_first:
        return gone(request)
    return html_page(request, "articles/tag.html", {"name": name, "slug": slug, "page": page})


@kept(lambda touched: [[slug] for slug in touched.authors], reads=["before"])
@require_safe
@conditional
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody's profile, and what they wrote; 410 and 404 as of a tag."""
    page, name = _under(request, Listing.Kind.AUTHOR, slug)
    profile = Profile.objects.filter(slug=slug).first()
    if not page.rows and profile is None and page.is_first:
        return gone(request)
    context = {
        "name": profile.name if profile else name,
        "slug": slug,
        "profile": profile,
        "page": page,
    }
    return html_page(request, "articles/author.html", context)


def _under(request: HttpRequest, kind: Listing.Kind, slug: str) -> tuple[Page[Place], str]:
    """A page of stories and the name they stand under; 404 where nothing ever stood."""
    page = _page(request, rivers.listed_under(kind, slug))
    if page.rows:
        return page, page.rows[0].under
    once = Listing.objects.filter(kind=kind, slug=slug).first()
    if once is None:
        raise Http404
    return page, once.name


@kept(everywhere)
@require_safe
@conditional
def archive_years(request: HttpRequest) -> HttpResponse:
    years = archive.years()
    return html_page(request, "articles/archive.html", {"years": years})


@kept(lambda touched: {(year,) for year, _ in touched.months})
@require_safe
@conditional
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of a year; 404 for a year without a story."""
    months = archive.months(year)
    if not months:
        raise Http404
    context = {"year": year, "months": months}
    return html_page(request, "articles/archive_year.html", context)


@kept(lambda touched: touched.months, reads=["before"])
@require_safe
@conditional
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The stories of a month; 404 for one without any."""
    page = _page(request, rivers.published_between(*archive.month(year, month)))
    if not page.rows and page.is_first:
        raise Http404
    context = {"month": date(year, month, 1), "page": page}
    return html_page(request, "articles/archive_month.html", context)


@kept(everywhere, reads=["before", "section"])
@require_safe
@conditional
def corrections(request: HttpRequest) -> HttpResponse:
    """Corrections, clarifications and retractions, by date and section."""
    return _changes(request, IN_CORRECTIONS, "corrections")


@kept(everywhere, reads=["before", "section"])
@require_safe
@conditional
def minor_edits(request: HttpRequest) -> HttpResponse:
    """Every slip that was mended, beside the corrections: nothing changes unseen."""
    return _changes(request, MINOR, "minor-edits")


def _changes(request: HttpRequest, kinds: Collection[str], name: str) -> HttpResponse:
    listed = Version.objects.of_kinds(kinds).defer(*WHOLE)
    # PostgreSQL takes no NUL in a parameter.
    section_slug = request.GET.get("section", "").replace("\x00", "")
    if section_slug:
        listed = listed.in_section(section_slug)
    cursor = Cursor.read(request.GET.get("before", ""))
    found = page_of(listed, cursor, CORRECTIONS, moment="created_at")
    context = {
        "address": reverse(f"articles:{name}"),
        "is_minor": name == "minor-edits",
        "section_slug": section_slug,
        "page": found,
        "kept": urlencode({"section": section_slug}) if section_slug else "",
    }
    return html_page(request, "articles/corrections.html", context)
