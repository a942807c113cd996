"""The shelf: readers' pages as files. Each is there whole or not at all, and none outlives a change.

A page's address is a folder in the generation of files that is current, and the page stands in it:
`/tag/ice/` is `current/tag/ice/=/v/page.html`, with `page.html.gz` and `head` beside it. Nothing else says
what is kept, so every step here may be taken twice, by anybody, after any crash.

No Django and no database: a web server sends the files, too.
"""

from __future__ import annotations

import errno
import fcntl
import gzip
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from uuid import uuid4

# How a page's file is called, by what it holds: a web server learns the type from the name.
SUFFIXES = {
    "text/html": "html",
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "application/feed+json": "feedjson",
    "application/json": "json",
    "application/vnd.oai.openapi+json": "openapi",
    "application/xml": "xml",
    "text/plain": "txt",
}
_PAGE, _KEPT, _HEAD = "=", "v", "head"
_AT_WORK = 60  # seconds that a page may take from its first byte to its place
_LONGEST = 254  # bytes of one part of an address, with the “=” behind it
_TOO_SMALL = 200  # bytes, below which compressing saves nothing


class Page(NamedTuple):
    """An answer as it is kept: its headers, without those that a server makes, and its body."""

    headers: list[tuple[str, str]]
    body: bytes
    modified: int  # whole seconds since 1970

    @property
    def suffix(self) -> str:
        kind = next((value for name, value in self.headers if name == "Content-Type"), "")
        return SUFFIXES.get(kind.split(";")[0], "")


@dataclass(frozen=True)
class Coded:
    """A body in one coding, and its validator."""

    body: bytes
    etag: str


@dataclass(frozen=True)
class KeptPage:
    """A page as it was found on the shelf."""

    headers: list[tuple[str, str]]
    modified: int
    plain: Coded
    gzipped: Coded | None


def etag(modified: int, size: int) -> str:
    """As nginx makes it of a file, so that machines and servers agree."""
    return f'"{modified:x}-{size:x}"'


def folder_of(address: str) -> str | None:
    """Where a page stands in a generation; None for an address that can be no folder.

    `address` is the decoded path, of the bytes that a reader sent.
    """
    parts = address.split("/")
    if parts[0] or "" in parts[1:-1] or "\0" in address:
        return None
    for part in parts:
        if part.startswith(".") or part.endswith(_PAGE) or len(os.fsencode(part)) > _LONGEST:
            return None
    return f"{address[1:]}{_PAGE}"


class Shelf:
    """The pages kept in a folder. It is made where it is missing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current = root / "current"
        self._current = f"{self.current}/"
        self._trash = root / "trash"

    # Pages

    def find(self, folder: str) -> KeptPage | None:
        """A page as it is kept; None if it is not, or if what is there was harmed."""
        try:
            return _read(self.current / folder / _KEPT)
        except (OSError, ValueError, KeyError):
            return None

    def stamp(self, folder: str) -> tuple[int, int] | None:
        """Another one whenever another page is kept; None if none is. One question to the disk."""
        try:
            found = os.stat(f"{self._current}{folder}/{_KEPT}/{_HEAD}")  # noqa: PTH116  (asked for each reader)
        except OSError:
            return None
        return found.st_ino, found.st_ctime_ns

    def open(self, folder: str, generation: str) -> OpenFolder:
        """Hold a page's folder open while it is drawn: what is kept through it is kept there alone.

        To be opened before anything is read for the page. If a change drops the page meanwhile, the
        folder lies in the trash by then, and so does what was drawn too early. Raises `OSError`.
        """
        top = self.root / f"gen-{generation}"
        return OpenFolder(top / folder, top)

    def drop(self, folder: str) -> None:
        """Take a page away, whoever draws it at this moment. Raises `OSError`, but not if it is not there."""
        for generation in self.generations():
            with suppress(FileNotFoundError, NotADirectoryError):
                self._discard(generation / folder)

    def kept(self) -> Iterator[str]:
        """The addresses of all pages in the current generation."""
        shown = self.current.resolve()
        for head in shown.rglob(f"*{_PAGE}/{_KEPT}/{_HEAD}"):
            folder = head.parent.parent.relative_to(shown)
            yield f"/{folder}"[: -len(_PAGE)]

    # Generations

    def generations(self) -> list[Path]:
        """All that may be shown, or may be one day."""
        with suppress(FileNotFoundError):
            return [path for path in self.root.iterdir() if path.name.startswith("gen-")]
        return []

    @property
    def shown(self) -> str:
        """The name of the generation that is sent; empty where none is."""
        try:
            return self.current.readlink().name.removeprefix("gen-")
        except OSError:
            return ""

    def make(self, name: str) -> Path:
        """A generation, empty or begun before."""
        path = self.root / f"gen-{name}"
        path.mkdir(parents=True, exist_ok=True)
        return path

    def show(self, name: str) -> None:
        """Send this generation from now on, and no other; those before it are thrown away."""
        self.make(name)
        link = self.root / f"link-{uuid4().hex}"
        link.symlink_to(f"gen-{name}")
        link.replace(self.current)
        for path in self.generations():
            if path.name != f"gen-{name}":
                with suppress(FileNotFoundError):
                    self._discard(path)

    def empty_trash(self) -> None:
        """Remove what was dropped. Whoever draws it at this moment keeps nothing, and is no worse off."""
        for path in self._trash.glob("*"):
            shutil.rmtree(path, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what was dropped, and what a killed process left half-written long ago."""
        self.empty_trash()
        for path in (*self.root.glob("link-*"), *self.root.rglob("tmp-*")):
            with suppress(FileNotFoundError):
                if time.time() - path.lstat().st_mtime < _AT_WORK:
                    continue  # somebody may be writing it
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()

    def _discard(self, path: Path) -> None:
        self._trash.mkdir(exist_ok=True)
        # A rename wants no room on a full disk, and is all or nothing.
        path.rename(self._trash / uuid4().hex)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One at a time, of all processes that share the shelf."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # What was worked off

    def remember(self, mark: dict[str, object]) -> None:
        """Write down how far the changes were worked off, whole or not at all."""
        path = self.root / f"link-{uuid4().hex}"
        path.write_text(json.dumps(mark))
        path.replace(self.root / "mark")

    def remembered(self) -> dict[str, object]:
        """The mark; empty where there is none that can be read."""
        try:
            mark = json.loads((self.root / "mark").read_text())
        except (OSError, ValueError):
            return {}
        return mark if isinstance(mark, dict) else {}


