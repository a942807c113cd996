"""Who told us, on what terms, and what backs it. Nothing here knows of stories, and nothing here is public."""

from .evidence import Comparison, InterviewFile
from .interview import Interview, Quote
from .people import SEES_EVERY_SOURCE, Affiliation, Organization, SelfDescription, Source

__all__ = [
    "SEES_EVERY_SOURCE",
    "Affiliation",
    "Comparison",
    "Interview",
    "InterviewFile",
    "Organization",
    "Quote",
    "SelfDescription",
    "Source",
]
