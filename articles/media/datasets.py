"""Datasets: the first rows of a table of text, and how much of it there is.

It runs in the limited process alone (`read_table.py`). Files come from anywhere. What is no table, or a broken one, is shown as none, and never as a wrong one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain, islice
from typing import IO, Any, BinaryIO, cast

# What readers see of it on the notebook's page; they open the file for the rest.
SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_CHARACTERS = 6, 8, 60
DELIMITERS = "\t;,|"  # of two that fit as well as each other, the earlier
NO_DELIMITER = "\x1f"  # stands in no file that is read as text
TRIED_ROWS = 50
# In characters and in bytes: a file without line ends must not come into memory whole.
LONGEST_LINE = CHUNK = 1 << 20
# Control characters are of binary files; NUL, besides, is what PostgreSQL does not store.
_TOLD = re.compile(r"\ufeff?sep=([\t;,|])\r?\n?", re.IGNORECASE)
_PAGE = ("<!doctype", "<html", "<head", "<body", "<?xml")
_BINARY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Cells = list[str]


class NoTable(Exception):
    """The file is no table of text."""


def table(file: IO[bytes], encoding: str) -> dict[str, Any] | None:
    """The heads and first rows as they are shown, and the size of the whole without its heads."""
    with _as_text(file, encoding) as text:
        # A page that was saved under the table's name, as of a link that is gone.
        if text.read(1000).lstrip("\ufeff \t\r\n").lower().startswith(_PAGE):
            return None
        try:
            delimiter = _told_delimiter(text) or _delimiter(text)
            return _excerpt(_rows(text, delimiter))
        except (csv.Error, NoTable):
            return None


@contextmanager
def _as_text(file: IO[bytes], encoding: str) -> Iterator[TextIOWrapper]:
    file.seek(0)
    # `newline=""`, as the csv module asks, which reads line ends within cells itself.
    text = TextIOWrapper(cast(BinaryIO, file), encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        # The wrapper would close the upload with itself, and that is read again after this.
        text.detach()


def _told_delimiter(text: TextIOWrapper) -> str:
    """What Excel says in a first line of its own: “sep=;”. That line is no row (`_rows()`)."""
    text.seek(0)
    told = _TOLD.fullmatch(text.readline(LONGEST_LINE))
    return told[1] if told else ""


def _delimiter(text: TextIOWrapper) -> str:
    """What parts the cells: with it most rows have the same number of them, and more than one."""
    agreement = {each: _agreement(text, each) for each in DELIMITERS}
    best = max(DELIMITERS, key=lambda each: agreement[each] or 0)
    if (agreement[best] or 0) >= 0.5:
        return best
    # Broken by one and agreed upon by none: rather no table than a wrong one.
    if None in agreement.values():
        raise NoTable
    return NO_DELIMITER


def _agreement(text: TextIOWrapper, delimiter: str) -> float | None:
    """The share of the first rows that have the same number of cells; None if they are broken."""
    try:
        widths = Counter(map(len, islice(_rows(text, delimiter), TRIED_ROWS)))
    except csv.Error:
        return None
    agreeing = max((rows for width, rows in widths.items() if width > 1), default=0)
    return agreeing / max(1, widths.total())


def _rows(text: TextIOWrapper, delimiter: str) -> Iterator[Cells]:
    """The rows that say something. Raises `csv.Error` for quotation marks that do not match."""
    text.seek(0)
    head = text.readline(LONGEST_LINE)
    if not _TOLD.fullmatch(head):
        text.seek(0)
    lines = iter(lambda: text.readline(LONGEST_LINE), "")
    for row in csv.reader(map(_plain, lines), delimiter=delimiter, strict=True):
        if any(cell.strip().strip(DELIMITERS) for cell in row):
            yield row


def _plain(line: str) -> str:
    if len(line) == LONGEST_LINE or _BINARY.search(line):
        raise NoTable
    return line


def _excerpt(rows: Iterator[Cells]) -> dict[str, Any]:
    """Its heads, its first rows, and how much of it there is; a title above it and notes below are no rows."""
    begun = list(islice(rows, TRIED_ROWS))
    if not begun:
        raise NoTable
    is_wide = sum(_width(row) > 1 for row in begun) * 2 > len(begun)
    while is_wide and _width(begun[0]) == 1:
        del begun[0]
    row_count, column_count, narrow = -1, 0, 0
    for row in chain(begun, rows):
        row_count += 1
        column_count = max(column_count, width := _width(row))
        # As long as nothing wide follows: what comes last in one cell alone is a note on the table.
        narrow = narrow + 1 if is_wide and width == 1 else 0
    row_count -= narrow
    heads, *first = [
        _fitted(row, min(column_count, SHOWN_COLUMNS))
        for row in begun[: 1 + min(row_count, SHOWN_ROWS)]
    ]
    return {"heads": heads, "rows": first, "row_count": row_count, "column_count": column_count}


def _width(row: Cells) -> int:
    """Up to the last cell that says something."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1].strip()), 0)


def _fitted(row: Cells, columns: int) -> Cells:
    cells = [_cut(" ".join(cell.split())) for cell in row[:columns]]
    return cells + [""] * (columns - len(cells))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1].rstrip()}…"
