"""A video says how large its picture is before a byte of it is shown."""

import struct
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from articles.media.videos import frame_size
from tests.factories import make_box, make_pdf, make_video

LETTER = Path(__file__).parents[2] / "newsroom" / "demo" / "files" / "last-letter.mp4"


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (make_video(), (320, 180)),
        (make_video(is_turned=True), (180, 320)),
        (LETTER.read_bytes(), (480, 270)),
    ],
)
def test_a_video_says_how_large_its_picture_is(content, size):
    assert frame_size(BytesIO(content)) == size


@pytest.mark.parametrize(
    ("coding", "named"),
    [
        (b"hvc1", "HEVC (H.265)"),
        (b"hev1", "HEVC (H.265)"),
        (b"apch", "ProRes"),
        (b"mp4v", "MPEG-4 Part 2"),
        (b"zzzz", "“zzzz”"),
    ],
)
def test_what_not_every_browser_plays_is_refused_by_its_name(coding, named):
    with pytest.raises(ValidationError) as refused:
        frame_size(BytesIO(make_video(coding=coding)))
    assert f"coded as {named}, which not every browser plays" in refused.value.messages[0]


@pytest.mark.parametrize("coding", [b"avc1", b"avc3", b"av01", b"vp09"])
def test_what_every_browser_plays_is_taken(coding):
    assert frame_size(BytesIO(make_video(coding=coding))) == (320, 180)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        make_pdf(),
        make_video()[:-30],
        make_box(b"ftyp", b"isom"),
        make_box(b"ftyp") + make_box(b"moov", make_box(b"trak", make_box(b"tkhd", bytes(8)))),
        make_box(b"ftyp") + struct.pack(">I4s", 4, b"moov") * 9,
        make_video(0, 180),
    ],
)
def test_what_is_no_video_is_refused(content):
    with pytest.raises(ValidationError, match="no MP4 video"):
        frame_size(BytesIO(content))
