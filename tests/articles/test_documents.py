"""The first page of a PDF is drawn, whatever the PDF is, within bounds."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from articles.media import documents
from articles.media.documents import first_page
from tests.factories import make_image, make_pdf

DEMO = Path(__file__).parents[2] / "newsroom" / "demo" / "files"
MINUTES = (DEMO / "council-minutes-2026-10-13.pdf").read_bytes()


@pytest.mark.parametrize(
    ("content", "size", "pages"),
    [
        (MINUTES, (849, 1200), 1),
        (make_pdf(pages=10_000, drawing=b"0 0 99 99 re f"), (848, 1200), 10_000),
        (make_pdf(box="0 0 1e9 1e9"), (928, 1200), 1),
        (make_pdf(box="0 0 14400 1"), (1200, 1), 1),
        (make_pdf(box="0 0 0 0"), (928, 1200), 1),
    ],
)
def test_the_first_page_of_a_pdf_is_drawn_at_a_size_that_fits(content, size, pages):
    page = first_page(BytesIO(content))
    assert (page.picture.size, page.pages) == (size, pages)


def test_the_first_page_shows_what_stands_on_it():
    page = first_page(BytesIO(make_pdf(box="0 0 100 100", drawing=b"1 0 0 rg 0 0 50 100 re f")))
    assert page.picture.getpixel((300, 600)) == (255, 0, 0)
    assert page.picture.getpixel((900, 600)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (make_pdf(is_locked=True), "asks for a password"),
        (MINUTES[:900], "damaged"),
        (b"", "damaged"),
        (make_image().read(), "damaged"),
    ],
)
def test_a_pdf_that_nobody_could_open_is_refused(content, refusal):
    with pytest.raises(ValidationError, match=refusal):
        first_page(BytesIO(content))


def test_a_pdf_that_would_take_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr(documents, "PATIENCE", 0.01)
    with pytest.raises(ValidationError, match="too much to draw"):
        first_page(BytesIO(MINUTES))
