"""The one door between the desk and its readers.

Nothing is public but what `composing.compose()` copies into a `Version`, and a version is made here
alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone

from .composing import compose, is_same_to_readers
from .furniture import refresh_furniture
from .models import Article, Update, Version
from .quote_uses import derive_quote_uses
from .times import clock
from .workflow import MoveRefused, make_move

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

# What a change to a live story is called, and whether it moves the “Updated” stamp.
MOVES_STAMP = {kind: kind is not Update.Kind.MINOR for kind in Update.Kind}
# Kinds whose note may be all that changes; the others are about the text.
NOTE_ALONE = {Update.Kind.CLARIFICATION, Update.Kind.EDITORS_NOTE, Update.Kind.RETRACTION}


def publish(article: Article, *, by: User, overrides: Mapping[str, str] | None = None) -> Version:
    """Publish an approved story now. Raises `MoveRefused`, and then nothing has changed.

    `overrides` are the editor's reasons for going past findings of the check, by their keys.
    """
    return _through_door(article, "publish", by, overrides=overrides)


def publish_update(
    article: Article,
    *,
    by: User,
    kind: Update.Kind,
    note: str,
    requested_by: User | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Version:
    """Publish the working copy of a live story as its next version, saying why.

    What was asked of the story on the desk (`UpdateRequest`) is answered with it. Raises
    `MoveRefused`.
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
    return _through_door(article, "publish_update", by, update=update, overrides=overrides)


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
    story that cannot be published stays scheduled, the log says why, and those after it go on.
    """
    for article in Article.objects.due().order_by("scheduled_at"):
        try:
            yield _through_door(article, "publish_due", None)
        except MoveRefused as refused:
            if Article.objects.due().filter(pk=article.pk, revision=article.revision).exists():
                logger.warning("“%s” is due and was not published: %s", article, refused)
        except Exception:
            logger.exception("“%s” is due and was not published", article)


def _through_door(
    article: Article,
    move: str,
    by: User | None,
    *,
    update: Update | None = None,
    published_at: datetime | None = None,
    updated_at: datetime | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Version:
    versions: list[Version] = []

    def release() -> None:
        story = Article.objects.select_related("section", "lead_photo").get(pk=article.pk)
        if story.embargoed_until and timezone.now() < story.embargoed_until:
            raise MoveRefused(f"The story is under embargo until {clock(story.embargoed_until)}.")
        _refuse_taken_address(story, published_at or timezone.now())
        try:
            version = compose(story)
        except (OSError, ValidationError) as error:
            raise MoveRefused(f"A file of the story cannot be read: {error}") from error
        _follow(version, story, update, published_at or timezone.now(), updated_at)
        version.save(force_insert=True)
        derive_quote_uses(story, version)
        refresh_furniture(version, story.versions.filter(number=version.number - 1).first())
        versions.append(version)

    note = update.note if update else ""
    make_move(article, move, by=by, note=note, overrides=overrides, through_door=release)
    return versions[0]


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
        if update.kind not in NOTE_ALONE and is_same_to_readers(version, previous):
            raise MoveRefused("Nothing differs from what readers see: there is nothing to publish.")
        update.save(force_insert=True)
        article.update_requests.open().update(answered_by=update)
        version.update = update
        version.number = previous.number + 1
        version.published_at, version.published_on = previous.published_at, previous.published_on
        moves_stamp = MOVES_STAMP[Update.Kind(update.kind)]
        version.updated_at = update.at if moves_stamp else previous.updated_at
        note = {"kind": update.kind, "label": update.get_kind_display(), "note": update.note}
        version.changes = [*previous.changes, {**note, "at": update.at.isoformat()}]


def _refuse_taken_address(article: Article, published_at: datetime) -> None:
    """Before anything is written: an address once public is one story's for ever."""
    first = article.versions.order_by("number").first()
    day = first.published_on if first else timezone.localdate(published_at)
    taken = Version.objects.filter(slug=article.slug, published_on=day).exclude(article=article)
    if taken.exists():
        raise MoveRefused(
            f"The address {taken[0].get_absolute_url()} belongs to another story. Change the slug."
        )
