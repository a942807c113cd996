"""What stands between quotation marks and is no speech: titles, nicknames, so-called words, signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .following import named_after, named_aside
from .naming import Person, Words, is_verb, sentences, words_between
from .sayings import (
    Segment,
    ahead,
    before_colon,
    behind,
    is_asked,
    leads_in,
    said_by,
    said_in,
    seen_as,
)
from .words_of_speech import (
    DETERMINERS,
    GREETINGS,
    LABEL_CUES,
    MAKERS,
    NAMED_BEFORE,
    NAMED_BY_CAPITALS,
    OWNERS,
    PARTICIPLES,
    PASSIVE,
    SIGNS,
    SURE_CUES,
    TERMS,
    VERBS,
    WORKS,
)

LONGEST_PHRASE = 8  # words of a slogan, a search phrase, a nickname
_NEAR = 40  # characters
_LABELS_BEFORE = 3  # in the sentence of a phrase
SHORT = 3  # words of a phrase that may be no speech at all


def labels(text: str, segments: Sequence[Segment]) -> list[bool]:
    """Of each quoted segment of a paragraph, whether it is no speech."""
    found: list[bool] = []
    for number, segment in enumerate(segments):
        is_marked = segment.is_marked and not segment.runs_on
        found.append(is_marked and _is_label(_in_sentence(text, segments, number, found)))
    return found


def is_short(words: str) -> bool:
    return _length(words) <= SHORT


class _Phrase(NamedTuple):
    """A quoted segment in its sentence."""

    segment: Segment
    words: str
    before: Words
    after: Words
    # What stands before it and after the segment before, if there is one; and that one's words.
    between: str | None
    previous: str
    follows_label: bool


def _in_sentence(
    text: str, segments: Sequence[Segment], number: int, found: Sequence[bool]
) -> _Phrase:
    segment = segments[number]
    last = segments[number - 1] if number else None
    # What is no speech is a part of the sentence like any other.
    first = number
    while first > max(0, number - _LABELS_BEFORE) and found[first - 1]:
        first -= 1
    end = segments[number + 1].open if number + 1 < len(segments) else len(text)
    return _Phrase(
        segment,
        text[segment.start : segment.end],
        _sentence_before(text, segment, segments[first - 1].close if first else 0),
        ahead(text, segment, end),
        text[last.close : segment.open] if last else None,
        text[last.start : last.end] if last else "",
        bool(found) and found[-1],
    )


def _sentence_before(text: str, segment: Segment, begin: int) -> Words:
    """The words of its sentence; what a semicolon parts is one."""
    *earlier, before = sentences(behind(text, segment, begin))
    while earlier and earlier[-1][-1].text == ";":
        before = earlier.pop() + before
    return before


def _is_label(phrase: _Phrase) -> bool:
    words, before = phrase.words, phrase.before
    if _is_surely_one(phrase):
        return True
    if before and before[-1].lower in PARTICIPLES:
        return False  # “Marr was short, saying “Hard No” to them”
    if said_by(before, phrase.after) or _is_of_somebody(before):
        return False
    if not (is_short(words) or is_title(words)):
        return False
    if is_title(words.rstrip(".,")) and _is_of_work(before, phrase.after):
        return True
    if is_title(words) and _names_work(before, phrase.after):
        return True
    follows, is_sure = named_after(phrase.after)
    if follows and is_sure and words[-1] in ",?!—…-–":
        return False
    if before and (_is_nickname(phrase) or _is_cue(before, words)):
        return True
    return not _stands_alone(phrase) and _is_without_speaker(phrase, follows)


def _is_surely_one(phrase: _Phrase) -> bool:
    """By a sign that carries it, a word that announces it, or a list of such."""
    if _is_on_sign(phrase.before) or (phrase.follows_label and _goes_on_listing(phrase)):
        return True
    last = phrase.before[-1].lower if phrase.before else ""
    if last in _TITLED or [word.lower for word in phrase.before[-4:]] == _AS_IF_TO_SAY:
        return True
    # A movie of Roe’s, “Low Tide”; the author of “Low Tide”; “Low Tide,” as it is called.
    is_named = last == "called" or (
        last == "of" and len(phrase.before) > 1 and phrase.before[-2].lower in MAKERS
    )
    is_work = is_named or (bool(phrase.before) and phrase.before[-1].is_possessive)
    if is_work and is_title(phrase.words.rstrip(".,")) and " " in phrase.words:
        return True
    if _length(phrase.words) > LONGEST_PHRASE:
        return False
    if last == "called" and phrase.words[:1].isupper():
        # “advice called ‘Ready for the tide’”, and not “Holt called ‘A fraud’”
        caller = said_in(phrase.before)
        return caller is None or not caller.is_name
    if last in OWNERS and is_title(phrase.words):
        return True
    is_gloss = last in SURE_CUES or len(phrase.words) == 1 or _is_other_name(phrase)
    return is_gloss or _is_name_of_next(phrase)


_TITLED = ("titled", "entitled", "headlined")
_AS_IF_TO_SAY = ["as", "if", "to", "say"]


def _is_other_name(phrase: _Phrase) -> bool:
    """also known as the “fat worm”; the nymphs (or “brush-footed”); “the Alliance,” a group of nations"""
    before, after = phrase.before, phrase.after
    # YOLO (“you only live once”)
    if len(before) > 1 and before[-1].text == "(":
        initials = "".join(word[0] for word in re.findall(r"\w+", phrase.words)).upper()
        return len(initials) > 1 and before[-2].text == initials
    if not before or not is_short(phrase.words):
        return False
    heads = [word.lower for word in after[:3]]
    before_article = before[:-1] if before[-1].lower in ("a", "an", "the") else before
    if [word.lower for word in before_article[-2:]] == ["known", "as"]:
        return True
    if [word.lower for word in before[-2:]] == ["(", "or"]:
        return heads[:1] == [")"]
    if before[-1].lower == "of" and len(before) > 1 and before[-2].lower in TERMS:
        return said_in(before) is None
    if re.match(r"[Tt]he [A-Z]", phrase.words) and phrase.words[-1] == ",":
        return heads[:1] in (["a"], ["an"], ["the"])  # what it is
    return is_title(phrase.words) and (heads[:2] == ["named", "in"] or heads[:1] == ["aka"])


def _is_name_of_next(phrase: _Phrase) -> bool:
    """the viral “Mind the tide.” campaign; a “phase one” deal, of which nobody is said to have spoken"""
    last = phrase.before[-1] if phrase.before else None
    if last is None or not phrase.after or not phrase.after[0].is_plain:
        return False
    if phrase.words[-1].isalnum() and last.text != ",":
        following = phrase.after[0].lower
        is_named = following in NAMED_BEFORE and is_short(phrase.words)
        if phrase.words.casefold() in GREETINGS or is_named or following == "formula":
            return True
        if phrase.words[:1].isupper() and following in NAMED_BY_CAPITALS and is_title(phrase.words):
            return True
    if any(word.lower in MAKERS | WORKS for word in phrase.after[:2]):
        return last.lower in DETERMINERS or last.is_possessive or last.is_plain
    is_beside = last.lower in DETERMINERS or last.is_possessive
    is_noun = is_beside and is_short(phrase.words) and phrase.words[-1] not in ".,?!"
    is_said = said_in(phrase.before) or is_verb(phrase.after, 0) or named_aside(phrase.after)
    return is_noun and not is_said and not _goes_on(phrase)


def _is_of_somebody(before: Words) -> bool:
    """“is said to be” “…”, “which the board sees as” “…”: somebody's words, named or not."""
    is_said_to_be = [word.lower for word in before[-3:]] == ["said", "to", "be"]
    return is_said_to_be or is_asked(before) or seen_as(before) is not None


