"""The panel beside a story: what the check finds, and each remedy at hand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sources.attribution import place_in_words
from sources.models import Comparison, Interview, InterviewFile, Quote
from sources.prose.comparing.matching import Match

from ...models import AnonymityApproval, Article, CommentAttempt
from ...publishing.correcting import mended_names
from ...sourcing.anonymity import CONFIRM
from ...sourcing.at_a_glance import keep_glance
from ...sourcing.checked_material import CheckedMaterial
from ...sourcing.checking import check
from ...sourcing.rules import Finding, Fix, worded
from ..base import back_to, key_of
from ..statements import statement

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

SHOWN = (
    *("code", "severity", "practice", "message", "start", "end", "fix", "remedy"),
    *("overridden", "beside", "example"),
)
WRITTEN = mended_names()  # what is checked as it is typed


def panel_of(story: CheckedMaterial, user: User | AnonymousUser) -> dict[str, Any]:
    """What the panel shows of a story, which may not be saved as it stands."""
    article = story.article
    speech = [each for each in story.matches if each.quotation.is_speech]
    seen = set(article.interviews.visible_to(user).values_list("pk", flat=True))
    opened = opened_files(findings := check(story), user)
    used = {each.quote.pk for each in story.matches if each.quote and each.is_backed}
    used |= {fact.quote.pk for fact in story.facts}
    return {
        "article_key": article.pk,
        "findings": findings,
        "groups": _grouped(findings, story, seen, opened),
        "footings": footings(story, seen),
        "quotations": len(speech),
        "backed": sum(each.is_backed for each in speech),
        "copied": sum(
            each.is_backed and each.quote is not None and each.quote.basis == Quote.Basis.COPIED
            for each in speech
        ),
        "unrecorded": sum(each.quote is None for each in speech),
        "quotes": [
            {"quote": quote, "is_used": quote.pk in used}
            for quote in story.quotes
            if quote.interview_id in seen
            # What nobody may print is not at hand to be inserted.
            and quote.interview.terms != Interview.Terms.OFF_THE_RECORD
        ],
        "transcripts": (transcripts := transcripts_at_hand(story, user)),
        "documents": [
            entry
            for entry in story.notebook
            if str(entry.file.name).lower().endswith(READ_AS_DOCUMENTS)
            and entry.title not in {each.interview.source.name for each in transcripts}
        ],
        "statement": statement(story.sources, story.comment_requests),
        "requests": story.comment_requests,
        "channels": OFTEN,
        "unasked": [source for source in story.anonymous if source.pk not in story.approvals],
        "to_decide": [each for each in story.approvals.values() if each.awaits_decision],
        "to_confirm": _to_confirm(story) if user.has_perm(CONFIRM) else [],
        "may_decide": user.has_perm("articles.decide_anonymityapproval"),
        "may_write": article.is_editable_by(user),
    }


READ_AS_DOCUMENTS = (".pdf", ".csv", ".tsv", ".txt", ".docx")
LATELY = timedelta(days=30)
AT_HAND = 4  # transcripts of interviews that are not in the story yet


def transcripts_at_hand(story: CheckedMaterial, user: User | AnonymousUser) -> list[InterviewFile]:
    """What can stand beside the text: of its interviews, and of those that this person held lately."""
    if not user.has_perm("sources.view_interview"):
        return []
    visible = InterviewFile.objects.visible_to(user).searched().without_contents()
    files = visible.select_related("interview__source").order_by("-interview__held_on", "-pk")
    lately = {"interview__recorded_by": user.pk, "brought_at__gte": timezone.now() - LATELY}
    tied = files.filter(interview__in=story.interviews)
    others = files.filter(**lately).exclude(interview__in=story.interviews)
    return [*tied, *others[:AT_HAND]]


# What the panel logs at one press; any other way is logged under the request.
OFTEN = [CommentAttempt.Channel.PHONE, CommentAttempt.Channel.EMAIL, CommentAttempt.Channel.TEXT]
NO_FIX = Fix("", ())
AT_ONCE = 3  # findings of one rule that are shown at once; of more, the first


def _grouped(
    findings: Iterable[Finding], story: CheckedMaterial, seen: set[int], opened: set[int]
) -> list[dict[str, Any]]:
    """The findings, those of one rule together."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(
            _shown(finding, story, finding.interview is None or finding.interview in seen)
            | {"transcript": transcript_shown(finding, opened), "article": story.article.pk}
        )
    shown = ((group, len(group) if len(group) <= AT_ONCE else 1) for group in groups.values())
    return [
        {"code": group[0]["code"], "findings": group[:first], "others": group[first:]}
        for group, first in shown
    ]


