"""Words made alike where they are the same words: in other letters, other marks, other figures."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..prose.reading.words_of_speech import word_set
from .numbers import figure, in_words

# Somebody who thinks while speaking. In German “er” is a word.
_FILLERS = {
    "en": word_set("um uh er erm uhm hmm mm"),
    "de": word_set("äh ähm hm"),
    "fr": word_set("euh heu"),
    "es": word_set("eh em"),
}
_COMMON = {
    "en": word_set("the and to of a i that it was you is in we they have for not"),
    "de": word_set("der die das und ist nicht ich wir ein eine es zu mit auf den"),
    "fr": word_set("le la les et est pas je nous une des de que on il qui"),
    "es": word_set("el la los y es no que de en una por se lo las con"),
}
_ALIKE = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ؤ": "و",
        "ئ": "ي",
        "ة": "ه",
        "ء": None,
        "ـ": None,
    }
)
_PARTS = re.compile(r"[-‐‑‒–—/]+")


class Token(NamedTuple):
    """A word to compare, in two degrees of sameness."""

    same: str  # no case, punctuation, hyphens or vowel marks; ß is ss
    alike: str  # nor accents; numbers as #1200
    at: int  # of which written word
    is_name: bool = False  # begins with a capital where no sentence begins
    taken: int = 1  # written words


def language_of(words: Iterable[str]) -> str:
    """By the most common words; “en” where none tells, “ar” by its letters."""
    counted = Counter(word.casefold().strip(".,?!;:“”\"'") for word in words)
    arabic = sum(n for word, n in counted.items() if "\u0600" <= word[:1] <= "\u06ff")
    if arabic * 2 > counted.total():
        return "ar"
    scores = {code: sum(counted[word] for word in common) for code, common in _COMMON.items()}
    return max(scores, key=lambda code: scores[code])


def tokens(words: Sequence[str], language: str) -> list[Token]:
    """Of words as they are written. Fillers are nobody's words, and left out."""
    fillers = _FILLERS.get(language, frozenset())
    found: list[Token] = []
    begins = True
    for at, word in enumerate(words):
        is_capital = word.lstrip("“”\"'‘’«»([¿¡„")[:1].isupper()
        if figures := figure(word):
            found += [Token(_same(word) or each, each, at) for each in figures]
        else:
            for part in _PARTS.split(word):
                same = _same(part)
                if same and same not in fillers:
                    found.append(Token(same, alike(same, language), at, is_capital and not begins))
        begins = word.rstrip("“”\"'’»)").endswith((".", "?", "!", "…", ":"))
    return _numbered(found, language)


def _numbered(found: list[Token], language: str) -> list[Token]:
    """With numbers in words made one."""
    spelled = [token.alike for token in found]
    numbered: list[Token] = []
    place = 0
    while place < len(found):
        number, taken = in_words(spelled, place, language)
        if taken:
            joined = "".join(token.same for token in found[place : place + taken])
            last = found[place + taken - 1]
            numbered.append(
                Token(joined, number, found[place].at, taken=last.at - found[place].at + 1)
            )
        else:
            numbered.append(found[place])
        place += taken or 1
    return _with_pence(numbered)


def _with_pence(found: list[Token]) -> list[Token]:
    """“three pounds fifty” is “£3.50”."""
    place = 0
    while place + 2 < len(found):
        whole, currency, part = found[place : place + 3]
        if (
            currency.alike in ("pounds", "dollars", "euros", "euro")
            and whole.alike.startswith("#")
            and re.fullmatch(r"#\d\d", part.alike)
            and whole.alike[1:].isdigit()
        ):
            number = float(f"{whole.alike[1:]}.{part.alike[1:]}")
            same = whole.same + currency.same + part.same
            found[place : place + 3] = [
                Token(same, f"#{number:g}", whole.at, taken=part.at - whole.at + 1),
                Token("", currency.alike, currency.at),
            ]
        place += 1
    return found


def _same(word: str) -> str:
    folded = unicodedata.normalize("NFC", word).casefold().replace("ß", "ss").replace("ـ", "")
    # Arabic vowel marks are combining; the accents of other scripts are composed by now.
    return "".join(c for c in folded if c.isalnum())


def alike(word: str, language: str) -> str:
    if language == "de":
        word = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    word = word.translate(_ALIKE)
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
