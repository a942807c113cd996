"""oEmbed 1.0: a story as a card that another site can show, without a script of ours."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from sources.positions import joined

from ...models import Version
from ..answers import conditional, json_data
from ..stories import live_at, moved_from

WIDTH, HEIGHT = 600, 200  # pixels


@require_safe
@conditional
def card(request: HttpRequest) -> HttpResponse:
    """404 for an address that is no story's; 501 for another format than JSON, as oEmbed asks."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("JSON only", status=501, content_type="text/plain")
    version = _story_at(request.GET.get("url", ""))
    most = [_number(request.GET.get(name, "")) for name in ("maxwidth", "maxheight")]
    return json_data(_card(version, *most))


def _story_at(address: str) -> Version:
    try:
        parts = urlsplit(address)
        # The path as a request would bring it: decoded, for slugs in any script.
        match = resolve(unquote(parts.path))
    except (Resolver404, ValueError) as error:
        raise Http404 from error
    if parts.netloc != urlsplit(settings.SITE_URL).netloc or match.url_name != "article":
        raise Http404
    return live_at(**match.kwargs) or moved_from(**match.kwargs)


def _number(given: str) -> int:
    """What the other site has room for, in pixels; without limit where it does not say."""
    # Six digits are more than any screen has; Python refuses to read thousands.
    return int(given[:6]) if given.isascii() and given.isdigit() else 100_000


def _card(version: Version, width: int, height: int) -> dict[str, Any]:
    card: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": version.title,
        "author_name": joined(version.authors),
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "cache_age": 3600,  # seconds
        "html": render_to_string(
            "articles/_embedded.html",
            {"version": version, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL},
        ).strip(),
        "width": min(width, WIDTH),
        "height": min(height, HEIGHT),
    }
    picture = (version.lead_photo or {}).get("card")
    if picture and picture["width"] <= width and picture["height"] <= height:
        card |= {
            "thumbnail_url": f"{settings.SITE_URL}{settings.MEDIA_URL}{picture['jpeg']['name']}",
            "thumbnail_width": picture["width"],
            "thumbnail_height": picture["height"],
        }
    return card
