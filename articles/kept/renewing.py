"""An upgrade: every kept page is made anew in a folder of its own, and then all of them are sent at once.

Readers get the old ones meanwhile, and what changes meanwhile is dropped in both.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from uuid import uuid4

from .shelf import Page, Shelf, folder_of


def renew(shelf: Shelf, release: str, draw: Callable[[str], Page | None]) -> int:
    """Make a generation of this release out of the one that is shown; how many pages it has.

    Nothing where another process is at it. Raises `OSError`.
    """
    with (shelf.root / "renewing").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        name, number = f"{release}-{uuid4().hex[:8]}", 0
        shelf.make(name)
        for address in list(shelf.kept()):
            folder = folder_of(address)
            if folder is None:
                continue
            with shelf.open(folder, name) as place:
                page = draw(address)
                if page is None:
                    place.leave()
                else:
                    place.keep(page)
                    number += 1
        with shelf.locked():
            shelf.show(name)
    return number
