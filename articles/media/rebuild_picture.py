"""Rebuilds a picture from its pixels, in a process of its own: `python -m articles.media.rebuild_picture 60000000 32 < a.heic`.

What comes from outside may be made to break a decoder, or to fill the memory. Here it takes down nothing but itself. What
is written: a line of JSON, and then a JPEG with the same pixels and nothing else; or why it is `refused`: damaged, too_large
or too_small (with its size), or unknown.
"""

from __future__ import annotations

import json
import sys
import warnings
from io import BytesIO
from typing import BinaryIO

import pi_heif
from PIL import Image, ImageCms, ImageMath, ImageOps

from sources.limited import limit_this_process

MEMORY, SECONDS = 2 << 30, 30  # bytes of address space, seconds of processor
# Pillow knows dozens of formats, and what comes from outside need not reach all of their decoders.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
LONGEST_SIDE = 3200  # pixels that are kept
QUALITY = 90


class Refused(Exception):
    """Why it is: a code, and the size of the picture where that is known."""

    def __init__(self, code: str, size: tuple[int, int] | None = None) -> None:
        super().__init__(code)
        self.told: dict[str, object] = {"refused": code, **({"size": size} if size else {})}


def main() -> None:
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    pi_heif.register_heif_opener()
    try:
        most_pixels, shortest_side = map(int, sys.argv[1:3])
        picture = _open(BytesIO(sys.stdin.buffer.read()), most_pixels, shortest_side)
        _write({}, _rebuilt(picture))
    except Refused as refusal:
        _write(refusal.told)


def _open(upload: BinaryIO, most_pixels: int, shortest_side: int) -> Image.Image:
    """Reads the head alone: nothing is decoded before its size is known. Raises `Refused`."""
    try:
        with warnings.catch_warnings():
            # Pillow warns at a size of its own and refuses twice that; ours is the limit that counts.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(upload, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise Refused("too_large") from error
    except Exception as error:  # of a broken file each opener makes an error of its own
        upload.seek(4)
        raise Refused("damaged" if upload.read(4) == b"ftyp" else "unknown") from error
    if picture.width * picture.height > most_pixels:
        raise Refused("too_large", picture.size)
    if min(picture.size) < shortest_side:
        raise Refused("too_small", picture.size)
    return picture


def _rebuilt(picture: Image.Image) -> bytes:
    """A JPEG of its pixels alone: no EXIF, GPS, comments or colour profile. Raises `Refused`."""
    try:
        picture.load()
    except Exception as error:  # as above, of each decoder
        raise Refused("damaged") from error
    # Turned upright and into sRGB first: what says how goes with the rest.
    picture = _on_white(_in_srgb(ImageOps.exif_transpose(picture)))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # From its bytes: a copy would keep `info`, of which Pillow writes comments into the new file.
    pixels = Image.frombytes("RGB", picture.size, picture.tobytes())
    written = BytesIO()
    pixels.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()


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


def _write(told: dict[str, object], content: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
