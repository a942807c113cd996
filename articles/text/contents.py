"""What a version says, as its proof has it: the members of its content and their shapes.

`docs/record.md` describes them for others. They hold codes and never words of a language, and of photos
and files what they are known again by.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from sources.positions import Position


class FileTold(TypedDict):
    name: str  # of the public file
    digest: str  # SHA-256, in hexadecimal
    size: int  # bytes
    type: str


class RenditionTold(TypedDict):
    width: int  # pixels
    height: int
    webp: FileTold
    jpeg: FileTold


class PhotoTold(TypedDict):
    alt: str
    caption: str
    credit: str
    width: int  # of the whole picture, in pixels
    height: int
    renditions: list[RenditionTold]  # the smallest first
    card: RenditionTold


class NotebookFileTold(FileTold):
    """With what can be shown of the file before it is opened."""

    pages: NotRequired[int]
    first_page: NotRequired[RenditionTold]
    width: NotRequired[int]
    height: NotRequired[int]
    table: NotRequired[dict[str, object]]


class SectionTold(TypedDict):
    name: str
    slug: str


class BylineTold(TypedDict):
    name: str
    slug: str
    role: str  # a code of `Byline.Role`


class SourceTold(TypedDict):
    key: str  # "s1", "s2" …: known by nothing that the desk knows them by
    named: bool
    kind: str
    name: str  # or the agreed description
    positions: list[Position]
    authorization: str
    reason: str  # why they are not named
    entry: int | None  # of a document: which of the notebook's it is, from 1


class InterviewTold(TypedDict):
    key: str
    source: str
    # Of an anonymous source the month alone: decision 4.
    how: str  # empty, if it would help to find somebody out
    held: str  # a day, or a month


class HowKnown(TypedDict):
    basis: str  # how the words were heard: "recording", "notes", "written", or ""
    # Against what: "recording", "document", "transcript", "notes", "source"; of somebody unnamed "kept"; or "".
    checked: str
    page: int | None  # of the document in which they stand
    row: int | None


class QuotationTold(HowKnown):
    key: str  # by which the body's marks name it
    source: str
    interview: str
    edited: bool  # were words of it left out, or put in?


class FactTold(TypedDict):
    """Words of the reporter's own that a document backs."""

    key: str  # by which the body's marks name it
    source: str
    interview: str
    page: int | None
    row: int | None


class ExhibitTold(TypedDict):
    """Evidence itself, beside a quotation: of what it is not, its members are empty."""

    quotation: str
    kind: str  # "passage" or "sound"
    before: str
    passage: str
    after: str
    start: int | None  # whole seconds from the recording's beginning
    seconds: int | None
    file: FileTold | None


class CommentRequestTold(TypedDict):
    asked: str
    about: str
    outcome: str
    answer: str


class NotebookEntryTold(TypedDict):
    kind: str
    title: str
    url: str
    note: str
    file: NotebookFileTold | None
