"""Feeds of what is new and of what was corrected, in three formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sources.prose.hypertext import without_controls

from ...kept.keeping import Arguments, kept
from ...kept.touched import Touched
from ...models import Listing, Version
from ...models.record import WHOLE
from ...prepared import rivers
from ...prepared.feed_entries import Entry, Feed, Format, entry_of, story_id
from ...record.changes import IN_CORRECTIONS
from ..answers import conditional

ENTRIES = 40


class Told(NamedTuple):
    """What a feed tells."""

    entries: list[str]  # in its format
    changed_at: datetime | None  # None where it tells nothing
    under: str  # the name that stands behind the site's


class Stories:
    """The newest stories; a story that is updated keeps its entry, and the entry gains the note."""

    def __init__(self, slug: str = "") -> None:
        self.slug = slug

    @staticmethod
    def touched(touched: Touched) -> Arguments:
        """Of which of these lists a change touches the feed."""
        return [()]

    def river(self) -> rivers.River:
        return rivers.every_story()

    def path(self) -> str:
        """Of the page that the feed is of."""
        return reverse("articles:front")

    def told(self, kind: type[Format]) -> Told:
        """Raises `Http404` for a list that nothing stands in: it has no address, but for the newsroom's own."""
        found = rivers.places(self.river(), kind.column, ENTRIES)
        if self.slug and not found:
            raise Http404
        changed_at = max((each.changed_at for each in found), default=None)
        under = found[0].under if self.slug else ""
        return Told([each.drawn for each in found], changed_at, under)


class OfSection(Stories):
    @staticmethod
    def touched(touched: Touched) -> Arguments:
        return [[slug] for slug in touched.sections]

    def river(self) -> rivers.River:
        return rivers.in_section(self.slug)

    def path(self) -> str:
        return reverse("articles:section", args=[self.slug])


class OfTag(Stories):
    kind = Listing.Kind.TAG

    @staticmethod
    def touched(touched: Touched) -> Arguments:
        return [[slug] for slug in touched.tags]

    def river(self) -> rivers.River:
        return rivers.listed_under(self.kind, self.slug)

    def path(self) -> str:
        return reverse(f"articles:{self.kind}", args=[self.slug])


class OfAuthor(OfTag):
    kind = Listing.Kind.AUTHOR

    @staticmethod
    def touched(touched: Touched) -> Arguments:
        return [[slug] for slug in touched.authors]


class Corrections(Stories):
    """Corrections, clarifications and retractions: an entry for each."""

    def path(self) -> str:
        return reverse("articles:corrections")

    def told(self, kind: type[Format]) -> Told:
        found = Version.objects.of_kinds(IN_CORRECTIONS).defer(*WHOLE)[:ENTRIES]
        entries = [kind.draw(_correction(version)) for version in found]
        changed_at = max((version.created_at for version in found), default=None)
        return Told(entries, changed_at, _("Corrections"))


def _correction(version: Version) -> Entry:
    return entry_of(version, [version.note]) | {
        "title": f"{version.label}: {version.title}",
        # A story may be corrected more than once, and each correction is news.
        "unique_id": f"{story_id(version)}-version-{version.number}",
        "pubdate": version.created_at,
        "updateddate": version.created_at,
    }


def feed_view(stories: type[Stories], kind: type[Format]) -> Callable[..., HttpResponse]:
    """The view of a list of stories in a format."""

    @kept(stories.touched)
    @require_safe
    @conditional
    def view(request: HttpRequest, slug: str = "") -> HttpResponse:
        written = _written(stories(slug), kind, request.path)
        return HttpResponse(written, content_type=kind.content_type)

    return view


def _written(stories: Stories, kind: type[Format], path: str) -> str:
    told = stories.told(kind)
    title = without_controls(": ".join(filter(None, [settings.SITE_NAME, told.under])))
    feed: Feed = kind(
        title=title,
        link=f"{settings.SITE_URL}{stories.path()}",
        description=title,
        language=settings.LANGUAGE_CODE,
        feed_url=f"{settings.SITE_URL}{path}",
        author_name=settings.SITE_NAME,
    )
    feed.entries = told.entries
    feed.changed_at = told.changed_at or feed.changed_at
    written: str = feed.writeString("utf-8")
    return written
