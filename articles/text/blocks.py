"""The body of a story as data: blocks, and runs of words with marks.

`docs/record.md` describes it for others. A block is `{"kind", "runs"}`, `{"kind", "blocks"}` or, of a
photo, its kind and what is told of it. A run is `{"marks", "text"}`; a line break is a run of its own,
of "\\n" alone. The desk's working copy is read into the same blocks: there a photo has the key of its row
(`photo`), and the mark of a quotation that of its quote (`quote`), where the record has a key of its own
(`quotation`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any, NamedTuple, cast

from sources.prose.hypertext import plain

from .contents import PhotoTold

Mark = dict[str, Any]
Run = dict[str, Any]
Runs = list[Run]
Block = dict[str, Any]
Body = list[Block]

BREAK = "\n"
QUOTATION = "quotation"
FACT = "fact"  # in the record alone: on the desk a writer marks both alike, with the key of a quote


@dataclass(frozen=True)
class BlockKind:
    """One row: a kind of block, the element that shows it, and what it holds."""

    name: str
    tag: str
    holds: str  # "runs", "blocks", or "facts" of its own
    is_text: bool = True  # of what the story says; a photo says nothing, a pull quote says it again


@dataclass(frozen=True)
class MarkKind:
    """One row: a kind of mark, and the element that shows it."""

    name: str
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()  # of the element, each with the member it shows


PARAGRAPH, PHOTO, PULL_QUOTE, ITEM = "paragraph", "photo", "pull_quote", "item"
BLOCK_QUOTE = "block_quote"
LINK = "link"

BLOCKS: dict[str, BlockKind] = {
    row.name: row
    for row in (
        BlockKind(PARAGRAPH, "p", "runs"),
        BlockKind("subhead", "h2", "runs"),
        BlockKind("small_subhead", "h3", "runs"),
        BlockKind("bullets", "ul", "blocks"),
        BlockKind("numbers", "ol", "blocks"),
        BlockKind(ITEM, "li", "blocks"),
        BlockKind(BLOCK_QUOTE, "blockquote", "blocks"),
        BlockKind(PHOTO, "figure", "facts", is_text=False),
        BlockKind(PULL_QUOTE, "aside", "runs", is_text=False),
    )
}
MARKS: dict[str, MarkKind] = {
    row.name: row
    for row in (
        MarkKind(LINK, "a", (("href", "address"),)),
        MarkKind("strong", "strong"),
        MarkKind("emphasis", "em"),
        MarkKind(QUOTATION, "mark", (("data-quote", "quote"),)),
    )
}


# Runs


def text_of(runs: Iterable[Run]) -> str:
    """Their words, character for character; every sort of blank, and a break, as U+0020."""
    return plain("".join(run["text"] for run in runs))


def joined(runs: Iterable[Run]) -> Runs:
    """Without empty runs, and neighbours with the same marks as one; a break stays by itself."""
    kept: Runs = []
    for run in runs:
        is_like = kept and kept[-1]["marks"] == run["marks"]
        if is_like and BREAK not in (run["text"], kept[-1]["text"]):
            kept[-1] = {"marks": run["marks"], "text": kept[-1]["text"] + run["text"]}
        elif run["text"]:
            kept.append(run)
    return kept


def parted(runs: Iterable[Run], start: int, end: int) -> tuple[Runs, Runs, Runs]:
    """What stands before, between and behind two places of their text."""
    parts: tuple[Runs, Runs, Runs] = ([], [], [])
    at = 0
    for run in runs:
        text, marks = run["text"], run["marks"]
        first, last = (min(max(0, place - at), len(text)) for place in (start, end))
        for part, words in zip(parts, (text[:first], text[first:last], text[last:]), strict=True):
            if words:
                part.append({"marks": marks, "text": words})
        at += len(text)
    return parts


# Bodies


def walk(body: Iterable[Block]) -> Iterator[Block]:
    """Every block, those inside others too, in reading order."""
    for block in body:
        yield block
        yield from walk(block.get("blocks", ()))


def is_text(block: Block) -> bool:
    """Does it belong to what the story says? A kind that is not known here does, if it has words."""
    row = BLOCKS.get(block["kind"])
    return row.is_text if row else True


def lines(body: Iterable[Block]) -> list[Runs]:
    """What the story says, a line for each block with words: neither its photos nor its pull quotes."""
    return [block["runs"] for block in walk(body) if "runs" in block and is_text(block)]


def text(body: Iterable[Block]) -> str:
    """The story as text. Places of quotations and findings are offsets in it."""
    return "\n".join(map(text_of, lines(body)))


def block_quotes(body: Iterable[Block]) -> set[int]:
    """Where in the text lines begin that stand in a block quote."""
    quoted = {
        id(inside)
        for block in walk(body)
        if block["kind"] == BLOCK_QUOTE
        for inside in walk([block])
    }
    places: set[int] = set()
    at = 0
    for block in walk(body):
        if "runs" in block and is_text(block):
            if id(block) in quoted:
                places.add(at)
            at += len(text_of(block["runs"])) + 1
    return places


def pull_quotes(body: Iterable[Block]) -> list[str]:
    return [text_of(block["runs"]) for block in walk(body) if block["kind"] == PULL_QUOTE]


def photos(body: Iterable[Block]) -> list[PhotoTold]:
    """What is told of the photos of a published body, in the order of the text."""
    return [cast("PhotoTold", block) for block in walk(body) if block["kind"] == PHOTO]


def marked(body: Iterable[Block], kind: str) -> Iterator[tuple[int, int, Mark]]:
    """Where marks of a kind begin and end in the text, in order; one that runs on is one."""
    at, last = 0, None
    for line in lines(body):
        for run in line:
            end = at + len(run["text"])
            mark = next((each for each in run["marks"] if each["kind"] == kind), None)
            if last and (mark != last[2] or last[1] != at):
                yield last
                last = None
            if mark:
                last = (last[0] if last else at, end, mark)
            at = end
        # The line end between two lines of the text.
        at += 1
    if last:
        yield last


def rebuilt(
    body: Iterable[Block],
    runs: Callable[[Block], Runs] = lambda block: block["runs"],
    facts: Callable[[Block], Block | None] = lambda block: block,
) -> Body:
    """A body with other runs, or other facts of its photos. A block of which nothing is left goes."""
    made: Body = []
    for block in body:
        if "runs" in block:
            words = joined(runs(block))
            new = block | {"runs": words} if text_of(words).strip() else None
        elif "blocks" in block:
            inside = rebuilt(block["blocks"], runs, facts)
            new = block | {"blocks": inside} if inside else None
        else:
            new = facts(block)
        made += [new] if new else []
    return made


class Stretch(NamedTuple):
    """A stretch of a text, and the mark or the words for it."""

    start: int
    end: int
    of: Any


Put = Callable[[Runs, Stretch, bool], Runs]


def _along(
    body: Iterable[Block], stretches: Iterable[Stretch], put: Put, is_read: Callable[[Block], bool]
) -> Body:
    """A body with stretches of its text changed; `is_read` says of which blocks the text is made.

    They do not overlap. One that goes on in another block is put there too, as what was begun.
    """
    waiting = sorted(stretches, key=lambda each: each.start)
    at = nearest = 0

    def changed(block: Block) -> Runs:
        nonlocal at, nearest
        runs: Runs = block["runs"]
        if not is_read(block):
            return runs
        # A line and the line end behind it, as in `text()`.
        begun, at = at, at + len(text_of(runs)) + 1
        # What ends before this block is passed for good: many marks in a long body stay linear.
        while nearest < len(waiting) and waiting[nearest].end <= begun:
            nearest += 1
        here = takewhile(lambda each: each.start < at, islice(waiting, nearest, None))
        # From the last to the first: words of another length would move the places behind them.
        for each in reversed(list(here)):
            before, inside, behind = parted(runs, max(0, each.start - begun), each.end - begun)
            if inside:
                runs = before + put(inside, each, each.start < begun) + behind
        return runs

    return rebuilt(body, runs=changed)


def with_marks(body: Iterable[Block], stretches: Iterable[Stretch]) -> Body:
    """A body with stretches of its text marked."""

    def put(inside: Runs, stretch: Stretch, is_begun: bool) -> Runs:
        return [{"marks": [*run["marks"], stretch.of], "text": run["text"]} for run in inside]

    return _along(body, stretches, put, is_text)


def with_words(
    body: Iterable[Block], stretches: Iterable[Stretch], is_read: Callable[[Block], bool] = is_text
) -> Body:
    """A body with other words for stretches of its text, under the marks of the first that they replace."""

    def put(inside: Runs, stretch: Stretch, is_begun: bool) -> Runs:
        return [{"marks": inside[0]["marks"], "text": "" if is_begun else stretch.of}]

    return _along(body, stretches, put, is_read)


def without_marks(body: Iterable[Block], is_taken: Callable[[Mark], bool]) -> Body:
    """A body without some of its marks; their words stay."""

    def kept(block: Block) -> Runs:
        return [
            {"marks": [each for each in run["marks"] if not is_taken(each)], "text": run["text"]}
            for run in block["runs"]
        ]

    return rebuilt(body, runs=kept)


def with_other_marks(body: Iterable[Block], other: Callable[[Mark], Mark]) -> Body:
    """A body with another mark in the place of each."""
    return rebuilt(
        body,
        runs=lambda block: [
            {"marks": list(map(other, run["marks"])), "text": run["text"]} for run in block["runs"]
        ],
    )
