"""The people on the desk, as colleagues call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def name_of(user: User | None) -> str:
    """What colleagues call somebody; nobody's moves are the schedule's."""
    return (user.get_full_name() or user.get_username()) if user else "the schedule"
