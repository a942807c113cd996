"""The sourcing check: the newsroom's rules, each a small named function with its published practice.

To add a rule, write a generator in the module whose noun it is about, under `@rule(…)`.
"""

from . import anonymity, comment, completeness, quotations
from .checking import check, stops
from .rules import RULES, Finding, Fix

__all__ = [
    "RULES",
    "Finding",
    "Fix",
    "anonymity",
    "check",
    "comment",
    "completeness",
    "quotations",
    "stops",
]
