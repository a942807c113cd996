"""Correcting and retracting a live story: from what readers see, whatever the working copy says."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ...models import Article, ErrorReport, NotePlace, Update, UpdateRequest, Version
from ...publishing.correcting import CannotCorrect, Replacement, corrected, occurrences, rebase
from ...publishing.door import correct as publish_correction
from ...publishing.door import retract as publish_retraction
from ...publishing.notes import suggested_note, wrong_with_note
from ...publishing.workflow import Blocked, MoveRefused, may_move
from ...record.changes import CHANGES
from ...record.differences import Block, differences
from ...sourcing.rules import Finding
from ...stages import MOVES
from ..base import about_story, back_to
from .forms import UpdateForm
from .moves import may_override, reasons_given, stopped_at

if TYPE_CHECKING:
    from sources.colleagues import User

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
        # What is looked for is stripped, and what replaces it stays as typed.
        return str(self.cleaned_data["wrong"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wrong = cleaned.get("wrong", "")
        if not wrong.strip():
            if cleaned.get("right", "").strip():
                self.add_error("wrong", "Pick the words that are wrong.")
            return cleaned
        found = occurrences(self.live, wrong)
        if not found:
            self.add_error("wrong", "These words do not stand in what readers see.")
        elif len(found) > 1 and not cleaned.get("everywhere"):
            where = ", ".join(sorted(set(found)))
            self.add_error(
                "wrong",
                f"These words stand in {len(found)} places ({where}). Pick more words around them, "
                "or tick “wherever they stand”.",
            )
        return cleaned

    @property
    def replacement(self) -> Replacement | None:
        """What is to be replaced; None where this pair was left empty."""
        given = self.cleaned_data
        wrong = given.get("wrong", "")
        return Replacement(wrong, given.get("right", "")) if wrong.strip() else None


class CorrectionForm(UpdateForm):
    """What readers are told of it; the same kinds as of any update."""

    field_order = ("kind", "note", "place", "requested_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = Update.Kind.CORRECTION
        # Left empty it is suggested, and that press publishes nothing.
        self.fields["note"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") and (
            refused := wrong_with_note(Update.Kind(cleaned["kind"]), cleaned.get("note", ""))
        ):
            raise ValidationError({"note": refused})
        return cleaned


class Correction:
    """What an editor has typed on the page: words, a note, and the reports that it answers."""

    def __init__(self, request: HttpRequest, article: Article, live: Version) -> None:
        self.posted = request.POST if request.method == "POST" else None
        self.article, self.live = article, live
        waiting = ErrorReport.objects.filter(version__article=article, state=ErrorReport.State.OPEN)
        chosen = _keys(
            self.posted.getlist("report") if self.posted else request.GET.getlist("report")
        )
        self.reports = waiting.filter(pk__in=chosen)
        # Ticked until somebody unticks them.
        self.offered = [(each, each.pk in chosen or self.posted is None) for each in waiting]
        reported = self.reports.first()
        self.pairs = [
            PairForm(
                self.posted,
                prefix=f"pair-{number}",
                live=live,
                initial={"wrong": reported.words} if reported and not number else {},
            )
            for number in range(PAIRS)
        ]
        self.form = self._form(self.posted)

    def _form(self, posted: QueryDict | None) -> CorrectionForm:
        form = CorrectionForm(posted)
        form.offer_to_answer(self.article)
        return form

    def is_valid(self) -> bool:
        # Each of them: `all()` over a generator would leave the others unread, and without their
        # errors.
        fit = [each.is_valid() for each in (*self.pairs, self.form)]
        return all(fit)

    @property
    def replacements(self) -> list[Replacement]:
        return [each.replacement for each in self.pairs if each.replacement]

    @property
    def wants_note(self) -> bool:
        """Was only the note left empty? Then one is suggested, and read before it goes out."""
        return bool(self.replacements) and not self.form.cleaned_data["note"].strip()

    def suggest_note(self) -> None:
        """Put a sentence for readers into the form, beside what was typed."""
        first = self.replacements[0]
        typed = self.posted.copy() if self.posted else QueryDict(mutable=True)
        typed["note"] = suggested_note(first.wrong, first.right)
        self.form = self._form(typed)

    def preview(self) -> dict[str, list[Any]]:
        """What readers will see, and what the working copy has no place for."""
        try:
            after = corrected(self.live, self.replacements, self.article.recorded_quotes())
            # In a copy: it writes into the article that it is given, and this is a preview.
            unplaced = rebase(copy.copy(self.article), self.live, self.replacements)
        except CannotCorrect as error:
            self.pairs[0].add_error("wrong", str(error))
            return {}
        blocks = differences(self.live, after)
        return {"difference": [each for each in blocks if not each.is_same], "unplaced": unplaced}


def _keys(given: list[str]) -> list[int]:
    # Nine digits fit into any integer column.
    return [int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 10]


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The correction of a live story: words picked, a note, the difference, and one press."""
    article, user = _live_story(request, pk, "correct")
    live = article.versions.get(is_live=True)
    typed = Correction(request, article, live)
    shown: dict[str, Any] = {"live": live, "may_override": may_override(request)}
    # Before anything else: words that were picked from one version may stand elsewhere in another.
    if request.method == "POST" and request.POST.get("seen_version") != str(live.number):
        shown["since"] = _since(request, article, live)
        messages.error(request, "Readers see another version now: somebody was faster. Look again.")
    elif request.method == "POST" and typed.is_valid():
        if typed.wants_note:
            typed.suggest_note()
        elif "publish" in request.POST:
            stopping = _publish(request, typed, user)
            if stopping is None:
                return back_to(article)
            shown["stopping"] = stopped_at(request, stopping, article)
        shown |= typed.preview()
    return about_story(
        request, "admin/articles/article/correct.html", article, typed=typed, **shown
    )


