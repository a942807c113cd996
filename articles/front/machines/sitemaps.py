"""For search engines: the sitemaps of sitemaps.org, the news sitemap, and robots.txt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...kept.keeping import everywhere, kept
from ...models import Listing, Policy, Version
from ...prepared.frame import current_frame
from .. import archive
from ..answers import ASKED_EACH_TIME, conditional

MOST = 50_000  # addresses in a sitemap, by sitemaps.org
NEWS, NEWS_DAYS = 1_000, 2  # addresses in a news sitemap and their age, by Google News
ADDRESS = ("slug", "published_on", "published_at", "created_at", "headline", "is_retracted")


@kept(everywhere)
@require_safe
@conditional
def index(request: HttpRequest) -> HttpResponse:
    """A sitemap for each month with stories in it, and one for the pages around them."""
    months = [(year, month) for year in archive.years() for month in archive.months(year)]
    paths = [reverse("articles:sitemap-pages")]
    paths += [reverse("articles:sitemap-month", args=month) for month in months]
    return _xml(request, "sitemap_index", {"paths": paths})


@kept(lambda touched: touched.months)
@require_safe
@conditional
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The stories that were published in a month; 404 for one without any."""
    begins, ends = archive.month(year, month)
    stories = Version.objects.live().filter(published_at__gte=begins, published_at__lt=ends)
    versions = list(stories.only(*ADDRESS).newest_first()[:MOST])
    if not versions:
        raise Http404
    return _xml(request, "sitemap", {"versions": versions})


@kept(everywhere)
@require_safe
@conditional
def pages(request: HttpRequest) -> HttpResponse:
    """Everything with an address of its own that is no story."""
    paths = [
        reverse(f"articles:{name}") for name in ("front", "corrections", "minor-edits", "archive")
    ]
    paths += [
        reverse("articles:section", args=[each["slug"]]) for each in current_frame(request).sections
    ]
    policies = Policy.objects.in_force()
    if policies:
        paths += [reverse("articles:standards"), *(each.get_absolute_url() for each in policies)]
    for kind in (Listing.Kind.AUTHOR, Listing.Kind.TAG):
        slugs = Listing.objects.filter(kind=kind, is_live=True).order_by("slug")
        # Authors, tags and the rest share what one sitemap may hold.
        names = slugs.values_list("slug", flat=True).distinct()[: MOST // 3]
        paths += [reverse(f"articles:{kind}", args=[slug]) for slug in names]
    return _xml(request, "sitemap_pages", {"paths": paths})


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days. A sitemap without one is none, by its schema: then 404."""
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    live = Version.objects.live().only(*ADDRESS).newest_first()
    recent = live.filter(published_at__gte=since)[:NEWS]
    versions = [version for version in recent if not version.is_retracted]
    if not versions:
        raise Http404
    response = _xml(request, "sitemap_news", {"versions": versions})
    # Without a validator, since stories leave it by their age alone.
    response.headers["Cache-Control"] = ASKED_EACH_TIME
    return response


@kept(lambda touched: [])
@require_safe
@conditional
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        # Every search would be one more page to a crawler.
        f"Disallow: {reverse('articles:search')}",
        "Allow: /",
        "",
        *(
            f"Sitemap: {settings.SITE_URL}{reverse(f'articles:{name}')}"
            for name in ("sitemap", "sitemap-news")
        ),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context |= {
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "language": settings.LANGUAGE_CODE.split("-")[0],
    }
    return render(request, f"articles/{template}.xml", context, content_type="application/xml")
