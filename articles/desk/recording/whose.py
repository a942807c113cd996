"""“Whose words?”: a quotation just closed, or words just selected, get their source at two presses, and undo gives them back.

The likeliest people come first, with why; terms and place stand in one line to agree to. What is agreed to is
recorded as from the page of all unrecorded quotations: nothing here is known of a source that is not known there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sources.attribution import called_so
from sources.evidence.comparing import places_of
from sources.models import Comparison, Interview, Quote, Source
from sources.prose.reading.words_of_speech import PRONOUNS

from ...models import Article, QuoteUse
from ...models.article import is_in_editors_hands
from ...sourcing.at_a_glance import keep_glance
from ...sourcing.checked_material import CheckedMaterial
from ..base import key_of
from ..story.panel import as_typed, transcripts_at_hand
from .quotes import NewInterview, Speaker, StoryChanged, record_quotes
from .unrecorded import CHANGED, SpeakerForm

if TYPE_CHECKING:
    from sources.colleagues import User

MADE = "whose-words-made"  # in the session: what the last press recorded
LIKELIEST = 3  # people that are offered before anybody types a name
FOUND = 6  # of those whose names were typed
LONGEST = 2000  # characters of words


class Likely(NamedTuple):
    """Somebody who may have said it, why, and on what terms they spoke last."""

    source: Source
    why: str
    how: str
    terms: str


class SaidForm(forms.Form):
    """What a person agrees to beside who it was."""

    words = forms.CharField(max_length=LONGEST)
    basis = forms.ChoiceField(choices=Quote.Basis, label="Known")
    is_quoted = forms.BooleanField(required=False)


@require_POST
def whose(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar under the words; with `who`, records them; with `undo`, takes back what was just recorded."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user = request.user
    if not user.is_authenticated or not article.is_editable_by(user):
        raise PermissionDenied
    if "undo" in request.POST:
        return _undo(request, article)
    if "who" in request.POST:
        return _record(request, article, user)
    material = CheckedMaterial(as_typed(article, request.POST))
    words = request.POST.get("words", "").replace("\x00", "")[:LONGEST]
    typed = request.POST.get("q", "").replace("\x00", "")[:200].split()
    speaker = _named_in_text(material, words)
    people = list(_called(typed, user) if typed else _likeliest(material, speaker, user))
    return render(
        request,
        "admin/articles/article/_whose.html",
        {
            "article": article,
            "words": words,
            # From a file that this person may open, and nothing is left to be asked.
            "heard": None if typed else _heard_in(words, material, user),
            "people": people,
            "speaker": "" if called_so([each.source for each in people], speaker) else speaker,
            "is_named": bool(speaker) and Speaker([speaker]).is_named,
            "hows": Interview.How.choices,
            "terms": Interview.Terms.choices,
            "bases": [each for each in Quote.Basis.choices if each[0] != Quote.Basis.COPIED],
            "today": timezone.localdate(),
        },
    )


def _heard_in(words: str, story: CheckedMaterial, user: User) -> Comparison | None:
    """Where a transcript that this person may write from has these words, if one does."""
    files = [
        each
        for each in transcripts_at_hand(story, user)
        if each.interview.terms != Interview.Terms.OFF_THE_RECORD
    ]
    [place] = places_of([words], files)
    return place if place and place.is_same else None


# Who it may be


def _named_in_text(story: CheckedMaterial, words: str) -> str:
    """Whom the sentence names as saying these words; empty, if nobody."""
    bare = _bare(words)
    for each in story.matches:
        if bare and _bare(each.quotation.words) == bare:
            called = each.quotation.speaker or ""
            # “She” is whoever was named before: whom it means is not for us to say.
            return "" if called.casefold() in PRONOUNS else called
    return ""


def _bare(words: str) -> str:
    return words.strip(" \n\t“”\"„«»‘’'.,;:!?…").casefold()


def _likeliest(story: CheckedMaterial, speaker: str, user: User) -> Iterator[Likely]:
    """Those the sentence names, those of the story who spoke last, and whom this person heard; as far as they see them."""
    visible = Source.objects.visible_to(user)
    meant = called_so(story.sources, speaker) if speaker else None
    if meant is None and speaker and Speaker([speaker]).is_named:
        known = visible.filter(named=True, name__icontains=speaker.split()[-1])
        meant = called_so(list(known[:20]), speaker)
    spoke = sorted(story.interviews, key=lambda each: (each.held_on, each.pk), reverse=True)
    heard = Interview.objects.filter(recorded_by=user).select_related("source")[:LIKELIEST]
    reasons = {meant: "so says your sentence"} if meant else {}
    for source in (*(each.source for each in spoke), *story.sources):
        reasons.setdefault(source, "in this story")
    for interview in heard:
        reasons.setdefault(interview.source, "whom you heard lately")
    seen = set(visible.filter(pk__in=[each.pk for each in reasons]).values_list("pk", flat=True))
    likely = [(source, why) for source, why in reasons.items() if source.pk in seen]
    for source, why in likely[:LIKELIEST]:
        yield _with_terms(source, why, user)


def _called(typed: list[str], user: User) -> Iterator[Likely]:
    found = Source.objects.visible_to(user)
    for word in typed:
        found = found.filter(name__icontains=word) | found.filter(description__icontains=word)
    for source in found.distinct()[:FOUND]:
        position = next((str(each) for each in source.affiliations.all()), "")
        yield _with_terms(source, position, user)


def _with_terms(source: Source, why: str, user: User) -> Likely:
    """As they spoke last to whoever asks may see it; else as such sources mostly do."""
    last = Interview.objects.visible_to(user).filter(source=source).first()
    usual = Interview.Terms.ON_THE_RECORD if source.named else Interview.Terms.ON_BACKGROUND
    how = last.how if last else Interview.How.PHONE
    return Likely(source, why, how, last.terms if last else usual)


# What is agreed to


def _record(request: HttpRequest, article: Article, user: User) -> HttpResponse:
    who = request.POST["who"]
    sources = list(Source.objects.visible_to(user).filter(pk=key_of(who)))
    speaker, said = SpeakerForm(request.POST, sources=sources), SaidForm(request.POST)
    if not (speaker.is_valid() & said.is_valid()):
        wrong = [str(e) for form in (speaker, said) for es in form.errors.values() for e in es]
        return JsonResponse({"refused": " ".join(wrong)}, status=400)
    if request.POST.get("seen_revision") != str(article.revision):
        return JsonResponse({"refused": CHANGED}, status=409)
    heard: NewInterview = speaker.heard()
    quote = Quote(words=said.cleaned_data["words"], basis=said.cleaned_data["basis"])
    # What was said and is not quoted rests on the interview alone.
    heard.quotes = [quote] if said.cleaned_data["is_quoted"] else []
    before = set(article.interviews.values_list("pk", flat=True))
    was_listed = not heard.source._state.adding and article.sources.contains(heard.source)
    is_new = heard.source._state.adding
    try:
        record_quotes(article, [heard], by=user)
    except StoryChanged:
        return JsonResponse({"refused": CHANGED}, status=409)
    article.refresh_from_db(fields=["revision"])
    interview = article.interviews.filter(source=heard.source, held_on=heard.held_on).first()
    if quote.pk:
        # What undo gives back is what this press made, and nothing else.
        request.session[MADE] = {
            "quote": quote.pk,
            "interview": quote.interview_id if quote.interview_id not in before else None,
            "listed": None if was_listed else heard.source.pk,
            "source": heard.source.pk if is_new else None,
        }
    return JsonResponse(
        {
            "revision": article.revision,
            "source": choice(heard.source),
            "interview": choice(interview) if interview else None,
            "quote": quote.pk,
            "told": f"{heard.source.public_name}: recorded.",
        }
    )


def choice(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "text": str(row)}


@transaction.atomic
def _undo(request: HttpRequest, article: Article) -> HttpResponse:
    """Take out of the record again what the last press put there, as long as nothing else rests on it."""
    article = Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
    made = request.session.pop(MADE, None) or {}
    quote = (
        Quote.objects.filter(pk=made.get("quote", 0), interview__articles=article)
        .select_related("interview")
        .first()
    )
    if (
        quote is None
        or request.POST["undo"] != str(quote.pk)
        or quote.uses.exclude(version=None, article=article).exists()
        or is_in_editors_hands(quote.interview)
        or quote.exhibits.exists()
    ):
        return JsonResponse({"refused": "It cannot be taken back any more."}, status=409)
    interview = quote.interview
    QuoteUse.objects.filter(quote=quote).delete()
    quote.delete()
    back: dict[str, Any] = {"interview": None, "source": None}
    if made["interview"] == interview.pk and not _rests_on(interview):
        back["interview"] = interview.pk
        interview.delete()
    if made.get("tied"):
        back["interview"] = made["tied"]
        article.interviews.remove(made["tied"])
    if made["listed"]:
        back["source"] = made["listed"]
        article.sources.remove(made["listed"])
    if made["source"]:
        # Somebody may have used them meanwhile: then they stay.
        idle = Source.objects.filter(pk=made["source"], articles=None, interviews=None)
        idle.filter(anonymity_approvals=None).delete()
    article.revision += 1
    article.save(update_fields=["revision", "changed_at"])
    keep_glance(CheckedMaterial(article))
    return JsonResponse({**back, "revision": article.revision})


def _rests_on(interview: Interview) -> bool:
    return (
        interview.quotes.exists()
        or interview.uses.exists()
        or interview.files.exists()
        or interview.articles.count() > 1
    )
