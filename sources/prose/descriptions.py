"""How unnamed people are described, and what readers are told of the reason: pure functions on words.

What is vague follows the AP Stylebook and NPR (a description says why the source would know); what
is rote, the memorandum of The New York Times of 2010 (a reason, not a formula).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .reading.words_of_speech import AUXILIARIES, word_set

# Nouns for people whom a story does not name.
ROLES = word_set(
    """
    official agent analyst officer diplomat aide adviser advisor employee worker lawyer attorney
    engineer clerk teacher nurse doctor physician executive manager investigator prosecutor
    someone somebody detective soldier lawmaker senator minister staffer insider expert scientist researcher member
    resident neighbour neighbor witness friend relative colleague source banker trader consultant
    contractor economist inspector councillor councilor councilman captain sailor deckhand guard
    accountant spokesman spokeswoman spokesperson driver farmer person man woman individual
    assistant operative commander fighter militant negotiator regulator auditor technician
    professor student pilot mechanic miner docker builder planner judge juror board-member
    whistleblower supervisor director partner activist organiser organizer campaigner trader fisherman
    """
)
PLURALS = {f"{role}s": role for role in ROLES} | {
    "people": "person", "men": "man", "women": "woman", "witnesses": "witness", "others": "person",
    "spokesmen": "spokesman", "spokeswomen": "spokeswoman", "fishermen": "fisherman",
}  # fmt: skip
# These say nothing of who somebody is, so nobody drifts from or to them.
_ANYBODY = word_set(
    "source person man woman individual expert insider witness friend someone somebody"
)
_TELLS_NOTHING = word_set(
    """
    a an the one two some several many of for with from in at on to by and or who whom is was has had
    been being that which close near familiar knowledge direct first-hand firsthand access senior top
    high high-ranking high-level ranking well-placed well-informed informed knowledgeable reliable
    trusted anonymous unnamed unidentified western local former current matter matters situation
    case issue issues subject topic thinking details detail briefed briefing events event things
    government figure figures party world story affair affairs
    """
)
_WORD = re.compile(r"[^\W_][\w’'-]*")


def is_vague(description: str) -> bool:
    """Does a description say nothing of why the source would know? “a source”, “a senior official”."""
    words = [word.casefold() for word in _WORD.findall(description)]
    return not [
        word
        for word in words
        if word not in _TELLS_NOTHING
        # A rank tells nothing of why somebody knows, and yet an analyst can drift to an official:
        # so these are not in `_ANYBODY`.
        and PLURALS.get(word, word) not in (_ANYBODY | {"official", "officer", "aide"})
    ]


def roles(description: str) -> set[str]:
    """The nouns for a person in a description: {“analyst”}."""
    words = (word.casefold() for word in _WORD.findall(description))
    return {PLURALS.get(word, word) for word in words} & ROLES


# Reasons for anonymity

# What a formula is about goes with it, however long: “… to discuss the ongoing internal talks”. Where
# somebody says what would happen to them, it ends.
_TAIL = r"(?:(?!\b(?:and|but|because|since|fear\w*|afraid|lest|would|could)\b)[^,;.])*"
_TALKS = r"(?:speak|talk|comment|discuss|describe|be quoted|brief|share|disclose|address|reveal)"
# Cut out of a reason, these leave what it really says; if that is nothing, it was only a formula.
_FORMULAS = re.compile(
    r"\b(?:(?:they|he|she|who|because|as|since|was|were|is|are|wasn.t|isn.t|aren.t|not|un)\W*)*"
    rf"(?:authori[sz]ed|permitted|allowed|free|at liberty|cleared)\b(?: to (?:\w+ly )?{_TALKS}\b{_TAIL})?"
    r"|\b(?:because of |due to |given |owing to )?(?:the )?(?:sensitivity|delicacy|confidentiality|"
    rf"(?:sensitive|delicate|confidential|private|personal|legal) nature)\b{_TAIL}"
    rf"|\b(?:in order )?to (?:\w+ly )?{_TALKS}\b{_TAIL}|\b(?:discussing|describing)\b{_TAIL}"
    r"|\b(?:on |under )?(?:the )?condition of anonymity"
    r"|\b(?:spoke|talked|speaking|asked|requested|insisted|requests?|wished|did not want|declined)\b"
    r"|\b(?:not )?to be (?:named|identified)|\banonymity\b|\banonymously\b",
    re.IGNORECASE,
)
# What stands around a formula and is no reason either.
_FILLERS = word_set(
    """
    they he she who we it both neither all each because as since of the a an to for and or in on so
    official officials source sources person people was were is are not not- their his her them him
    want wanted would could can may be been publicly openly press media about this matter speak talk
    """
)


def is_rote(reason: str) -> bool:
    """Is a reason only a formula (“not authorized to speak”, “the sensitivity of the matter”)?"""
    left = _FORMULAS.sub(" ", reason.replace("’", "'"))
    return bool(reason.strip()) and not [
        word for word in _WORD.findall(left) if word.casefold() not in _FILLERS
    ]


_UNNAMED = re.compile(
    r"anonym\w+|not (?:to )?be(?:ing)? (?:named|identified)|with(?:held|hold\w*) (?:\w+ ){0,2}names?"
    r"|(?:un|not |n[’']t )authori[sz]ed to (?:speak|talk|comment|discuss)|not permitted to (?:speak|talk)",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because|as|since|for fear|out of|citing|to avoid|to protect|lest|so that|due to)\b"
    r"|authori[sz]ed|permitted",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(r"\b(?:neither|both|all|none|they|each)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[^.?!\n]+")


def tells_reason(text: str, names: Sequence[str] = ()) -> bool:
    """Does a text tell why somebody in it is not named; of these names, if they are given?"""
    sentences = _SENTENCES.findall(text)
    for number, sentence in enumerate(sentences):
        if not (_UNNAMED.search(sentence) and _BECAUSE.search(sentence)):
            continue
        # The sentence before may say of whom: “… two agents. Both spoke on condition of …”
        around = " ".join(sentences[max(0, number - 1) : number + 1])
        theirs = set().union(*map(roles, names)) if names else set()
        if not names or _ALL_OF_THEM.search(sentence) or theirs & roles(around):
            return True
    return False


# References to unnamed people


class Reference(NamedTuple):
    """A story's words for people whom it does not name, where they speak: `text[start:end]`."""

    words: str
    start: int
    end: int
    role: str


