"""Seconds of an MP4's sound as an M4A of their own, its frames and how they are decoded: nothing else is taken over.

The boxes are those of ISO/IEC 14496-12. No library under a licence that a newsroom can pass on reads them and the sound
in them (decision 22). It runs in the limited process alone, and trusts no number in the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_TABLE = 4_000_000  # samples: a day of sound has as many
# A cut of half a minute: the file may give its frames any size, and have them overlap.
MOST_BYTES, LARGEST_FRAME, LONGEST_DESCRIPTION = 8 << 20, 1 << 16, 1 << 14


class NotCut(ValueError):
    """No sound can be cut out of it; says why, in words."""


class Cut(NamedTuple):
    content: bytes
    seconds: float  # which may be less than were asked for


class Sound(NamedTuple):
    """The sound of a file: where each frame of it stands, and when it is heard."""

    timescale: int  # a second has so many
    # What is heard: somebody may have trimmed the rest away, and it is in the file all the same.
    begins: int
    ends: float
    described: bytes  # the box that says how it is decoded
    sizes: list[int]  # of each frame, in bytes
    places: list[int]  # of each frame, from the file's beginning
    lasts: list[int]  # of each frame, in the time scale


def cut_m4a(content: bytes, start: float, seconds: float) -> Cut:
    """An M4A of the frames that are heard in these seconds, as a player counts them. Raises `NotCut`."""
    try:
        sound = _sound(content)
        frames: list[bytes] = []
        lasts, at, taken = [], 0, 0
        first = sound.begins + start * sound.timescale
        last = min(first + seconds * sound.timescale, sound.ends)
        for size, place, long in zip(sound.sizes, sound.places, sound.lasts, strict=True):
            if at + long > first and at < last:
                frames.append(content[place : place + size])
                lasts.append(long)
                taken += size
                if size > LARGEST_FRAME or taken > MOST_BYTES:
                    raise NotCut("This recording is damaged: no sound is as large as it says.")
            at += long
    except (struct.error, IndexError, ValueError) as error:
        if isinstance(error, NotCut):
            raise
        raise NotCut("This recording is damaged: its parts are not where it says.") from error
    if not frames or any(not frame for frame in frames):
        raise NotCut("The recording has no sound there.")
    return Cut(_written(sound, frames, lasts), sum(lasts) / sound.timescale)


# Reading


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes that stand side by side: what each is, and where what it holds begins and ends."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, start + 8)
            head = 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise NotCut("This recording is damaged: it ends before it says.")
        yield kind, start + head, start + size
        start += size


def _inside(content: bytes, place: tuple[int, int], *path: bytes) -> tuple[int, int]:
    """Where the box stands that is named by a way through boxes in boxes."""
    for wanted in path:
        found = [(a, z) for kind, a, z in _boxes(content, *place) if kind == wanted]
        if not found:
            raise NotCut("This recording is laid out in a way that cannot be cut.")
        place = found[0]
    return place


def _sound(content: bytes) -> Sound:
    moov = _inside(content, (0, len(content)), b"moov")
    for kind, *track in _boxes(content, *moov):
        media = (track[0], track[1])
        if kind != b"trak":
            continue
        mdia = _inside(content, media, b"mdia")
        handler, _ = _inside(content, mdia, b"hdlr")
        if content[handler + 8 : handler + 12] == b"soun":
            scale = _timescale(content, _inside(content, moov, b"mvhd")[0])
            return _track(content, media, mdia, scale)
    raise NotCut("There is no sound in this file.")


def _timescale(content: bytes, header: int) -> int:
    (timescale,) = struct.unpack_from(">I", content, header + (20 if content[header] else 12))
    return int(timescale)


def _track(
    content: bytes, track: tuple[int, int], mdia: tuple[int, int], movie_scale: int
) -> Sound:
    timescale = _timescale(content, _inside(content, mdia, b"mdhd")[0])
    table = _inside(content, mdia, b"minf", b"stbl")
    described = content[slice(*_inside(content, table, b"stsd"))]
    sizes = _sizes(content, _inside(content, table, b"stsz")[0])
    if not (timescale and sizes):
        raise NotCut("This recording is laid out in fragments: save it once more, as M4A or MP3.")
    if len(described) > LONGEST_DESCRIPTION:
        raise NotCut("This recording is laid out in a way that cannot be cut.")
    lasts = _runs(content, _inside(content, table, b"stts")[0], len(sizes))
    begins, long = _edit(content, track)
    ends = begins + long * timescale / movie_scale if long else sum(lasts)
    return Sound(timescale, begins, ends, described, sizes, _places(content, table, sizes), lasts)


def _edit(content: bytes, track: tuple[int, int]) -> tuple[int, int]:
    """Where a player begins, in the time scale of the sound, and how long it plays, in that of the file.

    What lies outside was trimmed away, or is what an encoder begins with. 0 for all of it.
    """
    kinds = {kind: (a, z) for kind, a, z in _boxes(content, *track)}
    if b"edts" not in kinds:
        return 0, 0
    at, _ = _inside(content, kinds[b"edts"], b"elst")
    wide = content[at] == 1
    edits = _counted(content, at + 4)
    long, begins, rate = struct.unpack_from(">QqI" if wide else ">IiI", content, at + 8)
    if edits != 1 or begins < 0 or rate != 0x10000:
        raise NotCut("This recording was edited in a way that cannot be cut: save it once more.")
    return begins, long


def _counted(content: bytes, at: int) -> int:
    """How many rows a table has, which are no more than there may be."""
    (count,) = struct.unpack_from(">I", content, at)
    if count > LONGEST_TABLE:
        raise NotCut("This recording is damaged: it says that it is longer than a day.")
    return int(count)


def _sizes(content: bytes, at: int) -> list[int]:
    (each,) = struct.unpack_from(">I", content, at + 4)
    count = _counted(content, at + 8)
    return [each] * count if each else list(struct.unpack_from(f">{count}I", content, at + 12))


def _runs(content: bytes, at: int, wanted: int) -> list[int]:
    """How long each frame is: written as runs of frames of one length."""
    lasts: list[int] = []
    for row in range(_counted(content, at + 4)):
        count, long = struct.unpack_from(">II", content, at + 8 + 8 * row)
        lasts += [long] * min(count, wanted - len(lasts))
    return lasts


def _places(content: bytes, table: tuple[int, int], sizes: list[int]) -> list[int]:
    """Where each frame stands: frames follow each other in chunks, and chunks have places."""
    kinds = {kind: at for kind, at, _ in _boxes(content, *table)}
    wide = b"co64" in kinds
    at = kinds[b"co64"] if wide else _inside(content, table, b"stco")[0]
    count = _counted(content, at + 4)
    chunks = struct.unpack_from(f">{count}{'Q' if wide else 'I'}", content, at + 8)
    at = _inside(content, table, b"stsc")[0]
    rows = [
        struct.unpack_from(">III", content, at + 8 + 12 * row)[:2]
        for row in range(_counted(content, at + 4))
    ]
    places: list[int] = []
    for number, (first, frames) in enumerate(rows):
        until = rows[number + 1][0] if number + 1 < len(rows) else len(chunks) + 1
        for chunk in chunks[first - 1 : until - 1]:
            place = chunk
            for size in sizes[len(places) : len(places) + frames]:
                places.append(place)
                place += size
    return places


# Writing

# What every box of a kind holds where nothing is to be said: the matrix of a picture that is not turned.
_UNTURNED = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4  # the language


def _box(kind: bytes, *holds: bytes) -> bytes:
    content = b"".join(holds)
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _full(kind: bytes, flags: int, *holds: bytes) -> bytes:
    return _box(kind, struct.pack(">I", flags), *holds)


def _written(sound: Sound, frames: list[bytes], lasts: list[int]) -> bytes:
    # Nobody is told when it was made: the times of the boxes are the year 1904.
    long = sum(lasts)
    began = _box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42isom")
    movie = struct.pack(">IIIIIHxx8x", 0, 0, sound.timescale, long, 0x10000, 0x100)
    track = struct.pack(">IIIII8xHHHxx", 0, 0, 1, 0, long, 0, 0, 0x100)
    media = struct.pack(">IIIIHxx", 0, 0, sound.timescale, long, _UNDETERMINED)
    spans = list(_spans(lasts))

    def head(place: int) -> bytes:
        """All but the frames, which begin at a place."""
        table = _box(
            b"stbl",
            _box(b"stsd", sound.described),
            _full(
                b"stts", 0, struct.pack(">I", len(spans)), *(struct.pack(">II", *x) for x in spans)
            ),
            _full(b"stsc", 0, struct.pack(">IIII", 1, 1, len(frames), 1)),
            _full(b"stsz", 0, struct.pack(f">II{len(frames)}I", 0, len(frames), *map(len, frames))),
            _full(b"stco", 0, struct.pack(">II", 1, place)),
        )
        stands = _box(b"dinf", _full(b"dref", 0, struct.pack(">I", 1), _full(b"url ", 1)))
        minf = _box(b"minf", _full(b"smhd", 0, bytes(4)), stands, table)
        called = _full(b"hdlr", 0, bytes(4), b"soun", bytes(13))
        mdia = _box(b"mdia", _full(b"mdhd", 0, media), called, minf)
        trak = _box(b"trak", _full(b"tkhd", 7, track, _UNTURNED, bytes(8)), mdia)
        mvhd = _full(b"mvhd", 0, movie, _UNTURNED, bytes(24), struct.pack(">I", 2))
        return began + _box(b"moov", mvhd, trak)

    place = len(head(0)) + 8
    return head(place) + _box(b"mdat", *frames)


def _spans(lasts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of frames of one length."""
    count, before = 0, 0
    for long in lasts:
        if count and long != before:
            yield count, before
            count = 0
        count, before = count + 1, long
    yield count, before
