"""Entries of feeds, in three formats: drawn at the door, like pages, and put together when a feed is asked for.

An entry's id never changes, whatever is corrected.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import IO, Any

from django.conf import settings
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from sources.positions import joined
from sources.prose.hypertext import without_controls

from ..models import Update, Version

Entry = dict[str, Any]  # in the words of Django's feed generator, and its paragraphs


def story_entry(version: Version) -> Entry:
    """A live story; one that is updated keeps its entry, and the entry gains the note."""
    with translation.override(settings.LANGUAGE_CODE):
        # A minor edit changes no fact, quotation, number or name; the history has it.
        shown = [each for each in version.changes if each.change_kind != Update.Kind.MINOR]
        notes = [f"{change.label}: {change.note}" for change in shown]
    return entry_of(version, [version.deck, *notes])


def entry_of(version: Version, paragraphs: Iterable[str]) -> Entry:
    """What a feed tells of a version, in these paragraphs; empty ones are left out."""
    picture = (version.lead_photo or {}).get("card")
    return {
        "title": version.title,
        "link": f"{settings.SITE_URL}{version.get_absolute_url()}",
        "paragraphs": list(filter(None, paragraphs)),
        "unique_id": story_id(version),
        "unique_id_is_permalink": False,
        "authors": version.authors,
        "pubdate": version.published_at,
        "updateddate": version.updated_at or version.published_at,
        "categories": version.tags,
        "enclosures": [_enclosure(picture)] if picture else [],
    }


def story_id(version: Version) -> str:
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


class Feed(SyndicationFeed):
    """A feed of entries that were drawn before it."""

    entries: Sequence[str] = ()
    # Steady: Django dates a feed without entries by the clock.
    changed_at = datetime(1970, 1, 1, tzinfo=UTC)

    def latest_post_date(self) -> datetime:
        return self.changed_at

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        for entry in self.entries:
            handler.ignorableWhitespace(entry)  # which writes what it is given as it is

    @classmethod
    def draw(cls, entry: Entry) -> str:
        """An entry as it stands in a feed of this format."""
        feed, written = cls("", "", ""), StringIO()
        entry = _printable(entry)
        feed.add_item(
            **entry,
            description="".join(f"<p>{escape(each)}</p>" for each in entry["paragraphs"]),
            author_name=joined(entry["authors"]) or None,
        )
        feed.write_drawn(written)
        return written.getvalue()

    def write_drawn(self, written: StringIO) -> None:
        """Write what was added, without the feed around it."""
        super().write_items(SimplerXMLGenerator(written, "utf-8", short_empty_elements=True))  # type: ignore[misc]


class Atom(Feed, Atom1Feed):
    column = "atom"
    content_type = "application/atom+xml; charset=utf-8"


class Rss(Feed, Rss201rev2Feed):
    column = "rss"
    content_type = "application/rss+xml; charset=utf-8"


class Json(Feed):
    """JSON Feed 1.1."""

    column = "json_feed"
    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[Any], encoding: str) -> None:
        around = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
        }
        begins = json.dumps(around, ensure_ascii=False).removesuffix("}")
        outfile.write(f'{begins}, "items": [{", ".join(self.entries)}]}}')

    def write_drawn(self, written: StringIO) -> None:
        written.writelines(json.dumps(_in_json(item), ensure_ascii=False) for item in self.items)


def _in_json(item: dict[str, Any]) -> dict[str, Any]:
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


def _printable(value: Any) -> Any:
    # XML cannot hold control characters: a feed with one is read by nobody.
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_printable(each) for each in value]
    return value
