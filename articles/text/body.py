"""The body of a story on the desk: what HTML it may hold, and the blocks that it is.

Photos and pull quotes stand in the body and are not its text: a photo says nothing, and a pull quote
says again what the story says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import nh3
from django.utils.html import escape

from sources.prose.hypertext import Element, Text, one_blank, parse

from . import blocks
from .blocks import BREAK, ITEM, LINK, PARAGRAPH, PHOTO, PULL_QUOTE, QUOTATION, Body, Mark

DEEPEST = 5  # lists and block quotes inside each other; one that lies deeper is none
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(?=[/?#]|$)")
_BY_TAG = {row.tag: row for row in blocks.BLOCKS.values()}
_MARK_BY_TAG = {row.tag: row for row in blocks.MARKS.values()}
_IN_PULL_QUOTES = ("strong", "emphasis")


def _address(href: str) -> str:
    """Where a link leads: `example.org/x` is meant as an address on the web."""
    href = href.strip()
    return f"https://{href}" if _HOST.match(href) else href


def _key(value: str) -> str | None:
    """nh3 keeps any value: only a row's key may name a quote or a photo."""
    # Eighteen digits fit into 64 bits, whatever they are. `isdigit()` alone takes “²”, too.
    return value if value.isascii() and value.isdigit() and len(value) < 19 else None


# A writer's mark, which ties a quotation to a recorded quote: <mark data-quote="12">.
# A photo of the desk's library, by its key: <figure data-photo="12"></figure>.
# A pull quote: <aside>words</aside>.
_cleaner = nh3.Cleaner(
    tags={*_BY_TAG, *_MARK_BY_TAG, "br"},
    attributes={"a": {"href"}, "mark": {"data-quote"}, "figure": {"data-photo"}},
    # So neither `javascript:` nor `data:` can be an address.
    url_schemes={"http", "https", "mailto"},
    # nh3 would write a `rel` into each link; what it should be is a matter of drawing.
    link_rel=None,
    attribute_filter=lambda tag, name, value: _address(value) if name == "href" else _key(value),
)


def clean_body(html: str) -> str:
    """The body without anything that a story may not hold, as the desk writes it."""
    return write(read(html))


# From HTML to blocks


def read(html: str) -> Body:
    """The blocks of a body. Whatever is written can be read; what a story may not hold is left out."""
    # Cleaned first, by a parser that reads as browsers do: ours then reads what that one wrote.
    # PostgreSQL does not store NUL.
    return _Reader().blocks_in(parse(_cleaner.clean(html.replace("\x00", ""))))


class _Reader:
    """Reads the elements of a cleaned body. Words that stand outside a block become a paragraph."""

    def blocks_in(self, element: Element, marks: tuple[Mark, ...] = (), depth: int = 0) -> Body:
        found: Body = []
        runs: blocks.Runs = []

        def end_paragraph() -> None:
            nonlocal runs
            if words := _trimmed(runs):
                found.append({"kind": PARAGRAPH, "runs": words})
            runs = []

        for piece, around in _pieces(element, marks):
            if isinstance(piece, Element):
                end_paragraph()
                found += self._block(piece, around, depth)
            else:
                runs.append({"marks": list(around), "text": piece})
        end_paragraph()
        return found

    def _block(self, element: Element, marks: tuple[Mark, ...], depth: int) -> Body:
        row = _BY_TAG[element.tag]
        if row.name == PHOTO:
            key = element.attributes.get("data-photo")
            inside = [] if key else self.blocks_in(element, marks, depth)
            return [{"kind": PHOTO, "photo": int(key)}] if key else inside
        if row.holds == "runs":
            return self._of_words(row, element, marks, depth)
        if row.name == ITEM:
            inside = self.blocks_in(element, marks, depth)
            return [{"kind": "bullets", "blocks": _items(inside)}] if inside else []
        inside = _list_of(element, marks, depth, self) if row.tag in ("ul", "ol") else []
        inside = inside or self.blocks_in(element, marks, depth + 1)
        if not inside or depth >= DEEPEST:
            return [each for block in inside for each in block.get("blocks", [block])]
        return [{"kind": row.name, "blocks": inside}]

    def _of_words(
        self, row: blocks.BlockKind, element: Element, marks: tuple[Mark, ...], depth: int
    ) -> Body:
        """A block of words. Blocks that stand in one, as no browser would write it, follow it."""
        inside = self.blocks_in(element, marks, depth)
        if row.name == PULL_QUOTE:
            words: blocks.Runs = []
            for line in blocks.lines(inside):
                words += [{"marks": [], "text": " "}, *line] if words else line
            kept = [
                {
                    "marks": [each for each in run["marks"] if each["kind"] in _IN_PULL_QUOTES],
                    "text": run["text"],
                }
                for run in words
            ]
            return [{"kind": PULL_QUOTE, "runs": runs}] if (runs := _trimmed(kept)) else []
        return [
            block | {"kind": row.name} if block["kind"] == PARAGRAPH else block for block in inside
        ]


def _items(inside: Body) -> Body:
    return [{"kind": ITEM, "blocks": inside}] if inside else []


def _list_of(element: Element, marks: tuple[Mark, ...], depth: int, reader: _Reader) -> Body:
    """The items of a list; what stands in it and is none becomes one."""
    items: Body = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            items += _items(reader.blocks_in(child, marks, depth + 1))
        else:
            items += _items(reader.blocks_in(Element("", children=[child]), marks, depth + 1))
    return items


