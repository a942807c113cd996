"""What a publication touches: the story as it was and as it is, and the stories that lead on to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ..kept.touched import Address, Touched
from ..models import Listing, Relation, StoryPage, Version
from .listings import list_entries


def touched_by(version: Version, previous: Version | None) -> Touched:
    """By a version just listed, which took the place of another."""
    both = [each for each in (version, previous) if each]
    entries = [entry for each in both for entry in list_entries(each)]
    # A story that was not there before is led on to by none.
    leading_on = Relation.objects.filter(other=version.article_id).values("article")
    return Touched(
        articles=[version.article_id],
        addresses=_once(_address(each.published_on, each.slug) for each in both),
        versions=version.number,
        shown_on=addresses_of(leading_on) if previous else [],
        sections=_once(each.section_slug for each in both),
        tags=_once(entry.slug for entry in entries if entry.kind == Listing.Kind.TAG),
        authors=_once(entry.slug for entry in entries if entry.kind == Listing.Kind.AUTHOR),
        months=_once(_month(each) for each in both),
    )


def addresses_of(articles: Iterable[int] | QuerySet[Any]) -> list[Address]:
    """Of live stories."""
    pages = StoryPage.objects.filter(article__in=articles)
    return [_address(*each) for each in pages.values_list("published_on", "slug")]


def _address(published_on: date, slug: str) -> Address:
    return published_on.isoformat(), slug


def _month(version: Version) -> tuple[int, int]:
    published = timezone.localtime(version.published_at)
    return published.year, published.month


def _once(given: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(given))
