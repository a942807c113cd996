"""What the readers' templates need beyond Django's own tags."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext_lazy

from sources.colleagues import name_of

from ..structured_data import as_news_article, as_script

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from ..models import Version

register = template.Library()


@register.filter
def stamp(moment: datetime | str) -> SafeString:
    """A time with the newsroom's time zone: `March 13, 2020 - 8:22am EDT`."""
    parsed = parse_datetime(moment) if isinstance(moment, str) else moment
    if parsed is None:
        return SafeString("")
    local = timezone.localtime(parsed)
    shown = f"{date_format(local, 'F j, Y')} - {date_format(local, 'g:iA').lower()} {local:%Z}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


@register.filter
def public_url(file: dict[str, Any], kind: str = "name") -> str:
    """The address of a public file; a preview's file gives its own."""
    return file.get("url") or storages["public"].url(file[kind])


@register.filter
def srcset(renditions: list[dict[str, Any]], kind: str) -> str:
    return ", ".join(f"{public_url(one, kind)} {one['width']}w" for one in renditions)


@register.filter
def json_ld(version: Version) -> SafeString:
    """A story as schema.org's NewsArticle, for a script element."""
    return as_script(as_news_article(version))


@register.filter
def standing(changes: list[dict[str, Any]], place: str) -> list[dict[str, Any]]:
    """The notes of changes that stand at this place of a page."""
    return [change for change in changes if change.get("place", "end") == place]


@register.filter
def person(user: User | None) -> str:
    """Somebody on the desk, by the name that colleagues use."""
    return name_of(user) if user else ""


@register.filter
def host(url: str) -> str:
    """`www.example.org/x` of a link, as a reader judges it: `example.org`."""
    return url.split("//")[-1].split("/")[0].removeprefix("www.")


# Singular and plural of each kind of source, named and not.
_KINDS = {
    ("person", True): ngettext_lazy("%d person by name", "%d people by name"),
    ("person", False): ngettext_lazy("%d person not named", "%d people not named"),
    ("organization", True): ngettext_lazy("%d organization", "%d organizations"),
    ("organization", False): ngettext_lazy(
        "%d organization not named", "%d organizations not named"
    ),
    ("spokesperson", True): ngettext_lazy("%d spokesperson", "%d spokespeople"),
    ("spokesperson", False): ngettext_lazy(
        "%d spokesperson not named", "%d spokespeople not named"
    ),
    ("eyewitness", True): ngettext_lazy("%d eyewitness by name", "%d eyewitnesses by name"),
    ("eyewitness", False): ngettext_lazy("%d eyewitness not named", "%d eyewitnesses not named"),
}


@register.filter
def tally(sources: list[dict[str, Any]]) -> str:
    """How many sources of each kind a story has: “2 people by name, 1 spokesperson”."""
    counts = Counter((source["kind"], source["named"]) for source in sources)
    return ", ".join(str(_KINDS[kind] % counts[kind]) for kind in _KINDS if kind in counts)
