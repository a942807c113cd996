"""What a picture's file says in words: who took it, and what it shows.

Agencies and cameras write it in one of three places, in this order of trust: XMP (Dublin Core, Photoshop,
IPTC Core with its text for those who cannot see the picture), IPTC-IIM, EXIF. Nothing else of the file is
read, and where it was taken least of all.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from PIL import Image, ImageFile, IptcImagePlugin

from .pictures import FORMATS

LONGEST = 500  # characters that are taken of each


class PictureWords(NamedTuple):
    """Empty, where the file says nothing."""

    caption: str = ""
    alt: str = ""
    credit: str = ""


# By where they are written: the names of XMP's properties, the numbers of IPTC-IIM's datasets (2:…),
# and those of EXIF's tags (ImageDescription; Artist, Copyright).
_XMP = {
    "caption": ("description", "Headline"),
    "alt": ("AltTextAccessibility",),
    "credit": ("Credit", "creator", "rights"),
}
_IIM = {"caption": (120, 105), "alt": (), "credit": (110, 80, 116)}
_EXIF = {"caption": (0x010E,), "alt": (), "credit": (0x013B, 0x8298)}


def words_of(upload: IO[bytes]) -> PictureWords:
    """Whatever the file holds: what cannot be read says nothing."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(upload, formats=FORMATS) as picture:
                places = (_xmp(picture), _iim(picture), _exif(picture))
    # What a broken file makes of its parser is the parser's own choice of error.
    except Exception:
        return PictureWords()
    finally:
        upload.seek(0)
    return PictureWords(*(_first(place.get(name, "") for place in places) for name in _XMP))


def _first(found: Iterator[str]) -> str:
    return next((text for text in found if text), "")[:LONGEST]


def _clean(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _xmp(picture: Image.Image) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        said = dict(_properties(picture.getxmp()))
    except Exception:
        return found
    for name, properties in _XMP.items():
        found[name] = _first(said.get(each, "") for each in properties)
    return found


def _properties(node: Any) -> Iterator[tuple[str, str]]:
    """Each property that has a text, whether it is one, or the first of a list or of several languages."""
    if isinstance(node, list):
        for each in node:
            yield from _properties(each)
    if isinstance(node, dict):
        for name, value in node.items():
            if text := _text_of(value):
                yield name, text
            yield from _properties(value)


def _text_of(value: Any) -> str:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return _text_of(value[0]) if value else ""
    if isinstance(value, dict):
        for key in ("Alt", "Seq", "Bag", "li", "text"):
            if key in value:
                return _text_of(value[key])
    return ""


def _iim(picture: Image.Image) -> dict[str, str]:
    assert isinstance(picture, ImageFile.ImageFile)  # noqa: S101  (`Image.open()` has just made it)
    said = IptcImagePlugin.getiptcinfo(picture) or {}
    return {name: _first(_iim_text(said.get((2, n))) for n in ns) for name, ns in _IIM.items()}


def _iim_text(value: Any) -> str:
    return _clean(value[0] if isinstance(value, list) and value else value or "")


def _exif(picture: Image.Image) -> dict[str, str]:
    said = picture.getexif()
    return {name: _first(_clean(said.get(n, "")) for n in ns) for name, ns in _EXIF.items()}
