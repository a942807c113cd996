"""“According to Roe”, “in the words of Roe”, “by what Roe said”, in Arabic."""

from __future__ import annotations

import re
from typing import NamedTuple

from .bounds import is_verb
from .people import People, Person
from .words import ARABIC, CALLED, WITH_OBJECT, Word, plain_words

OF_IT = plain_words("به عنه له فيه عنها بها فيها خلاله خلالها عليه عليها")
WHAT = plain_words("ما لما مما بما وما كما حسبما وفقما")
# “according to the assurance of Roe”
_WORDS_OF = plain_words("تأكيد تعبير قول وصف تصريح تصريحات إفادة رأي كلام بيان ما")
_HIS_WORDS = re.compile(r"(?:تعبير|قول|وصف|راي|كلام)(?:ه|ها|هم)\Z")
_ON_TONGUE = {("على", "لسان"), ("عن", "لسان"), ("نقلا", "عن"), ("على", "حد", "قول"), ("على", "حد", "تعبير"), ("على", "حد", "وصف")}  # fmt: skip
# What has a share in the saying, and is nobody: “by the size”
_NOBODY = plain_words("استطلاعات استطلاع حجم حجمها حجمه الحجم نوع النوع قانون القانون لقانون للقانون للقرار الحاجة حاجة معايير للمعايير الخطة خطة")  # fmt: skip


class Accorded(NamedTuple):
    """Whoever something is given “according to”, and where the phrase ends.

    What is on somebody's tongue is theirs; otherwise they may only hand it on.
    """

    person: Person | None
    end: int
    is_on_tongue: bool = False


def according(given: list[Word], at: int, people: People) -> Accorded | None:
    length = _length(given, at)
    if not length:
        return None
    place = _past_what(given, at + length)
    if place >= len(given) or _HIS_WORDS.search(given[place].plain):
        return Accorded(None, place)
    is_after_to = given[at].plain.removeprefix("و") in ("فقا", "طبقا", "وفقا")
    person = people.person(given, place, is_after_to)
    if person is None or given[person.at].plain in _NOBODY:
        return Accorded(None, place)
    is_on_tongue = any(_phrase(given, at, each) in _ON_TONGUE for each in (2, 3))
    return Accorded(person, person.end, is_on_tongue)


def is_suffixed(word: Word) -> bool:
    """“he said it”, “and he called it”"""
    return word.plain in WITH_OBJECT or (word.plain[0] in "وف" and word.plain[1:] in CALLED)


def _phrase(given: list[Word], at: int, length: int) -> tuple[str, ...]:
    return tuple(word.plain for word in given[at : at + length])


def _length(given: list[Word], at: int) -> int:
    for length in (3, 2, 1):
        phrase = _phrase(given, at, length)
        bare = (phrase[0].removeprefix("و"), *phrase[1:])
        if any(each in _ON_TONGUE or each in ARABIC.according for each in (phrase, bare)):
            return length
    return 0


def _past_what(given: list[Word], at: int) -> int:
    """“according to what Roe reported”: حسب ما أفاد به."""
    while at < len(given) and _is_of_what(given, at):
        at += 1
    if at + 1 >= len(given) or given[at].plain not in _WORDS_OF:
        return at
    return at if given[at + 1].plain.startswith("لل") else at + 1


def _is_of_what(given: list[Word], at: int) -> bool:
    word = given[at]
    return word.plain in WHAT or word.plain in OF_IT or is_suffixed(word) or is_verb(given, at)
