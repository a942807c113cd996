"""The text of HTML, each character with its place in the HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html import unescape

# Elements that begin a line of their own.
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|d[dlt]|div|fieldset|figcaption|figure|footer|form|h[1-6r]|"
    "header|html|li|main|nav|ol|p|pre|section|table|t[dhr]|ul"
)
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<unread>script|style|template|title)\b.*?(?:</(?P=unread)\s*>|\Z)"
    r"|</?(?P<tag>[a-z][a-z0-9-]*)(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*>"
    r"|<[!?][^<>]*>"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)"
    r"|(?P<space>[^\S\xa0]+)"
    r"|(?P<letter>.)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass
class Hypertext:
    """`text` has a line for each block that says something; character `i` of it stands at
    `html[starts[i]:ends[i]]`."""

    text: str
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)


def looks_like_html(text: str) -> bool:
    return re.search(r"<(?:p|div|html|body|blockquote|article|li|h[1-6])\b[^>]*>", text) is not None


def read(html: str, *, without: Collection[str] = (), within: str = "") -> Hypertext:
    """White space is one blank, as on a page; a `<br>` is one too. Linear in the length.

    What stands in the elements of `without` is no text, and nothing is but what stands in those of
    `within`, if one is given. The HTML is then a clean body's: every element in it is closed.
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    line_begun = False  # does the line that is being read hold anything yet?

    def add(letter: str, start: int, end: int) -> None:
        letters.append(letter)
        starts.append(start)
        ends.append(end)

    for piece, tag in _pieces(html, without, within):
        start, end = piece.span()
        if _BLOCK.fullmatch(tag):
            line_begun = False
        elif tag == "br" or piece["space"]:
            if line_begun and letters[-1] != " ":
                add(" ", start, end)
        elif piece["letter"] or piece["entity"]:
            for letter in unescape(piece[0]):
                if letter in _LINE_ENDS:
                    letter = " "
                if not line_begun and letters:
                    add("\n", start, start)
                line_begun = True
                add(letter, start, end)
    return Hypertext("".join(letters), starts, ends)


def _pieces(
    html: str, without: Collection[str], within: str
) -> Iterator[tuple[re.Match[str], str]]:
    """What is to be read, and every block's tag, each with the name of its tag."""
    around: Counter[str] = Counter()
    is_read = not within
    for piece in _PIECE.finditer(html):
        tag = (piece["tag"] or "").lower()
        if tag and (tag == within or tag in without):
            around[tag] += -1 if piece[0].startswith("</") else 1
            is_outside = not any(around[each] for each in without)
            is_read = is_outside and (not within or around[within] > 0)
        if is_read or _BLOCK.fullmatch(tag):
            yield piece, tag


_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
