"""The one door between the desk and its readers.

Nothing is public but what `composing.compose()` copies into a `Version`, and a version is made here
alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sources.hypertext import without_controls

from ..models import Article, NotePlace, Update, UpdateRequest, Version
from ..models.frame import lock_front
from ..prepared.present import present
from ..record.chain import in_utc, seal
from ..record.changes import CHANGES, Change
from ..record.composing import compose, is_same_to_readers
from ..record.differences import facts_touched
from ..record.fields import FIELDS, copies, texts
from ..record.public_files import AsPublished, put_out
from ..record.quote_uses import carry_uses, derive_quote_uses
from ..record.sealing import Refused
from ..sourcing.checking import check
from ..sourcing.rules import Finding
from ..times import clock
from .correcting import (
    CannotCorrect,
    Replacement,
    as_written,
    ask_to_rebase,
    corrected,
    mended_names,
    rebase,
    retracted,
)
from .notes import wrong_with_note
from .workflow import MoveRefused, make_move

if TYPE_CHECKING:
    from sources.colleagues import User

TEXT_COLUMNS = [
    column for row in FIELDS.values() for column in row.columns if row.is_text
]  # of a length that the record keeps

OF_ARCHIVES = range(1700, 2200)  # years whose stories search keeps apart

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Making:
    """How a version is made: from the working copy, unless something else is said."""

    composed: Callable[[Article, AsPublished], Version] = compose
    findings: Callable[[Article], list[Finding]] | None = None  # of the check at the door
    keep_uses: Callable[[Article, Version], None] = derive_quote_uses


def publish(article: Article, *, by: User, overrides: Mapping[str, str] | None = None) -> Version:
    """Publish an approved story now. Raises `MoveRefused`, and then nothing has changed.

    `overrides` are the editor's reasons for going past findings of the check, by their keys.
    """
    return _through_door(article, "publish", by, overrides=overrides)


@dataclass(frozen=True)
class Reason:
    """Why the next version follows the live one, as an editor gives it."""

    kind: Update.Kind
    note: str
    place: NotePlace | None = None  # the usual one of its kind, if none is given
    requested_by: User | None = None
    mended: Sequence[Replacement] = ()
    answers: Iterable[UpdateRequest] | None = None  # all that are open, if none are given


def publish_update(
    article: Article,
    *,
    by: User,
    kind: Update.Kind,
    note: str,
    place: NotePlace | None = None,
    requested_by: User | None = None,
    answers: Iterable[UpdateRequest] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Version:
    """Publish the working copy of a live story as its next version, saying why.

    It answers what was asked of the story on the desk: `answers`, or all of it. A minor edit answers
    nothing. Raises `MoveRefused`.
    """
    reason = Reason(Update.Kind(kind), note, place, requested_by, answers=answers)
    _refuse_retraction(reason)
    return _publish_change(article, "publish_update", by, reason, Making(), overrides)


def correct(
    article: Article,
    replacements: Sequence[Replacement],
    *,
    by: User,
    note: str,
    kind: Update.Kind = Update.Kind.CORRECTION,
    place: NotePlace | None = None,
    requested_by: User | None = None,
    answers: Iterable[UpdateRequest] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Version:
    """Publish the live text of a story with words of it replaced, and mend its working copy.

    What else was changed in the working copy stays unpublished. Raises `MoveRefused`.
    """
    reason = Reason(Update.Kind(kind), note, place, requested_by, replacements, answers)
    _refuse_retraction(reason)

    def mended(story: Article, files: AsPublished | None = None) -> Version:
        try:
            return corrected(_live(story), replacements, story.recorded_quotes())
        except CannotCorrect as error:
            raise MoveRefused(str(error)) from error

    def findings(story: Article) -> list[Finding]:
        """What the check finds in the corrected text and did not find in the text before."""
        known = {finding.key for finding in check(as_written(story, _live(story)))}
        found = check(as_written(story, mended(story)), note)
        return [finding for finding in found if finding.key not in known]

    with transaction.atomic():
        working = _locked(article)
        try:
            unplaced = rebase(working, _live(article), replacements)
        except CannotCorrect as error:
            raise MoveRefused(str(error)) from error
        _refuse_what_does_not_fit(working, [row.name for row in texts()])
        working.save(update_fields=[*mended_names(), "changed_at"])
        made = Making(mended, findings, carry_uses)
        version = _publish_change(article, "correct", by, reason, made, overrides)
        ask_to_rebase(article, unplaced, by=by)
    return version


def _locked(article: Article) -> Article:
    """The working copy as it is now: of two who change it at once, the second is told first."""
    now = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    if now.revision != article.revision:
        raise MoveRefused("Somebody changed the story since you opened it. Look at it again.")
    return now


def retract(request: UpdateRequest, *, by: User) -> Version:
    """Take back a story, as another editor has asked: it keeps its address, and says why.

    Raises `MoveRefused`.
    """
    article = request.article
    if not article.update_requests.retractions().filter(pk=request.pk).exists():
        raise MoveRefused("Nobody asks for this retraction any more.")
    reason = Reason(Update.Kind.RETRACTION, request.reason, requested_by=request.asked_by)

    def findings(story: Article) -> list[Finding]:
        """Of the rules about words in what is left, and in the note: the others want a story."""
        found = check(as_written(story, retracted(_live(story))), request.reason)
        return [finding for finding in found if finding.code == "quote-off-the-record"]

    made = Making(
        lambda story, files: retracted(_live(story)), findings, lambda story, version: None
    )
    return _publish_change(article, "retract", by, reason, made)


def _refuse_retraction(reason: Reason) -> None:
    if CHANGES[reason.kind].wants_second_editor:
        raise MoveRefused(f"{reason.kind.label}: one editor asks for it, and another publishes it.")


def _live(article: Article) -> Version:
    return article.versions.get(is_live=True)


def _publish_change(
    article: Article,
    move: str,
    by: User,
    reason: Reason,
    making: Making,
    overrides: Mapping[str, str] | None = None,
) -> Version:
    change = CHANGES[reason.kind]
    reason = replace(reason, note=without_controls(reason.note))
    _refuse_change(change, reason, by)
    update = Update(
        article=article,
        kind=reason.kind,
        note=reason.note,
        mended=[asdict(each) for each in reason.mended],
        requested_by=reason.requested_by,
        approved_by=by,
        at=timezone.now(),
    )

    def next_version(story: Article, files: AsPublished) -> Version:
        live = _live(story)
        if live.is_retracted and change.kind is not Update.Kind.EDITORS_NOTE:
            raise MoveRefused("The story was retracted: an editor’s note is all that can follow.")
        made = retracted(live) if live.is_retracted else making.composed(story, files)
        made.place = reason.place or change.places[0]
        return made

    with transaction.atomic():
        published = _through_door(
            article,
            move,
            by,
            update=update,
            overrides=overrides,
            making=replace(making, composed=next_version),
        )
        _answer(article, change, reason, update)
    return published


def _answer(article: Article, change: Change, reason: Reason, update: Update) -> None:
    """Close what the update answers. A retraction is answered by itself alone."""
    waiting = article.update_requests.open()
    if reason.answers is not None:
        waiting = waiting.filter(pk__in=[request.pk for request in reason.answers])
    if not change.wants_second_editor:
        waiting = waiting.exclude(kind=Update.Kind.RETRACTION)
    if change.moves_stamp:
        waiting.update(answered_by=update)


def _refuse_change(change: Change, reason: Reason, by: User) -> None:
    if not reason.note.strip():
        raise MoveRefused("Tell readers what changed: an update needs a note.")
    if not by.has_perm(change.permission):
        raise MoveRefused(f"You may not publish this: {change.kind.label.lower()}.")
    if refused := wrong_with_note(change.kind, reason.note):
        raise MoveRefused(refused)
    if reason.place is not None and reason.place not in change.places:
        raise MoveRefused(f"{change.kind.label}: its note does not stand {reason.place.label}.")
    second = reason.requested_by
    if change.wants_second_editor and (
        second is None or second.pk == by.pk or not second.has_perm(change.permission)
    ):
        raise MoveRefused(
            f"{change.kind.label} needs two editors: one who asks for it, and another who publishes."
        )


def import_published(
    article: Article, *, by: User, published_at: datetime, updated_at: datetime | None = None
) -> Version:
    """Take a story of an archive into the record as it stood. Raises `MoveRefused`."""
    if published_at.year not in OF_ARCHIVES:
        raise MoveRefused(f"A story of the year {published_at.year} cannot be kept in order.")
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
    making: Making | None = None,
) -> Version:
    making = making or Making()
    versions: list[Version] = []

    def release() -> None:
        lock_front()
        story = Article.objects.select_related("section", "lead_photo").get(pk=article.pk)
        is_new = story.live_version is None
        if is_new and story.embargoed_until and timezone.now() < story.embargoed_until:
            raise MoveRefused(f"The story is under embargo until {clock(story.embargoed_until)}.")
        _refuse_taken_address(story, published_at or timezone.now())
        files = AsPublished()
        version = making.composed(story, files)
        if files.refused:
            raise MoveRefused(f"A file of the story cannot be read: {' '.join(files.refused)}")
        _follow(version, story, update, published_at or timezone.now(), updated_at)
        _refuse_what_does_not_fit(version, TEXT_COLUMNS)
        try:
            seal(version)
            put_out(files.origins)
        except (OSError, ValidationError) as error:
            raise MoveRefused(f"A file of the story cannot be read or kept: {error}") from error
        except Refused as error:
            raise MoveRefused(f"The story holds what no record can: {error}.") from error
        version.save(force_insert=True)
        making.keep_uses(story, version)
        present(version)
        versions.append(version)

    note = update.note if update else ""
    make_move(
        article,
        move,
        by=by,
        note=note,
        overrides=overrides,
        findings=making.findings,
        through_door=release,
    )
    return versions[0]


def _follow(
    version: Version,
    article: Article,
    update: Update | None,
    published_at: datetime,
    updated_at: datetime | None,
) -> None:
    """Give a version its number, its times, its address and its hash, after the one before it."""
    version.created_at = timezone.now()
    previous = article.versions.order_by("-number").first()
    if previous is None:
        version.number, day = 1, timezone.localdate(published_at)
        told = _told(day, published_at, updated_at)
    else:
        assert update is not None  # noqa: S101  (the workflow has no other way to get here)
        change = CHANGES[Update.Kind(update.kind)]
        if not change.note_alone and is_same_to_readers(version, previous):
            raise MoveRefused("Nothing differs from what readers see: there is nothing to publish.")
        if change.is_guarded and (touched := facts_touched(previous, version)):
            raise MoveRefused(f"This is no {change.kind.label.lower()}: {touched}")
        update.at = version.created_at
        update.save(force_insert=True)
        version.update, version.change_kind = update, update.kind
        version.number, version.previous_hash = previous.number + 1, previous.content_hash
        told = _told(
            previous.published_on,
            previous.published_at,
            update.at if change.moves_stamp else previous.updated_at,
            is_retracted=previous.is_retracted or change.kind is Update.Kind.RETRACTION,
            note=update.note,
            place=version.place,
        )
    version.content |= told
    for column, value in copies(version.content).items():
        setattr(version, column, value)


def _told(
    published_on: date, published_at: datetime, updated_at: datetime | None, **more: Any
) -> dict[str, Any]:
    """What the door itself says of a version."""
    return {
        "published_on": published_on.isoformat(),
        "published_at": in_utc(published_at),
        "updated_at": in_utc(updated_at) if updated_at else None,
        "is_retracted": False,
        "note": "",
        "place": "",
    } | more


def _refuse_what_does_not_fit(story: Version | Article, names: Sequence[str]) -> None:
    """SQLite would keep a text that is too long, and PostgreSQL fail."""
    for text in story._meta.concrete_fields:
        try:
            if text.name in names:
                text.run_validators(getattr(story, text.name))
        except ValidationError as error:
            told = text.name.replace("_", " ")
            raise MoveRefused(f"The {told}: {error.messages[0]}") from error


def _refuse_taken_address(article: Article, published_at: datetime) -> None:
    """Before anything is written: an address once public is one story's for ever."""
    first = article.versions.order_by("number").first()
    day = first.published_on if first else timezone.localdate(published_at)
    taken = Version.objects.filter(slug=article.slug, published_on=day).exclude(article=article)
    if taken.exists():
        raise MoveRefused(
            f"The address {taken[0].get_absolute_url()} belongs to another story. Change the slug."
        )
