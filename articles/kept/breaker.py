"""A circuit breaker: while the site fails or hangs one request at a time is tried, and the others are refused.

Threads that wait for a database that is away would send nobody what is kept.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLOW = 4.0  # seconds of one request, from which on something is wrong
OPEN = 2.0  # seconds in which one alone tries


class Breaker:
    """`hanging` is how many requests have to hang before the others are refused."""

    def __init__(self, hanging: int = 1) -> None:
        self._hanging = hanging
        self._open_until = 0.0
        self._trying = threading.Lock()
        # When each of those that are under way began, by its thread.
        self._begun: dict[int, float] = {}

    @property
    def is_open(self) -> bool:
        now = time.monotonic()
        # What hangs tells before it ends.
        hang = sum(now - at > SLOW for at in list(self._begun.values()))
        return now < self._open_until or hang >= self._hanging

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """Whether something may be asked of the site now. What raises opens the breaker; so does `fail()`."""
        is_open = self.is_open
        if is_open and not self._trying.acquire(blocking=False):
            yield False
            return
        thread = threading.get_ident()
        self._begun[thread] = began = time.monotonic()
        failed = True
        try:
            yield True
            # One that is slow where others are not is slow by itself.
            failed = self._hanging == 1 and time.monotonic() - began > SLOW
        finally:
            del self._begun[thread]
            if failed:
                self.fail()
            elif is_open:
                self._open_until = 0.0
            if is_open:
                self._trying.release()

    def fail(self) -> None:
        """What was answered says that it could not be."""
        self._open_until = time.monotonic() + OPEN
