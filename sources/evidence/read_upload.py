"""Reads a file of an interview, in a process of its own: `python -m sources.evidence.read_upload < call.m4a`.

What is written is JSON: its `kind`, the `duration` in seconds, the `contents` of a transcript; or why it is `refused`.
With `document` or `table`, and the language of the newsroom behind it, it is read as one, by its pages or rows.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO

from PIL import Image
from tinytag import TinyTag, TinyTagException

from sources.evidence.documents import Refused, read_document
from sources.limited import limit_this_process
from sources.transcripts.reading import read_transcript
from sources.transcripts.transcript import NotATranscript

MEMORY, SECONDS = 2 << 30, 30  # bytes of address space, seconds of processor

# By what stands at a place of the file: pictures, what plays in every browser, and what does not.
_PICTURES = ((0, b"\xff\xd8\xff"), (0, b"\x89PNG\r\n\x1a\n"), (8, b"WEBP"))
_PLAYED = ((0, b"ID3"), (0, b"fLaC"), (0, b"OggS"), (8, b"WAVE"), (4, b"ftyp"))
_MP3 = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")  # without a tag before its first frame
_SAVE_AS = "Save it as M4A or MP3, and bring that."
_UNPLAYED = (
    (
        0,
        b"\x1a\x45\xdf\xa3",
        f"This is WebM or Matroska, which not every browser plays. {_SAVE_AS}",
    ),
    (0, b"0&\xb2u", f"This is Windows Media, which no browser plays. {_SAVE_AS}"),
    (8, b"AIFF", f"This is AIFF, which not every browser plays. {_SAVE_AS}"),
    (0, b"#!AMR", f"This is AMR, which no browser plays. {_SAVE_AS}"),
    (0, b"caff", f"This is Core Audio, which not every browser plays. {_SAVE_AS}"),
    (8, b"AVI ", f"This is AVI, which no browser plays. {_SAVE_AS}"),
)
_HEIF = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def main() -> None:
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    is_document = sys.argv[1:] != []
    try:
        if is_document:
            kind, language = sys.argv[1:3]
            told = read_document(sys.stdin.buffer, is_table=kind == "table", language=language)
        else:
            told = read(sys.stdin.buffer)
    except (Refused, NotATranscript) as refusal:
        told = {"refused": str(refusal)}
    json.dump(told, sys.stdout, ensure_ascii=True)


def read(file: BinaryIO) -> dict[str, Any]:
    """Raises `Refused` or `NotATranscript`."""
    head = file.read(64)
    file.seek(0)
    for at, mark, refusal in _UNPLAYED:
        if head.startswith(mark, at):
            raise Refused(refusal)
    if head.startswith(b"ftyp", 4) and head[8:12] in _HEIF:
        raise Refused("This is a HEIC or AVIF picture. Export it as JPEG, and bring that.")
    if _begins_with(head, _PICTURES):
        return _picture(file)
    if _begins_with(head, _PLAYED) or head.startswith(_MP3):
        return {"kind": "recording", "duration": _duration(file)}
    transcript = read_transcript(file.read())
    # Text without times is what somebody wrote down, until its bringer says that a machine did.
    is_timed = any(each.start is not None for each in transcript.segments)
    return {
        "kind": "transcript" if is_timed else "notes",
        "duration": transcript.duration,
        "contents": transcript.as_data(),
    }


def _begins_with(head: bytes, marks: Iterable[tuple[int, bytes]]) -> bool:
    return any(head.startswith(mark, at) for at, mark in marks)


def _picture(file: BinaryIO) -> dict[str, Any]:
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as picture:
            picture.verify()
    except Exception as error:  # a parser's own choice, for a broken file
        raise Refused("This picture is damaged: export it once more, and bring that.") from error
    return {"kind": "picture", "duration": None}


def _duration(file: BinaryIO) -> float:
    try:
        heard = TinyTag.get(file_obj=file, tags=False)
    except Exception as error:  # as above
        wrong = "damaged" if isinstance(error, TinyTagException) else "not to be read"
        raise Refused(
            f"This recording is {wrong}: it begins like one, and nothing can be played. Export it once more."
        ) from error
    if not heard.duration:
        raise Refused("There is no sound in this file: it begins like a recording, and is none.")
    return round(heard.duration, 1)


if __name__ == "__main__":
    main()
