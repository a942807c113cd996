"""How many sources of each kind a story has, in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import ngettext_lazy

# Singular and plural of each kind of source, named and not.
_KINDS = {
    ("person", True): ngettext_lazy("%d person by name", "%d people by name"),
    ("person", False): ngettext_lazy("%d person not named", "%d people not named"),
    ("organization", True): ngettext_lazy("%d organization", "%d organizations"),
    ("organization", False): ngettext_lazy(
        "%d organization not named", "%d organizations not named"
    ),
    ("spokesperson", True): ngettext_lazy("%d spokesperson", "%d spokespeople"),
    ("spokesperson", False): ngettext_lazy(
        "%d spokesperson not named", "%d spokespeople not named"
    ),
    ("eyewitness", True): ngettext_lazy("%d eyewitness by name", "%d eyewitnesses by name"),
    ("eyewitness", False): ngettext_lazy("%d eyewitness not named", "%d eyewitnesses not named"),
}


def tally(sources: list[dict[str, Any]]) -> str:
    """How many sources of each kind a story has: “2 people by name, 1 spokesperson”."""
    counts = Counter((source["kind"], source["named"]) for source in sources)
    return ", ".join(str(_KINDS[kind] % counts[kind]) for kind in _KINDS if kind in counts)
