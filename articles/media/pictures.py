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
from PIL import Image, ImageCms, ImageMath, ImageOps

from sources.limited import TooMuch, run_limited

from .storage import digest_of

# Pillow knows dozens of formats, and what comes from outside need not reach all of their decoders.
FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE, SHORTEST_SIDE = 3200, 32  # pixels kept of an upload, and needed of it
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
    picture = _open(_decoded(upload) if _is_of_a_phone(upload) else upload)
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError("The picture is damaged and cannot be read to its end.") from error
    # Turned upright and into sRGB first: what says how goes with the rest.
    picture = _on_white(_in_srgb(ImageOps.exif_transpose(picture)))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # From its bytes: a copy would keep `info`, of which Pillow writes comments into the new file.
    pixels = Image.frombytes("RGB", picture.size, picture.tobytes())
    return ContentFile(_encode(pixels, "JPEG", quality=90), name="photo.jpg")


# What iPhones and newer programs write: ISO/IEC 23008-12, by the brand of its first box.
_OF_PHONES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
PATIENCE = 60  # seconds of the clock; the process that decodes bounds its own work more tightly


def _is_of_a_phone(upload: IO[bytes]) -> bool:
    upload.seek(0)
    head = upload.read(12)
    return head[4:8] == b"ftyp" and head[8:12] in _OF_PHONES


def _decoded(upload: IO[bytes]) -> IO[bytes]:
    """A HEIC or AVIF picture as a JPEG. Raises `ValidationError`."""
    limit = settings.MAX_PICTURE_PIXELS
    try:
        written = run_limited(
            "articles.media.decode_picture", upload, str(limit), patience=PATIENCE
        )
    except TooMuch as error:
        raise ValidationError(
            "This picture is too much to decode. Export it as JPEG, and bring that."
        ) from error
    line, _, content = written.partition(b"\n")
    told = json.loads(line)
    if told.get("refused") == "too_large":
        raise ValidationError(_too_large(limit, *told["size"]))
    if "refused" in told:
        raise ValidationError("This HEIC or AVIF picture is damaged. Export it as JPEG.")
    return BytesIO(content)


def looks_like_one(file: IO[bytes]) -> bool:
    """Is this a picture, whatever its name says?"""
    if _is_of_a_phone(file):
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


def _open(upload: IO[bytes]) -> Image.Image:
    upload.seek(0)
    limit = settings.MAX_PICTURE_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            # Reads the head alone: nothing is decoded before its size is known. Pillow warns at a
            # size of its own and refuses twice that; ours is the limit that counts.
            picture: Image.Image = Image.open(upload, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ValidationError(_too_large(limit)) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            "This is not a picture that we can read: use JPEG, PNG, WebP, HEIC or AVIF."
        ) from error
    if picture.width * picture.height > limit:
        raise ValidationError(_too_large(limit, picture.width, picture.height))
    if min(picture.size) < SHORTEST_SIDE:
        raise ValidationError(
            f"The picture is too small ({picture.width} × {picture.height}): each side needs "
            f"{SHORTEST_SIDE} pixels."
        )
    return picture


def _too_large(limit: int, width: int = 0, height: int = 0) -> str:
    size = f" ({width} × {height})" if width else ""
    return (
        f"The picture is too large{size}: the desk takes up to {limit // 1_000_000} megapixels. "
        "Export it smaller and upload it again."
    )


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        return (
            ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            or picture
        )
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile says nothing about the pixels


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey, which convert() would cut off
        grey = picture.convert("I")
        hidden = picture.info.get("transparency")
        picture = grey.point(lambda grey: grey * (1 / 257)).convert("L")
        if isinstance(hidden, int):  # the one grey that is not to be seen
            shown = ImageMath.lambda_eval(
                lambda each: each["convert"]((each["grey"] != hidden) * 255, "L"), grey=grey
            )
            picture = Image.composite(picture, Image.new("L", picture.size, "white"), shown)
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    page = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(page, picture).convert("RGB")


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
