"""The wording of an attribution: what a story tells its readers of a source, and how it was heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from .words_of_speech import word_set

if TYPE_CHECKING:
    from .models import Affiliation, Interview, Quote, Source


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


def heard(interview: Interview) -> str:
    """How and when the newsroom heard it: “By phone, March 12, 2020”.

    Of an anonymous source the month alone: a day and a channel are what somebody who hunts for the
    source would look up in records of calls and visits.
    """
    if not interview.source.named:
        return f"In an interview, {date_format(interview.held_on, 'F Y')}"
    how = str(interview.get_how_display())
    return f"{how[:1].upper()}{how[1:]}, {date_format(interview.held_on, 'F j, Y')}"


def checked(quote: Quote) -> str:
    if quote.checked_against_recording:
        return "Checked against a recording"
    return "Not checked against a recording"


def backing(quote: Quote) -> str:
    """What a reader learns of one quotation: who is speaking, how it was heard, whether checked."""
    source = quote.interview.source
    who = source.public_name[:1].upper() + source.public_name[1:]
    first_position = next(iter(positions(source)), "")
    speaker = f"{who}, {first_position}" if first_position else who
    terms = "" if source.named else " on condition of anonymity"
    return f"{speaker}{terms}. {heard(quote.interview)}. {checked(quote)}."


# Whom a story means


_TELLS_NOTHING = word_set(
    "a an the one two three some another of for from with in at on to by and or who is was as his her "
    "their its former senior top source official person people man woman"
)


def _telling(words: str) -> set[str]:
    """The words that tell one source from another: “tampa”, “florida”, “based”, “analyst”."""
    return set(re.findall(r"[^\W_]+", words.casefold())) - _TELLS_NOTHING


def is_called(source: Source, words: str) -> bool:
    """Do these words of a story (“Clarke”, “the Tampa analyst”) fit the source?"""
    given = _telling(words)
    if source.named:
        family_names = [_telling(source.name.split()[-1]), _telling(source.later_reference)]
        return any(name and name <= given for name in family_names)
    described = _telling(f"{source.description} {source.later_reference}")
    return bool(given) and given <= described


def called_so(sources: Sequence[Source], words: str) -> Source | None:
    """The one of these sources whom the words fit best, if they fit one alone."""
    fitting = [source for source in sources if words and is_called(source, words)]
    whole = [s for s in fitting if s.named and _telling(s.name) == _telling(words)]
    found = whole or fitting
    return found[0] if len(found) == 1 else None
