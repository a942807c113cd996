"""Is a package the story that the desk has already? Then importing it again changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils.dateparse import parse_datetime

from sources.models import Source

from ..models import Article, Byline
from ..text.body import read, with_keys, write
from .exporting import story_package
from .format import Package

DEFAULTS = {
    "kind": Source.Kind.PERSON.value,
    "authorization": Source.Authorization.UNKNOWN.value,
    "role": Byline.Role.BY.value,
    "current": True,
    "focal_point": [0.5, 0.5],
}
# What names things within one package, or is not the story's own.
LEFT_OUT = ("key", "format", "published_at", "updated_at")


def is_same_story(package: Package, folder: Path, article: Article) -> bool:
    """Does the package say what the desk's story says, files included?"""
    ours = story_package(article)
    entries = article.notebook.exclude(file="")
    files = [entry["file"] for entry in ours["notebook"] if entry.get("file")]
    digests = dict(zip(files, (_stored(entry.file) for entry in entries), strict=True))
    theirs = _canonical(package, lambda name: digest(folder / name))
    return theirs == _canonical(ours, digests.__getitem__) and _is_same_photo(
        package, folder, article
    )


def package_digest(package: Package, folder: Path) -> str:
    """What the package says, files included, as one number: the same for the same package."""
    said = _canonical(package, lambda name: digest(folder / name))
    if "lead_photo" in package:
        said["lead_photo"]["file"] = digest(folder / package["lead_photo"]["file"])
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _is_same_photo(package: Package, folder: Path, article: Article) -> bool:
    photo = article.lead_photo
    if photo is None or "lead_photo" not in package:
        return photo is None and "lead_photo" not in package
    brought = digest(folder / package["lead_photo"]["file"])
    return brought in (photo.upload_digest, _stored(photo.file))


def _canonical(package: Package, digest_of: Callable[[str], str]) -> Package:
    """The package with references resolved, and order kept only where it says something."""
    sources = {one["key"]: _plain(one) for one in package.get("sources", [])}
    interviews = {
        one["key"]: _plain(one) | {"source": sources[one["source"]]}
        for one in package.get("interviews", [])
    }
    quotes = [
        _plain(one) | {"interview": interviews[one["interview"]]}
        for one in package.get("quotes", [])
    ]
    ordered = _sorted(quotes)
    places = {place: ordered.index(quote) for place, quote in enumerate(quotes, 1)}
    story: Package = _plain(package) | {
        "body": write(with_keys(read(package.get("body", "")), places)),
        "tags": sorted({tag.casefold() for tag in package.get("tags", [])}),
        "sources": _sorted(sources.values()),
        "interviews": _sorted(interviews.values()),
        "quotes": ordered,
        "anonymity": _sorted(
            _plain(one)
            | {"source": sources[one["source"]], "attested": sorted(one.get("attested", []))}
            for one in package.get("anonymity", [])
        ),
        "notebook": [
            _plain(one) | {"file": digest_of(one["file"]) if one.get("file") else ""}
            for one in package.get("notebook", [])
        ],
    }
    if "lead_photo" in story:
        story["lead_photo"].pop("file")
    return story


def _plain(value: Any) -> Any:
    """A value with what is empty or by default left out, and times as moments."""
    if isinstance(value, dict):
        kept = {name: _plain(inner) for name, inner in value.items() if name not in LEFT_OUT}
        return {
            name: inner
            for name, inner in kept.items()
            if inner not in ("", [], {}) and DEFAULTS.get(name) != inner
        }
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    moment = _moment(value)
    return moment if moment is not None else value


def _moment(value: Any) -> float | None:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.timestamp() if moment and moment.tzinfo else None


def _sorted(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=lambda value: json.dumps(value, sort_keys=True))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stored(file: FieldFile) -> str:
    with file.open("rb") as stored:
        return hashlib.sha256(stored.read()).hexdigest()
