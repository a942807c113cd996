"""Files for readers: staged by a publication, public once it is committed, and never torn.

A public name tells nothing of the file and cannot be made from it without the newsroom's key. Before the
commit a file is copied beside the public folder, whole; after it a rename puts it in place. What a crash
leaves half-done, `sweep()` finishes or takes away.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain
from pathlib import Path, PurePath
from time import time
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..media import pictures
from ..media.storage import chunks_of, digest_of, flush_folder, written_whole
from ..models import Exhibit, NotebookEntry, PendingFile, Photo, Upload
from ..models.frame import lock_front
from ..text.contents import FileTold, NotebookFileTold, PhotoTold, RenditionTold

Facts = dict[str, Any]

# For which a file that no row names is kept, and an upload that no entry has.
LEFT_ALONE = timedelta(days=1)

logger = logging.getLogger(__name__)


class Origin(NamedTuple):
    """Where the desk has a file, and what it is known again by."""

    file: str
    digest: str
    size: int


def public_name(folder: str, digest: str, suffix: str) -> str:
    """The name of a file for readers: by the newsroom's key, so that nobody finds it who has the file."""
    keyed = salted_hmac("articles.record.public_files", digest, algorithm="sha256").hexdigest()
    return f"{folder}/{keyed[:32]}{suffix}"


class AsPublished:
    """Tells of photos and files by their public names, and remembers which files those are."""

    def __init__(self) -> None:
        self.origins: dict[str, Origin] = {}
        self.refused: list[str] = []  # why a file could not be given to readers

    def photo(self, photo: Photo) -> PhotoTold:
        return {
            "alt": photo.alt,
            "caption": photo.caption,
            "credit": photo.credit,
            "width": photo.width,
            "height": photo.height,
            "renditions": [self._rendition(each) for each in photo.shown["renditions"]],
            "card": self._rendition(photo.shown["card"]),
        }

    def entry(self, entry: NotebookEntry) -> NotebookFileTold | None:
        shown = dict(entry.shown)
        if "file" not in shown:
            self.refused.append(shown.get("refused", f"{entry.file.name} cannot be read."))
            return None
        told = self._file("notebook", shown.pop("file"))
        shown.pop("readings", None)  # which is the desk's question
        if "first_page" in shown:
            shown["first_page"] = self._rendition(shown["first_page"])
        return cast("NotebookFileTold", {**told, **shown})

    def sound(self, exhibit: Exhibit) -> FileTold:
        return self._file("sounds", exhibit.told | {"file": exhibit.file.name})

    def _rendition(self, given: pictures.KeptRendition) -> RenditionTold:
        return {
            "width": given["width"],
            "height": given["height"],
            "webp": self._file("pictures", given["webp"]),
            "jpeg": self._file("pictures", given["jpeg"]),
        }

    def _file(self, folder: str, given: pictures.KeptFile) -> FileTold:
        suffix = PurePath(given["file"]).suffix.lower()
        name = public_name(folder, given["digest"], suffix)
        self.origins[name] = Origin(given["file"], given["digest"], given["size"])
        return {
            "digest": given["digest"],
            "size": given["size"],
            "type": given["type"],
            "name": name,
        }


class AsPreviewed:
    """Tells of them for the desk's preview: by the addresses of the desk's own files, where readers
    get public names.
    """

    def photo(self, photo: Photo) -> PhotoTold:
        whole = {"url": photo.file.url, "width": photo.width, "height": photo.height}
        shown = {
            "alt": photo.alt,
            "caption": photo.caption,
            "credit": photo.credit,
            **whole,
            "renditions": [whole],
            "card": whole,
        }
        return cast("PhotoTold", shown)

    def sound(self, exhibit: Exhibit) -> FileTold:
        return cast("FileTold", {**exhibit.told, "url": exhibit.file.url})

    def entry(self, entry: NotebookEntry) -> NotebookFileTold | None:
        name, url = entry.file.name or "", entry.file.url
        shown: Facts = {key: value for key, value in entry.shown.items() if key != "readings"} | {
            "url": url,
            "size": entry.shown.get("file", {}).get("size", 0),
            "type": PurePath(name).suffix.lstrip(".").upper(),
        }
        if page := shown.get("first_page"):
            shown["first_page"] = page | {"jpeg": {"url": f"{url}?first-page"}, "webp": None}
        return cast("NotebookFileTold", shown)


# Putting them out


