"""Plots of the audit's tables: bars that scale with the page, take its colours, and are read out one by one."""

from __future__ import annotations

import drawsvg
from django.utils.html import escape
from django.utils.safestring import SafeString

from .tables import Share, Table

WIDE, LABEL, ROW, BAR = 480, 170, 26, 14  # pixels of the drawing at its own size
MOST_BARS = 40
LONGEST_LABEL = 24  # characters


def plot(table: Table) -> SafeString:
    """The column of a table that is drawn, as SVG; empty where it has none, or nothing to tell apart.

    Shares are drawn against the whole, numbers against the largest. Colours come by classes, so that dark pages have dark plots.
    """
    rows = [row for row in table.rows if row[0] != "all"][:MOST_BARS]
    if table.drawn is None or len(rows) < 2:
        return SafeString("")
    bars = [(str(row[0]), row[table.drawn]) for row in rows]
    most = max((_size(value) for _, value in bars), default=0)
    whole = 1.0 if isinstance(bars[0][1], Share) else most or 1.0
    high = ROW * len(bars)
    drawing = drawsvg.Drawing(
        WIDE,
        high,
        viewBox=f"0 0 {WIDE} {high}",
        class_="plot",
        role="list",
        aria_label=escape(f"{table.title}: {table.heads[table.drawn]}"),
    )
    for number, (name, value) in enumerate(bars):
        drawing.append(_bar(number, name, value, whole))
    # drawsvg escapes what is written, and nothing that stands in an attribute.
    return SafeString(drawing.as_svg(header=""))


def _bar(number: int, name: str, value: object, whole: float) -> drawsvg.Group:
    middle = ROW * number + ROW / 2
    long = (WIDE - LABEL - 60) * _size(value) / whole
    bar = drawsvg.Group(role="listitem", aria_label=escape(f"{name}: {value or 0}"))
    label = name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
    bar.append(
        drawsvg.Text(label, 13, LABEL - 10, middle + 4, text_anchor="end", aria_hidden="true")
    )
    bar.append(drawsvg.Rectangle(LABEL, middle - BAR / 2, max(long, 1), BAR))
    bar.append(drawsvg.Text(str(value or 0), 13, LABEL + long + 8, middle + 4, aria_hidden="true"))
    return bar


def _size(value: object) -> float:
    if isinstance(value, Share):
        return value.part / value.whole if value.whole else 0.0
    return float(value) if isinstance(value, int | float) else 0.0
