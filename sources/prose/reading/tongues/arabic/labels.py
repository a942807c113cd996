"""Whether a short phrase in an Arabic sentence is somebody's words, or a name, or a so-called word."""

from __future__ import annotations

import re

from .bounds import is_verb, stops
from .words import (
    ABOUT_HIM,
    ARABIC,
    BEING,
    BODIES,
    OFFICES,
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
_HEADED = plain_words("عنوان عناوين شعار اسم عنوانه عنوانها شعاره شعارها عنوانا اسما")
_NAMINGS = plain_words("اسم لقب تسمية مسمى وسم شعار كنية")
_LAUNCHED = plain_words("أطلق أطلقت أطلقوا إطلاق يطلق تطلق يطلقون أطلقته أطلقه")
_LABELLED = plain_words("وصف اسم لقب تسمية مصطلح عليه عليها عليهم مسمى عبارة")
_HELD = plain_words("الباحث الباحثة المحلل المحللة الخبير الخبيرة الاستراتيجي القيادي القيادية المهندس المهندسة المستشار المستشارة المسؤول المسؤولة الشريك الكاتب الكاتبة الصحفي الصحفية الصحافي الأستاذ الأستاذة المحاضر العضو النائب اللاعب المدرب خبير محلل باحث باحثة خبيرة محللة قيادي")  # fmt: skip
# Whoever does these does them to the words within marks that follow.
RULES_OUT = re.compile(
    r"[وف]?[يت]?(?:ا?ستبعد|رفض|ا?نتقد|ا?دان|ا?ستنكر|عارض|ا?يد|طلب|ا?شترط|ا?عتبر|نفى|نفت|نفي)ت?\Z"
)
_DONE_TO = re.compile(r"\w{2}(?:وه|وها|وهم|ناه|وا)\Z")
_TALKS = plain_words(
    "حديث حديثه حديثها تصريح تصريحات تصريحاته مقابلة حوار لقاء تحدث تحدثت تحدثوا حوارها حواره مداخلة اتصال"
)
_HOLDING = plain_words("تضم يضم تتضمن يتضمن تشمل يشمل")
_TO = ("ل", "ال")
_BY = ("ب", "وب", "بال")


def cue(given: list[Word]) -> bool:
    """“the film «…»”, “a sign on which is written «…»”, “known as «…»”"""
    if given and given[-1].plain == ":" and len(given) > 1:
        return given[-2].plain.lstrip("وب") in _HEADED  # “under the title: «…»”
    last = [word.plain for word in given[-2:]]
    if not last:
        return False
    if _is_renamed(given) or _is_at_body(given):
        return True
    bare = last[-1][1:] if last[-1][:1] in ("و", "ل", "ب", "ف") else last[-1]
    named = {last[-1], bare, _SUFFIX.sub("", bare)}
    if not named.isdisjoint(ARABIC.cues | _CALLED | TITLES) or _is_his(last[-1], bare):
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


def is_heard(given: list[Word]) -> bool:
    """“in a talk with «The Post»”, “to «The Post»”"""
    last = given[-1].plain
    is_with = last in ("الى", "إلى", "مع")
    return last == "ل" or (is_with and any(each.plain in _TALKS for each in given[-4:-1]))


def _is_his(word: str, bare: str) -> bool:
    """“his brother «Roe»”, and not “said to his brother «…»”"""
    return role_of_somebody(bare) and not word.startswith("ل")


def _is_renamed(given: list[Word]) -> bool:
    """“changed its name to «…»”, “gave her a nickname, which is «…»”, “launched on it the label «…»”"""
    last, before = given[-1].plain, [word.plain for word in given[-15:-1]]
    if last in ("هو", "وهو", "هي", "وهي"):
        return any(_SUFFIX.sub("", each).rstrip("ا") in _NAMINGS for each in before)
    if last in ("الى", "إلى", "من"):
        return any(_SUFFIX.sub("", each) in _NAMINGS for each in before[-5:])
    is_given = any(each.lstrip("وف") in _LAUNCHED for each in before[-4:])
    return is_given and last in _LABELLED


def _is_at_body(given: list[Word]) -> bool:
    """“the analyst at «…»”: an office, and where it is held."""
    if len(given) < 2 or given[-1].plain not in ("لدى", "في"):
        return False
    before = given[-2].plain
    is_adjective = before.startswith("ال") and before.endswith(("ي", "ية"))
    held = given[-3].plain if is_adjective and len(given) > 2 else before
    return held in _HELD or (given[-1].plain == "لدى" and held in TITLES | OFFICES)


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
    if _is_deed(quoted):
        return True
    if any(each.plain.isdecimal() for each in quoted[1:]):
        return False  # «Harbour 23»
    # “of opponents «who have become common»”
    if quoted[0].plain in ARABIC.relatives | _PLACES:
        return True
    if _is_named(quoted, following) and not last.startswith("ب"):
        return False
    if last in _BY or last in BEING or last in ABOUT_HIM or last in WITH_OBJECT:
        return True
    if last in THAT or last.removeprefix("و") in THAT:
        return not _is_subject(quoted, following)
    return _stands_for_words(given, quoted, following)


def _stands_for_words(given: list[Word], quoted: list[Word], following: list[Word]) -> bool:
    """The same by the word that stands before them."""
    last = given[-1].plain
    if _is_no_name(given, quoted):
        return True
    if is_verb(given, len(given) - 1):
        is_done_to = RULES_OUT.match(last) is not None
        return is_done_to or not (following and _is_speaker(quoted, following))
    if given[-1].is_mark or given[-1].is_adverbial or last in ARABIC.speaking:
        return last != "("
    if last in _PLACES or stops(given, len(given) - 1):
        return True
    return _describes(last, quoted)


def _is_deed(quoted: list[Word]) -> bool:
    """“called Roe «a failure»”, “asked him «to rescue it»”, “that they «deceived him»”"""
    first = quoted[0].plain
    is_to_do = first[0] == "ل" and first[1:2] in "تاإ" and len(quoted) > 1
    is_done = _DONE_TO.search(quoted[-1].plain) is not None
    return is_to_do or is_done or first.startswith("بال")


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
    if is_apart and word.plain in ARABIC.adverbs and quoted[0].plain.startswith("ال"):
        return len(quoted) <= 3  # “said «the White House», yesterday,”
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
    if before in _HOLDING and not first.startswith("ال"):
        return True
    if first in ("غير", "ليس", "ليست", "لا", "لن", "لم", "مجرد") or quoted[0].is_adverbial:
        return True
    if before in _SORTS and len(quoted) > 1:
        return True
    if is_definite and not first.startswith("ال"):
        return True
    if first.startswith("ال") != before.startswith("ال"):
        return False
    return before.endswith("ة") and last.endswith("ة")
