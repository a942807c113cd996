"""The wording of an attribution: what a story tells its readers of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Affiliation, Source


def position(affiliation: Affiliation) -> str:
    """“political scientist, RAND Corporation”; “former police chief, Turkey”."""
    title = affiliation.title if affiliation.current else f"former {affiliation.title}".strip()
    organization = affiliation.organization.name if affiliation.organization else ""
    if organization and not affiliation.current and not affiliation.title:
        title, organization = f"formerly {organization}", ""
    return ", ".join(part for part in (title, organization, affiliation.place) if part)


def positions(source: Source) -> list[str]:
    """What readers may know a source is or was, current positions first.

    Nothing for an anonymous source: the agreed description is all that readers are told.
    """
    if not source.named:
        return []
    affiliations = sorted(source.affiliations.all(), key=lambda a: not a.current)
    return [position(affiliation) for affiliation in affiliations]
