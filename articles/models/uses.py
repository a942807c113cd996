"""What a story rests on: which recorded quote stands where in it, and on which interviews."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sources.models import Comparison, Interview, Quote, Source

from .article import Article


class QuoteUse(models.Model):
    """Which recorded quote stands where in a story. Derived from the body, never typed in."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="quote_uses")
    version = models.ForeignKey(
        "articles.Version",
        on_delete=models.CASCADE,
        null=True,
        related_name="quote_uses",
        help_text="The published version it stands in; empty for the working copy.",
    )
    # PROTECT: words that a story prints stay recorded.
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="uses")
    # PROTECT: what readers were told that words were checked against stays. Empty, where it was nothing.
    checked = models.ForeignKey(
        Comparison, on_delete=models.PROTECT, null=True, related_name="uses"
    )
    is_quotation = models.BooleanField(
        default=True, help_text="Not where a document backs the reporter's own words."
    )
    paragraph = models.PositiveIntegerField()
    # In `blocks.text()` of the body, to which photos and pull quotes do not belong.
    start = models.PositiveIntegerField(help_text="Offset in the body's plain text.")
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                name="quote_use_covers_words", condition=Q(end__gt=models.F("start"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.quote} in {self.article}"


class SourceUse(models.Model):
    """Which source, and which interview with them, a published version rests on, quoted or not."""

    version = models.ForeignKey(
        "articles.Version", on_delete=models.CASCADE, related_name="source_uses"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uses")
    # None for a source who is listed and was not interviewed.
    interview = models.ForeignKey(
        Interview, on_delete=models.PROTECT, null=True, related_name="uses"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} in {self.version}"
