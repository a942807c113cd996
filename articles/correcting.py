"""Mending words of a live story, and the same words of its working copy."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.html import escape

from sources.attribution import is_called
from sources.hypertext import Hypertext, read
from sources.matching import match
from sources.models import Quote
from sources.quotations import find_quotations

from .body import clean_body, plain_text, read_pull_quotes, read_story
from .figures import without_photos
from .models import Article, UpdateRequest, Version

if TYPE_CHECKING:
    from sources.colleagues import User

FIELDS = ("headline", "deck", "kicker", "dateline", "body")
ALIKE = 0.6  # of a paragraph's letters: the working copy's is the one that readers see
_SPAN = re.compile(
    r'<span class="quotation"[^>]*data-source="([\w-]+)"[^>]*>(.*?)</span>', re.DOTALL
)
_EMPTY = re.compile(r"<(p|li|h2|h3|blockquote|em|strong|aside)(?: class=\"pull-quote\")?>\s*</\1>")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Replacement:
    """Words of a story that were wrong, and the right ones for each place where they stand."""

    wrong: str
    right: str


class CannotCorrect(ValueError):
    """The correction cannot be made to what readers see; the message says why, to an editor."""


class Edit(NamedTuple):
    start: int
    end: int
    right: str


class Part(NamedTuple):
    """A text of a story in which words may be wrong: a field, or what one reads of its HTML."""

    name: str
    read: Callable[[str], Hypertext] | None = None

    def text_of(self, value: str) -> str:
        return self.read(value).text if self.read else value

    def mend(self, value: str, edits: Iterable[Edit]) -> str:
        return _in_html(value, edits, self.read(value)) if self.read else _in_text(value, edits)


# A pull quote says again what the story says: what is wrong there is wrong here, too.
PARTS = (*map(Part, FIELDS[:-1]), Part("body", read_story), Part("body", read_pull_quotes))


def places_of(version: Version, wrong: str) -> list[str]:
    """Where in what readers see these words stand: the name of the text, once for each place."""
    return [
        part.name
        for part in PARTS
        for _ in _edits(part.text_of(getattr(version, part.name)), [Replacement(wrong, "")])
    ]


def _edits(text: str, replacements: Iterable[Replacement]) -> list[Edit]:
    """Every place of wrong words in a text, in order. Raises `CannotCorrect` where two overlap."""
    edits = sorted(
        Edit(found.start(), found.end(), each.right)
        for each in replacements
        if each.wrong.strip()
        for found in _pattern(each.wrong).finditer(text)
    )
    for one, other in pairwise(edits):
        if other.start < one.end:
            words = text[one.start : max(one.end, other.end)]
            raise CannotCorrect(f"Two of the wrong words overlap in “{words}”: pick them as one.")
    return edits


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words, in scripts that put blanks between them; any white space is a blank."""
    words = words.strip()
    pattern = r"\s+".join(map(re.escape, words.split()))
    begins, ends = (
        letter.isalnum() and not _UNSPACED.match(letter) for letter in (words[0], words[-1])
    )
    return re.compile(("(?<!\\w)" if begins else "") + pattern + ("(?!\\w)" if ends else ""))