class OpenFolder:
    """The folder of one page, held open: the file system compares, and no clock."""

    def __init__(self, path: Path, top: Path) -> None:
        self._path, self._top = path, top
        path.mkdir(parents=True, exist_ok=True)
        self._at = os.open(path, os.O_RDONLY | os.O_DIRECTORY)

    def __enter__(self) -> Self:
        # Of several who want the same page one draws it, and the others find it.
        fcntl.flock(self._at, fcntl.LOCK_EX)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._at)

    def keep(self, page: Page) -> None:
        """Put a page there, whole. Raises `OSError`, and leaves nothing half-written."""
        name = f"tmp-{uuid4().hex}"
        os.mkdir(name, dir_fd=self._at)
        try:
            inside = os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=self._at)
            try:
                _write(page, inside)
            finally:
                os.close(inside)
            os.rename(name, _KEPT, src_dir_fd=self._at, dst_dir_fd=self._at)
        except BaseException as error:
            _remove(name, self._at)
            # A page is kept there already, which is as good.
            if getattr(error, "errno", None) not in (errno.EEXIST, errno.ENOTEMPTY):
                raise

    def leave(self) -> None:
        """Remove the folder and those above it, if nothing is kept in them: a 404 leaves nothing."""
        path = self._path
        with suppress(OSError):
            while path != self._top:
                path.rmdir()
                path = path.parent


def _write(page: Page, at: int) -> None:
    files = {f"page.{page.suffix}": page.body}
    if len(page.body) >= _TOO_SMALL:
        # Without a time in it, so that every machine has the same bytes.
        files[f"page.{page.suffix}.gz"] = gzip.compress(page.body, compresslevel=6, mtime=0)
    head = {
        "headers": page.headers,
        "files": {name: hashlib.sha256(body).hexdigest() for name, body in files.items()},
    }
    for name, body in {**files, _HEAD: json.dumps(head).encode()}.items():
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=at)
        with os.fdopen(file, "wb") as opened:
            opened.write(body)
        os.utime(name, (page.modified, page.modified), dir_fd=at)


def _remove(name: str, at: int) -> None:
    with suppress(OSError):
        shutil.rmtree(name, ignore_errors=True, dir_fd=at)


def _read(path: Path) -> KeptPage | None:
    head = json.loads((path / _HEAD).read_bytes())
    coded: dict[str, Coded] = {}
    modified = int((path / _HEAD).stat().st_mtime)
    for name, digest in head["files"].items():
        body = (path / name).read_bytes()
        if hashlib.sha256(body).hexdigest() != digest:
            return None
        coded[name[-3:]] = Coded(body, etag(modified, len(body)))
    gzipped = coded.pop(".gz", None)
    [plain] = coded.values()
    return KeptPage([(name, value) for name, value in head["headers"]], modified, plain, gzipped)
