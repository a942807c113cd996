"""The people on the desk: how colleagues call them, and how forms offer them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def name_of(user: User | None) -> str:
    """What colleagues call somebody; nobody's moves are the schedule's."""
    return (user.get_full_name() or user.get_username()) if user else "the schedule"


def offer_colleagues(field: Any) -> Any:
    """Make a form field offer everybody with a desk, by name. Only administrators see accounts."""
    desks = get_user_model().objects.filter(is_staff=True, is_active=True)
    field.queryset = desks.order_by("first_name", "last_name", "username")
    field.label_from_instance = name_of
    return field
