"""A circuit breaker: while drawing fails or hangs one page at a time is tried, and the others are refused.

Threads that wait for a database that is away would send nobody what is kept.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLOW = 2.0  # seconds of a drawing, from which on something is wrong
OPEN = 2.0  # seconds in which one alone tries


class Breaker:
    def __init__(self) -> None:
        self._open_until = 0.0
        self._trying = threading.Lock()

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """Whether something may be drawn now. One that raises or takes long opens the breaker."""
        is_open = time.monotonic() < self._open_until
        if is_open and not self._trying.acquire(blocking=False):
            yield False
            return
        began, failed = time.monotonic(), True
        try:
            yield True
            failed = time.monotonic() - began > SLOW
        finally:
            self._open_until = time.monotonic() + OPEN if failed else 0.0
            if is_open:
                self._trying.release()

    def fail(self) -> None:
        """What was drawn says that it could not be."""
        self._open_until = time.monotonic() + OPEN
