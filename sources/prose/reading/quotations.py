"""Finding direct quotations in text or HTML: their words, their place, and who is speaking.

Pure functions, no models. Quotation marks are read as newspapers print them, not as a grammar would
have them: straight and typographic marks close each other, an apostrophe is no mark, and a mark
that nothing closes was a slip.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ..hypertext import read
from .marks import (
    closes_in_arabic,
    cut_off,
    ends_with_paragraph,
    goes_on_in_arabic,
    is_arabic,
    is_between_letters,
    opens_in_arabic,
    opens_unspaced,
)
from .sayings import Segment
from .tongues.attributing import attribute_each, tongues_of
from .unmarked import unmarked

# Which marks may close a quotation that the key opened.
_CLOSING = {
    # English “ ” and German „ “, Swedish ” ”, French « », and the » « of Danish and German books.
    "“": '”"“',
    '"': '"”“',
    "”": '“”"',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
}
_DOUBLE = re.compile('[“”"„‟«»‹›「」『』]')
_SINGLE = re.compile("[‘’'‚‛]")
_STRAIGHT = '“”"'  # which also Arabic papers print
_BEFORE_OPENING = set("([{<—–-/…“\"„«‹‘'‚\u00a0¿¡")
_ENDS = set(",.;:!?…")
# Words that begin with an apostrophe, and years: '90s, ’tis, rock ’n’ roll.
_ELISION = re.compile(
    r"(?:\d\ds?(?!\w)|(?:tis|twas|twere|twill|em|n|til|till|cause|cos|cuz|bout|round|neath|kay|nuff|"
    r"s|d|ll|re|ve|m|t)(?!\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quotation:
    """A quoted segment: `text[start:end] == words`, the words between the marks.

    `speaker` is as it stands in the text, or None where the text names nobody. What is no speech
    (`is_speech`) is a title, a nickname, a so-called word; `short` are those of up to three words.
    Block quotes, dialogue after dashes and turns of an interview have no marks (`is_marked`).
    `language` is that of its paragraph, a code of `tongues/table.py`.
    """

    words: str
    start: int
    end: int
    paragraph: int
    speaker: str | None = None
    short: bool = False
    is_speech: bool = True
    is_marked: bool = True
    language: str = "en"


def find_quotations(text: str, set_apart: Collection[int] = ()) -> list[Quotation]:
    """Every direct quotation in a plain text, in order, one segment a paragraph.

    `set_apart` are places where lines begin that are block quotes. A quotation left open at the end of its
    paragraph counts if the next one opens again, as running quotations do; otherwise the mark was a slip
    and nothing after it is taken for speech.
    """
    return list(_found_in(text, frozenset(set_apart)))


@lru_cache(maxsize=8)  # the check, the record and the correction of a story read the same text
def _found_in(text: str, set_apart: frozenset[int]) -> tuple[Quotation, ...]:
    paragraphs = list(_paragraphs(text))
    text, given = _with_plain_marks(text), text
    found: list[list[Segment]] = []
    is_continued = False
    for number, (start, end) in enumerate(paragraphs):
        following = text[slice(*paragraphs[number + 1])] if number + 1 < len(paragraphs) else ""
        # Whether a quotation runs on is told by the mark with which the next paragraph begins.
        segments = _segments(text[start:end], following, is_continued)
        is_continued = bool(segments) and segments[-1].runs_on
        found.append(segments)
    lines = [text[start:end] for start, end in paragraphs]
    blocks = {number for number, (start, _) in enumerate(paragraphs) if start in set_apart}
    for number, segments in unmarked(lines, blocks).items():
        found[number] = found[number] or segments
    tongues = tongues_of(lines, found)
    return tuple(
        Quotation(
            words=given[start + segment.start : start + segment.end],
            start=start + segment.start,
            end=start + segment.end,
            paragraph=number,
            speaker=said.speaker,
            short=said.short,
            is_speech=said.is_speech,
            is_marked=segment.is_marked,
            language=tongues[number].code,
        )
        for number, ((start, _), segments, spoken) in enumerate(
            zip(paragraphs, found, attribute_each(tongues, lines, found), strict=True)
        )
        for segment, said in zip(segments, spoken, strict=True)
    )


def find_quotations_in_html(html: str) -> list[Quotation]:
    """The same in HTML: `words` and `speaker` are plain text, offsets are offsets in the HTML."""
    page = read(html)
    return [
        # The end of its last character: the place after it may lie behind markup.
        replace(found, start=page.starts[found.start], end=page.ends[found.end - 1])
        for found in find_quotations(page.text, page.block_quotes)
    ]


# Other signs for the same marks: of full width, ornaments, primes, and those of telegrams and TeX. Each
# keeps its length, so that places stay places.
_OTHER_MARKS = dict(zip("＂❝❞″〝〞〟⹂｢｣❛❜＇", '"“”"“””„「」‘’\'', strict=True))
_OTHER_MARK = re.compile(f"[{''.join(_OTHER_MARKS)}]")
_DOUBLED = re.compile(
    r"(?<!,),,(?=[^\W_])|``(?=\S)|‘‘(?=\S)|(?<=\S)’’(?!’)|(?<!['\w])''(?=[^\W_])|(?<=\S)''(?!')"
)

_PAIRS = (",,", "``", "‘‘", "’’", "''")


def _with_plain_marks(text: str) -> str:
    text = _OTHER_MARK.sub(lambda found: _OTHER_MARKS[found[0]], text)
    return _DOUBLED.sub(_one_mark, text) if any(pair in text for pair in _PAIRS) else text


def _one_mark(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    closes = found[0] in ("''", "’’") and bool(before.strip()) and not after.isalnum()
    return "” " if closes else " “"


# Paragraphs

# Lines end as `str.splitlines()` ends them.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*\S")
_WRAPPED = range(40, 101)  # characters: a line of such a length may have been broken by a program


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends: a line or, where blank lines part them, several."""
    lines = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    may_wrap = _BLANK_LINE.search(text) is not None
    # One longer line says that no program broke the others.
    if any(end - start > _WRAPPED[-1] for start, end in lines):
        may_wrap = False
    begun = 0
    for number, (start, end) in enumerate(lines):
        is_wrapped = may_wrap and end - start in _WRAPPED
        if is_wrapped and number + 1 < len(lines):
            between = text[end : lines[number + 1][0]]
            if between.count("\n") == 1:
                continue
        yield _stripped(text, lines[begun][0], end)
        begun = number + 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())


