"""What the API answers, as models. A story's members come from the table of public fields."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from ...record.fields import FIELDS

Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]


class Error(BaseModel):
    error: str


class Change(BaseModel):
    kind: str
    label: str
    note: str
    place: str
    at: datetime


class InLists(BaseModel):
    """What lists tell of a story, beside the table."""

    id: int
    url: Address
    api_url: Address
    version: int


class ByItself(BaseModel):
    """What is told of a story that is asked for by itself, beside the table."""

    body_html: str
    body_text: str
    changes: list[Change]
    content_hash: str = Field(description="The hash of this version: see its proof.")
    history_url: Address
    ninjs_url: Address


class Corrected(BaseModel):
    """What is told of a correction, beside its story."""

    kind: str
    note: str
    at: datetime
    version: int


def brief() -> type[InLists]:
    """A story as lists tell of it: members of the table that are in lists."""
    return create_model("Brief", __base__=InLists, **_told(in_lists=True))


def whole() -> type[BaseModel]:
    """A story by itself: as in lists, and with the other members of the table."""
    return create_model("Whole", __base__=(brief(), ByItself), **_told(in_lists=False))


def correction() -> type[Corrected]:
    """A correction, with its story as it stands now."""
    return create_model("Correction", __base__=Corrected, story=(brief(), ...))


def listed(name: str, item: type[BaseModel]) -> type[BaseModel]:
    """A page of items, and the address of the next one."""
    members: dict[str, Any] = {"items": (list[item], ...), "next": (Address | None, ...)}  # type: ignore[valid-type]
    return create_model(name, **members)


def _told(*, in_lists: bool) -> dict[str, Any]:
    """What the table of public fields tells machines of a story."""
    told = (each for row in FIELDS.values() for each in row.machines)
    return {each.name: (each.type, ...) for each in told if each.in_lists == in_lists}
