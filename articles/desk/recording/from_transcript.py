"""Writing from a transcript: beside the story it is read and searched, and words of it are recorded and put in at a press.

Nobody types them again: what is recorded are words of the transcript as it has them, from an interview that is there,
so that the machine finds them at their place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from sources.evidence.comparing import look_in
from sources.models import Interview, InterviewFile, Quote, Source
from sources.transcripts.looking import Result
from sources.transcripts.transcript import name_key

from ...models import Article, QuoteUse
from ..base import key_of
from ..sources.interview_files import found_in, recording_of, turns
from .quotes import StoryChanged, held
from .unrecorded import CHANGED
from .whose import LONGEST, MADE, choice

if TYPE_CHECKING:
    from sources.colleagues import User

Basis = Quote.Basis


def transcript_beside(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The transcript, to stand beside the text; sent words of it, records them for the story."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    files = InterviewFile.objects.visible_to(request.user).select_related("interview__source")
    read = get_object_or_404(files, pk=file)
    user = request.user
    if not user.has_perm("sources.view_interview") or not read.is_searched:
        raise PermissionDenied
    if request.method == "POST":
        if not user.is_authenticated or not article.is_editable_by(user):
            raise PermissionDenied
        return _record(request, article, read, user)
    interview = read.interview
    transcript = read.transcript()
    beside = files.without_contents().filter(interview=interview)
    found = found_in(read, user)
    return render(
        request,
        "admin/articles/article/_transcript.html",
        {
            "article": article,
            "interview": interview,
            "file": read,
            "turns": turns(transcript, interview, found),
            "in_story": set(_in_story(article, interview)),
            "recording": recording_of(read, list(beside)),
            "may_write": article.is_editable_by(user)
            and interview.terms != Interview.Terms.OFF_THE_RECORD,
        },
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
            **_as_printed(words, source, article),
        }
    )


def _refused(words: str, file: InterviewFile) -> str:
    """Why these words cannot be recorded from this file; empty, if they can."""
    interview = file.interview
    if interview.terms == Interview.Terms.OFF_THE_RECORD:
        return "This was said off the record: it cannot be put into a story."
    heard = look_in(file, [words])[0] if words else None
    if heard is None or heard.result is Result.ABSENT or not _is_written(words, file):
        return "These words are not in the transcript as they stand. Select them there."
    if heard.speaker and name_key(heard.speaker) == name_key(interview.interviewer):
        return f"These are words of {heard.speaker}, who asked."
    return ""


def _is_written(words: str, file: InterviewFile) -> bool:
    """Do they stand in the file letter by letter, or are they found in it as a quotation is?"""
    text = " ".join(word.text for each in file.transcript().segments for word in each.words)
    return words in text or look_in(file, [words])[0].result is Result.FOUND


def record_from(file: InterviewFile, words: str, *, article: Article) -> tuple[Quote, bool]:
    """Words of a transcript, recorded for a story, with their interview and its source; and whether they are new.

    Raises `StoryChanged`.
    """
    interview = file.interview
    is_heard = file.kind == InterviewFile.Kind.TRANSCRIPT
    with held(article):
        article.sources.add(interview.source)
        article.interviews.add(interview)
        return interview.quotes.get_or_create(
            words=words, defaults={"basis": Basis.RECORDING if is_heard else Basis.NOTES}
        )


def _as_printed(words: str, source: Source, article: Article) -> dict[str, str]:
    """The words as a story prints them, and whose they are: “We lost it,” said Ada Holt."""
    is_known = bool(source.later_reference) and source.public_name in article.body
    who = source.later_reference if is_known else source.public_name
    if not settings.LANGUAGE_CODE.startswith("en"):
        return {"words": words, "after": f" ({who})"}
    if words.endswith((".", ";", ":")):
        words = f"{words[:-1]},"
    elif re.search(r"[\w)]$", words):
        words = f"{words},"
    return {"words": words, "after": f" said {who}."}
