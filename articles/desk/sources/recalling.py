"""What relies on a source, an interview or a quote, for the day when it turns out to be false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sources.models import Interview, Quote, Source

from ...models import Article, UpdateRequest, Version
from ...stages import GIVEN_UP

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

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


# The page


class RecallForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What is wrong with it",
        help_text="Whoever opens one of these stories on the desk reads this. Readers do not.",
    )


def recall(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Every story and version that relies on this, and one press that asks for an update of each."""
    recalled = _visible(request, kind, pk)
    reliances = relying_on(recalled, Article.objects.visible_to(request.user))
    # A reporter sees which of their stories rely on it; what becomes of them editors say.
    may_ask = request.user.has_perm("articles.publish_update")
    form = RecallForm(request.POST or None) if may_ask else None
    if request.method == "POST":
        if form is None or not request.user.is_authenticated:
            raise PermissionDenied
        if form.is_valid():
            asked = ask_for_updates(reliances, form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"An update is asked for on {asked} of these stories.")
            return HttpResponseRedirect(request.path)
    return render(
        request,
        "admin/sources/recall.html",
        {
            **admin.site.each_context(request),
            **_context(recalled, reliances, request.user),
            "form": form,
        },
    )


def _visible(request: HttpRequest, kind: str, pk: int) -> Source | Interview | Quote:
    interviews = Interview.objects.visible_to(request.user)
    visible: dict[str, QuerySet[Any]] = {
        "source": Source.objects.visible_to(request.user),
        "interview": interviews,
        "quote": Quote.objects.visible_to(request.user),
    }
    if kind not in visible:
        raise Http404
    wanted = "sources.view_source" if kind == "source" else "sources.view_interview"
    if not request.user.has_perm(wanted):
        raise PermissionDenied
    found: Source | Interview | Quote = get_object_or_404(visible[kind], pk=pk)
    return found


def _context(
    recalled: Source | Interview | Quote, reliances: list[Reliance], user: User | AnonymousUser
) -> dict[str, Any]:
    seen = Quote.objects.visible_to(user)
    quotes = seen.filter(interview=recalled) if isinstance(recalled, Interview) else []
    about = {"recalled": recalled, "opts": recalled._meta, "reliances": reliances}
    return {**about, "quotes": quotes}
