"""Correcting and retracting a live story: from what readers see, whatever the working copy says."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ..changes import CHANGES
from ..correcting import CannotCorrect, Replacement, corrected, places_of, rebase
from ..differences import Block, differences
from ..models import Article, ErrorReport, Place, Update, UpdateRequest, Version
from ..publishing import correct as publish_correction
from ..publishing import retract as publish_retraction
from ..sourcing import Finding
from ..stages import MOVES, Stage
from ..wording import suggested_note, wrong_with_note
from ..workflow import Blocked, MoveRefused, may_move
from .forms import UpdateForm
from .moves import may_override, reasons_given
from .pages import back_to, page

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PAIRS = 3  # words that one correction may replace


class PairForm(forms.Form):
    """Words that are wrong, and the right ones."""

    wrong = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2}), label="Wrong words"
    )
    right = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2}), label="Right words"
    )
    everywhere = forms.BooleanField(required=False, label="Wherever they stand")

    def __init__(self, *args: Any, live: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.live = live

    def clean_wrong(self) -> str:
        return str(self.cleaned_data["wrong"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wrong = cleaned.get("wrong", "")
        if not wrong.strip():
            if cleaned.get("right", "").strip():
                self.add_error("wrong", "Pick the words that are wrong.")
            return cleaned
        places = places_of(self.live, wrong)
        if not places:
            self.add_error("wrong", "These words do not stand in what readers see.")
        elif len(places) > 1 and not cleaned.get("everywhere"):
            where = ", ".join(sorted(set(places)))
            self.add_error(
                "wrong",
                f"These words stand in {len(places)} places ({where}). Pick more words around them, "
                "or tick “wherever they stand”.",
            )
        return cleaned

    @property
    def replacement(self) -> Replacement | None:
        given = self.cleaned_data
        wrong = given.get("wrong", "")
        return Replacement(wrong, given.get("right", "")) if wrong.strip() else None


class CorrectionForm(UpdateForm):
    """What readers are told of it; the same kinds as of any update."""

    field_order = ("kind", "note", "place", "requested_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = Update.Kind.CORRECTION
        self.fields["note"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") and (
            refused := wrong_with_note(Update.Kind(cleaned["kind"]), cleaned.get("note", ""))
        ):
            raise ValidationError({"note": refused})
        return cleaned


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The correction of a live story: words picked, a note, the difference, and one press."""
    article, user = _live_story(request, pk, "correct")
    live = article.versions.get(is_live=True)
    waiting = ErrorReport.objects.filter(version__article=article, state=ErrorReport.State.OPEN)
    chosen = _chosen_reports(request)
    report = waiting.filter(pk__in=chosen).first()
    data = request.POST if request.method == "POST" else None
    pairs = [
        PairForm(data, prefix=f"pair-{number}", live=live, initial=_reported(report, number))
        for number in range(PAIRS)
    ]
    form = CorrectionForm(data)
    form.offer_to_answer(article)
    context: dict[str, Any] = {"form": form, "pairs": pairs, "live": live}
    context["reports"] = [(each, each.pk in chosen or data is None) for each in waiting]
    fit = [each.is_valid() for each in (*pairs, form)] if data is not None else []
    is_stale = data is not None and request.POST.get("seen_version") != str(live.number)
    if is_stale:
        context["since"] = _since(request, article, live)
        messages.error(request, "Readers see another version now: somebody was faster. Look again.")
    elif fit and all(fit):
        replacements = [each.replacement for each in pairs if each.replacement]
        given = form.cleaned_data
        if not given["note"].strip() and replacements:
            note = suggested_note(replacements[0].wrong, replacements[0].right)
            typed = request.POST.copy()
            typed["note"] = note
            context["form"] = CorrectionForm(typed)
            context["form"].offer_to_answer(article)
        elif "publish" in request.POST:
            answered = waiting.filter(pk__in=chosen)
            stopping = _publish(request, article, user, replacements, given, answered)
            if stopping is None:
                return back_to(article)
            context["stopping"] = [(f, reasons_given(request).get(f.key, "")) for f in stopping]
        try:
            context |= _preview(article, live, replacements)
        except CannotCorrect as error:
            pairs[0].add_error("wrong", str(error))
    return page(
        request,
        "admin/articles/article/correct.html",
        article,
        may_override=may_override(request),
        **context,
    )


