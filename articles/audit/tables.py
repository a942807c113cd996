"""The tables of the audit, each from the rows that say so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from sources.colleagues import name_of
from sources.models import Comparison, SelfDescription, Source

from ..models import CommentRequest, Override, QuoteUse, SourceUse, Update, Version
from .period import Period, Story

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

MOST_SOURCES = 50  # that are listed, those of the most stories first
ARCHIVED = timedelta(days=1)  # that a story came later than it was published
FEWEST = 5  # people of whom an answer is counted by itself: fewer could be told by it

Cell = str | int | float | None


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part / self.whole:.0%}" if self.whole else ""


class Table(NamedTuple):
    """One question to the records, and its answer; the first column says of what each row is."""

    slug: str
    title: str
    about: str
    heads: tuple[str, ...]
    rows: list[list[Cell | Share]]
    drawn: int | None = None  # the column that is drawn, if one is

    @property
    def drawn_head(self) -> str:
        return "" if self.drawn is None else self.heads[self.drawn]


def tables(period: Period, user: User | AnonymousUser | None = None) -> list[Table]:
    """All of them. Of sources whom this person may not see it says that they are there; None sees every one."""
    sources = _sources_used(period)
    return [
        _stories(period, sources),
        _quotations(period),
        _comment(period),
        _reasons(sources),
        _most_used(period, sources, user),
        _overrides(period),
        _changes(period),
        _themselves(sources),
    ]


def _grouped(
    period: Period, counted: Callable[[list[Story]], list[Cell | Share]]
) -> list[list[Cell | Share]]:
    """A row for each group of stories, and one for all."""
    groups: dict[str, list[Story]] = defaultdict(list)
    for story in period.stories:
        for group in story.groups:
            groups[group].append(story)
    rows = [[name, *counted(groups[name])] for name in sorted(groups, key=str.casefold)]
    return [*rows, ["all", *counted(period.stories)]] if rows else []


# Whom stories rest on


class _Used(NamedTuple):
    """Each source with the stories that rest on it, and each story with its sources."""

    sources: dict[int, Source]
    stories_of: dict[int, set[int]]  # keys of versions, by those of sources
    sources_of: dict[int, set[int]]


def _sources_used(period: Period) -> _Used:
    used = _Used({}, defaultdict(set), defaultdict(set))
    uses = SourceUse.objects.filter(version__in=period.versions())
    for version, source in uses.values_list("version_id", "source_id"):
        used.stories_of[source].add(version)
        used.sources_of[version].add(source)
    used.sources.update(Source.objects.in_bulk(list(used.stories_of)))
    return used


def _stories(period: Period, used: _Used) -> Table:
    unnamed = {key for key, source in used.sources.items() if not source.named}

    def counted(stories: list[Story]) -> list[Cell | Share]:
        resting = [used.sources_of[story.version] for story in stories]
        some = sum(bool(of & unnamed) for of in resting)
        none = sum(bool(of) and of <= unnamed for of in resting)
        one = sum(len(of) == 1 for of in resting)
        return [len(stories), some, Share(some, len(stories)), none, one]

    return Table(
        "stories",
        "Stories, and whom they rest on",
        "A single source is one alone, quoted or not. Retracted stories are not counted.",
        (
            *(period.by, "stories", "with somebody unnamed", "share of them"),
            *("nobody named", "a single source"),
        ),
        _grouped(period, counted),
        drawn=3,
    )


def _reasons(used: _Used) -> Table:
    given: dict[str, set[int]] = defaultdict(set)
    for key, source in used.sources.items():
        if not source.named:
            given[source.reason or "no reason"] |= used.stories_of[key]
    rows = sorted(((reason, len(of)) for reason, of in given.items()), key=lambda row: -row[1])
    return Table(
        "reasons",
        "Why somebody is not named",
        "The reasons that readers are told, as they stand now.",
        ("reason", "stories"),
        [[*row] for row in rows],
        drawn=1,
    )


def _most_used(period: Period, used: _Used, user: User | AnonymousUser | None) -> Table:
    seen = set(
        used.sources
        if user is None
        else Source.objects.visible_to(user).values_list("pk", flat=True)
    )
    stories = {story.version: story for story in period.stories}
    by_reporter = Period(period.first, period.last, period.by.REPORTER).stories
    reporters = {story.version: story.groups for story in by_reporter}
    rows: list[list[Cell | Share]] = []
    most = sorted(used.stories_of, key=lambda key: (-len(used.stories_of[key]), key))
    for key in most[:MOST_SOURCES]:
        of, source = used.stories_of[key], used.sources[key]
        whose = Counter(name for version in of for name in reporters.get(version, ()))
        last = max(stories[version].published_at for version in of)
        rows.append(
            [
                source.public_name if key in seen else "somebody whom you do not see",
                "by name" if source.named else "not named",
                len(of),
                ", ".join(f"{name} {times}" for name, times in whose.most_common(3)),
                timezone.localtime(last).date().isoformat(),
            ]
        )
    return Table(
        "sources",
        "Who is used most, and by whom",
        f"The {MOST_SOURCES} on whom the most stories rest, with the reporters of these stories.",
        ("source", "named", "stories", "by whom", "last"),
        rows,
    )


# What was said, and what was asked

_WITH = {
    Comparison.With.RECORDING: "heard on the recording",
    Comparison.With.TRANSCRIPT: "in a transcript",
    Comparison.With.DOCUMENT: "in a document",
    Comparison.With.NOTES: "in notes",
    Comparison.With.SOURCE: "in writing",
}


def _quotations(period: Period) -> Table:
    checked: dict[int, Counter[str]] = defaultdict(Counter)
    uses = QuoteUse.objects.filter(version__in=period.versions(), is_quotation=True)
    for version, way in uses.values_list("version_id", "checked__compared_with"):
        checked[version][way or ""] += 1

    def counted(stories: list[Story]) -> list[Cell | Share]:
        ways = sum((checked[story.version] for story in stories), Counter[str]())
        known = ways.total() - ways[""]
        return [ways.total(), *(ways[way] for way in _WITH), ways[""], Share(known, ways.total())]

    heads = (period.by.value, "quotations", *_WITH.values(), "with nothing", "share checked")
    return Table(
        "quotations",
        "Quotations, by what they were compared with",
        "As readers were told with the version that they see.",
        heads,
        _grouped(period, counted),
        drawn=len(heads) - 1,
    )


_OUTCOMES = {
    CommentRequest.Outcome.RESPONDED: "answered",
    CommentRequest.Outcome.ANSWERED_WITHOUT_ANSWERING: "answered otherwise",
    CommentRequest.Outcome.DECLINED: "declined",
    CommentRequest.Outcome.ACKNOWLEDGED_THEN_NOTHING: "acknowledged only",
    CommentRequest.Outcome.DID_NOT_RESPOND: "did not respond",
    CommentRequest.Outcome.COULD_NOT_BE_REACHED: "not reached",
    CommentRequest.Outcome.WAITING: "waiting",
}


def _comment(period: Period) -> Table:
    outcomes: dict[int, Counter[str]] = defaultdict(Counter)
    asked = CommentRequest.objects.filter(article__in=period.versions().values("article_id"))
    for article, outcome in asked.values_list("article_id", "outcome"):
        outcomes[article][outcome] += 1

    def counted(stories: list[Story]) -> list[Cell | Share]:
        of = sum((outcomes[story.article] for story in stories), Counter[str]())
        answered = of[CommentRequest.Outcome.RESPONDED]
        return [of.total(), *(of[each] for each in _OUTCOMES), Share(answered, of.total())]

    heads = (period.by.value, "requests", *_OUTCOMES.values(), "share answered")
    return Table(
        "comment",
        "Requests for comment",
        "Of those whom a story shows unfavourably, as they stand now.",
        heads,
        _grouped(period, counted),
        drawn=len(heads) - 1,
    )


# What editors decided, and what had to be mended


def _overrides(period: Period) -> Table:
    by_rule: dict[str, Counter[str]] = defaultdict(Counter)
    stories: dict[str, set[int]] = defaultdict(set)
    made = Override.objects.filter(at__gte=period.begins, at__lt=period.ends)
    for each in made.select_related("by"):
        by_rule[each.code][name_of(each.by)] += 1
        stories[each.code].add(each.article_id)
    rows: list[list[Cell | Share]] = [
        [
            code,
            by.total(),
            len(stories[code]),
            ", ".join(f"{name} {times}" for name, times in by.most_common()),
        ]
        for code, by in sorted(by_rule.items(), key=lambda row: (-row[1].total(), row[0]))
    ]
    return Table(
        "overrides",
        "What editors went past",
        "Decisions of this period to publish past what the check had found, each with a reason in the story’s log.",
        ("rule", "times", "stories", "by whom"),
        rows,
        drawn=1,
    )


def _changes(period: Period) -> Table:
    kinds = Update.Kind
    changes: dict[int, Counter[str]] = defaultdict(Counter)
    mended: dict[int, datetime] = {}
    made = Update.objects.filter(
        article__in=period.versions().values("article_id"), version__isnull=False
    )
    told = made.values_list("article_id", "kind", "version__created_at")
    for article, kind, at in told.order_by("version__created_at"):
        changes[article][kind] += 1
        if kind == kinds.CORRECTION:
            mended.setdefault(article, at)
    came = dict(
        Version.objects.filter(
            article__in=period.versions().values("article_id"), number=1
        ).values_list("article_id", "created_at")
    )

    def counted(stories: list[Story]) -> list[Cell | Share]:
        of = sum((changes[story.article] for story in stories), Counter[str]())
        corrected = sum(story.article in mended for story in stories)
        took = [
            mended[story.article] - story.published_at
            for story in stories
            # Of an archive that was brought in later nobody knows how long it took.
            if story.article in mended and came[story.article] - story.published_at < ARCHIVED
        ]
        return [
            len(stories),
            of[kinds.CORRECTION],
            Share(corrected, len(stories)),
            of[kinds.CLARIFICATION],
            of[kinds.EDITORS_NOTE],
            of[kinds.MINOR],
            in_words(took) if took else "",
        ]

    return Table(
        "corrections",
        "Corrections, and how long they took",
        "From the first publication to the first correction of a story; the middle one of all. An archive that was brought in "
        "later has no time.",
        (
            *(period.by.value, "stories", "corrections", "share corrected"),
            *("clarifications", "editor’s notes", "minor edits", "time to the first"),
        ),
        _grouped(period, counted),
        drawn=3,
    )


def in_words(took: list[timedelta]) -> str:
    """The middle of these times: “3 days”, “5 hours”, “20 minutes”."""
    minutes = int(median(each.total_seconds() for each in took) // 60)
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= 2 * size or size == 1:
            number = minutes // size
            return f"{number} {name}{'' if number == 1 else 's'}"
    return ""


# What sources say of themselves


def _themselves(used: _Used) -> Table:
    """Answers that sources gave, by how many of them did; of those who gave none nothing is guessed."""
    answers: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    given = SelfDescription.objects.filter(source__in=used.sources)
    for question, answer, source in given.values_list("question", "answer", "source_id"):
        answers[question][answer].add(source)
    rows: list[list[Cell | Share]] = []
    for question in sorted(answers, key=str.casefold):
        rows += _answers(question, answers[question])
    return Table(
        "themselves",
        "What sources say of themselves",
        f"What they filled in, and nothing that anybody guessed. What fewer than {FEWEST} answered stands together.",
        ("question", "answer", "people"),
        rows,
    )


def _answers(question: str, answers: dict[str, set[int]]) -> list[list[Cell | Share]]:
    common = {answer: who for answer, who in answers.items() if len(who) >= FEWEST}
    rare = set().union(*(who for answer, who in answers.items() if answer not in common))
    told = sorted(common.items(), key=lambda row: (-len(row[1]), row[0]))
    if len(rare) >= FEWEST:
        told.append(("another answer", rare))
    # By steps: of two periods that differ by one story the difference would else be one person's answer.
    rows: list[list[Cell | Share]] = [
        [question, answer, f"{len(who) // FEWEST * FEWEST} or more"] for answer, who in told
    ]
    if 0 < len(rare) < FEWEST:
        rows.append([question, "another answer", f"fewer than {FEWEST}"])
    return rows
