"""A file that somebody brings is read as the transcript that it is, or refused in words."""

from __future__ import annotations

import codecs
import json
import unicodedata

from .documents import text_of_docx
from .plain_text import read_plain_text
from .programs import read_program
from .timed_text import is_timed_text, read_timed_text
from .transcript import NotATranscript, Transcript

LARGEST = 48 << 20  # bytes
_OTHERS = {
    b"%PDF": "This is a PDF. Export the transcript as text, .docx or subtitles.",
    b"\xff\xd8\xff": "This is a photo. Bring photos of notes as photos.",
    b"\x89PNG": "This is a picture. Bring photos of notes as photos.",
    b"ID3": "This is a recording. Bring it as one; a transcript is text.",
    b"RIFF": "This is a recording. Bring it as one; a transcript is text.",
    b"OggS": "This is a recording. Bring it as one; a transcript is text.",
    b"\xd0\xcf\x11\xe0": "This is an old Word document. Save it anew as .docx.",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_transcript(content: bytes) -> Transcript:
    """Raises `NotATranscript`, which says what it is instead, or what to do."""
    if not content.strip(b"\x00\r\n\t "):
        raise NotATranscript("This file is empty: there is nothing in it to read.")
    if len(content) > LARGEST:
        raise NotATranscript(f"This file is larger than {LARGEST >> 20} MB: no transcript is.")
    for beginning, words in _OTHERS.items():
        if content.startswith(beginning):
            raise NotATranscript(words)
    if content.startswith(b"PK\x03\x04"):
        return read_plain_text(text_of_docx(content))
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n ")
    if text[:300].lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise NotATranscript(
            "This is a web page and no transcript. Perhaps you were asked to log in first."
        )
    if text.startswith(("{", "[")) and (program := _as_json(text)) is not None:
        return read_program(program)
    return read_timed_text(text) if is_timed_text(text) else read_plain_text(text)


def decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").replace("\x00", "")
    # UTF-16 without its mark: every other byte of Latin text is 0.
    for encoding, odd in (("utf-16-le", 1), ("utf-16-be", 0)):
        if content[odd:2000:2].count(0) > 0.7 * len(content[odd:2000:2]):
            return content.decode(encoding, "replace").replace("\x00", "")
    bare = content.replace(b"\x00", b"")
    try:
        text = bare.decode()
    except UnicodeDecodeError:
        text = bare.decode("cp1252", "replace")
    controls = sum(
        unicodedata.category(each) == "Cc" and each not in "\r\n\t\x0c" for each in text[:5000]
    )
    if controls > 0.05 * min(len(text), 5000):
        raise NotATranscript("This file is no text: no words can be read in it.")
    return text


def _as_json(text: str) -> object | None:
    """None where it is a text that only begins like one: “[00:00:01] - Mara Quill”."""
    try:
        told: object = json.loads(text)
    except RecursionError as error:
        raise NotATranscript(
            "This JSON is nested without end: no program writes a transcript so."
        ) from error
    except ValueError as error:
        if text.startswith("{") or text[1:].lstrip().startswith(("{", "[")):
            raise NotATranscript(
                "This JSON is cut off or damaged: export the transcript once more."
            ) from error
        return None
    return told
