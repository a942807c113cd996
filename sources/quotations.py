"""Finding direct quotations in text, and matching their words to recorded ones. No models here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

# Which marks may close a quotation that the key opened. Straight and typographic marks are
# mixed in real copy ("…”), so each closes the other.
CLOSING = {"“": '”"', '"': '"”', "„": '“”"', "«": "»", "»": "«"}

_STRAIGHT = str.maketrans("“”„«»‘’‚‹›\u00a0", "\"\"\"\"\"''''' ")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Quotation:
    """A quoted segment: `text[start:end] == words`, the words between the marks."""

    words: str
    start: int
    end: int
    paragraph: int


class Recorded(Protocol):
    """Words as they were said, and whoever said them."""

    words: str

    @property
    def speaker_id(self) -> int: ...


R = TypeVar("R", bound=Recorded)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each paragraph of a text with the offset at which it begins; a line break ends one."""
    offset = 0
    for line in text.splitlines(keepends=True):
        yield offset, line
        offset += len(line)


def find_quotations(text: str) -> list[Quotation]:
    """Every direct quotation in a text, in order, one segment a paragraph.

    A quotation left open at the end of its paragraph counts if the next one opens again, as
    running quotations do; otherwise the mark was a slip and nothing after it is taken for speech.
    """
    lines = [(start, line) for start, line in _lines(text) if line.strip()]
    found: list[Quotation] = []
    for number, (offset, line) in enumerate(lines):
        following = lines[number + 1][1].lstrip() if number + 1 < len(lines) else ""
        runs_on = following[:1] in CLOSING
        found.extend(
            Quotation(line[start:end], offset + start, offset + end, number)
            for start, end in _segments(line, runs_on)
        )
    return found


def _segments(line: str, runs_on: bool) -> Iterator[tuple[int, int]]:
    opened = -1
    closing = ""
    for at, mark in enumerate(line):
        if opened < 0:
            if mark in CLOSING and _opens(line, at):
                opened, closing = at + 1, CLOSING[mark]
        elif mark in closing and not line[at + 1 : at + 2].isalnum():
            if line[opened:at].strip():
                yield opened, at
            opened = -1
    end = len(line.rstrip())
    if opened >= 0 and runs_on and opened < end:
        yield opened, end


def _opens(line: str, at: int) -> bool:
    """A mark opens at the start of a word, not after one (6" or a closing mark)."""
    return at == 0 or not (line[at - 1].isalnum() or line[at - 1] in ".,!?…")


def plain(words: str) -> str:
    """The words as they compare: what news style may change in a quotation is levelled out.

    Marks, white space, the case of the first letter, and the comma or full stop that stands
    inside the closing mark (`quote-altered` in the editorial rules).
    """
    text = unicodedata.normalize("NFC", words).translate(_STRAIGHT)
    text = _SPACE.sub(" ", text).strip().rstrip(".,").rstrip()
    return text[:1].casefold() + text[1:]


def match(quotations: Iterable[Quotation], recorded: Iterable[R]) -> list[tuple[Quotation, R]]:
    """The quotations that a recorded quote backs, each with that quote.

    Words that two speakers said back nothing: a quotation is never given to the wrong one.
    """
    said: dict[str, list[R]] = {}
    for quote in recorded:
        said.setdefault(plain(quote.words), []).append(quote)
    backing = {
        words: quotes[0]
        for words, quotes in said.items()
        if len({quote.speaker_id for quote in quotes}) == 1
    }
    pairs = ((quotation, backing.get(plain(quotation.words))) for quotation in quotations)
    return [(quotation, quote) for quotation, quote in pairs if quote is not None]


PHRASE = 8  # letters in two words or more that a text cannot hold by chance


def occurs_in(words: str, text: str) -> bool:
    """Do these words stand anywhere in the text, whatever marks stand among them?

    A single word, or a few letters, counts only where it is quoted by itself. In scripts that put
    no blanks between words any stretch counts.
    """
    wanted = _bare(words)
    if not wanted:
        return False
    if _UNSPACED.search(wanted) and len(wanted) >= PHRASE:
        return wanted in _bare(text)
    if " " in wanted and len(wanted) >= PHRASE:
        return f" {wanted} " in f" {_bare(text)} "
    return wanted in (_bare(quotation.words) for quotation in find_quotations(text))


# Han, Kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def _bare(words: str) -> str:
    """Words alone, in lower case, with one blank between them."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).casefold()))
