"""Datasets: the first rows of a table of text, and how much of it there is.

Files come from anywhere. What is no table, or a broken one, is shown as none, and never as a wrong one.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from itertools import islice
from typing import IO, Any, BinaryIO, cast

# What readers see of it on the notebook's page; they open the file for the rest.
SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_CHARACTERS = 6, 8, 60
DELIMITERS = "\t;,|"  # of two that fit as well as each other, the earlier
NO_DELIMITER = "\x1f"  # stands in no file that is read as text
TRIED_ROWS = 50
# In characters and in bytes: a file without line ends must not come into memory whole.
LONGEST_LINE = CHUNK = 1 << 20
# Control characters are of binary files; NUL, besides, is what PostgreSQL does not store.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Cells = list[str]


class NoTable(Exception):
    """The file is no table of text."""


def table(file: IO[bytes]) -> dict[str, Any] | None:
    """The heads and first rows as they are shown, and the size of the whole without its heads."""
    with _as_text(file) as text:
        try:
            delimiter = _delimiter(text)
            return _excerpt(_rows(text, delimiter))
        except (csv.Error, NoTable):
            return None


@contextmanager
def _as_text(file: IO[bytes]) -> Iterator[TextIOWrapper]:
    encoding = _encoding(file)
    file.seek(0)
    # `newline=""`, as the csv module asks, which reads line ends within cells itself.
    text = TextIOWrapper(cast(BinaryIO, file), encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        # The wrapper would close the upload with itself, and that is read again after this.
        text.detach()


def _encoding(file: IO[bytes]) -> str:
    file.seek(0)
    if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    file.seek(0)
    # Incremental, since a chunk may end in the middle of a character.
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in iter(partial(file.read, CHUNK), b""):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        # Nearly any bytes can be read as it, so it comes last; Windows writes it in the West.
        return "cp1252"
    # Also without the mark that Excel puts first, which would stand in the first head.
    return "utf-8-sig"


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
    lines = iter(lambda: text.readline(LONGEST_LINE), "")
    for row in csv.reader(map(_plain, lines), delimiter=delimiter, strict=True):
        if any(cell.strip().strip(DELIMITERS) for cell in row):
            yield row


def _plain(line: str) -> str:
    if len(line) == LONGEST_LINE or _BINARY.search(line):
        raise NoTable
    return line


def _excerpt(rows: Iterator[Cells]) -> dict[str, Any]:
    shown = list(islice(rows, 1 + SHOWN_ROWS))
    if not shown:
        raise NoTable
    row_count, column_count = len(shown) - 1, max(map(_width, shown))
    for row in rows:
        row_count += 1
        column_count = max(column_count, _width(row))
    heads, *first = [_fitted(row, min(column_count, SHOWN_COLUMNS)) for row in shown]
    return {"heads": heads, "rows": first, "row_count": row_count, "column_count": column_count}


def _width(row: Cells) -> int:
    """Up to the last cell that says something."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1].strip()), 0)


def _fitted(row: Cells, columns: int) -> Cells:
    cells = [_cut(" ".join(cell.split())) for cell in row[:columns]]
    return cells + [""] * (columns - len(cells))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1].rstrip()}…"
