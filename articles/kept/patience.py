"""How long a page waits for PostgreSQL: not for ever, whether it works on a query or is silent.

A server that refuses says so at once. One that was stopped, or whose network is gone, says nothing, and a thread
that waits for it sends nobody the pages that are kept.
"""

from __future__ import annotations

import math
import select
import threading
import time
from typing import Any

import psycopg2
from django.db import connection
from psycopg2 import extensions

A_QUERY = 6  # seconds, after which the server gives a query of a page up
SILENCE = 7  # seconds in which the server has to answer a page, or the page gives it up
WORKER = 600  # seconds that a worker waits: to index every story anew takes minutes
# A page connects anew to a server that was silent just now, and expects less of it.
STILL_SILENT = 2  # seconds
JUST_NOW = 15  # seconds

_this_thread = threading.local()
_silent_at = -math.inf  # by the monotonic clock, for all threads


def limit_patience() -> None:
    """From now on, in this process. Of another engine nothing is to be limited."""
    if connection.vendor == "postgresql":
        connection.settings_dict["OPTIONS"]["options"] = f"-c statement_timeout={A_QUERY}s"
        extensions.set_wait_callback(_wait)


def be_patient() -> None:
    """Wait longer in this thread, which serves nobody."""
    if connection.vendor == "postgresql":
        # The connection is this thread's own, and its settings are not.
        options = {**connection.settings_dict["OPTIONS"], "options": "-c statement_timeout=0"}
        connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
    _this_thread.is_patient = True


def _wait(server: Any) -> None:
    """Wait until the server has answered. Raises `OperationalError`; the connection is of no use then."""
    global _silent_at
    began = time.monotonic()
    is_connecting = server.status == extensions.STATUS_SETUP
    limit = STILL_SILENT if is_connecting and began - _silent_at < JUST_NOW else SILENCE
    if not is_connecting and getattr(_this_thread, "is_patient", False):
        limit = WORKER
    while (state := server.poll()) != extensions.POLL_OK:
        ready = select.poll()  # and not `select()`, which knows the first thousand files alone
        ready.register(server, select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
        left = max(0.0, began + limit - time.monotonic()) * 1_000
        if not ready.poll(left):
            _silent_at = time.monotonic()
            # psycopg2 closes the connection for it; to do so here would wait for a lock that it holds.
            raise psycopg2.OperationalError(f"The database was silent for {limit} seconds.")
    _silent_at = -math.inf
