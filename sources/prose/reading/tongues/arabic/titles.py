"""The parts of an Arabic title, and where the name begins that it leads to."""

from __future__ import annotations

import re

from .words import (
    ARABIC,
    BODIES,
    OFFICES,
    PEOPLE,
    TITLES,
    Word,
    is_of_somebody,
    plain_words,
    role_of_somebody,
)

OPEN, CLOSE = '"“”«„', '"“”»'
NAMES_WITH_LAM = plain_words("لطفي ليلى لوح لمياء ليث لينا لبنى لارا لولا لويس لؤي ليندا لي لندن لبنان ليبيا ليم لوران لورا لافروف لوبان لجنة لواء لاعب لاعبة لوكا ليون لين لجين لقاء ليفربول لابيد")  # fmt: skip
WITHIN_TITLE = plain_words("في عن من لدى باسم ب")
FORMER = plain_words("سابقا حاليا سابق السابق")
DOMAINS = plain_words("حقوق شؤون علاقات أعمال سياسة تعليم تربية اقتصاد تجارة صناعة زراعة نقل سياحة ثقافة إعلام رياضة شباب بيئة طاقة نفط كهرباء مياه عمل إسكان تخطيط أمن استخبارات مخابرات أركان مبيعات تسويق تطوير أبحاث دراسات برامج تصريف قطاع كرة فريق منتخب عام أول ثان أعلى خاص جديد سابق كبير مقيم مشارك مدينة بلدة قضاء دولة كتلة ائتلاف أوقاف مكافحة وحدة شعبة قوة دائرة منطقة مهمة حماية إدارة تنمية تنظيم متابعة رعاية غرفة صناع تحرير عمليات مكاتب شعبة وكالة طب جراحة هندسة تاريخ علوم كلية")  # fmt: skip
_PLACES = plain_words("مصر لبنان سوريا إيران تونس ليبيا فلسطين قطر تركيا فرنسا ألمانيا روسيا أوكرانيا أمريكا أميركا بريطانيا إسرائيل غزة أفريقيا إفريقيا آسيا أوروبا أستراليا الصين تايوان كندا اليابان بلجيكا إيطاليا إسبانيا باكستان أفغانستان موسكو واشنطن باريس لندن بيروت دمشق بغداد طهران كييف عدن تعز حلب")  # fmt: skip
_REGIONS = plain_words("شمال جنوب شرق غرب وسط")
_GIVEN = plain_words(
    "برسالة بكلمة ببيان بتصريح بتصريحات كلمة رسالة محاضرة خطبة تصريحات تغريدة مقابلة برقية تحية مقطع بيانا وفدا مؤتمرا مشروعا مقالا مقطعا خطابا عددا جولة فيديو لقاء"
)
_INDEFINITE = re.compile(r"(?:ا\w{2,4}ا\wا|ت\w{2}ي\wا)\Z")


# “continuing”, “stopping”: of the forms that few names have
_DEED = re.compile(r"(?:است\w{1,3}ا\w|ا\wت\w{1,2}ا\w|ت\w\wي\w)\Z")
_DEEDS = plain_words("إغلاق إعلان إطلاق إنشاء إجراء إلغاء إنهاء إيقاف إعادة إقامة إصدار إرسال إدخال إخراج إبعاد إحالة إقالة إجلاء إحباط إسقاط إيجاد وقف فتح رفع منع")  # fmt: skip
_NO_DEED = plain_words(
    "ابتسام انتصار ابتهال اعتدال اعتماد انتظار امتثال تيسير تحسين تسنيم تغريد تنسيق"
)


def is_deed(word: str) -> bool:
    is_shaped = _DEED.match(word) is not None and word not in _NO_DEED
    return word in _DEEDS or (is_shaped and word not in BODIES)


_HIS_DEED = re.compile(r"\w{4,}ت(?:ه|ها|هم)\Z")  # “his resignation”


def past_last_mark(given: list[Word], at: int, end: int) -> int:
    """“director at the «Harbour» Museum”: no name begins within."""
    marks = [place for place in range(at, end) if given[place].plain in CLOSE]
    return marks[-1] + 1 if marks else at


