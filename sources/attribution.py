"""The wording of an attribution: what a story tells its readers of a source, and how it was heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from .models import Interview, Source
from .positions import Position, joined
from .prose.descriptions import is_rote, roles
from .prose.reading.words_of_speech import PRONOUNS, SUFFIXES, word_set


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
    if interview.terms != Interview.Terms.ON_THE_RECORD:
        # A document that somebody gave who is not to be found: the day may be that on which they did.
        return str(interview.how), held.isoformat()[:7]
    return str(interview.how), held.isoformat()


def heard_in_words(how: str, held: str) -> str:
    """How and when the newsroom heard it: “By phone, March 12, 2020”; “In an interview, March 2020”."""
    channel = str(Interview.How(how).label) if how else _("In an interview")
    channel = f"{channel[:1].upper()}{channel[1:]}"
    if len(held) > len("2020-03"):
        return joined((channel, day_in_words(date.fromisoformat(held))))
    pattern = pgettext("a month, in the letters of Django's date filter", "F Y")
    # The first of a month stands for all of it; its day is never shown.
    return joined((channel, date_format(date.fromisoformat(f"{held}-01"), pattern)))


# By `Comparison.With`, and by `Quote.Basis`.
_CHECKED = {
    "recording": gettext_noop("Compared with the recording"),
    "document": gettext_noop("Found in the document"),
    "transcript": gettext_noop("Found in a transcript of the interview"),
    "notes": gettext_noop("Compared with the notes of the interview"),
    "source": gettext_noop("Confirmed by the source in writing"),
    "kept": gettext_noop("Compared with what the newsroom keeps of the interview"),
}
_HEARD = {
    "recording": gettext_noop("Taken from a recording"),
    "notes": gettext_noop("Taken from notes made as it was said"),
    "written": gettext_noop("Received in writing"),
}


def checked_in_words(
    checked: str,
    basis: str,
    *,
    is_edited: bool,
    page: int | None = None,
    row: int | None = None,
) -> str:
    """What was done to know the words of a quotation; empty where nobody has said.

    Of what was not compared with anything it says how it was heard, and not what was left undone.
    """
    words = str(_(_CHECKED.get(checked) or _HEARD.get(basis) or ""))
    if place := place_in_words(page, row):
        words = joined((words, place))
    if words and is_edited:
        return joined((words, _("words were left out or put in")))
    return words


def place_in_words(page: int | None, row: int | None) -> str:
    """“page 3” of a document, “row 12” of a table; nothing where it has neither."""
    if page:
        return _("page %(page)d") % {"page": page}
    return _("row %(row)d") % {"row": row} if row else ""


def authorization_in_words(authorization: str) -> str:
    """“authorized to speak to the press”; nothing where it is not known."""
    known = authorization not in ("", Source.Authorization.UNKNOWN)
    return str(Source.Authorization(authorization).label) if known else ""


def backing(name: str, named: bool, position: str, heard: str, checked: str) -> str:
    """What a reader learns of one quotation: who is speaking, how it was heard, how it was checked."""
    speaker = joined((name[:1].upper() + name[1:], position))
    if not named:
        speaker = _("%(source)s on condition of anonymity") % {"source": speaker}
    return " ".join(f"{each}." for each in (speaker, heard, checked) if each)


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
    # “Secretary of State Mike Pompeo”: what stands before the whole name is an office.
    if source.named and _plain(words).endswith(_plain(source.name)):
        return not _leads_to_another(words, source)
    who = _POSSESSIVE.sub(" ", _BELONGING.split(words)[0])
    given = telling(who)
    if (
        source.kind == source.Kind.DOCUMENT
    ):  # “the minutes” of what is called so, in a word of its name
        return bool(given) and given <= telling(f"{source.name} {source.later_reference}")
    if source.named and source.kind == source.Kind.ORGANIZATION:
        is_short_for = any(word == _initials(source.name) for word in re.findall(r"\w+", words))
        return bool(given) and (given == telling(source.name) or (len(given) == 1 and is_short_for))
    if source.named:
        family_names = [telling(family_name_of(source.name)), telling(source.later_reference)]
        return any(name and name <= given for name in family_names)
    described = f"{source.description} {source.later_reference}"
    is_same_role = bool(roles(who) & roles(described))
    # All of the words, and not `who` alone: what a description says stands after its prepositions.
    return is_same_role and telling(words) <= telling(described)


def _leads_to_another(words: str, source: Source) -> bool:
    """“a lawyer for Ada Holt”, “the Board’s owner”: is the name there only to say who somebody else is?"""
    before = words[: max(0, len(words) - len(source.name))].split()
    # “commissioner of police Ada Holt”, but “a co-owner of the Board”
    leads = _LEADS | ({"of"} if source.kind == source.Kind.ORGANIZATION else set())
    led = next((at for at in reversed(range(len(before))) if before[at] in leads | {"of"}), None)
    if led is not None and _SOMEBODYS & {word.casefold().strip(",") for word in before[:led]}:
        return True
    if before and _POSSESSIVE.search(f"{before[-1]} "):
        return True
    # After “Secretary of State” the office goes on; “for the late Ada Holt” is of Holt.
    return (
        led is not None
        and before[led] in leads
        and not any(word[:1].isupper() for word in before[led + 1 :])
    )


_LEADS = word_set("for in from with at to by representing")


def _initials(name: str) -> str:
    """“ASA” for the Advertising Standards Authority; empty for fewer than three words."""
    words = [word for word in re.findall(r"[^\W_]+", name) if word[0].isupper() and word != "The"]
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def _plain(words: str) -> str:
    """In lower case with one blank before each word, so that the end of one is no word of another."""
    return "".join(f" {word}" for word in re.findall(r"[^\W_]+", words.casefold()))


_POSSESSIVE = re.compile(r"[\w-]+(?:[’']s|s[’'])(?=\s)")
_BELONGING = re.compile(r"\s(?:for|of|in|from|with|at|to)\s")


def is_named_so(source: Source, words: str) -> bool:
    """Are they the source's own name and nothing more: “Ada Holt”, “Holt”?"""
    return source.named and telling(words) <= telling(f"{source.name} {source.later_reference}")


