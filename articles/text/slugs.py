"""Slugs: the words of an address, in any script.

Django's keep letters and digits alone, and so take the vowels out of Hindi, Thai, Tamil and vocalised Arabic, where
they are marks upon letters.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


def slug_of(text: str) -> str:
    """The words of a text, small, with hyphens between them; empty where it has no letter or digit."""
    words = unicodedata.normalize("NFKC", text).casefold()
    # A full stop, an apostrophe or a joiner parts no word: “U.S.”, “Netmenders’ Lane”.
    kept = (c if _belongs(c) else " " if _parts(c) else "" for c in words)
    return "-".join(word for word in "".join(kept).split() if not _is_mark(word[0]))


def is_slug(text: str) -> bool:
    return bool(text) and not _is_mark(text[0]) and all(_belongs(c) or c == "-" for c in text)


def validate_slug(text: str) -> None:
    if not is_slug(text):
        raise ValidationError(
            "An address has letters, digits, hyphens and underscores: no spaces and no other signs.",
            code="invalid",
        )


def _belongs(character: str) -> bool:
    return character == "_" or unicodedata.category(character)[0] in "LNM"


def _parts(character: str) -> bool:
    return character.isspace() or character in "/|" or unicodedata.category(character) == "Pd"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


if TYPE_CHECKING:
    # When it runs, Django's class takes no type arguments.
    Base = models.SlugField[str, str]
else:
    Base = models.SlugField


class SlugField(Base):
    """A slug, as `slug_of()` makes them."""

    default_validators = [validate_slug]

    def to_python(self, value: Any) -> Any:
        # Composed: of two ways to write one word there is one address.
        value = super().to_python(value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        # Not Django's own, which has a validator of its own.
        return models.CharField.formfield(self, *args, **{"form_class": forms.CharField, **kwargs})
