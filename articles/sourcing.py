"""The sourcing check: the newsroom's rules, each a small named function.

To add a rule, write a generator of messages with `@rule(code, severity, practice)`. The check runs
on the desk while a story is written, and in the same transaction when it is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings

from sources.colleagues import name_of
from sources.models import Interview, Quote, Source
from sources.quotations import occurs_in

from . import body, pictures
from .composing import compose
from .models import AnonymityApproval, Article, NotebookEntry, Version
from .stages import Severity


@dataclass(frozen=True)
class Finding:
    """One thing that the check found, worded for an editor."""

    code: str
    severity: Severity
    message: str


class Story:
    """What the rules look at, read once."""

    def __init__(self, article: Article, note: str = "") -> None:
        self.article = article
        self.note = note  # the note to readers of an update that is about to be published

    @cached_property
    def body_text(self) -> str:
        return body.plain_text(self.article.body)

    @cached_property
    def sources(self) -> list[Source]:
        return list(self.article.relied_on())

    @cached_property
    def quotes(self) -> list[Quote]:
        return list(self.article.recorded_quotes())

    @cached_property
    def approvals(self) -> dict[int, AnonymityApproval]:
        approvals = self.article.anonymity_approvals.select_related("decided_by", "source")
        return {approval.source_id: approval for approval in approvals}

    @cached_property
    def public_text(self) -> str:
        """Every word that a reader would see: all the texts of the version that it would make."""
        version = compose(self.article, show_photo=pictures.words, show_file=_no_file)
        values = (getattr(version, field.attname) for field in Version._meta.concrete_fields)
        texts = [*_texts(list(values)), self.note, body.plain_text(version.body)]
        return "\n".join(texts)


def _no_file(entry: NotebookEntry) -> dict[str, Any]:
    return {}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


Check = Callable[[Story], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    code: str
    severity: Severity
    practice: str
    find: Check


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, practice: str) -> Callable[[Check], Check]:
    def register(find: Check) -> Check:
        RULES[code] = Rule(code, severity, practice, find)
        return find

    return register


def severity_of(one: Rule) -> Severity:
    """The newsroom's own severity for a rule, or the default; what is absolute stays so."""
    if one.severity is Severity.ABSOLUTE:
        return one.severity
    return Severity(settings.SOURCING_RULES.get(one.code, one.severity))


def check(article: Article, note: str = "") -> list[Finding]:
    """All that the rules find in the working copy, the gravest first.

    `note` is the note to readers of an update, when one is about to be published.
    """
    story = Story(article, note)
    findings = [
        Finding(one.code, severity_of(one), message)
        for one in RULES.values()
        for message in one.find(story)
    ]
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))


@rule("story-incomplete", Severity.ABSOLUTE, "A story has a headline, deck, section, slug and body")
def story_incomplete(story: Story) -> Iterator[str]:
    article = story.article
    parts = {
        "headline": article.headline.strip(),
        "deck": article.deck.strip(),
        "section": article.section,
        "slug": article.slug,
        "body": story.body_text.strip(),
    }
    missing = [name for name, value in parts.items() if not value]
    if missing:
        yield f"The story has no {' and no '.join(missing)}."


@rule("quote-off-the-record", Severity.ABSOLUTE, "AP: what is off the record is not published")
def quote_off_the_record(story: Story) -> Iterator[str]:
    for quote in story.quotes:
        off = quote.interview.terms == Interview.Terms.OFF_THE_RECORD
        if off and occurs_in(quote.words, story.public_text):
            yield f"Words given off the record stand in the story: {quote}"


@rule("anonymity-self-approved", Severity.ABSOLUTE, "Separation of duties")
def anonymity_self_approved(story: Story) -> Iterator[str]:
    for approval in story.approvals.values():
        decider = approval.decided_by
        if not (approval.is_approved and decider):
            continue
        if story.article.is_writer(decider) or decider.pk == approval.asked_by_id:
            yield (
                f"{name_of(decider)} wrote the story, or asked for the anonymity, and approved "
                f"“{approval.source.description}”."
            )


@rule("anonymity-unapproved", Severity.BLOCK, "AP: the manager approves each use")
def anonymity_unapproved(story: Story) -> Iterator[str]:
    for source in story.sources:
        approval = story.approvals.get(source.pk)
        if not source.named and not (approval and approval.is_approved):
            yield (
                f"No editor has approved the anonymity of “{source.description}” for this story, "
                "in the words in which readers are told of them now."
            )


@rule("photo-incomplete", Severity.BLOCK, "Accessibility; credit where it is due")
def photo_incomplete(story: Story) -> Iterator[str]:
    photo = story.article.lead_photo
    if photo and not (photo.alt.strip() and photo.credit.strip()):
        yield "The photo has no alternative text or no credit."


@rule("file-missing", Severity.ABSOLUTE, "What a story shows can be opened")
def file_missing(story: Story) -> Iterator[str]:
    photo = story.article.lead_photo
    files = [entry.file for entry in story.article.notebook.exclude(file="")]
    for file in [*files, photo.file] if photo else files:
        if not file.storage.exists(file.name or ""):
            yield f"A file of the story is not there: {file.name}."


@rule("byline-missing", Severity.WARN, "Readers are told who wrote it")
def byline_missing(story: Story) -> Iterator[str]:
    if not story.article.bylines.exists():
        yield "Nobody has a byline."
