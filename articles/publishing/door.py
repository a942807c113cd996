"""The one door between the desk and its readers.

Nothing is public but what `compose()` copies into a `Version`, and a version is made here alone. Each way
through is one straight line: the story moves, the check may stop it, the version is made, kept, and put
before its readers, all in one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sources.prose.hypertext import without_controls

from ..duties import DUTIES, Involved, barred
from ..models import Article, NotePlace, Update, UpdateRequest, Version
from ..models.frame import lock_front
from ..prepared.preparing import prepare
from ..record.chain import in_utc, seal_version
from ..record.changes import CHANGES, Change
from ..record.composing import compose, is_same_to_readers
from ..record.differences import more_than_minor
from ..record.fields import FIELDS, copies, texts
from ..record.public_files import AsPublished, put_out
from ..record.quote_uses import carry_uses, derive_quote_uses
from ..record.sealing import Refused
from ..sourcing.checked_material import CheckedMaterial
from ..sourcing.checking import check, stops
from ..sourcing.rules import Finding
from ..stages import MOVES
from ..text.body import read
from ..times import clock
from .correcting import (
    CannotCorrect,
    Replacement,
    ask_to_rebase,
    corrected,
    mended_names,
    rebase,
    retracted,
    with_text_of,
)
from .notes import wrong_with_note
from .workflow import MoveRefused, moving, refuse_writers, stop_at

if TYPE_CHECKING:
    from sources.colleagues import User

TEXT_COLUMNS = [
    column for row in FIELDS.values() for column in row.columns if row.is_text
]  # of a length that the record keeps

OF_ARCHIVES = range(1700, 2200)  # years whose stories search keeps apart

logger = logging.getLogger(__name__)


# The first version of a story


def publish(article: Article, *, by: User, overrides: Mapping[str, str] | None = None) -> Version:
    """Publish an approved story now. Raises `MoveRefused`, and then nothing has changed.

    `overrides` are the editor's reasons for going past findings of the check, by their keys.
    """
    return _publish_first(article, "publish", by, overrides=overrides)


def publish_due() -> Iterator[Version]:
    """Publish every scheduled story whose time has come.

    Any number of workers may run this at once: each story is published once, by one of them. A
    story that cannot be published stays scheduled, the log says why, and those after it go on.
    """
    seen: list[int] = []
    # Looked for first without a transaction, which SQLite would begin by locking out all who write.
    while (due := Article.objects.due().exclude(pk__in=seen).order_by("scheduled_at")).exists():
        version = None
        with transaction.atomic():
            # What another worker has in hand is left to it: so many are faster than one.
            article = due.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
            if article is None:
                return
            seen.append(article.pk)
            try:
                version = _publish_first(article, "publish_due", None)
            except MoveRefused as refused:
                # Somebody took it off the schedule meanwhile: no cause for alarm.
                if Article.objects.due().filter(pk=article.pk, revision=article.revision).exists():
                    logger.warning("“%s” is due and was not published: %s", article, refused)
            except Exception:
                logger.exception("“%s” is due and was not published", article)
        if version:
            yield version


def import_published(
    article: Article, *, by: User, published_at: datetime, updated_at: datetime | None = None
) -> Version:
    """Take a story of an archive into the record as it stood. Raises `MoveRefused`.

    It is one of many: what follows its commit is done once for all of them, by `finish()`.
    """
    if published_at.year not in OF_ARCHIVES:
        raise MoveRefused(f"A story of the year {published_at.year} cannot be kept in order.")
    return _publish_first(
        article,
        "import_published",
        by,
        published_at=published_at,
        updated_at=updated_at,
        at_once=False,
    )


def _publish_first(
    article: Article,
    move: str,
    by: User | None,
    *,
    published_at: datetime | None = None,
    updated_at: datetime | None = None,
    overrides: Mapping[str, str] | None = None,
    at_once: bool = True,
) -> Version:
    with moving(article, move, by=by) as story:
        _refuse_under_embargo(story)
        material, files = CheckedMaterial(story), AsPublished()
        stop_at(check(material), material, MOVES[move], by=by, reasons=overrides)
        version = compose(material, files)
        # From here to the commit, publications queue: times, lists and addresses then agree in order.
        lock_front()
        version.number, version.created_at = 1, timezone.now()
        at = published_at or version.created_at
        _set_publication_fields(
            version,
            published_on=timezone.localdate(at),
            published_at=at,
            updated_at=updated_at,
            by_its_writer=_is_writer(material, by or story.scheduled_by()),
        )
        _refuse_taken_address(version)
        _keep(version, files)
        derive_quote_uses(material, version)
        prepare(version, at_once=at_once)
    return version


# Every version after it


@dataclass(frozen=True)
class Reason:
    """Why the next version follows the live one, as an editor gives it."""

    kind: Update.Kind
    note: str
    place: NotePlace | None = None  # the usual one of its kind, if none is given
    requested_by: User | None = None
    mended: Sequence[Replacement] = ()
    answers: Iterable[UpdateRequest] | None = None  # all that are open, if none are given

    @property
    def change(self) -> Change:
        return CHANGES[self.kind]


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
    note = without_controls(note)
    reason = Reason(Update.Kind(kind), note, place, requested_by, answers=answers)
    _refuse_retraction(reason)
    _refuse_reason(reason, by)
    with moving(article, "publish_update", by=by) as story:
        _refuse_writers_change(reason, story, by)
        material, files = CheckedMaterial(story, note), AsPublished()
        live = _live(material)
        stop_at(check(material), material, MOVES["publish_update"], by=by, reasons=overrides)
        version = retracted(live) if live.is_retracted else compose(material, files)
        _publish_next(material, version, reason, by, files)
        if not live.is_retracted:  # of which nothing is left that could rest on anything
            derive_quote_uses(material, version)
        prepare(version, live)
    return version


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

    What else was changed in the working copy stays unpublished, and the check stops only what the
    correction brings. Raises `MoveRefused`.
    """
    note = without_controls(note)
    reason = Reason(Update.Kind(kind), note, place, requested_by, replacements, answers)
    _refuse_retraction(reason)
    _refuse_reason(reason, by)
    with moving(article, "correct", by=by) as story:
        _refuse_writers_change(reason, story, by)
        material = CheckedMaterial(story)
        live = _live(material)
        version, unplaced = _corrected(story, live, material, replacements)
        brought = _findings_brought(with_text_of(material, version, note), live)
        stop_at(brought, material, MOVES["correct"], by=by, reasons=overrides)
        # No file is staged: what the live version shows is public already, and nothing is added to it.
        _publish_next(material, version, reason, by, AsPublished())
        carry_uses(material, live, version)
        prepare(version, live)
        ask_to_rebase(story, unplaced, by=by)
    return version


