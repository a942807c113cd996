"""The sheet of the desk's parts, for whoever draws a page of it; served in development alone."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from articles.stages import STAGES

COLOURS = (
    *("ground", "sheet", "sunk", "raised", "ink", "ink-soft", "ink-turned", "rule", "rule-firm"),
    *("pencil", "pencil-wash", "stop", "stop-wash", "look", "look-line", "look-wash"),
    *("backed", "backed-wash"),
)
MARKS = "admin/_marks.html"


def style(request: HttpRequest) -> HttpResponse:
    marks = [part.partition('"')[0] for part in render_to_string(MARKS).split('symbol id="m-')[1:]]
    stages = [(row.mark, row.word) for row in STAGES.values()]
    context = {
        **admin.site.each_context(request),
        "colours": COLOURS,
        "marks": marks,
        "stages": stages,
    }
    return render(request, "admin/style.html", {**context, "title": "Tokens and parts"})
