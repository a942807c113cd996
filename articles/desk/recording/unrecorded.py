"""One form for all that a story quotes and nobody has recorded, filled in as far as the text tells."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sources.attribution import is_called
from sources.models import Interview, Quote, Source

from ...models import Article
from ...record.material import Material
from ..base import about_story, back_to
from .quotes import (
    NewInterview,
    Speaker,
    StoryChanged,
    Unrecorded,
    record_quotes,
    unrecorded,
)

if TYPE_CHECKING:
    from sources.colleagues import User

CHANGED = "The story was changed since. Look through it again, then record."
NAMED, ANONYMOUS = "named", "anonymous"  # a new source, instead of the key of one on the desk
NOBODY = ""


class SpeakerForm(forms.Form):
    """Who speaks, and the interview in which they did."""

    who = forms.ChoiceField(label="Source")
    # A document is brought, and speaks in no sentence.
    kind = forms.ChoiceField(
        choices=[each for each in Source.Kind.choices if each[0] != Source.Kind.DOCUMENT],
        initial=Source.Kind.PERSON,
    )
    name = forms.CharField(max_length=200, required=False, label="Full name")
    description = forms.CharField(
        max_length=200, required=False, label="Description agreed, saying why they would know"
    )
    reason = forms.CharField(
        max_length=300, required=False, label="Reason for anonymity, as readers are told"
    )
    later_reference = forms.CharField(max_length=120, required=False, label="Called afterwards")
    authorization = forms.ChoiceField(
        choices=Source.Authorization, initial=Source.Authorization.UNKNOWN
    )
    # Guesses stay empty: whatever stood here would be pressed unread, and told to readers.
    held_on = forms.DateField(
        label="Interviewed on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    how = forms.ChoiceField(choices=[("", "Choose…"), *Interview.How.choices])
    terms = forms.ChoiceField(choices=[("", "Choose…"), *Interview.Terms.choices])
    terms_as_agreed = forms.CharField(max_length=300, required=False, label="In the words agreed")

    def __init__(self, *args: Any, sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {str(source.pk): source for source in sources}
        who: Any = self.fields["who"]
        who.choices = [
            ("A new source", [(NAMED, "named to readers"), (ANONYMOUS, "anonymous")]),
            ("On the desk", [(key, str(source)) for key, source in self.sources.items()]),
        ]

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise ValidationError("That day is still to come.")
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("who") in (NAMED, ANONYMOUS):
            cleaned["source"] = self._new_source(cleaned)
        else:
            cleaned["source"] = self.sources.get(cleaned.get("who", ""))
        return cleaned

    def _new_source(self, cleaned: dict[str, Any]) -> Source | None:
        # What belongs to the other choice may have been typed before this one: it goes.
        is_named = cleaned["who"] == NAMED
        source = Source(
            kind=cleaned.get("kind", Source.Kind.PERSON),
            named=is_named,
            name=cleaned.get("name", "") if is_named else "",
            description="" if is_named else cleaned.get("description", ""),
            reason="" if is_named else cleaned.get("reason", ""),
            later_reference=cleaned.get("later_reference", ""),
            authorization=cleaned.get("authorization", Source.Authorization.UNKNOWN),
        )
        try:
            source.clean()
        except ValidationError as error:
            self.add_error(None, error)
            return None
        return source

    def heard(self) -> NewInterview:
        """What was typed, as an interview to be recorded. Only of a form that fits."""
        given = self.cleaned_data
        return NewInterview(
            given["source"],
            given["held_on"],
            given["how"],
            given["terms"],
            given["terms_as_agreed"],
        )


class QuoteForm(forms.Form):
    """One quotation of the story, to be recorded as somebody's words."""

    wanted = forms.BooleanField(required=False, initial=True, label="Record")
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    said_by = forms.ChoiceField(label="Said by", required=False)
    basis = forms.ChoiceField(
        label="Known by", choices=[("", "as said above"), *Quote.Basis.choices], required=False
    )

    def __init__(
        self, *args: Any, speakers: list[tuple[str, str]], spoken_of: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # The text's own word for the speaker, where it is no name: whom it means is not for us to say.
        self.spoken_of = spoken_of
        said_by: Any = self.fields["said_by"]
        said_by.choices = [(NOBODY, "Choose…"), *speakers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("wanted") and not cleaned.get("said_by"):
            self.add_error("said_by", "Say who said it, or untick it.")
        return cleaned


class BasisForm(forms.Form):
    """How the words are known, for all the quotations that say nothing of their own."""

    basis = forms.ChoiceField(
        label="How the words are known",
        choices=[("", "Choose…"), *Quote.Basis.choices],
        required=False,
        help_text="For each quotation below that says nothing else.",
    )


class RecordingForm:
    """The speakers and the quotations of one story, as one form."""

    def __init__(self, request: HttpRequest, article: Article, user: User) -> None:
        speakers, quotations = unrecorded(Material(article))
        data = request.POST if request.method == "POST" else None
        sources = _offered(article, speakers, user)
        self.speakers = [
            SpeakerForm(
                data,
                prefix=f"speaker-{_digest(speaker.fullest)}",
                sources=sources,
                initial=_suggested(speaker, sources),
            )
            for speaker in speakers
        ]
        labels = [(_digest(each.fullest), each.fullest) for each in speakers]
        self.quotes = [
            QuoteForm(
                data,
                prefix=f"quote-{_digest(each.quotation.words)}",
                speakers=labels,
                spoken_of=each.spoken_of,
                initial=_quote(each),
            )
            for each in _once(quotations)
        ]
        self.labels = labels
        self.basis = BasisForm(data)

    @property
    def titled_speakers(self) -> list[tuple[str, SpeakerForm]]:
        return [(label, form) for (_, label), form in zip(self.labels, self.speakers, strict=True)]

    def is_valid(self) -> bool:
        """Whoever said nothing that is to be recorded need not be filled in."""
        quotes_fit = [self.basis.is_valid(), *(form.is_valid() for form in self.quotes)]
        if self.basis.is_valid() and not self._says_how_all_are_known():
            self.basis.add_error("basis", "Say how the words are known.")
            quotes_fit.append(False)
        # After the quotes, which say of whom anything is recorded at all.
        said = {form.cleaned_data.get("said_by") for form in self._wanted()}
        self.speaking = {
            key: form
            for (key, _), form in zip(self.labels, self.speakers, strict=True)
            if key in said
        }
        speakers_fit = [form.is_valid() for form in self.speaking.values()]
        return all(quotes_fit) and all(speakers_fit)

    def _says_how_all_are_known(self) -> bool:
        if self.basis.cleaned_data["basis"]:
            return True
        return all(form.cleaned_data.get("basis") for form in self._wanted())

    def _wanted(self) -> list[QuoteForm]:
        return [form for form in self.quotes if form.cleaned_data.get("wanted")]

    def heard(self) -> list[NewInterview]:
        """The interviews to be recorded, each with its quotes. Only of a form that fits."""
        heard = {key: form.heard() for key, form in self.speaking.items()}
        for form in self._wanted():
            given = form.cleaned_data
            basis = given["basis"] or self.basis.cleaned_data["basis"]
            quote = Quote(words=given["words"], basis=basis)
            heard[given["said_by"]].quotes.append(quote)
        return list(heard.values())


def _offered(article: Article, speakers: list[Speaker], user: User) -> list[Source]:
    """The story's sources, and those on the desk whom the text may mean.

    Of anonymous ones only those whom this person knows: a description alone makes nobody the same.
    """
    theirs = set(article.relied_on().values_list("pk", flat=True))
    meant = Q(pk__in=theirs) | Q(named=False, known_to=user)
    for speaker in speakers:
        if speaker.is_named:
            meant |= Q(named=True, name__icontains=speaker.fullest.split()[-1])
    found = Source.objects.visible_to(user).filter(meant).distinct()
    return [
        source
        for source in found
        if source.pk in theirs or any(is_called(source, each.fullest) for each in speakers)
    ]


def _digest(words: str) -> str:
    """What names a speaker or a quotation in the form, wherever the text has moved it since."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _once(quotations: list[Unrecorded]) -> list[Unrecorded]:
    """The same words are recorded once, however often the story prints them."""
    # Reversed twice: of the same words the first in the story counts, and its speaker.
    return list({each.quotation.words: each for each in reversed(quotations)}.values())[::-1]


def _suggested(speaker: Speaker, sources: list[Source]) -> dict[str, Any]:
    source = next((each for each in sources if each == speaker.source), None) or next(
        (each for each in sources if each.named and each.name == speaker.fullest), None
    )
    suggested: dict[str, Any] = {
        "who": str(source.pk) if source else NAMED if speaker.is_named else ANONYMOUS,
        "later_reference": speaker.later,
    }
    if not speaker.is_named and not source:
        # “One official” in a story is “an official” in the record.
        description = re.sub(r"^[Oo]ne (?=[aeiou])", "an ", speaker.fullest)
        description = re.sub(r"^[Oo]ne ", "a ", description)
        suggested["description"] = description
    elif not source:
        suggested["name"] = speaker.fullest
    return suggested


def _quote(each: Unrecorded) -> dict[str, Any]:
    is_named = each.speaker is not None and not each.spoken_of
    said_by = _digest(each.speaker.fullest) if each.speaker and is_named else NOBODY
    return {"words": each.quotation.words, "said_by": said_by, "wanted": True}


def record_unrecorded(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which all unrecorded quotations of a story are recorded at one submit."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user = request.user
    if not user.is_authenticated or not article.is_editable_by(user):
        raise PermissionDenied
    form = RecordingForm(request, article, user)
    if request.method == "POST" and request.POST.get("seen_revision") != str(article.revision):
        messages.error(request, CHANGED)
    elif request.method == "POST" and form.is_valid():
        try:
            number = record_quotes(article, form.heard(), by=user)
        except StoryChanged:
            messages.error(request, CHANGED)
        else:
            messages.success(request, f"{number} quotation{'s' if number != 1 else ''} recorded.")
            return back_to(article)
    return about_story(request, "admin/articles/article/recording.html", article, form=form)