def _goes_on_listing(phrase: _Phrase) -> bool:
    """Signs: “No More Dams,” “Water Is Ours”; “mkono wa damu,” or “the man with the bloody hand,”"""
    joined = (phrase.between or "").strip(" ,;")
    if joined in ("and", "or"):
        return _length(phrase.words) <= LONGEST_PHRASE
    return not joined and is_title(phrase.words)


def _stands_alone(phrase: _Phrase) -> bool:
    """A sentence of its own, or part of one in which somebody has begun to speak."""
    words, before = phrase.words, phrase.before
    if _goes_on(phrase) or _is_how_said(phrase):
        return True
    return not before and (not phrase.after or (words[-1] in ".,?!…—-" and words[0].isupper()))


def _is_how_said(phrase: _Phrase) -> bool:
    """The board “strongly denies” it; Holt “vehemently” denied it."""
    is_in_words = any(
        word.lower in VERBS for word in words_between(phrase.words, 0, len(phrase.words))
    )
    is_after = bool(phrase.after) and phrase.words.endswith("ly") and is_verb(phrase.after, 0)
    # “middle man” who “later wired” it: what somebody did, in somebody's words.
    is_deed = re.fullmatch(r"\w+ly \w+ed", phrase.words) is not None
    return (
        (is_in_words or is_after or is_deed) and not is_title(phrase.words) and bool(phrase.before)
    )


def _goes_on(phrase: _Phrase) -> bool:
    """“a shambles” and that ministers “hadn’t the foggiest”: one sentence, one speaker."""
    if phrase.between is None or phrase.follows_label:
        return False
    if not phrase.before:
        return phrase.previous[-1:] == ","
    first = phrase.before[0].lower
    # “sideswiped” by a “harbour militia” vessel
    is_near = len(phrase.between) < _NEAR and "," not in phrase.between
    if is_near and not is_title(phrase.words) and not re.search(r"[.?!]", phrase.between):
        return True
    is_list = first in ("and", "or", "but", "as", ",") or is_verb(phrase.before, 0)
    return is_list and not re.search(r"[.?!]", phrase.between)


