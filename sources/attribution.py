"""The wording of an attribution: what a story tells its readers of a source, and how it was heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Interview, Source
from .positions import Position, joined
from .prose.descriptions import is_rote, roles
from .prose.words_of_speech import SUFFIXES, word_set


def day_in_words(day: date) -> str:
    """A day, as the site's language writes it: “March 12, 2020”."""
    return date_format(day, pgettext("a day, in the letters of Django's date filter", "F j, Y"))


def positions_of(source: Source) -> list[Position]:
    """What readers may know a source is or was, current positions first.

    Nothing for an anonymous source: the agreed description is all that readers are told.
    """
    if not source.named:
        return []
    affiliations = sorted(source.affiliations.all(), key=lambda a: not a.current)
    return [affiliation.position() for affiliation in affiliations]


def told_of_interview(interview: Interview) -> tuple[str, str]:
    """How it was held and on which day, as far as readers may know: `("phone", "2020-03-12")`.

    Of an anonymous source the month alone, `("", "2020-03")`: a day and a channel are what somebody
    who hunts for the source would look up in records of calls and visits.
    """
    held = interview.held_on
    if not interview.source.named:
        # No newsroom can switch this off: decision 4.
        return "", held.isoformat()[:7]
    return str(interview.how), held.isoformat()


def heard_in_words(how: str, held: str) -> str:
    """How and when the newsroom heard it: “By phone, March 12, 2020”; “In an interview, March 2020”."""
    if not how:
        pattern = pgettext("a month, in the letters of Django's date filter", "F Y")
        # The first of a month stands for all of it; its day is never shown.
        month = date.fromisoformat(f"{held}-01")
        return joined((_("In an interview"), date_format(month, pattern)))
    channel = str(Interview.How(how).label)
    return joined((f"{channel[:1].upper()}{channel[1:]}", day_in_words(date.fromisoformat(held))))


def checked_in_words(checked: str) -> str:
    """What a quotation was checked against: a recording, or none."""
    return _("Checked against a recording") if checked else _("Not checked against a recording")


def authorization_in_words(authorization: str) -> str:
    """“authorized to speak to the press”; nothing where it is not known."""
    known = authorization not in ("", Source.Authorization.UNKNOWN)
    return str(Source.Authorization(authorization).label) if known else ""


def backing(name: str, named: bool, position: str, heard: str, checked: str) -> str:
    """What a reader learns of one quotation: who is speaking, how it was heard, whether checked."""
    speaker = joined((name[:1].upper() + name[1:], position))
    if not named:
        speaker = _("%(source)s on condition of anonymity") % {"source": speaker}
    return f"{speaker}. {heard}. {checked_in_words(checked)}."


# Whom a story means


_TELLS_NOTHING = word_set(
    "a an the one two three some another of for from with in at on to by and or who is was as his her "
    "their its former senior top source official person people man woman"
)


def telling(words: str) -> set[str]:
    """The words that tell one source from another: “tampa”, “florida”, “based”, “analyst”."""
    return set(re.findall(r"[^\W_]+", words.casefold())) - _TELLS_NOTHING


def is_called(source: Source, words: str) -> bool:
    """Do these words of a story (“Clarke”, “the Tampa analyst”) fit the source?

    Of a named person the family name, not somebody's who only belongs to them (“Holt’s mother”, “a
    lawyer for Holt”); of an organization the whole name; of an anonymous source the same noun for a
    person, and nothing that the description does not have.
    """
    who = _POSSESSIVE.sub(" ", _BELONGING.split(words)[0])
    given = telling(who)
    if source.named and source.kind == source.Kind.ORGANIZATION:
        return bool(given) and given == telling(source.name)
    if source.named:
        family_names = [telling(_family_name(source.name)), telling(source.later_reference)]
        return any(name and name <= given for name in family_names)
    described = f"{source.description} {source.later_reference}"
    is_same_role = bool(roles(who) & roles(described))
    # All of the words, and not `who` alone: what a description says stands after its prepositions.
    return is_same_role and telling(words) <= telling(described)


