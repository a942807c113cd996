"""The body of a story: what HTML it may hold, its text, its marked quotations and its figures.

Photos and pull quotes stand in the body and are not its text: a photo says nothing, and a pull quote
says again what the story says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping

import nh3

from sources.hypertext import Hypertext, read

BLOCKS = {"p", "h2", "h3", "li", "blockquote"}
INLINE = {"a", "em", "strong", "br"}
# A writer's mark, which ties a quotation to a recorded quote: <mark data-quote="12">.
MARK = "mark"
# A photo of the desk's library, by its key: <figure data-photo="12"></figure>.
PHOTO = "figure"
# A pull quote: <aside>words</aside>.
PULL_QUOTE = "aside"
SETTLED_AFTER = 8


_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(?=[/?#]|$)")


def _address(href: str) -> str:
    """Where a link leads: `example.org/x` is meant as an address on the web."""
    href = href.strip()
    return f"https://{href}" if _HOST.match(href) else href


def _key(value: str) -> str | None:
    """nh3 keeps any value: only a row's key may name a quote or a photo."""
    return value if value.isascii() and value.isdigit() and len(value) < 19 else None


_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE | {"ul", "ol", MARK, PHOTO, PULL_QUOTE},
    attributes={"a": {"href"}, MARK: {"data-quote"}, PHOTO: {"data-photo"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    attribute_filter=lambda tag, name, value: _address(value) if name == "href" else _key(value),
)
_PHOTO = re.compile(rf'<{PHOTO} data-photo="(\d+)">(.*?)</{PHOTO}>', re.DOTALL)
_NO_PHOTO = re.compile(rf"<{PHOTO}>(.*?)</{PHOTO}>", re.DOTALL)
_PULL_QUOTE = re.compile(rf"<{PULL_QUOTE}(?: class=\"[\w-]+\")?>(.*?)</{PULL_QUOTE}>", re.DOTALL)
_NOT_PULLED = re.compile(r"</?(?!(?:em|strong|br)\b)[a-z][^>]*>")


def clean_body(html: str) -> str:
    """The body without anything that a story may not hold; NUL and a body of nothing go too."""
    html = html.replace("\x00", "")
    # What is left when a tag is taken out may not stand as it is (a heading in a heading), and is
    # read differently the next time: clean until nothing changes (it takes three rounds at most).
    for _ in range(SETTLED_AFTER):
        before, html = html, _clean_figures(_cleaner.clean(html)).strip()
        if html == before:
            break
    return html if read(html).text.strip() or _PHOTO.search(html) else ""


def _clean_figures(html: str) -> str:
    """A photo holds nothing, a pull quote words and emphasis; what names no photo is none."""
    html = _PHOTO.sub(rf'<{PHOTO} data-photo="\1"></{PHOTO}>', html)
    html = _NO_PHOTO.sub(r"\1", html)
    return _PULL_QUOTE.sub(_clean_pull_quote, html)


def _clean_pull_quote(found: re.Match[str]) -> str:
    words = _NOT_PULLED.sub(" ", found[1]).strip()
    return f"<{PULL_QUOTE}>{words}</{PULL_QUOTE}>" if read(words).text.strip() else ""


# The text


def read_story(html: str) -> Hypertext:
    """What the story says, with its places: neither its photos nor its pull quotes."""
    return read(html, without=(PHOTO, PULL_QUOTE))


def read_pull_quotes(html: str) -> Hypertext:
    """What its pull quotes say again, a line for each, with its places."""
    return read(html, within=PULL_QUOTE)


def plain_text(html: str) -> str:
    """The story as text, a line for each paragraph, subhead and list item."""
    return read_story(html).text


def pull_quotes(html: str) -> list[str]:
    return [read(found[1]).text for found in _PULL_QUOTE.finditer(html)]


# The writer's marks

_MARKED = re.compile(rf'<{MARK} data-quote="(\d+)">(.*?)</{MARK}>', re.DOTALL)
_LINK = re.compile(r'<a href="[^"]+">')
_MARK_TAG = re.compile(rf"</?{MARK}\b[^>]*>")


def quote_marks(html: str) -> list[tuple[int, int, int]]:
    """The writer's marks in a clean body: start and end in its plain text, and the quote's key."""
    starts = read_story(html).starts
    return [
        (bisect_left(starts, found.start(2)), bisect_left(starts, found.end(2)), int(found[1]))
        for found in _MARKED.finditer(html)
    ]


def link_places(html: str) -> list[int]:
    """Where in the plain text of a clean body links begin."""
    starts = read_story(html).starts
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
    page, parts, done = read_story(html), [], 0
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


# Its photos


def photo_tag(key: int) -> str:
    """How a clean body begins a photo."""
    return f'<{PHOTO} data-photo="{key}">'


def photo_keys(html: str) -> list[int]:
    """The keys of the photos in a clean body, each once, in order."""
    return list(dict.fromkeys(int(found[1]) for found in _PHOTO.finditer(html)))


def replace_photos(html: str, shown: Callable[[int], str]) -> str:
    """A clean body with something else in the place of each photo, by its key."""
    return _PHOTO.sub(lambda found: shown(int(found[1])), html)


def replace_pull_quotes(html: str, shown: Callable[[str], str]) -> str:
    """A body with something else in the place of each pull quote, by the HTML of its words."""
    return _PULL_QUOTE.sub(lambda found: shown(found[1]), html)
