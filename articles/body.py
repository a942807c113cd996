"""The body of a story: what HTML it may hold, its paragraphs, and its marked quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

BLOCKS = {"p", "h2", "h3", "li", "blockquote"}
SETTLED_AFTER = 8
INLINE = {"a", "em", "strong", "br"}


_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(?=[/?#]|$)")


def _address(href: str) -> str:
    """Where a link leads: `example.org/x` is meant as an address on the web."""
    href = href.strip()
    return f"https://{href}" if _HOST.match(href) else href


_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE | {"ul", "ol"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    attribute_filter=lambda tag, name, value: _address(value) if name == "href" else value,
)


def clean_body(html: str) -> str:
    """The body without anything that a story may not hold; NUL and empty paragraphs go too."""
    html = html.replace("\x00", "")
    # What is left when a tag is taken out may not stand as it is (a heading in a heading), and is
    # read differently the next time: clean until nothing changes (it takes three rounds at most).
    for _ in range(SETTLED_AFTER):
        before, html = html, _cleaner.clean(html).strip()
        if html == before:
            break
    return "" if not plain_text(html).strip() else html


@dataclass
class Piece:
    """A run of text between two tags, or one tag, of a body."""

    markup: str = ""
    text: str = ""


@dataclass
class Paragraph:
    """The text pieces of one paragraph, subhead or list item."""

    tag: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class _Reader(HTMLParser):
    """Parts a sanitised body into pieces, and the text among them into paragraphs."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.paragraphs: list[Paragraph] = []
        self._current: Paragraph | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._current = Paragraph(tag)
            self.paragraphs.append(self._current)
        given = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.pieces.append(Piece(markup=f"<{tag}{given}>", text=""))
        if tag == "br" and self._current:
            self._current.pieces.append(Piece(text=" "))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._current = None
        self.pieces.append(Piece(markup=f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        piece = Piece(text=data)
        self.pieces.append(piece)
        if data.strip() and self._current is None:
            self._current = Paragraph("")
            self.paragraphs.append(self._current)
        if self._current is not None:
            self._current.pieces.append(piece)


def paragraphs(html: str) -> list[Paragraph]:
    return [paragraph for paragraph in _Reader(html).paragraphs if paragraph.text.strip()]


def plain_text(html: str) -> str:
    """The body as text, a line for each paragraph, so that offsets in it are offsets in lines."""
    return "\n".join(_one_line(paragraph.text) for paragraph in paragraphs(html))


def _one_line(text: str) -> str:
    """Line breaks become spaces, one for one: offsets stay."""
    return "".join(" " if character in _LINE_ENDS else character for character in text)


_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def mark_up(html: str, ranges: Iterator[tuple[int, int, Callable[[str], str]]]) -> str:
    """The body with each range of its plain text wrapped.

    `ranges` gives start, end (offsets in `plain_text(html)`) and a function from the escaped
    words to markup. A range that crosses a tag is wrapped in parts, so the HTML stays whole.
    """
    reader = _Reader(html)
    wraps: dict[int, list[tuple[int, int, Callable[[str], str]]]] = {}
    starts: list[tuple[int, Piece]] = []
    offset = 0
    for paragraph in reader.paragraphs:
        if not paragraph.text.strip():
            continue
        for piece in paragraph.pieces:
            starts.append((offset, piece))
            offset += len(piece.text)
        offset += 1
    for start, end, wrap in ranges:
        for at, piece in starts:
            first, last = max(start, at), min(end, at + len(piece.text))
            if first < last:
                wraps.setdefault(id(piece), []).append((first - at, last - at, wrap))
    return "".join(
        piece.markup or _wrapped(piece.text, wraps.get(id(piece), [])) for piece in reader.pieces
    )


def _wrapped(text: str, wraps: list[tuple[int, int, Callable[[str], str]]]) -> str:
    parts, done = [], 0
    for start, end, wrap in sorted(wraps, key=lambda wrap: wrap[0]):
        parts += [escape(text[done:start], quote=False), wrap(escape(text[start:end], quote=False))]
        done = end
    return "".join([*parts, escape(text[done:], quote=False)])
