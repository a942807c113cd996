"""Recalling a source, an interview or a quote: all that relies on it, and an update opened on each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from sources.models import Interview, Quote, Source

from ...models import Article
from ..recalling import Reliance, ask_for_updates, relying_on


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
        {**admin.site.each_context(request), **_context(recalled, reliances), "form": form},
    )


def _visible(request: HttpRequest, kind: str, pk: int) -> Source | Interview | Quote:
    interviews = Interview.objects.visible_to(request.user)
    visible: dict[str, QuerySet[Any]] = {
        "source": Source.objects.visible_to(request.user),
        "interview": interviews,
        "quote": Quote.objects.filter(interview__in=interviews),
    }
    if kind not in visible:
        raise Http404
    wanted = "sources.view_source" if kind == "source" else "sources.view_interview"
    if not request.user.has_perm(wanted):
        raise PermissionDenied
    found: Source | Interview | Quote = get_object_or_404(visible[kind], pk=pk)
    return found


def _context(recalled: Source | Interview | Quote, reliances: list[Reliance]) -> dict[str, Any]:
    quotes = recalled.quotes.all() if isinstance(recalled, Interview) else []
    about = {"recalled": recalled, "opts": recalled._meta, "reliances": reliances}
    return {**about, "quotes": quotes}
