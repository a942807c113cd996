"""Videos: the size of their picture and how it is coded, as the boxes of an MP4 file (ISO/IEC 14496-12) say it."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import ValidationError

MOST_BOXES = 1000  # looked at inside another one; films have a few
# As the registry of MP4 names them (mp4ra.org): H.264, AV1 and VP9, which every browser of today plays.
PLAYED = frozenset((b"avc1", b"avc3", b"av01", b"vp09"))
_NOT_PLAYED = {
    **dict.fromkeys((b"hvc1", b"hev1"), "HEVC (H.265)"),
    **dict.fromkeys((b"dvh1", b"dvhe"), "Dolby Vision"),
    **dict.fromkeys((b"apch", b"apcn", b"apcs", b"apco", b"ap4h", b"ap4x"), "ProRes"),
    b"mp4v": "MPEG-4 Part 2",
    b"mjpa": "Motion JPEG",
    b"jpeg": "Motion JPEG",
}
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
    size, coding = sizes[0]
    if coding not in PLAYED:
        named = _NOT_PLAYED.get(coding) or f"“{coding.decode('latin-1').strip()}”"
        raise ValidationError(
            f"This video is coded as {named}, which not every browser plays. Export it as H.264."
        )
    return size


def _frame_sizes(file: IO[bytes], end: int) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Of the tracks that have a picture, with the four letters of how it is coded."""
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
                    coding = next(_codings(file, track), b"")
                    yield size[::-1] if lies_on_its_side else size, coding


def _codings(file: IO[bytes], track: tuple[int, int]) -> Iterator[bytes]:
    """The kinds of a track's sample entries."""
    within = [track]
    for kind in (b"mdia", b"minf", b"stbl", b"stsd"):
        within = [inside for outer in within for inside in _boxes(file, kind, *outer)]
    for start, stop in within:
        # Behind version, flags and the number of entries: the first entry, which is a box.
        if stop - start >= 16:
            file.seek(start + 12)
            yield file.read(4)


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
