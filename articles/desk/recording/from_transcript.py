"""Writing from a transcript or a document: beside the story it is read and searched, and words of it are put in at a press.

Nobody types them again: what is recorded are words of the transcript as it has them, from an interview that is there,
so that the machine finds them at their place.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from sources.colleagues import name_of
from sources.evidence.bringing import keep, read
from sources.evidence.comparing import look_in
from sources.models import Interview, InterviewFile, Quote, Source
from sources.transcripts.looking import Result

from ...models import Article, NotebookEntry, QuoteUse
from ..base import key_of
from ..sources.interview_files import found_in, recording_of, turns
from .quotes import StoryChanged, held
from .unrecorded import CHANGED
from .whose import LONGEST, MADE, choice

if TYPE_CHECKING:
    from sources.colleagues import User

# How words are known that stand in a file of each kind.
_BASES = {
    InterviewFile.Kind.TRANSCRIPT: Quote.Basis.RECORDING,
    InterviewFile.Kind.NOTES: Quote.Basis.NOTES,
    InterviewFile.Kind.DOCUMENT: Quote.Basis.WRITTEN,
}


def transcript_beside(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The transcript, to stand beside the text; sent words of it, records them for the story."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    files = InterviewFile.objects.visible_to(request.user).select_related("interview__source")
    shown = get_object_or_404(files, pk=file)
    user = request.user
    if not user.has_perm("sources.view_interview") or not shown.is_searched:
        raise PermissionDenied
    if request.method == "POST":
        if not user.is_authenticated or not article.is_editable_by(user):
            raise PermissionDenied
        if "held_on" in request.POST:
            return _date_document(request, shown)
        return _record(request, article, shown, user)
    interview = shown.interview
    beside = files.without_contents().filter(interview=interview)
    found = found_in(shown, user)
    return render(
        request,
        "admin/articles/article/_transcript.html",
        {
            "article": article,
            "interview": interview,
            "file": shown,
            "turns": turns(shown, found),
            "in_story": set(_in_story(article, interview)),
            "recording": recording_of(shown, list(beside)),
            "may_write": article.is_editable_by(user)
            and interview.terms != Interview.Terms.OFF_THE_RECORD,
            "asks_date": _is_undated(shown),
        },
    )


def _is_undated(file: InterviewFile) -> bool:
    """Is it a document of which readers would be told the day on which it was brought?"""
    is_document = file.interview.source.kind == Source.Kind.DOCUMENT
    return is_document and file.interview.held_on == timezone.localdate(file.brought_at)


def _date_document(request: HttpRequest, file: InterviewFile) -> HttpResponse:
    """The date that a document bears, for readers; asked as long as nobody has said it."""
    try:
        day = parse_date(request.POST["held_on"])
    except ValueError:
        day = None
    if not _is_undated(file):
        return JsonResponse({"refused": "Somebody has dated it already."}, status=409)
    if day is None or day > timezone.localdate():
        return JsonResponse(
            {"refused": "That is no day on which it can have been written."}, status=400
        )
    file.interview.held_on = day
    file.interview.save(update_fields=["held_on"])
    return JsonResponse({"told": "Readers are told this date."})


@require_POST
def document_beside(request: HttpRequest, pk: int) -> HttpResponse:
    """Has a document of the notebook read, so that it can stand beside the text; where it then stands."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user = request.user
    may = user.has_perm("sources.add_source") and user.has_perm("sources.add_interview")
    if not user.is_authenticated or not may or not article.is_editable_by(user):
        raise PermissionDenied
    entry = get_object_or_404(article.notebook.exclude(file=""), pk=key_of(request.POST["entry"]))
    try:
        file = _read_before(entry, user) or _as_source(entry, article, user)
    except ValidationError as refused:
        return JsonResponse({"refused": f"{entry.title}: {' '.join(refused.messages)}"}, status=400)
    except OSError as error:
        return JsonResponse(
            {"refused": f"{entry.title}: the disk has it no more ({error})."}, status=400
        )
    path = reverse("admin:articles_article_transcript", args=[article.pk, file.pk])
    return JsonResponse({"path": path if file.is_searched else "", "told": " ".join(file.warnings)})


def _read_before(entry: NotebookEntry, user: User) -> InterviewFile | None:
    """The same file as a source, if it is one already that this person sees."""
    digest = entry.shown.get("file", {}).get("digest", "")
    seen = InterviewFile.objects.visible_to(user)
    return seen.filter(kind=InterviewFile.Kind.DOCUMENT, digest=digest).first()


def _as_source(entry: NotebookEntry, article: Article, user: User) -> InterviewFile:
    """A document of the notebook as a source of its own. Raises `ValidationError`, if it cannot be read."""
    with entry.file.open("rb") as kept:
        upload = UploadedFile(kept, PurePath(str(entry.file.name)).name, size=entry.file.size)
        was_read = read(upload, Source.Kind.DOCUMENT)
        with transaction.atomic():
            # Of two presses the second finds what the first has made.
            Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
            before = _read_before(entry, user)
            return before or keep(was_read, upload, _held_in(entry, user), by=user)


