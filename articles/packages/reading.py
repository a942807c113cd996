"""Reading package files, and finding the line on which a field stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import JSONArray, JSONObject, scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

from .format import FieldPath, Problem


@dataclass
class Packed:
    """One package as it stands in a file."""

    file: Path
    text: str
    first_line: int
    content: Any = None
    unreadable: str = ""
    lines: Lines | None = None

    def where(self, problem: Problem) -> str:
        """File, line and field of a problem: `story.json:14: sources[2].kind`."""
        # Only once something is wrong: the text is decoded a second time for it, and slowly.
        if self.lines is None:
            self.lines = Lines(self.text)
        field = f": {problem.field}" if problem.field else ""
        return f"{self.file}:{self.first_line + self.lines.of(problem.place)}{field}"


@dataclass(frozen=True)
class Raw:
    """One package as bytes of a file, before it is read."""

    file: Path
    content: bytes
    first_line: int
    unreadable: str = ""

    def read(self) -> Packed:
        """What cannot be read says why."""
        if self.unreadable:
            return Packed(self.file, "", self.first_line, unreadable=self.unreadable)
        return _parsed(self.file, self.content, self.first_line)


def read_packages(file: Path) -> Iterator[Packed]:
    """The packages of a file, one a line for `.jsonl`; what cannot be read says why."""
    return (raw.read() for raw in raw_packages(file))


def raw_packages(file: Path) -> Iterator[Raw]:
    """The same, for whoever reads them elsewhere."""
    try:
        with file.open("rb") as lines:
            # A package at a time, so that a bad one stops none of those around it.
            if file.suffix == ".jsonl":
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield Raw(file, line, number)
            else:
                yield Raw(file, lines.read(), 1)
    except OSError as error:
        yield Raw(file, b"", 1, unreadable=error.strerror or str(error))


def count_packages(file: Path) -> int:
    """How many packages a file holds; 0 if it cannot be read, of which `read_packages()` tells."""
    try:
        with file.open("rb") as lines:
            return sum(map(bool, map(bytes.strip, lines))) if file.suffix == ".jsonl" else 1
    except OSError:
        return 0


def _parsed(file: Path, content: bytes, first_line: int) -> Packed:
    packed = Packed(file, "", first_line)
    try:
        # With or without the mark that editors on Windows put first.
        packed.text = content.decode("utf-8-sig")
        packed.content = json.loads(packed.text)
    except UnicodeDecodeError as error:
        packed.unreadable = f"is not UTF-8 (byte {error.start})"
    except json.JSONDecodeError as error:
        # The line of the mistake itself: nothing was read of which the place could be asked.
        packed.first_line += error.lineno - 1
        packed.unreadable = f"is not JSON: {error.msg} (column {error.colno})"
    except RecursionError:
        packed.unreadable = "is nested too deeply"
    except ValueError as error:
        packed.unreadable = f"cannot be read: {error}"
    return packed


class Lines:
    """On which line of a JSON text, from 0, the value at a place begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.decoder = _Locating()
        try:
            self.value = self.decoder.decode(text)
        except (ValueError, RecursionError):
            self.value = None

    def of(self, place: FieldPath) -> int:
        """The line of the value at a place, or of the nearest thing around it."""
        value, start = self.value, 0
        for step in place:
            starts = self.decoder.starts.get(id(value), {})
            if step not in starts:
                break
            start, value = starts[step], value[step]
        return self.text.count("\n", 0, start)


class _Locating(json.JSONDecoder):
    """A decoder that remembers where each value of each object and list begins."""

    def __init__(self) -> None:
        super().__init__()
        self.starts: dict[int, dict[str | int, int]] = {}
        self._kept: list[Any] = []  # an id names a value only as long as the value lives
        self.parse_object = self._object
        self.parse_array = self._array
        self.parse_string = scanstring
        # The one in Python, slower: the scanner in C calls none of these methods.
        self.scan_once = py_make_scanner(self)

    def _object(self, at: tuple[str, int], strict: bool, scan: Any, *rest: Any) -> tuple[Any, int]:
        starts: list[int] = []
        pairs, end = JSONObject(at, strict, self._noting(scan, starts), None, list, {})
        value = dict(pairs)
        self._keep(value, dict(zip((key for key, _ in pairs), starts, strict=True)))
        return value, end

    def _array(self, at: tuple[str, int], scan: Any, *rest: Any) -> tuple[Any, int]:
        starts: list[int] = []
        value, end = JSONArray(at, self._noting(scan, starts))
        self._keep(value, dict(enumerate(starts)))
        return value, end

    @staticmethod
    def _noting(scan: Any, starts: list[int]) -> Any:
        def noting(text: str, at: int) -> Any:
            scanned = scan(text, at)
            starts.append(at)
            return scanned

        return noting

    def _keep(self, value: Any, starts: dict[Any, int]) -> None:
        self._kept.append(value)
        self.starts[id(value)] = starts
