"""Where Django looks for the desk's pages; they stand in `desk/`."""

from sources.admin import RecordedAdmin

from .desk import frame, photos, policies, reports
from .desk.story import article
from .models.article import is_in_editors_hands

__all__ = ["article", "frame", "photos", "policies", "reports"]

RecordedAdmin.locks.append(is_in_editors_hands)
