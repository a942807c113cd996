"""Anonymity on the desk: asked for by a story's reporter, decided on by an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ...duties import DUTIES, barred
from ...models import AnonymityApproval, Article
from ...record.material import Material
from ...sourcing.anonymity import CONFIRM
from ...sourcing.at_a_glance import keep_glance
from ...sourcing.checked_material import CheckedMaterial
from ..base import about_story, back_to
from .forms import DecisionForm

if TYPE_CHECKING:
    from sources.colleagues import User


class AskForm(forms.ModelForm):
    """Why this story cannot do without a source who is not named, and that its reporter stands by it."""

    class Meta:
        model = AnonymityApproval
        fields = ["reason", *AnonymityApproval.ATTESTATIONS]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not all((cleaned or {}).get(name) for name in AnonymityApproval.ATTESTATIONS):
            raise forms.ValidationError(
                "Attest all four. Where one does not hold, name the source or do without them."
            )
        return cleaned


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the editors for every anonymous source of a story that they were not asked about yet."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user = request.user
    if not user.is_authenticated or not article.is_editable_by(user):
        raise PermissionDenied
    asked = article.anonymity_approvals.values("source")
    sources = article.relied_on().filter(named=False).exclude(pk__in=asked)
    asking = [
        (
            source,
            AskForm(
                request.POST or None,
                prefix=f"source-{source.pk}",
                instance=AnonymityApproval(article=article, source=source, asked_by=user),
            ),
        )
        for source in sources
    ]
    # Each of them, since `all()` would stop at the first: every form shows what is wrong with it.
    fit = [form.is_valid() for _, form in asking]
    if request.method == "POST" and all(fit):
        for _, form in asking:
            form.save()
        keep_glance(CheckedMaterial(article))
        messages.success(request, "Asked. An editor who knows who it is decides.")
        return back_to(article)
    return about_story(request, "admin/articles/article/ask_anonymity.html", article, asking=asking)


@transaction.atomic
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor decides whether this story may use this anonymous source."""
    visible = Article.objects.visible_to(request.user)
    asked = AnonymityApproval.objects.filter(article__in=visible)
    if request.method == "POST":
        # To the end of the decision: what is changed or taken back meanwhile waits, and is not
        # decided on as it was. Who only looks makes nobody wait.
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
        knows = knows or form.cleaned_data["knows"]
        refusal = _why_not(approval, approved, user, knows, remark, request.POST.get("seen", ""))
        if not refusal:
            approval.decide(approved, by=user, remark=remark)
            if form.cleaned_data["knows"]:
                approval.source.known_to.add(user)
            keep_glance(CheckedMaterial(approval.article))
            messages.success(request, f"{approval}.")
            return back_to(approval.article)
        form.add_error(None, refusal)
    return about_story(
        request,
        "admin/articles/article/anonymity.html",
        approval.article,
        form=form,
        approval=approval,
        knows=knows,
    )


def _why_not(
    approval: AnonymityApproval, approved: bool, user: User, knows: bool, remark: str, seen: str
) -> str:
    """Why this person cannot decide so, in words for them; empty if they can."""
    if seen != approval.as_seen():
        return "What was asked has changed since you opened this page. Read it again, then decide."
    # Rule `anonymity-self-approved`, which nobody publishes past: better told here.
    if approved and (refused := _barred("approve_anonymity", approval, user)):
        return refused
    # Rule `anonymity-editor-does-not-know`: the check would stop the story for it.
    if approved and not knows:
        return (
            "Whoever approves knows who it is. Ask the reporter, then tick “I know who this source is”; "
            "or leave it to an editor who knows."
        )
    if not approved and not remark.strip():
        return "Tell the reporter why it is refused."
    return ""


def _barred(duty: str, approval: AnonymityApproval, user: User) -> str:
    involved = Material(approval.article).involvement_in(approval)
    return barred(DUTIES[duty], user.pk, involved)


@transaction.atomic
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A standards editor approves too, because no source of the story is named."""
    visible = Article.objects.visible_to(request.user)
    approved = AnonymityApproval.objects.filter(article__in=visible).select_for_update()
    approval = get_object_or_404(approved, pk=pk)
    user = request.user
    if not user.is_authenticated or not user.has_perm(CONFIRM) or request.method != "POST":
        raise PermissionDenied
    if request.POST.get("seen", "") != approval.as_seen() or not approval.is_approved:
        messages.error(request, "What was approved has changed since. Read it again, then decide.")
    # Two people besides the writer: `anonymity-central`, after the NYT and the BBC.
    elif refused := _barred("confirm_anonymity", approval, user):
        messages.error(request, refused)
    else:
        approval.confirm(by=user)
        keep_glance(CheckedMaterial(approval.article))
        messages.success(request, f"Confirmed: {approval}.")
    return back_to(approval.article)
