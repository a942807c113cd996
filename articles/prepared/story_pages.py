"""The page of a story as it is drawn at the door: readers wait for no template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from ..kept.fingerprint import fingerprint
from ..models import Listing, StoryPage, Version
from .frame import RELATED
from .relations import draw_teaser

Row = TypeVar("Row", Version, Listing)


def drawn_page(version: Version) -> StoryPage:
    """The page of a live version, not yet saved."""
    context = {"version": version, "site_name": settings.SITE_NAME, "related": SafeString(RELATED)}
    with translation.override(settings.LANGUAGE_CODE):
        head = render_to_string("articles/_story_meta.html", context)
        main = render_to_string("articles/_story.html", context)
    return StoryPage(
        article_id=version.article_id,
        published_on=version.published_on,
        slug=version.slug,
        head=head,
        main=main,
        card=draw_card(version),
        teaser=draw_teaser(version),
        drawn_with=fingerprint(),
    )


def draw_card(version: Version) -> str:
    """A story as lists show it."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("articles/_card.html", {"version": version})


def with_cards(rows: Sequence[Row]) -> list[Row]:
    """Rows of live stories with what lists show of them: as it was drawn at the door, or else drawn now."""
    articles = [row.article_id for row in rows]
    drawn = StoryPage.objects.filter(article__in=articles, drawn_with=fingerprint())
    cards = dict(drawn.values_list("article_id", "card"))
    missing = [article for article in articles if not cards.get(article)]
    if missing:
        live = Version.objects.live().cards().by_article(missing)
        cards |= {article: draw_card(version) for article, version in live.items()}
    for row in rows:
        row.card = SafeString(cards.get(row.article_id, ""))
    return list(rows)


def draw_pages(versions: Iterable[Version]) -> None:
    """Draw and keep the pages of live versions."""
    pages = [drawn_page(version) for version in versions]
    # One statement for all of them, whether they were there or not.
    columns = [field.name for field in StoryPage._meta.concrete_fields if not field.primary_key]
    StoryPage.objects.bulk_create(
        pages, update_conflicts=True, unique_fields=["article"], update_fields=columns
    )


# Written out, since making the SQL anew would cost a reader's page four times what asking costs.
_AT = f"""
    SELECT article_id, published_on, slug, head, main, drawn_with
    FROM {StoryPage._meta.db_table} WHERE slug = %s AND published_on = %s
"""  # noqa: S608


def page_at(published_on: date, slug: str) -> StoryPage | None:
    """The page of the story that has this address, drawn anew if none of this release is kept."""
    page = next(iter(StoryPage.objects.raw(_AT, [slug, published_on])), None)
    if page and page.drawn_with == fingerprint():
        return page
    version = Version.objects.live().filter(published_on=published_on, slug=slug).first()
    return drawn_page(version) if version else None


def forged_pages() -> Iterator[Version]:
    """Live versions whose page, as readers get it, is not what the version says."""
    for page in StoryPage.objects.filter(drawn_with=fingerprint()).iterator(chunk_size=200):
        version = Version.objects.live().filter(article=page.article_id).first()
        if version is None:
            continue  # which the chain tells of
        drawn = drawn_page(version)
        said = (page.head, page.main, page.card, page.teaser, page.slug)
        if said != (drawn.head, drawn.main, drawn.card, drawn.teaser, drawn.slug):
            yield version