def _shown(finding: Finding, story: CheckedMaterial, is_seen: bool) -> dict[str, Any]:
    """A finding with the words that it is about, by which the editor finds their place.

    Of an interview that this person does not see it tells no more than that it says otherwise.
    """
    at = (finding.start, finding.end)
    words = "" if None in at else story.text[slice(*at)]
    shown = {name: getattr(finding, name) for name in SHOWN}
    if not is_seen and not finding.transcript:  # of which its message tells nothing
        shown |= {
            "fix": None,
            "beside": None,
            "message": worded(
                _("Recorded otherwise, where you do not see it"),
                words,
                _("Ask whoever held the interview."),
            ),
        }
    elif is_seen:
        shown["mend_at"] = _mend_at(finding, words)
    edits = [(*edit, story.text[edit.start : edit.end]) for edit in (shown["fix"] or NO_FIX).edits]
    return {**shown, "words": words, "edits": json.dumps(edits) if edits else ""}


def opened_files(findings: Iterable[Finding], user: User | AnonymousUser) -> set[int]:
    """The keys of the transcripts of which findings tell, and which this person may open."""
    told = {each.transcript.file_id or 0 for each in findings if each.transcript}
    if not told:
        return set()
    visible = InterviewFile.objects.visible_to(user).filter(pk__in=told)
    return set(visible.values_list("pk", flat=True))


def transcript_shown(finding: Finding, opened: set[int]) -> Comparison | None:
    """What a transcript has instead, for whoever may open it."""
    heard = finding.transcript
    return heard if heard and heard.file_id in opened else None


# Where on the page it is mended, by what a finding is about that names no part itself and has no place in the text.
_PARTS = {
    "source": "sources-field",
    "headline": "sources-field",
    "pull quote": "body-field",
    "placeholder": "body-field",
    "update request": "body-field",
    "file": "notebook-group",
}


def _mend_at(finding: Finding, words: str) -> str:
    """The address at which a finding is mended; empty where that is in the text, at its words."""
    kind, *rest = finding.subject or ("",)
    if finding.remedy:
        return f"#{finding.remedy}-group"
    if finding.interview:
        return reverse("admin:sources_interview_page", args=[finding.interview])
    if kind == "photo" and finding.code != "photo-missing":
        return reverse("admin:articles_photo_change", args=[rest[0]])
    if kind == "parts":
        return f"#{rest[0]}-field"
    if finding.code.startswith("anonymity-") and kind == "source":
        return "#anonymity_approvals-group"
    return "" if words else f"#{_PARTS.get(str(kind), 'body-field')}"


def _to_confirm(story: CheckedMaterial) -> list[AnonymityApproval]:
    """Approvals that want a standards editor's too: of a story in which nobody is named."""
    # `anonymity-central`: where one source is named, one editor's approval is enough.
    if not story.anonymous or len(story.anonymous) < len(story.sources):
        return []
    approvals = story.approvals.values()
    return [each for each in approvals if each.is_approved and not each.confirmed_by_id]