def family_name_of(name: str) -> str:
    """The last of a name that is no “Jr.”; for an organization its whole name would be meant."""
    return next((part for part in reversed(name.split()) if part.casefold() not in SUFFIXES), name)


def called_so(sources: Sequence[Source], words: str) -> Source | None:
    """The one of these sources whom the words fit best, if they fit one alone."""
    fitting = [source for source in sources if words and is_called(source, words)]
    # Of two named Holt, “Ada Holt” is one; “Holt” by itself fits both, and is given to neither.
    whole = [s for s in fitting if s.named and telling(s.name) == telling(words)]
    found = whole or fitting
    return found[0] if len(found) == 1 else None


_PERSONAL = word_set("he she they him her them")
_SELF = word_set("i we it who you one this that")
_NAME_BEFORE = 600  # characters before a pronoun in which whom it means is looked for


def given_to(
    said: Source, words: str, sources: Sequence[Source], leading: str, before: Source | None
) -> str:
    """Whom a story gives words to that `said` is recorded to have said; empty if it is them, or unclear.

    `words` name the speaker (“Holt”, “she”, “Marr’s lawyer”), `leading` is the narrative up to there,
    `before` whoever spoke last.
    """
    first = words.split(" ")[0].casefold()
    if first in ("they", "them") and (not said.named or said.kind == said.Kind.ORGANIZATION):
        return ""  # “they chanted”: many, whoever is named before
    if first in _PERSONAL and " " not in words:
        return _meant_instead(said, sources, leading, before)
    if first in _SELF or is_called(said, words) or _is_part_of(said, words):
        return ""
    if other := called_so([source for source in sources if source.pk != said.pk], words):
        return other.public_name
    if _belongs_to_somebody(said, words, sources) or _is_proper(words):
        return words
    return ""


def _is_part_of(source: Source, words: str) -> bool:
    """“Ada”, “Quay Ferries” for whoever speaks there, “the pilot” for whom the record has as one."""
    if is_named_so(source, words):
        return True
    if not source.named:
        # In other words than were agreed they are still the same: of that another rule tells.
        described = f"{source.description} {source.later_reference}"
        is_within = bool(telling(words)) and telling(words) <= telling(described)
        return is_within or bool(roles(words) & roles(described))
    positions = [
        f"{a.title} {a.organization.name if a.organization else ''} {a.place}"
        for a in source.affiliations.all()
    ]
    given = telling(words)
    return any(
        (roles(words) & roles(position)) or (given and given <= telling(position))
        for position in positions
    ) or (source.kind == source.Kind.ORGANIZATION and telling(source.name) <= given)


