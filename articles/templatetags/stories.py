"""What the readers' templates need beyond Django's own tags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from sources.attribution import day_in_words
from sources.prose.hypertext import without_controls

from ..models import Update
from ..prepared.drawing import draw_body, draw_told
from ..prepared.frame import PolicyLink
from ..prepared.listings import tag_slug as slug_of_tag
from ..prepared.structured_data import (
    as_news_article,
    as_organization,
    as_script,
    picture_addresses,
)
from ..record.telling import (
    SourceInWords,
    exhibit_in_words,
    kind_in_words,
    outcome_in_words,
    role_in_words,
    sources_told,
)
from ..record.telling import tally as in_words
from ..text.contents import (
    BylineTold,
    CommentRequestTold,
    ExhibitTold,
    NotebookEntryTold,
    SourceTold,
)

if TYPE_CHECKING:
    from ..models import Version

register = template.Library()


@register.filter
def stamp(moment: datetime | str) -> SafeString:
    """A time with the newsroom's time zone: `March 13, 2020 - 8:22am EDT`."""
    parsed = parse_datetime(moment) if isinstance(moment, str) else moment
    if parsed is None:
        return SafeString("")
    local = timezone.localtime(parsed)
    shown = f"{day_in_words(local)} - {date_format(local, _time_format()).lower()} {local:%Z}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


@register.filter
def day(moment: datetime | date) -> SafeString:
    """A day, as the site's language writes it: `March 13, 2020`."""
    local = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), day_in_words(local))


def _time_format() -> str:
    return pgettext("a time, in the letters of Django's date filter", "g:iA")


@register.filter
def month_name(number: int) -> str:
    return date_format(date(2000, number, 1), "F")


@register.filter
def public_url(file: dict[str, Any], kind: str = "name") -> str:
    """The address of a public file; a preview's file gives its own."""
    file = file.get(kind) or file if kind != "name" else file
    return file.get("url") or storages["public"].url(file["name"])


@register.filter
def srcset(renditions: list[dict[str, Any]], kind: str) -> str:
    """The renditions of a photo for a browser to choose from, by their widths in pixels."""
    return ", ".join(f"{public_url(one, kind)} {one['width']}w" for one in renditions)


@register.filter
def json_ld(version: Version) -> SafeString:
    """A story as schema.org's NewsArticle, for a script element."""
    return as_script(as_news_article(version))


@register.filter
def standing(changes: list[Version], place: str) -> list[Version]:
    """The changes whose notes stand at this place of a page."""
    return [change for change in changes if change.place == place]


@register.filter
def noted(changes: list[Version]) -> Version | None:
    """The latest change of which readers are told by a note: no minor edit."""
    told = [change for change in changes if change.change_kind != Update.Kind.MINOR]
    return told[-1] if told else None


@register.filter
def body(version: Version) -> SafeString:
    """The body of a story as the desk shows it."""
    return draw_body(version)


@register.filter
def told_body(version: Version) -> SafeString:
    """The body of a story, with a card for each who speaks."""
    return draw_told(version)


@register.filter
def told_of(version: Version) -> list[SourceInWords]:
    """The sources of a story, in words."""
    return sources_told(version)


@register.filter
def outcome(request: CommentRequestTold) -> str:
    """What came of a request for comment, in words."""
    return outcome_in_words(request)


@register.filter
def exhibit(exhibit: ExhibitTold) -> str:
    return exhibit_in_words(exhibit)


@register.filter
def role(byline: BylineTold) -> str:
    """What an author did for the story: “By”, “Edited by”."""
    return role_in_words(byline)


@register.filter
def kind(entry: NotebookEntryTold) -> str:
    """What an entry of the notebook is, in words."""
    return kind_in_words(entry)


@register.filter
def host(url: str) -> str:
    """Where a link leads, as a reader judges it: `example.org` of `https://www.example.org/x`."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:  # what is no address is shown as it is
        return url


@register.filter
def tally(sources: Iterable[SourceTold]) -> str:
    """“2 people by name, 1 spokesperson”."""
    return in_words(sources)


@register.filter
def printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return without_controls(text)


@register.filter
def organization_json_ld(policies: list[PolicyLink]) -> SafeString:
    """The newsroom as schema.org's NewsMediaOrganization, for a script element."""
    return as_script(as_organization(policies))


@register.filter
def picture_url(version: Version) -> str:
    """The whole address of a story's picture, for cards elsewhere; empty where it has none."""
    return next(iter(picture_addresses(version)), "")


@register.filter
def tag_slug(name: str) -> str:
    return slug_of_tag(name)


@register.simple_tag
def absolute(path: str) -> str:
    """An address with the site's scheme and host."""
    return f"{settings.SITE_URL}{path}"