@require_POST
def check_as_typed(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel for what stands in the form now; nothing is saved."""
    article = get_object_or_404(
        Article.objects.visible_to(request.user).select_related("section", "lead_photo"), pk=pk
    )
    if not article.is_editable_by(request.user):
        raise PermissionDenied
    story = CheckedMaterial(as_typed(article, request.POST))
    return render(request, "admin/articles/article/_panel.html", panel_of(story, request.user))


def log_attempt(request: HttpRequest, article: Article, pressed: str) -> HttpResponse:
    """One press in the panel: whom the newsroom tried to reach just now, and by what."""
    key, _, channel = pressed.partition(" ")
    asked = article.comment_requests.filter(pk=key_of(key)).first()
    if asked is None or channel not in CommentAttempt.Channel.values:
        messages.error(
            request, "That request for comment is not there any more: nothing was logged."
        )
        return back_to(article)
    attempt = asked.attempts.create(channel=channel)
    keep_glance(CheckedMaterial(article))
    messages.success(request, f"Logged: {asked}, {attempt}. A slip is struck under the request.")
    return back_to(article)


def as_typed(article: Article, typed: QueryDict) -> Article:
    """The story with what stands in its form now, on an article that nobody saves."""
    for name in WRITTEN:
        if name in typed:
            setattr(article, name, str(typed[name]).replace("\x00", ""))
    return article


# The footing of a quotation, in the margin of the text


class Footing(NamedTuple):
    """Whose a quotation is and how it stands to the record."""

    start: int
    end: int
    words: str
    who: str
    how: str
    tone: str  # backed, look or stop
    source: int | None


def footings(story: CheckedMaterial, seen: Collection[int]) -> list[Footing]:
    """Of each quotation, in the order of the text; of an interview that somebody does not see, not whose it is."""
    spoken = [_footing(each, story, seen) for each in story.matches if each.quotation.is_speech]
    return sorted([*spoken, *_of_facts(story, seen)], key=lambda each: each.start)


def _of_facts(story: CheckedMaterial, seen: Collection[int]) -> Iterable[Footing]:
    """Of words of the reporter's own that rest on a document."""
    for start, end, quote in story.facts:
        source, checked = quote.interview.source, quote.checked
        who = source.later_reference or source.public_name
        at = start, end, story.text[start:end]
        if quote.interview_id not in seen:
            yield Footing(*at, "recorded", "where you do not see it", "look", None)
        elif checked:
            place = place_in_words(checked.page, checked.row)
            how = f"rests on {place}" if place else "rests on it"
            yield Footing(*at, who, how, "backed", source.pk)
        else:
            yield Footing(*at, who, "the passage is not there", "look", source.pk)


def _footing(each: Match[Quote], story: CheckedMaterial, seen: Collection[int]) -> Footing:
    at = each.quotation.start, each.quotation.end, each.quotation.words
    if each.quote is None:
        how = "recorded of two people" if each.rivals else "not recorded yet"
        return Footing(*at, each.quotation.speaker or "whose?", how, "stop", None)
    source = each.quote.interview.source
    if each.quote.interview_id not in seen:
        return Footing(*at, "recorded", "where you do not see it", "look", None)
    who = source.later_reference or source.public_name
    if not each.is_backed:
        return Footing(*at, who, "the words differ", "look", source.pk)
    approval = story.approvals.get(source.pk)
    if not source.named and not (approval and approval.is_approved):
        return Footing(*at, who, "unnamed; not decided", "stop", source.pk)
    how, tone = _standing(each.quote)
    return Footing(*at, who, how, tone, source.pk)


# By `Comparison.With`.
_CHECKED = {
    "recording": "heard on the recording",
    "document": "in the document",
    "transcript": "in the transcript",
    "notes": "in the notes",
    "source": "confirmed in writing",
}


def _standing(quote: Quote) -> tuple[str, str]:
    """How recorded words stand to what their interview left, and its tone."""
    if quote.contradicted:
        return "not so in its transcript", "stop"
    if quote.checked:
        return _CHECKED[quote.checked.compared_with], "backed"
    if quote.nearly:
        return "nearly so in its transcript", "look"
    if quote.basis == Quote.Basis.COPIED:
        return "copied out of the story", "look"
    return "as recorded", "backed"
