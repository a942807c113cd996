"""The one door between the desk and its readers.

Nothing is public but what `compose()` copies into a `Version`, and a version is made here alone.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.html import escape

from sources.attribution import positions
from sources.models import Quote, Source
from sources.quotations import Quotation

from . import body, pictures
from .furniture import compose_furniture
from .models import Article, NotebookEntry, Photo, Update, Version
from .quote_uses import derive_quote_uses, find_uses
from .sourcing import Finding, check
from .stages import MOVES
from .workflow import MoveRefused, clock, make_move

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

# What a change to a live story is called, and whether it moves the “Updated” stamp.
MOVES_STAMP = {kind: kind is not Update.Kind.MINOR for kind in Update.Kind}


class Blocked(MoveRefused):
    """The sourcing check stopped the story at the door; `findings` says with what."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


def publish(article: Article, *, by: User) -> Version:
    """Publish an approved story now. Raises `MoveRefused`, and then nothing has changed."""
    return _through_door(article, "publish", by)


def publish_update(
    article: Article, *, by: User, kind: Update.Kind, note: str, requested_by: User | None = None
) -> Version:
    """Publish the working copy of a live story as its next version, saying why.

    Raises `MoveRefused`.
    """
    if not note.strip():
        raise MoveRefused("Tell readers what changed: an update needs a note.")
    update = Update(
        article=article,
        kind=kind,
        note=note,
        requested_by=requested_by,
        approved_by=by,
        at=timezone.now(),
    )
    return _through_door(article, "publish_update", by, update=update)


def import_published(
    article: Article, *, by: User, published_at: datetime, updated_at: datetime | None = None
) -> Version:
    """Take a story of an archive into the record as it stood. Raises `MoveRefused`."""
    return _through_door(
        article, "import_published", by, published_at=published_at, updated_at=updated_at
    )


def publish_due() -> Iterator[Version]:
    """Publish every scheduled story whose time has come.

    Any number of workers may run this at once: each story is published once, by one of them. A
    story that the check stops stays scheduled, and the log says so.
    """
    for article in Article.objects.due().order_by("scheduled_at"):
        try:
            yield _through_door(article, "publish_due", None)
        except Blocked as blocked:
            logger.warning("“%s” is due and was not published: %s", article, blocked)
        except MoveRefused:
            continue  # another worker was first, or an editor changed the story meanwhile


def _through_door(
    article: Article,
    move: str,
    by: User | None,
    *,
    update: Update | None = None,
    published_at: datetime | None = None,
    updated_at: datetime | None = None,
) -> Version:
    versions: list[Version] = []

    def release() -> None:
        story = Article.objects.select_related("section", "lead_photo").get(pk=article.pk)
        _gate(story, move)
        version = compose(story)
        _follow(version, story, update, published_at or timezone.now(), updated_at)
        version.save(force_insert=True)
        derive_quote_uses(story, version)
        if story.spotlights.exists():
            compose_furniture()
        versions.append(version)

    make_move(article, move, by=by, through_door=release)
    return versions[0]


def _gate(article: Article, move: str) -> None:
    if article.embargoed_until and timezone.now() < article.embargoed_until:
        raise MoveRefused(f"The story is under embargo until {clock(article.embargoed_until)}.")
    stopping = [f for f in check(article) if f.severity in MOVES[move].stopped_by]
    if stopping:
        raise Blocked(stopping)


def _follow(
    version: Version,
    article: Article,
    update: Update | None,
    published_at: datetime,
    updated_at: datetime | None,
) -> None:
    """Give a version its number, its times and its address, after the one before it."""
    version.created_at = timezone.now()
    previous = article.versions.order_by("-number").first()
    if previous is None:
        version.number, version.published_at, version.updated_at = 1, published_at, updated_at
        version.published_on = timezone.localdate(published_at)
        version.changes = []
    else:
        assert update is not None  # noqa: S101  (the workflow has no other way to get here)
        update.save(force_insert=True)
        version.update = update
        version.number = previous.number + 1
        version.published_at, version.published_on = previous.published_at, previous.published_on
        moves_stamp = MOVES_STAMP[Update.Kind(update.kind)]
        version.updated_at = update.at if moves_stamp else previous.updated_at
        note = {"kind": update.kind, "label": update.get_kind_display(), "note": update.note}
        version.changes = [*previous.changes, {**note, "at": update.at.isoformat()}]
    address = Version.objects.filter(slug=version.slug, published_on=version.published_on)
    if address.exclude(article=article).exists():
        raise MoveRefused(
            f"The address {version.get_absolute_url()} belongs to another story. Change the slug."
        )


