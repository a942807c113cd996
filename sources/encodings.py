"""In which encoding a file of text was written, where it does not say so: the newsroom's own first, or none.

Nearly any bytes can be read as some encoding, and a wrong one turns names into others. What no guess fits is no text.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from functools import partial
from typing import IO, NamedTuple

from charset_normalizer import from_bytes

CHUNK = 1 << 20
OFFERED = 8  # encodings besides, in which a text may have been written
TRIED = 1 << 16  # bytes by which an encoding is guessed
DAMAGED = 0.002  # of the characters of a UTF-8 file may be broken, as where two files were joined in the middle of one
CHAOS = 12  # in a hundred, by charset-normalizer's measure: nonsense that a guess may make
LIKENESS = 20  # in a hundred: to some language, of a guess that is not of the newsroom's own

_WESTERN = ("cp1252", "mac_roman", "cp850")
# What programs of a language's offices wrote before UTF-8, the most common first.
_OF_LANGUAGE: dict[str, Sequence[str]] = {
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256", "iso8859_6")),
    **dict.fromkeys(
        ("ru", "uk", "bg", "be", "sr", "mk"), ("cp1251", "koi8_r", "cp866", "mac_cyrillic")
    ),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), ("cp1250", "iso8859_2", "cp852")),
    **dict.fromkeys(("et", "lv", "lt"), ("cp1257", "iso8859_13")),
    "el": ("cp1253", "iso8859_7"),
    "he": ("cp1255", "iso8859_8"),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "ko": ("cp949",),
    "th": ("cp874",),
    "tr": ("cp1254", "iso8859_9"),
    "vi": ("cp1258",),
    "zh": ("gb18030", "big5"),
}
_EVERY = tuple(dict.fromkeys([*_WESTERN, *(each for of in _OF_LANGUAGE.values() for each in of)]))


class Written(NamedTuple):
    """In which encoding a text was written; where that is a guess, in which others it may have been."""

    encoding: str
    others: tuple[str, ...] = ()


class NoText(Exception):
    """No encoding makes words of these bytes."""


def encoding_of(file: IO[bytes], language: str) -> Written:
    """The encoding by which Python reads the file, in a newsroom of a language (“ar”). Raises `NoText`.

    With errors replaced: of a UTF-8 file in which a few bytes are broken, those alone are lost.
    """
    file.seek(0)
    if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Written("utf-16")
    if _is_utf8(file):
        # Also without the mark that Excel puts first, which would stand in the first head.
        return Written("utf-8-sig")
    file.seek(0)
    sample = file.read(TRIED)
    own = _OF_LANGUAGE.get(language.split("-")[0], _WESTERN)
    likely = [*_guesses(sample, own), *_guesses(sample, _EVERY, at_least=LIKENESS)]
    if not likely:
        raise NoText
    guesses = [*likely, *_guesses(sample, _EVERY)]
    # Of encodings that make the same words of it the first is as good as the others.
    told = {sample.decode(each, "replace"): each for each in reversed(guesses)}
    first, *others = sorted(told.values(), key=guesses.index)
    return Written(first, tuple(others[:OFFERED]))


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    # Incremental, since a chunk may end in the middle of a character.
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken = beyond_ascii = 0
    for chunk in [*iter(partial(file.read, CHUNK), b""), b""]:
        text = decoder.decode(chunk, final=not chunk)
        broken += text.count("\ufffd")
        beyond_ascii += sum(each > "\x7f" for each in text) if not text.isascii() else 0
    return not broken or (
        (broken <= 3 or broken < DAMAGED * beyond_ascii) and broken * 10 < beyond_ascii
    )


def _guesses(sample: bytes, encodings: Sequence[str], *, at_least: float = 0) -> list[str]:
    """Encodings that make no nonsense: those that make the least first, and of these the more common."""
    guesses = []
    for order, encoding in enumerate(encodings):
        match = from_bytes(sample, cp_isolation=[encoding]).best()
        if match and match.percent_chaos <= CHAOS and match.percent_coherence >= at_least:
            guesses.append((match.percent_chaos, order, encoding))
    return [encoding for _, _, encoding in sorted(guesses)]
