"""Decodes a HEIC or AVIF picture, in a process of its own: `python -m articles.media.decode_picture 60000000 < a.heic`.

Their decoders are large and young; here they take down nothing but themselves. What is written: a line of JSON, and then
the picture as a JPEG without anything else; or why it is `refused`: damaged, too_large (with its size), or another.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO

import pi_heif
from PIL import Image, ImageOps

from sources.limited import limit_this_process

MEMORY, SECONDS = 2 << 30, 30  # bytes of address space, seconds of processor
LONGEST_SIDE = 3200  # pixels that are kept


def main() -> None:
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    most_pixels = int(sys.argv[1])
    pi_heif.register_heif_opener()
    try:
        # The head alone: nothing is decoded before its size is known.
        picture = Image.open(BytesIO(sys.stdin.buffer.read()), formats=("HEIF", "AVIF"))
        if picture.width * picture.height > most_pixels:
            _write({"refused": "too_large", "size": picture.size})
            return
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        kept = BytesIO()
        # With its profile, which says what its colours mean; whoever asked rebuilds it from its pixels.
        profile = picture.info.get("icc_profile") or b""
        upright.convert("RGB").save(kept, "JPEG", quality=95, icc_profile=profile)
    except Exception:  # of a broken file each decoder makes an error of its own
        _write({"refused": "damaged"})
        return
    _write({"size": picture.size}, kept.getvalue())


def _write(told: dict[str, object], content: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
