"""Speech that has no quotation marks: block quotes, dialogue after dashes, interviews by turns.

Only where its form leaves no doubt: a dash begins lists, too, and a colon notes of every kind.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from .following import says_who
from .sayings import Segment
from .words_of_speech import CAPITALS, TIMES, word_set

_DASH = re.compile(r"[—―–]\s*(?=[^\W\d_])")
# — We signed it —said Holt—. At noon.
_ASIDE = re.compile(r"\s*[—―–]\s*(?P<words>[^—―–]{3,80}?)\s*(?:[—―–]\s*|$)")
# — We signed it at noon, said Holt.
_CLOSING = re.compile(r"[,?!…]\s+(?P<words>[^,.;:?!—―–]{3,60})[.]?$")
# Holt: We signed it at noon.
_TURN = re.compile(
    rf"(?P<name>[{CAPITALS}][\w’'.-]*(?: [{CAPITALS}][\w’'.-]*){{0,3}}): (?=[^\s\d“\"«‘'])(?P<words>.+)$"
)
_CREDIT = re.compile(rf"^[—―–-]\s*(?P<name>[{CAPITALS}][\w’'.-]+(?: [\w’'.,-]+){{0,8}})$")
_TURNS = 2  # paragraphs of this form: by itself one may be a note, such as “Update: …”
_NO_NAMES = word_set(
    "update note correction editor’s editor's source photo read more related watch listen date time place price "
    "tickets address contact email phone warning question questions answer"
)


def unmarked(paragraphs: Sequence[str], set_apart: Collection[int]) -> dict[int, list[Segment]]:
    """The segments of speech in paragraphs without quotation marks, by the paragraphs' numbers.

    `set_apart` are the numbers of those that are block quotes. An interview by turns has two turns of
    somebody at least.
    """
    found: dict[int, list[Segment]] = {}
    turns = [_TURN.match(line) for line in paragraphs]
    names = [_name_of(turn) for turn in turns]
    # Notes have that form, too: “Quay United: Jo Dell missed the match.”
    is_interview = any(line.rstrip('”"’)').endswith(("?", "؟", "？")) for line in paragraphs)
    for number, line in enumerate(paragraphs):
        turn, name = turns[number], names[number]
        if number in set_apart:
            if not _CREDIT.match(line):
                found[number] = [_whole(line, 0, _credited(paragraphs, number, set_apart))]
        elif turn and name and is_interview and names.count(name) >= _TURNS:
            found[number] = [_whole(line, turn.start("words"), name)]
        elif (dash := _DASH.match(line)) and (segments := _dialogue(line, dash.end())):
            found[number] = segments
    return found


def _name_of(turn: re.Match[str] | None) -> str:
    words = turn["name"].casefold().split() if turn else []
    return turn["name"] if turn and not _NO_NAMES & set(words) else ""


def _whole(line: str, start: int, speaker: str = "") -> Segment:
    return Segment(start, len(line), start, len(line), is_marked=False, speaker=speaker)


def _credited(paragraphs: Sequence[str], number: int, set_apart: Collection[int]) -> str:
    """The name after a dash, under a block quote."""
    for after in range(number + 1, min(number + 4, len(paragraphs))):
        if credit := _CREDIT.match(paragraphs[after]):
            return credit["name"].split(",")[0]
        if after not in set_apart:
            break
    return ""


def _dialogue(line: str, start: int) -> list[Segment]:
    """A paragraph after a dash, but for who says it; nothing, if nobody does."""
    for aside in _ASIDE.finditer(line, start):
        if speaker := _speaker(aside["words"]):
            parts = [(start, aside.start()), (aside.end(), len(line))]
            return [
                Segment(first, last, first, last, is_marked=False, speaker=speaker)
                for first, last in parts
                if any(map(str.isalnum, line[first:last]))
            ]
    closing = _CLOSING.search(line, start)
    if closing and (speaker := _speaker(closing["words"])):
        end = closing.start() + 1
        return [Segment(start, end, start, end, is_marked=False, speaker=speaker)]
    return []


def _speaker(words: str) -> str:
    speaker = says_who(words) or ""
    return "" if speaker.split(" ")[0].casefold() in TIMES else speaker
