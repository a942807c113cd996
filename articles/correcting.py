"""Mending words of a live story, and the same words of its working copy."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from sources.hypertext import read
from sources.matching import match
from sources.models import Quote
from sources.quotations import find_quotations

from .body import clean_body, plain_text
from .models import Article, UpdateRequest, Version

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIELDS = ("headline", "deck", "kicker", "body")
_SPAN = re.compile(r'<span class="quotation"[^>]*>(.*?)</span>', re.DOTALL)


@dataclass(frozen=True)
class Replacement:
    """Words of a story that were wrong, and the right ones for each place where they stand."""

    wrong: str
    right: str


class NotThere(ValueError):
    """The wrong words do not stand in what readers see; the message says so to an editor."""


def places_of(version: Version, wrong: str) -> list[str]:
    """Where in what readers see these words stand: the name of the text, once for each place."""
    return [name for name in FIELDS for _ in _occurrences(_text_of(version, name), wrong)]


def _text_of(story: Version | Article, name: str) -> str:
    value: str = getattr(story, name)
    return (
        plain_text(value if isinstance(story, Version) else clean_body(value))
        if name == "body"
        else value
    )


def _occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, as whole words."""
    if words.strip():
        pattern = rf"(?<!\w){re.escape(words)}(?!\w)" if words[0].isalnum() else re.escape(words)
        for found in re.finditer(pattern, text):
            yield found.span()


def corrected(
    live: Version, replacements: Sequence[Replacement], quotes: Iterable[Quote]
) -> Version:
    """What readers see, with words of it replaced: the next version, not yet saved.

    A quotation in which words were replaced stays marked only if the record backs what it says now.
    Raises `NotThere`.
    """
    version = copy.copy(live)
    version.pk, version._state = None, copy.copy(live._state)
    version._state.adding, version.is_live, version.update = True, True, None
    for each in replacements:
        if not places_of(version, each.wrong):
            raise NotThere(f"“{each.wrong}” does not stand in what readers see.")
        _replace(version, each)
    version.body = _with_backed_marks(version.body, live.body, list(quotes))
    return version


def _replace(story: Version | Article, each: Replacement) -> bool:
    """Put the right words in every place of the wrong ones; were there any?"""
    is_changed = False
    for name in FIELDS:
        before = getattr(story, name)
        after = _in_html(before, each) if name == "body" else _in_text(before, each)
        setattr(story, name, after)
        is_changed |= before != after
    return is_changed


def _in_text(text: str, each: Replacement) -> str:
    for start, end in reversed(list(_occurrences(text, each.wrong))):
        text = text[:start] + each.right + text[end:]
    return text


def _in_html(html: str, each: Replacement) -> str:
    """Tags among the wrong words stay, around nothing or around the right ones."""
    page = read(html)
    for start, end in reversed(list(_occurrences(page.text, each.wrong))):
        kept = "".join(html[page.ends[at] : page.starts[at + 1]] for at in range(start, end - 1))
        right = each.right.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        html = html[: page.starts[start]] + right + kept + html[page.ends[end - 1] :]
    return html


def _with_backed_marks(body: str, before: str, quotes: Sequence[Quote]) -> str:
    """Without the marks of quotations that are new, and that no recorded quote backs."""
    known = {_text(found[1]) for found in _SPAN.finditer(before)}
    backed = {
        each.quotation.words
        for each in match(find_quotations(plain_text(body)), quotes)
        if each.is_backed
    }
    return _SPAN.sub(
        lambda found: found[0] if _text(found[1]) in known | backed else found[1], body
    )


def _text(html: str) -> str:
    return read(html).text


def rebase(article: Article, replacements: Sequence[Replacement]) -> list[Replacement]:
    """Make the same replacements in the working copy, and save it; those that it had no place for."""
    unplaced = [
        each
        for each in replacements
        if not _replace(article, each) and not _holds(article, each.right)
    ]
    article.save(update_fields=[*FIELDS, "changed_at"])
    return unplaced


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


def as_written(article: Article, version: Version) -> Article:
    """The story as if its working copy were the text of this version; not to be saved."""
    written = copy.copy(article)
    for name in FIELDS:
        setattr(written, name, getattr(version, name))
    written.body = clean_body(version.body)
    return written


def unplaced_in(article: Article, replacements: Sequence[Replacement]) -> list[Replacement]:
    """Those for which the working copy has neither the wrong words nor the right ones."""
    return [
        each
        for each in replacements
        if not _holds(article, each.wrong) and not _holds(article, each.right)
    ]


def _holds(article: Article, words: str) -> bool:
    return any(any(_occurrences(_text_of(article, name), words)) for name in FIELDS)


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
