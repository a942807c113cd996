"""Numbers in words and in figures as one: “twelve hundred”, “1,200”, “zwölfhundert”; “the third” and “the 3rd”.

English, German, French and Spanish, and Arabic-Indic figures. Years as they are said: “twenty sixteen”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from ..prose.comparing.style import NUMBERS

_DE = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_FR = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_FR_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "nonante": 90,
}
_ES = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
_ES_MORE = {
    "dieciseis": 16,
    "diecisiete": 17,
    "dieciocho": 18,
    "diecinueve": 19,
    "veinte": 20,
    "veintiun": 21,
    **{
        f"veinti{unit}": 20 + n
        for n, unit in enumerate(
            ["_", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
        )
    },
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
    "doscientos": 200,
    "trescientos": 300,
    "cuatrocientos": 400,
    "quinientos": 500,
    "seiscientos": 600,
    "setecientos": 700,
    "ochocientos": 800,
    "novecientos": 900,
    "un": 1,
}
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth"""
_AR = {
    2: "اثنان اثنين",
    3: "ثلاثة ثلاث",
    4: "أربعة أربع",
    5: "خمسة خمس",
    6: "ستة ست",
    7: "سبعة سبع",
    8: "ثمانية ثماني",
    9: "تسعة تسع",
    10: "عشرة عشر",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
    100: "مئة مائة",
    200: "مئتان مئتين",
    300: "ثلاثمئة",
    400: "أربعمئة",
    500: "خمسمئة",
    600: "ستمئة",
    700: "سبعمئة",
    800: "ثمانمئة",
    900: "تسعمئة",
    1000: "ألف",
}
_DE_ORDINALS = {
    "erste": 1,
    "zweite": 2,
    "dritte": 3,
    "vierte": 4,
    "fünfte": 5,
    "sechste": 6,
    "siebte": 7,
    "achte": 8,
}
_TIMES = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9},
    "de": {
        "hundert": 100,
        "tausend": 1000,
        "million": 10**6,
        "millionen": 10**6,
        "milliarden": 10**9,
    },
    "fr": {
        "cent": 100,
        "cents": 100,
        "mille": 1000,
        "million": 10**6,
        "millions": 10**6,
        "milliards": 10**9,
    },
    "es": {"cien": 100, "ciento": 100, "mil": 1000, "millon": 10**6, "millones": 10**6},
}
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y"}
_POINT = {"en": "point", "de": "komma", "fr": "virgule", "es": "coma"}
_CURRENCIES = {"£": "pounds", "$": "dollars", "€": "euros"}
_IS_FIGURE = re.compile(r"#\d+(?:\.\d+)?")
_FIGURE = re.compile(r"([£$€])?(\d[\d.,' ]*)(?:st|nd|rd|th|\.|e|er|º|ª)?(%)?$")


@cache
def _units(language: str) -> dict[str, int]:
    if language == "en":
        units = {**NUMBERS, **{word: n for n, word in enumerate(_ORDINALS.split(), 1)}}
        units |= {f"{word[:-1]}ieth": n for word, n in NUMBERS.items() if n >= 20}
    elif language == "de":
        units = _german() | {
            f"{word}{ending}": n
            for word, n in _DE_ORDINALS.items()
            for ending in ("", "r", "n", "s")
        }
    elif language == "fr":
        units = {word: n for n, word in enumerate(_FR.split())} | _FR_TENS | {"vingts": 20}
    elif language == "es":
        units = {word: n for n, word in enumerate(_ES.split())} | _ES_MORE
    elif language == "ar":
        units = {word: n for n, words in _AR.items() for word in words.split()}
    else:
        units = {}
    return {_bare(word): n for word, n in units.items()}


def _german() -> dict[str, int]:
    """All up to 999, and thousands of these: they are one word."""
    small = dict(enumerate(_DE.split()))
    tens = {10 * n: word for n, word in enumerate(_DE_TENS.split(), 2)}
    joined = {**small, 1: "ein"}
    below = dict(small)
    for ten, word in tens.items():
        below[ten] = word
        below |= {ten + n: f"{joined[n]}und{word}" for n in range(1, 10)}
    spelled = dict(below)
    for n in range(1, 10):
        hundred = f"{joined[n]}hundert"
        spelled[100 * n] = hundred
        spelled |= {100 * n + rest: hundred + word for rest, word in below.items() if rest}
    units = {word: n for n, word in spelled.items()}
    thousands = {
        ("ein" if n == 1 else word) + "tausend": 1000 * n for n, word in spelled.items() if n
    }
    return {**units, **thousands, "hunderttausend": 100_000}


def _bare(word: str) -> str:
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    )
    return plain.replace("ة", "ه")


