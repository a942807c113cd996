"""Files of an interview are read when they are brought, or refused in words; real files, in the real child process."""

import io
import json
import wave
from pathlib import Path

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from sources.evidence.bringing import bring
from sources.limited import TooMuch, run_limited
from sources.models import InterviewFile
from tests.factories import make_interview, make_source

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).parents[3] / "newsroom/demo/interviews"
SPOKEN = (DEMO / "ferry-curlew-strikes-pier.i-fairbrace.m4a").read_bytes()
VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Holt>We lost the harbour.\n"


def wav(seconds=2):
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000 * seconds)
    return kept.getvalue()


def word(text="Holt: We lost the harbour."):
    kept, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(kept)
    return kept.getvalue()


def picture(kind="PNG", size=(60, 40)):
    kept = io.BytesIO()
    Image.new("RGB", size, "white").save(kept, kind)
    return kept.getvalue()


@pytest.fixture
def interview(db):
    return make_interview(make_source(), "We lost the harbour.")


def brought(interview, content, name="call.vtt", by=None):
    return bring(SimpleUploadedFile(name, content), interview, by=by)


@pytest.mark.parametrize(
    ("name", "content", "kind", "duration"),
    [
        ("call.vtt", VTT, "transcript", 4.0),
        ("call.srt", b"1\n00:00:01,000 --> 00:00:04,000\nHOLT: It froze.\n", "transcript", 4.0),
        ("notes.txt", b"Holt: We lost the harbour.", "notes", None),
        ("notes.docx", word(), "notes", None),
        ("call.m4a", SPOKEN, "recording", 31.9),
        ("call.wav", wav(), "recording", 2.0),
        ("page.png", picture(), "picture", None),
        ("page.jpg", picture("JPEG"), "picture", None),
        ("page.webp", picture("WEBP"), "picture", None),
        # What it is stands in the file, and not in its name.
        ("call.mp3", VTT, "transcript", 4.0),
    ],
)
def test_a_file_is_kept_for_what_it_is(interview, cast, name, content, kind, duration):
    file = brought(interview, content, name, cast.reporter)
    file.refresh_from_db()
    assert (file.kind, file.name, file.size, file.brought_by) == (
        *(kind, name, len(content), cast.reporter),
    )
    assert file.duration == duration
    with file.file.open("rb") as kept:
        assert kept.read() == content
    assert bool(file.contents) == file.is_searched


DAMAGED_PICTURE = picture(size=(400, 400))[:120]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x00" * 400, "empty"),
        (b"%PDF-1.7 minutes", "a PDF"),
        (b"\x1a\x45\xdf\xa3" + b"\x00" * 90, "WebM"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 90, "HEIC"),
        (b"FORM\x00\x00\x00\x20AIFFCOMM" + b"\x00" * 90, "AIFF"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"no sound at all " * 40, "recording"),
        (SPOKEN[:60], "recording"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x07" * 12, "recording"),
        (DAMAGED_PICTURE, "damaged"),
        (b"<!DOCTYPE html><p>Log in first", "web page"),
        (b'{"segments": [{"text": "cut', "cut off"),
        (json.dumps({"segments": []}).encode(), "words"),
        (b"[" * 200_000, "JSON"),
        (VTT + b"a" * (49 << 20), "larger than"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_read_is_refused_in_words(interview, cast, content, says):
    with pytest.raises(ValidationError, match=says):
        brought(interview, content, by=cast.reporter)
    assert not InterviewFile.objects.exists()


def test_what_is_too_large_is_not_read_at_all(interview, cast, settings, monkeypatch):
    settings.MAX_INTERVIEW_FILE_SIZE = len(VTT) - 1
    monkeypatch.setattr("sources.evidence.bringing.run_limited", None)
    with pytest.raises(ValidationError, match="too large"):
        brought(interview, VTT, by=cast.reporter)


def test_the_same_file_is_brought_once(interview, cast):
    brought(interview, VTT, by=cast.reporter)
    with pytest.raises(ValidationError, match="here already"):
        brought(interview, VTT, "again.vtt", by=cast.reporter)
    another = make_interview(make_source("Bo Lind"))
    assert brought(another, VTT, by=cast.reporter).pk


def test_a_file_that_came_by_the_disk_is_read_from_there(interview, cast):
    upload = TemporaryUploadedFile("call.m4a", "audio/mp4", len(SPOKEN), None)
    upload.write(SPOKEN)
    upload.seek(0)
    assert bring(upload, interview, by=cast.reporter).size == len(SPOKEN)


def test_a_name_of_any_length_and_script_is_kept(interview, cast):
    name = "مقابلة " * 40 + ".vtt"
    file = brought(interview, VTT, name, cast.reporter)
    assert file.name.endswith(".vtt")
    assert len(file.name) <= 160
    assert file.file.storage.exists(file.file.name)


def test_twelve_hours_are_read(interview, cast):
    cues = (
        f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000 --> {at // 3600:02}:{at // 60 % 60:02}:"
        f"{at % 60:02}.900\n<v Holt>It froze on the {at}th day, and nobody came to look at it.\n"
        for at in range(0, 12 * 3600, 4)
    )
    file = brought(interview, "\n".join(["WEBVTT\n", *cues]).encode(), by=cast.reporter)
    assert file.duration > 11.99 * 3600


# The process in which they are read


def test_the_process_has_no_secret_and_its_end_is_told(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known to nobody")
    shown = run_limited("tests.sources.evidence.tells", io.BytesIO(b"environment"), patience=20)
    assert b"PATH" not in shown
    assert b"SECRET_KEY" not in shown
    for asked in (b"crash", b"memory", b"write"):
        with pytest.raises(TooMuch):
            run_limited("tests.sources.evidence.tells", io.BytesIO(asked), patience=20)
    with pytest.raises(TooMuch, match="did not end"):
        run_limited("tests.sources.evidence.tells", io.BytesIO(b"wait"), patience=2)


def test_what_is_too_much_to_read_is_told_and_nothing_is_kept(interview, cast, monkeypatch):
    monkeypatch.setattr("sources.evidence.bringing.PATIENCE", 0.01)
    with pytest.raises(ValidationError, match="too much to read"):
        brought(interview, VTT, by=cast.reporter)
    assert not InterviewFile.objects.exists()
