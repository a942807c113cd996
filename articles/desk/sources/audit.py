"""The audit of sourcing, for standards editors: its tables, their plots, and each table as CSV."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ...audit.period import By, Period
from ...audit.plots import plot
from ...audit.tables import Table, tables
from ...audit.written import as_csv

AUDIT = "articles.audit_sourcing"


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The tables of a period; with `table`, that one as CSV."""
    if not request.user.has_perm(AUDIT):
        raise PermissionDenied
    try:
        period = Period.asked(request.GET.dict())
    except ValueError as error:
        messages.error(request, str(error))
        period = Period.asked({})
    found = tables(period, request.user)
    if wanted := request.GET.get("table"):
        return _as_csv(next((table for table in found if table.slug == wanted), None), period)
    site: dict[str, Any] = admin.site.each_context(request)
    return render(
        request,
        "admin/sources/audit.html",
        {
            **site,
            "title": "The audit of sourcing",
            "period": period,
            "ways": list(By),
            "tables": [(table, plot(table)) for table in found],
            "stories": len(period.stories),
        },
    )


def _as_csv(table: Table | None, period: Period) -> HttpResponse:
    if table is None:
        raise Http404
    name = f"audit-{table.slug}-{period.first}-{period.last}.csv"
    return HttpResponse(
        as_csv(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
