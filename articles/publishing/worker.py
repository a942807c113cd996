"""The worker: publishes what is due, from a command or from the site's own process.

It begins with what a crash has left: files that a publication still owes its readers.
"""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import Error, close_old_connections

from ..kept.patience import be_patient
from ..kept.working_off import forget_old_changes, work_off
from ..prepared.preparing import draw_old_again
from ..prepared.relations import relate_next
from ..record.public_files import Swept, is_owed, sweep
from .door import publish_due

logger = logging.getLogger(__name__)

INTERVAL = 5  # seconds between two looks at the schedule: how late a story may be
A_DAY = 24 * 60 * 60  # seconds


def publish_due_once() -> int:
    """Publish what is due now; how many stories that were."""
    published = 0
    for version in publish_due():
        published += 1
        logger.info("Published %s", version.get_absolute_url())
    return published


def publish_due_forever() -> None:
    """Look again every `INTERVAL` seconds; a database that is away is waited for.

    What a crash before the start has left half-done is finished first.
    """
    swept: Swept | None = None
    forgotten = float(-A_DAY)
    while True:
        close_old_connections()
        try:
            # Later, too: of two processes that serve the site, the other may be the one that died.
            if swept is None or is_owed(apart_from=swept.lost):
                swept = sweep()
            publish_due_once()
            work_off()
            if time.monotonic() - forgotten > A_DAY:
                forget_old_changes()
                forgotten = time.monotonic()
            # After an upgrade; and what a crash has left. What is due goes on in between.
            while draw_old_again() or relate_next():
                publish_due_once()
        except (Error, OSError):
            logger.exception("The schedule could not be worked off; again in %s s", INTERVAL)
        time.sleep(INTERVAL)


def start_beside_site() -> None:
    """Run the worker in the site's own process, where the settings ask for it."""
    if settings.PUBLISHES_DUE:
        threading.Thread(target=_beside_site, daemon=True, name="publish-due").start()


def _beside_site() -> None:
    be_patient()
    publish_due_forever()
