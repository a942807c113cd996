"""Files that are whole or not there: written beside their place, flushed, and only then named."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = ".unfinished-"  # how the name of a file begins that is still being written
CHUNK = 1 << 20


@contextmanager
def written_whole(path: Path, *, is_new: bool = False) -> Iterator[IO[bytes]]:
    """A file to write into, which takes its name when all of it is on the disk, or never.

    Raises `OSError`, and leaves nothing behind, where the disk refuses; `FileExistsError` where it
    has to be a new one and the name is taken.
    """
    # In the same folder, since a rename is whole within one disk alone.
    unfinished = path.with_name(f"{UNFINISHED}{uuid4().hex}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with unfinished.open("wb") as file:
            yield file
            # Content, then name, then folder: whenever the machine stops, no name is of a part.
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            os.link(unfinished, path)  # which fails where the name is taken; a rename would not
        else:
            unfinished.replace(path)
        flush_folder(path.parent)
    finally:
        with suppress(OSError):
            # Renamed, it is gone already; linked, it has its second name still.
            unfinished.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(chunks: Iterable[bytes]) -> tuple[str, int]:
    """SHA-256, in hexadecimal, and the number of bytes."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def chunks_of(path: Path) -> Iterator[bytes]:
    """A file in pieces of at most `CHUNK` bytes. Raises `OSError`."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


class WholeFiles(FileSystemStorage):
    """A folder in which no file is ever torn, whatever stops the program."""

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        with written_whole(path, is_new=True) as file:
            for chunk in content.chunks():
                file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
        if self.file_permissions_mode is not None:
            path.chmod(self.file_permissions_mode)
        return name
