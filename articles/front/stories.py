"""A story's own pages: the facts, the notebook, the history, each version, and ninjs."""

from __future__ import annotations

from datetime import date

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.static import serve

from ..kept.keeping import kept
from ..kept.touched import Address
from ..media.ranges import in_part
from ..models import Version
from ..prepared.frame import current_frame
from ..prepared.relations import teasers
from ..prepared.story_pages import page_at
from ..prepared.structured_data import as_ninjs
from ..record.chain import proof as proof_of
from ..record.differences import differences
from .answers import conditional, html_page, json_data, moved


def _read(address: Address) -> tuple[date, str]:
    """What stands in the address of a story that a change touched."""
    day, slug = address
    return date.fromisoformat(day), slug


@kept(lambda touched: map(_read, [*touched.addresses, *touched.shown_on]))
@require_safe
@conditional
def article(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    """A story's page, of HTML drawn when it was published; to its address now, if it has moved."""
    story = page_at(published_on, slug)
    if story is None:
        return moved(moved_from(published_on, slug).get_absolute_url())
    frame, others = current_frame(request), teasers(story.article_id)
    return HttpResponse(frame.page(story.head, story.main, others))


@kept(lambda touched: map(_read, touched.addresses))
@require_safe
@conditional
def notebook(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    version = live_at(published_on, slug)
    if version is None:
        return moved(moved_from(published_on, slug).get_notebook_url())
    return html_page(request, "articles/notebook.html", {"version": version})


@kept(lambda touched: map(_read, touched.addresses), reads=["from", "to"])
@require_safe
@conditional
def history(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    """Every version of a story, and the difference between any two of them."""
    live = live_at(published_on, slug)
    if live is None:
        return moved(moved_from(published_on, slug).get_history_url())
    versions = list(Version.objects.filter(article=live.article_id).order_by("-number"))
    pair = [_chosen(versions, request.GET.get(name, "")) for name in ("from", "to")]
    # Whichever way round they were asked for.
    older, newer = sorted(filter(None, pair), key=lambda v: v.number) if all(pair) else (None, None)
    context = {"version": live, "versions": versions, "older": older, "newer": newer}
    if older and newer:
        context["blocks"] = differences(older, newer)
    return html_page(request, "articles/history.html", context)


def _chosen(versions: list[Version], number: str) -> Version | None:
    return next((version for version in versions if str(version.number) == number), None)


@kept(
    lambda touched: (
        (*_read(address), number)
        for address in touched.addresses
        for number in range(1, touched.versions + 1)
    )
)
@require_safe
@conditional
def version(request: HttpRequest, published_on: date, slug: str, number: int) -> HttpResponse:
    """A story as readers saw it in one of its versions."""
    live = live_at(published_on, slug)
    if live is None:
        return moved(f"{moved_from(published_on, slug).get_history_url()}{number}/")
    seen = get_object_or_404(Version.objects.filter(article=live.article_id), number=number)
    context = {"version": seen, "live": live}
    return html_page(request, "articles/version.html", context)


@require_safe
def proof(request: HttpRequest, published_on: date, slug: str, number: int) -> HttpResponse:
    """What a version is for anybody's verifier, by docs/record.md: exactly what its format names.

    Nobody may keep it: once a word is withheld, an older proof would still tell it.
    """
    live = live_at(published_on, slug)
    if live is None:
        return moved(f"{moved_from(published_on, slug).get_history_url()}{number}.json")
    seen = get_object_or_404(Version.objects.filter(article=live.article_id), number=number)
    response = JsonResponse(proof_of(seen), json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@kept(lambda touched: map(_read, touched.addresses))
@require_safe
@conditional
def ninjs(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    live = live_at(published_on, slug)
    if live is None:
        return moved(moved_from(published_on, slug).get_ninjs_url())
    return json_data(as_ninjs(live))


def live_at(published_on: date, slug: str) -> Version | None:
    """The story that has this address now, if one has it."""
    return Version.objects.live().filter(published_on=published_on, slug=slug).first()


def moved_from(published_on: date, slug: str) -> Version:
    """The live version of a story that once had this address; 404 where there never was one."""
    # Each version keeps its address, so a story is found by any that it ever had.
    once = Version.objects.filter(published_on=published_on, slug=slug).values("article")[:1]
    live = Version.objects.live().filter(article__in=once).first()
    if live is None:
        raise Http404
    return live


@require_safe
def public_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or document of a published story; named by content, so kept for ever.

    A larger newsroom's web server, or its file store, answers before this does.
    """
    response = serve(request, name, document_root=storages["public"].path(""))
    etag = f'"{name}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # Files are streamed, which the types of Django's stubs do not foresee here.
    known = get_conditional_response(request, etag=etag, response=response)  # type: ignore[arg-type]
    return in_part(request, known) if isinstance(known, FileResponse) else known  # type: ignore[return-value]
