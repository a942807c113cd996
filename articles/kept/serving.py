"""A process that serves the site: the layer before it, and a look at what changed, ten times a second."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import Error, close_old_connections

from .keeping import is_kept, queries
from .layer import Application, Keeps, KeptPages
from .renewing import renew
from .shelf import Shelf
from .working_off import release, site_shelf, work_off

logger = logging.getLogger(__name__)

EACH = 0.1  # seconds until another machine's publication is seen here
A_MINUTE = 60.0  # seconds between two removals of what was dropped
AGAIN = 2.0  # seconds until a database that is away is asked again


def with_kept_pages(application: Application) -> Application:
    """The site with its pages as files, where the settings ask for it."""
    shelf = site_shelf()
    if shelf is None:
        return application
    layer = layer_before(application, shelf)
    # First once: what was published while no process ran here is not to be sent as it was before.
    _work_off()
    threading.Thread(target=_watch, args=[layer.shelf], daemon=True, name="kept-pages").start()
    threading.Thread(target=_renew, args=[layer], daemon=True, name="renewed-pages").start()
    return layer


def _watch(shelf: Shelf) -> None:
    emptied = time.monotonic()
    while True:
        time.sleep(EACH if _work_off() else AGAIN)
        if time.monotonic() - emptied > A_MINUTE:
            shelf.empty_trash()
            emptied = time.monotonic()


def layer_before(application: Application, shelf: Shelf) -> KeptPages:
    """The layer as the settings want it."""
    keeps = Keeps(settings.SITE_URL, settings.BEHIND_PROXY, is_kept, queries, release)
    return KeptPages(application, shelf, keeps)


def _renew(layer: KeptPages) -> None:
    """Once, for a process that begins: of another release it sends what it finds until this is done."""
    try:
        if not layer.shelf.shown.startswith(release()):
            renew(layer.shelf, release(), layer.draw)
        layer.shelf.sweep()
    except (Error, OSError):
        # Readers get their pages all the same, each drawn as it is asked for.
        logger.exception("Kept pages could not be made anew")


def _work_off() -> bool:
    """Could it be done? If not, pages stay as they are until it can: the mark has not moved."""
    close_old_connections()
    try:
        work_off()
    except (Error, OSError):
        logger.exception("Kept pages could not be compared with the database; again in %s s", AGAIN)
        return False
    return True
