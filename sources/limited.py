"""Files of strangers are read in a process of their own: it knows no secret, has limits, and takes down nothing but itself."""

from __future__ import annotations

import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

_TOP = Path(__file__).resolve().parent.parent  # where the project's modules are found


class TooMuch(Exception):
    """The process was stopped at its limits, or crashed."""


def run_limited(module: str, file: IO[bytes], *given: str, patience: int) -> bytes:
    """What `python -m module` writes when it reads a file, from its first byte; nothing of ours is in its environment.

    The module bounds its own work by `limit_this_process()`, as the first thing that it does; `patience` is seconds
    of the clock, which also pass while the machine does something else. Raises `TooMuch`.
    """
    with TemporaryFile() as copied:
        file.seek(0)
        copyfileobj(file, copied)
        copied.seek(0)
        try:
            done = subprocess.run(  # noqa: S603  (a module of ours; no shell reads what it is given)
                [sys.executable, "-m", module, *given],
                stdin=copied,
                capture_output=True,
                timeout=patience,
                check=False,
                cwd=_TOP,
                env={"PYTHONDONTWRITEBYTECODE": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise TooMuch(f"{module} did not end") from error
    if done.returncode:
        raise TooMuch(f"{module} ended with {done.returncode}: {done.stderr[-200:]!r}")
    return done.stdout


def limit_this_process(*, memory: int, seconds: int) -> None:
    """Bytes of address space, and seconds of processor; no file is written."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
    }
    for which, most in limits.items():
        with suppress(ValueError, OSError):  # not every system knows these limits
            resource.setrlimit(which, (most, most))
