"""The frame of every page: composed into one public row, so that readers' pages read just that."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypedDict, TypeVar, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.safestring import SafeString

from ..kept.fingerprint import fingerprint
from ..kept.touched import Touched
from ..kept.working_off import touch
from ..models import Appeal, FrontStory, PageFrame, Policy, Purge, Section, Spotlight, Version
from ..models.frame import Timed, lock_front, running
from ..text.contents import RenditionTold, SectionTold

# Where in the shell of a page the story and the rail go.
HEAD, MAIN, RAIL = "<!--head-->", "<!--main-->", "<!--rail-->"
RELATED = "<!--related-->"  # where in a story its readers are led on to others

# What the columns of the row hold. `from` is no name for a class body.
Times = TypedDict("Times", {"from": float, "until": float | None})  # seconds since 1970


class PolicyLink(TypedDict):
    """`purpose` is schema.org's name for it, or empty."""

    title: str
    slug: str
    purpose: str


class FrontPlace(Times):
    article: int


class SpotlightPlace(Times):
    kicker: str
    headline: str
    path: str
    card: RenditionTold | None
    html: str  # empty until it is drawn


class AppealShown(Times):
    heading: str
    line: str
    link_text: str
    url: str
    html: str


class Shell(TypedDict):
    """HTML, cut where something goes in."""

    page: list[str]
    rail: list[str]
    spotlight: list[str]
    related: list[str]


class Composed(TypedDict):
    """What stands around the stories, as the desk has it."""

    sections: list[SectionTold]
    policies: list[PolicyLink]
    front: list[FrontPlace]
    spotlight: list[SpotlightPlace]
    appeals: list[AppealShown]


class Drawn(TypedDict):
    """The same as HTML, and with what it was drawn (`fingerprint()`)."""

    spotlight: list[SpotlightPlace]
    appeals: list[AppealShown]
    shell: Shell
    drawn_with: str


class FrameRow(Composed):
    """The row as a page reads it, once and whole."""

    shell: Shell
    drawn_with: str


# All columns but the key: those that a page reads.
COLUMNS = tuple(FrameRow.__annotations__)
Placed = TypeVar("Placed", bound=Times)


def compose_frame(touched: Touched | None = None) -> None:
    """Write the frame anew. Called where something that it shows changes.

    `touched` is what else changes with it of readers' pages.
    """
    with transaction.atomic():
        lock_front()
        _write()
        touch(touched or Touched())


def refresh_frame(version: Version, previous: Version | None) -> None:
    """Write it anew for a version just published, if it shows the story or its section changes.

    Whoever publishes holds the front.
    """
    row = PageFrame.objects.get(pk=1)
    shown = Spotlight.objects.filter(article=version.article_id).exists()
    moved = previous is not None and previous.section_slug != version.section_slug
    if shown or moved or version.section_slug not in [each["slug"] for each in row.sections]:
        _write()


def _write() -> None:
    composed = _composed()
    columns: dict[str, Any] = {**composed, **drawn(composed)}
    PageFrame.objects.filter(pk=1).update(**columns)


def _composed() -> Composed:
    # A section is public once a story in it is; until then its name may be a plan.
    in_section = Version.objects.live().filter(section_slug=OuterRef("slug"))
    sections = Section.objects.filter(Exists(in_section)).values("name", "slug")
    policies = Policy.objects.in_force().values("title", "slug", "purpose")
    chosen = list(Spotlight.objects.all())
    live = Version.objects.live().by_article(each.article_id for each in chosen)
    # A retracted story keeps its address, and is held up to nobody.
    versions = {key: version for key, version in live.items() if not version.is_retracted}
    return {
        "sections": list(sections),
        "policies": list(policies),
        "front": [
            {**_times(each), "article": each.article_id} for each in FrontStory.objects.all()
        ],
        "spotlight": [
            _spotlight_place(each, versions[each.article_id])
            for each in chosen
            if each.article_id in versions
        ],
        "appeals": [_appeal(each) for each in Appeal.objects.all()],
    }


def _times(timed: Timed) -> Times:
    until = timed.shown_until
    return {"from": timed.shown_from.timestamp(), "until": until.timestamp() if until else None}


def _spotlight_place(chosen: Spotlight, version: Version) -> SpotlightPlace:
    return {
        **_times(chosen),
        "kicker": version.kicker or version.section_name,
        "headline": version.headline,
        "path": version.get_absolute_url(),
        "card": (version.lead_photo or {}).get("card"),
        "html": "",
    }


def _appeal(appeal: Appeal) -> AppealShown:
    return {
        **_times(appeal),
        "heading": appeal.heading,
        "line": appeal.line,
        "link_text": appeal.link_text,
        "url": appeal.url,
        "html": "",
    }


def drawn(row: Composed) -> Drawn:
    """As HTML what of the frame is the same on every page; it takes the place of what was composed."""

    def draw(template: str, **context: Any) -> str:
        return render_to_string(f"articles/{template}.html", context)

    drawn_by = fingerprint()
    with translation.override(settings.LANGUAGE_CODE):
        spotlight: list[SpotlightPlace] = [
            {**place, "html": draw("_spotlight_story", place=place)} for place in row["spotlight"]
        ]
        appeals: list[AppealShown] = [
            {**appeal, "html": draw("_appeal", appeal=appeal)} for appeal in row["appeals"]
        ]
        around = {
            "sections": row["sections"],
            "policies": row["policies"],
            "rail": SafeString(RAIL),
        }
        page = draw("shell", frame=around, site_name=settings.SITE_NAME, head=HEAD, main=MAIN)
        list_of_stories = draw("_spotlight", site_name=settings.SITE_NAME, stories=RAIL)
        rail = draw("_rail", rail=RAIL)
        related = draw("_related", teasers=RELATED)
    shell: Shell = {
        "page": _parts(page, HEAD, MAIN, RAIL),
        "rail": _parts(rail, RAIL),
        "spotlight": _parts(list_of_stories, RAIL),
        "related": _parts(related, RELATED),
    }
    return {"spotlight": spotlight, "appeals": appeals, "shell": shell, "drawn_with": drawn_by}


