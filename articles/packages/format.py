"""What a story package may hold, as a table; and every way in which one does not fit it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import slugify

from sources.models import Interview, Source

from ..models import (
    AnonymityApproval,
    Article,
    Byline,
    CommentAttempt,
    CommentRequest,
    NotebookEntry,
)
from ..record.fields import texts
from ..text.body import photo_keys, read
from ..times import YEARS

FORMAT = "newsroom-story/1"
FieldPath = tuple[str | int, ...]
Package = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """One thing that does not fit, and where: `("sources", 2, "kind")`."""

    place: FieldPath
    message: str

    @property
    def field(self) -> str:
        """The place as people write it: `sources[2].kind`."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place)
        return "".join(steps).removeprefix(".")


Report = Callable[[FieldPath, str], None]
Check = Callable[[Any, FieldPath, Report], None]


def text(limit: int | None = None) -> Check:
    def check(value: Any, place: FieldPath, report: Report) -> None:
        if not isinstance(value, str):
            return report(place, "must be text")
        if "\x00" in value or re.search("[\ud800-\udfff]", value):
            return report(place, "holds a character that cannot be stored")
        if limit and len(value) > limit:
            return report(place, f"is {len(value)} characters long; {limit} is the most")
        return None

    return check


def filled(limit: int | None = None) -> Check:
    def check(value: Any, place: FieldPath, report: Report) -> None:
        text(limit)(value, place, report)
        if value == "" or (isinstance(value, str) and not value.strip()):
            report(place, "must not be empty")

    return check


def one_of(*choices: str) -> Check:
    def check(value: Any, place: FieldPath, report: Report) -> None:
        if value not in choices:
            report(place, f"must be one of {', '.join(choice or '“”' for choice in choices)}")

    return check


def slug(value: Any, place: FieldPath, report: Report) -> None:
    filled(120)(value, place, report)
    if isinstance(value, str) and value and not re.fullmatch(r"[-\w]+", value):
        report(place, "may hold letters, digits, hyphens and underscores only")


def boolean(value: Any, place: FieldPath, report: Report) -> None:
    if not isinstance(value, bool):
        report(place, "must be true or false")


