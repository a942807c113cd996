"""The page of a story as it is drawn at the door: readers wait for no template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from ..kept.fingerprint import fingerprint
from ..models import StoryPage, Version
from .feed_entries import Atom, Json, Rss, story_entry
from .frame import RELATED
from .relations import draw_teaser


def draw_card(version: Version) -> str:
    """A story as lists show it."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("articles/_card.html", {"version": version})


# A live story as others show it, by the column of its page.
SHORT: dict[str, Callable[[Version], str]] = {
    "card": draw_card,
    "teaser": draw_teaser,
    "atom": lambda version: Atom.draw(story_entry(version)),
    "rss": lambda version: Rss.draw(story_entry(version)),
    "json_feed": lambda version: Json.draw(story_entry(version)),
}


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
        drawn_with=fingerprint(),
        **{column: draw(version) for column, draw in SHORT.items()},
    )


def drawn_now(column: str, articles: Iterable[int]) -> dict[int, str]:
    """Of the live versions of these articles: what another release has drawn, until the worker draws it again."""
    live = Version.objects.live().cards().by_article(articles)
    return {article: SHORT[column](version) for article, version in live.items()}


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


_SAID = ("slug", "head", "main", *SHORT)


def forged_pages(stories: tuple[int, int], but: frozenset[int] = frozenset()) -> Iterator[Version]:
    """Live versions of stories, by their first and last key, whose page as readers get it is not what they say.

    All `but` those of some articles.
    """
    of_this_release = StoryPage.objects.filter(drawn_with=fingerprint(), article__pk__range=stories)
    kept = {page.article_id: page for page in of_this_release}
    # A page without a version is told of with the chain.
    for version in Version.objects.live().filter(article__in=kept.keys() - but):
        page, drawn = kept[version.article_id], drawn_page(version)
        if any(getattr(page, name) != getattr(drawn, name) for name in _SAID):
            yield version
