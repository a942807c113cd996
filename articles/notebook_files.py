"""The files of a reporter's notebook: refused at the desk, shown in a preview, copied at the door."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import storages
from django.template.defaultfilters import filesizeformat

from . import datasets, documents, pictures, videos
from .models import NotebookEntry

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
TABLES = (".csv", ".tsv")

Description = dict[str, Any]


def is_picture(name: str) -> bool:
    return PurePath(name).suffix.lower() in PICTURES


def refuse_unreadable(file: IO[bytes], name: str, size: int) -> None:
    """Raises `ValidationError` for an upload that readers could not open, while it can be mended."""
    if size > settings.MAX_NOTEBOOK_FILE_SIZE:
        raise ValidationError(
            f"The file is too large ({filesizeformat(size)}): the desk takes up to "
            f"{filesizeformat(settings.MAX_NOTEBOOK_FILE_SIZE)}."
        )
    if is_picture(name):
        pictures.rebuild(file)
    elif name.lower().endswith(".pdf"):
        documents.first_page(file)
    elif name.lower().endswith(".mp4"):
        videos.frame_size(file)


def publish_file(entry: NotebookEntry) -> Description:
    """Copy a notebook file into the public folder, under a name that tells nothing but its type.

    A picture is rebuilt from its pixels, like any other.
    """
    stored = entry.file.name or ""
    with entry.file.open("rb") as file:
        if is_picture(stored):
            return _copy(pictures.rebuild(file), ".jpg")
        if pictures.looks_like_one(file):
            raise ValidationError(f"{stored} is a picture under another name.")
        copied = _copy(file, PurePath(stored).suffix.lower())
        digest = PurePath(copied["name"]).stem
        return copied | _contents(
            file, stored, lambda page: pictures.publish_page(page.picture, digest)
        )


def _copy(file: File[bytes], suffix: str) -> Description:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    name = f"notebook/{digest.hexdigest()[:20]}{suffix}"
    if not storages["public"].exists(name):
        storages["public"].save(name, file)
    return {"name": name, "size": file.size, "type": suffix.lstrip(".").upper()}


def preview_file(entry: NotebookEntry) -> Description:
    """The same for the desk's preview, from the private file; nothing is written."""
    name = entry.file.name or ""
    shown = {"url": entry.file.url, "size": 0, "type": PurePath(name).suffix.lstrip(".").upper()}
    if not entry.file.storage.exists(name):
        return shown
    with entry.file.open("rb") as file:
        shown["size"] = file.size
        return shown | _contents(file, name, lambda page: _preview_page(entry, page))


def _preview_page(entry: NotebookEntry, page: documents.FirstPage) -> Description:
    width, height = page.picture.size
    return {"url": f"{entry.file.url}?first-page", "width": width, "height": height}


def words_of_file(entry: NotebookEntry) -> Description:
    """What of a file stands on the page as words."""
    name = entry.file.name or ""
    if not (name.lower().endswith(TABLES) and entry.file.storage.exists(name)):
        return {}
    with entry.file.open("rb") as file:
        return _table(file)


def _contents(
    file: IO[bytes], name: str, show_page: Callable[[documents.FirstPage], Description]
) -> Description:
    """What a reader sees of a file before it is opened; nothing, where it cannot be read.

    The desk refuses an unreadable upload. An older one, or one of an archive, is published as it is.
    """
    try:
        match PurePath(name).suffix.lower():
            case ".pdf":
                page = documents.first_page(file)
                return {"pages": page.pages, "first_page": show_page(page)}
            case ".mp4":
                width, height = videos.frame_size(file)
                return {"width": width, "height": height}
            case suffix if suffix in TABLES:
                return _table(file)
    except ValidationError:
        pass
    return {}


def _table(file: IO[bytes]) -> Description:
    table = datasets.table(file)
    return {"table": table} if table else {}
