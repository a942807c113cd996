"""Reading the environment: a value that does not fit is remembered, and told by a system check.

A server does not start with one (`newsroom/wsgi.py`): a newsroom on its defaults is not this newsroom.
"""

from __future__ import annotations

import os
import tempfile
import zoneinfo
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django import VERSION
from django.core.management.utils import get_random_secret_key

ON_OR_OFF = dict.fromkeys(("on", "true", "yes", "1"), True) | dict.fromkeys(
    ("off", "false", "no", "0", ""), False
)


class Environment(environ.Env):  # type: ignore[misc]
    """`environ.Env` that goes on with the default; `mistakes` says for which variables, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.mistakes: dict[str, str] = {}

    def get_value(
        self, var: str, cast: Any = None, default: Any = None, parse_default: bool = False
    ) -> Any:
        def read() -> Any:
            return super(Environment, self).get_value(var, cast, default, parse_default)

        return self._or_default(var, read, lambda: default)

    def bool(self, var: str, default: bool = False) -> bool:
        given = self.str(var, default="on" if default else "off").lower()
        if given not in ON_OR_OFF:
            self.mistakes[var] = f"{given} is neither on nor off"
        return ON_OR_OFF.get(given, default)

    def one_of(self, var: str, choices: Iterable[str], default: str) -> str:
        """One of these values, or the default."""
        given: str = self.str(var, default=default)
        if given in choices:
            return given
        self.mistakes[var] = f"{given} is none of {', '.join(choices)}"
        return default

    def site(self, var: str, default: str) -> str:
        """Scheme and host, without anything after them."""
        given = self.str(var, default=default).rstrip("/")
        try:
            site = urlsplit(given)
            fits = site.scheme in ("http", "https") and site.hostname and not site.path
        except ValueError:
            fits = False
        if fits:
            return str(given)
        self.mistakes[var] = f"{given} is not scheme and host, such as https://news.example.org"
        return default

    def db(self, var: str, default: str) -> Any:
        """A database of the two kinds that the newsroom runs on, as Django's settings have it."""

        def read(address: str) -> Any:
            # Triggers and full text are written for these two.
            if not address.startswith(("sqlite:", "postgres:", "postgresql:")):
                raise ValueError("the database is sqlite:///… or postgres://…")
            return self.db_url_config(address)

        given = self.str(var, default=default)
        return self._or_default(var, lambda: read(given), lambda: read(default))

    def cache(self, var: str, default: str) -> Any:
        given = self.str(var, default=default)
        return self._or_default(
            var, lambda: self.cache_url_config(given), lambda: self.cache_url_config(default)
        )

    def mail(self, var: str) -> Any:
        """A mail server as Django's settings have it, such as `smtp+tls://name:password@mail.example.org:587`."""
        given: str = self.str(var, default="dummymail://") or "dummymail://"
        return self._or_default(
            var,
            lambda: self.email_url_config(given),
            lambda: self.email_url_config("dummymail://"),
        )

    def time_zone(self, var: str, default: str) -> str:
        """A name of the IANA time zone database."""
        name: str = self.str(var, default=default)
        if name in zoneinfo.available_timezones():
            return name
        self.mistakes[var] = f"{name} is not a time zone; one is called Europe/London"
        return default

    def _or_default(self, var: str, read: Callable[[], Any], default: Callable[[], Any]) -> Any:
        try:
            return read()
        except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
            self.mistakes[var] = str(error) or type(error).__name__
            return default()


def kept_secret(path: Path) -> str:
    """The SECRET_KEY of a newsroom that sets none: kept beside its database, readable by its owner alone.

    Made at the first start. Raises `OSError` where the folder cannot be written: set SECRET_KEY there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as made:
            made.write(get_random_secret_key())
            made.flush()
            # A link and no rename: it never replaces another process's key. The file is its owner's
            # alone from the start, as temporary files are.
            with suppress(FileExistsError):  # another process was first, and its key is the one
                os.link(made.name, path)
    return path.read_text(encoding="ascii")


_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
}


def mail_settings(read: dict[str, Any], *, timeout: int) -> dict[str, Any]:
    """The settings by which this Django sends mail, of what was read of an address; `timeout` in seconds.

    From 6.1 on it is `MAILERS`, and the settings of before warn.
    """
    if VERSION < (6, 1):
        return {**read, "EMAIL_TIMEOUT": timeout}
    backend, options = read["EMAIL_BACKEND"], {}
    if backend == _SMTP:
        options = {name: read[key] for key, name in _OPTIONS.items() if key in read}
        options["timeout"] = timeout
    elif "filebased" in backend:
        options["file_path"] = read["EMAIL_FILE_PATH"]
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}
