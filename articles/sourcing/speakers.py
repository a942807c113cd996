"""Rules about who speaks: that the text says so, and the same as the record."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sources.attribution import given_to, telling
from sources.models import Source
from sources.prose.reading.words_of_speech import DETERMINERS, PRONOUNS

from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import Found, about, rule


# A reader believes the story. That the record does not know a name is no sign that it agrees.
@rule("quote-misattributed", Severity.BLOCK, "Accuracy: words are given to whoever said them")
def quote_misattributed(story: CheckedMaterial) -> Iterator[Found]:
    before: Source | None = None  # whose words the quotation before is
    for each in story.matches:
        said = each.quote.interview.source if each.quote else None
        speaker = each.quotation.speaker
        if said and speaker and each.quotation.is_speech:
            leading = story.narrative[: each.quotation.start]
            if other := given_to(said, speaker, story.sources, leading, before):
                yield about(
                    each.quotation,
                    _("Recorded as said by %(source)s, given to %(other)s in the story")
                    % {"source": said.public_name, "other": other},
                    _("Mend the story, or the record."),
                    "said by",
                    said.pk,
                    "given to",
                    other,
                    interview=each.quote.interview_id if each.quote else None,
                )
        before = said


@rule("quote-speaker-unclear", Severity.WARN, "Reuters: say early who is speaking")
def quote_speaker_unclear(story: CheckedMaterial) -> Iterator[Found]:
    told: set[int] = set()
    for each in story.matches:
        quotation = each.quotation
        is_unclear = (
            quotation.is_speech and quotation.speaker is None and _is_whole(quotation.words)
        )
        if is_unclear and quotation.paragraph not in told:
            told.add(quotation.paragraph)
            yield about(
                quotation,
                _("Nobody is named as the speaker by the end of the paragraph"),
                _("Say who is speaking."),
            )


def _is_whole(words: str) -> bool:
    """A sentence, or a good part of one. Of a few words in a sentence of the reporter’s that one tells enough."""
    return len(words.split()) >= _PART or (words[:1].isupper() and words[-1:] in ".,?!…")


_PART = 6  # words


# A reader takes all quotations of a paragraph for one person's.
@rule("quote-speakers-run-together", Severity.WARN, "Reuters: a paragraph for each speaker")
def quote_speakers_run_together(story: CheckedMaterial) -> Iterator[Found]:
    first: dict[int, tuple[str, str]] = {}
    for each in story.matches:
        quotation = each.quotation
        source = story.source_called(quotation.speaker)
        first_word = (quotation.speaker or "").split(" ")[0].casefold()
        # “she” and “the mayor” may be whoever was named before.
        if not first_word or (source is None and first_word in PRONOUNS | DETERMINERS):
            continue
        speaker = quotation.speaker or ""
        who = source.public_name if source else speaker.split()[-1].casefold()
        known, words = first.setdefault(quotation.paragraph, (who, speaker))
        # “Ada Holt” and “Ada” are one, and so are “Holt” and “Mayor Holt”.
        is_one = known != who and _is_one(words, speaker)
        if known != who and not is_one:
            first[quotation.paragraph] = (who, speaker)
            found = _("%(one)s and %(other)s speak in one paragraph")
            yield about(
                quotation,
                found % {"one": words, "other": quotation.speaker},
                _("Give each a paragraph."),
                words,
                quotation.speaker,
            )


def _is_one(words: str, others: str) -> bool:
    one, other = telling(words), telling(others)
    return bool(one and other) and (one <= other or other <= one)
