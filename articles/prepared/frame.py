"""The frame of every page: composed into one public row, so that readers' pages read just that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.safestring import SafeString

from ..models import Appeal, FrontStory, PageFrame, Policy, Section, Spotlight, Version
from ..models.frame import Timed, lock_front
from .fingerprint import fingerprint

CACHE_SECONDS = 60  # how long another process may show what has just been replaced
TURN = timedelta(minutes=1)  # of each of the appeals that run at the same time

FrameRow = dict[str, Any]
COLUMNS = (
    *("sections", "policies", "front", "spotlight", "appeals", "shell"),
    *("composed_at", "published_at", "drawn_with"),
)
# Where in the shell of a page the story and the rail go.
HEAD, MAIN, RAIL = "<!--head-->", "<!--main-->", "<!--rail-->"


def _key() -> str:
    """Two releases that share a cache do not share what they draw."""
    return f"frame-{fingerprint()}"


def compose_frame() -> None:
    """Write the frame anew. Called where something that it shows changes."""
    with transaction.atomic():
        lock_front()
        _write()


def _write() -> None:
    PageFrame.objects.filter(pk=1).update(**drawn(_composed()), composed_at=timezone.now())
    transaction.on_commit(lambda: cache.delete(_key()))


def stamp_publication() -> None:
    """Every list may have changed with it."""
    PageFrame.objects.filter(pk=1).update(published_at=timezone.now())
    # After the commit: another process that fills the cache before it would fill it with the old row.
    transaction.on_commit(lambda: cache.delete(_key()))


def refresh_frame(version: Version, previous: Version | None) -> None:
    """Write it anew for a version just published, if it shows the story or its section changes.

    Whoever publishes holds the front already.
    """
    shown = Spotlight.objects.filter(article=version.article_id).exists()
    row = PageFrame.objects.filter(pk=1).first()
    sections = [section["slug"] for section in row.sections] if row else []
    moved = previous is not None and previous.section_slug != version.section_slug
    if shown or moved or version.section_slug not in sections:
        _write()


def _composed() -> FrameRow:
    # A section is public once a story in it is; until then its name may be a plan.
    in_section = Version.objects.live().filter(section_slug=OuterRef("slug"))
    places = list(Spotlight.objects.all())
    live = Version.objects.live().by_article(place.article_id for place in places)
    versions = {key: version for key, version in live.items() if not version.is_retracted}
    return {
        "sections": list(Section.objects.filter(Exists(in_section)).values("name", "slug")),
        "policies": list(Policy.objects.in_force().values("title", "slug", "purpose")),
        "front": [
            _times(place) | {"article": place.article_id} for place in FrontStory.objects.all()
        ],
        "spotlight": [
            _times(place) | _card(versions[place.article_id])
            for place in places
            if place.article_id in versions
        ],
        "appeals": [
            _times(appeal)
            | {
                "heading": appeal.heading,
                "line": appeal.line,
                "link_text": appeal.link_text,
                "url": appeal.url,
            }
            for appeal in Appeal.objects.all()
        ],
    }


def _times(timed: Timed) -> FrameRow:
    until = timed.shown_until
    return {"from": timed.shown_from.timestamp(), "until": until.timestamp() if until else None}


def _card(version: Version) -> FrameRow:
    return {
        "kicker": version.kicker or version.section_name,
        "headline": version.headline,
        "path": version.get_absolute_url(),
        "card": (version.lead_photo or {}).get("card"),
    }


def drawn(row: FrameRow) -> FrameRow:
    """The frame with everything as HTML that is the same on every page."""

    def draw(template: str, **context: Any) -> str:
        return render_to_string(f"articles/{template}.html", context)

    drawn_by = fingerprint()
    with translation.override(settings.LANGUAGE_CODE):
        spotlight = [
            place | {"html": draw("_spotlight_story", place=place)} for place in row["spotlight"]
        ]
        appeals = [appeal | {"html": draw("_appeal", appeal=appeal)} for appeal in row["appeals"]]
        around = {
            "sections": row["sections"],
            "policies": row["policies"],
            "rail": SafeString(RAIL),
        }
        page = draw("shell", frame=around, site_name=settings.SITE_NAME, head=HEAD, main=MAIN)
        list_of_stories = draw("_spotlight", site_name=settings.SITE_NAME, stories=RAIL)
        rail = draw("_rail", rail=RAIL)
    shell = {
        "page": _parts(page, HEAD, MAIN, RAIL),
        "rail": _parts(rail, RAIL),
        "spotlight": _parts(list_of_stories, RAIL),
    }
    return row | {
        "spotlight": spotlight,
        "appeals": appeals,
        "shell": shell,
        "drawn_with": drawn_by,
    }


def _parts(html: str, *marks: str) -> list[str]:
    parts = []
    for mark in marks:
        before, html = html.split(mark)
        parts.append(before)
    return [*parts, html]


class CurrentFrame:
    """The frame as it stands now."""

    def __init__(self, row: FrameRow) -> None:
        self.row = row
        self.now = timezone.now().timestamp()

    @property
    def sections(self) -> list[FrameRow]:
        return list(self.row["sections"])

    @property
    def policies(self) -> list[FrameRow]:
        return list(self.row["policies"])

    @property
    def front(self) -> list[int]:
        """The articles that editors put at the top of the front page, in their order."""
        return list(dict.fromkeys(place["article"] for place in self._running("front")))

    @cached_property
    def rail(self) -> SafeString:
        appeals, places = self._running("appeals"), self._running("spotlight")
        html = [self._in_turn(appeals)["html"]] if appeals else []
        if places:
            before, after = self.row["shell"]["spotlight"]
            html += [before, *(place["html"] for place in places), after]
        if not html:
            return SafeString("")
        begins, ends = self.row["shell"]["rail"]
        return SafeString("".join([begins, *html, ends]))

    @property
    def stamp(self) -> str:
        """Another one whenever something else is shown."""
        shown = (self.row["composed_at"], self.row["drawn_with"], self.rail, self.front)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def changed_at(self) -> datetime:
        """When any page last changed: a story was published, the frame was changed, or one of its
        times began, ended or took its turn.
        """
        rows = [row for name in ("front", "spotlight", "appeals") for row in self.row[name]]
        moments = [moment for row in rows for moment in (row["from"], row["until"]) if moment]
        if len(self._running("appeals")) > 1:
            moments.append(self.now - self.now % TURN.total_seconds())
        passed = [moment for moment in moments if moment <= self.now]
        last: datetime = max(self.row["composed_at"], self.row["published_at"])
        return datetime.fromtimestamp(max([last.timestamp(), *passed]), tz=last.tzinfo)

    def page(self, head: str, main: str) -> str:
        """A whole page around a story."""
        first, second, third, last = self.row["shell"]["page"]
        return "".join((first, head, second, main, third, self.rail, last))

    def _running(self, name: str) -> list[FrameRow]:
        return [
            row
            for row in self.row[name]
            if row["from"] <= self.now and not (row["until"] and row["until"] <= self.now)
        ]

    def _in_turn(self, rows: list[FrameRow]) -> FrameRow:
        return rows[int(self.now // TURN.total_seconds()) % len(rows)]


# Written out for the same reason as in `story_pages.py`.
_THE_ROW = f"SELECT id, {', '.join(COLUMNS)} FROM {PageFrame._meta.db_table} WHERE id = 1"  # noqa: S608


def current_frame() -> CurrentFrame:
    """What stands around the stories at this moment: one query, or none for a minute after it."""
    row = cache.get(_key())
    if row is None:
        kept = next(iter(PageFrame.objects.raw(_THE_ROW)), None)
        row = {name: getattr(kept, name) for name in COLUMNS} if kept else _nothing()
        # Drawn by another release: drawn here, until `refresh_front` has written it down.
        if row["drawn_with"] != fingerprint():
            row = drawn(row)
        cache.set(_key(), row, CACHE_SECONDS)
    return CurrentFrame(row)


def _nothing() -> FrameRow:
    names: Iterable[str] = ("sections", "policies", "front", "spotlight", "appeals")
    never = datetime.fromtimestamp(0, tz=timezone.get_default_timezone())
    return {name: [] for name in names} | {
        "composed_at": never,
        "published_at": never,
        "drawn_with": "",
    }


def page_frame(request: HttpRequest) -> FrameRow:
    """Context processor: `frame.sections`, `.policies` and `.rail`, read when first used."""
    return {"frame": SimpleLazyObject(current_frame), "site_name": settings.SITE_NAME}
