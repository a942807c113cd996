"""What is done with the files of an interview: bringing them, reading them, and comparing words with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sources.evidence.bringing import bring
from sources.evidence.comparing import BY_PEOPLE, compare, confirm
from sources.models import SEES_EVERY_SOURCE, Comparison, Interview, InterviewFile, Quote

from ...models.article import is_in_editors_hands
from ..base import bring_each

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

FILES_AT_ONCE = 20
KEPT_BY_A_STORY = (
    "Readers were told that words of a story are in this file: it stays as long as that is told."
)


def may_bring(request: HttpRequest, interview: Interview) -> bool:
    """Whoever held it, and editors, if its files are open to them: also when the story is with its editor, who
    mostly asks for them then.
    """
    user = request.user
    is_theirs = interview.recorded_by_id == user.pk or user.has_perm(SEES_EVERY_SOURCE)
    may = user.has_perm("sources.change_interview")
    return may and is_theirs and interview.opens_its_files_to(user)


def _interview(request: HttpRequest, pk: int) -> Interview:
    visible = Interview.objects.visible_to(request.user).select_related("source")
    return get_object_or_404(visible, pk=pk)


def _file(request: HttpRequest, pk: int, file: int) -> InterviewFile:
    visible = InterviewFile.objects.visible_to(request.user)
    found = visible.select_related("interview__source", "brought_by")
    return get_object_or_404(found, pk=file, interview=pk)


def _back(interview: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:sources_interview_page", args=[interview]))


@require_POST
def bring_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what was sent, each file by itself; with `part`, says what became of each, for the script of the page."""
    interview = _interview(request, pk)
    if not may_bring(request, interview):
        raise PermissionDenied
    user = request.user
    assert user.is_authenticated  # noqa: S101  (the desk is asked by nobody else)
    brought = bring_each(
        request.FILES.getlist("files"), FILES_AT_ONCE, lambda file: bring(file, interview, by=user)
    )
    if "part" in request.POST:
        return render(
            request,
            "admin/sources/interview/_brought.html",
            {"brought": brought, "interview": interview, "may_bring": True},
        )
    for each in brought:
        if each.refusal:
            messages.error(request, f"{each.name}: {each.refusal}")
    return _back(pk)


def _left_to_another(request: HttpRequest, interview: Interview) -> str:
    """Why somebody does not take away or turn what may contradict a story; empty, if they may.

    While it is being written it is its reporter's, as the words are. Afterwards it is an editor's who did not write it.
    """
    if not is_in_editors_hands(interview):
        return ""
    writes = any(story.is_writer(request.user) for story in interview.articles.all())
    if request.user.has_perm(SEES_EVERY_SOURCE) and not writes:
        return ""
    return "The story is with its editor: what it rests on is another editor’s to take away until it is out."


@require_POST
def remove_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Takes a file away for good, with what the machine found in it."""
    found = _file(request, pk, file)
    if not may_bring(request, found.interview):
        raise PermissionDenied
    if refusal := _left_to_another(request, found.interview):
        messages.error(request, refusal)
        return _back(pk)
    try:
        with transaction.atomic():
            found.delete()
        messages.success(request, f"{found.name} is taken away.")
    except ProtectedError:
        messages.error(request, KEPT_BY_A_STORY)
    return _back(pk)


@require_POST
def count_as(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """What a text without times is: somebody's notes, or a transcript of a recording. Words are looked for anew."""
    found = _file(request, pk, file)
    kinds = (InterviewFile.Kind.NOTES, InterviewFile.Kind.TRANSCRIPT)
    kind = request.POST.get("kind")
    is_open = found.kind in kinds and kind in kinds and not found.is_timed
    if not may_bring(request, found.interview) or not is_open:
        raise PermissionDenied
    if refusal := _left_to_another(request, found.interview):
        messages.error(request, refusal)
        return _back(pk)
    try:
        with transaction.atomic():
            found.comparisons.all().delete()
            found.kind = InterviewFile.Kind(str(kind))
            found.save(update_fields=["kind"])
    except ProtectedError:
        messages.error(request, KEPT_BY_A_STORY)
    return _back(pk)


