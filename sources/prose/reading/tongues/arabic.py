"""The reader of Arabic: the verb comes first, no capitals tell names, and a verb may be its own subject."""

from __future__ import annotations

import re
from typing import NamedTuple

from .row import Script, Tongue
from .said import Said, Subject

_MARKS = r"\u064b-\u065f\u0670\u0640"  # vowels, and what stretches a word
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*|[^\w\s]")
_MARK = re.compile(rf"[{_MARKS}]")
_ALEF = str.maketrans("أإآٱ", "اااا")
_SENTENCE = re.compile(r"[^.!؟?…]*(?:[.!؟?…]+|\Z)")
_LONGEST = 9  # words of a name with its titles


def plain(word: str) -> str:
    """As it is looked up: without vowels, and with one kind of alef."""
    return _MARK.sub("", word).translate(_ALEF)


def _plain(given: str) -> frozenset[str]:
    return frozenset(plain(word) for word in given.split())


def _verbs(past: str, irregular: str) -> frozenset[str]:
    found = {
        form
        for word in past.split()
        for form in (
            word,
            word + "ت",
            word + "وا",
            word + "ا",
            word + "ه",
            word + "ها",
            word + "ته",
        )
    }
    return frozenset(plain(word) for word in found) | _plain(irregular)


ARABIC = Tongue(
    code="ar",
    name="Arabic",
    script=Script.ARABIC,
    is_subject_dropped=True,
    verbs=_verbs(
        "قال أكد أوضح صرح أضاف ذكر أعلن شدد تابع اعتبر أشار لفت حذر طالب كشف أفاد اعترف وصف علق رد سأل تساءل "
        "كتب نوه أعرب زعم اتهم ندد استنكر أقر توقع تعهد وعد هدد انتقد رفض أبرز أردف استطرد ختم نبه "
        "شرح اقترح نصح هتف صاح أجاب غرد واصل استدرك ألمح حث ناشد دافع استبعد رجح تحدث رحب أشاد ثمن اختتم "
        "أخبر أبلغ حض سرد اشتكى استغرب أدان قرر خاطب ادعى حسم جزم أورد ناقش برر صرخ أقسم "
        "استهجن عارض اشترط هاجم سخر تهكم أصر لام استفسر هنأ فسر أكمل استأنف استهل أنكر صارح تمسك نشر أصدر تطرق كذب فند تأسف تعجب طلب طمأن نعى",
        "وعبر عبرت أدلى أدلت ألقى ألقت اكتفى اكتفت نفى نفت دعا دعت رأى رأت روى روت حكى حكت مضى مضت ادعت أبدى أبدت تمنى تمنت نعت أوصى أوصت "
        "يقول تقول يقولون يؤكد تؤكد يوضح توضح يضيف تضيف يرى ترى يعتبر تعتبر يشير تشير يذكر تذكر يصف تصف يتابع "
        "تتابع يكتب تكتب يحذر تحذر يشدد تشدد يعتقد تعتقد يروي تروي يحكي تحكي يشرح تشرح يصرح تصرح يعلن تعلن يكشف "
        "تكشف يتساءل تتساءل يطالب تطالب يدعو تدعو يرد ترد ينفي تنفي يلفت تلفت يبين تبين يزعم تزعم يعلق تعلق يجيب "
        "تجيب يفيد تفيد يردف يستطرد يختم يواصل يعترف تعترف يتهم تتهم يعرب تعرب يعبر تعبر يتوقع تتوقع",
    ),
    speaking=_plain(
        "قائلا قائلة قائلين مضيفا مضيفة مؤكدا مؤكدة موضحا موضحة مشيرا مشيرة معتبرا معتبرة مبرزا مبرزة محذرا "
        "محذرة مطالبا مطالبة داعيا داعية مشددا مشددة لافتا لافتة مبينا مبينة متابعا متابعة كاشفا كاشفة واصفا "
        "واصفة معلنا معلنة منوها نافيا نافية معربا معربة متسائلا متسائلة مستغربا مذكرا منبها منددا متهما رافضا "
        "مخاطبا مخاطبة مستدركا مردفا مستطردا معلقا ناقلا مستنكرا مطمئنا متعهدا مهددا مجددا"
    ),
    according=frozenset(
        {("بحسب",), ("حسب",), ("وفق",), ("وفقا",), ("طبقا",), ("نقلا", "عن"), ("على", "لسان"), ("على", "حد", "قول"),
         ("على", "حد", "تعبير"), ("بحسب", "ما", "قال"), ("حسبما", "قال"), ("كما", "قال"), ("براي",), ("لسان",), ("جاء", "في"), ("ورد", "في")}
    ),
    prepositions=_plain(
        "في من إلى على عن خلال بعد قبل مع لدى عبر أمام حول ضد منذ حتى بين عند عقب إثر تحت فوق ضمن بشأن بخصوص "
        "أثناء بحضور رغم دون حيال تجاه بمناسبة لدى لكن بل أو ثم إذا لو ما لا لم لن له لها لهم لنا به بها فيه فيها بدوره بدورها بشكل بصفته بصفتها بكل بعدم بضرورة بالمناسبة بالرغم بالإضافة كل "
        "جميع كافة سائر عنه عنها عليه إليه إليها عندما حين حينما بينما كيف لماذا هل سوف قد عدم وجود"
    ),
    conjunctions=_plain("أن إن أنه إنه أنها إنها أنهم إنهم بأن بأنه بأنها بأنهم بان لأن انني إنني إننا أننا ان هذا هذه ذلك تلك هو هي هم كان كانت يكون تكون"),
    relatives=_plain("الذي التي الذين اللذان اللتان ما من"),
    adverbs=_plain(
        "أيضا كذلك سابقا مؤخرا أمس اليوم غدا الآن مساء صباح ظهر فجر ليلة يوم الاثنين الإثنين الثلاثاء الأربعاء "
        "الخميس الجمعة السبت الأحد أخيرا لاحقا مجددا القول بالقول بقوله حديثه كلامه كلمته تصريحه مرة هنا هناك "
        "قوله قولها قولهم"
    ),
    titles=_plain(
        "السيد السيدة الدكتور الدكتورة الأستاذ الأستاذة الرئيس الرئيسة الوزير الوزيرة النائب النائبة المدير المديرة "
        "المتحدث المتحدثة الناطق الناطقة القيادي القيادية الشيخ الفنان الفنانة الأمين المحامي المحامية المحلل "
        "المحللة الخبير الخبيرة المهندس المهندسة اللواء العميد العقيد الجنرال الفريق القاضي القاضية الكاتب الكاتبة "
        "الصحفي الصحفية الصحافي الناشط الناشطة المرشح السفير السفيرة الأمير الملك الملكة الحاكم المحافظ العمدة "
        "المدرب اللاعب الباحث الباحثة المبعوث المندوب المفوض المفوضة الطبيب الطبيبة المواطن المواطنة الشاب الشابة "
        "الممثل الممثلة المخرج الصياد التاجر المعلم المعلمة البروفيسور الأب المطران البابا الإمام القس النقيب"
    ),
    determiners=_plain(
        "رئيس رئيسة وزير وزيرة مدير مديرة نائب نائبة أمين أمينة ناطق ناطقة متحدث متحدثة قائد عضو سفير سفيرة محافظ "
        "حاكم مستشار مستشارة عميد شيخ ملك زعيم كاتب كاتبة مدرب لاعب مفوض مفوضة مبعوث مندوب ممثل ممثلة مساعد وكيل "
        "قاضي نقيب والي سكرتير مسؤول مسؤولة خبير خبيرة محلل باحث باحثة صاحب صاحبة أستاذ أستاذة محامي محامية طبيب "
        "طبيبة مهندس مهندسة مؤسس عمدة مفتي إمام مطران ناشط ناشطة مدون مدونة مخرج مخرجة حارس مشرف مشرفة منسق منسقة"
    ),
    cues=_plain(
        "صحيفة جريدة مجلة قناة وكالة حزب حركة كتلة محطة فيلم كتاب رواية أغنية برنامج مسلسل بعنوان عنوان شعار اسم "
        "باسم يسمى المسمى تسمى المسماة سفينة لقب الملقب بلقب منصة موقع تنظيم جماعة مهرجان شركة جمعية عرض مسرحية "
        "قصيدة لوحة إذاعة مصطلح كلمة عبارة أنظمة تطبيق عملية خطة مبادرة مؤسسة كتيبة لواء فرقة نادي فندق مدرسة "
        "المعنون الموسومة الموسوم هاكرز الهاكرز العمل العرض مشروع عدد يعرف معروف محطتي بنادي الصحيفة بعرض"
    ),
)  # fmt: skip

