"""Where the words that name somebody in an Arabic sentence can go no further."""

from __future__ import annotations

from .words import ARABIC, HEARERS, OFFICES, PEOPLE, QUOTING, TITLES, Word, plain_words

BY_NAME = plain_words("يدعى تدعى اسمه اسمها ويدعى وتدعى")


def is_verb(given: list[Word], at: int) -> bool:
    """A verb of speech, and not the noun that is written in the same way: “in his answer”."""
    word = given[at].plain
    bare = word[1:] if word[:1] in ("و", "ف") else word
    if word not in ARABIC.verbs and bare not in ARABIC.verbs and word not in QUOTING:
        return False
    before = given[at - 1].plain if at else ""
    goes_on = before == "هذا" and word.startswith("و")  # “this, and Roe said …”
    return goes_on or before not in _NOUN_FOLLOWS


def is_expressing(given: list[Word], at: int) -> bool:
    """“(he) expressed”, which is written like “across”."""
    if given[at].plain not in ("عبر", "وعبر") or at + 1 >= len(given):
        return False
    following = given[at + 1].plain
    is_whose = following in OFFICES or following in TITLES or following in PEOPLE
    return (at > 0 and given[at - 1].plain in ("قد", "وقد", "فقد")) or is_whose


_NOUN_FOLLOWS = plain_words("في على إلى عن بعد قبل خلال حول أي كل هذا مع بدون دون أول عبر أو بحسب وفق سوى تم يتم إعادة بإعادة وإعادة")  # fmt: skip


def stops(given: list[Word], at: int) -> bool:
    """What no name and no title goes on with."""
    word = given[at].plain
    if given[at].is_mark or word[0].isdigit() or word in ("ل", "ب") or given[at].is_adverbial:
        return True
    bare = word[1:] if word[0] in "وف" and len(word) > 2 else word
    if any(each in _STOPS for each in (word, bare)):
        return True
    is_heard = word.startswith("ل") and (word[1:] in HEARERS or "ا" + word[1:] in HEARERS)
    return is_heard or is_verb(given, at)


_STOPS = ARABIC.prepositions | ARABIC.conjunctions | ARABIC.adverbs | ARABIC.relatives
_STOPS |= ARABIC.speaking | BY_NAME | {"وذلك", "بعدما", "يوم", "بينما"}
