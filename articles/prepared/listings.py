"""Under what a live story is listed: its tags, authors, named sources and place; and what is related."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.text import slugify

from ..models import Listing, Relation, Version
from ..record.fields import FIELDS, ListEntry

RELATED = 4  # stories that a story's page leads on to
KEPT = 12  # relations kept of each story, since some may stop being related or be retracted
LOOKED_AT = 60  # of the newest stories under each tag, source or place
# What two stories share tells more, the fewer stories share it.
WEIGHTS = {Listing.Kind.SOURCE: 3, Listing.Kind.TAG: 2, Listing.Kind.PLACE: 1}


def tag_slug(name: str) -> str:
    """A tag's address; empty where its name has no letter or digit."""
    return slugify(name, allow_unicode=True)


def list_entries(version: Version) -> Iterator[ListEntry]:
    """Everything under which a story is listed, by the table. What has no letters has no address."""
    for row in FIELDS.values():
        for listed in row.listed(row.of(version)):
            if slug := listed.slug or tag_slug(listed.name):
                yield ListEntry(listed.kind, listed.name[:200], slug[:200])


def list_stories(versions: Iterable[Version]) -> None:
    """List live stories where they belong now, and nowhere else."""
    versions = list(versions)
    theirs = Listing.objects.filter(article__in=[version.article_id for version in versions])
    # Kept and not deleted: the address of a tag that nobody uses any more says that it is gone.
    theirs.update(is_live=False)
    Listing.objects.bulk_create(
        [
            Listing(
                article_id=version.article_id,
                version=version,
                kind=entry.kind,
                slug=entry.slug,
                name=entry.name,
                published_at=version.published_at,
            )
            for version in versions
            for entry in _once(list_entries(version))
        ],
        update_conflicts=True,
        unique_fields=["article", "kind", "slug"],
        update_fields=["version", "name", "is_live"],
    )


def _once(entries: Iterable[ListEntry]) -> Iterable[ListEntry]:
    # One statement may not touch a row twice: two tags of one address are one listing.
    return {(entry.kind, entry.slug): entry for entry in entries}.values()


def relate(version: Version) -> set[int]:
    """Find the stories that have most in common with a live story, both ways.

    Returns the articles whose pages may show another story now, or this one with other words.
    """
    shown_by = set(
        Relation.objects.filter(other=version.article_id).values_list("article", flat=True)
    )
    mine: Counter[int] = Counter()
    theirs: Counter[int] = Counter()
    if not version.is_retracted:
        mine = Counter(dict(_in_common(version).most_common(KEPT)))
        # A story that leads here goes on leading here, as long as the two share something.
        theirs = mine | _shared_with(version, shown_by)
    both = Q(article=version.article_id) | Q(other=version.article_id)
    Relation.objects.filter(both).delete()
    Relation.objects.bulk_create(
        [
            *(_relation(version.article_id, other, score) for other, score in mine.items()),
            *(_relation(other, version.article_id, score) for other, score in theirs.items()),
        ]
    )
    _forget_the_least(theirs)
    return shown_by | set(theirs)


def _relation(article_id: int, other_id: int, score: int) -> Relation:
    return Relation(article_id=article_id, other_id=other_id, score=score)


def _shared_with(version: Version, articles: set[int]) -> Counter[int]:
    """How much each of these stories has in common with a story."""
    scores: Counter[int] = Counter()
    shared = {(entry.kind, entry.slug) for entry in list_entries(version) if entry.kind in WEIGHTS}
    listings = Listing.objects.filter(article__in=articles, is_live=True, kind__in=WEIGHTS)
    for article, kind, slug in listings.values_list("article", "kind", "slug"):
        if (kind, slug) in shared:
            scores[article] += WEIGHTS[Listing.Kind(kind)]
    return scores


def _in_common(version: Version) -> Counter[int]:
    """How much each of the newest stories under the same tags, sources and places has in common."""
    newest = []
    for entry in list_entries(version):
        if entry.kind in WEIGHTS:
            under = Listing.objects.filter(kind=entry.kind, slug=entry.slug, is_live=True)
            others = under.exclude(article=version.article_id)
            newest.append(others.order_by("-published_at", "-version_id")[:LOOKED_AT])
    scores: Counter[int] = Counter()
    for article, kind in _all_of(newest):
        scores[article] += WEIGHTS[Listing.Kind(kind)]
    return scores


def _all_of(queries: Sequence[QuerySet[Listing]]) -> list[tuple[int, str]]:
    """The stories of several bounded queries, asked at once: each goes by the index to its newest.

    Written out, as Django's `union()` takes no bounded queries where the database is SQLite.
    """
    if not queries:
        return []
    asked = [each.values_list("article_id", "kind").query.sql_with_params() for each in queries]
    union = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS newest" for sql, _ in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(union, [value for _, values in asked for value in values])
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


def _forget_the_least(articles: Iterable[int]) -> None:
    """Keep of each of these stories the relations that lead nearest."""
    place = Window(RowNumber(), partition_by="article", order_by=["-score", "-other_id"])
    ranked = Relation.objects.filter(article__in=list(articles)).annotate(place=place)
    surplus = ranked.filter(place__gt=KEPT).values_list("pk", flat=True)
    Relation.objects.filter(pk__in=list(surplus)).delete()


def related(version: Version) -> list[Version]:
    """Live stories that have something in common with this one, the nearest first."""
    ids = list(
        Relation.objects.filter(article=version.article_id).values_list("other", flat=True)[:KEPT]
    )
    live = Version.objects.live().cards().by_article(ids)
    return [live[pk] for pk in ids if pk in live][:RELATED]
