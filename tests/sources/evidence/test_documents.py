"""Documents as sources: a passage is found on its page or in its row, and a scan says that it cannot be searched."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image, ImageDraw

from sources.evidence.bringing import bring
from sources.evidence.comparing import compare
from sources.models import Interview, Quote, Source
from tests.factories import make_interview
from tests.sources.evidence.test_bringing import SPOKEN, picture, word

pytestmark = pytest.mark.django_db


def page(*lines):
    """The content of one page of a PDF, a line below the other."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    return f"BT /F1 12 Tf 60 760 Td {shown}ET".encode()


def pdf(*pages):
    """A PDF with these pages, written by hand: `b""` is a page on which no text stands."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in enumerate(pages):
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    kept, places = io.BytesIO(b"%PDF-1.7\n"), []
    kept.seek(0, io.SEEK_END)
    for number, part in enumerate(parts, 1):
        places.append(kept.tell())
        kept.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    at = kept.tell()
    kept.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    kept.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    kept.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(parts) + 1))
    kept.write(b"startxref\n%d\n%%%%EOF" % at)
    return kept.getvalue()


MINUTES = pdf(
    page("Minutes of the harbour board.", "The chair opened the meeting."),
    page(
        "The board agreed not to raise", "the fare before the spring.", "Nobody spoke against it."
    ),
)


@pytest.fixture
def minutes(cast):
    source = Source.objects.create(kind="document", name="Minutes of the harbour board")
    return make_interview(source, how=Interview.How.DOCUMENT)


def brought(interview, content, name, cast):
    return bring(SimpleUploadedFile(name, content), interview, by=cast.reporter)


def said(interview, words):
    quote = Quote.objects.create(interview=interview, words=words)
    compare([quote])
    return quote


def test_a_passage_is_found_on_its_page(minutes, cast):
    file = brought(minutes, MINUTES, "minutes.pdf", cast)
    assert (file.kind, file.is_whole, file.is_searched) == ("document", True, True)
    quote = said(minutes, "The board agreed not to raise the fare before the spring.")
    assert (quote.checked.compared_with, quote.checked.page) == ("document", 2)
    assert said(minutes, "The chair opened the meeting.").checked.page == 1
    turned = said(minutes, "The board agreed to raise the fare before the spring.")
    assert (turned.checked, turned.contradicted.page) == (None, 2)
    assert said(minutes, "The chair resigned in the evening.").contradicted.passage == ""


def test_a_passage_is_found_in_its_row(minutes, cast):
    table = "Year;What for;Cost\n2025;Sea wall;451,000\n2026;Winter repairs, roads;407,000\n"
    brought(minutes, table.encode(), "spending.csv", cast)
    assert said(minutes, "Winter repairs, roads 407,000").checked.row == 3
    assert said(minutes, "Winter repairs, roads 470,000").checked is None


@pytest.mark.parametrize(
    ("name", "content"),
    [("log.txt", b"It froze.\n\nThe board agreed."), ("log.docx", word("The board agreed."))],
)
def test_other_text_is_searched_and_has_no_pages(minutes, cast, name, content):
    brought(minutes, content, name, cast)
    checked = said(minutes, "The board agreed.").checked
    assert (checked.compared_with, checked.page, checked.row) == ("document", None, None)


def scan():
    shown = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(shown).text((40, 40), "The board agreed to nothing.", fill="black")
    kept = io.BytesIO()
    shown.save(kept, "PDF")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("scan.pdf", scan(), "Every page is a picture of text"),
        ("half.pdf", pdf(page("The chair opened the meeting."), b""), "Page 2 is a picture"),
        ("photo.png", picture(), "This is a picture"),
    ],
)
def test_a_scan_says_that_it_cannot_be_searched_and_contradicts_nothing(
    minutes, cast, name, content, told
):
    file = brought(minutes, content, name, cast)
    assert (file.kind, file.is_whole) == ("document", False)
    assert told in file.warnings[0]
    quote = said(minutes, "The board agreed to nothing.")
    assert (quote.checked, quote.contradicted) == (None, None)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.pdf", b"%PDF-1.7 nothing more", "damaged"),
        ("call.m4a", SPOKEN, "no document"),
        ("none.csv", b'a,b\n"never closed\n', None),
        ("sheet.xlsx", b"", "empty"),
        ("none.txt", b"\x01\x02\x03\x04" * 90, "no text"),
    ],
)
def test_what_is_no_document_is_refused_in_words(minutes, cast, name, content, says):
    if says is None:
        assert brought(minutes, content, name, cast).is_searched
        return
    with pytest.raises(ValidationError, match=says):
        brought(minutes, content, name, cast)


def test_a_pdf_of_somebody_who_spoke_is_no_transcript(cast):
    interview = make_interview(Source.objects.create(name="Ada Holt"))
    with pytest.raises(ValidationError, match="This is a PDF"):
        brought(interview, MINUTES, "minutes.pdf", cast)


def test_a_document_is_called_by_what_it_is():
    source = Source(kind="document", named=False, description="a log")
    with pytest.raises(ValidationError, match="called by what it is"):
        source.full_clean()
    with transaction.atomic(), pytest.raises(IntegrityError):
        source.save()
