"""Times typed on the desk, in the newsroom's time zone, with its two difficult nights a year."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone


class DeskDateTimeField(forms.DateTimeField):
    """A moment, typed as local time.

    A time that the clock skips in spring, or shows twice in autumn, is refused with the times that
    can be meant; Django alone would say only that it “may be ambiguous or may not exist”.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("widget", None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            typed = _as_typed(value)
            if typed is None or error.code == "invalid":
                raise
            raise ValidationError(_explain(typed), code="ambiguous_timezone") from error


def _as_typed(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _explain(typed: datetime) -> str:
    zone = timezone.get_current_timezone()
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    said = f"{typed:%H:%M} on {typed:%-d %B %Y}"
    if first.utcoffset() < second.utcoffset():  # type: ignore[operator]
        shift = second.utcoffset() - first.utcoffset()  # type: ignore[operator]
        later = typed + shift
        return (
            f"There is no {said}: the clocks go forward past it that night. "
            f"Did you mean {later:%H:%M}?"
        )
    return (
        f"{said} comes twice: the clocks go back that night. Choose a time before "
        f"{typed.replace(minute=0):%H:%M} or from {typed.replace(minute=0) + timedelta(hours=1):%H:%M} on."
    )
