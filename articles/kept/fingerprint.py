"""What readers' pages are drawn with, and nothing else, as one digest: templates, words, code, libraries, settings.

What was drawn with another release is drawn anew for each reader, until the worker has done so.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

# Their names hold a digest of what is in them, and stand in drawn pages.
STATIC = ("articles/tokens.css", "articles/site.css", "articles/icon.svg")
# Another version of these may draw otherwise.
LIBRARIES = ("Django", "django-csp", "django-ninja", "pydantic")
# The code that draws; a test reads every page, and sees that nothing else runs.
_ROOMS = ("front", "kept", "media", "models", "prepared", "record", "templatetags", "text")
_MODULES = (
    *("articles/stages.py", "articles/times.py", "sources/*.py", "sources/prose/*.py"),
    *("newsroom/middleware.py", "newsroom/settings.py", "newsroom/urls.py"),
)


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
    digest.update(" ".join(map(version, LIBRARIES)).encode())
    for file in files():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def files() -> list[Path]:
    """In an order that is the same on every machine."""
    articles = Path(__file__).resolve().parent.parent
    templates = settings.TEMPLATES_DIR
    found = [
        *(templates / "articles").rglob("*"),
        *templates.glob("*.html"),
        *(words for folder in settings.LOCALE_PATHS for words in folder.rglob("*.mo")),
        *(file for room in _ROOMS for file in (articles / room).rglob("*.py")),
        *(file for pattern in _MODULES for file in articles.parent.glob(pattern)),
    ]
    return sorted(file for file in found if file.is_file() and file.name != "admin.py")
