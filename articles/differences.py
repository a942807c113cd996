"""What differs between two versions of a story: paragraphs aligned, then words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from sources.attribution import listed
from sources.quotations import find_quotations
from sources.words_of_speech import (
    ADVERBS,
    CLAUSE_STARTERS,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)

from .body import plain_text, pull_quotes, replace_pull_quotes
from .figures import replace_shown, shown_photos
from .models import Version

# With the points and accents that are written as characters of their own, in Arabic or Hebrew.
_LETTER = r"[\w\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]"
_PIECE = re.compile(rf"{_LETTER}+(?:[’'.,:-]{_LETTER}+)*|\s+|[^\w\s]")
_ALIKE = 0.35  # of the words of two paragraphs are the same: one became the other


class How(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Part:
    """A run of words that stayed, was added, or was removed."""

    how: How
    words: str


@dataclass(frozen=True)
class Block:
    """A paragraph, or another text of the story, and what became of it."""

    name: str  # of the text: “headline”; empty for a paragraph of the body
    parts: tuple[Part, ...]

    @property
    def is_same(self) -> bool:
        return all(part.how is How.SAME for part in self.parts)


def differences(older: Version, newer: Version) -> list[Block]:
    """The texts of the newer version, marked with what differs from the older one."""
    before, after = _texts(older), _texts(newer)
    named = [
        Block(name, _words(was, now))
        for (name, was), (_name, now) in zip(before, after, strict=True)
        if was or now
    ]
    paragraphs = _aligned(_paragraphs(older), _paragraphs(newer))
    return [*named, *(Block("", parts) for parts in paragraphs)]


def _texts(version: Version) -> list[tuple[str, str]]:
    """All that readers see of a version beside its body, by what they call it."""
    photo = version.lead_photo or {}
    then = pgettext("between the members of a list that have commas themselves", "; ")
    return [
        (_("section"), version.section_name),
        (_("kicker"), version.kicker),
        (_("headline"), version.headline),
        (_("deck"), version.deck),
        (_("dateline"), version.dateline),
        (
            _("photo"),
            _joined(photo.get(name) for name in ("caption", "credit", "alt", "renditions")),
        ),
        (_("byline"), _joined(f"{each['label']} {each['name']}" for each in version.bylines)),
        (_("tags"), listed(version.tags)),
        (_("sources"), then.join(_source(each) for each in version.sources)),
        (
            _("requests for comment"),
            then.join(
                _joined(each.get(name) for name in ("asked", "about", "outcome_label", "answer"))
                for each in version.comment_requests
            ),
        ),
        (
            _("notebook"),
            then.join(
                _joined([each["title"], each["note"], *_addresses(each)])
                for each in version.notebook
            ),
        ),
    ]


def _joined(values: Iterable[Any]) -> str:
    """One text of several; a picture is told by the name of its file, which is its content's."""
    texts = (
        _address(value[-1]["jpeg"]) if isinstance(value, list) and value else value
        for value in values
    )
    return listed(str(text or "") for text in texts)


def _addresses(entry: dict[str, Any]) -> list[str]:
    """Where an entry of the notebook leads: its link, and its file."""
    return [_address(entry["url"]), _address((entry["file"] or {}).get("name", ""))]


def _address(written: str) -> str:
    """In a text that runs from right to left, marked as what runs from left to right."""
    return f"\u2066{written}\u2069" if written and get_language_bidi() else written


def _source(source: dict[str, Any]) -> str:
    told = [source["name"], *source["positions"], source["authorization"], source["reason"]]
    return _joined([*told, *source.get("heard", [])])


_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


def _paragraphs(version: Version) -> list[str]:
    """Of the body, with the address of each link after its words; photos and pull quotes say so."""
    html = replace_shown(version.body, lambda photo: _told(_("photo"), escape(_listed(photo))))
    html = replace_pull_quotes(html, lambda words: _told(_("pull quote"), words))
    html = _LINK.sub(lambda link: f"{link[2]} ({_address(link[1])})", html)
    return plain_text(html).split("\n")


def _told(name: str, words: str) -> str:
    return f"<p>{name}: {words}</p>"


def _listed(photo: dict[str, str]) -> str:
    return _joined([photo["caption"], photo["credit"], photo["alt"], _address(photo["file"])])


def _aligned(before: list[str], after: list[str]) -> Iterator[tuple[Part, ...]]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((Part(How.SAME, text),) for text in before[a:b])
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(before: list[str], after: list[str]) -> Iterator[tuple[Part, ...]]:
    """Paragraphs in the place of others: each next to the one that it came from, if one is alike."""
    waiting = list(before)
    for text in after:
        place = next((n for n, old in enumerate(waiting) if _alike(old, text)), None)
        if place is None:
            yield (Part(How.ADDED, text),) if text else ()
            continue
        yield from ((Part(How.REMOVED, old),) for old in waiting[:place] if old)
        yield _words(waiting[place], text)
        del waiting[: place + 1]
    yield from ((Part(How.REMOVED, old),) for old in waiting if old)


