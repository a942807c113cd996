"""Which recorded quote stands where in a story: derived from its body, each time that is saved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from sources.attribution import is_called
from sources.matching import Match, match
from sources.models import Quote
from sources.quotations import Quotation, find_quotations

from ..models import Article, QuoteUse, SourceUse, Version
from ..text.blocks import Body, text
from ..text.body import quote_marks, read


def match_quotations(body: Body, quotes: Iterable[Quote]) -> list[Match[Quote]]:
    """Every quotation in a body of the desk, with the recorded quote that backs it, if one does.

    A writer's mark in the body ties a quotation to its quote; without one it is matched by its words.
    """
    quotations, recorded = find_quotations(text(body)), list(quotes)
    known = {quote.pk: quote for quote in recorded}
    starts = [quotation.start for quotation in quotations]
    marked = {}
    for start, end, key in quote_marks(body):
        # The mark holds the quotation, with its quotation marks or without.
        place = bisect_left(starts, start)
        if key in known and place < len(starts) and starts[place] < end:
            marked[starts[place]] = known[key]
    return match(quotations, recorded, marked=marked, is_called=_is_called)


def _is_called(quote: Quote, speaker: str) -> bool:
    return is_called(quote.interview.source, speaker)


def find_uses(body: Body, quotes: Iterable[Quote]) -> list[tuple[Quotation, Quote]]:
    """The quotations in a body of the desk that these recorded quotes back, in order."""
    return [
        (each.quotation, each.quote)
        for each in match_quotations(body, quotes)
        if each.is_backed and each.quote
    ]


def derive_quote_uses(article: Article, version: Version | None = None) -> None:
    """Write down the uses of the working copy anew, or those of a version just published.

    For a version it is written down too on which sources and interviews it rests: that the working
    copy may rest on others later does not change what readers were told on whose word.
    """
    if version is None:
        article.quote_uses.filter(version=None).delete()
    else:
        SourceUse.objects.bulk_create(_source_uses(article, version))
    QuoteUse.objects.bulk_create(
        QuoteUse(
            article=article,
            version=version,
            quote=quote,
            paragraph=quotation.paragraph,
            start=quotation.start,
            end=quotation.end,
        )
        for quotation, quote in find_uses(read(article.body), article.recorded_quotes())
    )


def carry_uses(article: Article, version: Version) -> None:
    """Write down what a version rests on that was made from the one before, not from the desk."""
    before = article.versions.get(number=version.number - 1)
    rests_on = list(before.source_uses.all())
    for use in rests_on:
        use.pk, use.version = None, version
    SourceUse.objects.bulk_create(rests_on)
    interviews = [use.interview_id for use in rests_on if use.interview_id]
    quotes = Quote.objects.filter(interview__in=interviews).select_related("interview__source")
    found = match(find_quotations(text(version.body)), list(quotes), is_called=_is_called)
    QuoteUse.objects.bulk_create(
        QuoteUse(
            article=article,
            version=version,
            quote=each.quote,
            paragraph=each.quotation.paragraph,
            start=each.quotation.start,
            end=each.quotation.end,
        )
        for each in found
        if each.is_backed
    )


def _source_uses(article: Article, version: Version) -> Iterable[SourceUse]:
    interviews = list(article.interviews.all())
    heard = {interview.source_id for interview in interviews}
    for interview in interviews:
        yield SourceUse(version=version, source_id=interview.source_id, interview=interview)
    for source in article.relied_on():
        if source.pk not in heard:
            yield SourceUse(version=version, source=source)