_POSSESSIVE = re.compile(r"[\w-]+(?:[’']s|s[’'])(?=\s)")
_BELONGING = re.compile(r"\s(?:for|of|in|from|with|at|to)\s")


def is_named_so(source: Source, words: str) -> bool:
    """Are they the source's own name and nothing more: “Ada Holt”, “Holt”?"""
    return source.named and telling(words) <= telling(f"{source.name} {source.later_reference}")


def _family_name(name: str) -> str:
    """The last of a name that is no “Jr.”; for an organization its whole name would be meant."""
    return next((part for part in reversed(name.split()) if part.casefold() not in SUFFIXES), name)


def called_so(sources: Sequence[Source], words: str) -> Source | None:
    """The one of these sources whom the words fit best, if they fit one alone."""
    fitting = [source for source in sources if words and is_called(source, words)]
    # Of two named Holt, “Ada Holt” is one; “Holt” by itself fits both, and is given to neither.
    whole = [s for s in fitting if s.named and telling(s.name) == telling(words)]
    found = whole or fitting
    return found[0] if len(found) == 1 else None


# The sentence that tells readers why somebody is not named


def anonymity_statement(sources: Sequence[Source]) -> str:
    """What a good desk writes of sources who are not named, worded from their records.

    “Neither is authorized to speak to the press. Both talked on condition of anonymity.” Empty if
    all of them are named.
    """
    unnamed = [source for source in sources if not source.named]
    if not unnamed:
        return ""
    # First that they are not authorized, which is no reason by itself, and then the reason.
    barred = [s for s in unnamed if s.authorization == s.Authorization.NOT_AUTHORIZED]
    parts = [_barred(barred, unnamed)] if barred else []
    by_reason: dict[str, list[Source]] = {}
    for source in unnamed:
        by_reason.setdefault(_because(source), []).append(source)
    for reason, group in by_reason.items():
        parts.append(f"{_subject(group, unnamed)} talked on condition of anonymity{reason}.")
    return " ".join(parts)


def _barred(barred: list[Source], unnamed: list[Source]) -> str:
    press = "authorized to speak to the press."
    if len(barred) == len(unnamed) == 2:
        return f"Neither is {press}"
    if len(barred) == len(unnamed) > 2:
        return f"None of the {_number(len(barred))} is {press}"
    verb = "is" if len(barred) == 1 else "are"
    return f"{_subject(barred, unnamed)} {verb} not {press}"


def _subject(group: list[Source], unnamed: list[Source]) -> str:
    if len(group) == len(unnamed) == 2:
        return "Both"
    if len(group) == len(unnamed) > 2:
        return f"All {_number(len(group))}"
    *others, last = dict.fromkeys(_in_passing(source) for source in group)
    named = f"{', '.join(others)} and {last}" if others else last
    return named[:1].upper() + named[1:]


def _in_passing(source: Source) -> str:
    """How a second reference calls them: “the analyst”."""
    called = source.later_reference or source.description
    return re.sub(r"^(?:an?|one) ", "the ", called, flags=re.IGNORECASE)


def _because(source: Source) -> str:
    """The reason as the end of a sentence; a mere formula is told already, or is no reason."""
    reason = source.reason.strip().rstrip(".")
    if not reason or is_rote(reason):
        return ""
    first, _, rest = reason.partition(" ")
    # Only words that are no names lose their capital.
    lowered = f"{first.lower()} {rest}".strip() if first.lower() in _SMALL else reason
    if first.lower() in _CLAUSE:
        return f" because {lowered}"
    if first.lower() in ("because", "for", "out", "so", "to"):
        return f" {lowered}"
    if re.match(r"fears? (?:of|for)\b", lowered):
        return f", citing {lowered}"
    # What is neither a clause nor a phrase that we know is not joined to a sentence of ours.
    return f". The reason given: {lowered}"


_CLAUSE = frozenset(("they", "he", "she", "it", "their", "his", "her", "a", "an", "the", "its"))
_SMALL = _CLAUSE | {"because", "for", "out", "so", "to", "not", "fear", "fears", "afraid"}


def _number(number: int) -> str:
    # AP style: numbers below ten in words. One and two have words of their own above.
    words = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
    return words.get(number, str(number))
