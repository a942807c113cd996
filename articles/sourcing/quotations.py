"""Rules about the words of quotations: that each is recorded, unaltered and fair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sources.evidence.comparing import places_of
from sources.models import Comparison, Quote
from sources.positions import joined
from sources.prose.comparing.fairness import Turned, turned
from sources.prose.comparing.matching import Change, Match
from sources.prose.comparing.searching import is_repeated
from sources.prose.comparing.style import as_recorded
from sources.prose.reading.labels import is_announced, is_title
from sources.prose.reading.quotations import Quotation

from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import (
    THE_STORY,
    Beside,
    Edit,
    Fix,
    Found,
    Subject,
    about,
    quoted,
    recorded,
    rule,
    worded,
)

_STRAIGHT = frozenset("\"'")
_TYPOGRAPHIC = {'"': "“”", "'": "‘’"}


@rule("quote-unrecorded", Severity.BLOCK, "AP: quotations are accurate")
def quote_unrecorded(story: CheckedMaterial) -> Iterator[Found]:
    unrecorded = [
        each.quotation.words
        for each in story.matches
        if each.quotation.is_speech and each.quote is None and not each.rivals
    ]
    # In files that are sought for at all: most stories have nothing unrecorded.
    files = story.transcripts if unrecorded else []
    places = dict(zip(unrecorded, places_of(unrecorded, files), strict=True))
    for each in story.matches:
        if not each.quotation.is_speech or each.is_altered:
            continue
        backed: Subject
        if each.rivals:
            sources = {quote.interview.source for quote in each.rivals}
            who = joined(sorted({source.public_name for source in sources}))
            found = _("More than one person said these words (%(people)s)") % {"people": who}
            todo = _("Name the speaker.")
            backed = ("said by one of", *sorted(source.pk for source in sources))
        elif each.quote is None:
            found, todo = _("No recorded quote backs this"), _("Record it, or paraphrase it.")
            backed = ()
        else:
            continue
        yield about(
            each.quotation,
            found,
            todo,
            each.quotation.speaker,
            *backed,
            remedy="" if each.rivals else "record",
            transcript=places.get(each.quotation.words),
        )


# The AP alters no quotation, not even its grammar: what is left out is marked, or paraphrased.
@rule("quote-altered", Severity.BLOCK, "AP: never alter quotations")
def quote_altered(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        if each.is_altered and each.quote:
            quotation = each.quotation
            edit = Edit(quotation.start, quotation.end, _as_printed(each.quote, quotation))
            yield about(
                quotation,
                _("Recorded otherwise (%(differences)s)")
                % {"differences": _listed(map(_difference, each.changes))},
                _("Print what was recorded, or paraphrase it."),
                *recorded(each.quote),
                fix=Fix(_("Use the recorded words"), (edit,)),
                interview=each.quote.interview_id,
            )


def _as_printed(quote: Quote, quotation: Quotation) -> str:
    """The recorded words, with the comma inside the closing mark if the story has one there."""
    if quotation.words.endswith(",") and quote.words.endswith("."):
        return f"{quote.words[:-1]},"
    return quote.words


def _difference(change: Change) -> str:
    words = {"printed": quoted(change.printed), "recorded": quoted(change.recorded)}
    if not change.recorded:
        return _("“%(printed)s” was not said") % words
    if not change.printed:
        return _("“%(recorded)s” is left out") % words
    return _("“%(printed)s” was said as “%(recorded)s”") % words


def _listed(parts: Iterable[str]) -> str:
    return pgettext("between the members of a list that have commas themselves", "; ").join(parts)


# Its words stay with those who may open the transcript: the message, which is kept and mailed, has none of them.
@rule("quote-not-in-transcript", Severity.BLOCK, "AP: quotations are accurate")
def quote_not_in_transcript(story: CheckedMaterial) -> Iterator[Found]:
    """Words on record that the interview's own transcript does not have, or has as somebody else's."""
    for each in story.matches:
        heard = each.quote.contradiction(story.writers) if each.quote and each.is_backed else None
        if not each.quote or not heard or not each.quotation.is_speech:
            continue
        if heard.compared_with == Comparison.With.DOCUMENT:
            found, todo = _("The document does not say this"), _("Print what it says.")
        else:
            found = _("These words are not in the transcript of their interview")
            todo = _("Print what was said, or have somebody else hear it on the recording.")
        yield about(
            each.quotation,
            found,
            todo,
            *recorded(each.quote),
            heard.file.digest if heard.file else "",
            interview=each.quote.interview_id,
            transcript=heard,
        )


# Above the AP's rule stands that nobody is made to say the opposite: so it is another's to decide.
@rule("quote-meaning-changed", Severity.BLOCK, "AP: never alter quotations; Reuters: in context")
def quote_meaning_changed(story: CheckedMaterial) -> Iterator[Found]:
    """What one paragraph prints of a recorded quote is looked at together: an attribution may part it."""
    together: dict[tuple[int, int], list[Match[Quote]]] = {}
    for each in story.matches:
        # The sign that reads “hope” takes nothing from who said that there is no hope.
        if each.quote and each.quotation.is_speech:
            place = (each.quotation.paragraph, each.quote.pk)
            together.setdefault(place, []).append(each)
    for parts in together.values():
        first, quote = parts[0].quotation, parts[0].quote
        printed = [each.quotation.words for each in parts]
        found = quote and turned(printed, quote.words, _leading_to(story, first))
        if quote and found:
            yield Found(
                _turned_message(found, quote, " … ".join(printed)),
                first.start,
                parts[-1].quotation.end,
                interview=quote.interview_id,
                beside=Beside.of(quote.words, found),
                subject=("quotation", *printed, *recorded(quote)),
            )


_LED_BY = 60  # characters before a fragment in which its narrator may say what it leaves out


def _leading_to(story: CheckedMaterial, quotation: Quotation) -> str:
    """The narrator's words in its sentence, before a fragment: would not call it “a failure”."""
    if not quotation.words[:1].islower():
        return ""
    before = story.narrative[max(0, quotation.start - _LED_BY) : quotation.start - 1]
    return re.split(r"[.?!\n·]", before)[-1]


