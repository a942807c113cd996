"""Is a package the story that the desk has already? Then importing it again changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models.fields.files import FieldFile

from ..models import Article
from ..text.body import read, with_keys, write
from .exporting import story_package
from .format import Package

# What is not the story's own.
LEFT_OUT = {"format", "published_at", "updated_at"}


def is_same_story(package: Package, folder: Path, article: Article) -> bool:
    """Does the package say what the desk's story says, files included?"""
    ours = story_package(article)
    entries = article.notebook.exclude(file="")
    files = [entry.file for entry in ours.notebook if entry.file]
    # Strict: both come from the notebook in its order.
    digests = dict(zip(files, (_stored(entry.file) for entry in entries), strict=True))
    # Files by what is in them: the name under which one travels says nothing.
    theirs = _canonical(package, lambda name: digest(folder / name))
    return theirs == _canonical(ours, digests.__getitem__) and _is_same_photo(
        package, folder, article
    )


def package_digest(package: Package, folder: Path) -> str:
    """What the package says, files included, as one number: the same for the same package."""
    said = _canonical(package, lambda name: digest(folder / name))
    if package.lead_photo:
        said["lead_photo"]["file"] = digest(folder / package.lead_photo.file)
    return hashlib.sha256(_written(said).encode()).hexdigest()


def _is_same_photo(package: Package, folder: Path, article: Article) -> bool:
    photo = article.lead_photo
    if photo is None or package.lead_photo is None:
        return photo is None and package.lead_photo is None
    brought = digest(folder / package.lead_photo.file)
    # The desk's photo was rebuilt from its pixels, so the file that came in is known by its digest;
    # a package of our own brings the rebuilt one.
    return brought in (photo.upload_digest, _stored(photo.file))


def _canonical(package: Package, digest_of: Callable[[str], str]) -> dict[str, Any]:
    """What the package says and does not go without saying, with references resolved, and order
    kept only where it says something."""
    # What is left out and what is given as its default say the same.
    said = defaultdict(list, package.model_dump(exclude_defaults=True, exclude=LEFT_OUT))
    # Keys name nothing outside the file, so each reference becomes what it leads to.
    sources = {one.pop("key"): one for one in said["sources"]}
    interviews = {
        one.pop("key"): one | {"source": sources[one["source"]]} for one in said["interviews"]
    }
    quotes = [one | {"interview": interviews[one["interview"]]} for one in said["quotes"]]
    ordered = _sorted(quotes)
    # A mark in the body gives the number of its quote: sorted quotes want other marks.
    numbers = {number: ordered.index(quote) for number, quote in enumerate(quotes, 1)}
    said |= {
        "body": write(with_keys(read(package.body), numbers)),
        # As tags are found on the desk (`TAGGIT_CASE_INSENSITIVE`).
        "tags": sorted({tag.casefold() for tag in package.tags}),
        "sources": _sorted(sources.values()),
        "interviews": _sorted(interviews.values()),
        "quotes": ordered,
        "anonymity": _sorted(
            one | {"source": sources[one["source"]], "attested": sorted(one.get("attested", []))}
            for one in said["anonymity"]
        ),
        "notebook": [
            one | {"file": digest_of(one["file"]) if "file" in one else ""}
            for one in said["notebook"]
        ],
    }
    if package.lead_photo:
        del said["lead_photo"]["file"]
    return said


def _sorted(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=_written)


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=_as_json)


def _as_json(value: date) -> str | float:
    """A moment is the same whatever its offset."""
    return value.timestamp() if isinstance(value, datetime) else value.isoformat()


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises `OSError`."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stored(file: FieldFile) -> str:
    with file.open("rb") as stored:
        return hashlib.sha256(stored.read()).hexdigest()
