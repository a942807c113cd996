"""Documents as sources: the text of each page or row, so that a passage is found with its place.

It runs in the limited process alone (`read_upload.py`): PDFium is not made for threads, and a PDF from outside may crash it.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from typing import Any, BinaryIO

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_ERR_PASSWORD

from sources.encodings import NoText, encoding_of
from sources.transcripts.documents import text_of_docx
from sources.transcripts.reading import decoded
from sources.transcripts.transcript import Segment, Transcript, words_of

MOST_PAGES, MOST_ROWS = 3000, 100_000
LONGEST_CELL = 1 << 20  # characters
# A word that a line's end parts: PDFium writes one of these for its hyphen.
_PARTED = re.compile("[\x02\ufffe]\\s*")
_DELIMITERS = "\t;,|"


class Refused(Exception):
    """It cannot be taken; says why, and what to do."""


def read_document(file: BinaryIO, *, is_table: bool, language: str) -> dict[str, Any]:
    """In a newsroom of a language. Raises `Refused`, or `NotATranscript` where it is no text."""
    content = file.read()
    if not content.strip(b"\x00\r\n\t "):
        raise Refused("This file is empty: there is nothing in it to read.")
    if content.startswith((b"ID3", b"OggS", b"fLaC")) or content[4:8] == b"ftyp":
        raise Refused("This is a recording or a video, and no document.")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG")) or content[8:12] == b"WEBP":
        return _told([], unread=["This is a picture: no words can be looked for in it."])
    if content.startswith(b"%PDF"):
        return _pages(content)
    if content.startswith(b"PK\x03\x04"):
        if _is_spreadsheet(content):
            raise Refused("This is a spreadsheet. Save the sheet as CSV, and bring that.")
        return _told((None, text) for text in text_of_docx(content).split("\n\n"))
    if is_table:
        return _told(_rows(_table_text(content, language)), "rows")
    return _told((None, paragraph) for paragraph in re.split(r"\n\s*\n", decoded(content)))


def _table_text(content: bytes, language: str) -> str:
    try:
        written = encoding_of(BytesIO(content), language)
    except NoText as error:
        raise Refused(
            "This is no table of text. Save it as CSV in UTF-8, and bring that."
        ) from error
    return content.decode(written.encoding, "replace")


def _is_spreadsheet(content: bytes) -> bool:
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return False
    return (
        any(name.startswith("xl/") for name in names)
        or b"opendocument.spreadsheet" in content[:200]
    )


def _told(
    passages: Iterable[tuple[int | None, str]], places: str = "", unread: Iterable[str] = ()
) -> dict[str, Any]:
    """Each with its page or row, those that say nothing left out."""
    said = [(place, words) for place, text in passages if (words := words_of(text))]
    segments = tuple(Segment(words) for _, words in said)
    contents = Transcript(segments, None, tuple(unread)).as_data() if segments else {}
    if places and segments:
        contents[places] = [place for place, _ in said]
    return {
        "kind": "document",
        "duration": None,
        "contents": contents,
        "is_whole": not unread,
        "warnings": list(unread),
    }


def _pages(content: bytes) -> dict[str, Any]:
    try:
        document = pdfium.PdfDocument(content)
        if len(document) > MOST_PAGES:
            raise Refused(f"This PDF has {len(document)} pages: bring the {MOST_PAGES} that count.")
        texts = [page.get_textpage().get_text_range() for page in document]
    except pdfium.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise Refused("This PDF asks for a password. Save it without one.") from error
        raise Refused("This PDF is damaged, or is no PDF: it cannot be opened.") from error
    scanned = [number for number, text in enumerate(texts, 1) if not text.strip()]
    unread = []
    if scanned:
        of_them = "Every page" if len(scanned) == len(texts) else _listed(scanned)
        unread.append(f"{of_them} is a picture of text: no words can be looked for there.")
    return _told(_paragraphs(texts), "pages", unread)


def _listed(pages: list[int]) -> str:
    first = ", ".join(map(str, pages[:8]))
    more = f" and {len(pages) - 8} more" if len(pages) > 8 else ""
    return f"Page {first}{more}"


def _paragraphs(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines that belong together: a paragraph ends with a line that ends a sentence, or before a blank one."""
    for number, text in enumerate(texts, 1):
        lines: list[str] = []
        for line in _PARTED.sub("", text).splitlines():
            lines.append(line)
            if not line.strip() or line.rstrip().endswith((".", "!", "?", ":", "؟", "。")):
                yield number, " ".join(lines)
                lines = []
        yield number, " ".join(lines)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    csv.field_size_limit(LONGEST_CELL)
    head = text[:5000]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        # `newline=""`, as the csv module asks, which reads line ends within cells itself.
        for number, cells in enumerate(
            csv.reader(StringIO(text, newline=""), delimiter=delimiter), 1
        ):
            if number > MOST_ROWS:
                raise Refused(
                    f"This table has more than {MOST_ROWS:,} rows: bring those that count."
                )
            yield number, " ".join(cell.strip() for cell in cells)
    except csv.Error as error:
        raise Refused("This table is broken: its quotation marks do not match.") from error
