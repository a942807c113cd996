"""Mending words of a live story, and the same words of its working copy."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from sources.models import Quote
from sources.prose.comparing.matching import match
from sources.prose.reading.quotations import find_quotations

from ..models import Article, Exhibit, UpdateRequest, Version
from ..record.composing import version_of
from ..record.fields import FIELDS
from ..record.matches import backed, is_speaker
from ..sourcing.checked_material import CheckedMaterial
from ..text import blocks
from ..text.blocks import Block, Body, Stretch
from ..text.body import read, write
from ..text.contents import ExhibitTold

if TYPE_CHECKING:
    from sources.colleagues import User

ALIKE = 0.6  # of a paragraph's letters: the working copy's is the one that readers see
# Thai and Lao, Burmese, Khmer, kana, and Chinese characters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Replacement:
    """Words of a story that were wrong, and the right ones for each place where they stand."""

    wrong: str
    right: str


class CannotCorrect(ValueError):
    """The correction cannot be made to what readers see; the message says why, to an editor."""


class Edit(NamedTuple):
    """A place in a text, and the words for it."""

    start: int
    end: int
    right: str


class Part(NamedTuple):
    """A text of a story in which words may be wrong: a field, or what one reads of its body."""

    name: str
    is_read: Callable[[Block], bool] | None = None  # of the blocks of a body

    def lines_of(self, value: Any) -> list[str]:
        """The lines of which it is made: of a body one for each block, of a field the field."""
        if self.is_read is None:
            return [value]
        shown = (block for block in blocks.walk(value) if "runs" in block and self.is_read(block))
        return [blocks.text_of(block["runs"]) for block in shown]

    def text_of(self, value: Any) -> str:
        return "\n".join(self.lines_of(value))

    def mend(self, value: Any, edits: Iterable[Edit]) -> Any:
        """Marks among the wrong words stay; a paragraph of which nothing is left goes."""
        if self.is_read is None:
            return _in_text(value, edits)
        return blocks.with_words(value, [Stretch(*edit) for edit in edits], self.is_read)


def mended_names() -> list[str]:
    """The parts of a story in which a correction may replace words."""
    return [row.name for row in FIELDS.values() if row.is_mended]


def _parts() -> list[Part]:
    """A pull quote says again what the story says: what is wrong there is wrong here, too."""
    texts = [Part(row.name) for row in FIELDS.values() if row.is_mended and row.is_text]
    return [*texts, Part("body", blocks.is_text), Part("body", _is_pull_quote)]


def _is_pull_quote(block: Block) -> bool:
    return bool(block["kind"] == blocks.PULL_QUOTE)


def occurrences(version: Version, wrong: str) -> list[str]:
    """Where in what readers see these words stand: the name of the text, once for each place."""
    return [
        part.name
        for part in _parts()
        for _ in _edits(part.text_of(FIELDS[part.name].of(version)), [Replacement(wrong, "")])
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
    # From the end: words of another length move nothing that is still to come.
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.right + text[edit.end :]
    return text


# What readers see


def corrected(
    live: Version, replacements: Sequence[Replacement], quotes: Iterable[Quote]
) -> Version:
    """What readers see, with words of it replaced: the next version, not yet sealed or saved.

    A quotation in which words were replaced stays marked only if the record backs what it says now,
    as words of the source to whom the mark gives them. Raises `CannotCorrect`.
    """
    for each in replacements:
        if not occurrences(live, each.wrong):
            raise CannotCorrect(f"“{each.wrong}” does not stand in what readers see.")
    content = dict(live.content)
    for part in _parts():
        value = FIELDS[part.name].of(live) if part.name not in content else content[part.name]
        content[part.name] = part.mend(value, _edits(part.text_of(value), replacements))
    before, after = _marked_words(live.body), _marked_words(content["body"])
    on_record = _on_record(content["body"], list(quotes))
    names = {source["key"]: source["name"] for source in live.sources}
    kept = [
        each
        for each in live.quotations
        if (words := after.get(each["key"]))
        and (words == before.get(each["key"]) or (names[each["source"]], words) in on_record)
    ]
    keys = {each["key"]: f"q{number}" for number, each in enumerate(kept, 1)}
    content["body"] = _marked_anew(content["body"], blocks.QUOTATION, keys)
    # Of the reporter's own words a document backs those that stand as they stood.
    stated, states = (_marked_words(body, blocks.FACT) for body in (live.body, content["body"]))
    facts = [each for each in live.facts if states.get(each["key"]) == stated[each["key"]]]
    numbers = {each["key"]: f"f{number}" for number, each in enumerate(facts, 1)}
    content["body"] = _marked_anew(content["body"], blocks.FACT, numbers)
    content["facts"] = [each | {"key": numbers[each["key"]]} for each in facts]
    content["quotations"] = [each | {"key": keys[each["key"]]} for each in kept]
    content["exhibits"] = [
        each | {"quotation": keys[each["quotation"]]}
        for each in _still_shown(live)
        # What was shown of other words shows nothing of these.
        if each["quotation"] in keys and after[each["quotation"]] == before[each["quotation"]]
    ]
    return version_of(live.article, content)


def _still_shown(live: Version) -> list[ExhibitTold]:
    """The evidence of a version that still stands: an editor may have withdrawn it, or a source not be named by now."""
    if not live.exhibits:
        return []
    decided = Exhibit.objects.filter(article=live.article_id)
    decided = decided.select_related("quote__interview__source")
    standing = {each.told.get("digest") or each.passage for each in decided if not each.withheld}
    return [
        each
        for each in live.exhibits
        if (each["file"]["digest"] if each["file"] else each["passage"]) in standing
    ]


def _marked_words(body: Body, kind: str = blocks.QUOTATION) -> dict[str, str]:
    """The words of each marked quotation, or of another kind of mark that has a key, by the key."""
    text = blocks.text(body)
    return {mark[kind]: text[start:end] for start, end, mark in blocks.marked(body, kind)}


def _on_record(body: Body, quotes: Sequence[Quote]) -> set[tuple[str, str]]:
    """Names of sources, and quotations in a body that the record has as their words."""
    text = blocks.text(body)
    matches = match(
        find_quotations(text),
        [quote for quote in quotes if quote.interview.is_quotable_to_readers],
        is_called=is_speaker,
    )
    return {
        (quote.interview.source.public_name, text[quotation.start : quotation.end])
        for quotation, quote in backed(matches)
    }


def _marked_anew(body: Body, kind: str, keys: Mapping[str, str]) -> Body:
    """A body with the marks of a kind that have these keys alone, under other keys."""
    body = blocks.without_marks(body, lambda mark: mark["kind"] == kind and mark[kind] not in keys)
    return blocks.with_other_marks(
        body, lambda mark: mark | {kind: keys[mark[kind]]} if mark["kind"] == kind else mark
    )


def retracted(live: Version) -> Version:
    """Of a story that does not stand, what keeps standing: its address, headline, section and bylines."""
    kept = {row.name: row.of(live) for row in FIELDS.values() if row.is_kept}
    return version_of(live.article, kept)


def with_text_of(material: CheckedMaterial, version: Version, note: str = "") -> CheckedMaterial:
    """The material of a story, under the text of a version and its note: what the check then reads."""
    written = copy.copy(material.article)
    for row in FIELDS.values():
        if row.is_mended and row.is_text:
            setattr(written, row.name, row.of(version))
    body = blocks.without_marks(
        version.body, lambda mark: mark["kind"] in (blocks.QUOTATION, blocks.FACT)
    )
    # Photos are told of by their public files there, and not by the library's keys.
    said = material.with_text(written, blocks.rebuilt(body, facts=lambda photo: None))
    said.note = note
    return said


# The working copy


def rebase(
    article: Article, live: Version, replacements: Sequence[Replacement]
) -> list[Replacement]:
    """Make the same replacements in the working copy; those for which it reads otherwise.

    Only in paragraphs that readers see, or that are like them: what was written anew since is not
    touched.
    """
    unplaced: list[Replacement] = []
    values: dict[str, Any] = {name: getattr(article, name) for name in mended_names()}
    values["body"] = read(article.body)
    for part in _parts():
        text = part.text_of(values[part.name])
        edits: list[Edit] = []
        for line in part.lines_of(FIELDS[part.name].of(live)):
            wrong = [each for each in replacements if _edits(line, [each])]
            place = _place_like(line, text, wrong) if wrong else (0, [])
            if place is None:
                unplaced += [each for each in wrong if each not in unplaced]
            else:
                edits += [Edit(e.start + place[0], e.end + place[0], e.right) for e in place[1]]
        if edits:
            # Once each: two paragraphs that readers see may be one of the working copy.
            values[part.name] = part.mend(values[part.name], dict.fromkeys(edits))
    for name, value in values.items():
        setattr(article, name, write(value) if name == "body" else value)
    return unplaced


def _place_like(
    line: str, text: str, replacements: Sequence[Replacement]
) -> tuple[int, list[Edit]] | None:
    """Where the working copy has the paragraph that readers see, and what to mend in it.

    One that says the right words already wants nothing.
    """
    right, edits = _in_text(line, _edits(line, replacements)), _edits(line, replacements)
    owned = text.split("\n")
    begins = list(accumulate((len(own) + 1 for own in owned), initial=0))
    if right in owned:
        return begins[owned.index(right)], []
    # Most working copies have it as readers see it, and likeness costs more than all the rest.
    if line in owned:
        return begins[owned.index(line)], edits
    best, likeness = None, ALIKE
    for own, begin in zip(owned, begins, strict=False):
        # `autojunk` would pass over the commonest letters of a long paragraph.
        compared = SequenceMatcher(None, own, line, autojunk=False)
        if compared.quick_ratio() < likeness or compared.ratio() < likeness:
            continue
        if edits := _edits(own, replacements):
            best, likeness = (begin, edits), compared.ratio()
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
