"""Where Django looks for the desk's pages; they stand in `desk/`."""

from sources.admin import RecordedAdmin

from .desk import frame, front_page, policies, reports
from .desk.photos import library
from .desk.sources import interviews, people
from .desk.story import article
from .models.article import is_in_editors_hands

__all__ = [
    "article",
    "frame",
    "front_page",
    "interviews",
    "library",
    "people",
    "policies",
    "reports",
]

RecordedAdmin.locks.append(is_in_editors_hands)
