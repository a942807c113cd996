"""How readers and caches are answered: with a validator, and not again if nothing changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from ..kept.fingerprint import fingerprint
from ..models import Version
from ..prepared.frame import current_frame

# Browsers and caches ask each time, so that nobody sees a story without its correction; and may show
# what they have for a day if the newsroom cannot be reached.
ASKED_EACH_TIME = "public, max-age=0, stale-if-error=86400"

Changed = Iterable[datetime | None]


def answer(
    request: HttpRequest,
    draw: Callable[[], HttpResponse],
    *,
    parts: Iterable[object],
    changed: Changed = (),
) -> HttpResponse:
    """What `draw` makes, or “304 Not Modified” without making it.

    `parts` are whatever the answer is made of: of a version its key will do, since it never changes.
    `changed` are times at which it changed, beside the last publication and change of the frame.
    """
    told = [moment for moment in (current_frame(request).changed_at, *changed) if moment]
    # HTTP knows whole seconds. The last publication of any story counts: a list that a story leaves
    # would be older by its own stories' times (decision 10).
    modified = int(max(moment.timestamp() for moment in told))
    digest = hashlib.sha256(repr((fingerprint(), *parts)).encode()).hexdigest()[:32]
    # Weak, since compression changes the bytes. The release is in it: new templates are a new page.
    etag = f'W/"{digest}"'
    # Before `draw()`, so that a cache that asks again costs no rendering.
    response = get_conditional_response(request, etag=etag, last_modified=modified) or draw()
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = ASKED_EACH_TIME
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def html_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    versions: Iterable[Version] = (),
    parts: Iterable[object] = (),
    changed: Changed = (),
) -> HttpResponse:
    """A page with the frame around it, made of these versions and parts."""
    versions, frame = list(versions), current_frame(request)
    return answer(
        request,
        lambda: render(request, template, {"frame": frame, **context}),
        parts=[frame.stamp, *(version.pk for version in versions), *parts],
        changed=[*(version.created_at for version in versions), *changed],
    )


def json_data(
    request: HttpRequest,
    make: Callable[[], Any],
    *,
    versions: Iterable[Version],
    parts: Iterable[object] = (),
    content_type: str = "application/json",
) -> HttpResponse:
    """JSON for machines of any origin: what is public here is public everywhere."""
    versions = list(versions)

    def draw() -> HttpResponse:
        return HttpResponse(json.dumps(make(), ensure_ascii=False), content_type=content_type)

    response = answer(
        request,
        draw,
        parts=[*(version.pk for version in versions), *parts],
        changed=[version.created_at for version in versions],
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def moved(url: str) -> HttpResponsePermanentRedirect:
    """To where a story is now. Not kept for long: it may move back, and must not go in circles."""
    response = HttpResponsePermanentRedirect(url)
    response.headers["Cache-Control"] = ASKED_EACH_TIME
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """What was public here is not any more, and that is all there is to say."""
    response = render(request, "410.html", status=410)
    response.headers["Cache-Control"] = ASKED_EACH_TIME
    return response
