"""What lists say of a story without reading it: how long it is, what the check found, and whether readers have it all."""

from __future__ import annotations

from ..models import Article
from ..record.composing import has_unpublished_words
from ..stages import GATE, Severity
from .checked_material import CheckedMaterial
from .checking import check, stops

MOST = 32_767  # of a small column; nobody counts further


def keep_glance(story: CheckedMaterial) -> None:
    """Keep it with the story, as of now. What is recorded elsewhere later is seen at its next save."""
    findings = check(story)
    Article.objects.filter(pk=story.article.pk).update(
        words=count_words(story.text),
        stops=min(len(stops(findings, GATE)), MOST),
        to_look_at=min(len(stops(findings, {Severity.WARN})), MOST),
        is_ahead=story.live is not None and has_unpublished_words(story, story.live),
    )


def count_words(text: str) -> int:
    """Words as a newsroom counts them: what stands between spaces."""
    return len(text.split())
