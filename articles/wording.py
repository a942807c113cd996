"""The wording of notes to readers: what the AP refuses in a correction, and a sentence to begin with."""

from __future__ import annotations

import re

from .models import Update

# AP: a correction says what was wrong and what is right; it does not describe the editing.
_REFUSED = re.compile(
    r"\b(recast|fix|clarif(?:y|ie)|tweak|amend|edit|updat|rewrit|reword)\w*", re.IGNORECASE
)


def wrong_with_note(kind: Update.Kind, note: str) -> str:
    """Why a note cannot stand so, in words for its writer; empty if it can."""
    if kind is not Update.Kind.CORRECTION:
        return ""
    if found := _REFUSED.search(note):
        return (
            f"“{found[0]}” tells readers what was done to the text. Say what was wrong and what is "
            "right, to someone who never saw the story."
        )
    return ""


def suggested_note(wrong: str, right: str) -> str:
    """A correction to begin with: “An earlier version of this story said … In fact …”"""
    if not right.strip():
        return f"An earlier version of this story said, wrongly, “{wrong.strip()}”."
    return f"An earlier version of this story said “{wrong.strip()}”. It should have said “{right.strip()}”."