@require_POST
def confirm_words(request: HttpRequest, pk: int, quote: int) -> HttpResponse:
    """Somebody stands for it that they compared the words."""
    interview = _interview(request, pk)
    visible = Quote.objects.visible_to(request.user)
    found = get_object_or_404(visible, pk=quote, interview=interview)
    found.interview = interview
    way = request.POST.get("with", "")
    user = request.user
    if (
        not user.is_authenticated
        or not user.has_perm("sources.change_interview")
        or not interview.opens_its_files_to(user)
        or way not in BY_PEOPLE
    ):
        raise PermissionDenied
    # What somebody stands for are the words that they saw.
    # Line ends apart, which a form writes in a way of its own.
    if request.POST.get("words", "").split() != found.words.split():
        messages.error(request, "The words were changed since. Look at them again, then confirm.")
        return _back(pk)
    try:
        confirm(found, way, by=user, remark=request.POST.get("remark", "").replace("\x00", ""))
        messages.success(request, "Confirmed, in your name.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return _back(pk)


# Reading one


class Turn(NamedTuple):
    """A segment as the page shows it, with the recorded words that were found in it."""

    number: int
    start: float | None
    speaker: str  # empty, if the one before was the same person's
    words: str
    is_anothers: bool  # of whoever asked, mostly
    found: list[Comparison]
    place: str  # of a document: “p. 4”


@require_safe
def read_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A transcript to be read and searched, with what is on record of it."""
    if not request.user.has_perm("sources.view_interview"):
        raise PermissionDenied
    found = _file(request, pk, file)
    if not found.is_searched:
        return HttpResponseRedirect(reverse("admin:desk_file", args=[found.file.name]))
    interview = found.interview
    files = list(
        InterviewFile.objects.visible_to(request.user).without_contents().filter(interview=pk)
    )
    site: dict[str, Any] = admin.site.each_context(request)
    return render(
        request,
        "admin/sources/interview/transcript.html",
        {
            **site,
            "title": found.name,
            "opts": Interview._meta,
            "interview": interview,
            "file": found,
            "turns": turns(found, found_in(found, request.user)),
            "recording": recording_of(found, files),
        },
    )


def found_in(file: InterviewFile, user: User | AnonymousUser) -> dict[int, list[Comparison]]:
    """What is on record and stands in it, by the number of its segment."""
    quotes = list(Quote.objects.visible_to(user).filter(interview=file.interview_id))
    for quote in quotes:
        quote.interview = file.interview
    compare(quotes)
    found: dict[int, list[Comparison]] = {}
    for quote in quotes:
        for each in quote.compared:
            if each.file_id == file.pk and each.segment is not None:
                found.setdefault(each.segment, []).append(each)
    return found


def turns(file: InterviewFile, found: dict[int, list[Comparison]]) -> list[Turn]:
    """What a file says, passage by passage; `found` is what is on record and stands in each."""
    transcript = file.transcript()
    shown, before = [], ""
    pages, rows = file.contents.get("pages"), file.contents.get("rows")
    for number, segment in enumerate(transcript.segments):
        speaker = transcript.speaker_of(segment)
        words = " ".join(word.text for word in segment.words)
        named = "" if speaker == before else speaker
        place = f"p. {pages[number]}" if pages else f"row {rows[number]}" if rows else ""
        shown.append(
            Turn(
                number,
                segment.start,
                named,
                words,
                file.names_another(speaker),
                found.get(number, []),
                place,
            )
        )
        before = speaker
    return shown


def recording_of(file: InterviewFile, files: Sequence[InterviewFile]) -> InterviewFile | None:
    """The recording that a transcript is of: the one that is about as long."""
    recordings = [each for each in files if each.kind == InterviewFile.Kind.RECORDING]
    long = file.duration or 0
    return min(recordings, key=lambda each: abs((each.duration or 0) - long), default=None)
