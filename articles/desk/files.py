"""The desk's own files: photos, notebook documents and what interviews left, none of them public, or not yet."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from sources.models import InterviewFile

from ..media.documents import first_page
from ..media.ranges import in_part
from ..models import Article, Exhibit, NotebookEntry, Photo


def desk_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of a photo, of an interview, or of the notebook of a story, if this person may see it; or 404."""
    # PostgreSQL takes no NUL in a parameter.
    if "\x00" in name:
        raise Http404
    photo = Photo.objects.visible_to(request.user).filter(file=name).first()
    if photo and request.user.has_perm("articles.view_photo"):
        return _answer(photo.file)
    heard = InterviewFile.objects.visible_to(request.user).without_contents()
    file = heard.filter(file=name).first()
    if file and request.user.has_perm("sources.view_interview"):
        return _of_interview(request, file)
    visible = Article.objects.visible_to(request.user)
    if exhibit := _heard(request, name):
        return _played(request, exhibit.file, str(exhibit.file.name), exhibit.told["digest"])
    entry = NotebookEntry.objects.filter(file=name, article__in=visible).first()
    if entry and "first-page" in request.GET:
        return _first_page(entry)
    if entry:
        # To be saved and not opened here: photos are pixels of ours, and this is somebody's file,
        # which may hold a script for the desk's own address.
        return _answer(entry.file, as_attachment=True)
    # 404 and not 403: what somebody may not see is, to them, not there.
    raise Http404


def _heard(request: HttpRequest, name: str) -> Exhibit | None:
    """The sound that readers are to hear, as long as its interview is open to whoever asks."""
    exhibits = Exhibit.objects.select_related("quote__interview__source")
    exhibit = exhibits.filter(
        file=name, article__in=Article.objects.visible_to(request.user)
    ).first()
    if exhibit is None or not request.user.has_perm("sources.view_interview"):
        return None
    is_open = exhibit.quote.interview.opens_its_files_to(request.user)
    return exhibit if is_open and not exhibit.withheld else None


# What a player is given to be played; anything else is saved.
_PLAYED = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".mov": "video/mp4",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
}


def _of_interview(request: HttpRequest, file: InterviewFile) -> HttpResponseBase:
    """A recording to be played; of what is no recording the file itself, to be saved."""
    if file.kind == InterviewFile.Kind.RECORDING:
        return _played(request, file.file, file.name, file.digest)
    answer = _answer(file.file, as_attachment=True, name=file.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _played(request: HttpRequest, file: FieldFile, name: str, digest: str) -> HttpResponseBase:
    """Sound in the parts that a player asks for, or to be saved, if none plays it."""
    played = _PLAYED.get(PurePath(name).suffix.lower(), "")
    answer = _answer(file, as_attachment=not played, name=name)
    if played:
        answer.headers["Content-Type"] = played
    answer.headers["ETag"] = f'"{digest}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return in_part(request, answer)


def _answer(file: FieldFile, *, as_attachment: bool = False, name: str = "") -> FileResponse:
    try:
        return FileResponse(file.open("rb"), as_attachment=as_attachment, filename=name)
    except FileNotFoundError as error:
        raise Http404 from error


def _first_page(entry: NotebookEntry) -> HttpResponse:
    """The picture of a PDF's first page, for the preview of a story."""
    encoded = BytesIO()
    try:
        with entry.file.open("rb") as file:
            first_page(file).picture.save(encoded, "JPEG")
    except (FileNotFoundError, ValidationError) as error:
        raise Http404 from error
    return HttpResponse(encoded.getvalue(), content_type="image/jpeg")