# The longest first: “man” must not be tried before “manager”.
_ALTERNATIVES = "|".join(sorted(ROLES, key=len, reverse=True))
_MANY = "|".join(sorted(PLURALS, key=len, reverse=True))
# To a court or to police somebody speaks for the record; what is told to nobody at all is told here.
TO_OTHERS = (
    r"(?:the )?(?:court|jury|jurors|judge|inquiry|inquest|tribunal|hearing|committee|parliament|"
    r"congress|senate|council|police|officers|detectives|investigators|prosecutors|him|her|them|his|their)\b"
)
# Verbs that attribute and do little else: “a person called 911”, “one person shot” are none.
_SPEAKS = (
    r"(?:said|says?|tells?|indicated?)\b(?! to be\b)"
    rf"|told (?!{TO_OTHERS})(?:the |an? |us\b|me\b|report|[A-Z])"
)
_BETWEEN = rf"(?:,? (?:{'|'.join(sorted(AUXILIARIES - {'a'}))}|\w+ly|later))*,? "
_TOGETHER = re.compile(
    rf"\b(?:neither|either|both|all|the (?:two|three|four|same))(?: of (?:the|these|those))? "
    rf"(?P<role>{_ALTERNATIVES}|{_MANY})\b",
    re.IGNORECASE,
)
_THE_ONE = re.compile(
    rf"\bthe (?P<role>{_ALTERNATIVES})(?={_BETWEEN}(?:{_SPEAKS}))"
    rf"|\b(?:said|says) the (?P<said>{_ALTERNATIVES})(?=[.,;\n])",
    re.IGNORECASE,
)
_THEN_SPEAKS = re.compile(rf"{_BETWEEN}(?:{_SPEAKS})", re.IGNORECASE)
# Up to two words before the noun, of which none may begin another clause.
_BEFORE_MANY = re.compile(
    r"(?:(?<![\w’'-])(?!and |but |said |as |that |with |did |number |of )[\w’'-]+ ){0,2}$",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"\b(?:said|says?|according to) (?P<who>(?:(?!that |did |with )[\w’'-]+ ){0,2})$", re.IGNORECASE
)
_LOOK_BACK = 60  # characters, in which two words stand
_SPEAKING_ONE = re.compile(
    rf"\b(?P<who>(?:a|an|one|another) (?:[\w’'-]+ ){{0,2}}(?P<role>{_ALTERNATIVES}))"
    rf"(?={_BETWEEN}(?:{_SPEAKS}))",
    re.IGNORECASE,
)
_SAID_ONE = re.compile(
    rf"\b(?:said|says|according to) (?P<who>(?:a|an|one|another) (?:[\w’'-]+ ){{0,2}}"
    rf"(?P<role>{_ALTERNATIVES}))(?=[.,;\n])",
    re.IGNORECASE,
)