def _is_without_speaker(phrase: _Phrase, follows: Person | None) -> bool:
    if not is_short(phrase.words):
        return _is_long_label(phrase.words, phrase.before, follows)
    is_told = bool(follows) and phrase.after[0].text == ","
    return not is_told and _is_phrase(phrase.words, phrase.before, phrase.after, follows)


def _length(words: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", words))


def is_title(words: str) -> bool:
    """Does every word but the small ones begin with a capital, with no sentence ending inside?"""
    given = re.findall(r"\w[\w’'-]*", words)
    large = [word for word in given if len(word) > 3 or word == given[0]]
    capitals = all(word[0].isupper() or word[0].isdigit() for word in large)
    return (
        capitals
        and not re.search(r"[.;]\s|:\s[^A-Z]", words)
        and (len(given) > 1 or words[-1] != ".")
    )


def is_announced(text: str, start: int, end: int) -> bool:
    """Do the words beside `text[start:end]` say that it is a title or a so-called word: the thriller “Tide”?"""
    before = words_between(text, max(0, start - _NEAR), start - 1)
    after = words_between(text, end, end + _NEAR)
    head = next((word.lower for word in after if word.is_word), "")
    is_after = bool(before) and before[-1].lower in SURE_CUES | WORKS | {"word", "words", "term"}
    return is_after or head in MAKERS | NAMED_BEFORE


def _is_nickname(phrase: _Phrase) -> bool:
    """Jim “Lefty” Doyle."""
    segment, before, after = phrase.segment, phrase.before, phrase.after
    if not after or not (before[-1].is_name and after[0].is_name):
        return False
    return segment.open - before[-1].end <= 1 and after[0].start - segment.close == 1


def _is_on_sign(before: Words) -> bool:
    """Signs saying “Keep our branches open”: written, and nobody's words."""
    last = before[-1].lower if before else ""
    if last == "as" and said_in(before):
        return False  # “described the posters as ‘a small war’”
    # A T-shirt depicting him in black, and the words: “…”
    are_words = [word.lower for word in before[-3:]] == ["the", "words", ":"]
    near = before[-20:] if are_words else before[-8:]
    sign = next((at for at, word in enumerate(near) if word.lower in SIGNS), None)
    if are_words and any(word.lower in VERBS for word in near[sign or 0 :]):
        return False
    if last in (":", "as", ",") and sign is not None:
        return not any(word.lower in VERBS - {"carried", "read", "reads"} for word in before[-3:])
    is_read = last in ("saying", "reading", "read", "reads", "said", "says", "declaring")
    return is_read and any(word.lower in SIGNS for word in before[-7:])


def _names_work(before: Words, after: Words) -> bool:
    """her first novel, “Low Tide,” and “The Price of Everything,” a new ad by …"""
    if len(before) > 1 and before[-1].text == "," and before[-2].lower in WORKS:
        return True
    is_beside = bool(after) and after[0].lower in ("a", "an", "the")
    return is_beside and any(word.lower in WORKS for word in after[1:6])


def _is_of_work(before: Words, after: Words) -> bool:
    """her play “…”, “…” director Ada Holt"""
    is_after_work = bool(before) and before[-1].lower in WORKS
    return is_after_work or (bool(after) and after[0].lower in MAKERS)


def _is_cue(before: Words, words: str) -> bool:
    """The so-called “…”, her novel “…”, is known to colleagues as “…”, the man they call “…”."""
    last = before[-1].lower
    if last in ("call", "calls", "called") and len(before) > 1 and words[:1].isupper():
        return before[-2].lower in (
            "they",
            "we",
            "people",
            "locals",
            "everybody",
            "all",
            "also",
            "is",
        )
    if last == "as":
        # Colleagues know her as “…”; but “the airline referred to it as “…”” is what it said.
        at = next(
            (at for at in range(-min(7, len(before)), 0) if before[at].lower == "referred"), 0
        )
        is_passive = at and any(word.lower in PASSIVE for word in before[:at][-3:])
        return bool(is_passive) or any(word.lower in ("known", "know") for word in before[-6:])
    # “what the union called ‘poverty pay’”: somebody's words.
    is_what = any(word.lower == "what" for word in before[-6:])
    if last in ("called", "termed") and is_what and said_in(before):
        return False
    if last in ("read", "reads") and said_in(before):
        return False
    # “to call the play ‘ridiculous’”: what is no title is said of the work.
    return last in LABEL_CUES or (last in WORKS and is_title(words))


def _is_long_label(words: str, before: Words, follows: Person | None) -> bool:
    """A title of four words or more, by itself in a sentence."""
    last = before[-1].text if before else ""
    if last == ":":
        return said_in(before) is None and before_colon(before) is None
    return last != "," and words[-1] not in ".?!" and follows is None


def _is_phrase(words: str, before: Words, after: Words, follows: Person | None) -> bool:
    """Up to three words that nobody is said to have spoken, or a title that somebody speaks of."""
    if before and before[-1].text == ":":
        return False
    if said_in(before) is None:
        return follows is None and named_aside(after) is None
    return is_title(words) and " " in words and not leads_in(before)
