"""Which recorded quote stands where in a story: derived from its body, each time that is saved."""

from __future__ import annotations

from collections.abc import Iterable

from sources.evidence.comparing import compare
from sources.models import Quote
from sources.prose.comparing.matching import Match, match
from sources.prose.reading.quotations import find_quotations

from ..models import Article, QuoteUse, SourceUse, Version
from ..text import blocks
from ..text.blocks import FACT, block_quotes, text
from .matches import Fact, backed, is_speaker
from .material import Material


def derive_quote_uses(material: Material, version: Version | None = None) -> None:
    """Write down the uses of the working copy anew, or those of a version just published.

    For a version it is written down too on which sources and interviews it rests: that the working
    copy may rest on others later does not change what readers were told on whose word.
    """
    if version is None:
        material.article.quote_uses.filter(version=None).delete()
    else:
        SourceUse.objects.bulk_create(_source_uses(material, version))
    _write_down(material.article, version, material.text, material.matches, material.facts)


def copy_uses(version: Version) -> None:
    """Write down for a working copy that was published as it stands what was for its version."""
    uses = list(version.quote_uses.all())
    QuoteUse.objects.filter(article=version.article_id, version=None).delete()
    for use in uses:
        use.pk, use.version, use.checked = None, None, None
    QuoteUse.objects.bulk_create(uses)


def carry_uses(material: Material, live: Version, version: Version) -> None:
    """Write down what a version rests on that was made from the live one, not from the desk."""
    rests_on = list(live.source_uses.all())
    for use in rests_on:
        use.pk, use.version = None, version
    SourceUse.objects.bulk_create(rests_on)
    interviews = {use.interview_id for use in rests_on if use.interview_id}
    quotes = [quote for quote in material.quotes if quote.interview_id in interviews]
    # An interview may have been taken off the working copy since; what was said in it stays said.
    if dropped := interviews - {interview.pk for interview in material.interviews}:
        quotes += Quote.objects.filter(interview__in=dropped).select_related("interview__source")
    said = text(version.body)
    quotations = find_quotations(said, block_quotes(version.body))
    found = match(quotations, quotes, is_called=is_speaker)
    _write_down(material.article, version, said, found, _facts_kept(live, version))


def _facts_kept(live: Version, version: Version) -> Iterable[Fact]:
    """The facts of the version before whose words are marked in this one as well, by these words."""
    said, now = text(live.body), text(version.body)
    marked = {now[start:end]: (start, end) for start, end, _ in blocks.marked(version.body, FACT)}
    uses = list(
        live.quote_uses.filter(is_quotation=False).select_related("quote__interview__source")
    )
    compare([use.quote for use in uses])
    for use in uses:
        if place := marked.get(said[use.start : use.end]):
            yield Fact(*place, use.quote)


def _write_down(
    article: Article,
    version: Version | None,
    text: str,
    matches: Iterable[Match[Quote]],
    facts: Iterable[Fact],
) -> None:
    places = [
        (each.paragraph, each.start, each.end, quote, True) for each, quote in backed(matches)
    ]
    places += [
        (text.count("\n", 0, start), start, end, quote, False) for start, end, quote in facts
    ]
    QuoteUse.objects.bulk_create(
        QuoteUse(
            article=article,
            version=version,
            quote=quote,
            checked=quote.checked if version else None,
            is_quotation=is_quotation,
            paragraph=paragraph,
            start=start,
            end=end,
        )
        for paragraph, start, end, quote, is_quotation in places
    )


def _source_uses(material: Material, version: Version) -> Iterable[SourceUse]:
    heard = {interview.source_id for interview in material.interviews}
    for interview in material.interviews:
        yield SourceUse(version=version, source_id=interview.source_id, interview=interview)
    for source in material.sources:
        if source.pk not in heard:
            yield SourceUse(version=version, source=source)
