"""Between the server and every view: pages are compressed, and what is too large is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Of what is made for a reader; files are sent as they are, most of them compressed already."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming:
            return response
        return super().process_response(request, response)


FROM_READERS = 100 * 1024  # bytes


def refuse_large_bodies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """413 before a byte of it is read, where nobody is logged in or the desk is not asked."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("CONTENT_LENGTH") or "0"
        length = int(given) if given.isascii() and given.isdigit() else 0
        is_of_the_desk = request.path.startswith("/desk/")
        if length > FROM_READERS and not (
            is_of_the_desk and settings.SESSION_COOKIE_NAME in request.COOKIES
        ):
            return HttpResponse("That is too much at once.", status=413, content_type="text/plain")
        return get_response(request)

    return middleware
