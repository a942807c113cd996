"""Files are brought to an interview: each is read at once, in a limited process, and kept or refused in words."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat

from ..limited import TooMuch, run_limited
from ..models import Interview, InterviewFile, Source
from ..transcripts.transcript import Transcript

if TYPE_CHECKING:
    from ..colleagues import User

PATIENCE = 90  # seconds of the clock; the process that reads bounds its own work more tightly
LONGEST_NAME = 100  # characters

_HERE = "This file is here already: the interview has it."
_READER = "sources.evidence.read_upload"
_TOO_MUCH = (
    "This file is too much to read: it was given up. Export it as something plainer, or in parts."
)


class Read(NamedTuple):
    """An upload that was read, and is not kept yet."""

    name: str
    size: int  # bytes
    digest: str
    told: dict[str, Any]


def bring(upload: UploadedFile[Any], interview: Interview, *, by: User) -> InterviewFile:
    """A file for an interview, read and kept. Raises `ValidationError`, which says what is wrong with it in words,
    and `OSError`, if the disk cannot keep it.
    """
    return keep(read(upload, interview.source.kind), upload, interview, by=by)


def read(upload: UploadedFile[Any], kind: str) -> Read:
    """What an upload is, from a source of a kind; it may take long, and is done while nobody waits for a row.

    Raises `ValidationError`.
    """
    size, name = upload.size or 0, _short_name(upload.name or "file")
    if size > settings.MAX_INTERVIEW_FILE_SIZE:
        raise ValidationError(
            f"It is too large ({filesizeformat(size)}): the desk takes up to "
            f"{filesizeformat(settings.MAX_INTERVIEW_FILE_SIZE)}. The sound alone of a video is much smaller."
        )
    assert upload.file is not None  # noqa: S101  (Django has just received it)
    try:
        told = json.loads(run_limited(_READER, upload.file, *_how(kind, name), patience=PATIENCE))
    except TooMuch as error:
        raise ValidationError(_TOO_MUCH) from error
    if "refused" in told:
        raise ValidationError(told["refused"])
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return Read(name, size, digest.hexdigest(), told)


def keep(
    was_read: Read, upload: UploadedFile[Any], interview: Interview, *, by: User
) -> InterviewFile:
    """Raises `ValidationError`, if the interview has it already, and `OSError`."""
    contents = was_read.told.get("contents", {})
    file = InterviewFile(
        interview=interview,
        kind=was_read.told["kind"],
        name=was_read.name,
        size=was_read.size,
        digest=was_read.digest,
        duration=was_read.told["duration"],
        contents=contents,
        passages=len(contents.get("segments", ())),
        is_whole=was_read.told.get("is_whole", True),
        is_timed=was_read.told["kind"] == InterviewFile.Kind.TRANSCRIPT,
        speakers=Transcript.from_data(contents).speakers if contents else [],
        warnings=contents.get("warnings", was_read.told.get("warnings", [])),
        brought_by=by,
    )
    if interview.files.filter(digest=was_read.digest).exists():
        raise ValidationError(_HERE)
    try:
        with transaction.atomic():
            file.file.save(was_read.name, upload)
    except IntegrityError as error:  # of two who bring it at once, the second
        file.file.delete(save=False)
        raise ValidationError(_HERE) from error
    return file


def _how(kind: str, name: str) -> list[str]:
    """A document is read by its pages or rows, and not for who speaks."""
    if kind != Source.Kind.DOCUMENT:
        return []
    is_table = name.lower().endswith((".csv", ".tsv"))
    return ["table" if is_table else "document", settings.LANGUAGE_CODE]


def _short_name(name: str) -> str:
    path = PurePath(name.replace("\x00", ""))
    suffix = path.suffix[:12]
    return f"{path.stem[: LONGEST_NAME - len(suffix)]}{suffix}" or "file"