def figure(word: str) -> list[str]:
    """A word in figures as “#1200”, with its currency after it as it is said; empty for any other word."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and c.isdecimal() else c for c in word)
    plain = plain.replace("٬", ",").replace("٫", ".").strip("“”\"'«»()[]?!;:…")
    found = _FIGURE.match(plain.rstrip(".,"))
    if not found:
        return []
    digits = found[2].rstrip(".,' ")
    groups = re.split(r"[.,' ]", digits)
    if len(groups) > 1 and len(groups[0]) <= 3 and all(len(each) == 3 for each in groups[1:]):
        number = "".join(groups)
    else:
        number = digits.replace(",", ".")
    try:
        told = (
            f"#{float(number):g}"
            if float(number) < 10**6 and "." in number
            else f"#{float(number):.0f}"
        )
    except ValueError:
        return [f"#{digits}"]
    beside = [_CURRENCIES[found[1]]] if found[1] else []
    return [told, *beside, *(["percent"] if found[3] else [])]


def in_words(words: Sequence[str], at: int, language: str) -> tuple[str, int]:
    """The number that begins at a word, as “#1200”, and how many words it takes; ("", 0) where none begins."""
    number = _Spelled(words, at, language)
    while number.goes_on():
        pass
    return number.told()


class _Spelled:
    """A number that is read word by word: what it is so far, and the size of what was said last."""

    def __init__(self, words: Sequence[str], at: int, language: str) -> None:
        self.words, self.at, self.place, self.language = words, at, at, language
        self.units, self.times = _units(language), _TIMES.get(language, {})
        self.total = self.current = 0.0
        self.last = -1.0
        self.is_begun = self.is_whole = False
        if language == "en" and words[at] in ("a", "an") and self._word(1) in self.times:
            self.current, self.place, self.is_begun = 1, at + 1, True

    def _word(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return _bare(self.words[place]) if place < len(self.words) else ""

    def goes_on(self) -> bool:
        """Take the next word, if it belongs to the number."""
        word = self._word()
        if self.is_whole or not word:
            return False
        steps = (self._figure, self._unit, self._times, self._and, self._point)
        return any(step(word) for step in steps)

    def _figure(self, word: str) -> bool:
        if self.is_begun or not _IS_FIGURE.fullmatch(word):
            return False
        self.current, self.is_begun = float(word[1:]), True
        self.place += 1
        self.is_whole = self._word() not in self.times  # “1.2 million”
        return True

    def _unit(self, word: str) -> bool:
        number = self.units.get(word)
        if number is None:
            return False
        if self.is_begun and not _joins(self.last, number, self.language):
            return self._year(number)
        self.current, self.is_begun, self.last = self.current + number, True, number
        if self.language == "fr" and number == 20 and self.current == 24:
            self.current = 80  # quatre-vingts
        self.place += 1
        return True

    def _year(self, number: int) -> bool:
        """“twenty sixteen”."""
        is_year = self.language == "en" and 13 <= self.current <= 20 and 10 <= number <= 99
        if not is_year or self.total or self.last != self.current:
            return False
        self.current = self.current * 100 + number
        self.place += 1
        self.is_whole = True
        return True

    def _times(self, word: str) -> bool:
        if word not in self.times or (not self.is_begun and word.startswith("million")):
            return False
        size = self.times[word]
        if size >= 1000:
            self.total, self.current = self.total + (self.current or 1) * size, 0
        else:
            self.current = (self.current or 1) * size
        self.is_begun, self.last = True, size
        self.place += 1
        return True

    def _and(self, word: str) -> bool:
        """“two hundred and twelve”, “treinta y uno”, “vingt et un”; but “eighty and a hundred” are two."""
        after = self.units.get(self._word(1))
        if not self.is_begun or word != _AND.get(self.language) or after is None:
            return False
        may_join = self.last >= 100 or self.language in ("fr", "es")
        if not may_join or not _joins(self.last, after, self.language):
            return False
        self.place += 1
        return True

    def _point(self, word: str) -> bool:
        if not self.is_begun or word != _POINT.get(self.language):
            return False
        decimals = ""
        while self.units.get(self._word(len(decimals) + 1), 10) < 10:
            decimals += str(self.units[self._word(len(decimals) + 1)])
        if not decimals:
            return False
        self.current += float(f"0.{decimals}")
        self.place += len(decimals) + 1
        return True

    def told(self) -> tuple[str, int]:
        if not self.is_begun:
            return "", 0
        number = self.total + self.current
        return (f"#{number:.0f}" if number == int(number) else f"#{number:g}"), self.place - self.at


def _joins(last: float, n: int, language: str) -> bool:
    """May this follow what was said of the number so far? “twenty one”, “hundred twelve”."""
    if last >= 100:
        return n < last
    if language == "fr" and last in (4, 20, 60, 80):
        return (last == 4 and n == 20) or (last != 4 and n < 20)
    if language == "fr" and last == 10:
        return 7 <= n <= 9  # dix-sept
    return 20 <= last <= 90 and 0 < n < 10