def _parts(html: str, *marks: str) -> list[str]:
    parts = []
    for mark in marks:
        before, html = html.split(mark)
        parts.append(before)
    return [*parts, html]


class Change(NamedTuple):
    """The newest of all changes of readers' pages."""

    number: int
    at: datetime


NEVER = Change(0, datetime.fromtimestamp(0, tz=UTC))


class CurrentFrame:
    """The frame as it stands now."""

    def __init__(self, row: FrameRow, path: str, change: Change) -> None:
        self.row, self.path, self.change = row, path, change
        self.now = timezone.now().timestamp()

    @property
    def sections(self) -> list[SectionTold]:
        return list(self.row["sections"])

    @property
    def policies(self) -> list[PolicyLink]:
        return list(self.row["policies"])

    @property
    def front(self) -> list[int]:
        """The articles that editors put at the top of the front page, in their order."""
        return list(dict.fromkeys(place["article"] for place in self._running(self.row["front"])))

    @cached_property
    def rail(self) -> SafeString:
        """The appeal of this address and the Spotlight, as HTML; empty if neither is shown."""
        appeals = self._running(self.row["appeals"])
        spotlight = self._running(self.row["spotlight"])
        html = [self._of_address(appeals)["html"]] if appeals else []
        if spotlight:
            before, after = self.row["shell"]["spotlight"]
            html += [before, *(place["html"] for place in spotlight), after]
        if not html:
            return SafeString("")
        begins, ends = self.row["shell"]["rail"]
        return SafeString("".join([begins, *html, ends]))

    @property
    def stamp(self) -> str:
        """Another one whenever a page may show something else: something was published, or a time has come."""
        shown = (
            *self.change,
            self.sections,
            self.policies,
            self.row["drawn_with"],
            self.rail,
            self.front,
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def changed_at(self) -> datetime:
        """When any page last changed: a story was published, the frame was changed, or one of its
        times began or ended.
        """
        rows: list[Times] = [*self.row["front"], *self.row["spotlight"], *self.row["appeals"]]
        moments = [moment for row in rows for moment in (row["from"], row["until"]) if moment]
        passed = [moment for moment in moments if moment <= self.now]
        return datetime.fromtimestamp(
            max([self.change.at.timestamp(), *passed]), tz=timezone.get_default_timezone()
        )

    def page(self, head: str, main: str, teasers: Sequence[str] = ()) -> str:
        """A whole page; a story's leads on to others."""
        first, second, third, last = self.row["shell"]["page"]
        begins, ends = self.row["shell"]["related"]
        story, _, after = main.partition(RELATED)
        related = [begins, *teasers, ends] if teasers else []
        return "".join((first, head, second, story, *related, after, third, self.rail, last))

    def _running(self, rows: Sequence[Placed]) -> list[Placed]:
        return running(rows, self.now)

    def _of_address(self, rows: Sequence[Placed]) -> Placed:
        # Not by the clock: a page stays what it is for as long as nothing on it changes.
        return rows[zlib.crc32(self.path.encode()) % len(rows)]


# Written out for the same reason as in `story_pages.py`.
_THE_ROW = f"""
    SELECT frame.id, {", ".join(COLUMNS)}, purge.id AS change_number, purge.at AS change_at
    FROM {PageFrame._meta.db_table} AS frame
    LEFT JOIN {Purge._meta.db_table} AS purge ON purge.id = (SELECT MAX(id) FROM {Purge._meta.db_table})
    WHERE frame.id = 1
"""  # noqa: S608


def current_frame(request: HttpRequest) -> CurrentFrame:
    """What stands around the stories, read once for a request; one query."""
    frame: CurrentFrame | None = getattr(request, "current_frame", None)
    if frame is None:
        kept = next(iter(PageFrame.objects.raw(_THE_ROW)), None)
        row, change = (_as_row(kept), _change_of(kept)) if kept else (_nothing(), NEVER)
        # Drawn by another release: drawn here, until the worker has written it down.
        if row["drawn_with"] != fingerprint():
            row = {**row, **drawn(row)}
        frame = CurrentFrame(row, request.path, change)
        request.current_frame = frame  # type: ignore[attr-defined]
    return frame


def _as_row(kept: PageFrame) -> FrameRow:
    return cast("FrameRow", {name: getattr(kept, name) for name in COLUMNS})


def _change_of(kept: Any) -> Change:
    if not kept.change_number:
        return NEVER
    # SQLite tells it in words.
    told = kept.change_at
    at = told if isinstance(told, datetime) else datetime.fromisoformat(told)
    return Change(kept.change_number, at if at.tzinfo else at.replace(tzinfo=UTC))


def _nothing() -> FrameRow:
    """Of a site on which nothing was published: what is drawn with nothing is drawn anew."""
    return {
        "sections": [],
        "policies": [],
        "front": [],
        "spotlight": [],
        "appeals": [],
        "shell": {"page": [], "rail": [], "spotlight": [], "related": []},
        "drawn_with": "",
    }


def page_frame(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: `frame.sections`, `.policies` and `.rail`, read when first used."""
    return {
        "frame": SimpleLazyObject(lambda: current_frame(request)),
        "site_name": settings.SITE_NAME,
    }
