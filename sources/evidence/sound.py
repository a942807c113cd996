"""Seconds of a recording, as a file of their own."""

from __future__ import annotations

import json
from typing import NamedTuple

from django.core.exceptions import ValidationError

from ..limited import TooMuch, run_limited
from ..models import InterviewFile

PATIENCE = 60  # seconds of the clock
_CUTTER = "sources.evidence.cut_sound"
_TYPES = {".m4a": "audio/mp4", ".wav": "audio/wav"}


class Cut(NamedTuple):
    """A sound that was cut out, and is not kept yet."""

    content: bytes
    suffix: str
    type: str
    seconds: float  # fewer than were asked for, where the recording ends


def cut(recording: InterviewFile, start: float, seconds: float) -> Cut:
    """These seconds of it, without what the recording says of itself. Raises `ValidationError`, and `OSError`."""
    with recording.file.open("rb") as kept:
        try:
            written = run_limited(_CUTTER, kept, str(start), str(seconds), patience=PATIENCE)
        except TooMuch as error:
            raise ValidationError(
                "This recording is too much to cut. Save it as M4A or MP3, and bring that."
            ) from error
    head, _, content = written.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise ValidationError(told["refused"])
    return Cut(content, told["suffix"], _TYPES[told["suffix"]], told["seconds"])