def _findings_brought(after: CheckedMaterial, live: Version) -> list[Finding]:
    """What may stop a correction: a story may have gone out past findings, or before a rule was there."""
    found = stops(check(after), MOVES["correct"].stopped_by)
    codes = {finding.code for finding in found}
    known = {finding.key for finding in check(with_text_of(after, live), codes)} if found else set()
    return [finding for finding in found if finding.key not in known]


def _corrected(
    story: Article, live: Version, material: CheckedMaterial, replacements: Sequence[Replacement]
) -> tuple[Version, list[Replacement]]:
    """The live text with words replaced, and what the working copy, mended and saved, reads otherwise."""
    if live.is_retracted:
        return retracted(live), []
    try:
        version = corrected(live, replacements, material.quotes)
        unplaced = rebase(story, live, replacements)
    except CannotCorrect as error:
        raise MoveRefused(str(error)) from error
    _refuse_what_does_not_fit(story, [row.name for row in texts()])
    story.is_ahead = story.is_ahead or bool(unplaced)
    story.save(update_fields=[*mended_names(), "is_ahead", "changed_at"])
    derive_quote_uses(material.with_text(story, read(story.body)))
    return version, unplaced


def retract(request: UpdateRequest, *, by: User) -> Version:
    """Take back a story, as another editor has asked: it keeps its address, and says why.

    Raises `MoveRefused`.
    """
    article = request.article
    note = without_controls(request.reason)
    reason = Reason(Update.Kind.RETRACTION, note, requested_by=request.asked_by)
    _refuse_reason(reason, by)
    with moving(article, "retract", by=by) as story:
        # Locked: an editor who refuses it at this moment is either first, or too late.
        waiting = story.update_requests.retractions().select_for_update().filter(pk=request.pk)
        if not waiting:
            raise MoveRefused("Nobody asks for this retraction any more.")
        material = CheckedMaterial(story)
        live = _live(material)
        version = retracted(live)
        # Of the rules about words in what is left, and in the note: the others want a story.
        found = check(with_text_of(material, version, note))
        off_the_record = [finding for finding in found if finding.code == "quote-off-the-record"]
        stop_at(off_the_record, material, MOVES["retract"], by=by)
        _publish_next(material, version, reason, by, AsPublished())
        prepare(version, live)
    return version


def _live(material: CheckedMaterial) -> Version:
    """What readers see now. Of a published story only a harmed database has nothing."""
    if material.live is None:
        raise MoveRefused("Readers see nothing of the story: run verify_versions.")
    return material.live


def _publish_next(
    material: CheckedMaterial, version: Version, reason: Reason, by: User, files: AsPublished
) -> None:
    """Keep a version as the one that follows the live one, with the update that tells why."""
    live, change = _live(material), reason.change
    if live.is_retracted and change.kind is not Update.Kind.EDITORS_NOTE:
        raise MoveRefused("The story was retracted: an editor’s note is all that can follow.")
    if not change.note_alone and is_same_to_readers(version, live):
        raise MoveRefused("Nothing differs from what readers see: there is nothing to publish.")
    if change.is_guarded and (touched := more_than_minor(live, version)):
        raise MoveRefused(f"This is no {change.kind.label.lower()}: {touched}")
    # After all that can be refused without it: the shorter it is held, the shorter is the queue.
    lock_front()
    version.number, version.created_at = live.number + 1, timezone.now()
    version.previous_hash, version.change_kind = live.content_hash, change.kind
    _set_publication_fields(
        version,
        published_on=live.published_on,
        published_at=live.published_at,
        updated_at=version.created_at if change.moves_stamp else live.updated_at,
        by_its_writer=_is_writer(material, by),
        is_retracted=live.is_retracted or change.kind is Update.Kind.RETRACTION,
        note=reason.note,
        place=reason.place or change.note_places[0],
    )
    if version.slug != live.slug:
        _refuse_taken_address(version)
    # The database takes no second version without its update, so the update is there first.
    version.update = Update.objects.create(
        article=version.article,
        kind=reason.kind,
        note=reason.note,
        mended=[asdict(each) for each in reason.mended],
        requested_by=reason.requested_by,
        approved_by=by,
        at=version.created_at,
    )
    _keep(version, files)
    _answer(version, reason)


