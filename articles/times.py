"""Times typed and told on the desk, in the newsroom's time zone, with its two difficult nights a year."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

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


def near(moment: datetime) -> SafeString:
    """A time as near as one needs it: the hour if it is today, the day of a week around, or else the date."""
    local = timezone.localtime(moment)
    days = abs((local.date() - timezone.localdate()).days)
    shown = date_format(local, "H:i" if not days else "D H:i" if days < 7 else "j M Y")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


def age(moment: datetime) -> str:
    """How long ago, as the desk says it: `44 min`, `1 h 22`, `3 days`."""
    minutes = max(0, int((timezone.now() - moment).total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return f"{days} day{'s' if days > 1 else ''}"
    return f"{hours} h {minutes % 60:02}" if hours else f"{minutes} min"
