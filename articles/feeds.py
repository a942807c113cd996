"""Feeds: what is new, and what was corrected. An entry's id never changes, whatever is corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from .changes import LISTED
from .models import Update, Version
from .wording import without_controls

ENTRIES = 40


class StoriesFeed(Feed):
    """The newest stories; a story that is updated keeps its entry, and the entry gains the note."""

    feed_type = Atom1Feed
    item_guid_is_permalink = False

    def title(self) -> str:
        return str(settings.SITE_NAME)

    def link(self) -> str:
        return reverse("articles:front")

    def items(self) -> Iterable[Version]:
        return Version.objects.live().order_by("-published_at", "-pk")[:ENTRIES]

    def item_guid(self, item: Version) -> str:
        """Of the story, not of its address or its version."""
        return f"tag:{_host()},{item.published_on:%Y-%m-%d}:story-{item.article_id}"

    def item_title(self, item: Version) -> str:
        return without_controls(item.headline)

    def item_description(self, item: Version) -> str:
        shown = [change for change in item.changes if change["kind"] != Update.Kind.MINOR]
        notes = [f"{change['label']}: {change['note']}" for change in shown]
        return without_controls("\n\n".join(filter(None, [item.deck, *notes])))

    def item_pubdate(self, item: Version) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Version) -> datetime:
        return item.updated_at or item.published_at

    def item_author_name(self, item: Version) -> str:
        return without_controls(", ".join(byline["name"] for byline in item.bylines))

    def item_categories(self, item: Version) -> list[str]:
        return [without_controls(tag) for tag in item.tags]


class CorrectionsFeed(StoriesFeed):
    """Corrections, clarifications and retractions: an entry for each."""

    def title(self) -> str:
        return f"{settings.SITE_NAME}: {_('Corrections')}"

    def link(self) -> str:
        return reverse("articles:corrections")

    def items(self) -> Iterable[Version]:
        return Version.objects.of_kinds(LISTED)[:ENTRIES]

    def item_guid(self, item: Version) -> str:
        day = item.published_on
        return f"tag:{_host()},{day:%Y-%m-%d}:story-{item.article_id}-version-{item.number}"

    def item_title(self, item: Version) -> str:
        return without_controls(f"{item.changes[-1]['label']}: {item.headline}")

    def item_description(self, item: Version) -> str:
        return without_controls(item.note)

    def item_pubdate(self, item: Version) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Version) -> datetime:
        return item.created_at


def _host() -> str:
    return str(settings.SITE_URL).split("//")[-1].split(":")[0]
