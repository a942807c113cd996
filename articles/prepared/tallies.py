"""How many sources of each kind a story has, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import ngettext_lazy

from sources.positions import joined

from ..text.contents import SourceTold

# Singular and plural of each kind of source, named and not.
_KINDS = {
    ("person", True): ngettext_lazy("%(n)d person by name", "%(n)d people by name", "n"),
    ("person", False): ngettext_lazy("%(n)d person not named", "%(n)d people not named", "n"),
    ("organization", True): ngettext_lazy("%(n)d organization", "%(n)d organizations", "n"),
    ("organization", False): ngettext_lazy(
        "%(n)d organization not named", "%(n)d organizations not named", "n"
    ),
    ("spokesperson", True): ngettext_lazy("%(n)d spokesperson", "%(n)d spokespeople", "n"),
    ("spokesperson", False): ngettext_lazy(
        "%(n)d spokesperson not named", "%(n)d spokespeople not named", "n"
    ),
    ("eyewitness", True): ngettext_lazy(
        "%(n)d eyewitness by name", "%(n)d eyewitnesses by name", "n"
    ),
    ("eyewitness", False): ngettext_lazy(
        "%(n)d eyewitness not named", "%(n)d eyewitnesses not named", "n"
    ),
}


def tally(sources: Iterable[SourceTold]) -> str:
    """How many sources of each kind a story has: “2 people by name, 1 spokesperson”."""
    counts = Counter((source["kind"], source["named"]) for source in sources)
    return joined(str(_KINDS[kind] % {"n": counts[kind]}) for kind in _KINDS if kind in counts)
