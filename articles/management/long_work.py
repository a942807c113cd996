"""Commands that take long: their work is shared by processes, and they tell how far they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

import django
from django.core.management.base import CommandParser, OutputWrapper
from django.db import connection, connections

EACH_SECONDS = 5  # between two lines of progress
Part = TypeVar("Part")
Done = TypeVar("Done")


def takes_processes(parser: CommandParser) -> None:
    """Add `--processes`."""
    parser.add_argument(
        "--processes",
        type=int,
        default=1,
        metavar="N",
        help="share the work by so many processes; as many as the machine has cores is most",
    )


def side_by_side(
    work: Callable[[Part], Done], parts: Iterable[Part], processes: int
) -> Iterator[Done]:
    """What work makes of each part, in their order; by one process in this one.

    What goes between processes is pickled: a function of a module, and values.
    """
    if processes < 2:
        yield from map(work, parts)
        return
    # Spawned and not forked: a connection is no two processes'.
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (name,)) as pool:
        # A few at a time, since what is asked for waits in memory.
        waiting = iter(parts)
        asked = [pool.submit(work, part) for part in islice(waiting, processes * 4)]
        while asked:
            yield asked.pop(0).result()
            asked += [pool.submit(work, part) for part in islice(waiting, 1)]


def _begin(database: str) -> None:
    django.setup()
    connection.settings_dict["NAME"] = database


def told(
    what: str,
    number: int,
    each: Iterable[Done],
    stream: OutputWrapper,
    of: Callable[[Done], int] = lambda done: 1,
) -> Iterator[Done]:
    """Each of them, with a line now and then of how many of a number are done and how long the rest takes.

    `of` says for how many of the number one of them stands.
    """
    began = reported = time.monotonic()
    done = 0
    for one in each:
        if time.monotonic() - reported > EACH_SECONDS:
            reported = time.monotonic()
            rate = done / (reported - began)
            left = timedelta(seconds=round(max(0, number - done) / rate)) if rate else "?"
            stream.write(f"{done} of {number} {what}, {rate:.0f} a second, {left} left")
        yield one
        done += of(one)
