"""The desk's own files: photos and notebook documents that are not, or not yet, public."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from ..media.documents import first_page
from ..models import Article, NotebookEntry, Photo


def desk_file(request: HttpRequest, name: str) -> FileResponse | HttpResponse:
    """A file of a photo, or of the notebook of a story that this person may see; or 404."""
    # PostgreSQL takes no NUL in a parameter.
    if "\x00" in name:
        raise Http404
    photo = Photo.objects.visible_to(request.user).filter(file=name).first()
    if photo and request.user.has_perm("articles.view_photo"):
        return _answer(photo.file)
    visible = Article.objects.visible_to(request.user)
    entry = NotebookEntry.objects.filter(file=name, article__in=visible).first()
    if entry and "first-page" in request.GET:
        return _first_page(entry)
    if entry:
        # To be saved and not opened here: photos are pixels of ours, and this is somebody's file,
        # which may hold a script for the desk's own address.
        return _answer(entry.file, as_attachment=True)
    # 404 and not 403: what somebody may not see is, to them, not there.
    raise Http404


def _answer(file: FieldFile, *, as_attachment: bool = False) -> FileResponse:
    try:
        return FileResponse(file.open("rb"), as_attachment=as_attachment)
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
