"""Rules about terms: what was promised to a source is kept, in every word that becomes public."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sources.attribution import family_name_of
from sources.models import Interview, Quote, Source
from sources.prose.comparing.searching import Searched

from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import Found, about, quoted, recorded, rule, worded

Terms = Interview.Terms


# Absolute: the newsroom gave its word, which no editor can take back.
@rule("quote-off-the-record", Severity.ABSOLUTE, "AP: what is off the record is not published")
def quote_off_the_record(story: CheckedMaterial) -> Iterator[Found]:
    off = {
        quote.pk: quote
        for quote in story.quotes
        if quote.interview.terms == Terms.OFF_THE_RECORD and not _is_on_record_since(quote, story)
    }
    found_in_marks = set()
    for each in story.matches:
        if each.quote and each.quote.pk in off:
            found_in_marks.add(each.quote.pk)
            yield about(
                each.quotation,
                _("Given off the record, or close to it"),
                _ask_again(),
                *recorded(each.quote),
                interview=each.quote.interview_id,
            )
    # Without quotation marks they are the same words: so they are looked for in all that is public.
    for quote in off.values():
        if quote.pk not in found_in_marks and story.public_words.tells(quote.words):
            start, end = story.place_of(quote.words)
            yield Found(
                worded(
                    _("Words given off the record stand in the story, or what they say"),
                    quote.words,
                    _ask_again(),
                ),
                start,
                end,
                interview=quote.interview_id,
                subject=recorded(quote),
            )


def _ask_again() -> str:
    return _("Take it out, or ask again on the record.")


def _is_on_record_since(quote: Quote, story: CheckedMaterial) -> bool:
    """Has the same person said it again, on terms that allow it?"""
    return any(
        other.speaker_id == quote.speaker_id
        and other.interview.is_quotable_to_readers
        and other.interview.held_on >= quote.interview.held_on
        and Searched(other.words).tells(quote.words)
        for other in story.quotes
    )


# On background the words may stand, and not the name; on deep background neither the words nor
# anybody to whom they are attributed.
@rule("quote-beyond-terms", Severity.BLOCK, "AP: background is not attributed by name")
def quote_beyond_terms(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        if each.quote and each.quote.interview.terms == Terms.DEEP_BACKGROUND:
            found = _("Given on deep background, which is not quoted")
            todo = _("Take it out, or agree on other terms.")
        elif each.quote and _is_background_by_name(each.quote):
            found = _("Given on background, by somebody who is named")
            todo = _("Take the name out, or agree on other terms.")
        else:
            continue
        yield about(each.quotation, found, todo, *recorded(each.quote), each.quote.interview.terms)
    for source in story.sources:
        terms = {each.terms for each in story.interviews if each.source_id == source.pk}
        # Somebody who spoke on the record as well may be named for that; a document names nobody who gave it.
        is_document = source.kind == Source.Kind.DOCUMENT and Terms.ON_BACKGROUND in terms
        if not terms or Terms.ON_THE_RECORD in terms or is_document:
            continue
        if source.named and _is_named(source, story):
            yield Found(
                _(
                    "%(source)s is named, and agreed to no terms that allow it. Take the name out, of the "
                    "slug too, or record other terms."
                )
                % {"source": source.name},
                *story.place_of(source.name),
                subject=("source", source.pk, source.name, *sorted(terms)),
            )
        elif (
            not source.named and terms <= _NOT_TOLD and story.public_words.holds(source.description)
        ):
            yield Found(
                _(
                    "“%(source)s” spoke on deep background, and the story attributes to them. Take that "
                    "out."
                )
                % {"source": quoted(source.description)},
                *story.place_of(source.description),
                subject=("source", source.pk, source.description, *sorted(terms)),
            )


def _is_background_by_name(quote: Quote) -> bool:
    interview = quote.interview
    is_named = interview.source.named and interview.terms == Terms.ON_BACKGROUND
    return is_named and not interview.is_quotable_to_readers


_NOT_TOLD = {Terms.DEEP_BACKGROUND, Terms.OFF_THE_RECORD}


def _is_named(source: Source, story: CheckedMaterial) -> bool:
    """By the whole name, or the family name, unless that is another's as well."""
    if any(story.source_called(each.quotation.speaker) == source for each in story.matches):
        return True
    if story.public_words.names(source.name):
        return True
    if source.kind == source.Kind.ORGANIZATION:
        return False
    family_name = family_name_of(source.name)
    others = [each.name for each in story.sources if each.pk != source.pk]
    others += [byline.author.name for byline in story.bylines]
    is_anothers = any(family_name in name.split() for name in others)
    return not is_anothers and story.public_words.calls(family_name)
