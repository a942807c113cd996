"""What a change touches of readers' pages: the facts from which their addresses are made.

Facts and not addresses, since which pages show them is said beside what draws each (`keeping.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

Address = tuple[str, str]  # the day in it, as 2026-03-13, and the slug


@dataclass(frozen=True)
class Touched:
    """By one change: everything that a page may show of it, as it was and as it is."""

    articles: list[int] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    versions: int = 0  # how many the story has
    shown_on: list[Address] = field(default_factory=list)  # stories that lead on to it
    sections: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    months: list[tuple[int, int]] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    everything: bool = False

    @classmethod
    def read(cls, written: dict[str, Any]) -> Self:
        """From a row. What another release wrote besides is left out."""
        return cls(**{name: written[name] for name in cls.__dataclass_fields__ if name in written})