def _belongs_to_somebody(said: Source, words: str, sources: Sequence[Source]) -> bool:
    """“Marr’s lawyer”, “a spokesman for Holt”: no one of whom a name stands in it."""
    who = _POSSESSIVE.sub(" ", _BELONGING.split(words)[0])
    if _POSSESSIVE.search(words) and words[:1].isupper() and telling(who) & _SOMEBODYS:
        return True
    rest = telling(words) - telling(who)
    people = [s for s in sources if s.named and s.kind != s.Kind.ORGANIZATION]
    return any(telling(family_name_of(s.name)) <= rest for s in people if s.name)


# Of a name, these are another: that the record has nobody as such is no sign that it agrees.
_SOMEBODYS = word_set(
    "lawyer attorney solicitor agent spokesman spokeswoman spokesperson aide adviser publicist friend "
    "colleague neighbour neighbor sister brother mother father wife husband widow widower son daughter "
    "cousin uncle aunt nephew niece partner girlfriend boyfriend fiancée fiancé family parents assistant"
)


# By themselves they name nobody: whose office it is, the story has said.
_OFFICES = word_set(
    "pm mp ceo cfo president minister mayor governor secretary chairman chairwoman chancellor commissioner "
    "government ministry council parliament senator pope king queen"
)


_OF_MANY = {"the first lady"} | {
    f"the {each}"
    for each in word_set(
        "democrat republican conservative liberal socialist tory briton american frenchman englishman scotsman "
        "irishman welshman texan californian youtuber"
    )
}


def _is_proper(words: str) -> bool:
    """Does a name stand where somebody is named: “Jo Unknown”, and not “Town officials”?"""
    head = _BELONGING.split(words)[0].split()
    last = head[-1].casefold() if head else ""
    # “the Democrat”, “the Briton”: what somebody is.
    is_of_many = " ".join(head).casefold() in _OF_MANY
    is_name = head[-1:] != [] and head[-1][:1].isupper()
    return is_name and last not in PRONOUNS | _OFFICES and not is_of_many


def _meant_instead(
    said: Source, sources: Sequence[Source], leading: str, before: Source | None
) -> str:
    """Whose name stands nearest before a pronoun, if it is another's alone."""
    if before is not None and before.pk == said.pk:
        return ""  # who speaks goes on
    for sentence in reversed(_SENTENCES.findall(leading[-_NAME_BEFORE:])):
        named = [source for source in sources if _is_mentioned(source, sentence)]
        named = named or [
            source for source in sources if _is_mentioned_as_friends_do(source, sentence)
        ]
        if named:
            # Of whom only a thing is named (“Holt’s song”) it may be said as well.
            is_said = any(source.pk == said.pk for source in named) or _is_owner(said, sentence)
            return "" if is_said else named[0].public_name
    return ""


_SENTENCES = re.compile(r"[^.?!\n]+")


def _is_owner(source: Source, sentence: str) -> bool:
    called = family_name_of(source.name) if source.named else ""
    return bool(called) and re.search(rf"\b{re.escape(called)}[’']s?\b", sentence) is not None


def _is_mentioned(source: Source, sentence: str) -> bool:
    """By name, and not only as somebody to whom another thing belongs: “Marr’s letter”."""
    if source.kind == source.Kind.ORGANIZATION:
        return False  # “she” is no board
    called = source.later_reference if not source.named else family_name_of(source.name)
    called = re.sub(r"^(?:the|an?) ", "", called, flags=re.IGNORECASE)
    return bool(called) and bool(
        re.search(rf"(?<![\w’'-]){re.escape(called)}(?![\w-]|[’']s\b)", sentence)
    )


def _is_mentioned_as_friends_do(source: Source, sentence: str) -> bool:
    """By the first of two names, “Curie admitted it”; where no sentence begins and no name goes on."""
    given, *others = source.name.split() or [""]
    if not source.named or source.kind == source.Kind.ORGANIZATION or not others or len(given) < 3:
        return False
    alone = rf"(?<=[a-z,;] ){re.escape(given)}(?![\w-]|[’']s\b| [A-Z])"
    return given.casefold().strip(".") not in _TITLES and bool(re.search(alone, sentence))


_TITLES = word_set("mayor judge doctor sir dame lord lady rev father sister president senator")


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
