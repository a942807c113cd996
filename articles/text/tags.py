"""Tags as they are typed: parted by commas, so that “Town budget” is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taggit.models import Tag

# Characters. A tag's column holds 100, its address too, and of two that make one address the second is numbered.
LONGEST = 90


def read_tags(typed: str) -> list[str]:
    """The tags in a line, each once, whatever its case."""
    named: dict[str, str] = {}
    for part in typed.replace("،", ",").split(","):
        # A tag of several words may still stand between marks, as it had to once.
        if name := " ".join(part.strip().strip('"').split()):
            named.setdefault(name.casefold(), name)
    return sorted(named.values())


def write_tags(tags: Iterable[Tag]) -> str:
    return ", ".join(sorted(tag.name for tag in tags))