def day(value: Any, place: FieldPath, report: Report) -> None:
    try:
        parsed = parse_date(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    except (TypeError, ValueError):
        parsed = None
    if parsed is None or parsed.year not in YEARS:
        report(place, "must be a date such as 2020-03-12")


def moment(value: Any, place: FieldPath, report: Report) -> None:
    try:
        parsed = parse_datetime(value)
    except (TypeError, ValueError):
        parsed = None
    if parsed is None or parsed.tzinfo is None or parsed.year not in YEARS:
        report(place, "must be a time with offset such as 2020-03-12T10:00:00-04:00")


def web_address(value: Any, place: FieldPath, report: Report) -> None:
    text(500)(value, place, report)
    try:
        if value != "":
            URLValidator(schemes=["http", "https"])(value)
    except (ValidationError, ValueError):
        report(place, "must be a web address")


def focal_point(value: Any, place: FieldPath, report: Report) -> None:
    numbers = (
        isinstance(value, list)
        and len(value) == 2
        and all(
            isinstance(each, int | float) and not isinstance(each, bool) and 0 <= each <= 1
            for each in value
        )
    )
    if not numbers:
        report(place, "must be two numbers from 0 to 1")


def list_of(inner: Check) -> Check:
    def check(value: Any, place: FieldPath, report: Report) -> None:
        if not isinstance(value, list):
            return report(place, "must be a list")
        for number, each in enumerate(value):
            inner(each, (*place, number), report)
        return None

    return check


def record(required: dict[str, Check], optional: dict[str, Check]) -> Check:
    fields = required | optional

    def check(value: Any, place: FieldPath, report: Report) -> None:
        if not isinstance(value, dict):
            return report(place, "must be an object")
        for name in required:
            if name not in value:
                report((*place, name), "is missing")
        for name, inner in value.items():
            if name in fields:
                fields[name](inner, (*place, name), report)
            else:
                report((*place, name), "is not a field of this format")
        return None

    return check


def _most(name: str) -> int | None:
    """Characters that the desk takes of a text."""
    return Article._meta.get_field(name).max_length  # type: ignore[union-attr]


STORY = record(
    required={"format": one_of(FORMAT), "slug": slug, "headline": filled(_most("headline"))},
    optional={
        **{
            row.name: text(_most(row.name))
            for row in texts()
            if row.is_exported and row.name != "headline"
        },
        "section": text(60),
        "tags": list_of(filled(100)),
        "bylines": list_of(record({"author": filled(120)}, {"role": one_of(*Byline.Role.values)})),
        "body": text(),
        "lead_photo": record(
            {"file": filled(1000), "credit": filled(160), "alt": filled(500)},
            {"caption": text(500), "focal_point": focal_point},
        ),
        "sources": list_of(
            record(
                {"key": filled(), "named": boolean},
                {
                    "kind": one_of(*Source.Kind.values),
                    "name": text(200),
                    "later_reference": text(120),
                    "description": text(200),
                    "reason": text(300),
                    "authorization": one_of(*Source.Authorization.values),
                    "affiliations": list_of(
                        record(
                            {},
                            {
                                "title": text(160),
                                "organization": text(200),
                                "place": text(120),
                                "current": boolean,
                            },
                        )
                    ),
                },
            )
        ),
        "interviews": list_of(
            record(
                {
                    "key": filled(),
                    "source": filled(),
                    "on": day,
                    "how": one_of(*Interview.How.values),
                    "terms": one_of(*Interview.Terms.values),
                },
                {"by": text(120), "terms_as_agreed": text(300)},
            )
        ),
        "quotes": list_of(record({"interview": filled(), "words": filled()}, {"context": text()})),
        "anonymity": list_of(
            record(
                {"source": filled(), "reason": filled()},
                {"attested": list_of(one_of(*AnonymityApproval.ATTESTATIONS))},
            )
        ),
        "comment_requests": list_of(
            record(
                {"asked": filled(200)},
                {
                    "about": text(300),
                    "attempts": list_of(
                        record(
                            {"at": moment, "channel": one_of(*CommentAttempt.Channel.values)}, {}
                        )
                    ),
                    "deadline": moment,
                    "outcome": one_of(*CommentRequest.Outcome.values),
                    "answer": text(),
                },
            )
        ),
        "notebook": list_of(
            record(
                {"kind": one_of(*NotebookEntry.Kind.values), "title": filled(200)},
                {"url": web_address, "file": text(1000), "note": text()},
            )
        ),
        "published_at": moment,
        "updated_at": moment,
    },
)


def problems_of(package: Any) -> list[Problem]:
    """Everything about a package that does not fit, in the order in which it stands."""
    found: list[Problem] = []

    def report(place: FieldPath, message: str) -> None:
        found.append(Problem(place, message))

    STORY(package, (), report)
    if not found:
        _check_meaning(package, report)
    return found


def _check_meaning(package: Package, report: Report) -> None:
    """What one field says of another; only where each fits by itself."""
    sources = _check_keys(package, "sources", report)
    interviews = _check_keys(package, "interviews", report)
    for number, source in enumerate(package.get("sources", [])):
        _check_source(source, ("sources", number), report)
    _check_references(package, "interviews", "source", sources, report)
    _check_references(package, "quotes", "interview", interviews, report)
    _check_references(package, "anonymity", "source", sources, report)
    _check_anonymity(package, report)
    _check_photos(package, report)
    _check_notebook(package, report)
    _check_times(package, report)
    _check_twice(package, "bylines", ("author", "role"), report)
    if package.get("section") and not slugify(package["section"], allow_unicode=True):
        report(("section",), "needs a letter or a digit")


def _check_anonymity(package: Package, report: Report) -> None:
    named = {one["key"] for one in package.get("sources", []) if one["named"]}
    _check_twice(package, "anonymity", ("source",), report)
    for number, request in enumerate(package.get("anonymity", [])):
        if request["source"] in named:
            message = "is a named source, for whom nothing needs approval"
            report(("anonymity", number, "source"), message)


def _check_photos(package: Package, report: Report) -> None:
    """The key of another desk's photo would show some other photo here."""
    if keys := photo_keys(read(package.get("body", ""))):
        photos = ", ".join(map(str, keys))
        report(("body",), f"names photos of a desk, which a package cannot bring: {photos}")


def _check_notebook(package: Package, report: Report) -> None:
    for number, entry in enumerate(package.get("notebook", [])):
        if entry["kind"] == "note" and not entry.get("note"):
            report(("notebook", number, "note"), "is missing: a note says something")
        if entry["kind"] != "note" and not (entry.get("url") or entry.get("file")):
            report(("notebook", number), "needs a url or a file")


def _check_twice(package: Package, name: str, fields: tuple[str, ...], report: Report) -> None:
    seen: set[tuple[Any, ...]] = set()
    for number, one in enumerate(package.get(name, [])):
        said = tuple(one.get(field) for field in fields)
        if said in seen:
            report((name, number), "stands twice")
        seen.add(said)


def _check_times(package: Package, report: Report) -> None:
    published_at, updated_at = moment_of(package, "published_at"), moment_of(package, "updated_at")
    if published_at and updated_at and updated_at < published_at:
        report(("updated_at",), "is before the story was published")


def moment_of(package: Package, field: str) -> datetime | None:
    """A time in a package that fits."""
    return parse_datetime(package[field]) if field in package else None


def _check_keys(package: Package, name: str, report: Report) -> set[str]:
    keys: set[str] = set()
    for number, one in enumerate(package.get(name, [])):
        if one["key"] in keys:
            report((name, number, "key"), f"stands twice: {one['key']}")
        keys.add(one["key"])
    return keys


def _check_references(
    package: Package, name: str, field: str, keys: set[str], report: Report
) -> None:
    for number, one in enumerate(package.get(name, [])):
        if one[field] not in keys:
            report((name, number, field), f"no such key in this package: {one[field]}")


def _check_source(source: Package, place: FieldPath, report: Report) -> None:
    if source["named"] and not source.get("name", "").strip():
        report((*place, "name"), "is missing: a named source has a name")
    if not source["named"] and source.get("name"):
        report((*place, "name"), "must not be given: who an anonymous source is stays out of here")
    if not source["named"] and not source.get("description", "").strip():
        report((*place, "description"), "is missing: say how the story describes this source")
    for number, one in enumerate(source.get("affiliations", [])):
        if not any(one.get(field) for field in ("title", "organization", "place")):
            report(
                (*place, "affiliations", number), "says nothing: give title, organization or place"
            )
