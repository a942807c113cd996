"""Which words a language has: Hunspell's lists, as others keep them, read by Spylls.

English comes with Spylls, its British spellings with Breame. A newsroom in another language names the
`.aff` and `.dic` files of its own. They are read when the first edit is looked at, on the desk alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

from .fairness import turn_of
from .style import in_american

# As many slips of the pen as a word of so many letters may have: one, or two in a long one.
SLIPS_OF_LONG_WORDS = 2
LONG = 6  # letters
# Put before a word, they make its opposite.
_OPPOSING = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti", "de", "a", "over", "under")


@dataclass(frozen=True)
class Spelling:
    """The words of one language. `dictionary` is Spylls's; without one no word is known."""

    dictionary: Any = None
    is_english: bool = True

    def knows(self, word: str) -> bool:
        plain = word.replace("’", "'")
        if self.is_english and plain.casefold() in BRITISH_ENGLISH_SPELLINGS:
            return True
        return self.dictionary is not None and bool(self.dictionary.lookup(plain))

    def is_name(self, word: str) -> bool:
        """Does the language have it with a capital: John, Monday?"""
        capital = word[:1].upper() + word[1:]
        return self.dictionary is not None and bool(self.dictionary.dic.homonyms(capital))

    def is_another_with_capital(self, word: str) -> bool:
        """Polish and polish, March and march, Turkey and turkey."""
        return self.is_name(word) and bool(self.dictionary.dic.homonyms(word.lower()))

    def is_mended(self, wrong: str, right: str) -> bool:
        """Is one a slip of the pen, and the other the word that was meant?"""
        wrong, right = wrong.casefold(), right.casefold()
        if turn_of(wrong) or turn_of(right) or _are_opposite(wrong, right):
            return False
        if self.is_english and in_american(wrong) == in_american(right):
            return True
        if self.knows(wrong) or not self.knows(right):
            return False
        return _slips(wrong, right) <= (SLIPS_OF_LONG_WORDS if len(right) >= LONG else 1)


@cache
def spelling_of(language: str, dictionary: str = "") -> Spelling:
    """That of a newsroom's language; `dictionary` is the path of its two files, without their endings.

    Raises `OSError` if they are not there.
    """
    from spylls.hunspell import Dictionary

    is_english = language.split("-")[0] == "en"
    if dictionary:
        return Spelling(Dictionary.from_files(dictionary), is_english)
    if is_english:
        bundled = files("spylls.hunspell") / "data" / "en" / "en_US"
        return Spelling(Dictionary.from_files(str(bundled)), is_english)
    return Spelling(None, is_english)


def _are_opposite(one: str, other: str) -> bool:
    return any(
        longer == opposing + shorter
        for opposing in _OPPOSING
        for longer, shorter in ((one, other), (other, one))
    )


def _slips(wrong: str, right: str) -> int:
    """Letters to put in, take out, change, or change places (Damerau and Levenshtein)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(wrong, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(right, 1):
            slips = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == right[j - 2] and wrong[i - 2] == wanted:
                slips = min(slips, earlier[j - 2] + 1)
            row.append(slips)
    return row[-1]
