"""Quotation marks in scripts that set them otherwise than Latin ones: what opens, what closes.

Arabic papers set straight and English marks with blanks on either side of them, or none, and attach
small words to them (و"…", بـ"…"); Chinese and Japanese have no blanks.
"""

from __future__ import annotations

import re

_ARABIC = re.compile(r"[\u0621-\u064a\u0660-\u0669]")
_UNSPACED = re.compile(r"[\u3005-\u30ff\u3400-\u9fff]")
_FIRST = re.compile(r"[\"“”„«»]")
_CLOSED_BY = {"“": "”", "«": "»"}
_BESIDE = 3  # characters on each side by which the script is told
# A verb of speech has nothing within marks before it: وقال" سنغلق الميناء".
_SAYS = re.compile(
    r"(?<!\w)[وف]?(?:(?:قال|أضاف|اضاف|تابع|أكد|اكد|أوضح|اوضح|كتب|صرح|ذكر)ت?|قائلا|قائلة|مضيفا)\Z"
)
# “and”, “with”, “to”, “like”, “so” are written as one with what they go with.
_ATTACHED = re.compile(r"(?:(?<!\w)[وفبلك]{1,2}|(?<!\w)(?:ال)|ـ)\Z")


def is_arabic(line: str, at: int) -> bool:
    return _ARABIC.search(line, max(0, at - _BESIDE), at + _BESIDE + 1) is not None


def opens_in_arabic(line: str, at: int) -> bool:
    after = line[at + 1 : at + 3].strip()[:1]
    if not after or not (after.isalnum() or after in "(«“'…"):
        return False
    before = line[max(0, at - 4) : at]
    if _SAYS.search(line, max(0, at - 8), at):
        return True
    return not before[-1:].isalnum() or _ATTACHED.search(before) is not None


def closes_in_arabic(line: str, at: int) -> bool:
    """A mark that does not surely open."""
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    is_attached = before.isalnum() and _ATTACHED.search(line[max(0, at - 4) : at]) is not None
    return not (after.isalnum() and (before.isspace() or is_attached))


def goes_on_in_arabic(line: str, at: int, following: str) -> bool:
    """Opened here and closed in the next paragraph, which has no mark of its own before that."""
    closing = _FIRST.search(following)
    if closing is None or closing.start() == 0 or not is_arabic(line, at):
        return False
    mark, place = line[at], closing.start()
    if mark in "“«":
        return closing[0] == _CLOSED_BY[mark]
    after = following[place + 1 : place + 2]
    is_closing = not following[place - 1].isspace() and not after.isalnum()
    return mark == closing[0] == '"' and is_closing


_GOES_ON = re.compile(
    r"[وف]?(?:أضاف|اضاف|تابع|قال|أكد|اكد|أوضح|اوضح|واصل|ختم|اختتم|أشار|اشار|أردف|استطرد|شدد|لفت|زاد)ت?\b"
)
_SENTENCE_END = re.compile(r"[.!؟](?=\s)")


def ends_with_paragraph(line: str, at: int, following: str) -> bool:
    """Opened here and closed nowhere, and the next paragraph begins with “and he added”."""
    is_whole = line.rstrip()[-1:] in (*".!؟…",)
    return is_whole and is_arabic(line, at) and _GOES_ON.match(following) is not None


def is_between_letters(line: str, at: int) -> bool:
    """قال الوزير"سنغلق الميناء": no word of Arabic has a mark within."""
    return 0 < at < len(line) - 1 and bool(
        _ARABIC.match(line, at - 1) and _ARABIC.match(line, at + 1)
    )


def cut_off(line: str, at: int, end: int) -> int:
    """Where words that nobody closes end at the latest, before another mark opens at `end`; or 0."""
    if not is_arabic(line, at):
        return 0
    if sentence := _SENTENCE_END.search(line, at, end):
        return sentence.end()
    place = max(line.rfind("،", at, end), line.rfind(",", at, end))
    return place if len(line[at : max(place, at)].split()) > 2 else 0


def opens_unspaced(line: str, at: int) -> bool:
    """他称“…”: no blank before it."""
    return at > 0 and _UNSPACED.match(line, at - 1) is not None
