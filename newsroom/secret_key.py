"""A newsroom that sets no SECRET_KEY gets one of its own, kept beside its database."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_secret(path: Path) -> str:
    """The key kept in the file, made at the first start; readable by its owner alone.

    Raises `OSError` where the folder cannot be written: set SECRET_KEY there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as made:
            made.write(get_random_secret_key())
            made.flush()
            with suppress(FileExistsError):  # another process was first, and its key is the one
                os.link(made.name, path)
    return path.read_text(encoding="ascii")
