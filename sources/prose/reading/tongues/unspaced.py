"""The reader of Japanese and Chinese: no blanks, no capitals; particles and verbs tell who speaks."""

from __future__ import annotations

import re

from ..words_of_speech import word_set
from .row import Script, Tongue
from .said import Said, Subject

JAPANESE = Tongue(code="ja", name="Japanese", script=Script.UNSPACED, is_subject_dropped=True)
CHINESE = Tongue(code="zh", name="Chinese", script=Script.UNSPACED, is_subject_dropped=True)

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+|\Z)")
# Who it is: no marks, and none of the particles that end a phrase.
_WHO = r"[^。、，！？：:「」『』“”\s（）()]{1,24}?"
# Where and when it was said is no part of who said it.
_WHEN = r"(?:[^。、，]{0,12}(?:日|朝|夜|午後|午前|会見で|取材に|中で|後)、?)?"
_VERB_JA = r"(?:述べ|話し|話す|語|言|強調|説明|主張|指摘|答え|明かし|訴え|コメント|表明|発言|強い|批判|宣言|書)"
_TOPIC = re.compile(rf"(?:\A|(?<=[。、！？」』\s])){_WHEN}(?P<who>{_WHO})(?:は|が|も)(?=[^。]|\Z)")
_SAID_JA = re.compile(rf"\A[、，]?と、?(?P<who>{_WHO})(?:は|が)[^。]*?{_VERB_JA}")
_QUOTED_JA = re.compile(
    rf"\A[、，]?(?:と|などと|って)(?:[^。]{{0,30}}?){_VERB_JA}|\A[、，]?と。?\Z"
)
_ACCORDING_JA = re.compile(rf"(?:\A|[。、])(?P<who>{_WHO})(?:によると|によれば|の話では)")

_VERB_ZH = (
    r"(?:回应称|回应说|表示|指出|强调|宣布|认为|透露|说道|说|称|問|问道|问|告诉|坦言|介绍|解释|呼吁|警告|写道|"
    r"回答|补充|补充说|回應|強調|認為|說道|說|稱|告訴|解釋|呼籲|寫道|補充|介紹|直言)"
)
_ADVERB_ZH = (
    r"(?:今天|昨天|昨日|今日|日前|当天|周[一二三四五六日]|星期[一二三四五六日]|\d+日|在|对|对此|向|于|也|还|则|又|"
    r"随后|同时|接受|對|於|還|則|隨後|同時|当时|曾|再次|再|明确|明確|公开|公開|进一步)"
)
_BEFORE_ZH = re.compile(
    rf"(?:\A|(?<=[。，！？；”」\s]))(?P<who>{_WHO})(?:{_ADVERB_ZH}[^。，：]{{0,30}}?)?{_VERB_ZH}"
)
_AFTER_ZH = re.compile(rf"\A[，,]?(?P<who>{_WHO})(?:{_ADVERB_ZH}[^。，]{{0,20}}?)?{_VERB_ZH}")
_ACCORDING_ZH = re.compile(
    rf"(?:据|根据|按照|據|根據)(?P<who>{_WHO})(?:称|说|表示|介绍|透露|報道|报道|所说|的说法|，)"
)
_COLON = re.compile(rf"(?P<who>{_WHO})[：:]\Z")
_NOBODY = word_set("これ それ あれ ここ そこ 此 这 那 对此 對此")
_PRONOUN_ADVERB = re.compile(r"\A(他|她|他们|她们)(?:也|还|則|则|還|又)\Z")


class Unspaced:
    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue
        self.is_japanese = tongue is JAPANESE

    def sentences(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        parted = [match.span() for match in _SENTENCE.finditer(text, start, end) if match[0]]
        if not parted or text[parted[-1][1] - 1] in "。！？!?":
            parted.append((end, end))
        return parted

    def after(self, text: str, start: int, end: int) -> Said | None:
        given = text[start:end].strip()
        if given.endswith(("：", ":")):
            return None  # it leads to what comes next
        found = (_SAID_JA if self.is_japanese else _AFTER_ZH).match(given)
        if found and (who := _who(found)):
            return Said(who)
        return Said(None) if self.is_japanese and _QUOTED_JA.match(given) else None

    def before(self, text: str, start: int, end: int) -> Said | None:
        given = text[start:end].strip()
        japanese, chinese = (_ACCORDING_JA, _TOPIC), (_BEFORE_ZH, _ACCORDING_ZH)
        for pattern in japanese if self.is_japanese else chinese:
            for found in pattern.finditer(given):
                if who := _who(found):
                    return Said(who)
        colon = _COLON.search(given)
        return Said(_who(colon)) if colon else None

    def subject(self, text: str, start: int, end: int) -> Subject | None:
        return None

    def told(self, text: str, start: int, end: int) -> Said | None:
        return self.before(text, start, end)

    def within(self, text: str, start: int, end: int) -> Said | None:
        return None

    def is_label(self, text: str, segment: tuple[int, int], marks: tuple[int, int]) -> bool | None:
        return None

    def is_cue(self, text: str, start: int, end: int) -> bool:
        given = text[max(start, end - 6) : end]
        return given.endswith(
            (
                "映画",
                "小説",
                "曲",
                "番組",
                "いわゆる",
                "所谓",
                "所謂",
                "电影",
                "小说",
                "歌曲",
                "名为",
            )
        )


def _who(found: re.Match[str]) -> str | None:
    who = found["who"].strip()
    pronoun = _PRONOUN_ADVERB.match(who)
    who = pronoun[1] if pronoun else who
    return who if who and who not in _NOBODY else None
