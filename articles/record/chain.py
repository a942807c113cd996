"""The chain of a story's versions: each carries the hash of what it says and of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ..models import Article, Update, Version
from ..stages import Stage
from .fields import copies
from .public_files import files_in, wrong_with
from .sealing import SCHEMES, Header, Refused, newest_scheme

FIRST = "first"  # the kind of a version that no change made


def in_utc(moment: datetime) -> str:
    """A moment as the record writes it: `2026-03-13T12:22:00.000000Z`."""
    # Six digits, also of a whole second: what is hashed is written in one way.
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def header(version: Version) -> Header:
    """What is hashed beside the content, by `docs/record.md`."""
    return {
        "at": in_utc(version.created_at),
        "hash_scheme": version.hash_scheme,
        "kind": version.change_kind or FIRST,
        "number": version.number,
        "previous": version.previous_hash or None,
        # By its key: a slug may change from version to version.
        "story": f"story-{version.article_id}",
    }


def seal_version(version: Version) -> None:
    """Give a version its seed and its hash, by the newest scheme. Raises `Refused`, as `seal_content()`."""
    scheme = newest_scheme()
    version.hash_scheme = scheme.number
    version.seeds, version.commitments, version.content_hash = scheme.seal(
        version.content, header(version)
    )


def proof(version: Version) -> dict[str, Any]:
    """All that anybody needs to verify a version, by `docs/record.md`."""
    return {
        "header": header(version),
        "content": version.content,
        "seeds": version.seeds,
        "commitments": version.commitments,
        "content_hash": version.content_hash,
    }


class Break(NamedTuple):
    """Where a chain does not hold: the story, the version, and what is wrong with it."""

    slug: str
    article_id: int
    number: int
    wrong: str


class Span(NamedTuple):
    """Stories, by their keys, both ends included."""

    first: int
    last: int


EVERY = Span(0, (1 << 63) - 1)


def breaks(stories: Span = EVERY) -> Iterator[Break]:
    """Go through the chains of stories; yields every place where one does not hold."""
    # Article by article, so that one pass sees each chain whole and holds two versions at a time.
    before: Version | None = None
    within = Version.objects.filter(article__pk__range=stories)
    versions = within.select_related("update").order_by("article_id", "number")
    for version in versions.iterator(chunk_size=200):
        if before is not None and before.article_id != version.article_id:
            yield from _broken(before, None if before.is_live else "the newest is not what is live")
            before = None
        yield from _broken(version, _wrong_with(version, before))
        if before is not None and before.is_live:
            yield from _broken(before, "it is live, and another followed it")
        before = version
    if before is not None and not before.is_live:
        yield from _broken(before, "the newest is not what is live")
    for update in Update.objects.filter(version=None, article__pk__range=stories).select_related(
        "article"
    ):
        slug = update.article.slug
        yield Break(slug, update.article_id, 0, f"the version of “{update}” is gone")
    for article in Article.objects.filter(stage=Stage.PUBLISHED, versions=None, pk__range=stories):
        yield Break(article.slug, article.pk, 0, "every version of it is gone")


def _broken(version: Version, wrong: str | None) -> Iterator[Break]:
    if wrong:
        yield Break(version.slug, version.article_id, version.number, wrong)


def _wrong_with(version: Version, before: Version | None) -> str:
    if version.number != (before.number + 1 if before else 1):
        return "the version before it is gone"
    if version.previous_hash != (before.content_hash if before else ""):
        return "it does not follow the version before it"
    return _wrong_with_content(version) or _wrong_with_update(version)


def _wrong_with_content(version: Version) -> str:
    """Is it what was published, and do the columns beside it say the same?"""
    scheme = SCHEMES.get(version.hash_scheme)
    if scheme is None:
        return f"nobody knows its hash scheme {version.hash_scheme}"
    try:
        computed = scheme.computed_hash(
            version.content, header(version), version.seeds, version.commitments
        )
    # Whoever wrote into the row may have put anything there.
    except (Refused, TypeError) as error:
        return f"its proof is none: {error}"
    if computed != version.content_hash:
        return "it is not what was published"
    told = copies(version.content)
    if differing := [column for column, value in told.items() if getattr(version, column) != value]:
        return f"beside its content it says something else: {', '.join(differing)}"
    return ""


def _wrong_with_update(version: Version) -> str:
    """Is the update that made it the one of which readers were told?"""
    update = version.update
    if update is None:
        return "" if version.number == 1 else "its update is gone"
    made = (version.article_id, version.change_kind, version.note, version.created_at)
    is_same = (update.article_id, update.kind, update.note, update.at) == made
    return "" if is_same else "its update is not the one of which readers were told"


def torn_files(stories: Span = EVERY) -> Iterator[tuple[str, str]]:
    """Every public file of stories that is not what a version says of it, and what is wrong with it."""
    seen: set[tuple[str, str]] = set()
    within = Version.objects.filter(article__pk__range=stories)
    for content in within.values_list("content", flat=True).iterator(chunk_size=200):
        for file in files_in(content):
            # A file stands in every version that shows it, and is read once.
            if (known := (file["name"], file["digest"])) in seen:
                continue
            seen.add(known)
            if wrong := wrong_with(file["name"], file["digest"], file["size"]):
                yield file["name"], wrong
