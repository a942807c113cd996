"""Whom the words of an Arabic sentence name: where a phrase ends, and which part of it is the name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .bounds import BY_NAME, stops
from .titles import (
    CLOSE,
    FORMER,
    NAMES_WITH_LAM,
    OPEN,
    WITHIN_TITLE,
    head_of,
    is_adjective,
    is_deed,
    is_given,
    is_of_title,
    is_one_of_many,
    is_within_title,
    name_of,
    named_within_marks,
    past_last_mark,
)
from .words import (
    BODIES,
    HEARERS,
    HERE_SAID,
    LIKE_SMALL,
    OBJECTS,
    OFFICES,
    PEOPLE,
    TITLES,
    Word,
    is_of_somebody,
    plain_words,
    role_of_somebody,
)

_LONGEST = 14  # words of a name with its titles
_QUOTED = 5  # words of a name of a body within marks
_COMMAS = ("،", ",")
# “with the preparing of”: what is done, and nobody
_DEED = re.compile(
    r"ب(?:ال\w+|ت\w{2}ي\w\w*|ت\w{3}|ا\w{2,4}ا\w(?:ه|ها|هم)?|\w{3,}ة|حزن|غضب|قلق|فخر|اسى|حماس|هدوء|حزم|وضوح|ايجاز|اختصار)\Z"
)
_NO_DEED = plain_words(
    "باكستان باراك باسل باسم بارزاني بلدية بعثة بورصة بطولة بطلة بريطانية بحرية برلمانية باحثة بلجيكية برازيلية بثينة"
)
_FOR_DOMAINS = plain_words("لشؤون لحقوق لمكافحة لرعاية لدعم لتنمية لحماية لدراسات لدراسة لأبحاث لقطاع لمنطقة لشمال لجنوب لشرق لغرب لتنسيق لإدارة لسياسات للسياسات لحفظ لرئاسة")  # fmt: skip
_TRANSITIVE = re.compile(
    r"[وف]?(?:وصف|اعتبر|اتهم|زار|التقى|التقت|استقبل|تراس|افتتح|راس|دعا|دعت|طالب|حذر|انتقد|هاجم|حث|ناشد|حض|حمل|يصف|تصف|شبه|ادان|دان|خاطب|هنا|استنكر|رفض|نفى|نفت)ت?\Z"
)
# No verb of these goes without an object.
_NEEDING = re.compile(
    r"[وف]?(?:وصف|اعتبر|اتهم|يصف|تصف|شبه|انتقد|هاجم|زار|التقى|التقت|استقبل|افتتح|ادان|دان|ناشد|خاطب)ت?\Z"
)
# Ranks with the article, between a title and a name
_AGES = plain_words("العشرين الثلاثين الأربعين الخمسين الستين السبعين الثمانين التسعين العشرينات الثلاثينات الأربعينات الخمسينات الستينات السبعينات عمر ربيعه ربيعها")  # fmt: skip
_RANKS = plain_words("العام العامة السابق السابقة الحالي الحالية الجديد الجديدة الراحل الراحلة الأول الأولى الأعلى الأكبر الأصغر الأسبق المنتخب المنتخبة الأم المقبل الكبير")  # fmt: skip
_NUMBERS = plain_words(
    "اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرات العشرات مئات المئات آلاف واحد واحدة"
)
# Of these, a name that follows is that of the other: “the sister of the prisoner Roe Holt”
_KIN = plain_words("شقيق شقيقة والد والدة زوجة زوج ابن ابنة نجل محامي محامية أرملة صديق صديقة جار جارة عم عمة خال خالة جد جدة أم أب أخ أخت حفيد حفيدة خطيبة")  # fmt: skip
# “giving”, “presenting”: what a verb has for its object
_MASDAR = re.compile(r"(?!اردوغان|ابتسام|اسحاق|احسان|ايمان|ايران|انتصار|الهام|ايهاب|اسلام)(?:ا\w{2,4}ا\w|ت\w{2}ي\w)\Z")  # fmt: skip
_DONE_WITH = re.compile(r"[وف]?(?:اشاد|ندد|طالب|رحب|هدد|تعهد|وعد|نوه|اعترف|تمسك|التزم|اقر)ت?\Z")
_SAME = plain_words("ذاته ذاتها نفسه نفسها المذكور المذكورة ذاتهم نفسهم")
_HONORIFICS = plain_words("الدكتور الدكتورة الشيخ السيد السيدة المهندس المهندسة العميد العقيد اللواء العماد الفريق الأستاذ الأستاذة الحاج القس الأب المطران النقيب الرائد المحامي المستشار د")  # fmt: skip
# What an office is of, and no name
_GRACES = plain_words("معالي سعادة سمو فخامة جلالة سيادة سماحة فضيلة غبطة نيافة قداسة")
_LEADING = BODIES | OFFICES | _GRACES  # an office goes on with them
_ENDS_NAME = plain_words("أن إن أنه إنه") | {"،", ",", ":"}
# Surnames that are titles, too
_SURNAMES = plain_words("الشيخ الأمين الأمير الحاكم الملك القاضي العميد الكاتب النقيب الخطيب الإمام الخال الشاعر العم الجد النجم قائد نجم عالم طالب شاب عم أمين أمير راعي سيد")  # fmt: skip
_OWNED = re.compile(r"\w{3}(?:ها|هم|يه|ا\wه)\Z|\w{4}ته\Z")
_JOINED = re.compile(r"(?:ابن|ابو|بن|ال|إل|ام|عبد)\Z")  # a name goes on


# “gave Roe a talk”, “sent the minister a letter”: what is given
# The ending of what several people suffer, and nobody does: “told the reporters”
_SUFFERING = re.compile(r"ال\w{4,}ين\Z")
_NOT_SUFFERING = plain_words("الكرملين الأربعين العشرين الصالحين الياسين الملايين القوانين الموازين السلاطين الشياطين العناوين الأرجنتين البساتين الياسمين المساكين البراهين")  # fmt: skip
_TELLING = re.compile(r"[وف]?(?:ابلغ|اخبر|طمان|اطلع|احاط|خاطب|هنا)ت?\Z")
_TOLD = plain_words(
    "أعضاء قادة رؤساء وفد الوفد نواب ضيوف وزراء أهالي سكان عناصر الصحافة الإعلام الحضور النواب الأعضاء"
)


class Person(NamedTuple):
    """Some words of a sentence; the name among them begins at `first`."""

    at: int
    first: int
    end: int
    is_sure: bool  # has a title, is a body, or has been named before
    is_after_to: bool = False

    def words(self, text: str, given: list[Word]) -> str:
        last = given[self.end - 1]
        is_open = last.plain in CLOSE and given[self.first - 1].plain in OPEN
        start, stop = given[self.first].start, last.start if is_open else last.end
        # “to the minister” is written as one word, and so is “to Ali”.
        if self.is_after_to and self.first == self.at and text[start] == "ل":
            is_definite = text[start : start + 2] == "لل"
            return "ال" + text[start + 2 : stop] if is_definite else text[start + 1 : stop]
        return text[start:stop]


class People:
    """Whom a text names; `cast` are the last words of names that it has told apart before."""

    def __init__(self, cast: Iterable[str] = ()) -> None:
        self.cast = frozenset(cast)

    def person(self, given: list[Word], at: int, is_after_to: bool = False) -> Person | None:
        """Whoever is named from this word on, with the titles that lead to the name."""
        end = self._end(given, at, is_after_to)
        if end == at:
            return None
        if called := self._called(given, at, end):
            return called
        if beside := self._beside(given, at, end):
            return beside
        first = self._name(given, at, end, is_after_to)
        end = self._cut(given, first, end)
        is_sure = self._is_sure(given, at, end, is_after_to)
        return Person(at, first, end, is_sure, is_after_to)

    def subject(self, given: list[Word], at: int) -> Person | None:
        """The same behind a verb, where what is done to somebody may stand as well."""
        if at >= len(given) or self.is_object(given, at):
            return None
        person = self.person(given, at)
        is_transitive = at > 0 and _TRANSITIVE.match(given[at - 1].plain)
        return self._before_object(given, person) if person and is_transitive else person

    def _before_object(self, given: list[Word], person: Person) -> Person:
        """“described Roe Holt the decision as”: what is described follows whoever does it."""
        at, first, end, *_ = person
        if first > at and given[first].plain not in self.cast and _MASDAR.match(given[first].plain):
            return person._replace(first=at, end=first)  # “refused, the minister, to give”
        if given[at].plain in OFFICES and first == at:
            return person
        begin = self._past_own(given, person)
        for place in range(first + 1, end):
            word = given[place].plain
            is_whose = is_of_somebody(word) and len(word) > 4 and not self._is_known(word)
            is_only = place == first + 1 == end - 1 and given[first].plain[:2] != "ال"
            is_only = is_only and not given[first].plain.endswith("و")  # “lawyers of the …”
            if is_only and word[:2] == "ال" and _NEEDING.match(given[at - 1].plain):
                return person._replace(end=place)  # “described Roe the plan as”
            if is_whose or (word in PEOPLE and given[place - 1].plain not in BODIES | PEOPLE):
                return person._replace(end=place)  # “attacked Roe the government”, “his foes”
        for place in range(begin, end):
            word, is_behind = given[place].plain, given[place - 1].plain.startswith("ال")
            if _JOINED.match(given[place - 1].plain) or given[place - 1].is_mark:
                continue
            if word.startswith("ال") and not is_adjective(word) and word not in _RANKS:
                return person._replace(end=place)
            if is_behind and not word.startswith(("ال", "و")):
                return person._replace(end=place)
        return person

    def _past_own(self, given: list[Word], person: Person) -> int:
        """Where an object may begin at the earliest: behind a name, and “office of the harbour”."""
        at, first, end, *_ = person
        if first == at and given[at].plain in BODIES:
            definite = (place for place in range(at + 1, end) if given[place].plain[:2] == "ال")
            return next(definite, at + 1) + 1
        return first + 1 if first == at and given[at].plain.startswith("ال") else first + 2

    def is_hearer(self, given: list[Word], at: int) -> bool:
        """“to Radio Pell”, “to his father”, “to «The Post»”"""
        word = given[at].plain
        if not word.startswith("ل") or word in NAMES_WITH_LAM:
            return False
        heard = ("ال" + word[2:]) if word.startswith("لل") else word[1:]
        is_marked = word == "ل" and at + 1 < len(given) and given[at + 1].plain in OPEN
        is_known = heard in HEARERS or "ا" + heard in HEARERS or heard.removeprefix("ال") in HEARERS
        return is_marked or is_known or is_of_somebody(word)

    def is_object(self, given: list[Word], at: int) -> bool:
        word = given[at]
        if word.is_adverbial or word.plain in OBJECTS or word.plain.startswith("لل"):
            return True
        if self._suffers(given, at) or (is_deed(word.plain) and self._is_done(given, at)):
            return True
        if word.plain.startswith("وال") and word.plain not in OFFICES:
            return not role_of_somebody(word.plain)  # “and the …”, but “her father” is one
        is_done = at > 0 and _DONE_WITH.match(given[at - 1].plain) and word.plain[:1] == "ب"
        if self.is_hearer(given, at) or is_done:
            return word.plain not in self.cast
        if word.plain[:1] == "ب" and word.plain not in _NO_DEED and _DEED.match(word.plain):
            return word.plain not in self.cast
        is_other = word.plain not in self.cast and not role_of_somebody(word.plain)
        return is_other and is_of_somebody(word.plain) and not self._is_whole_name(given, at)

    def _suffers(self, given: list[Word], at: int) -> bool:
        """“told the reporters”, “told the members of the board that”: whom it is done to."""
        word = given[at].plain
        if _SUFFERING.match(word) and word not in _NOT_SUFFERING:
            return True
        if len(word) > 4 and word.endswith("ي") and word[:-1] in OFFICES and word not in OFFICES:
            return True
        return at > 0 and word in _TOLD and _TELLING.match(given[at - 1].plain) is not None

    def _is_done(self, given: list[Word], at: int) -> bool:
        """Of a word that looks like a deed: “stopping the harbour”, and nobody’s name."""
        following = given[at + 1].plain if at + 1 < len(given) else ""
        is_of = following.startswith("ال") or following in BODIES or following in OFFICES
        return is_of and given[at].plain not in self.cast

    def _is_whole_name(self, given: list[Word], at: int) -> bool:
        """Of a word that looks like “his …”: “Christine Roe,”, “Christine Roe that”"""
        end = self._end(given, at, False)
        is_bare = not any(word.plain.startswith("ال") for word in given[at:end])
        is_ended = end < len(given) and given[end].plain in _ENDS_NAME
        return 2 <= end - at <= 3 and is_bare and is_ended

    def _is_sure(self, given: list[Word], at: int, end: int, is_after_to: bool) -> bool:
        head = head_of(given[at].plain, is_after_to)
        if head in OFFICES or head in TITLES or head in PEOPLE or head in BODIES:
            return True
        named = any(word.plain in self.cast for word in given[at:end])
        return named or role_of_somebody(head) or self._is_explained(given, at, end)

    def _is_explained(self, given: list[Word], at: int, end: int) -> bool:
        """“Roe Holt, the minister of justice,”"""
        if not 2 <= end - at <= 4 or end + 1 >= len(given) or given[end].plain not in _COMMAS:
            return False
        is_bare = not stops(given, at) and not given[at].plain.startswith(("ال", "و"))
        following = given[end + 1].plain
        return is_bare and (following in OFFICES or following in TITLES)

    # Where it ends

    def _end(self, given: list[Word], at: int, is_after_to: bool) -> int:
        end = at
        while end < min(len(given), at + _LONGEST):
            if past := self._past_marks(given, at, end) or self._past_marks_of(given, at, end):
                end = past
            elif not (is_after_to and end == at) and stops(given, end):
                past = self._past_within(given, at, end)
                if past == end:
                    break
                end = past
            elif self._ends_at(given, at, end):
                break
            else:
                end += 1
        return min(end, len(given))

    def _ends_at(self, given: list[Word], at: int, end: int) -> bool:
        if end > at and given[end - 1].plain in _SAME:
            return True
        if end > at and given[end].plain not in _SAME and is_given(given, at, end):
            return True
        return self._begins_another(given, at, end) or self._hears(given, at, end)

    def _past_marks(self, given: list[Word], at: int, end: int) -> int:
        """“the party «Harbour for All» said”: the name of a body stands within marks."""
        if end == at or given[end].plain not in OPEN or is_one_of_many(given, end - 1):
            return 0
        for close in range(end + 2, min(len(given), end + _QUOTED + 2)):
            if given[close].plain in CLOSE:
                return close + 1
        return 0

    def _past_marks_of(self, given: list[Word], at: int, end: int) -> int:
        """“the head of «Harbour», Roe Holt”: لـ«…» within a title"""
        is_of = end > at and given[end].plain in ("ل", "ب") and end + 1 < len(given)
        is_titled = given[at].plain in OFFICES or given[at].plain in TITLES
        return self._past_marks(given, at, end + 1) if is_of and is_titled else 0

    def within_marks(self, given: list[Word], at: int) -> Person | None:
        """“said «Harbour» to us”: somebody whose name stands within marks."""
        past = self._past_marks(given, -1, at) if at < len(given) else 0
        return Person(at + 1, at + 1, past - 1, is_sure=True) if past else None

    def _past_within(self, given: list[Word], at: int, end: int) -> int:
        """“the member for the Harbour Party Roe Holt”: a title goes on, and a name has to come."""
        if end == at or end + 1 >= len(given) or self._has_name(given, at, end):
            return end
        word, head = given[end].plain, given[at].plain
        if word in FORMER:
            return end + 1
        if word == "من" and end - at == 1 and head in _NUMBERS:
            return end + 2
        if word not in WITHIN_TITLE or given[end + 1].plain in HERE_SAID:
            return end
        if given[end + 1].plain in _AGES:
            return end
        if head in PEOPLE and not head.startswith("ال"):
            return end + 2 if not stops(given, end + 1) else end
        if head not in OFFICES and head not in TITLES:
            return end
        return end + 2 if self._has_name_within(given, end + 1) else end

    def _has_name_within(self, given: list[Word], at: int) -> bool:
        """Does a phrase of place go on to a name? Its last words have no article then."""
        end = at
        while end < len(given) and end < at + 7 and not self._ends_within(given, end):
            end += 1
        if end + 1 < len(given) and given[end].plain in _COMMAS and end > at:
            last = end + 1
            while last < len(given) and last < end + 5 and not stops(given, last):
                last += 1
            head = given[end + 1].plain
            is_name = not head.startswith("ال") or head in _HONORIFICS
            if last - end in (3, 4) and is_name:
                return True
        is_of_body = given[at].plain.startswith("ال") or given[at].plain in BODIES
        if is_of_body and any(not word.plain.startswith("ال") for word in given[at + 1 : end]):
            return True
        before = given[end - 2].plain
        return end - at >= 3 and (before == "الله" or not before.startswith(("ال", "لل")))

    def _ends_within(self, given: list[Word], at: int) -> bool:
        return given[at].plain not in FORMER and stops(given, at)

    def _has_name(self, given: list[Word], at: int, end: int) -> bool:
        first = self._name(given, at, end, False)
        return at < first < end and not given[first].plain.startswith("ال")

    def _begins_another(self, given: list[Word], at: int, end: int) -> bool:
        """“Roe minister of justice”, “attacked Roe minister Holt”: an office after a name."""
        if end < at + 1 or given[at].plain in PEOPLE:
            return False
        word, before = given[end].plain, given[end - 1].plain
        is_named = self._is_named(given, at, end)
        if (before.startswith("ال") and not is_named) or before in _LEADING or before in CLOSE:
            return False
        if word in _SURNAMES and (end + 1 == len(given) or stops(given, end + 1)):
            return False
        if not (word in OFFICES or word in TITLES) or word == "قائد":
            return False
        if word in _HONORIFICS and given[at].plain in OFFICES:
            return False  # “adviser to Holt Dr. Roe”
        return given[at].plain not in OFFICES or is_named

    def _is_named(self, given: list[Word], at: int, end: int) -> bool:
        """Has a name of at least two words come already?"""
        first = self._name(given, at, end, False)
        return end - first >= 2 and not given[first].plain.startswith("ال") and first > at

    def _hears(self, given: list[Word], at: int, end: int) -> bool:
        """“Roe to Radio Pell”: after a name, and not within that of a body or a title."""
        word = given[end].plain
        if word.startswith("بال") and self._is_named(given, at, end):
            return True  # “Roe Holt with the decision”
        if end == at or not word.startswith("ل") or word in NAMES_WITH_LAM:
            return False
        if word.endswith(LIKE_SMALL):
            return False
        if self.is_hearer(given, end):
            return True
        if self._is_of_title(given, at, end):
            return False
        if end == at + 1 and word.startswith("لل") and given[at].plain in TITLES:
            return True  # “said the minister to the people”
        is_of_body = any(each.plain in BODIES for each in given[at:end])
        if word.startswith("لل") and is_of_body and not self._is_named(given, at, end):
            return False  # “the head of the Pell centre for studies Roe Holt”
        first = self._name(given, at, end, False)
        is_begun = end - first == 1 + bool(_JOINED.match(given[first].plain))
        is_begun = is_begun and word[1:] not in BODIES | OFFICES
        if is_begun and not word.startswith("لل") and not given[first].plain.startswith("ال"):
            return False  # “Alan Lamassoure”: its second word
        before = [each.plain for each in given[at:end]]
        is_bare = all(each.startswith("ال") or each in OFFICES or each in BODIES for each in before)
        return not is_bare

    def _is_of_title(self, given: list[Word], at: int, end: int) -> bool:
        """“the member of the Harbour Office for affairs of the sea Roe Holt”: a name has to come."""
        if given[at].plain not in OFFICES and given[at].plain not in TITLES:
            return False
        word = given[end].plain
        if word in _FOR_DOMAINS:
            return True
        return not self._has_name(given, at, end) and self._has_name_within(given, end)

    def _cut(self, given: list[Word], first: int, end: int) -> int:
        """After a name that is known, what goes on is the object: “described Roe Holt as”."""
        if role_of_somebody(given[first].plain) and first + 1 < end:
            following = given[first + 1].plain
            is_more = not following.startswith("ال") or following in _RANKS
            return end if is_more or is_adjective(following) else first + 1
        for place in range(first + 1, end):
            word = given[place].plain
            is_short = len(word) == 4 and place - first > 1 and is_of_somebody(word)
            if (is_short or _OWNED.search(word)) and not self._is_known(word):
                end = place  # “Roe his sorrow”
                break
        if given[first].plain.startswith("ال") and first + 1 < end:
            return end
        for place in range(first, end - 1):
            following = given[place + 1].plain
            is_last = following not in self.cast | _SURNAMES and not given[place + 1].is_mark
            if given[place].plain in self.cast and is_last:
                return place + 1 if not _JOINED.match(given[place].plain) else end
        return end

    def _is_known(self, word: str) -> bool:
        is_known = word in self.cast or word in _SAME
        return is_known or role_of_somebody(word) or word.startswith("ال")

    # Which part is the name

    def _called(self, given: list[Word], at: int, end: int) -> Person | None:
        """“a fisherman of the town by the name of Salem”"""
        for place in range(end, min(end + 5, len(given) - 1)):
            if given[place].is_mark:
                return None
            if given[place].plain in BY_NAME:
                last = self._end(given, place + 1, False)
                return Person(place + 1, place + 1, last, True) if last > place + 1 else None
        return None

    def _beside(self, given: list[Word], at: int, end: int) -> Person | None:
        """“the minister of justice, Roe Holt, said”: the name that stands beside a title."""
        if end >= len(given) or given[end].plain not in _COMMAS:
            return None
        head = given[at].plain
        if head not in OFFICES and head not in TITLES and not role_of_somebody(head):
            return None
        end, last = self._past_apposition(given, end)
        length = last - end - 1
        # Between two commas it is the name, whatever the title may end with.
        is_closed = last < len(given) and given[last].plain in "،,:؛"
        if not is_closed and self._has_name(given, at, end):
            return None
        if length > 2 and given[end + 1].plain in _HONORIFICS:
            return Person(at, end + 2, self._cut(given, end + 2, last), True)
        if length < 1 or given[end + 1].plain.startswith(("ال", "و")):
            return None
        if given[end + 1].plain in OFFICES or length > 6:
            return None
        last = self._cut(given, end + 1, last)
        is_name = last - end - 1 <= 4 and (length > 1 or is_closed)
        return Person(at, end + 1, last, True) if is_name or length > 4 else None

    def _past_apposition(self, given: list[Word], comma: int) -> tuple[int, int]:
        """Past “, the arm of the party, ”: the name may stand behind another comma."""
        last = self._end(given, comma + 1, False)
        is_closed = last + 1 < len(given) and given[last].plain in _COMMAS
        is_closed = is_closed and given[comma + 1].plain not in _HONORIFICS
        if is_closed and last > comma + 1 and given[comma + 1].plain.startswith("ال"):
            behind = self._end(given, last + 1, False)
            if behind > last + 1 and not given[last + 1].plain.startswith("ال"):
                return last, behind
        return self._past_aside(given, comma) or (comma, last)

    def _past_aside(self, given: list[Word], comma: int) -> tuple[int, int] | None:
        """Past “, and the nearest to the minister, ”: between commas a whole name follows."""
        if comma + 3 >= len(given) or not given[comma + 1].plain.startswith(("وال", "ال", "و")):
            return None
        for place in range(comma + 3, min(comma + 12, len(given) - 2)):
            if given[place].plain in _COMMAS:
                behind = self._end(given, place + 1, False)
                is_name = 2 <= behind - place - 1 <= 4 and behind < len(given)
                is_bare = not given[place + 1].plain.startswith(("ال", "و", "ف"))
                is_ended = is_name and given[behind].plain in _ENDS_NAME
                return (place, behind) if is_ended and is_bare else None
        return None

    def _past_honorific(self, given: list[Word], at: int, end: int) -> int:
        """“adviser to Holt Dr. Roe”: whatever stands before, the name comes last."""
        for place in range(end - 2, at, -1):
            if given[place].plain in _HONORIFICS:
                return place + 1
        return 0

    def _name(self, given: list[Word], at: int, end: int, is_after_to: bool) -> int:
        """Past “the minister of justice”, if a name is left; a name does not begin with “the”."""
        head = head_of(given[at].plain, is_after_to)
        is_office = head in OFFICES
        if given[end - 1].plain in _SAME:
            return at
        if within := named_within_marks(given, at, end):
            return within
        if head in _KIN:
            return at
        if not is_office and head not in TITLES and head not in _GRACES:
            is_role = role_of_somebody(head) and end > at + 1 and head.endswith(("ه", "ها", "هم"))
            return _past_adjectives(given, at, end) if is_role else at
        first = self._past_honorific(given, at, end) or at + 1
        if is_office and end - at == 2 and given[end - 1].plain.endswith(("ي", "ية")):
            return at  # “an official Danish”
        if head in _GRACES:
            return first if first < end else at
        first = max(first, past_last_mark(given, at, end))
        while first < end and is_within_title(given, first, end):
            first += 1
        if first < end:
            return name_of(given, at, first, end)
        # “President Al-Assad”: a title and one more word with an article is a name.
        after = given[at + 1].plain if end - at == 2 else ""
        is_name = (
            bool(after)
            and not is_adjective(after)
            and after not in _RANKS
            and not after.startswith(("بال", "لل"))
        )
        return at + 1 if is_name and not is_office else at


def _past_adjectives(given: list[Word], at: int, end: int) -> int:
    """“his counterpart (the) Harbourish Roe Holt”: where the name begins, or `at`."""
    first = at + 1
    while first < end and given[first].plain.startswith("ال") and is_adjective(given[first].plain):
        first += 1
    return first if first < end and not is_of_title(given[first].plain) else at
