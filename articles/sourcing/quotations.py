"""Rules about quotations: that each is recorded, unaltered, within its terms, and has a speaker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sources.attribution import is_named_so
from sources.models import Interview, Quote, Source
from sources.prose.matching import Change, Match, is_repeated
from sources.prose.quotations import Quotation
from sources.prose.words_of_speech import DETERMINERS, PRONOUNS

from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import THE_STORY, Edit, Fix, Found, Subject, rule

_STRAIGHT = frozenset("\"'")
_TYPOGRAPHIC = {'"': "“”", "'": "‘’"}

Terms = Interview.Terms


@rule("quote-unrecorded", Severity.BLOCK, "AP: quotations are accurate")
def quote_unrecorded(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        if not each.quotation.is_speech or each.is_altered:
            continue
        backed: Subject
        if each.rivals:
            sources = {quote.interview.source for quote in each.rivals}
            who = " and ".join(sorted({source.public_name for source in sources}))
            message = f"These words were said by {who}, and nothing tells whose they are here"
            backed = ("said by one of", *sorted(source.pk for source in sources))
        elif each.quote is None:
            message, backed = "No recorded quote backs this", ()
        elif given := _misattributed(story, each):
            said = each.quote.interview.source
            message = (
                f"Recorded as said by {said.public_name}, given to {given.public_name} in the story"
            )
            backed = ("said by", said.pk, "given to", given.pk)
        else:
            continue
        yield _about(
            each.quotation,
            message,
            each.quotation.speaker,
            *backed,
            remedy="" if each.quote or each.rivals else "record",
        )


def _misattributed(story: CheckedMaterial, each: Match[Quote]) -> Source | None:
    """The source to whom the story gives words that somebody else is recorded to have said."""
    speaker = each.quotation.speaker or ""
    given = story.source_called(speaker)
    said = each.quote.interview.source if each.quote else None
    is_other = given is not None and said is not None and given.pk != said.pk
    return given if given and is_other and is_named_so(given, speaker) else None


# The AP alters no quotation, not even its grammar: what is left out is marked, or paraphrased.
@rule("quote-altered", Severity.BLOCK, "AP: never alter quotations")
def quote_altered(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        if each.is_altered and each.quote:
            quotation = each.quotation
            edit = Edit(quotation.start, quotation.end, _as_printed(each.quote, quotation))
            yield _about(
                quotation,
                f"Recorded otherwise: {'; '.join(map(_difference, each.changes))}",
                *_recorded(each.quote),
                fix=Fix("Use the recorded words", (edit,)),
                interview=each.quote.interview_id,
            )


def _as_printed(quote: Quote, quotation: Quotation) -> str:
    """The recorded words, with the comma inside the closing mark if the story has one there."""
    if quotation.words.endswith(",") and quote.words.endswith("."):
        return f"{quote.words[:-1]},"
    return quote.words


def _difference(change: Change) -> str:
    if not change.recorded:
        return f"“{change.printed}” was not said"
    if not change.printed:
        return f"“{change.recorded}” is left out"
    return f"“{change.printed}” was said as “{change.recorded}”"


@rule("pull-quote-altered", Severity.BLOCK, "AP: never alter quotations")
def pull_quote_altered(story: CheckedMaterial) -> Iterator[Found]:
    """Readers take a pull quote for words of the story, set apart."""
    # Its words may be of the narrative, or one speech that an attribution parts in the text.
    texts = [story.text, *_spoken(story)]
    for words in story.pull_quotes:
        if not any(is_repeated(words, text) for text in texts):
            message = f"The story does not say what its pull quote says: “{_shortened(words)}”"
            yield Found(message, subject=("pull quote", words))


def _spoken(story: CheckedMaterial) -> Iterator[str]:
    """What one person says in a paragraph, without “he said” in the middle of it."""
    by_speaker = groupby(
        (each.quotation for each in story.matches), lambda each: (each.paragraph, each.speaker)
    )
    for _, quotations in by_speaker:
        parts = [each.words for each in quotations]
        yield " ".join(parts)
        # Once more without the comma that stands there for the attribution's sake.
        yield " ".join([*(part.rstrip(",") for part in parts[:-1]), parts[-1]])


@rule("quote-short", Severity.NOTE, "Titles, nicknames and so-called words need no record")
def quote_short(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        if not each.quotation.is_speech and each.quote is None:
            yield _about(each.quotation, "Read as a title, a nickname or a so-called word")


# Absolute: the newsroom gave its word, which no editor can take back.
@rule("quote-off-the-record", Severity.ABSOLUTE, "AP: what is off the record is not published")
def quote_off_the_record(story: CheckedMaterial) -> Iterator[Found]:
    quoted = set()
    for each in story.matches:
        if each.quote and each.quote.interview.terms == Terms.OFF_THE_RECORD:
            quoted.add(each.quote.pk)
            message = "Given off the record, or close to it"
            yield _about(each.quotation, message, *_recorded(each.quote))
    # Without quotation marks they are the same words: so they are looked for in all that is public.
    for quote in story.quotes:
        off = quote.interview.terms == Terms.OFF_THE_RECORD and quote.pk not in quoted
        if off and story.public_words.holds_part(quote.words):
            place = story.place_of(quote.words)
            message = f"Words given off the record stand in the story: {quote}"
            yield Found(message, *place, subject=_recorded(quote))


# On background the words may stand, and not the name; on deep background neither the words nor
# anybody to whom they are attributed.
@rule("quote-beyond-terms", Severity.BLOCK, "AP: background is not attributed by name")
def quote_beyond_terms(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        if each.quote and each.quote.interview.terms == Terms.DEEP_BACKGROUND:
            message = "Given on deep background, which is not quoted"
        elif each.quote and _is_background_by_name(each.quote):
            message = "Given on background, by somebody who is named here"
        else:
            continue
        yield _about(each.quotation, message, *_recorded(each.quote), each.quote.interview.terms)
    for source in story.sources:
        terms = {each.terms for each in story.interviews if each.source_id == source.pk}
        # Somebody who spoke on the record as well may be named for that.
        if not terms or Terms.ON_THE_RECORD in terms:
            continue
        if source.named and _is_named(source, story):
            yield Found(
                f"{source.name} is named, and spoke on no terms that allow it.",
                *story.place_of(source.name),
                subject=("source", source.pk, source.name, *sorted(terms)),
            )
        elif (
            not source.named and terms <= _NOT_TOLD and story.public_words.holds(source.description)
        ):
            yield Found(
                f"“{source.description}” spoke on deep background, and the story attributes to them.",
                *story.place_of(source.description),
                subject=("source", source.pk, source.description, *sorted(terms)),
            )


def _is_background_by_name(quote: Quote) -> bool:
    interview = quote.interview
    return interview.source.named and interview.terms == Terms.ON_BACKGROUND


_NOT_TOLD = {Terms.DEEP_BACKGROUND, Terms.OFF_THE_RECORD}


def _is_named(source: Source, story: CheckedMaterial) -> bool:
    """By the whole name, or by how later references call them where the text says that they speak."""
    speaks = any(story.source_called(each.quotation.speaker) == source for each in story.matches)
    return speaks or story.public_words.holds(source.name)


@rule("quote-speaker-unclear", Severity.WARN, "Reuters: say early who is speaking")
def quote_speaker_unclear(story: CheckedMaterial) -> Iterator[Found]:
    told: set[int] = set()
    for each in story.matches:
        quotation = each.quotation
        is_unclear = quotation.is_speech and quotation.speaker is None
        if is_unclear and quotation.paragraph not in told:
            told.add(quotation.paragraph)
            yield _about(quotation, "Nobody is named as the speaker by the end of the paragraph")


# A reader takes all quotations of a paragraph for one person's.
@rule("quote-speakers-run-together", Severity.WARN, "Reuters: a paragraph for each speaker")
def quote_speakers_run_together(story: CheckedMaterial) -> Iterator[Found]:
    first: dict[int, tuple[str, str]] = {}
    for each in story.matches:
        quotation = each.quotation
        source = story.source_called(quotation.speaker)
        first_word = (quotation.speaker or "").split(" ")[0].casefold()
        # “she” and “the mayor” may be whoever was named before.
        if not first_word or (source is None and first_word in PRONOUNS | DETERMINERS):
            continue
        speaker = quotation.speaker or ""
        who = source.public_name if source else speaker.split()[-1].casefold()
        known, words = first.setdefault(quotation.paragraph, (who, speaker))
        if known != who:
            first[quotation.paragraph] = (who, speaker)
            message = f"{words} and {quotation.speaker} speak in one paragraph"
            yield _about(quotation, message, words, quotation.speaker)


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
        "Straight and typographic quotation marks stand in one story.",
        straight[0],
        straight[0] + 1,
        Fix("Make them all typographic", edits),
        subject=THE_STORY,
    )


def _marks(story: CheckedMaterial) -> Iterator[tuple[int, bool]]:
    """Where each quotation mark stands, and whether it closes."""
    for each in story.matches:
        opening, closing = each.quotation.start - 1, each.quotation.end
        # A quotation's words are trimmed: blanks may lie between them and their mark.
        while opening > 0 and story.text[opening].isspace():
            opening -= 1
        yield opening, False
        # One that runs on into the next paragraph has no closing mark.
        if closing < len(story.text) and story.text[closing] != "\n":
            yield closing, True


def _about(
    quotation: Quotation,
    message: str,
    *also: str | int | None,
    fix: Fix | None = None,
    remedy: str = "",
    interview: int | None = None,
) -> Found:
    """A finding whose subject is the words of a quotation, and what else it is about."""
    return Found(
        f"{message}: “{_shortened(quotation.words)}”",
        quotation.start,
        quotation.end,
        fix,
        remedy,
        interview=interview,
        subject=("quotation", quotation.words, *also),
    )


def _recorded(quote: Quote) -> Subject:
    """The words on record, and whose they are."""
    return ("recorded", quote.words, quote.speaker_id)


def _shortened(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:89]}…"