def later_references(text: str) -> Iterator[Reference]:
    """“Neither official”, “both agents”, “the analyst said”: people of whom the story told before."""
    for pattern in (_TOGETHER, _THE_ONE):
        for found in pattern.finditer(text):
            yield _reference(found, found.start(), found.end())


# They speak for a body or for a crowd, and are counted by nobody: prosecutors, teachers, lawmakers.
_OF_A_BODY = word_set(
    """
    officer investigator prosecutor detective soldier lawmaker senator minister councillor councilor teacher
    nurse doctor physician employee worker resident neighbor neighbour student farmer fisherman driver juror
    judge guard sailor builder miner docker spokesman spokeswoman spokesperson planner inspector campaigner
    activist organiser organizer scientist researcher member lawyer attorney witness friend relative
    colleague man woman
    """
)
_BODY = re.compile(
    r"\b(?:town|city|county|council|police|health|school|fire|election|hospital|university|college|company|"
    r"federation|league|club|union|church|court|prison|tax|customs|harbou?r board|district|village) $",
    re.IGNORECASE,
)


# “said managers have to be clear”: it is not they who say it.
_ENDS = re.compile(
    r"[.,;:)”\"\n]|$| (?:who|in|of|at|on|from|with|close|familiar|near|involved|briefed)\b"
)
_LED_TO = re.compile(r"\b(?:with|to|for|from|by|between|among|of) $", re.IGNORECASE)


def many_speaking(text: str) -> Iterator[Reference]:
    """“officials say”, “western officials have told”, “according to people close to the talks”.

    Not those who speak for a body: “town officials”, “prosecutors”.
    """
    # Noun by noun: a pattern that began with the words before it would try every word of the text.
    for noun in _WORD.finditer(text):
        role = PLURALS.get(noun[0].casefold())
        if not role:
            continue
        before = text[max(0, noun.start() - _LOOK_BACK) : noun.start()]
        if role in _OF_A_BODY or _BODY.search(before):
            continue
        if _THEN_SPEAKS.match(text, noun.end()) and (found := _BEFORE_MANY.search(before)):
            start = noun.start() - len(found[0])
            # “Holt, who works with town officials, said”: it is not they who speak.
            if _LED_TO.search(text[max(0, start - 8) : start]):
                continue
        elif (found := _SAID_BEFORE.search(before)) and _ENDS.match(text, noun.end()):
            start = noun.start() - len(found["who"])
        else:
            continue
        yield Reference(text[start : noun.end()], start, noun.end(), role)


def one_speaking(text: str) -> Iterator[Reference]:
    """“a source said”, “said one senior official.”"""
    for pattern in (_SPEAKING_ONE, _SAID_ONE):
        for found in pattern.finditer(text):
            yield _reference(found, found.start("who"), found.end("who"))


def _reference(found: re.Match[str], start: int, end: int) -> Reference:
    groups = found.groupdict()
    role = (groups["role"] or groups["said"]).casefold()
    return Reference(found.string[start:end], start, end, PLURALS.get(role, role))


def is_anybody(role: str) -> bool:
    """A noun that says nothing of what somebody is: person, source, expert."""
    return role in _ANYBODY
