"""Whether a short phrase in an Arabic sentence is somebody's words, or a name, or a so-called word."""

from __future__ import annotations

import re

from .people import is_verb, stops
from .words import (
    ABOUT_HIM,
    ARABIC,
    BEING,
    BODIES,
    OUTLETS,
    SIGNALS,
    THAT,
    TITLES,
    WITH_OBJECT,
    Word,
    plain_words,
    role_of_somebody,
)

_ON_SIGNS = {("كتب", "عليها"), ("كتب", "عليه"), ("مكتوب", "عليها"), ("كتبت", "عليها"), ("تحمل", "عبارات")}  # fmt: skip
_SUFFIX = re.compile(r"(?:ه|ها|هم)\Z")
_NEW = plain_words("الجديد الجديدة الأخير الأخيرة الشهير الشهيرة الأول الأولى القادم القادمة المقبل المقبلة المعروف المعروفة")  # fmt: skip
_MATTERS = plain_words("دفاع عدل مالية صحة خارجية داخلية عملية رسالة بيان تقرير دراسة نظام قرار")  # fmt: skip
# “a phase of «breaking bones»”
_SORTS = plain_words("مرحلة حالة سياسة محاولة خطوة موقف وضع أمر شيء نوع وجود بداية نهاية أزمة معركة حرب لعبة منطق ثقافة مجرد بمثابة دور")  # fmt: skip
_WRITTEN = plain_words("كتب كتبت مكتوب مكتوبا تحمل يحمل عليها عليه")
_CALLED = plain_words("المعرف المعرفة يسمى تسمى المسمى المسماة يعرف تعرف معروف معروفة المعروف المعروفة يدعى تدعى اسم باسم لقب بلقب الملقب الملقبة سمي سميت")  # fmt: skip
_PLACES = plain_words("في من إلى على عن الى مع ضد بعد قبل حول نحو أو سوى مثل دون خلال بين عبر لدى")
# “will answer”: no name begins so; “more positive” is no name either.
_FUTURE = re.compile(r"س[يتن]\w{2,}\Z")
_MORE = plain_words("أكثر أقل أشد أسوأ أفضل أقوى أخطر أهم")
_TO = ("ل", "ال")
_BY = ("ب", "وب", "بال")


def cue(given: list[Word]) -> bool:
    """“the film «…»”, “a sign on which is written «…»”, “known as «…»”"""
    last = [word.plain for word in given[-2:]]
    if not last:
        return False
    bare = last[-1][1:] if last[-1][:1] in ("و", "ل", "ب", "ف") else last[-1]
    named = {last[-1], bare, _SUFFIX.sub("", bare)}
    if not named.isdisjoint(ARABIC.cues | _CALLED | TITLES) or role_of_somebody(bare):
        return True
    # “the newspaper American «…»”
    is_adjective = last[-1].startswith("ال") and last[-1].endswith(("ية", "ي"))
    thing = _SUFFIX.sub("", last[0].removeprefix("ال"))
    if len(last) > 1 and (is_adjective or last[-1] in _NEW) and thing in ARABIC.cues:
        return True
    if last[-1] in _BY and any(word.plain in _CALLED for word in given[-4:-1]):
        return True
    is_on_sign = any(word.plain in _WRITTEN for word in given[-4:-1])
    return tuple(last) in _ON_SIGNS or (is_on_sign and last[-1] == "عبارة")


def is_body(before: Word, quoted: list[Word]) -> bool:
    """“«the Harbour Board»”, and not “that «the board …»”."""
    is_led_to = before.plain in THAT or before.plain in ABOUT_HIM | WITH_OBJECT or before.is_mark
    is_body = quoted[0].plain in BODIES and quoted[0].plain not in _MATTERS
    return len(quoted) > 1 and is_body and not is_led_to


def is_somebodys(given: list[Word], quoted: list[Word], following: list[Word]) -> bool:
    """Are a few quoted words what is said, in a sentence where somebody says something?"""
    last = given[-1].plain
    if quoted[0].plain in SIGNALS or last in _TO or _is_outlet(quoted):
        return False
    # “called Roe «a failure»”, “of opponents «who have become common»”
    if quoted[0].plain.startswith("بال") or quoted[0].plain in ARABIC.relatives | _PLACES:
        return True
    if _is_named(quoted, following) and not last.startswith("ب"):
        return False
    if last in _BY or last in BEING or last in ABOUT_HIM or last in WITH_OBJECT:
        return True
    if last in THAT or last.removeprefix("و") in THAT:
        return not _is_subject(quoted, following)
    if _is_no_name(given, quoted):
        return True
    if is_verb(given, len(given) - 1):
        return not (following and _is_speaker(quoted, following))
    if given[-1].is_mark or given[-1].is_adverbial or last in ARABIC.speaking:
        return last != "("
    if last in _PLACES or stops(given, len(given) - 1):
        return True
    return _describes(last, quoted)


def _is_no_name(given: list[Word], quoted: list[Word]) -> bool:
    """“Pell «will answer»”, “«more open»”, “that Pell sees «serious signs»”: a verb behind its subject."""
    first, last = quoted[0].plain, given[-1].plain
    if _FUTURE.match(first) or _FUTURE.match(last) or first in _MORE:
        return True
    is_behind = len(given) > 2 and given[-3].plain.removeprefix("و") in THAT
    return is_behind and is_verb(given, len(given) - 1)


def _is_outlet(quoted: list[Word]) -> bool:
    return len(quoted) == 1 and quoted[0].plain in OUTLETS


def _is_named(quoted: list[Word], following: list[Word]) -> bool:
    """“the «Harbour Guard» Pellish”"""
    is_name = len(quoted) > 1 or quoted[0].plain.startswith("ال")
    return is_name and bool(following) and _is_adjective(following[0].plain)


def _is_subject(quoted: list[Word], following: list[Word]) -> bool:
    """“that «Harbour» will not close”: a name, and what it does."""
    is_one = len(quoted) == 1 and not quoted[0].plain.startswith(("ال", "لا", "لن"))
    return is_one and bool(following) and not following[0].is_mark


def _is_speaker(quoted: list[Word], following: list[Word]) -> bool:
    """“said «Roe» in his tweet”: a name within marks"""
    is_apart = following[0].plain in "،," and len(following) > 1
    word = following[1 if is_apart else 0]
    if word.plain in THAT or word.plain in ARABIC.speaking or word.plain in (":", "في", "عن"):
        return len(quoted) <= 3
    return len(quoted) <= 2 and not is_apart and not word.is_mark and word.plain[0] not in "وف"


def _is_adjective(word: str) -> bool:
    """“the Pellish”"""
    return word.startswith("ال") and word.endswith(("ي", "ية"))


def _describes(before: str, quoted: list[Word]) -> bool:
    """“the decision «unjust»”, “the treatment «unfair»”: what is said of a thing, not its name."""
    is_definite = before.startswith("ال") or before.endswith(("ها", "هم", "ه"))
    first, last = quoted[0].plain, quoted[-1].plain
    if first in ("غير", "ليس", "ليست", "لا", "لن", "لم", "مجرد") or quoted[0].is_adverbial:
        return True
    if before in _SORTS and len(quoted) > 1:
        return True
    if is_definite and not first.startswith("ال"):
        return True
    if first.startswith("ال") != before.startswith("ال"):
        return False
    return before.endswith("ة") and last.endswith("ة")