def _held_in(entry: NotebookEntry, user: User) -> Interview:
    source = Source.objects.create(kind=Source.Kind.DOCUMENT, name=entry.title, added_by=user)
    return Interview.objects.create(
        source=source,
        held_on=timezone.localdate(),
        how=Interview.How.DOCUMENT,
        interviewer=name_of(user),
        terms=Interview.Terms.ON_THE_RECORD,
        recorded_by=user,
    )


def _in_story(article: Article, interview: Interview) -> Any:
    """The keys of the quotes of an interview that stand in the working copy."""
    uses = QuoteUse.objects.filter(article=article, version=None, quote__interview=interview)
    return uses.values_list("quote", flat=True)


def _record(
    request: HttpRequest, article: Article, file: InterviewFile, user: User
) -> HttpResponse:
    words = " ".join(request.POST.get("words", "").replace("\x00", "").split())[:LONGEST]
    if refusal := _refused(words, file):
        return JsonResponse({"refused": refusal}, status=400)
    words = as_it_has_them(words, file)
    seen = request.POST.get("seen_revision", "")
    if key_of(seen) != article.revision:
        return JsonResponse({"refused": CHANGED}, status=409)
    source = file.interview.source
    was_tied = article.interviews.contains(file.interview)
    was_listed = article.sources.contains(source)
    try:
        quote, is_new = record_from(file, words, article=article)
    except StoryChanged:
        return JsonResponse({"refused": CHANGED}, status=409)
    article.refresh_from_db(fields=["revision"])
    if is_new:
        # What undo gives back is what this press made, and nothing else.
        request.session[MADE] = {
            "quote": quote.pk,
            "interview": None,
            "tied": None if was_tied else file.interview_id,
            "listed": None if was_listed else source.pk,
            "source": None,
        }
    return JsonResponse(
        {
            "revision": article.revision,
            "source": choice(source),
            "interview": choice(file.interview),
            "quote": quote.pk,
            "undo": is_new,
            "told": f"{source.public_name}: recorded.",
            **_as_printed(words, file.interview, article),
        }
    )


def _refused(words: str, file: InterviewFile) -> str:
    """Why these words cannot be recorded from this file; empty, if they can."""
    interview = file.interview
    if interview.terms == Interview.Terms.OFF_THE_RECORD:
        return "This was said off the record: it cannot be put into a story."
    heard = look_in(file, [words])[0] if words else None
    is_there = heard and (heard.result is Result.FOUND or _is_written(words, file))
    if heard is None or not is_there:
        return "These words are not in the transcript as they stand. Select them there."
    if file.names_another(heard.speaker):
        return f"These are words of {heard.speaker}, and not of the source."
    return ""


def _is_written(words: str, file: InterviewFile) -> bool:
    """Do they stand in the file letter by letter?"""
    text = " ".join(word.text for each in file.transcript().segments for word in each.words)
    return words in text


def as_it_has_them(words: str, file: InterviewFile) -> str:
    """The words as the file writes them: what a story prints may end with a comma of its own."""
    return words if _is_written(words, file) else look_in(file, [words])[0].passage


def record_from(file: InterviewFile, words: str, *, article: Article) -> tuple[Quote, bool]:
    """Words of a transcript, recorded for a story, with their interview and its source; and whether they are new.

    Raises `StoryChanged`.
    """
    interview = file.interview
    with held(article):
        article.sources.add(interview.source)
        article.interviews.add(interview)
        # The same words may be on record twice.
        if quote := interview.quotes.filter(words=words).first():
            return quote, False
        basis = _BASES[InterviewFile.Kind(file.kind)]
        return interview.quotes.create(words=words, basis=basis), True


def _as_printed(words: str, interview: Interview, article: Article) -> dict[str, str]:
    """The words as a story prints them, and whose they are: “We lost it,” said Ada Holt.

    On terms by which nobody may be named for them, they stand there by themselves.
    """
    source = interview.source
    if not interview.is_quotable_to_readers:
        return {"words": words, "after": ""}
    is_known = bool(source.later_reference) and source.public_name in article.body
    who = source.later_reference if is_known else source.public_name
    if not settings.LANGUAGE_CODE.startswith("en"):
        return {"words": words, "after": f" ({who})"}
    if words.endswith((".", ";", ":")):
        words = f"{words[:-1]},"
    elif re.search(r"[\w)]$", words):
        words = f"{words},"
    is_document = source.kind == Source.Kind.DOCUMENT
    return {"words": words, "after": f" according to {who}." if is_document else f" said {who}."}
