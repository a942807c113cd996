"""Reading the environment: a value that does not fit is remembered, and told by a system check."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import environ


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

    def db(self, var: str, default: str) -> Any:
        given = self.str(var, default=default)
        if urlsplit(given).scheme not in ("sqlite", "postgres", "postgresql"):
            self.mistakes[var] = "the database is sqlite:///… or postgres://…"
            given = default
        return self.db_url_config(given)

    def cache(self, var: str, default: str) -> Any:
        given = self.str(var, default=default)
        return self._or_default(
            var, lambda: self.cache_url_config(given), lambda: self.cache_url_config(default)
        )

    def time_zone(self, var: str, default: str) -> str:
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
