"""What relies on a source, an interview or a quote, for the day when it turns out to be false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sources.models import Interview, Quote, Source

from ..models import Article, UpdateRequest, Version
from ..stages import GIVEN_UP

if TYPE_CHECKING:
    from sources.colleagues import User


@dataclass
class Reliance:
    """A story that relies on something, in its working copy or in versions that were published."""

    article: Article
    in_working_copy: bool
    versions: list[Version]

    @property
    def is_live(self) -> bool:
        """Do readers see it now?"""
        return any(version.is_live for version in self.versions)


def relying_on(recalled: Source | Interview | Quote, articles: QuerySet[Article]) -> list[Reliance]:
    """Those of these stories that rely on it, the ones that readers see first."""
    working = set(articles.filter(_in_working_copy(recalled)).values_list("pk", flat=True))
    published: dict[int, list[Version]] = {}
    versions = Version.objects.filter(_in_version(recalled), article__in=articles)
    # Distinct: a source may stand in a version with several interviews.
    for version in versions.distinct().order_by("number"):
        published.setdefault(version.article_id, []).append(version)
    found = [
        Reliance(article, article.pk in working, published.get(article.pk, []))
        for article in articles.filter(pk__in=working | published.keys()).select_related("section")
    ]
    return sorted(found, key=lambda each: (not each.is_live, -each.article.pk))


def _in_working_copy(recalled: Source | Interview | Quote) -> Q:
    if isinstance(recalled, Source):
        shielded = Q(anonymity_approvals__source=recalled)
        return Q(sources=recalled) | Q(interviews__source=recalled) | shielded
    if isinstance(recalled, Interview):
        return Q(interviews=recalled)
    return Q(quote_uses__quote=recalled, quote_uses__version=None)


def _in_version(recalled: Source | Interview | Quote) -> Q:
    if isinstance(recalled, Source):
        return Q(source_uses__source=recalled)
    if isinstance(recalled, Interview):
        return Q(source_uses__interview=recalled) | Q(quote_uses__quote__interview=recalled)
    return Q(quote_uses__quote=recalled)


def ask_for_updates(reliances: Sequence[Reliance], reason: str, *, by: User) -> int:
    """Open an update on every story that relies on it and is not spiked; how many those are.

    A story on which one is open for the same reason keeps that one.
    """
    stories = [each.article for each in reliances if each.article.stage not in GIVEN_UP]
    with transaction.atomic():
        for article in stories:
            UpdateRequest.objects.open().get_or_create(
                article=article,
                reason=reason,
                answered_by=None,
                defaults={"asked_by": by, "at": timezone.now()},
            )
    return len(stories)
