"""The body of a story: what HTML it may hold, its paragraphs, and its marked quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

import nh3

from sources.hypertext import Hypertext, read

BLOCKS = {"p", "h2", "h3", "li", "blockquote"}
INLINE = {"a", "em", "strong", "br"}
# A writer's mark, which ties a quotation to a recorded quote: <mark data-quote="12">.
MARK = "mark"
SETTLED_AFTER = 8


_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(?=[/?#]|$)")


def _address(href: str) -> str:
    """Where a link leads: `example.org/x` is meant as an address on the web."""
    href = href.strip()
    return f"https://{href}" if _HOST.match(href) else href


def _key(value: str) -> str | None:
    """nh3 keeps any value: only a row's key may tie a quotation to it."""
    return value if value.isascii() and value.isdigit() and len(value) < 19 else None


_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE | {"ul", "ol", MARK},
    attributes={"a": {"href"}, MARK: {"data-quote"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    attribute_filter=lambda tag, name, value: _address(value) if name == "href" else _key(value),
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


def plain_text(html: str) -> str:
    """The body as text, a line for each paragraph, subhead and list item."""
    return read(html).text


_MARKED = re.compile(rf'<{MARK} data-quote="(\d+)">(.*?)</{MARK}>', re.DOTALL)
_LINK = re.compile(r'<a href="[^"]+">')
_MARK_TAG = re.compile(rf"</?{MARK}\b[^>]*>")


def quote_marks(html: str) -> list[tuple[int, int, int]]:
    """The writer's marks in a clean body: start and end in its plain text, and the quote's key."""
    starts = read(html).starts
    return [
        (bisect_left(starts, found.start(2)), bisect_left(starts, found.end(2)), int(found[1]))
        for found in _MARKED.finditer(html)
    ]


def link_places(html: str) -> list[int]:
    """Where in the plain text of a clean body links begin."""
    starts = read(html).starts
    return [bisect_left(starts, found.end()) for found in _LINK.finditer(html)]


def without_marks(html: str) -> str:
    return _MARK_TAG.sub("", html)


def with_keys(html: str, keys: Mapping[int, int]) -> str:
    """The body with the writer's marks tied to other keys; a mark that has none goes."""
    return _MARKED.sub(
        lambda found: (
            f'<{MARK} data-quote="{keys[int(found[1])]}">{found[2]}</{MARK}>'
            if int(found[1]) in keys
            else found[2]
        ),
        html,
    )


def mark_up(html: str, ranges: Iterable[tuple[int, int, str, str]]) -> str:
    """The body with ranges of its plain text wrapped.

    `ranges` gives start and end (offsets in `plain_text(html)`, in order, without overlaps) and the
    markup before and after. A range that crosses a tag is wrapped in parts, so the HTML stays whole.
    """
    page, parts, done = read(html), [], 0
    for start, end, before, after in ranges:
        for first, last in _unbroken(page, start, end):
            parts += [html[done:first], before, html[first:last], after]
            done = last
    return "".join([*parts, html[done:]])


def _unbroken(page: Hypertext, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of HTML without a tag in them that make up a range of the text."""
    first = start
    for at in range(start, end):
        if at + 1 == end or page.ends[at] != page.starts[at + 1]:
            yield page.starts[first], page.ends[at]
            first = at + 1
