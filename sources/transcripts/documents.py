"""Transcripts as .docx: its words, as they stand once every change in it is accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from .transcript import NotATranscript

LARGEST = 64 << 20  # bytes, unpacked: a day of talk has less than ten million


def text_of_docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise NotATranscript("This document unpacks to far more than any transcript has.")
        body = Document(io.BytesIO(content)).element.body
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        SyntaxError,  # of its XML
        KeyError,
        ValueError,
    ) as error:
        if isinstance(error, NotATranscript):
            raise
        raise NotATranscript(
            "This Word document is damaged, or is none: save it anew as .docx."
        ) from error
    return "\n\n".join("".join(_text(each)) for each in body.iter(qn("w:p")))


def _text(paragraph: Any) -> Iterator[str]:
    """Of all runs, also those that were put in by a change; what a change took out has other tags."""
    for part in paragraph.iter():
        if part.tag == qn("w:t"):
            yield part.text or ""
        elif part.tag == qn("w:tab"):
            yield "\t"
        elif part.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
