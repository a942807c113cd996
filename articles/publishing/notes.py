"""The wording of notes to readers: what the AP refuses in a correction, and a sentence to begin with."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ..models import Update

# AP: a correction says what was wrong and what is right; it does not describe the editing. A word that
# is quoted, or is part of something else (an amendment, an editor, an edition), is none of these.
_REFUSED = re.compile(
    r"\b(?:recasts?|recasting|fix(?:es|ed|ing)?|clarif(?:y|ies|ied|ying)|tweak(?:s|ed|ing)?|"
    r"amend(?:s|ed|ing)?|edit(?:s|ed|ing)|updat(?:es|ed|ing)|rewrit(?:es|ten|ing)|reword(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('[“"„«][^”"“»]*[”"“»]')


def wrong_with_note(kind: Update.Kind, note: str) -> str:
    """Why a note cannot stand so, in words for its writer; empty if it can."""
    if kind is not Update.Kind.CORRECTION:
        return ""
    if found := _REFUSED.search(_QUOTED.sub("", note)):
        return (
            f"“{found[0]}” tells readers what was done to the text. Say what was wrong and what is "
            "right, to someone who never saw the story: “An earlier version said … In fact …”"
        )
    return ""


def suggested_note(wrong: str, right: str) -> str:
    """A correction to begin with: “An earlier version of this story said … It should have said …”"""
    words = {"wrong": wrong.strip(), "right": right.strip()}
    if not words["right"]:
        return _("An earlier version of this story said, wrongly, “%(wrong)s”.") % words
    return (
        _("An earlier version of this story said “%(wrong)s”. It should have said “%(right)s”.")
        % words
    )
