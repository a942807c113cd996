"""A rule about the language of a story: that its quotations can be read at all."""

from __future__ import annotations

from collections.abc import Iterator

from sources.prose.tongues.table import TONGUES

from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import Found, about, rule


# Once a story: what the other rules find in it, and what they do not, is not to be relied on.
@rule("language-unread", Severity.WARN, "Accuracy: what is not checked is said to be unchecked")
def language_unread(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        language = TONGUES[each.quotation.language]
        if each.quotation.is_speech and not language.is_read:
            yield about(
                each.quotation,
                f"Who speaks in {language.name} is not read with certainty: check by hand who is "
                "quoted here, and that the words are theirs",
                language.code,
            )
            return