def _alike(one: str, other: str) -> bool:
    compared = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return compared.quick_ratio() >= _ALIKE and compared.ratio() >= _ALIKE


def _words(before: str, after: str) -> tuple[Part, ...]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    parts: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Part(How.SAME, "".join(old[a:b])))
            continue
        parts += [Part(How.REMOVED, "".join(old[a:b]))] if b > a else []
        parts += [Part(How.ADDED, "".join(new[c:d]))] if d > c else []
    return tuple(parts)


# The guard of minor edits

# What is read as it is: readers see a difference in these only if a fact, a name or a source differs.
_BESIDE = ("slug", "section_slug", "sources", "comment_requests", "bylines", "tags")
_TOKEN = re.compile(
    r"(?:[-−+]|[^\w\s.,;:!?()“”\"'‘’«»-])?\d[\d.,:/]*\d*%?|[^\W\d_]+(?:[’'-][^\W\d_]+)*|\S"
)


def facts_touched(older: Version, newer: Version) -> str:
    """Why a change is no minor edit: the number, name or quoted words that it touches, or nothing.

    By the newsroom's rules a minor edit changes no fact, no quotation, no number and no name. Facts
    are compared over the whole text: that a sentence or a paragraph moves touches none.
    """
    for name in _BESIDE:
        if getattr(older, name) != getattr(newer, name):
            return f"the {name.replace('_', ' ')} of the story changed. Choose another kind."
    if older.notebook_items != newer.notebook_items:
        return "the notebook of the story changed. Choose another kind."
    if _photos(older) != _photos(newer) or _links(older) != _links(newer):
        return "a picture or a link changed. Choose another kind."
    if touched := _quoted(older) ^ _quoted(newer):
        return f"“{sorted(touched)[0]}” stands between quotation marks. Choose another kind."
    before, after = _all_text(older), _all_text(newer)
    common = _lower_words(before) | _lower_words(after)
    one, other = _facts(before, common), _facts(after, common)
    touched_facts = [*(one - other), *(other - one)]
    if touched_facts:
        return f"“{touched_facts[0]}” is a number, a name or a negation. Choose another kind."
    return ""


def _all_text(version: Version) -> str:
    head = (version.kicker, version.headline, version.deck, version.dateline)
    captions = (photo["caption"] for photo in shown_photos(version.body))
    return "\n".join((*head, plain_text(version.body), *captions))


def _photos(version: Version) -> Any:
    lead = version.lead_photo or {}
    in_text = [(photo["file"], photo["credit"]) for photo in shown_photos(version.body)]
    return lead.get("renditions"), lead.get("credit"), in_text


def _links(version: Version) -> list[str]:
    return sorted(address for address, _words in _LINK.findall(version.body))


def _lower_words(text: str) -> set[str]:
    return {token for token in _TOKEN.findall(text) if token.islower()} | _SMALL_WORDS


def _facts(text: str, common: set[str]) -> Counter[str]:
    """Names, numbers and negations, and every word of a script that has no capitals."""
    return Counter(
        found[0]
        for found in _TOKEN.finditer(text)
        if _is_fact(found[0], common, begins=_begins(text, found.start()))
    )


def _begins(text: str, at: int) -> bool:
    """Does a sentence begin here?"""
    before = text[max(0, at - 4) : at]
    return not before.strip() or before.rstrip()[-1] in '.?!:“"‘„«(' or before[-1] == "\n"


def _is_fact(word: str, common: set[str], *, begins: bool) -> bool:
    if not any(map(str.isalnum, word)):
        return word in "$€£¥%"
    lower = word.casefold().replace("’", "'")
    is_number = any(map(str.isnumeric, word)) or any(map(_is_number, lower.split("-")))
    if is_number or lower.endswith("n't") or word.lower() == word.upper():
        return True
    is_capital = any(map(str.isupper, word))
    is_sentence = begins and not any(map(str.isupper, word[1:])) and word.lower() in common
    return is_capital and not is_sentence


def _is_number(word: str) -> bool:
    return (
        word in _NUMBERS
        or word.removesuffix("s") in _NUMBERS
        or word.removesuffix("th") in _NUMBERS
    )


_NUMBERS = word_set(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion dozen half third quarter fif eigh nin twelf twentie no not never none nobody first
    second last twice double
    """
)
_SMALL_WORDS = FUNCTION_WORDS | DETERMINERS | PREPOSITIONS | PRONOUNS | CLAUSE_STARTERS | ADVERBS


def _quoted(version: Version) -> set[str]:
    """What readers take for somebody's words: pull quotes, too."""
    texts = [plain_text(version.body), version.headline, version.deck]
    quoted = {found.words for text in texts for found in find_quotations(text)}
    return quoted | set(pull_quotes(version.body))
