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


def filled_form(field):
    """A PDF with one filled-in field over the whole page: with its own looks, or with its value alone."""
    looks = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 100] /Length 34 >>\nstream\n"
        b"0 0 1 rg 0 0 200 100 re f         \nendstream"
    )
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /DR << /Font << /F1 5 0 R >> >> "
        b"/DA (/F1 60 Tf 0 g) >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Annots [4 0 R] /Resources << >> >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (sum) /V (MMMM) /DA (/F1 60 Tf 0 g) "
        b"/Rect [0 0 200 100] /F 4 " + field + b" >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        looks,
    ]
    written, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1,
        len(written),
    )
    return written + head + table + end


@pytest.mark.parametrize(
    "field", [b"/AP << /N 6 0 R >>", b""], ids=["with its looks", "by its value"]
)
def test_what_was_filled_into_a_form_is_drawn(field):
    picture = first_page(BytesIO(filled_form(field))).picture
    assert picture.convert("L").getextrema()[0] < 120


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