def _live_story(request: HttpRequest, pk: int, move: str) -> tuple[Article, User]:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user = request.user
    may = may_move(article, MOVES[move], user) and article.stage == Stage.PUBLISHED
    if not may or not user.is_authenticated:
        raise PermissionDenied
    return article, user


def _chosen_reports(request: HttpRequest) -> list[int]:
    """The readers' reports that this correction answers."""
    given = request.POST.getlist("report") or request.GET.getlist("report")
    return [int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 10]


def _reported(report: ErrorReport | None, number: int) -> dict[str, str]:
    return {"wrong": report.words} if report and number == 0 else {}


def _since(request: HttpRequest, article: Article, live: Version) -> list[Block]:
    """What has changed for readers since the page was opened."""
    seen = request.POST.get("seen_version", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 7):
        return []
    before = article.versions.filter(number=seen).first()
    return [block for block in differences(before, live) if not block.is_same] if before else []


def _preview(
    article: Article, live: Version, replacements: list[Replacement]
) -> dict[str, list[Any]]:
    after = corrected(live, replacements, article.recorded_quotes())
    return {
        "difference": [block for block in differences(live, after) if not block.is_same],
        "unplaced": rebase(copy.copy(article), live, replacements),
    }


def _publish(
    request: HttpRequest,
    article: Article,
    user: User,
    replacements: list[Replacement],
    given: dict[str, Any],
    reports: QuerySet[ErrorReport],
) -> list[Finding] | None:
    """Publish it, and answer readers' reports; what stopped it otherwise."""
    try:
        with transaction.atomic():
            version = publish_correction(
                article,
                replacements,
                by=user,
                kind=Update.Kind(given["kind"]),
                note=given["note"],
                place=Place(given["place"]) if given["place"] else None,
                requested_by=given["requested_by"],
                answers=given.get("answers"),
                overrides=reasons_given(request),
            )
            if CHANGES[Update.Kind(given["kind"])].moves_stamp:
                reports.update(state=ErrorReport.State.CORRECTED, answered_by=version.update)
    except Blocked as blocked:
        return blocked.findings
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return []
    label = Update.Kind(given["kind"]).label
    messages.success(request, f"Published: {label}. Readers see version {version.number}.")
    return None


class RetractionForm(forms.Form):
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Note to readers",
        help_text="Why the story does not stand. It keeps its address, its headline and this note.",
    )


def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """One editor asks for a retraction; another, who has read the note, publishes it or refuses."""
    article, user = _live_story(request, pk, "retract")
    asked = article.update_requests.retractions().select_related("asked_by").first()
    form = RetractionForm(request.POST or None)
    if request.method != "POST":
        pass
    elif request.POST.get("asked", "") != (str(asked.pk) if asked else ""):
        messages.error(request, "What is asked for has changed since you opened this page.")
    elif asked and "refuse" in request.POST:
        asked.delete()
        messages.success(request, "The retraction is not asked for any more.")
        return back_to(article)
    elif asked:
        try:
            publish_retraction(asked, by=user)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Retracted. The address stays, and says why.")
            return back_to(article)
    elif form.is_valid():
        UpdateRequest.objects.create(
            article=article,
            kind=Update.Kind.RETRACTION,
            reason=form.cleaned_data["note"],
            asked_by=user,
            at=timezone.now(),
        )
        messages.success(request, "Asked. A second editor retracts it from this page.")
        return back_to(article)
    return page(
        request, "admin/articles/article/retract.html", article, form=form, asked=asked, user=user
    )