def _turned_message(found: Turned, quote: Quote, printed: str) -> str:
    missing = [
        _("the record has “%(recorded)s” there") % {"recorded": quoted(quote.words[start:end])}
        for start, end in found.missing
    ]
    added = [_("“%(printed)s” was not said") % {"printed": word} for word in found.added]
    return worded(
        _("This may turn what was said (%(how)s)") % {"how": _listed([*missing, *added])},
        printed,
        _("Print the whole sentence, or paraphrase it."),
    )


@rule("quote-style", Severity.NOTE, "House style: not what was said, only how it is set")
def quote_style(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        if each.is_styled and each.quote and each.quotation.is_speech:
            quotation = each.quotation
            words = as_recorded(quotation.words, each.quote.words)
            edits = (Edit(quotation.start, quotation.end, words),) if words else ()
            yield about(
                quotation,
                _("Set in another style than it was recorded"),
                _("Keep it if house style wants it so."),
                *recorded(each.quote),
                fix=Fix(_("Set it as recorded"), edits) if edits else None,
                interview=each.quote.interview_id,
            )


@rule("pull-quote-altered", Severity.BLOCK, "AP: never alter quotations")
def pull_quote_altered(story: CheckedMaterial) -> Iterator[Found]:
    """Readers take a pull quote for words of the story, set apart."""
    # Its words may be of the narrative, or one speech that an attribution parts in the text.
    texts = [story.text, *_spoken(story)]
    for words in story.pull_quotes:
        if not any(is_repeated(words, text) for text in texts):
            message = worded(
                _("The story does not say what its pull quote says"), words, _("Use its own words.")
            )
            yield Found(message, subject=("pull quote", words))


def _spoken(story: CheckedMaterial) -> Iterator[str]:
    """What one person says in a paragraph, without “he said” in the middle of it."""
    by_speaker = groupby(
        (each.quotation for each in story.matches), lambda each: (each.paragraph, each.speaker)
    )
    for _speaker, quotations in by_speaker:
        parts = [each.words for each in quotations]
        yield " ".join(parts)
        # Once more without the comma that stands there for the attribution's sake.
        yield " ".join([*(part.rstrip(",") for part in parts[:-1]), parts[-1]])


@rule("quote-short", Severity.NOTE, "Titles, nicknames and so-called words need no record")
def quote_short(story: CheckedMaterial) -> Iterator[Found]:
    """One note for all of a story, each phrase once: they are read through in one go."""
    doubtful: dict[str, Quotation] = {}
    for each in story.matches:
        words = each.quotation.words.strip(".,").casefold()
        is_one = not each.quotation.is_speech and each.quote is None
        if is_one and not _is_plainly_one(story.text, each.quotation):
            doubtful.setdefault(words, each.quotation)
    if doubtful:
        first, *_others = doubtful.values()
        phrases = [quotation.words for quotation in doubtful.values()]
        yield Found(
            worded(
                _("Read as a title, a nickname or a so-called word"),
                phrases,
                _("If somebody said it, record it."),
            ),
            first.start,
            first.end,
            subject=("quotations", *phrases),
        )


def _is_plainly_one(text: str, quotation: Quotation) -> bool:
    """“The Wind in the Reeds”, the thriller “Tide”: there is nothing to ask."""
    is_by_capitals = " " in quotation.words and is_title(quotation.words)
    return is_by_capitals or is_announced(text, quotation.start, quotation.end)


@rule("quote-marks-mixed", Severity.NOTE, "House style: one kind of quotation mark")
def quote_marks_mixed(story: CheckedMaterial) -> Iterator[Found]:
    marks = list(_marks(story))
    straight = [at for at, _ in marks if story.text[at] in _STRAIGHT]
    if not straight or len(straight) == len(marks):
        return
    edits = tuple(
        Edit(at, at + 1, _TYPOGRAPHIC[story.text[at]][is_closing])
        for at, is_closing in marks
        if story.text[at] in _STRAIGHT
    )
    yield Found(
        _("Straight and typographic quotation marks stand in one story. Use one kind."),
        straight[0],
        straight[0] + 1,
        Fix(_("Make them all typographic"), edits),
        subject=THE_STORY,
    )


def _marks(story: CheckedMaterial) -> Iterator[tuple[int, bool]]:
    """Where each quotation mark stands, and whether it closes."""
    for each in story.matches:
        if not each.quotation.is_marked:
            continue
        opening, closing = each.quotation.start - 1, each.quotation.end
        # A quotation's words are trimmed: blanks may lie between them and their mark.
        while opening > 0 and story.text[opening].isspace():
            opening -= 1
        yield opening, False
        # One that runs on into the next paragraph has no closing mark.
        if closing < len(story.text) and story.text[closing] != "\n":
            yield closing, True
