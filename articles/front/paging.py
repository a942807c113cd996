"""Paging by key: page 1,000 costs what page 1 costs, and a story published meanwhile moves nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

Item = TypeVar("Item")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Cursor(NamedTuple):
    """Where a page ends: the moment and the key of its last row. Written as `1584102120000000-17`."""

    moment: datetime
    key: int

    def __str__(self) -> str:
        # In whole microseconds: a float would come back as a moment beside it, and lose rows.
        return f"{(self.moment - _EPOCH) // timedelta(microseconds=1)}-{self.key}"

    @classmethod
    def read(cls, written: str) -> Cursor | None:
        """None where nothing is written. Raises `Http404` for what no page of ours ever linked to."""
        if not written:
            return None
        # As many digits as fit into 64 bits; ASCII, since `\d` takes the digits of every script.
        found = re.fullmatch(r"(-?\d{1,18})-(\d{1,18})", written, re.ASCII)
        try:
            if found:
                return cls(_EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))
        except OverflowError:
            pass
        raise Http404


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Rows of a list, and where it goes on; `older` is None on the last page."""

    rows: list[Item]
    older: Cursor | None  # where the next page begins
    is_first: bool


def cut(
    found: list[Item],
    size: int,
    cursor: Cursor | None,
    moment: str = "published_at",
    key: str = "pk",
) -> Page[Item]:
    """The page that begins at a cursor, of its rows and one more, by two fields of them."""
    # One more than is shown says whether there is another page, without counting.
    last: Any = found[size - 1] if len(found) > size else None
    older = Cursor(getattr(last, moment), getattr(last, key)) if last else None
    return Page(found[:size], older, is_first=cursor is None)


def page_of(
    rows: QuerySet[Any, Item],
    cursor: Cursor | None,
    size: int,
    moment: str = "published_at",
    key: str = "pk",
) -> Page[Item]:
    """The newest `size` rows before a cursor, by two fields that an index holds in this order."""
    rows = rows.order_by(f"-{moment}", f"-{key}")
    if cursor:
        # The first condition is the one that the index is entered by.
        rows = rows.filter(**{f"{moment}__lte": cursor.moment}).filter(
            Q(**{f"{moment}__lt": cursor.moment}) | Q(**{f"{key}__lt": cursor.key})
        )
    return cut(list(rows[: size + 1]), size, cursor, moment, key)
