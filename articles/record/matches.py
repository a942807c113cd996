"""Which recorded quote backs which quotation of a body."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from sources.attribution import is_called
from sources.models import Quote, Source
from sources.prose.comparing.matching import Match, match
from sources.prose.reading.quotations import Quotation, find_quotations

from ..text.blocks import Body, block_quotes, text
from ..text.body import quote_marks


def match_quotations(body: Body, quotes: Iterable[Quote]) -> list[Match[Quote]]:
    """Every quotation in a body of the desk, with the recorded quote that backs it, if one does.

    A writer's mark in the body ties a quotation to its quote; without one it is matched by its words.
    """
    quotations, recorded = find_quotations(text(body), block_quotes(body)), list(quotes)
    known = {quote.pk: quote for quote in recorded}
    starts = [quotation.start for quotation in quotations]
    marked = {}
    for start, end, key in quote_marks(body):
        # The mark holds the quotation, with its quotation marks or without.
        place = bisect_left(starts, start)
        if key in known and place < len(starts) and starts[place] < end:
            marked[starts[place]] = known[key]
    return match(quotations, recorded, marked=marked, is_called=is_speaker)


class Fact(NamedTuple):
    """Words of the reporter's own that a passage of a document backs."""

    start: int  # in the text of the body
    end: int
    quote: Quote


def find_facts(body: Body, quotes: Iterable[Quote], matches: Iterable[Match[Quote]]) -> list[Fact]:
    """What a writer has tied to a document and stands between no quotation marks, in the order of the text."""
    documents = {
        quote.pk: quote for quote in quotes if quote.interview.source.kind == Source.Kind.DOCUMENT
    }
    quoted = [(each.quotation.start, each.quotation.end) for each in matches]
    return [
        Fact(start, end, documents[key])
        for start, end, key in (quote_marks(body) if documents else ())
        if key in documents and not any(a < end and start < z for a, z in quoted)
    ]


def is_speaker(quote: Quote, speaker: str) -> bool:
    """Do these words of a story mean whoever said the quote?"""
    return is_called(quote.interview.source, speaker)


def backed(matches: Iterable[Match[Quote]]) -> list[tuple[Quotation, Quote]]:
    """The quotations that a recorded quote backs, with it."""
    return [(each.quotation, each.quote) for each in matches if each.is_backed and each.quote]