def _in_text(text: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.right + text[edit.end :]
    return text


def _in_html(html: str, edits: Iterable[Edit], page: Hypertext) -> str:
    """Tags among the wrong words stay; a paragraph of which nothing is left goes."""
    for start, end, right in sorted(edits, reverse=True):
        kept = "".join(html[page.ends[at] : page.starts[at + 1]] for at in range(start, end - 1))
        html = html[: page.starts[start]] + escape(right) + kept + html[page.ends[end - 1] :]
    return _EMPTY.sub("", html)


# What readers see


def corrected(
    live: Version, replacements: Sequence[Replacement], quotes: Iterable[Quote]
) -> Version:
    """What readers see, with words of it replaced: the next version, not yet saved.

    A quotation in which words were replaced stays marked only if the record backs what it says now,
    as words of the source to whom the mark gives them. Raises `CannotCorrect`.
    """
    version = copy.copy(live)
    version._state = copy.copy(live._state)
    version.pk, version._state.adding, version.is_live, version.update = None, True, True, None
    for each in replacements:
        if not places_of(live, each.wrong):
            raise CannotCorrect(f"“{each.wrong}” does not stand in what readers see.")
    for part in PARTS:
        value = getattr(version, part.name)
        setattr(version, part.name, part.mend(value, _edits(part.text_of(value), replacements)))
    version.body = _with_backed_marks(version, live, list(quotes))
    marks = Counter(found[1] for found in _SPAN.finditer(version.body))
    version.sources = [source | {"quotations": marks[source["key"]]} for source in live.sources]
    return version


def _with_backed_marks(version: Version, live: Version, quotes: Sequence[Quote]) -> str:
    known = {(found[1], _words(found[2])) for found in _SPAN.finditer(live.body)}
    names = {source["key"]: source["name"] for source in live.sources}
    quotable = [quote for quote in quotes if quote.interview.is_quotable_to_readers]
    matches = match(
        find_quotations(plain_text(version.body)),
        quotable,
        is_called=lambda quote, speaker: is_called(quote.interview.source, speaker),
    )
    backed = {
        (each.quote.interview.source.public_name, each.quotation.words)
        for each in matches
        if each.is_backed and each.quote
    }

    def kept(found: re.Match[str]) -> str:
        key, words = found[1], _words(found[2])
        is_theirs = (key, words) in known or (names.get(key), words) in backed
        return found[0] if is_theirs else found[2]

    return _SPAN.sub(kept, version.body)


def _words(html: str) -> str:
    return read(html).text


def retracted(live: Version) -> Version:
    """The address, the headline and the notes of a story that does not stand; nothing else of it."""
    return Version(
        article=live.article,
        slug=live.slug,
        headline=live.headline,
        section_name=live.section_name,
        section_slug=live.section_slug,
        bylines=live.bylines,
        tags=[],
        sources=[],
        comment_requests=[],
        notebook=[],
    )


def as_written(article: Article, version: Version) -> Article:
    """The story as if its working copy were the text of this version; not to be saved."""
    written = copy.copy(article)
    for name in FIELDS:
        setattr(written, name, getattr(version, name))
    written.body = clean_body(without_photos(version.body))
    return written


# The working copy


def rebase(
    article: Article, live: Version, replacements: Sequence[Replacement]
) -> list[Replacement]:
    """Make the same replacements in the working copy; those for which it reads otherwise.

    Only in paragraphs that readers see, or that are like them: what was written anew since is not
    touched.
    """
    unplaced: list[Replacement] = []
    for part in PARTS:
        value: str = getattr(article, part.name)
        given = clean_body(value) if part.read else value
        text = part.text_of(given)
        edits: list[Edit] = []
        for line in part.text_of(getattr(live, part.name)).split("\n"):
            wrong = [each for each in replacements if _edits(line, [each])]
            place = _place_like(line, text, wrong) if wrong else (0, [])
            if place is None:
                unplaced += [each for each in wrong if each not in unplaced]
            else:
                edits += [Edit(e.start + place[0], e.end + place[0], e.right) for e in place[1]]
        if edits:
            setattr(article, part.name, part.mend(given, dict.fromkeys(edits)))
    return unplaced


def _place_like(
    line: str, text: str, replacements: Sequence[Replacement]
) -> tuple[int, list[Edit]] | None:
    """Where the working copy has the paragraph that readers see, and what to mend in it.

    One that says the right words already wants nothing.
    """
    offset, best, likeness = 0, None, ALIKE
    right = _in_text(line, _edits(line, replacements))
    for own in text.split("\n"):
        if own == right:
            return offset, []
        alike = 1.0 if own == line else SequenceMatcher(None, own, line, autojunk=False).ratio()
        if alike >= likeness and (edits := _edits(own, replacements)):
            best, likeness = (offset, edits), alike
        offset += len(own) + 1
    return best


def ask_to_rebase(article: Article, unplaced: Sequence[Replacement], *, by: User) -> None:
    """Where a working copy had no place for a correction, whoever opens it next is told."""
    for each in unplaced:
        UpdateRequest.objects.create(
            article=article,
            reason=f"The published text was corrected from “{each.wrong}” to “{each.right}”; the "
            "working copy reads otherwise there.",
            asked_by=by,
            at=timezone.now(),
        )
