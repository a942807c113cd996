"""Videos: the size of their picture, as the boxes of an MP4 file (ISO/IEC 14496-12) say it."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import ValidationError

MOST_BOXES = 1000  # looked at inside another one; films have a few
_REFUSAL = "This is no MP4 video, or a damaged one: browsers could not play it. Export it again."


def frame_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height of an MP4's picture, as it is shown. Raises `ValidationError` for no MP4."""
    end = file.seek(0, os.SEEK_END)
    file.seek(4)
    # The kind of the first box, behind the four bytes of its length.
    is_mp4 = file.read(4) == b"ftyp"
    try:
        sizes = list(_frame_sizes(file, end)) if is_mp4 else []
    except struct.error as error:
        raise ValidationError(_REFUSAL) from error
    if not sizes:
        raise ValidationError(_REFUSAL)
    return sizes[0]


def _frame_sizes(file: IO[bytes], end: int) -> Iterator[tuple[int, int]]:
    """Of the tracks that have a picture."""
    for movie in _boxes(file, b"moov", 0, end):
        for track in _boxes(file, b"trak", *movie):
            for start, stop in _boxes(file, b"tkhd", *track):
                # From the end, since the times before take 4 or 8 bytes, by the version: a matrix
                # of nine numbers, then width and height in 16.16 fixed point.
                file.seek(max(start, stop - 44))
                a, _b, _u, _c, d, *_rest, width, height = struct.unpack(">11i", file.read(44))
                size = (width >> 16, height >> 16)
                lies_on_its_side = a == d == 0
                if min(size) > 0:
                    yield size[::-1] if lies_on_its_side else size


def _boxes(file: IO[bytes], wanted: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the insides of the boxes of a kind begin and end. Raises `struct.error` for no boxes."""
    for _ in range(MOST_BOXES):
        if start == end:
            return
        file.seek(start)
        length, kind = struct.unpack(">I4s", file.read(8))
        inside = start + 8
        if length == 1:  # it is longer than four bytes can say
            (length,) = struct.unpack(">Q", file.read(8))
            inside += 8
        # Length 0 says that it goes on to the end.
        stop = start + length if length else end
        # A box that ended before its own head would be read for ever.
        if not inside <= stop <= end:
            raise struct.error
        if kind == wanted:
            yield inside, stop
        start = stop
