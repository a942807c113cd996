"""How readers and caches are answered: with a validator, and not again if nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.safestring import SafeString

from ..kept.fingerprint import fingerprint
from ..prepared.frame import MAIN, current_frame

# Browsers and caches ask each time, so that nobody sees a story without its correction; and may show
# what they have for a day if the newsroom cannot be reached.
ASKED_EACH_TIME = "public, max-age=0, stale-if-error=86400"

View = TypeVar("View", bound=Callable[..., HttpResponse])


def conditional(view: View) -> View:
    """Of a view of readers: whoever has its page as it is gets “304 Not Modified”, before the view is called.

    A page is what it was until something is published, a time has come or a release is another: that is read by
    one query. So the same validator stands on all pages, and a publication changes those of others, too, which is
    why no list is older by its own stories’ times when one leaves it (decision 10).
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        frame = current_frame(request)
        # Weak, since compression changes the bytes.
        digest = hashlib.sha256(f"{fingerprint()} {frame.stamp}".encode()).hexdigest()[:32]
        etag, modified = f'W/"{digest}"', int(frame.changed_at.timestamp())
        known = get_conditional_response(request, etag=etag, last_modified=modified)
        # “*” asks whether there is anything at all, which only the view knows.
        if known is None or request.headers.get("If-None-Match", "").strip() == "*":
            known = view(request, *args, **kwargs)
        if known.status_code == 304:
            # As JSON has it; of a page it tells nothing.
            known.headers["Access-Control-Allow-Origin"] = "*"
        if known.status_code in (200, 304):
            known.headers["ETag"] = etag
            known.headers["Last-Modified"] = http_date(modified)
            known.headers["Cache-Control"] = ASKED_EACH_TIME
            patch_vary_headers(known, ["Accept-Encoding"])
        return known

    return answered  # type: ignore[return-value]


def html_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with the frame around it, which is drawn already: a template extends `inside.html`."""
    frame = current_frame(request)
    context = {"frame": frame, "mark": SafeString(MAIN), **context}
    head, _, main = render_to_string(template, context, request).partition(MAIN)
    return HttpResponse(frame.page(head, main))


def json_data(made: Any, content_type: str = "application/json") -> HttpResponse:
    """JSON for machines of any origin: what is public here is public everywhere."""
    response = JsonResponse(
        made, json_dumps_params={"ensure_ascii": False}, content_type=content_type, safe=False
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
