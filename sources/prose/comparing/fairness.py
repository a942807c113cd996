"""Whether a quotation that is cut or bracketed still says what was said.

Words that turn a sentence (a negation, a condition, a hedge, a quantifier, an attribution) may not go
missing from it, be put into it, or be left beside the cut. The AP: never alter quotations; Reuters:
never out of context. Clauses are told apart by their conjunctions and commas, and no grammar is known:
what is in doubt is for an editor to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from ..reading.words_of_speech import word_set


class Turn(Enum):
    NEGATION = "negation"
    CONDITION = "condition"
    HEDGE = "hedge"
    QUANTIFIER = "quantifier"
    ATTRIBUTION = "attribution"


# A missing word lets its kind be cut unseen: add what people say.
_TURNS = {
    Turn.NEGATION: word_set(
        """
        not never no nobody none nothing neither nor without cannot nowhere hardly barely scarcely
        rarely seldom unable unlikely impossible refuse refused refuses refusing fail failed fails
        failing deny denied denies denying doubt doubts doubted forbid forbade forbidden forgot
        prevented prevent stopped instead except dont wont cant didnt isnt
        """
    ),
    Turn.CONDITION: word_set(
        "if unless provided providing until till assuming supposing whether otherwise depending depends"
    ),
    Turn.HEDGE: word_set(
        """
        may might could should would ought perhaps maybe possibly probably likely presumably
        apparently seemingly seem seems seemed appear appears appeared supposedly think thinks thought
        believe believes believed guess guessed suppose supposed imagine imagined suspect suspects
        suspected assume assumes assumed wonder wondered expect expects expected hope hopes hoped want
        wants wanted plan plans planned try tries tried intend intends intended opinion guess impression
        sometimes often usually mostly partly generally partially
        """
    ),
    Turn.QUANTIFIER: word_set(
        """
        few fewer some most many several half nearly almost only approximately roughly little less
        least third quarter part
        """
    ),
    Turn.ATTRIBUTION: word_set(
        """
        said say says saying told tell tells telling claim claims claimed alleged alleges allegedly
        reportedly heard hear hears according rumour rumours rumor rumors reported wrote writes
        accuse accuses accused argue argues argued insist insists insisted suggest suggests suggested
        """
    ),
}
_TURN_OF = {word: turn for turn, words in _TURNS.items() for word in words}
# These are hedges or attributions with their neighbours alone.
_PHRASES = {
    ("as", "far", "as"): Turn.HEDGE,
    ("in", "my", "view"): Turn.HEDGE,
    ("to", "my", "knowledge"): Turn.HEDGE,
    ("my", "understanding"): Turn.HEDGE,
    ("sort", "of"): Turn.HEDGE,
    ("kind", "of"): Turn.HEDGE,
    ("used", "to"): Turn.HEDGE,
    ("as", "long", "as"): Turn.CONDITION,
    ("so", "long", "as"): Turn.CONDITION,
    ("in", "case"): Turn.CONDITION,
    ("up", "to"): Turn.QUANTIFIER,
    ("more", "than"): Turn.QUANTIFIER,
    ("one", "of"): Turn.QUANTIFIER,
}
_BY_FIRST_WORD = {
    phrase[0]: [each for each in _PHRASES.items() if each[0][0] == phrase[0]] for phrase in _PHRASES
}
_MODALS = word_set("may might could should would ought")
_SELF = word_set("i we i’ll i’d i’ve i’m we’ll we’d we’ve we’re me us")
# Between “I” and “say”: as I have always said, let me just tell you.
_BEFORE_SAYING = word_set(
    "to have had must can could will would do did just also only always often ever"
)
_BARE_PRONOUNS = word_set(
    "i we you he she they it him her them us me his their its this that these"
)
# Somebody who thinks while speaking: left out, they take nothing along.
_FILLERS = word_set("um uh er erm well so like really very just you know mean actually ever and")

# Where clauses begin

_COORDINATES = word_set("and but or so yet nor")
_SUBJECTS = word_set(
    "i we you he she they it there this these those nobody nothing everybody everyone everything people who"
)
_DETERMINERS = word_set(
    "the a an my your his her our their its no some most many few several all every each both one two"
)
_FINITE = word_set(
    """
    is are was were am has have had do does did will would can could may might must should shall
    isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t don’t doesn’t didn’t won’t wouldn’t can’t
    couldn’t cannot shouldn’t came went got took made said says knew knows goes gets
    """
)
_SUBORDINATES = word_set("who whom whose which where because although though while since")
_CLAUSE_ENDS = frozenset(";:—")
_SENTENCE_ENDS = frozenset(".?!")
_SHORT = 6  # words of a clause that only says who says it: “as far as I know”
_NEAR = 3  # words between a quantifier and what it counts
_LONGEST_DOUBT = 9  # words of a sentence that only takes back the one before it
_DOUBTS = re.compile(
    r"(?:(?:or |but )?at least |or so |(?:but )?that(?:’s| is| was) (?:only )?what |so (?:they|he|she) |"
    r"(?:but )?(?:i think|i guess|i suppose|i believe|i may|i might|i could|i’m not|i am not|i don’t know|"
    r"perhaps|maybe|probably|if |unless |not )|(?:they|he|she) (?:said|say|told|claim))"
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[.,;:?!—–]")
OTHER_CASE = re.compile(r"\[(\w)\](?=\w)")
_LEFT_OUT = re.compile(r"(…|\.\s?\.\s?\.(?:\s?\.)?|\[[^\]]*\])")


class Token(NamedTuple):
    word: str  # in lower case, with typographic apostrophes
    is_capital: bool
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.word[0].isalnum()


def _tokens(text: str) -> list[Token]:
    return [
        Token(
            found[0].casefold().replace("'", "’").replace("–", "—"),
            found[0][0].isupper(),
            *found.span(),
        )
        for found in _WORD.finditer(text)
    ]


@dataclass(frozen=True)
class Turned:
    """A recorded sentence whose meaning is turned: `recorded[start:end]`, and what is missing of it.

    `missing` are places in the record, `added` words that only the story has.
    """

    turns: frozenset[Turn]
    start: int
    end: int
    missing: tuple[tuple[int, int], ...] = ()
    added: tuple[str, ...] = ()


def turned(printed: Sequence[str], recorded: str, before: str = "") -> Turned | None:
    """How a quotation turns what was said; None where it is fair, as far as words can tell.

    `printed` are the parts of one recorded quote that stand in one paragraph: “We will,” Holt said,
    “not raise it”. `before` are the narrator's words that lead up to a fragment: what they say is not
    missing, as in: would not call it “a failure”.
    """
    record = _Record(recorded)
    told = {turn for _, turn in _turns(_tokens(before))} - {Turn.ATTRIBUTION}
    found: Turned | None = None
    # Where the words stand twice in the record, they are those that are fairly quoted.
    for placed in record.placements([_Part(part) for part in printed]):
        found = record.turned(placed, told)
        if found is None:
            return None
    return found


def is_edited(printed: str, recorded: str) -> bool:
    """Were words left out or put in, and not only cut before and after?"""
    said = set(_LEFT_OUT.findall(recorded))
    return any(mark not in said for mark in _LEFT_OUT.findall(OTHER_CASE.sub(r"\1", printed)))


class _Part:
    """A printed part: its runs of words, and what stands between them instead of words."""

    def __init__(self, printed: str) -> None:
        # “[W]e”: a letter in brackets is one of the other case.
        pieces = _LEFT_OUT.split(OTHER_CASE.sub(r"\1", printed))
        self.runs: list[list[str]] = []
        self.gaps: list[str] = []  # one fewer than runs
        for piece, gap in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
            words = [token.word for token in _tokens(piece) if token.is_word]
            if self.runs:
                self.gaps.append(gap)
            self.runs.append(words)
        self.brackets = [each[1:-1] for each in pieces[1::2] if each.startswith("[")]

    @property
    def words(self) -> list[str]:
        return [word for run in self.runs for word in run]


class _Placed(NamedTuple):
    runs: list[range]  # places of words in the record, as they were printed
    joints: list[tuple[range, range, str]]  # two runs of one part, and what stands between them
    added: list[str]  # printed words that the record does not have


class _Record:
    def __init__(self, recorded: str) -> None:
        self.tokens = _tokens(recorded)
        self.places = [at for at, token in enumerate(self.tokens) if token.is_word]
        self.words = [self.tokens[at].word for at in self.places]
        self.sentences, self.clauses = self._parted()

    def _parted(self) -> tuple[list[int], list[int]]:
        """Of each token the numbers of its sentence and of its clause."""
        sentences, clauses, sentence, clause = [], [], 0, 0
        is_aside = False  # “, who grew up here,”: it ends with the next comma
        for at, token in enumerate(self.tokens):
            before = self.tokens[at - 1].word if at else ""
            if before in _SENTENCE_ENDS:
                sentence, clause, is_aside = sentence + 1, clause + 1, False
            elif at and (self._begins_clause(at) or (is_aside and before == ",")):
                clause += 1
                is_aside = before == "," and token.word in _SUBORDINATES
            sentences.append(sentence)
            clauses.append(clause)
            if token.word in _CLAUSE_ENDS:
                clause += 1
        return sentences, clauses

    def _begins_clause(self, at: int) -> bool:
        word = self.tokens[at].word
        if word in _SUBORDINATES or _TURN_OF.get(word) is Turn.CONDITION:
            return True
        if word in _COORDINATES:
            return self._is_subject(at + 1)
        return self.tokens[at - 1].word == "," and self._is_subject(at)

    def _is_subject(self, at: int) -> bool:
        """Does somebody begin to do something here: “we lost”, “the minutes are”?"""
        ahead = [token.word for token in self.tokens[at : at + 7]]
        if not ahead:
            return False
        # “it’s”, “we’ll”: a subject with its verb
        if ahead[0].split("’")[0] in _SUBJECTS:
            return True
        for word in ahead[1:]:
            if not word[0].isalnum() or word in _COORDINATES:
                return False
            if word in _FINITE or (word.endswith("ed") and ahead[0] in _DETERMINERS):
                return True
        return False

    # Where the printed words stand in the record

    def placements(self, parts: list[_Part]) -> Iterator[_Placed]:
        """Each way in which the parts may stand there; by likeness, if they do not stand as printed."""
        first = next((run for part in parts for run in part.runs if run), [])
        starts = [at for at in range(len(self.words)) if self._stands(first, at)]
        ways = [placed for start in starts if (placed := self._placed(parts, start))]
        yield from ways or [self._likened(parts)]

    def _stands(self, run: list[str], at: int) -> bool:
        return bool(run) and self.words[at : at + len(run)] == run

    def _placed(self, parts: list[_Part], start: int) -> _Placed | None:
        placed = _Placed([], [], [])
        at = start
        for part in parts:
            runs: list[range] = []
            for run in part.runs:
                begins = next((b for b in range(at, len(self.words)) if self._stands(run, b)), None)
                if begins is None and run:
                    return None
                begins = at if begins is None else begins
                runs.append(range(begins, begins + len(run)))
                at = begins + len(run)
            placed.runs.extend(run for run in runs if run)
            placed.joints.extend(
                (*pair, gap) for pair, gap in zip(pairwise(runs), part.gaps, strict=True)
            )
            placed.added.extend(word.word for inside in part.brackets for word in _tokens(inside))
        return placed

    def _likened(self, parts: list[_Part]) -> _Placed:
        printed = [word for part in parts for word in part.words]
        compared = SequenceMatcher(None, printed, self.words, autojunk=False)
        added = [
            word
            for kind, a, b, _, _ in compared.get_opcodes()
            if kind in ("delete", "replace")
            for word in printed[a:b]
        ]
        inside = [word.word for part in parts for each in part.brackets for word in _tokens(each)]
        blocks = compared.get_matching_blocks()[:-1]
        return _Placed([range(b.b, b.b + b.size) for b in blocks], [], added + inside)

    # What that does to the meaning

    def turned(self, placed: _Placed, told: set[Turn]) -> Turned | None:
        kept = {self.places[at] for run in placed.runs for at in run}
        missing = [
            (at, turn)
            for at, turn in _turns(self.tokens)
            if at not in kept and turn not in told and self._reaches(at, turn, kept)
        ]
        missing.extend((at, turn) for at, turn in self._taken_back(kept) if turn not in told)
        missing.extend(self._beside(placed, kept))
        added = [(word, turn) for word in placed.added if (turn := turn_of(word))]
        # “cannot” for “can not”: what one side lacks and the other has in its place turns nothing.
        lacking = {turn for _, turn in missing} ^ {turn for _, turn in added}
        missing = [(at, turn) for at, turn in missing if turn in lacking]
        if not lacking or not kept:
            return None
        around = kept | {at for at, _ in missing}
        sentences = {self.sentences[at] for at in around}
        inside = [at for at, number in enumerate(self.sentences) if number in sentences]
        return Turned(
            frozenset(lacking),
            self.tokens[inside[0]].start,
            self.tokens[inside[-1]].end,
            tuple(sorted({(self.tokens[at].start, self.tokens[at].end) for at, _ in missing})),
            tuple(word for word, turn in added if turn in lacking),
        )

    def _reaches(self, at: int, turn: Turn, kept: set[int]) -> bool:
        """Does this word of the record turn what was printed?"""
        there = {self.clauses[k] for k in kept if self.sentences[k] == self.sentences[at]}
        clause = self.clauses[at]
        if turn is Turn.QUANTIFIER:
            return any(abs(at - k) <= _NEAR and self.clauses[k] == clause for k in kept)
        if clause in there:
            is_before = any(k > at for k in kept if self.clauses[k] == clause)
            return is_before or not self._is_relative(at, kept)
        words = [t for t, number in enumerate(self.clauses) if number == clause]
        if turn is Turn.CONDITION:
            is_first = not words[0] or self.sentences[words[0] - 1] != self.sentences[at]
            return clause - 1 in there or (is_first and any(each > clause for each in there))
        if turn in (Turn.HEDGE, Turn.ATTRIBUTION) and self.tokens[at].word not in _MODALS:
            # “as far as I know,” before or after what it is about
            is_short = sum(self.tokens[t].is_word for t in words) <= _SHORT
            next_word = self.tokens[words[-1] + 1].word if words[-1] + 1 < len(self.tokens) else ""
            introduces = clause + 1 in there and next_word not in ("but", "and")
            return is_short and (introduces or clause - 1 in there)
        return False

    def _taken_back(self, kept: set[int]) -> Iterator[tuple[int, Turn]]:
        """“The pier is safe. At least that’s what they told me.”: by the sentence after it."""
        after = {self.sentences[at] + 1 for at in kept}
        for number in after:
            inside = [at for at, each in enumerate(self.sentences) if each == number]
            words = [self.tokens[at].word for at in inside if self.tokens[at].is_word]
            if len(words) <= _LONGEST_DOUBT and _DOUBTS.match(" ".join(words)):
                yield from (
                    (inside[at], turn)
                    for at, turn in _turns([self.tokens[at] for at in inside])
                    if inside[at] not in kept
                )

    def _is_relative(self, at: int, kept: set[int]) -> bool:
        """“the storm that nobody saw coming”, after all that was printed of the clause."""
        last = max(k for k in kept if k < at)
        return any(token.word == "that" for token in self.tokens[last + 1 : at])

    def _beside(self, placed: _Placed, kept: set[int]) -> Iterator[tuple[int, Turn]]:
        """Words that turn a sentence and were printed next to a gap, which they may now turn otherwise."""
        for before, after, gap in placed.joints:
            left_out = [self.words[at] for at in range(before.stop, after.start)]
            if all(word in _BARE_PRONOUNS | _FILLERS for word in left_out):
                continue
            edges = [before[-1:]] if before else []
            if gap and not gap.startswith("["):
                edges += [after[:1]] if after else []
            for edge in edges:
                at = self.places[edge[0]]
                turn = turn_of(self.tokens[at].word)
                if turn and turn is not Turn.ATTRIBUTION:
                    yield at, turn


def turn_of(word: str) -> Turn | None:
    return Turn.NEGATION if word.endswith("n’t") else _TURN_OF.get(word)


def _is_self(words: list[str], at: int) -> bool:
    """“as I said”, “I have to say”: nobody else's words. What one heard are somebody's."""
    if words[at] in ("heard", "hear", "hears", "according"):
        return False
    if words[at] == "told" and words[at - 1 : at] in (["i’m"], ["we’re"]):
        return False  # by somebody else
    while at and words[at - 1] in _BEFORE_SAYING:
        at -= 1
    return at > 0 and words[at - 1] in _SELF


def _turns(tokens: list[Token]) -> Iterator[tuple[int, Turn]]:
    """Each word that turns a sentence, and how."""
    words = [token.word for token in tokens]
    for at, word in enumerate(words):
        turn = turn_of(word)
        if turn is Turn.ATTRIBUTION and _is_self(words, at):
            turn = None
        # A month, but for “May” at the beginning of a sentence.
        if word == "may" and tokens[at].is_capital and at and words[at - 1] not in _SENTENCE_ENDS:
            turn = None
        for phrase, kind in _BY_FIRST_WORD.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                turn = kind
        if turn:
            yield at, turn
