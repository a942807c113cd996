"""Pictures: rebuilt from their pixels when they come in, cut to sizes when they go out."""

from __future__ import annotations

import json
import warnings
from io import BytesIO
from typing import IO, TypedDict
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image, ImageOps

from sources.limited import TooMuch, run_limited

from .storage import digest_of

SHORTEST_SIDE = 32  # pixels that each side of an upload needs
PATIENCE = 60  # seconds of the clock; the process that decodes bounds its own work more tightly
_REBUILDER = "articles.media.rebuild_picture"
# What iPhones and newer programs write: ISO/IEC 23008-12, by the brand of its first box.
_OF_PHONES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
FORMATS = ("JPEG", "PNG", "WEBP")  # whose heads are read here; they are decoded elsewhere
WIDTHS = (480, 960, 1600)  # of the renditions that readers' browsers choose from
CARD = (720, 480)
RENDITIONS = "renditions"  # their place in the desk's own folder


class KeptFile(TypedDict):
    """A file in the desk's own folder, and what it is known again by."""

    file: str  # its name there
    digest: str  # SHA-256, in hexadecimal
    size: int  # bytes
    type: str  # a media type, or an ending in capitals: docs/record.md


class KeptRendition(TypedDict):
    width: int  # pixels
    height: int
    webp: KeptFile
    jpeg: KeptFile


class Cut(TypedDict):
    renditions: list[KeptRendition]  # the smallest first
    card: KeptRendition


def rebuild(upload: IO[bytes]) -> ContentFile[bytes]:
    """A JPEG with the same pixels and nothing else: no EXIF, GPS, comments or colour profile.

    Raises `ValidationError` for what is not a picture, and for more than
    `settings.MAX_PICTURE_PIXELS` pixels, before they are decoded.
    """
    most = settings.MAX_PICTURE_PIXELS
    try:
        written = run_limited(_REBUILDER, upload, str(most), str(SHORTEST_SIDE), patience=PATIENCE)
    except TooMuch as error:
        raise ValidationError(
            "This picture is too much to decode. Export it as JPEG, and bring that."
        ) from error
    line, _, content = written.partition(b"\n")
    told = json.loads(line)
    if refused := told.get("refused"):
        raise ValidationError(_refusal(refused, told.get("size"), most))
    return ContentFile(content, name="photo.jpg")


def _refusal(code: str, size: list[int] | None, most: int) -> str:
    measured = f" ({size[0]} × {size[1]})" if size else ""
    return {
        "unknown": "This is not a picture that we can read: use JPEG, PNG, WebP, HEIC or AVIF.",
        "damaged": "The picture is damaged and cannot be read to its end.",
        "too_large": f"The picture is too large{measured}: the desk takes up to "
        f"{most // 1_000_000} megapixels. Export it smaller and upload it again.",
        "too_small": f"The picture is too small{measured}: each side needs {SHORTEST_SIDE} pixels.",
    }[code]


def looks_like_one(file: IO[bytes]) -> bool:
    """Is this a picture, whatever its name says?"""
    file.seek(0)
    head = file.read(12)
    if head[4:8] == b"ftyp" and head[8:12] in _OF_PHONES:
        return True
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError:
        return True
    except (OSError, ValueError, SyntaxError):
        return False
    return True


def _encode(picture: Image.Image, kind: str, quality: int) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, kind, quality=quality, optimize=True, progressive=True)
    return encoded.getvalue()


def cut(file: IO[bytes], focus: tuple[float, float]) -> Cut:
    """Cut the renditions of a picture and its card around a focal point, into the desk's own folder."""
    with Image.open(file) as picture:
        picture.load()
        # No rendition is wider than its picture: a small one has its own width, once.
        widths = sorted({min(width, picture.width) for width in WIDTHS})
        sizes = [(width, max(1, round(width * picture.height / picture.width))) for width in widths]
        renditions = [rendition(picture, size) for size in sizes]
        return {"renditions": renditions, "card": rendition(picture, CARD, focus)}


def rendition(
    picture: Image.Image, size: tuple[int, int], focus: tuple[float, float] = (0.5, 0.5)
) -> KeptRendition:
    """A picture in one size, as WebP and as JPEG, with what is known of each file."""
    fitted = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=focus)
    folder = f"{RENDITIONS}/{uuid4().hex}"

    def encoded(kind: str) -> KeptFile:
        content = _encode(fitted, kind.upper(), quality=80)
        return keep(f"{folder}/{size[0]}.{kind}", content, f"image/{kind}")

    return {
        "width": size[0],
        "height": size[1],
        "webp": encoded("webp"),
        "jpeg": encoded("jpeg"),
    }


def keep(name: str, content: bytes, media_type: str) -> KeptFile:
    """Put a file into the desk's own folder; where it is, and what it is known again by."""
    digest, size = digest_of([content])
    kept = storages["default"].save(name, ContentFile(content))
    return {"file": kept, "digest": digest, "size": size, "type": media_type}
