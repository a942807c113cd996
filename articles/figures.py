"""Photos and pull quotes in the text of a story: as the desk keeps them, and as readers see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.template.loader import render_to_string

from sources.hypertext import read

from .body import photo_keys, replace_photos, replace_pull_quotes
from .models import Photo

ShowPhoto = Callable[[Photo], dict[str, Any]]


def photos_in(html: str) -> dict[int, Photo]:
    """The photos of a clean body that are in the library, by their keys, in their order."""
    keys = photo_keys(html)
    found = Photo.objects.in_bulk(keys) if keys else {}
    return {key: found[key] for key in keys if key in found}


def show_figures(html: str, show_photo: ShowPhoto) -> str:
    """A clean body with its photos and pull quotes as readers get them.

    A photo that is no longer in the library is left out; the check has told of it.
    """
    photos = photos_in(html)
    shown = {
        key: render_to_string("articles/_photo.html", {"photo": show_photo(photo)}).strip()
        for key, photo in photos.items()
    }
    html = replace_photos(html, lambda key: shown.get(key, ""))
    return replace_pull_quotes(html, lambda words: f'<aside class="pull-quote">{words}</aside>')


# What readers got

_SHOWN = re.compile(r'<figure class="story-photo[^"]*">.*?</figure>', re.DOTALL)
_FILES = re.compile(r'<source\b[^>]*>| (?:src|srcset|sizes)="[^"]*"')
_ALT, _SRC = re.compile(r' alt="([^"]*)"'), re.compile(r' src="([^"]*)"')
_CREDIT = re.compile(r'<span class="credit">(.*?)</span>', re.DOTALL)


def without_photos(html: str) -> str:
    """The body of a version as if nobody had put a photo into it."""
    return _SHOWN.sub("", html)


def without_files(html: str) -> str:
    """The body of a version, its photos without the files that show them."""
    return _SHOWN.sub(lambda found: _FILES.sub("", found[0]), html)


def replace_shown(html: str, told: Callable[[dict[str, str]], str]) -> str:
    """The body of a version with something else in the place of each photo, by what it tells."""
    return _SHOWN.sub(lambda found: told(_described(found[0])), html)


def shown_photos(html: str) -> list[dict[str, str]]:
    """What a version tells of each photo in its text: file, credit, words and alternative text."""
    return [_described(found[0]) for found in _SHOWN.finditer(html)]


def _described(figure: str) -> dict[str, str]:
    alt, src, credit = (pattern.search(figure) for pattern in (_ALT, _SRC, _CREDIT))
    return {
        "file": unescape(src[1]) if src else "",
        "alt": unescape(alt[1]) if alt else "",
        "credit": read(credit[1]).text if credit else "",
        "caption": read(_CREDIT.sub("", figure)).text.strip(),
    }
