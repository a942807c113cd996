"""Feeds of what is new and of what was corrected, in three formats.

An entry's id never changes, whatever is corrected.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sources.positions import joined
from sources.prose.hypertext import without_controls

from ...kept.keeping import Arguments, kept
from ...kept.touched import Touched
from ...models import Listing, Update, Version
from ...models.record import WHOLE, VersionQuerySet
from ...record.changes import IN_CORRECTIONS
from ..answers import conditional

ENTRIES = 40


class Stories:
    """The newest stories; a story that is updated keeps its entry, and the entry gains the note."""

    def __init__(self, slug: str = "") -> None:
        self.slug = slug
        self.versions = self.newest()[:ENTRIES].with_changes()
        # The newsroom's own feeds may be empty; a list that nothing stands in has no address.
        if slug and not self.versions:
            raise Http404

    @staticmethod
    def touched(touched: Touched) -> Arguments:
        """Of which of these lists a change touches the feed."""
        return [()]

    def newest(self) -> VersionQuerySet:
        """What stands in the feed, the newest first; not yet cut to `ENTRIES`."""
        return Version.objects.live().cards()

    def title(self) -> str:
        """What is put behind the site's name; empty for all stories."""
        return ""

    def path(self) -> str:
        """Of the page that the feed is of."""
        return reverse("articles:front")

    def entry(self, version: Version) -> dict[str, Any]:
        """One entry, in the words of Django's feed generator, and its paragraphs."""
        # A minor edit changes no fact, quotation, number or name; the history has it.
        shown = [each for each in version.changes if each.change_kind != Update.Kind.MINOR]
        notes = [f"{change.label}: {change.note}" for change in shown]
        picture = (version.lead_photo or {}).get("card")
        return {
            "title": version.headline,
            "link": f"{settings.SITE_URL}{version.get_absolute_url()}",
            "paragraphs": list(filter(None, [version.deck, *notes])),
            "unique_id": _story_id(version),
            "unique_id_is_permalink": False,
            "authors": version.authors,
            "pubdate": version.published_at,
            "updateddate": version.updated_at or version.published_at,
            "categories": version.tags,
            "enclosures": [_enclosure(picture)] if picture else [],
        }


class OfSection(Stories):
    @staticmethod
    def touched(touched: Touched) -> Arguments:
        return [[slug] for slug in touched.sections]

    def newest(self) -> VersionQuerySet:
        return super().newest().in_section(self.slug)

    def title(self) -> str:
        return self.versions[0].section_name

    def path(self) -> str:
        return reverse("articles:section", args=[self.slug])


class OfTag(Stories):
    kind = Listing.Kind.TAG

    @staticmethod
    def touched(touched: Touched) -> Arguments:
        return [[slug] for slug in touched.tags]

    def newest(self) -> VersionQuerySet:
        listings = Listing.objects.filter(kind=self.kind, slug=self.slug, is_live=True)
        newest = listings.order_by("-published_at", "-version_id").values_list("version", "name")
        self.named = dict(newest[:ENTRIES])
        return super().newest().filter(pk__in=list(self.named))

    def title(self) -> str:
        return next(iter(self.named.values()), self.slug)

    def path(self) -> str:
        return reverse(f"articles:{self.kind}", args=[self.slug])


class OfAuthor(OfTag):
    kind = Listing.Kind.AUTHOR

    @staticmethod
    def touched(touched: Touched) -> Arguments:
        return [[slug] for slug in touched.authors]


class Corrections(Stories):
    """Corrections, clarifications and retractions: an entry for each."""

    def newest(self) -> VersionQuerySet:
        return Version.objects.of_kinds(IN_CORRECTIONS).defer(*WHOLE)

    def title(self) -> str:
        return _("Corrections")

    def path(self) -> str:
        return reverse("articles:corrections")

    def entry(self, version: Version) -> dict[str, Any]:
        return super().entry(version) | {
            "title": f"{version.label}: {version.headline}",
            "paragraphs": [version.note],
            # A story may be corrected more than once, and each correction is news.
            "unique_id": f"{_story_id(version)}-version-{version.number}",
            "pubdate": version.created_at,
            "updateddate": version.created_at,
        }


def _story_id(version: Version) -> str:
    """Of the story, not of its address or its version."""
    host = str(settings.SITE_URL).split("//")[-1].split(":")[0]
    # A tag URI, RFC 4151: it names, and leads nowhere.
    return f"tag:{host},{version.published_on:%Y-%m-%d}:story-{version.article_id}"


def _enclosure(picture: dict[str, Any]) -> Enclosure:
    """A picture of the story, with its length in bytes."""
    return Enclosure(
        f"{settings.SITE_URL}{settings.MEDIA_URL}{picture['jpeg']['name']}",
        str(picture["jpeg"]["size"]),
        "image/jpeg",
    )


# --- Formats


class Steady(SyndicationFeed):
    """The same bytes as long as nothing changes: Django dates a feed without entries by the clock."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class Atom(Steady, Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"


class Rss(Steady, Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"


class Json(Steady):
    """JSON Feed 1.1."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[Any], encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False))

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        told = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            # JSON Feed wants this of every item, or HTML.
            "content_text": "\n\n".join(item["paragraphs"]) or item["title"],
            "date_published": item["pubdate"].isoformat(),
            "date_modified": item["updateddate"].isoformat(),
            "authors": [{"name": name} for name in item["authors"]],
            "tags": list(item["categories"] or ()),
            "image": item["enclosures"][0].url if item["enclosures"] else "",
        }
        return {name: value for name, value in told.items() if value}


Format = Atom | Rss | Json


def feed_view(stories: type[Stories], kind: type[Format]) -> Callable[..., HttpResponse]:
    """The view of a list of stories in a format."""

    @kept(stories.touched)
    @require_safe
    @conditional
    def view(request: HttpRequest, slug: str = "") -> HttpResponse:
        written = _written(stories(slug), kind, request.path)
        return HttpResponse(written, content_type=kind.content_type)

    return view


def _written(told: Stories, kind: type[Format], path: str) -> str:
    title = ": ".join(filter(None, [settings.SITE_NAME, told.title()]))
    feed = kind(
        title=without_controls(title),
        link=f"{settings.SITE_URL}{told.path()}",
        description=without_controls(title),
        language=settings.LANGUAGE_CODE,
        feed_url=f"{settings.SITE_URL}{path}",
        author_name=settings.SITE_NAME,
    )
    for version in told.versions:
        entry = _printable(told.entry(version))
        feed.add_item(
            **entry,
            description="".join(f"<p>{escape(each)}</p>" for each in entry["paragraphs"]),
            author_name=joined(entry["authors"]) or None,
        )
    return feed.writeString("utf-8")


def _printable(value: Any) -> Any:
    # XML cannot hold control characters: a feed with one is read by nobody.
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_printable(each) for each in value]
    return value
