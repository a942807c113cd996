"""Whether two wordings say the same: what a machine mishears is no difference, and “not” is one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from ..prose.comparing.fairness import turned
from .turning_words import (
    AFTER,
    AGAINST,
    BEFORE,
    DENIALS,
    DENIED,
    LIGHT,
    MEANT,
    OPENS_CLAUSE,
    SOUND_ALIKE,
    TENSES,
    TURNING,
)
from .words import Token, tokens

_ENDS = (".", "?", "!", "؟", "…")
SLIP = 0.7  # as alike as two words sound, one of which would turn the sentence


def differs_in_sense(ours: Sequence[Token], theirs: Sequence[Token], language: str) -> bool:
    """Is a number another, or a word that turns the sentence another, missing or put in?"""
    if sound_the_same(ours, theirs, language):
        return False
    numbers = [[t.alike for t in side if t.alike.startswith("#")] for side in (ours, theirs)]
    if numbers[0] != numbers[1] and any(numbers):
        return True
    turning = TURNING.get(language, frozenset())
    if len(ours) == len(theirs) == 1 and language == "en" and _is_slip(ours[0], theirs[0], turning):
        return False
    mine, other = ({t.same for t in side} & turning for side in (ours, theirs))
    return mine != other


def is_misheard(ours: Sequence[Token], theirs: Sequence[Token], language: str) -> bool:
    """May it be one wording, heard badly?"""
    light = LIGHT.get(language, frozenset())
    mine, other = ("".join(t.alike for t in side) for side in (ours, theirs))
    if mine == other or sound_the_same(ours, theirs, language):
        return True
    if not ours:
        return all(t.alike in light for t in theirs)
    if not theirs:
        return all(t.alike in light for t in ours)
    if all(t.alike in light for t in (*ours, *theirs)):
        return True
    is_name = any(t.is_name for t in (*ours, *theirs))
    pairs = [(one.alike, also.alike) for one in ours for also in theirs]
    if any(_is_inflected(*pair, language) or _is_against(*pair) for pair in pairs):
        return False
    return _sounds(mine, other) >= (0.8 if is_name or language != "en" else 0.55)


def sound_the_same(ours: Sequence[Token], theirs: Sequence[Token], language: str) -> bool:
    """Are they one word to an ear: “quay” and “key”, “two” and “to”, “not” and “knot”?"""
    if language != "en" or len(ours) != 1 or len(theirs) != 1:
        return False
    return theirs[0].alike in SOUND_ALIKE.get(ours[0].alike, ())


def _is_slip(mine: Token, other: Token, turning: frozenset[str]) -> bool:
    """Is a word that would turn the sentence only misheard: “wuz” for “was”? Of a denial nothing is a slip."""
    known = {mine.same, other.same} & turning
    return len(known) == 1 and not known & DENIALS and _sounds(mine.alike, other.alike) >= SLIP


def are_moved(stretches: Sequence[tuple[Sequence[Token], Sequence[Token]]]) -> bool:
    """Do words stand elsewhere? “before the survey and not after it” is made of the very words."""
    mine, other = ([{t.alike for t in stretch[side]} for stretch in stretches] for side in (0, 1))
    return any(
        word in other[there]
        for here, words in enumerate(mine)
        for word in words
        if len(word) > 3
        for there in range(len(other))
        if there != here
    )


def is_stutter(theirs: Sequence[Token], around: Sequence[Token]) -> bool:
    """Do these words stand once more, right before or after?"""
    wanted = [t.same for t in theirs]
    row = [t.same for t in around]
    size = len(wanted)
    return any(
        row[at : at + size] == wanted and row[at + size : at + 2 * size] == wanted
        for at in range(len(row) - 2 * size + 1)
    )


def _is_against(one: str, other: str) -> bool:
    """“safe” and “unsafe”, “helpful” and “helpless”."""
    short, long = sorted((one, other), key=len)
    if any(long == prefix + short for prefix in AGAINST):
        return True
    stems = {word.removesuffix("less").removesuffix("ful") for word in (one, other)}
    return len(stems) == 1 and one.endswith(("less", "ful"))


def _is_inflected(one: str, other: str, language: str) -> bool:
    """Another tense of one word: “leaked” for “leaks”."""
    if language != "en":
        # Of other languages the endings are not known: one stem and two endings are two tenses.
        return one[:4] == other[:4] and one != other
    bare, also = one.removesuffix("s"), other.removesuffix("s")
    if bare != also and TENSES.get(bare, bare) == TENSES.get(also, also):
        return True
    stems = _stem(one), _stem(other)
    return stems[0] == stems[1] and one.endswith(("ed", "ing")) != other.endswith(("ed", "ing"))


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


# How letters sound, in this order.
_HEARD = "ph>f kn>n wr>r wh>w gh> ck>k qu>k x>ks tion>shn ce>s ci>si c>k z>s y>i dg>j tch>ch"
_SOUNDS = [pair.split(">") for pair in _HEARD.split()]


def _sounds(one: str, other: str) -> float:
    """How alike two words sound, from 0 to 1: by their consonants, which machines mishear less."""
    heard, also = _spoken(one), _spoken(other)
    by_letters = SequenceMatcher(None, one, other, autojunk=False).ratio()
    by_sound = SequenceMatcher(None, heard, also, autojunk=False).ratio()
    return max(by_letters, by_sound)


def _spoken(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    bare = word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiouh")
    return "".join(letter for at, letter in enumerate(bare) if at == 0 or letter != bare[at - 1])


_SAYING = (["i", "would", "say"], ["i’d", "say"], ["i'd", "say"])


def is_cut_unfairly(
    kept: Sequence[str],
    before: Sequence[str],
    after: Sequence[str],
    between: Sequence[Sequence[str]],
    language: str,
) -> bool:
    """Does what was left out, of the sentences in which the words stand, turn what they say?"""
    last = tokens(before[-1:], language)
    if last and last[-1].alike in OPENS_CLAUSE.get(language, frozenset()):
        return True
    if language != "en":
        left_out = [
            word
            for words, part in zip(between, kept, strict=False)
            for word in _beside(words, part)
        ]
        return _is_turned_beside(kept, [*before, *left_out], after, language)
    lead, after = _as_meant(before), _as_meant(_turning(kept[-1], after))
    gaps = [_as_meant(words) for words in between]
    # “I would say: be patient.” It is said, and hedges nothing.
    for opening in _SAYING:
        if [word.casefold().rstrip(",:") for word in lead[-len(opening) :]] == opening:
            lead = lead[: -len(opening)]
    whole = list(kept[:1])
    for left_out, part in zip(gaps, kept[1:], strict=True):
        whole += [*left_out, part]
    said = " ".join(whole)
    # What was left out within, and what was cut off around it, each by itself.
    is_turned_within = len(kept) > 1 and turned(["…".join(kept)], said) is not None
    return is_turned_within or turned([said], " ".join([*lead, said, *after])) is not None


def _turning(kept: str, after: Sequence[str]) -> Sequence[str]:
    """What follows, unless it goes on after a comma: “…, so do not be”, “…, not slowing”."""
    first, second = (word.casefold() for word in (*after[:2], *("", "")[len(after) :]))
    goes_on = first == "so" or (first == "not" and second.strip(",.;").endswith("ing"))
    return [] if goes_on and kept.endswith((",", ";")) else after


def _as_meant(words: Sequence[str]) -> list[str]:
    return [MEANT.get(word, word) for word in words]


def _beside(left_out: Sequence[str], part: str) -> list[str]:
    """Of what was left out after a part, the words of the sentences that were begun or are ended by what is kept."""
    ends = [at for at, word in enumerate(left_out) if word.endswith(_ENDS)]
    if not ends:
        return list(left_out)
    head = [] if part.endswith(_ENDS) else left_out[: ends[0] + 1]
    tail = left_out[ends[-1] + 1 :]
    return [*head, *tail]


def _is_turned_beside(
    kept: Sequence[str], before: Sequence[str], after: Sequence[str], language: str
) -> bool:
    """By single words alone: of other languages no clauses are known, and what is in doubt is listened to."""
    # What is denied after a comma is another clause; who says it may well stand there.
    clause = takewhile(
        lambda word: not word.endswith((",", ";", "،")), [*kept[-1].split()[-1:], *after]
    )
    for words, turning in ((before, BEFORE), (list(clause), DENIED), (after, AFTER)):
        known = {token.alike for token in tokens(words, language)}
        if known & turning.get(language, frozenset()):
            return True
    return False
