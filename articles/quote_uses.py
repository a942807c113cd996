"""Which recorded quote stands where in a story: derived from its body, each time that is saved."""

from __future__ import annotations

from collections.abc import Iterable

from sources.models import Quote
from sources.quotations import Quotation, find_quotations, match

from . import body
from .models import Article, QuoteUse, Version


def find_uses(article: Article, quotes: Iterable[Quote]) -> list[tuple[Quotation, Quote]]:
    """The quotations in the working copy that these recorded quotes back, in order."""
    return match(find_quotations(body.plain_text(body.clean_body(article.body))), quotes)


def derive_quote_uses(article: Article, version: Version | None = None) -> None:
    """Write down the uses of the working copy anew, or those of a version just published."""
    if version is None:
        article.quote_uses.filter(version=None).delete()
    QuoteUse.objects.bulk_create(
        QuoteUse(
            article=article,
            version=version,
            quote=quote,
            paragraph=quotation.paragraph,
            start=quotation.start,
            end=quotation.end,
        )
        for quotation, quote in find_uses(article, article.recorded_quotes())
    )
