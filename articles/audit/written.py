"""A table of the audit as CSV and as text."""

from __future__ import annotations

import csv
from io import StringIO

from .tables import Table

_ACTS = ("=", "+", "-", "@", "\t", "\r")  # by which a spreadsheet takes a cell for a formula


def as_csv(table: Table) -> str:
    """RFC 4180, with a mark by which spreadsheets know UTF-8; a share is written as a number from 0 to 1."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(table.heads)
    rows.writerows([[_cell(each) for each in row] for row in table.rows])
    return f"\ufeff{written.getvalue()}"


def _cell(value: object) -> object:
    if isinstance(value, tuple):  # a share
        part, whole = value
        return f"{part / whole:.4f}" if whole else ""
    text = str(value)
    # Somebody's name or reason is no formula, whatever it begins with.
    return f"'{text}" if isinstance(value, str) and text.startswith(_ACTS) else value


def as_text(table: Table) -> str:
    """For a terminal: columns as wide as what stands in them."""
    rows = [table.heads, *([_shown(each) for each in row] for row in table.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([table.title, "", *lines]) if table.rows else f"{table.title}\n\nNothing."


def _shown(value: object) -> str:
    return "" if value is None else str(value)
