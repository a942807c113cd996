"""What a newsroom may set in its own style: marks, figures, abbreviations, spelling. None of it is a lie.

The spellings of British and American English are those of Breame, a list that others keep.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = dict(zip(_UNITS.split(), range(20), strict=True)) | dict(
    zip(_TENS.split(), range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
_APOSTROPHE = re.compile(r"(?<=\w)['’‘](?=\w)")
_PERCENT = re.compile(r"\bper ?cent\b")
# A figure; a word with its hyphens and stops (U.S., co-operate, AT&T); marks that are no mere style.
_WORD = re.compile(r"[$£€]?\d[\d,]*(?:\.\d+)?\w*|[^\W_]+(?:[.&’-]+[^\W_]+)*|[%?!]")
_BEGINNING = re.compile(r"(?<=[.?!;:—–]\s)[^\W\d_](?=[^\W_]*\b)(?![^\W_]*[A-Z])")
_WITHIN = str.maketrans("", "", ".-")


def styled(text: str) -> list[str]:
    """The words of a text as they compare whatever a newsroom's style: “10” for ten, “US” for U.S.

    A question mark and an exclamation mark are words of their own: they change what was said.
    """
    # NFKC parts ligatures; of the category Cf are soft hyphens, and whatever else is not seen.
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    text = _PERCENT.sub("%", _APOSTROPHE.sub("’", text))
    # A sentence that begins where the other has a semicolon begins with a capital.
    text = _BEGINNING.sub(lambda found: found[0].lower(), text)
    words = [part for word in _WORD.findall(text) for part in _parts(word)]
    return list(_in_figures(words)) if any(map(_is_number, words)) else words


def as_recorded(printed: str, recorded: str) -> str:
    """The stretch of the recorded words that a quotation prints in another style; “” if it leaves out some.

    A comma inside the closing mark stays: news style puts it there.
    """
    wanted, words = [word.casefold() for word in styled(printed)], recorded.split()
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + 2 * len(wanted) + 2) + 1):
            stretch = " ".join(words[first:last])
            if [word.casefold() for word in styled(stretch)] == wanted:
                end = "," if printed.endswith(",") else ""
                return stretch.rstrip(",.") + end if end else stretch
    return ""


def is_mere_style(printed: str, recorded: str) -> bool:
    """Do the marks leave to each what they said? “The mayor, said Holt, is a crook” needs its commas."""
    if not _SAYS.search(printed):
        return True
    stretch = as_recorded(printed, recorded)
    return len(_PARTING.findall(printed[:-1])) == len(_PARTING.findall(stretch[:-1]))


_SAYS = re.compile(
    r"\b(?:said|says|say|told|tells|claims|claimed|thinks|thought|believes|believed)\b"
)
_PARTING = re.compile(r"[,;:—–]")


@lru_cache(maxsize=4096)  # most words of a record stand in it more than once
def _parts(word: str) -> tuple[str, ...]:
    if word[-1].isdigit():
        return (word.replace(",", ""),)
    if word.isalpha():
        return (_plain(word),)
    parts = tuple(word.split("-"))
    if all(part.casefold() in NUMBERS for part in parts):
        return parts
    return (_plain(word.translate(_WITHIN)),)


def _plain(word: str) -> str:
    """In American spelling, with the capital that it has."""
    lower = word.casefold()
    plain = _ORDINALS.get(lower) or in_american(lower)
    if plain == lower:
        return word
    return plain[:1].upper() + plain[1:] if word[:1].isupper() else plain


def in_american(word: str) -> str:
    """A word in lower case as Americans spell it."""
    return str(BRITISH_ENGLISH_SPELLINGS.get(word, word))


def _in_figures(words: Iterable[str]) -> Iterator[str]:
    """Numbers in words as figures: two hundred and five, 205; 5 million, 5000000."""
    run: list[str] = []
    for word in words:
        lower = word.casefold()
        if run and _goes_on(run, lower):
            run.append(lower)
            continue
        if run:
            yield from _figure(run)
        run = [lower] if _is_number(lower) else []
        if not run:
            yield word
    yield from _figure(run)


def _is_number(word: str) -> bool:
    return word.casefold() in NUMBERS or word.isdecimal()


def _goes_on(run: list[str], word: str) -> bool:
    if word in _SCALES:
        return run[-1] != "and"
    if word == "and":
        return run[-1] in _SCALES
    if word in NUMBERS:
        is_unit = NUMBERS[word] < 10 and NUMBERS.get(run[-1], 0) >= 20
        return run[-1] == "and" or run[-1] in _SCALES or is_unit
    return False


def _figure(run: list[str]) -> Iterator[str]:
    whole, part = 0, 0
    for word in run:
        if word == "hundred":
            part *= 100
        elif word in _SCALES:
            whole, part = whole + part * _SCALES[word], 0
        elif word != "and":
            part += NUMBERS[word] if word in NUMBERS else int(word)
    if run:
        yield str(whole + part)
    # “and” was no part of the number after all: two hundred, and then we left.
    if run[-1:] == ["and"]:
        yield "and"
