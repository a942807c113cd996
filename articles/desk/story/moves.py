"""The desk's buttons: moves, updates, going past the check, and the preview."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from sources.models import Comparison

from ...models import Article, NotePlace, Update, UpdateRequest
from ...publishing.door import publish, publish_update
from ...publishing.workflow import OVERRIDE, Blocked, MoveRefused, make_move, may_move, open_moves
from ...record.composing import compose
from ...record.differences import Block, differences
from ...record.material import Material
from ...record.public_files import AsPreviewed
from ...sourcing.checked_material import CheckedMaterial
from ...sourcing.checking import check, refused_past, stops
from ...sourcing.rules import Finding
from ...stages import MOVES, Move
from ..base import about_story, back_to
from .forms import ReasonForm, TimeForm, UpdateForm
from .panel import opened_files, transcript_shown

if TYPE_CHECKING:
    from sources.colleagues import User

# Moves that have a page of their own, which starts from what readers see.
OWN_PAGES = ("correct", "retract")
PAST = "past-"  # before the key of a finding, in the name of the field for its reason


def press(request: HttpRequest, article: Article, name: str) -> HttpResponse:
    """Make a move at one press, or go on to the page that asks for what it needs."""
    wanted = next((m for m in open_moves(article, request.user) if m.name == name), None)
    if wanted is None:
        messages.error(request, "That move is not open to you on this story, as it stands now.")
    elif name in OWN_PAGES:
        return HttpResponseRedirect(reverse(f"admin:articles_article_{name}", args=[article.pk]))
    # Whoever may go past the check is led on to where reasons are typed; all others are told.
    elif _form_class(wanted) or (not _make(request, article, wanted) and may_override(request)):
        url = reverse("admin:articles_article_move", args=[article.pk, name])
        return HttpResponseRedirect(url)
    return back_to(article)


def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of a move: for a reason, a time or a note, and for going past what the check stops."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    wanted = MOVES.get(name)
    if wanted is None or not wanted.is_button or not may_move(article, wanted, request.user):
        raise PermissionDenied
    if name in OWN_PAGES:
        return HttpResponseRedirect(reverse(f"admin:articles_article_{name}", args=[pk]))
    form_class = _form_class(wanted) or forms.Form
    form = form_class(request.POST or None)
    if isinstance(form, UpdateForm):
        form.offer_to_answer(article)
    if request.method == "POST":
        # By what they saw and not by what is there: `moving()` then tells the second of two.
        article.revision = _seen_revision(request)
        if form.is_valid() and _make(
            request, article, wanted, overrides=reasons_given(request), **form.cleaned_data
        ):
            return back_to(article)
    material = CheckedMaterial(article)
    stopping = stops(check(material), wanted.stopped_by)
    # Nothing to type and nothing to go past: this move has no page.
    if not form.fields and not (stopping and may_override(request)):
        return back_to(article)
    return about_story(
        request,
        "admin/articles/article/move.html",
        article,
        form=form,
        move=wanted,
        changed=_changed(material) if wanted.name == "publish_update" else None,
        stopping=stopped_at(request, stopping, article),
        may_override=may_override(request),
    )


def _changed(story: CheckedMaterial) -> list[Block]:
    """What readers will see changed by an update, without what stays as it is."""
    if story.live is None:
        return []
    return [block for block in differences(story.live, compose(story)) if not block.is_same]


class StoppedAt(NamedTuple):
    """A finding that stops a move, with the reason typed for going past it."""

    finding: Finding
    reason: str
    barred: str  # why it is another's to go past it; empty, if it is not
    transcript: Comparison | None  # what one has instead, if this person may open it


def stopped_at(
    request: HttpRequest, findings: Iterable[Finding], article: Article
) -> list[StoppedAt]:
    """What stands in the way of a move, as its page shows it to this person."""
    story, person = CheckedMaterial(article), request.user.pk or 0
    findings = list(findings)
    opened = opened_files(findings, request.user)
    return [
        StoppedAt(
            finding,
            reasons_given(request).get(finding.key, ""),
            refused_past(finding.code, person, story),
            transcript_shown(finding, opened),
        )
        for finding in findings
    ]


def may_override(request: HttpRequest) -> bool:
    """May this person publish past what the check stops?"""
    return request.user.has_perm(OVERRIDE)


def reasons_given(request: HttpRequest) -> dict[str, str]:
    """An editor's reasons for going past findings of the check, by the keys of these."""
    typed = request.POST.items()
    return {name.removeprefix(PAST): str(said) for name, said in typed if name.startswith(PAST)}


def _seen_revision(request: HttpRequest) -> int:
    """The revision of the story on whose page the button was pressed."""
    seen = request.POST.get("seen_revision", "")
    # No story has -1: what is no number is refused as a story that changed.
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1


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
    place: str | None = None,
    requested_by: User | None = None,
    answers: Iterable[UpdateRequest] | None = None,
    overrides: dict[str, str] | None = None,
) -> bool:
    """Make a move and tell the person what came of it."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    try:
        if move.name == "publish":
            publish(article, by=user, overrides=overrides)
        elif move.name == "publish_update":
            publish_update(
                article,
                by=user,
                kind=Update.Kind(kind),
                note=note,
                place=NotePlace(place) if place else None,
                requested_by=requested_by,
                answers=answers,
                overrides=overrides,
            )
        else:
            make_move(article, move.name, by=user, reason=reason, at=at, overrides=overrides)
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


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The working copy as readers would see it; nothing is written."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    version = compose(Material(article), AsPreviewed())
    live = article.live_version
    # What the door would say of it: the page shows it, and nothing is kept.
    version.published_at = live.published_at if live else timezone.now()
    version.published_on = live.published_on if live else timezone.localdate()
    version.changes = live.changes if live else []
    version.updated_at = live.updated_at if live else None
    template = "articles/notebook.html" if "notebook" in request.GET else "articles/preview.html"
    here = reverse("admin:articles_article_preview", args=[pk])
    tabs = {"facts_url": here, "notebook_url": f"{here}?notebook"}
    return render(request, template, {"version": version, "preview_of": article, **tabs})
