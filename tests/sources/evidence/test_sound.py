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
from tests.sources.evidence.test_bringing import SPOKEN


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
    """Every number of its tables, made as large as it can be, is answered by words or by sound."""
    begins = SPOKEN.index(b"moov")
    for at in range(begins, len(SPOKEN) - 4, 4 if begins > len(SPOKEN) // 2 else 97):
        broken = SPOKEN[:at] + b"\xff\xff\xff\xff" + SPOKEN[at + 4 :]
        try:
            assert cut_m4a(broken, 1, 2)
        except NotCut:
            continue
