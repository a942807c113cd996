"""The read-only JSON API over live versions; `/api/` is its OpenAPI description."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from ...kept.keeping import Arguments, everywhere, kept
from ...kept.touched import Touched
from ...models import Listing, Version
from ...models.record import WHOLE
from ...prepared.drawing import draw_body
from ...record.changes import IN_CORRECTIONS
from ...record.fields import FIELDS
from ...text import blocks
from ..answers import conditional, json_data
from ..paging import Page, page_of
from . import answered
from .asked import Filters, Paged

Json = dict[str, Any]
View = TypeVar("View", bound=Callable[..., HttpResponse])

api = NinjaAPI(
    title=f"{settings.SITE_NAME}: stories",
    version="1",
    description="Read-only: the stories as they stand, and what was corrected in them.",
    servers=[{"url": settings.SITE_URL}],
    openapi_url=None,  # described by `description()`, which answers as all of the front does
    docs_url=None,  # pages with other people's scripts
)


def _get(path: str, url_name: str, **described: Any) -> Callable[[View], View]:
    """An address for GET, of which the description tells, and for HEAD, which goes without saying."""

    def register(view: View) -> View:
        api.api_operation(["HEAD"], path, url_name=url_name, include_in_schema=False)(view)
        name = view.__name__
        return api.get(path, url_name=url_name, operation_id=name, **described)(view)

    return register


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    return _refused(f"{first['loc'][-1]} {first['ctx']['error']}", 400)


@api.exception_handler(Http404)
def nothing_here(request: HttpRequest, error: Http404) -> HttpResponse:
    return _refused("There is nothing here.", 404)


def _refused(error: str, status: int) -> HttpResponse:
    response = JsonResponse({"error": error}, status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    # Not for long: what is not there yet may be published the next second.
    response.headers["Cache-Control"] = "public, max-age=5"
    return response


@_get("", "api-root", include_in_schema=False)
def description(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema(path_prefix="/api/")
    return json_data(schema, content_type="application/vnd.oai.openapi+json")


# The models describe, and make no answer: that is done by `json_data()`.


@_get(
    "stories/",
    "api-stories",
    summary="The newest stories",
    response={200: answered.listed("Stories", answered.brief()), 304: None, 400: answered.Error},
)
def stories(request: HttpRequest, asked: Query[Filters]) -> HttpResponse:
    """The newest first; `section`, `tag`, `author` (slugs), `since` and `until` narrow them."""
    found = page_of(_asked_for(asked), asked.before, asked.limit)
    return _paged(request, found, brief)


@_get(
    "stories/{int:id}/",
    "api-story",
    summary="One story, with its sources and every change to it",
    response={200: answered.whole(), 304: None, 404: answered.Error},
)
def story(request: HttpRequest, id: int) -> HttpResponse:  # noqa: A002  (its name in the description)
    # SQLite cannot be asked for a number past 64 bits.
    version = Version.objects.live().filter(article=id).first() if id < 1 << 63 else None
    if version is None:
        raise Http404
    return json_data(whole(version))


@_get(
    "corrections/",
    "api-corrections",
    summary="Corrections, clarifications and retractions",
    response={
        200: answered.listed("Corrections", answered.correction()),
        304: None,
        400: answered.Error,
    },
)
def corrections(request: HttpRequest, asked: Query[Paged]) -> HttpResponse:
    """The newest first."""
    listed = Version.objects.of_kinds(IN_CORRECTIONS).defer(*WHOLE)
    found = page_of(listed, asked.before, asked.limit, moment="created_at")
    # Told with the story as it stands now, and not as that correction left it.
    live = Version.objects.live().defer(*WHOLE)
    now = live.by_article(row.article_id for row in found.rows)

    def correction(version: Version) -> Json:
        return _correction(version) | {"story": brief(now[version.article_id])}

    return _paged(request, found, correction)


# What ninja makes of the views is what Django asks: said here of each, and not above them.
_KEPT: dict[str, tuple[Callable[[Touched], Arguments], list[str]]] = {
    "api-root": (lambda touched: [], []),
    "api-stories": (everywhere, [*Filters.model_fields]),
    "api-story": (lambda touched: [[article] for article in touched.articles], []),
    "api-corrections": (everywhere, [*Paged.model_fields]),
}
# Without ninja's namespace: its addresses are named like all of the front.
urlpatterns = cast("list[URLPattern]", api.urls[0])
for _pattern in urlpatterns:
    _pattern.callback = kept(*_KEPT[_pattern.name or ""])(conditional(_pattern.callback))


def _asked_for(asked: Filters) -> QuerySet[Version]:
    live = Version.objects.live()
    if asked.section:
        live = live.in_section(asked.section)
    for kind, slug in ((Listing.Kind.TAG, asked.tag), (Listing.Kind.AUTHOR, asked.author)):
        if slug:
            listed = Listing.objects.filter(kind=kind, slug=slug, is_live=True)
            live = live.filter(pk__in=listed.values("version"))
    if asked.since:
        live = live.filter(published_at__gte=asked.since)
    if asked.until:
        live = live.filter(published_at__lt=asked.until)
    return live


def _paged(
    request: HttpRequest, found: Page[Version], told: Callable[[Version], Json]
) -> HttpResponse:
    items = [told(row) for row in found.rows]
    return json_data({"items": items, "next": _following(request, found)})


def _following(request: HttpRequest, found: Page[Version]) -> str | None:
    if found.older is None:
        return None
    asked = request.GET.copy()
    asked["before"] = str(found.older)
    return f"{settings.SITE_URL}{request.path}?{asked.urlencode()}"


def _address(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(f'articles:{name}', args=args)}"


def brief(version: Version) -> Json:
    """A story as lists tell of it."""
    return {
        "id": version.article_id,
        "url": f"{settings.SITE_URL}{version.get_absolute_url()}",
        "api_url": _address("api-story", version.article_id),
        "version": version.number,
        **_told(version, in_lists=True),
    }


def whole(version: Version) -> Json:
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


def _told(version: Version, *, in_lists: bool) -> Json:
    """What the table of public fields tells machines of a story."""
    told = (each for row in FIELDS.values() for each in row.machines)
    return {each.name: each.make(version) for each in told if each.in_lists == in_lists}


def _change(version: Version) -> Json:
    """What readers were told of the change that made a version."""
    return {
        "kind": version.change_kind,
        "label": version.label,
        "note": version.note,
        "place": version.place,
        "at": _iso(version.created_at),
    }


def _correction(version: Version) -> Json:
    told = _change(version)
    return {name: told[name] for name in ("kind", "note", "at")} | {"version": version.number}


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()
