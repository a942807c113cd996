"""What people are told where there is nothing, and when something is away: who it is, and that nothing is lost."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error
from psycopg2.errors import QueryCanceled

RETRY_AFTER = 10  # seconds


def fault(request: HttpRequest) -> HttpResponse:
    """A page for what went wrong, without a query: 503 if the database is away, and else 500.

    What somebody was sending is in the page, to be sent again by one press.
    """
    error = sys.exc_info()[1]
    if not isinstance(error, InterfaceError | OperationalError):
        return server_error(request)
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"sent": sent, "path": request.get_full_path(), "has_files": bool(request.FILES)}
    # Without the request, of which the context processors would ask the database.
    response = render(None, "503.html", context, status=503)
    # Of a query that took too long alone nobody knows when it would not.
    if not isinstance(error.__cause__, QueryCanceled):
        response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same bytes whatever was asked for: a draft's address tells nothing."""
    response = render(request, "404.html", status=404)
    # Not for long: what is not there yet may be published the next second.
    response.headers["Cache-Control"] = "public, max-age=5"
    return response