def named_within_marks(given: list[Word], at: int, end: int) -> int:
    """“the spokesman of the group «Roe Holt»”: where the name within marks begins."""
    if given[end - 1].plain not in CLOSE or given[at].plain not in OFFICES | TITLES:
        return 0
    opened = [place for place in range(at + 1, end - 1) if given[place].plain in OPEN]
    if not opened or not 2 <= end - 2 - opened[-1] <= 4:
        return 0
    before, first = given[opened[-1] - 1].plain, given[opened[-1] + 1].plain
    is_body = before in BODIES or before in ARABIC.cues or before.startswith(("ل", "ب"))
    return 0 if is_body or first.startswith("ال") else opened[-1] + 1


def is_one_of_many(given: list[Word], at: int) -> bool:
    """“an official (of) security «The Post»”: what follows is somebody else's name."""
    is_adjective = given[at].plain.endswith(("ي", "ية")) and not given[at].plain.startswith("ال")
    return is_adjective and at > 0 and given[at - 1].plain in OFFICES | PEOPLE | {"مصدر"}


def is_given(given: list[Word], at: int, end: int) -> bool:
    """“gave the commander of the harbour a talk”, “repeated the minister his refusal of”"""
    word, before = given[end].plain, given[end - 1].plain
    if word in _GIVEN or _INDEFINITE.match(word):
        return before not in OFFICES and before not in BODIES
    if is_deed(word) and before.startswith("ال"):
        return True
    if _HIS_DEED.match(word) and not role_of_somebody(word):
        return True
    is_led = given[at].plain.startswith("ال") or given[at].plain in OFFICES | PEOPLE | BODIES
    if not is_led or not is_of_somebody(word) or role_of_somebody(word) or len(word) < 5:
        return False
    return end + 1 == len(given) or _is_complement(given, end + 1)


def _is_complement(given: list[Word], at: int) -> bool:
    word = given[at].plain
    if word in OPEN or word in ARABIC.speaking or word.startswith("لل") or word in _OF_DEEDS:
        return True
    return word[0] in "لب" and (word[1:] in OFFICES or word[1:] in BODIES or word[1:3] == "ال")


_OF_DEEDS = plain_words("في على عن من إلى الى بأن أن")


def is_within_title(given: list[Word], at: int, end: int) -> bool:
    word = given[at].plain
    if given[at - 1].plain in OFFICES and word.endswith(("ي", "ية")) and len(word) > 4:
        return True  # “an official Danish”
    if is_of_title(word) or given[at - 1].plain in WITHIN_TITLE:
        return True
    before = given[at - 1].plain
    if word.startswith("و") and len(word) > 4 and before.startswith("ال"):
        return True  # “of the Middle East and North Africa”
    if word[:1] == "ل" and word[1:] in DOMAINS:
        return True
    if word in DOMAINS or word in _PLACES or (before[:1] == "و" and before[1:] in _REGIONS):
        return True
    # “of the conduct of business national”
    following = [each.plain for each in given[at + 1 : min(end, at + 3)]]
    is_of = len(following) == 2 and all(each.startswith("ال") for each in following)
    return is_of and following[1].endswith("ية")


def head_of(word: str, is_after_to: bool) -> str:
    if not is_after_to and "ا" + word[1:] not in TITLES:
        return word
    return "ا" + word[1:] if word.startswith("لل") else word.removeprefix("ل")


def is_of_title(word: str) -> bool:
    """“of the”, “for the”, an office, a body."""
    return (
        word.startswith(("ال", "لل", "بال", "وال"))
        or word in WITHIN_TITLE
        or word in FORMER
        or word in OFFICES
        or word in BODIES
        or word in PEOPLE
        or (word[0] in "بل" and word[1:] in BODIES)
        or word == "باسم"
        or (word.startswith("ل") and word not in NAMES_WITH_LAM and len(word) > 4)
    )


def name_of(given: list[Word], at: int, first: int, end: int) -> int:
    """“head of Harbour Party Roe Holt”: where a title goes on, its last two words are the name."""
    is_longer = given[first].plain.startswith(("ب", "ل")) or first == at + 1
    is_longer = is_longer and given[at].plain in OFFICES
    last = max(first, end - 2) if is_longer else first
    word = given[last].plain
    is_of = word.startswith("ل") and word not in NAMES_WITH_LAM and len(word) > 4
    return at if (word.startswith(("ال", "وال")) or is_of) and last > at + 1 else last


def is_adjective(word: str) -> bool:
    """“the president Tunisian”"""
    return word.endswith(("ي", "ية")) and len(word) > 5
