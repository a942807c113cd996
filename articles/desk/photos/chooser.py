"""The chooser of photos beside a story, and the small pictures that lists show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ...media.pictures import KeptFile
from ...models import Photo
from ...record.material import Material

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

VIEW = "articles.view_photo"
WEEK = 7 * 24 * 60 * 60  # seconds
AT_ONCE = 12  # photos that the chooser beside a story offers


def photos_beside(material: Material, user: User | AnonymousUser) -> list[Photo] | None:
    """What the chooser beside a story offers: the photos in its text, then the newest."""
    if not (user.has_perm(VIEW) and material.article.is_editable_by(user)):
        # None and not empty: whoever may not write gets no chooser.
        return None
    visible = Photo.objects.visible_to(user)
    in_text = visible.in_bulk(material.photos_in_text)
    return list(dict.fromkeys([*in_text.values(), *visible[:AT_ONCE]]))


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The newest photos of the library that say these words, for the chooser; 403 for outsiders."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    photos = Photo.objects.visible_to(request.user)
    for word in request.GET.get("q", "").replace("\x00", "")[:200].split():
        photos = photos.filter(
            Q(caption__icontains=word) | Q(alt__icontains=word) | Q(credit__icontains=word)
        )
    return render(
        request, "admin/articles/article/_photo_choices.html", {"photos": photos[:AT_ONCE]}
    )


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> FileResponse:
    """The smallest rendition of a photo that this person may see; or 404."""
    photo = get_object_or_404(Photo.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm(VIEW):
        raise Http404
    kept: KeptFile = photo.shown["renditions"][0]["webp"]
    try:
        answer = FileResponse(storages["default"].open(kept["file"]), content_type=kept["type"])
    except FileNotFoundError as error:
        raise Http404 from error
    # Its address says which picture it is, and changes with it.
    patch_cache_control(answer, private=True, max_age=WEEK)
    return answer
