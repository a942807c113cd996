"""What readers may see of a story: the allow-list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import escape

from sources.attribution import backing, heard, positions
from sources.models import Interview, Quote, Source
from sources.quotations import Quotation

from . import body, pictures
from .figures import ShowPhoto, show_figures, without_files
from .models import Article, NotebookEntry, Version
from .notebook_files import publish_file
from .quote_uses import find_uses


def compose(
    article: Article,
    *,
    show_photo: ShowPhoto = pictures.publish,
    show_file: Callable[[NotebookEntry], dict[str, Any]] = publish_file,
) -> Version:
    """Everything that a reader may see of a story, and nothing else, as a version not yet saved.

    In the site's language, whoever asks.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _composed(article, show_photo, show_file)


def _composed(
    article: Article,
    show_photo: ShowPhoto,
    show_file: Callable[[NotebookEntry], dict[str, Any]],
) -> Version:
    quotable = [q for q in article.recorded_quotes() if q.interview.is_quotable_to_readers]
    uses = find_uses(article, quotable)
    interviews = [each for each in _interviews(article) if each.is_quotable_to_readers]
    sources = _public_sources(article, uses, interviews)
    keys = {source.pk: f"source-{number}" for number, source in enumerate(sources, 1)}
    section, photo = article.section, article.lead_photo
    return Version(
        article=article,
        slug=article.slug,
        headline=article.headline,
        deck=article.deck,
        kicker=article.kicker,
        dateline=article.dateline,
        section_name=section.name if section else "",
        section_slug=section.slug if section else "",
        body=show_figures(_marked_body(article, uses, keys), show_photo),
        bylines=[
            {"name": byline.author.name, "slug": byline.author.slug, "role": byline.role}
            | {"label": byline.get_role_display()}
            for byline in article.bylines.select_related("author")
        ],
        tags=sorted(article.tags.names(), key=str.casefold),
        lead_photo=show_photo(photo) if photo else None,
        sources=[_public_source(source, keys[source.pk], uses, interviews) for source in sources],
        comment_requests=[
            {
                "asked": request.asked,
                "about": request.about,
                "outcome": request.outcome,
                "outcome_label": request.get_outcome_display(),
                "answer": request.answer,
            }
            for request in article.comment_requests.all()
            if request.outcome
        ],
        notebook=[_public_entry(entry, show_file) for entry in article.notebook.all()],
    )


def _interviews(article: Article) -> list[Interview]:
    return list(article.interviews.select_related("source").order_by("held_on", "pk"))


def _public_sources(
    article: Article, uses: list[tuple[Quotation, Quote]], interviews: Iterable[Interview]
) -> list[Source]:
    """Sources of whom readers are told, in the order in which the story quotes them.

    Only those who agreed to it in an interview of this story: by name on the record, or by
    their description on background.
    """
    agreed = {interview.source_id for interview in interviews}
    order = [quote.interview.source_id for _, quote in uses]
    first = {pk: order.index(pk) for pk in set(order)}
    sources = [source for source in article.relied_on() if source.pk in agreed]
    return sorted(sources, key=lambda source: (first.get(source.pk, len(order)), source.pk))


def _public_source(
    source: Source,
    key: str,
    uses: list[tuple[Quotation, Quote]],
    interviews: Iterable[Interview],
) -> dict[str, Any]:
    known = source.authorization != Source.Authorization.UNKNOWN
    theirs = [quote for _, quote in uses if quote.interview.source_id == source.pk]
    return {
        "key": key,
        "named": source.named,
        "kind": source.kind,
        "name": source.public_name,
        "positions": positions(source),
        "authorization": source.get_authorization_display() if known else "",
        "reason": "" if source.named else source.reason,
        "heard": list(
            dict.fromkeys(heard(each) for each in interviews if each.source_id == source.pk)
        ),
        "quotations": len(theirs),
        "checked": sum(quote.checked_against_recording for quote in theirs),
    }


def _public_entry(
    entry: NotebookEntry, show_file: Callable[[NotebookEntry], dict[str, Any]]
) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "kind_label": entry.get_kind_display(),
        "title": entry.title,
        "url": entry.url,
        "note": entry.note,
        "file": show_file(entry) if entry.file else None,
    }


def _marked_body(
    article: Article, uses: list[tuple[Quotation, Quote]], keys: dict[int, str]
) -> str:
    """The body, its backed quotations marked: each says who is speaking and how that was heard.

    A reader reaches one by pointing at it, by touch or by keyboard, and needs no script.
    """
    ranges = (
        (
            found.start,
            found.end,
            f'<span class="quotation" tabindex="0" data-source="{keys[quote.interview.source_id]}" '
            f'data-backing="{escape(backing(quote))}">',
            "</span>",
        )
        for found, quote in uses
    )
    return body.without_marks(body.mark_up(body.clean_body(article.body), ranges))


# What a story says, as against when it said so and which picture files show it.
_SAYS = (
    *("slug", "headline", "deck", "kicker", "dateline", "section_name", "section_slug"),
    *("bylines", "tags", "sources", "comment_requests"),
)


_FILES = ("renditions", "card")


def is_same_to_readers(one: Version, other: Version) -> bool:
    """Would a reader see no difference between these two versions of a story?"""
    files = one.lead_photo == other.lead_photo and one.notebook_items == other.notebook_items
    return files and one.body == other.body and says_the_same(one, other)


def says_the_same(one: Version, other: Version) -> bool:
    words = without_files(one.body) == without_files(other.body)
    return words and all(getattr(one, name) == getattr(other, name) for name in _SAYS)


def has_unpublished_words(article: Article, live: Version) -> bool:
    """Does the working copy say something that readers do not see yet?"""
    draft = compose(article, show_photo=pictures.words, show_file=lambda entry: {})
    notes = [
        [(e["kind"], e["title"], e["url"], e["note"]) for e in v.notebook] for v in (draft, live)
    ]
    photos = [
        {name: value for name, value in (v.lead_photo or {}).items() if name not in _FILES}
        for v in (draft, live)
    ]
    return not says_the_same(draft, live) or notes[0] != notes[1] or photos[0] != photos[1]
