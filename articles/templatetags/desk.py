"""What the desk's templates say of a story, a person and a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers

from sources.colleagues import name_of

from ..models import Article
from ..stages import STAGES, Stage
from ..times import age, near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.admin.views.main import ChangeList

register = template.Library()
register.filter(near)
register.filter(age)
register.filter("person", lambda user: name_of(user) if user else "")


@register.filter
def clock(seconds: float | None) -> str:
    """A place in a recording, as its player shows it: “0:42”, “1:02:03”; empty for none."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


@register.simple_tag
def sorting(cl: ChangeList) -> list[dict[str, Any]]:
    """What a list can be sorted by, where its rows stand in no table."""
    return list(result_headers(cl))


# Rows that stand in a part of a story's page, beside its fields.
ROWS_IN: dict[str, tuple[str, ...]] = {
    "Details": ("bylines",),
    "Sources and interviews": ("anonymity_approvals",),
}


@register.simple_tag
def has_errors(fieldset: Any, formsets: Iterable[Any]) -> bool:
    """Is something to be mended in a part of a story's page? It is open then: what is shut says nothing."""
    theirs = [
        each.formset for each in formsets if each.formset.prefix in ROWS_IN.get(fieldset.name, ())
    ]
    return any(line.errors() for line in fieldset) or any(
        each.total_error_count() for each in theirs
    )


class Shown(NamedTuple):
    """A word with the drawn mark that says the same, and how it is coloured."""

    word: str
    mark: str
    tone: str = ""


@register.filter
def headline(story: Article) -> str:
    return story.headline or "Without a headline"


@register.filter
def stage(story: Article) -> Shown:
    """Where it stands."""
    if story.is_ahead and story.is_public:
        return Shown("Changed since", "changed")
    row = STAGES[Stage(story.stage)]
    return Shown(row.word, row.mark)


@register.filter
def verdict(story: Article) -> Shown:
    """What the check found when it was last saved."""
    if story.stops is None:
        return Shown("Not checked", "note")
    if story.stops:
        return Shown(f"{story.stops} stop{'s' if story.stops > 1 else ''}", "stop", "stop")
    if story.to_look_at:
        return Shown(f"{story.to_look_at} to look at", "look", "look")
    return Shown("Clear", "backed", "backed")
