"""What a publication touches: the story as it was and as it is, and the stories that lead on to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from ..kept.touched import Address, Touched
from ..models import Listing, StoryPage, Version
from .listings import list_entries


def touched_by(version: Version, previous: Version | None, shown_on: Iterable[int]) -> Touched:
    """By a version just listed, which took the place of another; `shown_on` are articles."""
    both = [each for each in (version, previous) if each]
    entries = [entry for each in both for entry in list_entries(each)]
    others = StoryPage.objects.filter(article__in=set(shown_on) - {version.article_id})
    return Touched(
        articles=[version.article_id],
        addresses=_once(_address(each.published_on, each.slug) for each in both),
        versions=version.number,
        shown_on=[_address(*each) for each in others.values_list("published_on", "slug")],
        sections=_once(each.section_slug for each in both),
        tags=_once(entry.slug for entry in entries if entry.kind == Listing.Kind.TAG),
        authors=_once(entry.slug for entry in entries if entry.kind == Listing.Kind.AUTHOR),
        months=_once(_month(each) for each in both),
    )


def _address(published_on: date, slug: str) -> Address:
    return published_on.isoformat(), slug


def _month(version: Version) -> tuple[int, int]:
    published = timezone.localtime(version.published_at)
    return published.year, published.month


def _once(given: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(given))