_HEARERS = _plain(
    "صحفيين الصحفيين صحافيين الصحافيين صحفيات الصحفيات وكالة قناة صحيفة إذاعة رويترز جريدة موقع الجزيرة العربية "
    "فرانس برنامج وسائل الإعلام نواب النواب مراسلي مراسل التلفزيون الحضور"
)
_SPEAKS = re.compile(r"[\"“”«][^\"“”»]{1,40}[\"“”»],? (?:إن|أن|ان|إلى|الى|على|عن) ")
_ON_SIGNS = {
    ("كتب", "عليها"),
    ("كتب", "عليه"),
    ("مكتوب", "عليها"),
    ("كتبت", "عليها"),
    ("تحمل", "عبارات"),
}
_BY_NAME = _plain("يدعى تدعى اسمه اسمها ويدعى وتدعى")
# “thus does the fisherman describe it”, “this is what the mayor announced”
_THUS = _plain("هكذا هذا هذه ما كما بهذه الكلمات العبارة العبارات لقد قد")
_SAME = _plain("ذاته ذاتها نفسه نفسها المذكور المذكورة ذاتهم نفسهم")
_THAT = _plain("أن إن أنه إنه أنها إنها بأن بأنه بأنها أنهم إنهم إنني أنني")
_TRANSITIVE = re.compile(r"[وف]?(?:وصف|اعتبر|اتهم|دعا|دعت|طالب|حذر|انتقد|هاجم|حث|ناشد|حض|حمل)ت?\Z")
_NAMES_WITH_LAM = _plain("لطفي ليلى لوح لمياء ليث لينا لبنى لارا لولا لويس لؤي ليندا لي لندن")
# “according to the assurance of Roe”
_WORDS_OF = _plain("تأكيد تعبير قول وصف تصريح تصريحات إفادة رأي كلام")
_HIS_WORDS = re.compile(r"(?:تعبير|قول|وصف|راي|كلام)(?:ه|ها|هم)\Z")


