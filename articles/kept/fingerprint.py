"""What a page was drawn with: templates, words, code, settings and static files, as one digest.

What was drawn with another release is drawn anew for each reader, until the worker has done so.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

# Their names hold a digest of what is in them, and stand in drawn pages.
STATIC = ("articles/tokens.css", "articles/site.css", "articles/icon.svg")


def fingerprint() -> str:
    """Thirty-two hexadecimal digits. While developing, the files are looked at each time."""
    if settings.DEBUG:
        _digest.cache_clear()
    # As arguments, so that another value is another key of the cache.
    return _digest(
        settings.SITE_NAME, settings.SITE_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE
    )


@lru_cache(maxsize=4)
def _digest(*named: str) -> str:
    digest = hashlib.sha256(repr(named).encode())
    try:
        digest.update(" ".join(static(name) for name in STATIC).encode())
    except ValueError as error:
        raise ImproperlyConfigured(
            "Readers' pages name static files that are not there: run manage.py collectstatic."
        ) from error
    for file in _files():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _files() -> list[Path]:
    """In an order that is the same on every machine."""
    code = Path(__file__).resolve().parent.parent
    found = [
        *settings.TEMPLATES_DIR.rglob("*.html"),
        *settings.TEMPLATES_DIR.rglob("*.js"),
        *(words for folder in settings.LOCALE_PATHS for words in folder.rglob("*.mo")),
        *(file for folder in (code, code.parent / "sources") for file in folder.rglob("*.py")),
    ]
    # With which no page is drawn.
    beside = ("admin", "migrations", "management", "packages")
    return sorted(file for file in found if file.parent.name not in beside)
