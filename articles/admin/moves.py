"""The desk's buttons: moves, decisions on anonymity, updates, and the preview."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from .. import pictures
from ..composing import compose, preview_file
from ..models import AnonymityApproval, Article, Update
from ..publishing import publish, publish_update
from ..stages import MOVES, Move
from ..workflow import Blocked, MoveRefused, make_move, may_move, open_moves
from .forms import DecisionForm, ReasonForm, TimeForm, UpdateForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def press(request: HttpRequest, article: Article, name: str) -> HttpResponse:
    """Make a move at one press, or go on to the page that asks for what it needs."""
    wanted = next((m for m in open_moves(article, request.user) if m.name == name), None)
    if wanted is None:
        messages.error(request, "That move is not open to you on this story, as it stands now.")
    elif _form_class(wanted):
        url = reverse("admin:articles_article_move", args=[article.pk, name])
        return HttpResponseRedirect(url)
    else:
        _make(request, article, wanted)
    return _back_to(article)


def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of a move that needs a reason, a time or a note to readers."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    wanted = MOVES.get(name)
    if wanted is None or not wanted.is_button or not may_move(article, wanted, request.user):
        raise PermissionDenied
    if request.method == "POST":
        article.revision = _seen_revision(request)
    form_class = _form_class(wanted)
    if form_class is None:
        return press(request, article, name) if request.method == "POST" else _back_to(article)
    form = form_class(request.POST or None)
    posted = request.method == "POST" and form.is_valid()
    if posted and _make(request, article, wanted, **form.cleaned_data):
        return _back_to(article)
    return _page(request, "admin/articles/article/move.html", article, form=form, move=wanted)


def _seen_revision(request: HttpRequest) -> int:
    """The revision of the story on whose page the button was pressed."""
    seen = request.POST.get("seen_revision", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1


def _back_to(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


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
    requested_by: User | None = None,
) -> bool:
    """Make a move and tell the person what came of it."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    try:
        if move.name == "publish":
            publish(article, by=user)
        elif move.name == "publish_update":
            publish_update(
                article, by=user, kind=Update.Kind(kind), note=note, requested_by=requested_by
            )
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


@transaction.atomic
def anonymity(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor decides whether this story may use this anonymous source."""
    visible = Article.objects.visible_to(request.user)
    asked = AnonymityApproval.objects.filter(article__in=visible)
    if request.method == "POST":
        asked = asked.select_for_update()
    approval = get_object_or_404(asked, pk=pk)
    user = request.user
    if not user.is_authenticated or not user.has_perm("articles.decide_anonymityapproval"):
        raise PermissionDenied
    knows = approval.source.known_to.filter(pk=user.pk).exists()
    form = DecisionForm(request.POST or None, initial={"knows": knows})
    if request.method == "POST" and form.is_valid():
        approved = request.POST.get("decision") == AnonymityApproval.Decision.APPROVED
        remark = form.cleaned_data["remark"]
        refusal = _why_not(approval, approved, user, remark, request.POST.get("seen", ""))
        if not refusal:
            approval.decide(approved, by=user, remark=remark)
            if form.cleaned_data["knows"]:
                approval.source.known_to.add(user)
            messages.success(request, f"{approval}.")
            return _back_to(approval.article)
        form.add_error(None, refusal)
    return _page(
        request,
        "admin/articles/article/anonymity.html",
        approval.article,
        form=form,
        approval=approval,
        knows=knows,
    )


def _why_not(
    approval: AnonymityApproval, approved: bool, user: User, remark: str, seen: str
) -> str:
    """Why this person cannot decide so, in words for them; empty if they can."""
    if seen != approval.as_seen():
        return "What was asked has changed since you opened this page. Read it again, then decide."
    if approved and (approval.article.is_writer(user) or approval.asked_by_id == user.pk):
        return "You wrote this story, or asked for this: another editor decides on its anonymity."
    if not approved and not remark.strip():
        return "Tell the reporter why it is refused."
    return ""


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
