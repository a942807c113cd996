"""What stories have in common, and which others a story's page leads on to.

Found right after a publication, and not in it: publications queue, and this takes longer the more stories
there are under the same tags. A page reads what it leads on to when it is drawn, so that no other story is
drawn anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.template.loader import render_to_string
from django.utils import translation

from ..kept.fingerprint import fingerprint
from ..kept.touched import Touched
from ..kept.working_off import touch
from ..models import Listing, Relation, StoryPage, Version
from ..models.frame import lock_front
from .listings import list_entries
from .touching import addresses_of

SHOWN = 4  # stories that a story's page leads on to
KEPT = 12  # relations kept of each story, since some may stop being related or be retracted
LOOKED_AT = 60  # of the newest stories under each tag, source or place
# What two stories share tells more, the fewer stories share it.
WEIGHTS = {Listing.Kind.SOURCE: 3, Listing.Kind.TAG: 2, Listing.Kind.PLACE: 1}


class Related(NamedTuple):
    """One of two rows of a pair of stories, by their articles."""

    article: int
    other: int
    score: int


def how_many_wait() -> int:
    """Stories that were not related yet."""
    return StoryPage.objects.filter(is_related=False).count()


def relate_next(most: int = 1) -> int:
    """Relate those that were published, or drawn anew, and not related yet, `most` of them; how many those were.

    Called after each publication, and by the worker until nothing is left: a crash between the two
    loses nothing.
    """
    waiting = StoryPage.objects.filter(is_related=False)
    if not waiting.exists():
        return 0
    with transaction.atomic():
        lock_front()
        # What was just published, before what an upgrade has left.
        articles = list(waiting.order_by("-pk").values_list("pk", flat=True)[:most])
        StoryPage.objects.filter(pk__in=articles).update(is_related=True)
        # One without a live version is left out: the database was harmed, of which `verify_versions` tells.
        changed: set[int] = set()
        for version in Version.objects.live().filter(article__in=articles):
            changed |= relate(version)
        if changed:
            touch(Touched(shown_on=addresses_of(changed)))
    return len(articles)


def relate(version: Version) -> set[int]:
    """Find the stories that have most in common with a live story, both ways. Whoever calls it holds the front.

    Returns the articles whose pages may lead on to other stories now.
    """
    article = version.article_id
    both_ways = Relation.objects.filter(Q(article=article) | Q(other=article))
    before = set(both_ways.values_list("article", "other", "score"))
    shown_by = {row[0] for row in before} - {article}
    mine: Counter[int] = Counter()
    theirs: Counter[int] = Counter()
    if not version.is_retracted:
        # Of those that have as much in common the newest, in whichever order stories are related.
        nearest = sorted(_in_common(version).items(), key=lambda each: (-each[1], -each[0]))
        mine = Counter(dict(nearest[:KEPT]))
        # A story that leads here goes on leading here, as long as the two share something.
        theirs = mine | _shared_with(version, shown_by)
    after = {
        *(Related(article, other, score) for other, score in mine.items()),
        *(Related(other, article, score) for other, score in theirs.items()),
    }
    changed = {row[0] for row in before ^ after}
    if changed:
        both_ways.delete()
        Relation.objects.bulk_create(
            Relation(article_id=row.article, other_id=row.other, score=row.score)
            for row in sorted(after)
        )
        _forget_the_least(theirs)
    return changed


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


# What readers are shown of it


def draw_teaser(version: Version) -> str:
    """A story as the pages of others lead on to it."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("articles/_teaser.html", {"version": version})


# Written out, since making the SQL anew would cost a reader's page four times what asking costs.
_OTHERS = f"""
    SELECT page.article_id, page.teaser, page.drawn_with
    FROM {Relation._meta.db_table} AS relation
    JOIN {StoryPage._meta.db_table} AS page ON page.article_id = relation.other_id
    WHERE relation.article_id = %s ORDER BY relation.score DESC, relation.other_id DESC LIMIT {SHOWN}
"""  # noqa: S608


def teasers(article: int) -> list[str]:
    """Of the live stories that have most in common with one, as HTML, the nearest first; one query."""
    pages = list(StoryPage.objects.raw(_OTHERS, [article]))
    release = fingerprint()
    if all(page.drawn_with == release for page in pages):
        return [page.teaser for page in pages]
    live = Version.objects.live().cards().by_article(page.pk for page in pages)
    return [draw_teaser(live[page.pk]) for page in pages if page.pk in live]
