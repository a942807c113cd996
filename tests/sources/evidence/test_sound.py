"""Seconds of a recording are cut out as a file of their own, which says nothing but what is heard."""

import io
import struct
import wave
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from tinytag import TinyTag

from sources.evidence.m4a import NotCut, cut_m4a
from sources.evidence.sound import cut
from tests.conftest import THOROUGH
from tests.sources.evidence.test_bringing import SPOKEN

STEP = 1 if THOROUGH else 7  # words of the tables


def stepped(seconds=4, rate=8000):
    """A WAV that has another level in each second: 1,000 in the first, 2,000 in the next."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        for second in range(1, seconds + 1):
            sound.writeframes(struct.pack("<h", 1000 * second) * rate)
    return kept.getvalue()


def recording(content):
    return SimpleNamespace(file=SimpleNamespace(open=lambda mode: io.BytesIO(content)))


def test_a_wav_is_cut_where_it_is_asked_for():
    found = cut(recording(stepped()), 1, 2)
    assert (found.suffix, found.type) == (".wav", "audio/wav")
    with wave.open(io.BytesIO(found.content)) as sound:
        assert sound.getnframes() / sound.getframerate() == 2
        levels = struct.unpack(f"<{sound.getnframes()}h", sound.readframes(-1))
    assert levels[2000] == pytest.approx(2000, abs=2)
    assert levels[-2000] == pytest.approx(3000, abs=2)


def test_an_m4a_is_cut_by_its_frames_and_says_nothing_of_where_it_is_from():
    tagged = SPOKEN.replace(b"isom", b"iSOM", 1)
    found = cut(recording(tagged), 3, 5)
    assert (found.suffix, found.type) == (".m4a", "audio/mp4")
    heard = TinyTag.get(file_obj=io.BytesIO(found.content))
    assert heard.duration == pytest.approx(5, abs=0.1)
    assert TinyTag.get(file_obj=io.BytesIO(SPOKEN)).duration == pytest.approx(31.9, abs=0.1)
    # Its frames stand in the recording, one behind the other; nothing else of it does.
    frames = found.content[found.content.index(b"mdat") + 4 :]
    assert frames in SPOKEN
    for told in (b"udta", b"meta", b"iSOM"):
        assert told not in found.content
    assert b"udta" in SPOKEN  # what was left out was there


@pytest.mark.parametrize(
    ("content", "start", "says"),
    [
        (SPOKEN, 60, "no sound there"),
        (SPOKEN[:5000], 1, "ends before it says"),
        (stepped(), 9, "no sound there"),
        (b"OggS" + b"\0" * 400, 0, "Save it as M4A or MP3"),
        (SPOKEN.replace(b"soun", b"vide"), 1, "no sound in this file"),
        (SPOKEN.replace(b"stsc", b"free"), 1, "cannot be cut"),
        (SPOKEN.replace(b"moov", b"free"), 1, "cannot be cut"),
    ],
)
def test_what_cannot_be_cut_is_told_in_words(content, start, says):
    with pytest.raises(ValidationError, match=says):
        cut(recording(content), start, 5)


def test_no_number_of_a_broken_file_is_trusted():
    """Every word of its tables, made as large or as small as it can be, is answered by words or by sound."""
    begins = SPOKEN.index(b"moov")
    [long] = struct.unpack_from(">I", SPOKEN, begins - 4)
    for at in range(begins, begins + long - 4, 4 * STEP):
        for number in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF):
            broken = SPOKEN[:at] + struct.pack(">I", number) + SPOKEN[at + 4 :]
            try:
                assert cut_m4a(broken, 1, 2).content
            except NotCut:
                continue


def with_edit(*edits):
    """The recording, its edit list replaced: how long, from where, at which rate."""
    at = SPOKEN.index(b"elst")
    count, long, begins, rate = struct.unpack_from(">IIiI", SPOKEN, at + 8)
    [(long, begins, rate)] = edits or [(long, begins, rate)]
    return SPOKEN[: at + 8] + struct.pack(">IIiI", count, long, begins, rate) + SPOKEN[at + 24 :]


def test_what_was_trimmed_away_is_not_heard():
    """A player begins where the edit list says, and so does a cut: what lies before was taken away by somebody."""
    rate = 22050
    trimmed = with_edit((20_000, 10 * rate, 0x10000))
    assert frames_of(trimmed, 2, 3) == frames_of(SPOKEN, 12 - 1024 / rate, 3)
    assert frames_of(trimmed, 2, 3) != frames_of(SPOKEN, 2, 3)
    for edit in ((20_000, -1, 0x10000), (20_000, 0, 0x20000)):
        with pytest.raises(NotCut, match="edited in a way"):
            cut_m4a(with_edit(edit), 1, 2)


def frames_of(content, start, seconds):
    cut_out = cut_m4a(content, start, seconds).content
    return cut_out[cut_out.index(b"mdat") + 4 :]


def test_a_small_file_does_not_become_a_large_one():
    at = SPOKEN.index(b"stsz")
    every = SPOKEN[: at + 8] + struct.pack(">I", 60_000) + SPOKEN[at + 12 :]
    with pytest.raises(NotCut, match="as large as it says"):
        cut_m4a(every, 0, 30)


def test_the_head_of_its_track_is_as_long_as_the_standard_has_it():
    content = cut_m4a(SPOKEN, 3, 5).content
    at = content.index(b"tkhd")
    assert struct.unpack_from(">I", content, at - 4) == (92,)
    assert content[at + 4 + 36 : at + 4 + 38] == b"\x01\x00"  # the volume


def test_a_cut_says_how_long_it_is_where_the_recording_ends():
    assert cut(recording(stepped()), 3, 20).seconds == pytest.approx(1, abs=0.01)
    assert cut(recording(SPOKEN), 30, 20).seconds == pytest.approx(1.9, abs=0.1)