# Marks


def _segments(line: str, following: str, is_continued: bool) -> list[Segment]:
    """The quoted segments of one paragraph, outermost alone, in order."""
    doubles = _double_quoted(line, following, is_continued)
    singles = _single_quoted(line, following[:1], doubles)
    inside = [one for one in doubles if not _is_held(singles, one.start)]
    segments = (_trimmed(line, one) for one in sorted([*inside, *singles], key=lambda s: s.start))
    return [one for one in segments if any(map(str.isalnum, line[one.start : one.end]))]


def _trimmed(line: str, segment: Segment) -> Segment:
    start, end = _stripped(line, segment.start, segment.end)
    return replace(segment, start=start, end=end)


def _double_quoted(line: str, following: str, is_continued: bool) -> list[Segment]:
    marks = [match.start() for match in _DOUBLE.finditer(line)]
    # What is inside is kept, in case that the outer mark turns out to be a slip.
    stack: list[tuple[int, str, list[Segment]]] = []  # where each opened, its mark, what is inside
    found: list[Segment] = []
    if is_continued and line[0] not in _CLOSING:
        stack.append((0, "“", []))  # it goes on without a mark of its own
    for number, at in enumerate(marks):
        mark = line[at]
        following_mark = marks[number + 1] if number + 1 < len(marks) else -1
        if stack and _closes(line, at, stack[-1][1], following_mark):
            opened = stack.pop()[0]
            segment = Segment(opened, at, max(0, opened - 1), at + 1)
            (stack[-1][2] if stack else found).append(segment)
        # A running quotation opens anew at the beginning of each of its paragraphs.
        elif (
            _opens(line, at)
            or (not stack and _opens_astray(line, at, number, len(marks)))
            or (at == 0 and is_continued and mark in _CLOSING)
        ):
            stack.append((at + 1, mark, []))
    if stack:
        found.extend(_left_open(line, following, stack))
    return found


def _left_open(
    line: str, following: str, stack: list[tuple[int, str, list[Segment]]]
) -> Iterator[Segment]:
    """What a paragraph's end left open: a quotation that runs on, or slips and what they held."""
    opened, mark, _ = stack[0]
    # “… said that it “gives us hope”, left open by somebody who wrote it out: both marks say so.
    is_plain = mark == "“" == following[:1] and line[-1] in ".?!"
    is_sentence = not line[opened : opened + 1].islower() or is_plain
    is_running = _reopens(mark, following[:1]) or goes_on_in_arabic(line, opened - 1, following)
    if is_sentence and is_running and not _ENDS_IN_ATTRIBUTION.search(line, opened):
        yield Segment(opened, len(line), opened - 1, len(line), runs_on=True)
        return
    held = [each for _, _, inner in stack for each in inner]
    if not held and len(stack) == 1 and ends_with_paragraph(line, opened - 1, following):
        yield Segment(opened, len(line), opened - 1, len(line))
    begins = [*(each.open for each in held), *(place - 1 for place, *_ in stack[1:])]
    if begins and (end := cut_off(line, opened, min(begins))):
        yield Segment(opened, end, opened - 1, end)
    yield from held


_ENDS_IN_ATTRIBUTION = re.compile(r", (?:[\w.’'-]+ ){1,4}(?:said|says|added|told \w+)\.?$")


def _reopens(mark: str, following: str) -> bool:
    if mark in "«»":
        return following in ("«", "»")
    return following != "" and following in ('“"„”‟' if mark in '“"„”‟' else mark)


