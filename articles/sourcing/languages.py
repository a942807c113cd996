"""A rule about the language of a story: that its quotations can be read at all."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from sources.models import Quote
from sources.prose.comparing.matching import Match
from sources.prose.reading.tongues.row import Tongue
from sources.prose.reading.tongues.table import ENGLISH, TONGUES

from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import Found, about, rule


# Once a story: what the other rules find in it, and what they do not, is not to be relied on.
@rule("language-unread", Severity.WARN, "Accuracy: what is not checked is said to be unchecked")
def language_unread(story: CheckedMaterial) -> Iterator[Found]:
    for each in story.matches:
        language = TONGUES[each.quotation.language]
        if language.code != ENGLISH.code and language.is_read and _is_cut(each):
            # Decision 16: what a cut leaves out is read in English alone.
            yield about(
                each.quotation,
                _("Whether a cut turns what was said is not read in %(language)s")
                % {"language": _in_words(language)},
                _("Hold it against the record by hand."),
                language.code,
                "cut",
            )
            return
        if each.quotation.is_speech and not language.is_read:
            yield about(
                each.quotation,
                _("Who speaks in %(language)s is not read with certainty")
                % {"language": _in_words(language)},
                _("Check by hand who is quoted, and that the words are theirs."),
                language.code,
            )
            return


def _is_cut(match: Match[Quote]) -> bool:
    printed, quote = match.quotation.words, match.quote
    return quote is not None and len(printed.rstrip(",.")) < len(quote.words.rstrip(",."))


def _in_words(language: Tongue) -> str:
    """Its name in the language of whoever reads this, where Django knows it."""
    try:
        return str(get_language_info(language.code)["name_translated"])
    except KeyError:
        return language.name
