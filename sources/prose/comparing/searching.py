"""Words anywhere in a text: those that were promised to nobody else, and a name that was not to be told."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from ..reading.quotations import find_quotations
from ..reading.words_of_speech import (
    ADVERBS,
    AUXILIARIES,
    CLAUSE_STARTERS,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
)
from .matching import FEW, letters_of, spaced, stands_at, with_plain_marks
from .style import styled

PHRASE = 8  # letters in two words or more that a text cannot hold by chance
# What a sentence says is in its other words.
_SAYS_LITTLE = (
    ADVERBS | AUXILIARIES | CLAUSE_STARTERS | DETERMINERS | FUNCTION_WORDS | PREPOSITIONS | PRONOUNS
)
# Of so many words that say something a paraphrase has all, and of more of them this share.
ALL_OF, OF_MORE = 4, 0.8
TOO_FEW = 2  # words by which no paraphrase is told from another sentence


def is_repeated(words: str, text: str) -> bool:
    """Do these words stand in a text as they are, in one piece?

    Quotation marks, an ellipsis at either end, the case of the first letter and the marks after the
    last word may differ: readers take what is set apart from a story for words of it.
    """
    wanted, said = _set_apart(words), _set_apart(text)
    while wanted and not letters_of(wanted[0]):
        wanted.pop(0)
    while wanted and not letters_of(wanted[-1]):
        wanted.pop()
    if not wanted:
        return False
    if any(map(_UNSPACED.search, wanted)):
        return "".join(map(letters_of, wanted)) in "".join(map(letters_of, said))
    return any(stands_at(wanted, said, at) for at in range(len(said) - len(wanted) + 1))


def _set_apart(text: str) -> list[str]:
    """Words without quotation marks; brackets stay, for what is in them is printed, too."""
    return spaced(_NO_APOSTROPHE.sub("", with_plain_marks(text)))


_NO_APOSTROPHE = re.compile(r"(?<!\w)'|'(?!\w)")


class Searched:
    """A text in which words are looked for, read once."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _bare(self) -> str:
        # Blanks around it, so that words are found whole, at its ends as well.
        return f" {_bare_words(self._text)} "

    @cached_property
    def _quoted(self) -> set[str]:
        return {_bare_words(found.words) for found in find_quotations(self._text)}

    def holds(self, words: str) -> bool:
        """Do these words stand anywhere in it, whatever marks stand among them?

        A single word, or a few letters, counts only where it is quoted by itself. In scripts that
        put no blanks between words any stretch counts.
        """
        wanted = _bare_words(words)
        if len(wanted) >= PHRASE and _UNSPACED.search(wanted):
            return wanted in self._bare
        if len(wanted) >= PHRASE and " " in wanted:
            return f" {wanted} " in self._bare
        return bool(wanted) and wanted in self._quoted

    def tells(self, words: str) -> bool:
        """Are these words told in it, or a whole sentence of them, or one that says the same?

        The same is said by a sentence with the same nouns and verbs, in whatever order and form.
        """
        if self.holds(words):
            return True
        parts = _SENTENCE_END.split(words)
        return any(
            (len(part.split()) > FEW and self.holds(part)) or self._paraphrases(part)
            for part in parts
        )

    def _paraphrases(self, sentence: str) -> bool:
        wanted = _gist(sentence)
        if len(wanted) <= TOO_FEW:
            return False
        least = len(wanted) if len(wanted) <= ALL_OF else OF_MORE * len(wanted)
        return any(len(wanted & gist) >= least for gist in self._gists)

    @cached_property
    def _gists(self) -> list[set[str]]:
        return [_gist(sentence) for sentence in re.split(r"[.?!…]+\s+|\n", self._text)]

    def names(self, name: str) -> bool:
        """Does the whole name stand in it, however short, and in a slug or the name of a file, too?"""
        wanted = _bare_words(name)
        if " " not in wanted:
            return self.calls(name)
        return f" {wanted} " in self._bare

    def calls(self, family_name: str) -> bool:
        """Does somebody's family name stand in it, with its capital, or in a slug?"""
        if family_name.casefold() in TIMES:
            return False
        word = re.escape(unicodedata.normalize("NFKC", family_name))
        slug = re.escape(family_name.casefold())
        text = unicodedata.normalize("NFKC", self._text)
        return bool(
            re.search(rf"(?<![^\W_]){word}(?![^\W_])", text)
            or re.search(rf"(?<=[-_]){slug}(?![^\W_])|(?<![^\W_]){slug}(?=[-_][^\W_])", text)
        )


_SENTENCE_END = re.compile(r"[.?!…]+\s+")
# Han, Kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def _bare_words(words: str) -> str:
    """Words alone, in lower case, with one blank between them."""
    # NFKC: letters of full width, and ligatures, would hide words that must not become public.
    # Without underscores, which part the words of a file's name.
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", words).casefold()))


def _gist(sentence: str) -> set[str]:
    """The words of a sentence that say something, without their endings."""
    words = (word.casefold() for word in styled(sentence))
    return {_stem(word) for word in words if word not in _SAYS_LITTLE and word[0].isalnum()}


def _stem(word: str) -> str:
    """Lied, lies, lie and lying are one; so are carry and carried."""
    if word.endswith(("ied", "ies")):
        return word[:-2]
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return f"{word[:-1]}i" if word.endswith("y") else word.rstrip("e")
