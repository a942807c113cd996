"""The furniture of every page: composed into one public row, so that readers' pages read just that."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import SimpleLazyObject

from .models import Appeal, Furniture, Section, Spotlight, Version
from .models.furniture import Timed

CACHE_KEY = "furniture"
CACHE_SECONDS = 60  # how long another process may show what has just been replaced

Row = dict[str, Any]


def compose_furniture() -> None:
    """Write the furniture anew. Called where a section, a Spotlight place or an appeal changes."""
    with transaction.atomic():
        # Whoever composes waits for the one before, and then reads what that one left.
        Furniture.objects.select_for_update().get_or_create(pk=1)
        Furniture.objects.filter(pk=1).update(**_composed())
        transaction.on_commit(lambda: cache.delete(CACHE_KEY))


def refresh_furniture(version: Version, previous: Version | None) -> None:
    """Compose it anew for a version just published, if it shows the story or its section changes."""
    shown = Spotlight.objects.filter(article=version.article_id).exists()
    row = Furniture.objects.filter(pk=1).first()
    sections = [section["slug"] for section in row.sections] if row else []
    moved = previous is not None and previous.section_slug != version.section_slug
    if shown or moved or version.section_slug not in sections:
        compose_furniture()


def _composed() -> Row:
    # A section is public once a story in it is.
    in_section = Version.objects.live().filter(section_slug=OuterRef("slug"))
    places = list(Spotlight.objects.all())
    live = Version.objects.live().filter(article__in=[place.article_id for place in places])
    versions = {version.article_id: version for version in live}
    return {
        "sections": list(Section.objects.filter(Exists(in_section)).values("name", "slug")),
        "spotlight": [
            _times(place) | _card(versions[place.article_id])
            for place in places
            if place.article_id in versions
        ],
        "appeals": [
            _times(appeal)
            | {
                "heading": appeal.heading,
                "line": appeal.line,
                "link_text": appeal.link_text,
                "url": appeal.url,
            }
            for appeal in Appeal.objects.all()
        ],
    }


def _times(timed: Timed) -> Row:
    until = timed.shown_until
    return {"from": timed.shown_from.isoformat(), "until": until.isoformat() if until else None}


def _card(version: Version) -> Row:
    return {
        "kicker": version.kicker or version.section_name,
        "headline": version.headline,
        "path": version.get_absolute_url(),
        "card": (version.lead_photo or {}).get("card"),
    }


def furniture(request: HttpRequest) -> Row:
    """Context processor: `furniture.sections`, `.spotlight` and `.appeal`, read when first used."""
    return {"furniture": SimpleLazyObject(_shown_now), "site_name": settings.SITE_NAME}


def _shown_now() -> Row:
    composed = cache.get(CACHE_KEY)
    if composed is None:
        row = Furniture.objects.filter(pk=1).values("sections", "spotlight", "appeals").first()
        composed = row or {"sections": [], "spotlight": [], "appeals": []}
        cache.set(CACHE_KEY, composed, CACHE_SECONDS)
    return {
        "sections": composed["sections"],
        "spotlight": [place for place in composed["spotlight"] if _is_shown(place)],
        "appeal": next(filter(_is_shown, composed["appeals"]), None),
    }


def _is_shown(row: Row) -> bool:
    now, begins = timezone.now(), parse_datetime(row["from"])
    ends = parse_datetime(row["until"]) if row["until"] else None
    return bool(begins and begins <= now) and not (ends and ends <= now)
