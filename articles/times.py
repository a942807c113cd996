"""Times typed on the desk, in the newsroom's time zone, with its two difficult nights a year."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

YEARS = range(1900, 2200)  # that a newsroom speaks of; all of them fit every time zone


class DeskDateTimeField(forms.DateTimeField):
    """A moment, typed as local time.

    A time that the clock skips in spring, or shows twice in autumn, is refused with the times that
    can be meant; Django alone would say only that it “may be ambiguous or may not exist”.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("widget", None)
        super().__init__(**kwargs)

    def _clean_bound_field(self, bound: forms.BoundField) -> Any:
        """What was not touched stays to the second, even in an hour that cannot be typed."""
        shown = self.widget.format_value(self.prepare_value(bound.initial))
        if bound.initial and bound.data == shown:
            return bound.initial
        return super()._clean_bound_field(bound)  # type: ignore[misc]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.widget.format_value(self.prepare_value(initial)) or "") != (data or ""))

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment: datetime | None = super().to_python(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        except ValidationError as error:
            typed = _as_typed(value)
            if typed is None or error.code == "invalid":
                raise
            raise ValidationError(_explain(typed), code="ambiguous_timezone") from error
        if moment and moment.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


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


def clock(moment: datetime) -> str:
    """A time in the newsroom's time zone, as the desk writes it."""
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M %Z}"
