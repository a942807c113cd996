"""PDFs: how many pages they have, and what the first one looks like."""

from __future__ import annotations

import json
from typing import IO, NamedTuple

from django.core.exceptions import ValidationError
from PIL import Image

from sources.limited import TooMuch, run_limited

PATIENCE = 30  # seconds of the clock; the process that draws bounds its own work more tightly

_REFUSALS = {
    "damaged": "This PDF is damaged, or is no PDF: it cannot be opened. Export it again.",
    "locked": "This PDF asks for a password, so readers could not open it. Save it without one.",
}
_TOO_MUCH = (
    "The first page of this PDF is too much to draw. Print it to a new PDF, and upload that."
)


class FirstPage(NamedTuple):
    """What a PDF shows before it is opened."""

    picture: Image.Image
    pages: int  # of the whole document


def first_page(file: IO[bytes]) -> FirstPage:
    """The first page of a PDF. Raises `ValidationError` for one that readers could not open either."""
    try:
        drawn = run_limited("articles.media.draw_page", file, patience=PATIENCE)
    except TooMuch as error:
        raise ValidationError(_TOO_MUCH) from error
    line, _, pixels = drawn.partition(b"\n")
    told = json.loads(line)
    if "refused" in told:
        raise ValidationError(_REFUSALS[told["refused"]])
    return FirstPage(Image.frombytes("RGB", tuple(told["size"]), pixels), told["pages"])
