"""HTML read by a real parser: as a tree, and as text. Nothing else in the project reads markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from typing import NamedTuple

# Elements that begin a line of their own.
BLOCKS = frozenset(
    "address article aside blockquote body dd dl dt div fieldset figcaption figure footer form h1 h2 h3 "  # noqa: SIM905
    "h4 h5 h6 hr header html li main nav ol p pre section table td th tr ul".split()
)
# These have no end tag: nothing stands inside them.
EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
# Their text is nothing that a reader of the page sees.
UNREAD = frozenset({"script", "style", "template", "title"})
# Whatever walks the tree calls itself at each depth, and Python stops at about 1,000.
DEEPEST = 200  # elements inside each other; what lies deeper is read as if it lay there

# What the eye sees as a blank, but for the one that does not break a line. Each stays one character,
# so that a place in the text is a place in what was written.
_BLANK = re.compile(r"[^\S \u00a0]")
_WHITE_SPACE = re.compile("[ \t\n\r\f]+")  # as HTML has it


class Text(NamedTuple):
    """Words between tags, and where they stand in the HTML; of a character reference, the whole."""

    words: str
    start: int
    end: int

    @property
    def places(self) -> list[tuple[int, int]]:
        """Where each character of it begins and ends."""
        # A reference is several characters of HTML, and may be two of text: all have its place.
        if self.end - self.start != len(self.words):
            return [(self.start, self.end)] * len(self.words)
        return [(at, at + 1) for at in range(self.start, self.end)]


@dataclass
class Element:
    tag: str
    place: tuple[int, int] = (0, 0)  # where its start tag begins and ends in the HTML
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | Text] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        # Converted, a reference would come joined to the words around it, and its place be lost.
        super().__init__(convert_charrefs=False)
        self.html = html
        # Where each line begins: HTMLParser tells places by line and column.
        self.lines = list(accumulate((len(line) + 1 for line in html.split("\n")), initial=0))
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at()
        place = (start, start + len(self.get_starttag_text() or ""))
        element = Element(tag, place, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        # Past the depth an element is kept and not opened: its words become its neighbours.
        if tag not in EMPTY and len(self.open) < DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # `<p/>` opens a paragraph: the slash says nothing in HTML

    def handle_endtag(self, tag: str) -> None:
        # It closes what was left open inside it, too; one that ends nothing is passed over.
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        # Without the blank that `parse()` puts behind a last “&”.
        data = data[: len(self.html) - self._at()]
        if data:
            self._add(data, len(data))

    def handle_entityref(self, name: str) -> None:
        self._refer(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._refer(f"&#{name}")

    def _refer(self, written: str) -> None:
        end = self._at() + len(written)
        # HTMLParser takes references without their semicolon, too, and does not tell which it was.
        if self.html[end : end + 1] == ";":
            written += ";"
        self._add(unescape(written), len(written))

    def _add(self, words: str, length: int) -> None:
        start = self._at()
        self.open[-1].children.append(Text(words, start, start + length))

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column


_LAST_REFERENCE = re.compile(r"&#?\w*\Z")


def parse(html: str) -> Element:
    """The tree of a piece of HTML, under a root without a name. Whatever is written can be read."""
    reader = _Reader(html)
    # At its very end HTMLParser would lose the “&” of “AT&T”.
    reader.feed(f"{html} " if _LAST_REFERENCE.search(html[-40:]) else html)
    # Only this hands over what an unfinished tag or reference at the end held back.
    reader.close()
    return reader.root


def one_blank(text: str) -> str:
    """White space as a page shows it: any run of it is one blank."""
    return _WHITE_SPACE.sub(" ", text)


def plain(text: str) -> str:
    """The same text, character for character, with every sort of blank as U+0020."""
    return _BLANK.sub(" ", text)


@dataclass
class Hypertext:
    """`text` has a line for each block that says something; character `i` of it stands at
    `html[starts[i]:ends[i]]`."""

    text: str
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    # Where lines begin that stand in a block quote.
    block_quotes: set[int] = field(repr=False, default_factory=set)


def read(html: str) -> Hypertext:
    """White space is one blank, as on a page; a `<br>` is one too. Linear in the length."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    block_quotes: set[int] = set()
    is_begun = False  # does the line that is being read hold anything yet?
    for piece, is_quoted in _pieces(parse(html)):
        if piece is None:
            is_begun = False
            continue
        for letter, place in zip(plain(piece.words), piece.places, strict=True):
            if letter == " " and (not is_begun or letters[-1] == " "):
                continue
            if not is_begun and letters:
                letters.append("\n")
                # The end of a line is markup, not a character: it has a place, and no width.
                places.append((place[0], place[0]))
            if not is_begun and is_quoted:
                block_quotes.add(len(letters))
            is_begun = True
            letters.append(letter)
            places.append(place)
    starts, ends = [start for start, _ in places], [end for _, end in places]
    return Hypertext("".join(letters), starts, ends, block_quotes)


def _pieces(element: Element, is_quoted: bool = False) -> Iterator[tuple[Text | None, bool]]:
    """Its text in order, and None where a line ends; and whether it stands in a block quote."""
    for child in element.children:
        if isinstance(child, Text):
            yield child, is_quoted
        elif child.tag == "br":
            yield Text(" ", *child.place), is_quoted
        elif child.tag not in UNREAD:
            end_of_line: list[tuple[Text | None, bool]] = (
                [(None, is_quoted)] if child.tag in BLOCKS else []
            )
            yield from end_of_line
            yield from _pieces(child, is_quoted or child.tag == "blockquote")
            yield from end_of_line


def looks_like_html(text: str) -> bool:
    """Does a text hold blocks of HTML, or only marks that look like some?"""
    return any(_has_block(child) for child in parse(text).children)


def _has_block(node: Element | Text) -> bool:
    return isinstance(node, Element) and (
        node.tag in BLOCKS or any(_has_block(child) for child in node.children)
    )


# Characters that neither a page nor a feed can hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)