def _opens(line: str, at: int) -> bool:
    """A mark opens before a word and not after one (6" or a closing mark)."""
    mark, before, after = line[at], line[at - 1 : at] if at else "", line[at + 1 : at + 2]
    if mark not in _CLOSING:
        return False
    if mark in "„«‹「『‟" and after:
        return True
    if is_arabic(line, at):
        return opens_in_arabic(line, at)
    if not after or after.isspace():
        return False
    is_boundary = not before or before.isspace() or before in _BEFORE_OPENING
    if mark == "“":
        return is_boundary or not before.isalnum() or opens_unspaced(line, at)
    return is_boundary and after not in ",.;:)"


def _opens_astray(line: str, at: int, number: int, marks: int) -> bool:
    """`She writes,"Today …"`, `he said. " A slump …"`: a blank is missing, or one too many."""
    before, after = line[:at].rstrip()[-1:], line[at + 1 :].lstrip()[:1]
    is_led_in = before in tuple(",:.?!") and after.isupper()
    is_led_in = is_led_in or is_between_letters(line, at)
    return line[at] == '"' and is_led_in and number + 1 < marks


def _closes(line: str, at: int, opened_by: str, following_mark: int) -> bool:
    mark, before, after = line[at], line[at - 1], line[at + 1 : at + 2]
    if mark not in _CLOSING[opened_by]:
        return False
    if mark in _STRAIGHT and is_arabic(line, at):
        return closes_in_arabic(line, at)
    # A mark that can do nothing but close here needs no look at its neighbours.
    if mark in "”»«›‹」』" and mark != opened_by:
        return True
    # `… ourselves? " she wrote`, `He said ‘no.’ " she wrote`, `We signed it,"Holt said`
    is_astray = line[:at].rstrip().rstrip("'’")[-1:] in tuple(",.?!…")
    if before.isspace():
        return is_astray and (not after or after.isspace())
    if before in "([{" or (after.isalnum() and not is_astray):
        return False
    if mark == '"' and before.isdigit():
        return not _is_inches(line, at, following_mark)
    return True


def _is_inches(line: str, at: int, following_mark: int) -> bool:
    """`a 12" pipe` inside a quotation: words follow, and the next mark closes."""
    if following_mark < 0 or not re.match(r"\s+\w", line[at + 1 : at + 4]):
        return False
    return not line[following_mark - 1].isspace()


def _single_quoted(line: str, following: str, doubles: list[Segment]) -> list[Segment]:
    """British marks: outermost, or around double ones; what stands inside double marks is not."""
    marks = _outside(doubles, [match.start() for match in _SINGLE.finditer(line)])
    opens = [_opens_single(line, at) for at in marks]
    strong = [_is_strong(line, at) for at in marks]
    # Does another mark surely close, before one opens? Then this one is an apostrophe.
    closed_later = [False] * (len(marks) + 1)
    for number in range(len(marks) - 2, -1, -1):
        closed_later[number] = not opens[number + 1] and (
            strong[number + 1] or closed_later[number + 1]
        )
    found: list[Segment] = []
    opened: int | None = None
    for number, at in enumerate(marks):
        if opens[number]:
            opened = at
        elif opened is not None and _closes_single(line, opened, at):
            if not strong[number] and (closed_later[number] or _holds(doubles, opened, at)):
                continue
            found.append(Segment(opened + 1, at, opened, at + 1))
            opened = None
    if opened is not None and line[opened] != "’" and following == line[opened]:
        found.append(Segment(opened + 1, len(line), opened, len(line), runs_on=True))
    return found


def _outside(segments: list[Segment], marks: list[int]) -> list[int]:
    kept, current = [], 0
    for at in marks:
        while current < len(segments) and segments[current].close <= at:
            current += 1
        if current == len(segments) or at < segments[current].open:
            kept.append(at)
    return kept


def _is_held(segments: list[Segment], at: int) -> bool:
    """Does one of these segments, which do not overlap, hold this place?"""
    # Bisected, here and below: a text of nothing but marks must not take the square of its length.
    place = bisect_right(segments, at, key=lambda segment: segment.start) - 1
    return place >= 0 and at < segments[place].end


def _holds(segments: list[Segment], start: int, end: int) -> bool:
    place = bisect_left(segments, start, key=lambda segment: segment.open)
    return place < len(segments) and segments[place].open < end


def _opens_single(line: str, at: int) -> bool:
    before, after = line[at - 1 : at] if at else "", line[at + 1 : at + 2]
    if not after or after.isspace() or after in ",.;:!?)”":
        return False
    if before and not (before.isspace() or before in _BEFORE_OPENING):
        return False
    return not _ELISION.match(line, at + 1)


def _closes_single(line: str, opened: int, at: int) -> bool:
    if line[at] in "‘‚‛" and line[opened] not in "‚‛":
        return False
    after = line[at + 1 : at + 2]
    return not line[at - 1].isspace() and not after.isalnum() and at > opened + 1


def _is_strong(line: str, at: int) -> bool:
    """Punctuation beside a mark says that a quotation ends with it, not a possessive."""
    before, after = line[at - 1 : at] if at else " ", line[at + 1 : at + 2]
    if before.isspace() or after.isalnum():
        return False
    return before in _ENDS or before in '—–-”"' or not after or after in _ENDS
