"""What the API may be asked, as models: how many, from where on, and of which stories."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    PlainValidator,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

from ..paging import Cursor

SIZE, MOST = 20, 100  # items in an answer

# A ValueError says how a filter is written; the API puts its name before it.


def _slug(given: str) -> str:
    # PostgreSQL takes no NUL in a parameter; no slug is as long as that.
    return given.replace("\x00", "")[:200]


def _moment(given: str) -> datetime | None:
    if not given:
        return None
    try:
        moment = parse_datetime(given.replace(" ", "+"))  # a plus sign may have become a blank
        if moment and moment.tzinfo:
            return moment.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        pass
    raise ValueError("is a time with its offset, such as 2026-03-13T08:22:00-04:00.")


def _cursor(given: str) -> Cursor | None:
    try:
        return Cursor.read(given)
    except Http404 as error:
        raise ValueError("is the cursor that an answer gives in “next”.") from error


def _limit(given: Any, number: ValidatorFunctionWrapHandler) -> Any:
    try:
        return number(given)
    except ValidationError as error:
        raise ValueError(f"is a number from 1 to {MOST}.") from error


Slug = Annotated[str, AfterValidator(_slug)]
Moment = Annotated[
    datetime | None,
    PlainValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Before = Annotated[  # a Cursor or None; of a tuple, ninja would read as many parameters
    Any,
    PlainValidator(_cursor),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,18}-\d{1,18}$"}),
]
Limit = Annotated[int, Field(ge=1, le=MOST), WrapValidator(_limit)]


class Paged(BaseModel):
    before: Before = Field(None, description="The cursor that an answer gives in “next”.")
    limit: Limit = Field(SIZE, description="Items in an answer.")


class Filters(Paged):
    section: Slug = Field("", description="The slug of a section.")
    tag: Slug = Field("", description="The slug of a tag.")
    author: Slug = Field("", description="The slug of an author.")
    since: Moment = Field(None, description="Published at this time or later.")
    until: Moment = Field(None, description="Published before this time.")