def _live_story(request: HttpRequest, pk: int, move: str) -> tuple[Article, User]:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user = request.user
    may = may_move(article, MOVES[move], user) and article.stage in MOVES[move].from_stages
    if not may or not user.is_authenticated:
        raise PermissionDenied
    return article, user


def _since(request: HttpRequest, article: Article, live: Version) -> list[Block]:
    """What has changed for readers since the page was opened."""
    seen = request.POST.get("seen_version", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 7):
        return []
    before = article.versions.filter(number=seen).first()
    return [block for block in differences(before, live) if not block.is_same] if before else []


def _publish(request: HttpRequest, typed: Correction, user: User) -> list[Finding] | None:
    """Publish it, and answer readers' reports; what stopped it otherwise."""
    given = typed.form.cleaned_data
    try:
        # The reports are answered with it, or neither.
        with transaction.atomic():
            version = publish_correction(
                typed.article,
                typed.replacements,
                by=user,
                kind=Update.Kind(given["kind"]),
                note=given["note"],
                place=NotePlace(given["place"]) if given["place"] else None,
                requested_by=given["requested_by"],
                answers=given.get("answers"),
                overrides=reasons_given(request),
            )
            # A minor edit changes no fact, so it answers no report of an error.
            if CHANGES[Update.Kind(given["kind"])].moves_stamp:
                typed.reports.update(state=ErrorReport.State.CORRECTED, answered_by=version.update)
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


@transaction.atomic
def _refuse(request: HttpRequest, asked: UpdateRequest) -> None:
    """Locked, as by whoever publishes it at this moment: one of the two is too late, and is told."""
    waiting = UpdateRequest.objects.retractions().select_for_update().filter(pk=asked.pk).first()
    if waiting:
        waiting.delete()
        messages.success(request, "The retraction is not asked for any more.")
    else:
        messages.error(
            request, "It was published or refused a moment ago: nothing was refused now."
        )


def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """One editor asks for a retraction; another, who has read the note, publishes it or refuses."""
    article, user = _live_story(request, pk, "retract")
    asked = article.update_requests.retractions().select_related("asked_by").first()
    form = RetractionForm(request.POST or None)
    if request.method != "POST":
        pass
    # By the key of what was asked: a press on an old page publishes no note that its editor has not
    # read.
    elif request.POST.get("asked", "") != (str(asked.pk) if asked else ""):
        messages.error(request, "What is asked for has changed since you opened this page.")
    elif asked and "refuse" in request.POST:
        _refuse(request, asked)
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
    return about_story(
        request, "admin/articles/article/retract.html", article, form=form, asked=asked, user=user
    )
