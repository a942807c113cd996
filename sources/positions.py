"""What somebody is or was, and where: the words of an affiliation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


class Position(TypedDict):
    """What somebody is or was, and where."""

    title: str
    organization: str
    place: str
    current: bool


def position_in_words(position: Position) -> str:
    """“political scientist, RAND Corporation”; “former police chief, Turkey”."""
    title, organization, place = position["title"], position["organization"], position["place"]
    if position["current"]:
        return joined((title, organization, place))
    if organization and not title:
        return joined((_("formerly %(organization)s") % {"organization": organization}, place))
    return joined(((_("former %(title)s") % {"title": title}).strip(), organization, place))


def joined(parts: Iterable[str]) -> str:
    """Those of the parts that say something, one after the other: “Ada Holt, harbour master”."""
    return pgettext("between the parts of a list", ", ").join(part for part in parts if part)
