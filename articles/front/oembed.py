"""oEmbed 1.0: a story as a card that another site can show, without a script of ours."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from sources.attribution import listed

from ..models import Version
from .answers import data
from .stories import live_at, moved_from

WIDTH, HEIGHT = 600, 200  # pixels
NARROWEST = 220


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """404 for an address that is no story's; 501 for another format than JSON, as oEmbed asks."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("JSON only", status=501, content_type="text/plain")
    version = _story_at(request.GET.get("url", ""))
    width = _narrowed(request.GET.get("maxwidth", ""))
    return data(request, lambda: _card(version, width), versions=[version], parts=[width])


def _story_at(address: str) -> Version:
    try:
        parts = urlsplit(address)
        match = resolve(unquote(parts.path))
    except (Resolver404, ValueError) as error:
        raise Http404 from error
    if parts.netloc != urlsplit(settings.SITE_URL).netloc or match.url_name != "article":
        raise Http404
    return live_at(**match.kwargs) or moved_from(**match.kwargs)


def _narrowed(maxwidth: str) -> int:
    asked = int(maxwidth[:6]) if maxwidth.isascii() and maxwidth.isdigit() else WIDTH
    return max(NARROWEST, min(asked, WIDTH))


def _card(version: Version, width: int) -> dict[str, Any]:
    card: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": version.headline,
        "author_name": listed(byline["name"] for byline in version.bylines),
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "cache_age": 3600,
        "html": render_to_string(
            "articles/_embedded.html",
            {"version": version, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL},
        ).strip(),
        "width": width,
        "height": HEIGHT,
    }
    picture = (version.lead_photo or {}).get("card")
    if picture and picture["width"] <= width:
        card |= {
            "thumbnail_url": f"{settings.SITE_URL}{settings.MEDIA_URL}{picture['jpeg']}",
            "thumbnail_width": picture["width"],
            "thumbnail_height": picture["height"],
        }
    return card
