"""Working off: what changes touched is dropped, and what stands on every page begins a new generation.

Called after each commit, by the worker, and when a process starts: as often as one likes, by any number
of processes. How far a shelf has come is its own mark, so every machine has its own, and a new one begins.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from ..models import PageFrame, Purge
from ..models.frame import running
from .fingerprint import fingerprint
from .keeping import addresses
from .shelf import Shelf, folder_of
from .touched import Touched

KEPT_FOR = timedelta(days=7)  # a shelf that was away for longer begins anew
# HTTP knows whole seconds: of two changes in one, a page would have the same time, and in caches the
# same validator. So the second has a later one; but time runs no further ahead than this.
A_SECOND, MOST_AHEAD = timedelta(seconds=1), timedelta(minutes=1)
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def site_shelf() -> Shelf | None:
    """Where this machine keeps its pages; None where it keeps none."""
    return Shelf(Path(settings.PAGES_ROOT)) if settings.PAGES_ROOT else None


def release() -> str:
    """With what pages are drawn, in the name of their generation."""
    return fingerprint()[:12]


def touch(touched: Touched, *, at_once: bool = True) -> None:
    """Say what a change touches, in its transaction; the pages are dropped right after it, or at the next look.

    Whoever calls it holds the front. A shelf that cannot be reached then fails no publication: the row
    waits for the worker.
    """
    last = Purge.objects.order_by("-pk").values_list("at", flat=True).first()
    Purge.objects.create(touched=asdict(touched), at=_later_than(last) if last else timezone.now())
    if at_once:
        transaction.on_commit(work_off, robust=True)


def _later_than(last: datetime) -> datetime:
    now, next_second = timezone.now(), last.replace(microsecond=0) + A_SECOND
    return now if next_second > now + MOST_AHEAD else max(now, next_second)


def work_off() -> int:
    """Drop what was touched since the mark; how many changes that were. Raises `OSError`."""
    shelf = site_shelf()
    if shelf is None:
        return 0
    with shelf.locked():
        mark = shelf.remembered()
        newest = Purge.objects.order_by("-pk").first()
        now = _mark(newest)
        if now == mark and shelf.shown:
            return 0
        if not shelf.shown or _is_lost(mark) or mark["around"] != now["around"]:
            begin_anew(shelf)
            shelf.remember(now)
            return 0
        rows = Purge.objects.filter(pk__gt=mark["at"], pk__lte=now["at"]).order_by("pk")
        changes = [Touched.read(row.touched) for row in rows]
        if mark["front"] != now["front"]:
            changes.append(Touched())  # by an editor or by its time, another story comes first
        if any(change.everything for change in changes):
            begin_anew(shelf)
        else:
            _drop(shelf, changes)
        shelf.remember(now)
    return len(changes)


def begin_anew(shelf: Shelf) -> None:
    """Send a generation that is empty yet. Whoever calls it holds the shelf."""
    shelf.show(f"{release()}-{uuid4().hex[:8]}")


def _drop(shelf: Shelf, changes: list[Touched]) -> None:
    found = {address for each in changes for address in addresses(each)}
    for folder in filter(None, map(folder_of, found)):
        shelf.drop(folder)


def _mark(newest: Purge | None) -> dict[str, Any]:
    """How far the changes go, and what stands on every page, at this moment."""
    at = {"at": newest.pk if newest else 0, "since": newest.at.isoformat() if newest else ""}
    return {**at, "on": _whereabouts(), **_shown_everywhere()}


def _is_lost(mark: dict[str, Any]) -> bool:
    """Is a mark of another database, of another state of this one, or of before a crash of the machine?"""
    if not {"at", "since", "on", "around", "front"} <= mark.keys() or mark["on"] != _whereabouts():
        return True
    # The row that it names is there, and is the same one: a database that was made anew counts from 1, too.
    row = Purge.objects.filter(pk=mark["at"]).first()
    return bool((row.at.isoformat() if row else "") != mark["since"])


def _whereabouts() -> str:
    """Of the database and of the machine's start: pages are not flushed to the disk one by one."""
    boot = ""
    with suppress(OSError):
        boot = _BOOT.read_text().strip()
    kept = connection.settings_dict
    return hashlib.sha256(
        repr((boot, kept["NAME"], kept["HOST"], kept["PORT"])).encode()
    ).hexdigest()


def _shown_everywhere() -> dict[str, str]:
    """What stands on every page at this moment, by what it says, and what stands first on the front."""
    read = PageFrame.objects.only("sections", "policies", "front", "spotlight", "appeals")
    row = read.filter(pk=1).first() or PageFrame()
    at = timezone.now().timestamp()
    rail = [
        {name: value for name, value in place.items() if name != "html"}
        for place in (*running(row.spotlight, at), *running(row.appeals, at))
    ]
    front = [place["article"] for place in running(row.front, at)]
    return {"around": _digest(row.sections, row.policies, rail), "front": _digest(front)}


def _digest(*told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def forget_old_changes() -> None:
    """Remove the rows that every shelf has worked off, or will begin anew without; the newest stays."""
    old = Purge.objects.filter(at__lt=timezone.now() - KEPT_FOR)
    old.exclude(pk=Purge.objects.aggregate(newest=Max("pk"))["newest"]).delete()