class Word(NamedTuple):
    plain: str
    start: int
    end: int


class Arabic:
    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue

    def sentences(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        parted = [match.span() for match in _SENTENCE.finditer(text, start, end) if match[0]]
        # The last may be unfinished, and it may be empty.
        if not parted or text[parted[-1][1] - 1] in ".!؟?…":
            parted.append((end, end))
        return parted

    def after(self, text: str, start: int, end: int) -> Said | None:
        given = _words(text, start, end)
        at = 0
        while at < len(given) and given[at].plain in ("،", ",", "-", "–", "—", ")"):
            at += 1
        if said := self._according(text, given, at):
            return said
        while at < len(given) and given[at].plain in _THUS:
            at += 1
        # With “and” before it, a verb begins another sentence.
        if at < len(given) and given[at].plain in self.tongue.verbs:
            return Said(self._named(text, given, at + 1), is_name=True)
        for place in range(at + 1, len(given)):
            if given[place - 1].plain in "،," and (said := self._according(text, given, place)):
                return said._replace(is_joined=False)
        return None

    def before(self, text: str, start: int, end: int) -> Said | None:
        given = _words(text, start, end)
        said = self._said_in(text, given, range(len(given) - 1, -1, -1))
        # “that”: somebody is said to have said it.
        is_open = said is None and any(word.plain in _THAT for word in given[-3:])
        return Said(None) if is_open else said

    def _said_in(self, text: str, given: list[Word], places: range) -> Said | None:
        is_dropped = False
        for at in places:
            if said := self._according(text, given, at):
                return said
            if given[at].plain in ("قوله", "قولها", "قولهم") and (
                told := self._told_by(text, given, at)
            ):
                return Said(told, is_name=True)
            if self._is_verb(given, at):
                if name := self._named(text, given, at + 1) or self._before_verb(text, given, at):
                    return Said(name, is_name=True)
                is_dropped = True
            elif given[at].plain.removeprefix("و") in self.tongue.speaking:
                is_dropped = True
        return Said(None) if is_dropped else None

    def subject(self, text: str, start: int, end: int) -> Subject | None:
        """Of “As for Roe”, and of a name by itself before a colon."""
        given = _words(text, start, end)
        begun = [word.plain for word in given[:6]]
        if begun[:1] in (["اما"], ["واما"]):
            name = self._named(text, given, 1)
        elif ":" in begun or (given and given[-1].plain == ":"):
            name = self._named(text, given, 0)
        else:
            # Any verb may begin a sentence; only a title tells that somebody comes after it.
            head = begun[1] if len(begun) > 1 else ""
            is_titled = head in self.tongue.titles or head in self.tongue.determiners
            is_verb = bool(begun) and not begun[0].startswith("ال") and not self._stops(given, 0)
            name = self._named(text, given, 1) if is_verb else None
            return Subject(name, is_name=is_titled) if name else None
        return Subject(name, is_name=True) if name else None

    def told(self, text: str, start: int, end: int) -> Said | None:
        """In a whole sentence: the first verb is its own, and others are within what is said."""
        given = _words(text, start, end)
        return self._said_in(text, given, range(len(given)))

    def within(self, text: str, start: int, end: int) -> Said | None:
        return None

    def is_cue(self, text: str, start: int, end: int) -> bool:
        given = _words(text, start, end)
        if any(word.plain in self.tongue.cues for word in given[-1:]):
            return True
        if tuple(word.plain for word in given[-2:]) in _ON_SIGNS:
            return True
        # “The Harbour Post” said that …: the quoted words are who speaks.
        return (
            bool(given) and self._is_verb(given, len(given) - 1) and bool(_SPEAKS.match(text, end))
        )

    # Who it is

    def _is_verb(self, given: list[Word], at: int) -> bool:
        word = given[at].plain
        bare = word[1:] if word[:1] in ("و", "ف") else word
        return word in self.tongue.verbs or bare in self.tongue.verbs

    def _according(self, text: str, given: list[Word], at: int) -> Said | None:
        for length in (3, 2, 1):
            phrase = tuple(word.plain for word in given[at : at + length])
            bare = (phrase[0].removeprefix("و"), *phrase[1:]) if phrase else ()
            if phrase in self.tongue.according or bare in self.tongue.according:
                place = self._past_what(given, at + length)
                if place < len(given) and _HIS_WORDS.search(given[place].plain):
                    return Said(None)
                name = self._named(
                    text,
                    given,
                    place,
                    is_after_to=given[at].plain.removeprefix("و") in ("فقا", "طبقا", "وفقا"),
                )
                return Said(name, is_name=True) if name else None
        if tuple(word.plain for word in given[at : at + 2]) == ("على", "حد") and at + 2 < len(
            given
        ):
            return Said(None) if _HIS_WORDS.search(given[at + 2].plain) else None
        return None

    def _past_what(self, given: list[Word], at: int) -> int:
        """“according to what Roe reported”: حسب ما أفاد به."""
        if at < len(given) and given[at].plain in ("ما", "لما", "مما"):
            at += 1
            while at < len(given) and (
                self._is_verb(given, at) or given[at].plain in ("به", "عنه", "له")
            ):
                at += 1
        if at + 1 < len(given) and given[at].plain in _WORDS_OF:
            at += 1
        return at

    def _told_by(self, text: str, given: list[Word], at: int) -> str | None:
        """“quoted from the minister his words”: عن الوزير قوله."""
        for place in range(at - 1, max(-1, at - _LONGEST - 1), -1):
            if given[place].plain in ("عن", "الى"):
                return self._named(text, given, place + 1)
        return None

    def _named(
        self, text: str, given: list[Word], at: int, is_after_to: bool = False
    ) -> str | None:
        """Whoever is named from this word on, without the titles that lead to the name."""
        while at < len(given) and given[at].plain in self.tongue.adverbs:
            at += 1
        end = self._end(given, at, is_after_to) if at < len(given) else at
        if end == at:
            return None
        if called := self._called(text, given, end):
            return called
        if at and _TRANSITIVE.match(given[at - 1].plain):
            end = self._before_object(given, at, end)
        beside = self._beside(given, at, end)
        first, end = beside or (self._past_titles(given, at, end, is_after_to), end)
        return _as_it_stands(text, given, first, end, is_after_to and first == at)

    def _called(self, text: str, given: list[Word], at: int) -> str | None:
        """“a fisherman of the town by the name of Salem”"""
        for place in range(at, min(at + 5, len(given) - 1)):
            if not given[place].plain[0].isalnum():
                return None
            if given[place].plain in _BY_NAME:
                end = self._end(given, place + 1, False)
                return (
                    _as_it_stands(text, given, place + 1, end, False) if end > place + 1 else None
                )
        return None

    def _end(self, given: list[Word], at: int, is_after_to: bool) -> int:
        end = at
        while end < len(given) and end - at < _LONGEST:
            if not (is_after_to and end == at) and self._stops(given, end):
                if not self._is_of_title(given, at, end):
                    break
                end += 1
            elif self._begins_another(given, at, end) or self._is_hearer(given, at, end):
                break
            end += 1
        return min(end, len(given))

    def _before_object(self, given: list[Word], at: int, end: int) -> int:
        """“described Roe the decision as”: after a name with an article, another is the object."""
        offices = self.tongue.determiners | self.tongue.titles
        is_described = end < len(given) and given[end].plain.startswith(("بان", "بال", "ب"))
        if is_described and end - at > 2 and given[end - 1].plain.startswith("ال"):
            return end - 1  # “described the member Roe Holt the decision as”
        if given[at].plain in offices:
            return end
        for place in range(at + 1, end):
            word = given[place].plain
            is_after_article = given[place - 1].plain.startswith("ال")
            if word.startswith("ال") and is_after_article and not _is_adjective(word):
                return place
        return end

    def _begins_another(self, given: list[Word], at: int, end: int) -> bool:
        """“Roe minister of justice”, “attacked Roe minister Holt”: an office after a name."""
        offices = self.tongue.determiners | self.tongue.titles
        is_name = end > at and not given[end - 1].plain.startswith("ال")
        is_office = given[end].plain in offices and given[end].plain != "قائد"  # a name, too
        if given[at].plain in ("مصدر", "مصادر"):
            return False
        return is_name and given[at].plain not in offices and is_office

    def _is_hearer(self, given: list[Word], at: int, end: int) -> bool:
        """“Roe to Radio Pell”: after a name, and not within that of a body or a title."""
        word, offices = given[end].plain, self.tongue.determiners | self.tongue.titles
        if not word.startswith("ل") or word in _NAMES_WITH_LAM or end == at:
            return False
        before = (each.plain for each in given[at:end])
        return any(not each.startswith("ال") and each not in offices for each in before)

    def _is_of_title(self, given: list[Word], at: int, end: int) -> bool:
        """“the member for the Harbour Party, Roe”: عن goes on after a title."""
        is_titled = end > at and given[at].plain in self.tongue.titles
        is_next = end + 1 < len(given) and not self._stops(given, end + 1)
        return is_titled and given[end].plain in ("عن", "في") and is_next

    def _stops(self, given: list[Word], at: int) -> bool:
        word, tongue = given[at].plain, self.tongue
        if not word[0].isalnum() or word[0].isdigit():
            return True
        bare = word[1:] if word[0] in "وف" and len(word) > 2 else word
        for each in (word, bare):
            if each in tongue.prepositions or each in tongue.conjunctions or each in tongue.adverbs:
                return True
            if each in tongue.relatives or each in tongue.speaking:
                return True
        is_heard = word.startswith("ل") and (word[1:] in _HEARERS or "ا" + word[1:] in _HEARERS)
        is_verb = word in tongue.verbs or (word != bare and self._is_verb(given, at))
        return (
            is_heard
            or is_verb
            or word in ("ل", "ب")
            or word in ("وهو", "وهي", "وذلك", "وقد", "بعدما")
        )

    def _beside(self, given: list[Word], at: int, end: int) -> tuple[int, int] | None:
        """“the minister of justice, Roe Holt, said”: the name that stands beside a title."""
        if end >= len(given) or given[end].plain not in "،,":
            return None
        head = given[at].plain
        if head not in self.tongue.determiners and head not in self.tongue.titles:
            return None
        last = self._end(given, end + 1, False)
        # Between two commas it is the name, whatever the title may end with.
        is_closed = last < len(given) and given[last].plain in "،,"
        if not is_closed and self._past_titles(given, at, end, False) > at:
            return None
        is_name = 2 <= last - end - 1 <= 4 and not given[end + 1].plain.startswith(("ال", "و"))
        is_name = is_name and given[end + 1].plain not in self.tongue.determiners
        return (end + 1, last) if is_name else None

    def _past_titles(self, given: list[Word], at: int, end: int, is_after_to: bool) -> int:
        """Past “the minister of justice”, if a name is left; a name does not begin with “the”."""
        head = given[at].plain
        if is_after_to:
            head = "ا" + head[1:] if head.startswith("لل") else head.removeprefix("ل")
        is_office = head in self.tongue.determiners
        if given[end - 1].plain in _SAME:
            return at
        if head not in self.tongue.titles and not is_office:
            return at
        first = at + 1
        while first < end:
            word = given[first].plain
            is_title = word.startswith(("ال", "لل", "بال")) or word in ("باسم", "ابن")
            is_title = is_title or word in self.tongue.determiners
            if word in ("عن", "في"):
                first += 1  # and what it is of
            elif not is_title:
                return _name_of(given, at, first, end)
            first += 1
        # “President Al-Assad”: a title and one more word with an article is a name.
        after = given[at + 1].plain if end - at == 2 else ""
        is_name = bool(after) and not _is_adjective(after) and not after.startswith(("بال", "لل"))
        return at + 1 if is_name and not is_office else at

    def _before_verb(self, text: str, given: list[Word], verb: int) -> str | None:
        """“Roe, who is married, said”: the subject with which the sentence begins."""
        if verb and given[verb].plain[:1] == "و" and given[verb].plain not in self.tongue.verbs:
            return None
        before = given[verb - 1].plain if verb else ""
        if before in self.tongue.relatives:
            return None
        that = [place for place in range(verb) if given[place].plain in ("ان", "بان")]
        at = that[-1] + 1 if that else self._clause(given, verb)
        end = self._end(given, at, False)
        is_subject = end > at and (
            end == verb or given[end].plain in ("،", ",", "فقد", "قد", "كان", "كانت", "(")
        )
        return self._named(text, given, at) if is_subject else None

    def _clause(self, given: list[Word], verb: int) -> int:
        at = 0
        while at < verb and (
            not given[at].plain[0].isalnum()
            or given[at].plain in ("اما", "واما", "كما", "لكن", "غير", "ان", "فيما")
        ):
            at += 1
        return at


def _name_of(given: list[Word], at: int, first: int, end: int) -> int:
    """“head of Harbour Party Roe Holt”: where a title goes on, its last two words are the name."""
    is_longer = given[first].plain.startswith(("ب", "ل")) or first == at + 1
    return max(first, end - 2) if is_longer else first


def _is_adjective(word: str) -> bool:
    """“the president Tunisian”"""
    return word.endswith(("ي", "ية")) and len(word) > 5


def _words(text: str, start: int, end: int) -> list[Word]:
    found = _WORD.finditer(text, start, end)
    given = (Word(plain(match[0]), *match.span()) for match in found)
    return [word for word in given if word.plain]


def _as_it_stands(text: str, given: list[Word], first: int, end: int, is_after_to: bool) -> str:
    start, stop = given[first].start, given[end - 1].end
    if not is_after_to or text[start] != "ل":
        return text[start:stop]
    # “to the minister” is written as one word, and so is “to Ali”.
    if text[start : start + 2] == "لل":
        return "ال" + text[start + 2 : stop]
    return text[start + 1 : stop]
