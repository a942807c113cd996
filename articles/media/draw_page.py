"""Draws the first page of a PDF, in a process of its own: `python -m articles.media.draw_page < minutes.pdf`.

PDFium is not made for threads, and a PDF from outside may crash it or keep it busy for ever. Here it
takes down nothing but itself. What is written: a line of JSON, and then the pixels, three bytes each.
"""

from __future__ import annotations

import json
import sys

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_ERR_PASSWORD

from sources.limited import limit_this_process

MEMORY, SECONDS = 1 << 30, 10  # bytes of address space, seconds of processor
LONGEST_SIDE = 1200  # pixels of the picture


def main() -> None:
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    content = sys.stdin.buffer.read()
    try:
        document = pdfium.PdfDocument(content)
        # Before a page is opened: what was filled into a form is drawn with it, as readers' programs do.
        document.init_forms()
        page = document[0]
        scale = LONGEST_SIDE / max(page.get_size())
        # PDFium draws blue, green, red; `rev_byteorder` asks for red first.
        picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    except pdfium.PdfiumError as error:
        is_locked = error.err_code == FPDF_ERR_PASSWORD
        _write({"refused": "locked" if is_locked else "damaged"})
    else:
        _write({"pages": len(document), "size": picture.size}, picture.tobytes())


def _write(told: dict[str, object], pixels: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + pixels)


if __name__ == "__main__":
    main()
