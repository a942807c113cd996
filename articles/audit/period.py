"""Which stories an audit is of, and by what they are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from ..models import Version


class By(StrEnum):
    """What a table has a row for."""

    SECTION = "section"
    REPORTER = "reporter"
    MONTH = "month"


class Story(NamedTuple):
    """A live story, as far as the audit tells stories apart."""

    version: int  # keys
    article: int
    published_at: datetime
    groups: tuple[str, ...]  # one for each reporter, who may be several


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both in it, in the newsroom's time; grouped by section, reporter or month."""

    first: date
    last: date
    by: By = By.SECTION

    @classmethod
    def asked(cls, given: Mapping[str, str]) -> Period:
        """What was typed as `since`, `until` and `by`: the last twelve months by section, where nothing fits.

        Raises `ValueError`, in words, for a day that there is not, or a period that ends before it begins.
        """
        today = timezone.localdate()
        last = _day(given.get("until", ""), today)
        first = _day(given.get("since", ""), last - timedelta(days=365))
        if first > last:
            raise ValueError(f"The period ends before it begins: {first} to {last}.")
        by = given.get("by", "")
        return cls(first, last, By(by) if by in list(By) else By.SECTION)

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def ends(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    def versions(self) -> QuerySet[Version]:
        """The live ones of the stories that came out then; those that were retracted say nothing any more."""
        live = Version.objects.live().filter(is_retracted=False)
        return live.filter(published_at__gte=self.begins, published_at__lt=self.ends)

    @cached_property
    def stories(self) -> list[Story]:
        told = self.versions().values_list(
            *("pk", "article_id", "published_at", "section_name", "bylines")
        )
        return [
            Story(version, article, at, self._groups(at, section, bylines))
            for version, article, at, section, bylines in told.order_by("published_at", "pk")
        ]

    def _groups(self, at: datetime, section: str, bylines: list[dict[str, str]]) -> tuple[str, ...]:
        if self.by is By.MONTH:
            return (timezone.localtime(at).strftime("%Y-%m"),)
        if self.by is By.SECTION:
            return (section or "no section",)
        names = [each["name"] for each in bylines if each["role"] == "by"]
        return tuple(dict.fromkeys(names)) or ("no byline",)


def _day(typed: str, otherwise: date) -> date:
    if not typed.strip():
        return otherwise
    try:
        day = parse_date(typed.strip())
    except ValueError:  # the thirtieth of February
        day = None
    if day is None or not 1900 <= day.year <= 9000:
        raise ValueError(f"“{typed}” is no day: write it as 2026-03-31.")
    return day
