"""The months in which stories were published, in the newsroom's time zone.

Asked of the index for each month, instead of counted: so it costs the same however many there are.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Subquery
from django.http import Http404
from django.utils import timezone

from ..models import PageFrame, Version


def years() -> list[int]:
    """With a story in them, the newest first; three queries."""
    times = Version.objects.live().values_list("published_at", flat=True)
    last = times.order_by("-published_at", "-pk").first()
    if last is None:
        return []
    # The same index, read from its other end.
    first = times.order_by("published_at", "pk").first() or last
    span = range(timezone.localtime(last).year, timezone.localtime(first).year - 1, -1)
    return _with_stories({year: (_begin(year), _begin(year + 1)) for year in span})


def months(year: int) -> list[int]:
    """Of a year, with a story in them; one query."""
    return _with_stories({number: month(year, number) for number in range(1, 13)})


def month(year: int, number: int) -> tuple[datetime, datetime]:
    """When a month begins and ends. Raises `Http404` where there is none."""
    following = (year, number + 1) if number < 12 else (year + 1, 1)
    return _begin(year, number), _begin(*following)


def _begin(year: int, number: int = 1) -> datetime:
    try:
        return datetime(year, number, 1, tzinfo=timezone.get_default_timezone())
    except ValueError as error:
        raise Http404 from error


def _with_stories(spans: dict[int, tuple[datetime, datetime]]) -> list[int]:
    # The newest of each, and not whether there is any: a planner reads the whole table to find one.
    newest = Version.objects.live().newest_first().values("published_at")
    asked = {
        f"in_{name}": Subquery(newest.filter(published_at__gte=begins, published_at__lt=ends)[:1])
        for name, (begins, ends) in spans.items()
    }
    # The one row of a table, on which to hang all the questions in one query.
    row = PageFrame.objects.filter(pk=1).values(**asked).first() or {}
    return [name for name in spans if row.get(f"in_{name}")]
