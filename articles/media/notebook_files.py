"""The files of a reporter's notebook: refused at the desk, or read there for what readers will get."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import IO, Any, TypedDict
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat

from sources.limited import TooMuch, run_limited

from . import documents, pictures, videos
from .storage import digest_of

PATIENCE = 90  # seconds of the clock; the process that reads bounds its own work more tightly
_TABLE_READER = "articles.media.read_table"
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif")
TABLES = (".csv", ".tsv")


class Description(TypedDict, total=False):
    """What readers get of a file, and what they see before it is opened."""

    file: pictures.KeptFile
    refused: str  # why readers cannot get it
    pages: int
    first_page: pictures.KeptRendition
    width: int  # pixels, of a video
    height: int
    table: dict[str, Any]
    # Of a table whose encoding is a guess, for the desk alone: each encoding with a sample, first the one that was taken.
    readings: list[dict[str, str]]


def is_picture(name: str) -> bool:
    """By its name: would the desk take it for a picture?"""
    return PurePath(name).suffix.lower() in PICTURES


# What to do with a file of another type, by its ending.
_INSTEAD = {
    **dict.fromkeys(
        ("pages", "doc", "rtf", "wpd", "wps", "eml", "msg", "ppt", "pptx", "key"), "PDF"
    ),
    **dict.fromkeys(("xls", "numbers", "xlsb", "sav", "dta"), "CSV"),
    **dict.fromkeys(("mov", "avi", "mkv", "webm", "wmv", "m4v", "mts"), "MP4"),
    **dict.fromkeys(
        ("tif", "tiff", "bmp", "gif", "psd", "svg", "dng", "cr2", "nef"), "JPEG or PNG"
    ),
}
_PACKED = ("zip", "rar", "7z", "gz", "tar")


def refuse_type(name: str, taken: Sequence[str]) -> None:
    """Raises `ValidationError` for a file whose ending is not among these, and says what to bring instead."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    if ending in taken:
        return
    if ending in _PACKED:
        raise ValidationError(f"This is packed (.{ending}): bring the files in it one by one.")
    called = f"A .{ending} file" if ending else "A file without an ending in its name"
    save_as = _INSTEAD.get(ending)
    instead = f"save it as {save_as}" if save_as else f"bring it as one of {', '.join(taken)}"
    raise ValidationError(f"{called} is not taken here: {instead}.")


def refuse_unreadable(file: IO[bytes], name: str, size: int) -> None:
    """Raises `ValidationError` for an upload that readers could not open, while it can be mended.

    Of a picture `read_file()` tells.
    """
    if size > settings.MAX_NOTEBOOK_FILE_SIZE:
        raise ValidationError(
            f"The file is too large ({filesizeformat(size)}): the desk takes up to "
            f"{filesizeformat(settings.MAX_NOTEBOOK_FILE_SIZE)}."
        )
    if name.lower().endswith(".pdf"):
        documents.first_page(file)
    elif name.lower().endswith(".mp4"):
        videos.frame_size(file)


def read_file(file: File[bytes], name: str, encoding: str = "") -> Description:
    """What readers get of an upload, read once; `refused` says why they cannot get it.

    A picture is rebuilt from its pixels, like any other. A table is read in an encoding that somebody chose.
    """
    suffix = PurePath(name).suffix.lower()
    try:
        if is_picture(name):
            rebuilt = pictures.rebuild(file).read()
            name = f"{pictures.RENDITIONS}/{uuid4().hex}/picture.jpg"
            return {"file": pictures.keep(name, rebuilt, "JPG")}
        # It would be published as it is, with the EXIF that says where it was taken.
        if pictures.looks_like_one(file):
            raise ValidationError(f"{name} is a picture under another name.")
    except ValidationError as error:
        return {"refused": " ".join(error.messages)}
    digest, size = digest_of(file.chunks())
    known: pictures.KeptFile = {
        "file": name,
        "digest": digest,
        "size": size,
        "type": suffix.lstrip(".").upper(),
    }
    contents = _contents(
        file, name, encoding, lambda page: pictures.rendition(page.picture, page.picture.size)
    )
    return {**contents, "file": known}


def _contents(
    file: IO[bytes],
    name: str,
    encoding: str,
    show_page: Callable[[documents.FirstPage], pictures.KeptRendition],
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
                return _table(file, encoding)
    except ValidationError:
        pass
    return {}


def _table(file: IO[bytes], encoding: str) -> Description:
    chosen = [encoding] if encoding else []
    try:
        written = run_limited(
            _TABLE_READER, file, settings.LANGUAGE_CODE, *chosen, patience=PATIENCE
        )
    except TooMuch:
        return {}
    told: Description = json.loads(written)
    return told if told.get("table") else {}
