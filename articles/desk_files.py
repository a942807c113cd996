"""The desk's own files: photos and notebook documents that are not, or not yet, public."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from .models import Article, NotebookEntry, Photo


def desk_file(request: HttpRequest, name: str) -> FileResponse:
    """A file of a photo, or of the notebook of a story that this person may see."""
    photo = Photo.objects.filter(file=name).first()
    if photo and request.user.has_perm("articles.view_photo"):
        return FileResponse(photo.file.open("rb"))
    visible = Article.objects.visible_to(request.user)
    entry = NotebookEntry.objects.filter(file=name, article__in=visible).first()
    if entry:
        return FileResponse(entry.file.open("rb"), as_attachment=True)
    raise Http404