def publish_file(entry: NotebookEntry) -> dict[str, Any]:
    """Copy a notebook file into the public folder, under a name that tells nothing but its type."""
    with entry.file.open("rb") as file:
        content = file.read()
    suffix = PurePath(entry.file.name or "").suffix.lower()
    name = f"notebook/{hashlib.sha256(content).hexdigest()[:20]}{suffix}"
    if not storages["public"].exists(name):
        storages["public"].save(name, ContentFile(content))
    return {"name": name, "size": len(content), "type": suffix.lstrip(".").upper()}


def preview_file(entry: NotebookEntry) -> dict[str, Any]:
    """The same for the desk's preview, from the private file; nothing is written."""
    suffix = PurePath(entry.file.name or "").suffix
    return {"url": entry.file.url, "size": entry.file.size, "type": suffix.lstrip(".").upper()}


def compose(
    article: Article,
    *,
    show_photo: Callable[[Photo], dict[str, Any]] = pictures.publish,
    show_file: Callable[[NotebookEntry], dict[str, Any]] = publish_file,
) -> Version:
    """Everything that a reader may see of a story, and nothing else, as a version not yet saved."""
    uses = [(found, quote) for found, quote in find_uses(article) if _is_public(quote)]
    sources = _public_sources(article, uses)
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
        body=_marked_body(article, uses, keys),
        bylines=[
            {"name": byline.author.name, "slug": byline.author.slug, "role": byline.role}
            | {"label": byline.get_role_display()}
            for byline in article.bylines.select_related("author")
        ],
        tags=sorted(article.tags.names(), key=str.casefold),
        lead_photo=show_photo(photo) if photo else None,
        sources=[_public_source(source, keys[source.pk], uses) for source in sources],
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


def _is_public(quote: Quote) -> bool:
    return quote.interview.is_quotable_to_readers


def _public_sources(article: Article, uses: list[tuple[Quotation, Quote]]) -> list[Source]:
    """Sources of whom readers are told, in the order in which the story quotes them.

    Only those who agreed to it in an interview of this story: by name on the record, or by
    their description on background.
    """
    agreed = {
        interview.source_id
        for interview in article.interviews.select_related("source")
        if interview.is_quotable_to_readers
    }
    order = [quote.interview.source_id for _, quote in uses]
    first = {pk: order.index(pk) for pk in set(order)}
    sources = [source for source in article.relied_on() if source.pk in agreed]
    return sorted(sources, key=lambda source: (first.get(source.pk, len(order)), source.pk))


def _public_source(source: Source, key: str, uses: list[tuple[Quotation, Quote]]) -> dict[str, Any]:
    known = source.authorization != Source.Authorization.UNKNOWN
    return {
        "key": key,
        "named": source.named,
        "kind": source.kind,
        "name": source.public_name,
        "positions": positions(source),
        "authorization": source.get_authorization_display() if known else "",
        "reason": "" if source.named else source.reason,
        "quotations": sum(quote.interview.source_id == source.pk for _, quote in uses),
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
    def marker(quote: Quote) -> Callable[[str], str]:
        source = quote.interview.source
        opening = (
            f'<span class="quotation" data-source="{keys[source.pk]}" '
            f'title="{escape(source.public_name)}">'
        )
        return lambda words: f"{opening}{words}</span>"

    ranges = ((found.start, found.end, marker(quote)) for found, quote in uses)
    return body.mark_up(body.clean_body(article.body), ranges)