def _answer(version: Version, reason: Reason) -> None:
    """Close what the update answers. A retraction is answered by itself alone."""
    waiting = version.article.update_requests.open()
    if reason.answers is not None:
        waiting = waiting.filter(pk__in=[request.pk for request in reason.answers])
    if not reason.change.wants_second_editor:
        waiting = waiting.exclude(kind=Update.Kind.RETRACTION)
    if reason.change.moves_stamp:
        waiting.update(answered_by=version.update)


# The steps that they share


def _is_writer(material: CheckedMaterial, by: User | None) -> bool:
    return by is not None and by.pk in material.writers


def _set_publication_fields(
    version: Version,
    *,
    published_on: date,
    published_at: datetime,
    updated_at: datetime | None,
    by_its_writer: bool,
    is_retracted: bool = False,
    note: str = "",
    place: str = "",
) -> None:
    """Add to a version what the door itself says of it, and the copies that lists read."""
    version.content |= {
        "published_on": published_on.isoformat(),
        "published_at": in_utc(published_at),
        "updated_at": in_utc(updated_at) if updated_at else None,
        "is_retracted": is_retracted,
        "by_its_writer": by_its_writer,
        "note": note,
        "place": str(place),
    }
    for column, value in copies(version.content).items():
        setattr(version, column, value)


def _keep(version: Version, files: AsPublished) -> None:
    """Seal a version and write it down, with the files that it names on their way to readers."""
    if files.refused:
        raise MoveRefused(f"A file of the story cannot be read: {' '.join(files.refused)}")
    _refuse_what_does_not_fit(version, TEXT_COLUMNS)
    try:
        # Sealed last: whatever is set on the version afterwards would not be in its hash.
        seal_version(version)
        put_out(files.origins)
    except (OSError, ValidationError) as error:
        raise MoveRefused(f"A file of the story cannot be read or kept: {error}") from error
    except Refused as error:
        raise MoveRefused(f"The story holds what no record can: {error}.") from error
    # Never an UPDATE, which the database would refuse.
    version.save(force_insert=True)


# What is refused


def _refuse_under_embargo(article: Article) -> None:
    if article.embargoed_until and timezone.now() < article.embargoed_until:
        raise MoveRefused(f"The story is under embargo until {clock(article.embargoed_until)}.")


def _refuse_retraction(reason: Reason) -> None:
    if reason.change.wants_second_editor:
        raise MoveRefused(f"{reason.kind.label}: one editor asks for it, and another publishes it.")


def _refuse_reason(reason: Reason, by: User) -> None:
    change, second = reason.change, reason.requested_by
    if not reason.note.strip():
        raise MoveRefused("Tell readers what changed: an update needs a note.")
    if not by.has_perm(change.permission):
        raise MoveRefused(f"You may not publish this: {change.kind.label.lower()}.")
    if refused := wrong_with_note(change.kind, reason.note):
        raise MoveRefused(refused)
    if reason.place is not None and reason.place not in change.note_places:
        raise MoveRefused(f"{change.kind.label}: its note does not stand {reason.place.label}.")
    if change.wants_second_editor:
        if second is None or not second.has_perm(change.permission):
            raise MoveRefused(
                f"{change.kind.label}: an editor asks for it, and another publishes it."
            )
        if refused := barred(DUTIES["retract"], by.pk, {Involved.ASKER: {second.pk}}):
            raise MoveRefused(refused)


def _refuse_writers_change(reason: Reason, story: Article, by: User) -> None:
    if not reason.change.is_open_to_writers:
        refuse_writers(story, by)


def _refuse_what_does_not_fit(story: Version | Article, names: Sequence[str]) -> None:
    """SQLite would keep a text that is too long, and PostgreSQL fail."""
    for text in story._meta.concrete_fields:
        try:
            if text.name in names:
                text.run_validators(getattr(story, text.name))
        except ValidationError as error:
            told = text.name.replace("_", " ")
            raise MoveRefused(f"The {told}: {error.messages[0]}") from error


def _refuse_taken_address(version: Version) -> None:
    """An address once public is one story's for ever. No constraint says so, since a story keeps its
    address from version to version: whoever asks holds the front.
    """
    same = Version.objects.filter(slug=version.slug, published_on=version.published_on)
    if taken := same.exclude(article=version.article_id).first():
        raise MoveRefused(
            f"The address {taken.get_absolute_url()} belongs to another story. Change the slug."
        )
