from __future__ import annotations

from datetime import date, datetime

from django.urls import path, re_path, register_converter

from . import reports, views
from .feeds import CorrectionsFeed, StoriesFeed


class DayConverter:
    """A day in an address: 2020/03/13."""

    regex = r"\d{4}/\d{2}/\d{2}"

    def to_python(self, value: str) -> date:
        return datetime.strptime(value, "%Y/%m/%d").date()

    def to_url(self, value: date) -> str:
        return f"{value.year:04}/{value.month:02}/{value.day:02}"


class WordsConverter:
    """A slug in any script."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DayConverter, "day")
register_converter(WordsConverter, "words")

app_name = "articles"
urlpatterns = [
    path("", views.front, name="front"),
    path("section/<words:slug>/", views.section, name="section"),
    path("<day:published_on>/<words:slug>/", views.article, name="article"),
    path("<day:published_on>/<words:slug>/notebook/", views.notebook, name="notebook"),
    path("<day:published_on>/<words:slug>/history/", views.history, name="history"),
    path("<day:published_on>/<words:slug>/history/<int:number>/", views.version, name="version"),
    path("<day:published_on>/<words:slug>/report/", reports.report, name="report"),
    path("<day:published_on>/<words:slug>.json", views.ninjs, name="ninjs"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/feed/", CorrectionsFeed(), name="corrections-feed"),
    path("feed/", StoriesFeed(), name="feed"),
    re_path(r"^media/(?P<name>(?:pictures|notebook)/[\w.-]+)$", views.public_file, name="file"),
]