def put_out(origins: Mapping[str, Origin]) -> None:
    """Stage files for a publication; once that is committed they are public.

    Called in its transaction, by whoever holds the front: of two publications at once the second waits.
    Raises `OSError`, `ValidationError`, and nothing has become public.
    """
    # Opened and hashed, not looked for by name: a torn file has its name, too.
    wanted = {name: each for name, each in origins.items() if wrong_with(name, *each[1:])}
    for name, origin in wanted.items():
        _stage(name, origin)
    PendingFile.objects.bulk_create(
        [
            PendingFile(name=name, digest=each.digest, size=each.size, origin=each.file)
            for name, each in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["digest", "size", "origin"],
    )
    if wanted:
        # `robust`: what fails now is told by the log and finished by the worker; the story is out.
        transaction.on_commit(lambda: _release(wanted), robust=True)


def _stage(name: str, origin: Origin) -> None:
    """Copy a file of the desk beside the public folder, if it is still the one that is told of."""
    with storages["default"].open(origin.file) as file, written_whole(_staged(name)) as copy:

        def copied() -> Iterator[bytes]:
            for chunk in file.chunks():
                copy.write(chunk)
                yield chunk

        if digest_of(copied()) != (origin.digest, origin.size):
            raise ValidationError(f"{origin.file} is another file than was uploaded.")


def _release(names: Iterable[str]) -> None:
    """Put staged files in place, and forget those that are."""
    with transaction.atomic():
        lock_front()
        for pending in PendingFile.objects.filter(name__in=list(names)):
            _finish(pending)


def _finish(pending: PendingFile) -> None:
    """Put a file in place, from where it was staged or, if it is not there whole, from the desk."""
    told = (pending.digest, pending.size)
    staged, public = _staged(pending.name), _public(pending.name)
    if not (staged.exists() and digest_of(chunks_of(staged)) == told):
        # Whoever died here had put it in place, and not yet forgotten that it was owed.
        if not wrong_with(pending.name, *told):
            pending.delete()
            return
        _stage(pending.name, Origin(pending.origin, *told))
    public.parent.mkdir(parents=True, exist_ok=True)
    os.replace(staged, public)  # noqa: PTH105  (as it reads in the manual of rename)
    flush_folder(public.parent)
    pending.delete()


def wrong_with(name: str, digest: str, size: int) -> str:
    """Why a public file is not what a version says it is; empty if it is."""
    path = _public(name)
    try:
        found = digest_of(chunks_of(path))
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if found == (digest, size):
        return ""
    return "is torn" if found[1] < size else "is another file"


def files_in(content: Any) -> Iterator[Facts]:
    """Every public file that a content names."""
    if isinstance(content, dict):
        if "digest" in content:
            yield content
        for inside in content.values():
            yield from files_in(inside)
    elif isinstance(content, list):
        for inside in content:
            yield from files_in(inside)


class Swept(NamedTuple):
    """What a sweep has done, by the names of files."""

    finished: list[str]  # files that a publication owed, and that are public now
    taken_away: list[str]  # left by a publication that never was
    lost: list[str]  # owed, and no longer to be had


def is_owed(*, apart_from: Iterable[str]) -> bool:
    """Does a publication owe its readers a file, apart from these?"""
    return PendingFile.objects.exclude(name__in=list(apart_from)).exists()


def sweep() -> Swept:
    """Finish or take away what a crash has left. Safe at any time: it waits for who publishes."""
    swept = Swept([], [], [])
    with transaction.atomic():
        lock_front()
        for pending in PendingFile.objects.order_by("pk"):
            try:
                _finish(pending)
                swept.finished.append(pending.name)
            except (OSError, ValidationError):
                logger.exception("%s cannot be put in place", pending.name)
                swept.lost.append(pending.name)
        # Whoever publishes holds the front: while we do, nothing that is staged is under way.
        for left in sorted(_staging().rglob("*")):
            if left.is_file():
                left.unlink()
                swept.taken_away.append(str(left.relative_to(_staging())))
        swept.taken_away.extend(_sweep_uploads())
        swept.taken_away.extend(_sweep_unnamed())
    return swept


def _sweep_uploads() -> Iterator[str]:
    """Take away what came for a notebook and was never saved with an entry."""
    old = Upload.objects.filter(at__lt=timezone.now() - LEFT_ALONE)
    # Of one that is being saved with its entry just now, that form takes care.
    is_able = connection.features.has_select_for_update_skip_locked
    for upload in old.select_for_update(skip_locked=is_able):
        upload.delete()
        yield str(upload.file.name)


def _sweep_unnamed() -> Iterator[str]:
    """Take away what no row names: what was cut of a photo whose crop changed since, what came and was refused
    after all, a sound that nobody decided on. What is younger than a day may be on its way into a row.
    """
    desk = Path(storages["default"].path(""))
    rows = (
        model.objects.values_list("shown", flat=True) for model in (Photo, NotebookEntry, Upload)
    )
    used = {file["file"] for shown in chain.from_iterable(rows) for file in files_in(shown)}
    used.update(PendingFile.objects.values_list("origin", flat=True))
    for model in (NotebookEntry, Upload, Exhibit):
        used.update(model.objects.values_list("file", flat=True))
    folders = (pictures.RENDITIONS, "notebook", "exhibits")
    for path in sorted(each for folder in folders for each in (desk / folder).rglob("*")):
        name = path.relative_to(desk).as_posix()
        if (
            path.is_file()
            and name not in used
            and time() - path.stat().st_mtime > LEFT_ALONE.total_seconds()
        ):
            path.unlink()
            yield name


def _staging() -> Path:
    return Path(settings.STAGING_ROOT)


def _staged(name: str) -> Path:
    return _staging() / name


def _public(name: str) -> Path:
    return Path(storages["public"].path(name))
