"""The desk's pages for stories. Imported by Django's autodiscovery."""

from sources.admin import RecordedAdmin

from ..models.article import is_in_editors_hands
from . import article, furniture, photo, policies, reports

__all__ = ["article", "furniture", "photo", "policies", "reports"]

RecordedAdmin.locks.append(is_in_editors_hands)
