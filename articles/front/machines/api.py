"""The read-only JSON API over live versions; `/api/` is its OpenAPI description."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from ...models import Listing, Version
from ...models.record import WHOLE
from ...prepared.drawing import draw_body
from ...record.changes import IN_CORRECTIONS
from ...record.fields import FIELDS
from ...text import blocks
from ..answers import json_data
from ..paging import Cursor, Page, page_of
from .openapi import described

SIZE, MOST = 20, 100  # stories in an answer

Row = dict[str, Any]


class NotUnderstood(Exception):
    """A filter cannot be read; the message says which, and how it is written."""


def answers_in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Errors of the API are JSON, too: `{"error": …}`."""

    @wraps(view)
    def inner(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except NotUnderstood as error:
            return _refused(str(error), 400)
        except Http404:
            return _refused("There is nothing here.", 404)

    return inner


def _refused(error: str, status: int) -> HttpResponse:
    response = JsonResponse({"error": error}, status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=5"
    return response


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    def made() -> Row:
        about = {"title": f"{settings.SITE_NAME}: stories", "version": "1"}
        return {**described(), "info": about, "servers": [{"url": settings.SITE_URL}]}

    return json_data(request, made, versions=[], content_type="application/vnd.oai.openapi+json")


@require_safe
@answers_in_json
def stories(request: HttpRequest) -> HttpResponse:
    """The newest stories; `section`, `tag`, `author` (slugs), `since` and `until` narrow them."""
    found = page_of(_asked_for(request), _cursor(request), _size(request))
    return _listed(request, found, brief, found.rows)


@require_safe
@answers_in_json
def story(request: HttpRequest, key: int) -> HttpResponse:
    version = Version.objects.live().filter(article=key).first() if key < 1 << 63 else None
    if version is None:
        raise Http404
    return json_data(request, lambda: whole(version), versions=[version])


@require_safe
@answers_in_json
def corrections(request: HttpRequest) -> HttpResponse:
    """Corrections, clarifications and retractions, the newest first."""
    listed = Version.objects.of_kinds(IN_CORRECTIONS).defer(*WHOLE)
    found = page_of(listed, _cursor(request), _size(request), moment="created_at")
    live = Version.objects.live().defer(*WHOLE)
    now = live.by_article(row.article_id for row in found.rows)

    def correction(version: Version) -> Row:
        return _correction(version) | {"story": brief(now[version.article_id])}

    return _listed(request, found, correction, [*found.rows, *now.values()])


def _asked_for(request: HttpRequest) -> Any:
    live = Version.objects.live()
    if section := _slug(request, "section"):
        live = live.in_section(section)
    for kind in (Listing.Kind.TAG, Listing.Kind.AUTHOR):
        if slug := _slug(request, kind):
            listed = Listing.objects.filter(kind=kind, slug=slug, is_live=True)
            live = live.filter(pk__in=listed.values("version"))
    if since := _moment(request, "since"):
        live = live.filter(published_at__gte=since)
    if until := _moment(request, "until"):
        live = live.filter(published_at__lt=until)
    return live


def _slug(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "")[:200]


def _moment(request: HttpRequest, name: str) -> datetime | None:
    given = request.GET.get(name, "")
    if not given:
        return None
    try:
        moment = parse_datetime(given.replace(" ", "+"))  # a plus sign may have become a blank
        if moment and moment.tzinfo:
            return moment.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        pass
    raise NotUnderstood(f"{name} is a time with its offset, such as 2026-03-13T08:22:00-04:00.")


def _cursor(request: HttpRequest) -> Cursor | None:
    try:
        return Cursor.read(request.GET.get("before", ""))
    except Http404 as error:
        raise NotUnderstood("before is the cursor that an answer gives in “next”.") from error


def _size(request: HttpRequest) -> int:
    given = request.GET.get("limit", str(SIZE))
    if given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= MOST:
        return int(given)
    raise NotUnderstood(f"limit is a number from 1 to {MOST}.")


def _listed(
    request: HttpRequest,
    found: Page[Version],
    told: Callable[[Version], Row],
    versions: list[Version],
) -> HttpResponse:
    def made() -> Row:
        return {"items": [told(row) for row in found.rows], "next": _following(request, found)}

    return json_data(request, made, versions=versions, parts=[found.older])


def _following(request: HttpRequest, found: Page[Version]) -> str | None:
    if found.older is None:
        return None
    asked = request.GET.copy()
    asked["before"] = str(found.older)
    return f"{settings.SITE_URL}{request.path}?{asked.urlencode()}"


def _address(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(f'articles:{name}', args=args)}"


def brief(version: Version) -> Row:
    """A story as lists tell of it."""
    return {
        "id": version.article_id,
        "url": f"{settings.SITE_URL}{version.get_absolute_url()}",
        "api_url": _address("api-story", version.article_id),
        "version": version.number,
        **_told(version, in_lists=True),
    }


def whole(version: Version) -> Row:
    """A story with all that it rests on, and every change to it."""
    return brief(version) | {
        **_told(version, in_lists=False),
        "body_html": draw_body(version),
        "body_text": blocks.text(version.body),
        "changes": [_change(each) for each in version.changes],
        "content_hash": version.content_hash,
        "history_url": f"{settings.SITE_URL}{version.get_history_url()}",
        "ninjs_url": f"{settings.SITE_URL}{version.get_ninjs_url()}",
    }


def _told(version: Version, *, in_lists: bool) -> Row:
    """What the table of public fields tells machines of a story."""
    told = (each for row in FIELDS.values() for each in row.machines)
    return {each.name: each.make(version) for each in told if each.in_lists == in_lists}


def _change(version: Version) -> Row:
    """What readers were told of the change that made a version."""
    return {
        "kind": version.change_kind,
        "label": version.label,
        "note": version.note,
        "place": version.place,
        "at": _iso(version.created_at),
    }


def _correction(version: Version) -> Row:
    told = _change(version)
    return {name: told[name] for name in ("kind", "note", "at")} | {"version": version.number}


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()
