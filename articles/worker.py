"""The worker: publishes what is due, from a command or from the site's own process."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import Error, close_old_connections

from .publishing import publish_due

logger = logging.getLogger(__name__)

INTERVAL = 5  # seconds between two looks at the schedule


def publish_due_once() -> int:
    """Publish what is due now; how many stories that were."""
    published = 0
    for version in publish_due():
        published += 1
        logger.info("Published %s", version.get_absolute_url())
    return published


def publish_due_forever() -> None:
    """Look again every `INTERVAL` seconds; a database that is away is waited for."""
    while True:
        close_old_connections()
        try:
            publish_due_once()
        except Error:
            logger.exception("The schedule could not be read; trying again in %s s", INTERVAL)
        time.sleep(INTERVAL)


def start_beside_site() -> None:
    """Run the worker in the site's own process, where the settings ask for it."""
    if settings.PUBLISHES_DUE:
        threading.Thread(target=publish_due_forever, daemon=True, name="publish-due").start()
