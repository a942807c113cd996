from __future__ import annotations

from datetime import date, datetime

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from ..prepared.feed_entries import Atom, Json, Rss
from ..text.slugs import is_slug
from . import overviews, policies, reports, search_page, stories
from .machines import api, feeds, oembed, sitemaps


class DayConverter:
    """A day in an address: 2020/03/13."""

    regex = r"\d{4}/\d{2}/\d{2}"

    def to_python(self, value: str) -> date:
        # A ValueError, of February 30, is to Django an address that does not fit.
        return datetime.strptime(value, "%Y/%m/%d").date()

    def to_url(self, value: date) -> str:
        return f"{value.year:04}/{value.month:02}/{value.day:02}"


class YearConverter:
    regex = r"[12]\d{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter(YearConverter):
    regex = r"0[1-9]|1[0-2]"

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class WordsConverter:
    """A slug in any script."""

    regex = r"[^/.\s]+"

    def to_python(self, value: str) -> str:
        if not is_slug(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DayConverter, "day")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(WordsConverter, "words")


def feeds_at(start: str, name: str, stories: type[feeds.Stories]) -> list[URLPattern]:
    """The three feeds of a list of stories: Atom, RSS and JSON Feed."""
    return [
        path(f"{start}feed/", feeds.feed_view(stories, Atom), name=f"{name}feed"),
        path(f"{start}feed/rss/", feeds.feed_view(stories, Rss), name=f"{name}feed-rss"),
        path(f"{start}feed/json/", feeds.feed_view(stories, Json), name=f"{name}feed-json"),
    ]


app_name = "articles"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overviews.front, name="front"),
    path("section/<words:slug>/", overviews.section, name="section"),
    path("tag/<words:slug>/", overviews.tag, name="tag"),
    path("by/<words:slug>/", overviews.author, name="author"),
    path("archive/", overviews.archive_years, name="archive"),
    path("archive/<year:year>/", overviews.archive_year, name="archive-year"),
    path("archive/<year:year>/<month:month>/", overviews.archive_month, name="archive-month"),
    path("search/", search_page.search_page, name="search"),
    path("corrections/", overviews.corrections, name="corrections"),
    path("corrections/minor-edits/", overviews.minor_edits, name="minor-edits"),
    path("standards/", policies.standards, name="standards"),
    path("standards/<words:slug>/", policies.policy, name="policy"),
    path("standards/<words:slug>/<int:key>/", policies.earlier_text, name="policy-text"),
    path("<day:published_on>/<words:slug>/", stories.article, name="article"),
    path("<day:published_on>/<words:slug>/notebook/", stories.notebook, name="notebook"),
    path("<day:published_on>/<words:slug>/history/", stories.history, name="history"),
    path("<day:published_on>/<words:slug>/history/<int:number>/", stories.version, name="version"),
    path("<day:published_on>/<words:slug>/history/<int:number>.json", stories.proof, name="proof"),
    path("<day:published_on>/<words:slug>/report/", reports.report, name="report"),
    path("<day:published_on>/<words:slug>.json", stories.ninjs, name="ninjs"),
    *feeds_at("", "", feeds.Stories),
    *feeds_at("section/<words:slug>/", "section-", feeds.OfSection),
    *feeds_at("tag/<words:slug>/", "tag-", feeds.OfTag),
    *feeds_at("by/<words:slug>/", "author-", feeds.OfAuthor),
    *feeds_at("corrections/", "corrections-", feeds.Corrections),
    path("api/", include(api.urlpatterns)),
    path("oembed/", oembed.card, name="oembed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemap-<year:year>-<month:month>.xml", sitemaps.month, name="sitemap-month"),
    path("robots.txt", sitemaps.robots, name="robots"),
    re_path(
        r"^media/(?P<name>(?:pictures|notebook)/[\w.-]{1,200})$", stories.public_file, name="file"
    ),
]
