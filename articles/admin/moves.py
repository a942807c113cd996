"""The desk's buttons: moves, decisions on anonymity, updates, and the preview."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from .. import pictures
from ..models import AnonymityApproval, Article, Update
from ..publishing import Blocked, compose, preview_file, publish, publish_update
from ..stages import MOVES, Move
from ..workflow import MoveRefused, make_move, may_move
from .forms import DecisionForm, ReasonForm, TimeForm, UpdateForm


def press(request: HttpRequest, article: Article, move: Move) -> HttpResponse:
    """Make a move at one press, or go on to the page that asks for what it needs."""
    if _form_class(move):
        return HttpResponseRedirect(
            reverse("admin:articles_article_move", args=[article.pk, move.name])
        )
    _make(request, article, move)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of a move that needs a reason, a time or a note to readers."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    wanted = MOVES.get(name)
    if wanted is None or not may_move(article, wanted, request.user):
        raise PermissionDenied
    form_class = _form_class(wanted)
    if form_class is None:
        if request.method == "POST":
            return press(request, article, wanted)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
    form = form_class(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _make(request, article, wanted, **form.cleaned_data)
    ):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
    return _page(request, "admin/articles/article/move.html", article, form=form, move=wanted)


def _form_class(move: Move) -> type[forms.Form] | None:
    if move.name == "publish_update":
        return UpdateForm
    if move.needs_reason:
        return ReasonForm
    return TimeForm if move.needs_time else None


def _make(
    request: HttpRequest,
    article: Article,
    move: Move,
    *,
    reason: str = "",
    at: datetime | None = None,
    kind: str = "",
    note: str = "",
) -> bool:
    """Make a move and tell the person what came of it."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    try:
        if move.name == "publish":
            publish(article, by=user)
        elif move.name == "publish_update":
            publish_update(article, by=user, kind=Update.Kind(kind), note=note)
        else:
            make_move(article, move.name, by=user, reason=reason, at=at)
    except Blocked as blocked:
        for finding in blocked.findings:
            messages.error(request, f"Not {move.done}: {finding.message}")
        return False
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return False
    live = article.live_version
    if move.is_door and live:
        link = format_html('<a href="{}">Read it</a>', live.get_absolute_url())
        messages.success(request, format_html("The story was {}. {}", move.done, link))
    else:
        messages.success(request, f"The story was {move.done}.")
    return True


def anonymity(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor decides whether this story may use this anonymous source."""
    approvals = AnonymityApproval.objects.select_related("source", "article", "asked_by")
    visible = Article.objects.visible_to(request.user)
    approval = get_object_or_404(approvals.filter(article__in=visible), pk=pk)
    if not request.user.is_authenticated or not request.user.has_perm(
        "articles.decide_anonymityapproval"
    ):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        approved = request.POST.get("decision") == AnonymityApproval.Decision.APPROVED
        if not approved and not form.cleaned_data["remark"].strip():
            form.add_error("remark", "Tell the reporter why it is refused.")
        elif approved and approval.article.is_writer(request.user):
            form.add_error(None, "You wrote this story: another editor decides on its anonymity.")
        else:
            approval.decide(approved, by=request.user, remark=form.cleaned_data["remark"])
            messages.success(request, f"{approval}.")
            change = reverse("admin:articles_article_change", args=[approval.article_id])
            return HttpResponseRedirect(change)
    return _page(
        request,
        "admin/articles/article/anonymity.html",
        approval.article,
        form=form,
        approval=approval,
        knows=request.user in approval.source.known_to.all(),
    )


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The working copy as readers would see it; nothing is written."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    version = compose(article, show_photo=pictures.preview, show_file=preview_file)
    live = article.live_version
    version.published_at = live.published_at if live else timezone.now()
    version.published_on = live.published_on if live else timezone.localdate()
    version.changes = live.changes if live else []
    page = "articles/notebook.html" if "notebook" in request.GET else "articles/article.html"
    here = reverse("admin:articles_article_preview", args=[pk])
    tabs = {"facts_url": here, "notebook_url": f"{here}?notebook"}
    return render(request, page, {"version": version, "preview_of": article, **tabs})


def _page(request: HttpRequest, template: str, article: Article, **context: Any) -> HttpResponse:
    site = admin.site.each_context(request)
    page = {"article": article, "opts": Article._meta, "time_zone": settings.TIME_ZONE}
    return render(request, template, {**site, **page, **context})
