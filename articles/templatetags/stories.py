"""What the readers' templates need beyond Django's own tags."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sources.colleagues import name_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

register = template.Library()


@register.filter
def stamp(moment: datetime | str) -> SafeString:
    """A time with the newsroom's time zone: `March 13, 2020 - 8:22am EDT`."""
    parsed = parse_datetime(moment) if isinstance(moment, str) else moment
    if parsed is None:
        return SafeString("")
    local = timezone.localtime(parsed)
    shown = f"{date_format(local, 'F j, Y')} - {date_format(local, 'g:iA').lower()} {local:%Z}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), shown)


@register.filter
def public_url(file: dict[str, Any], kind: str = "name") -> str:
    """The address of a public file; a preview's file gives its own."""
    return file.get("url") or storages["public"].url(file[kind])


@register.filter
def srcset(renditions: list[dict[str, Any]], kind: str) -> str:
    return ", ".join(f"{public_url(one, kind)} {one['width']}w" for one in renditions)


@register.filter
def person(user: User | None) -> str:
    """Somebody on the desk, by the name that colleagues use."""
    return name_of(user) if user else ""


@register.filter
def host(url: str) -> str:
    """`www.example.org/x` of a link, as a reader judges it: `example.org`."""
    return url.split("//")[-1].split("/")[0].removeprefix("www.")
