"""The people on the desk, as colleagues call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    # The model that AUTH_USER_MODEL names, without importing the wiring, where it stands.
    from django.contrib.auth.models import _User

    User: TypeAlias = _User


def name_of(user: User | None) -> str:
    """What colleagues call somebody; nobody's moves are the schedule's."""
    return (user.get_full_name() or user.get_username()) if user else "the schedule"
