"""Which language a text is in, by its letters and its small words."""

from __future__ import annotations

import re
from collections import Counter

from .row import Tongue
from .table import ENGLISH, LETTERS, TONGUES, UNKNOWN

# l’homme is two words; the possessive of Marr’s is none.
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:[’'](?:s\b|(?=[^\W\d_])))?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_IN_SCRIPT = {code: re.compile(f"[{letters}]") for code, letters in LETTERS.items()}
_IN_ANY_SCRIPT = re.compile(f"[{''.join(LETTERS.values())}]")
_SPEECH = 3  # what a verb of speech weighs, in small words
_ENOUGH = 60  # words, of which in any known language some are small ones
_FEW = 0.04


def tongue_of(text: str, otherwise: Tongue = ENGLISH, lead: int = 0) -> Tongue:
    """The language of a text; what tells of none is in the one that is expected.

    By `lead` small words any other has to be ahead of that one.
    """
    if by_letters := _by_letters(text):
        return by_letters
    given = _WORD.findall(text)
    scores = _scores(given)
    best = max(scores, key=lambda code: scores[code], default=otherwise.code)
    if not lead and len(given) > _ENOUGH and scores[best] < len(given) * _FEW:
        return UNKNOWN
    return TONGUES[best] if scores[best] > scores[otherwise.code] + lead else otherwise


def _by_letters(text: str) -> Tongue | None:
    """The language whose letters most of a text is written in, if they are not Latin."""
    if text.isascii() or not _IN_ANY_SCRIPT.search(text):
        return None
    counts = {code: len(letters.findall(text)) for code, letters in _IN_SCRIPT.items()}
    # Japanese is written with Chinese characters besides its own, and Persian with Arabic letters.
    if counts["ja"] * 8 > counts["zh"]:
        counts["ja"] += counts["zh"]
    if counts["fa"] * 8 > counts["ar"]:
        counts["fa"] += counts["ar"]
    best = max(counts, key=lambda code: counts[code])
    # A character without blanks beside it is most of a word.
    weight = 3 if best in ("ja", "zh") else 1
    return TONGUES[best] if counts[best] * weight > len(_LATIN.findall(text)) else None


def _scores(given: list[str]) -> Counter[str]:
    scores: Counter[str] = Counter()
    for word in given:
        if not word.islower():
            continue  # “Le Roux”, “Das”: a capital may be a name’s
        for code, weight in _WEIGHTS.get(word.replace("'", "’"), ()):
            scores[code] += weight
        for letter in _RARE.intersection(word):
            scores[_OF_LETTER[letter]] += 1
    return scores


def _weights() -> dict[str, list[tuple[str, int]]]:
    weights: dict[str, list[tuple[str, int]]] = {}
    for tongue in TONGUES.values():
        for word in tongue.small | tongue.verbs:
            weight = _SPEECH if word in tongue.verbs else 1
            weights.setdefault(word, []).append((tongue.code, weight))
    return weights


_WEIGHTS = _weights()
_OF_LETTER = {letter: tongue.code for tongue in TONGUES.values() for letter in tongue.letters}
_RARE = frozenset(_OF_LETTER)