def _pieces(
    element: Element, marks: tuple[Mark, ...]
) -> Iterator[tuple[str | Element, tuple[Mark, ...]]]:
    """What stands in an element: words and blocks, each with the marks around it."""
    for child in element.children:
        if isinstance(child, Text):
            yield one_blank(child.words), marks
        elif child.tag == "br":
            yield BREAK, marks
        elif child.tag in _BY_TAG:
            yield child, marks
        else:
            mark = _mark(child)
            # A link in a link, or bold in bold, is one: the outer counts.
            is_new = mark is not None and all(each["kind"] != mark["kind"] for each in marks)
            yield from _pieces(child, (*marks, mark) if mark and is_new else marks)


def _mark(element: Element) -> Mark | None:
    row = _MARK_BY_TAG[element.tag]
    values = {name: element.attributes.get(attribute, "") for attribute, name in row.attributes}
    if not all(values.values()):
        return None  # a link without an address, a mark that ties to nothing
    if row.name == QUOTATION:
        return {"kind": QUOTATION, "quote": int(values["quote"])}
    return {"kind": row.name, **values}


def _trimmed(runs: blocks.Runs) -> blocks.Runs:
    """As a page shows them: one blank for several, none at the ends and around a break."""
    kept: blocks.Runs = []
    for run in runs:
        text = run["text"]
        if text == BREAK:
            kept = _stripped(kept, " ")
        if not kept or kept[-1]["text"].endswith((" ", BREAK)):
            text = text.lstrip(" ")
        if text and (kept or text != BREAK):
            kept.append({"marks": run["marks"], "text": text})
    kept = blocks.joined(_stripped(kept, f" {BREAK}"))
    return kept if blocks.text_of(kept).strip() else []


def _stripped(runs: blocks.Runs, ends: str) -> blocks.Runs:
    """Without these characters at the end."""
    kept = list(runs)
    while kept and not kept[-1]["text"].rstrip(ends):
        kept.pop()
    if kept:
        kept[-1] = {"marks": kept[-1]["marks"], "text": kept[-1]["text"].rstrip(ends)}
    return kept


# From blocks to HTML


def write(body: Body) -> str:
    """The HTML of a body, as the desk keeps it."""
    return "".join(map(_written, body))


def _written(block: blocks.Block) -> str:
    tag = blocks.BLOCKS[block["kind"]].tag
    if block["kind"] == PHOTO:
        return f"{photo_tag(block['photo'])}</{tag}>"
    inside = write_runs(block["runs"]) if "runs" in block else write(block["blocks"])
    return f"<{tag}>{inside}</{tag}>"


def _tags(mark: Mark) -> tuple[str, str]:
    row = blocks.MARKS[mark["kind"]]
    given = "".join(f' {name}="{escape(mark[member])}"' for name, member in row.attributes)
    return f"<{row.tag}{given}>", f"</{row.tag}>"


def write_runs(runs: blocks.Runs, tags: Callable[[Mark], tuple[str, str]] = _tags) -> str:
    """Words as HTML. A mark that goes on over several runs is one element where that is possible."""
    html: list[str] = []
    around: list[Mark] = []
    ends: list[str] = []

    def close(number: int) -> None:
        html.extend(reversed(ends[number:]))
        del around[number:], ends[number:]

    for at, run in enumerate(runs):
        # Elements nest: what was opened after a mark that ends here ends with it, and begins anew.
        close(next((n for n, mark in enumerate(around) if mark not in run["marks"]), len(around)))
        new = [mark for mark in run["marks"] if mark not in around]
        # What goes on longest is opened first.
        for mark in sorted(new, key=lambda mark: -_goes_on(runs, at, mark)):
            start, end = tags(mark)
            html.append(start)
            around.append(mark)
            ends.append(end)
        html.append(escape(run["text"]).replace(BREAK, "<br>"))
    close(0)
    return "".join(html)


def _goes_on(runs: blocks.Runs, at: int, mark: Mark) -> int:
    """Over how many runs, from one on, a mark goes on."""
    return next((n for n, run in enumerate(runs[at:]) if mark not in run["marks"]), len(runs))


# What stands in a body


def photo_tag(key: int) -> str:
    """How a clean body begins a photo."""
    return f'<figure data-photo="{key}">'


def photo_keys(body: Body) -> list[int]:
    """The keys of the photos in a body of the desk, each once, in order."""
    photos = (block for block in blocks.walk(body) if block["kind"] == blocks.PHOTO)
    return list(dict.fromkeys(block["photo"] for block in photos))


def quote_marks(body: Body) -> list[tuple[int, int, int]]:
    """The writer's marks: start and end in the text, and the quote's key."""
    return [(start, end, mark["quote"]) for start, end, mark in blocks.marked(body, QUOTATION)]


def link_places(body: Body) -> list[int]:
    """Where in the text links begin."""
    return [start for start, _end, _mark in blocks.marked(body, LINK)]


def with_keys(body: Body, keys: Mapping[int, int]) -> Body:
    """The body with the writer's marks tied to other keys; a mark that has none goes."""
    body = blocks.without_marks(
        body, lambda mark: mark["kind"] == QUOTATION and mark["quote"] not in keys
    )

    def tied(mark: Mark) -> Mark:
        return mark | {"quote": keys[mark["quote"]]} if mark["kind"] == QUOTATION else mark

    return blocks.with_other_marks(body, tied)
