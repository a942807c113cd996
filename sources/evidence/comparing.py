"""Recorded words are held against what their interview left: by the machine in its transcripts, by people otherwise.

A comparison counts for the words that were compared. Other words of the same quote are compared anew, whoever
changed them and however, so nothing is called checked that was not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError

from ..models import Comparison, InterviewFile, Quote
from ..transcripts.looking import Heard, Result, Spoken

if TYPE_CHECKING:
    from ..colleagues import User

With = Comparison.With


def compare(quotes: Sequence[Quote]) -> None:
    """Read of each of these quotes what it was compared with, and have the machine look for what it has not yet."""
    made = _made(quotes)
    files = defaultdict(list)
    interviews = {quote.interview_id for quote in quotes}
    of_them = InterviewFile.objects.searched().filter(interview__in=interviews)
    for file in of_them.without_contents():
        files[file.interview_id].append(file)
    owed = defaultdict(list)
    for quote in quotes:
        quote.every_comparison = made[quote.pk]
        there = {each.file_id for each in quote.compared if each.by_machine}
        for file in files[quote.interview_id]:
            if file.pk not in there:
                file.interview = quote.interview
                owed[file].append(quote)
    for file, unread in owed.items():
        for comparison in _looked_for(unread, file):
            made[comparison.quote_id].append(comparison)


def _made(quotes: Sequence[Quote]) -> dict[int, list[Comparison]]:
    """The comparisons of each, by its key, with whatever words it had."""
    itself = {quote.pk: quote for quote in quotes}
    known = Comparison.objects.filter(quote__in=quotes).select_related("file", "by")
    made: dict[int, list[Comparison]] = defaultdict(list)
    # Two who looked at once have each written it down.
    told: set[tuple[int, int | None, str]] = set()
    for each in known.defer("file__contents"):
        each.quote = itself[each.quote_id]
        if each.file:
            each.file.interview = each.quote.interview
        key = (each.quote_id, each.file_id, each.words)
        if not each.by_machine or key not in told:
            made[each.quote_id].append(each)
        if each.by_machine:
            told.add(key)
    return made


READ_AT_HAND = 12  # files whose words are kept in memory, for whoever types beside them
MOST_FILES = 8  # in which words that nobody recorded are looked for, fewer than are kept in memory


def look_in(file: InterviewFile, quotations: Sequence[str]) -> list[Heard]:
    """What became of each of these words in a transcript, in their order."""
    spoken = _at_hand(file.pk, file.digest).spoken
    return [spoken.heard(words) for words in quotations]


class AtHand(NamedTuple):
    """A file whose words are at hand, and of each of its passages on which page or row it stands."""

    spoken: Spoken
    places: dict[str, list[int]]


@lru_cache(maxsize=READ_AT_HAND)
def _at_hand(file: int, digest: str) -> AtHand:
    # What was read of a file never changes; by its digest, too, since a key may be given anew.
    kept = InterviewFile.objects.get(pk=file, digest=digest)
    places = {"page": kept.contents.get("pages"), "row": kept.contents.get("rows")}
    return AtHand(Spoken(kept.transcript()), {name: each for name, each in places.items() if each})


def places_of(quotations: Sequence[str], files: Sequence[InterviewFile]) -> list[Comparison | None]:
    """Where words that are not on record stand in these transcripts, of each; rows that nobody keeps."""
    best: list[Comparison | None] = [None] * len(quotations)
    # File by file: each is read once, however many words are looked for.
    for file in files[:MOST_FILES]:
        wanted = [at for at, place in enumerate(best) if place is None or not place.is_same]
        heard = look_in(file, [quotations[at] for at in wanted])
        for at, each in zip(wanted, heard, strict=True):
            place = Comparison(file=file, words=quotations[at], **_told(each, file))
            if place.is_same or (place.is_near and best[at] is None):
                best[at] = place
    return best


def _looked_for(quotes: Sequence[Quote], file: InterviewFile) -> list[Comparison]:
    heard = look_in(file, [quote.words for quote in quotes])
    return Comparison.objects.bulk_create(
        Comparison(
            quote=quote,
            words=quote.words,
            compared_with=With(file.kind),
            file=file,
            by_machine=True,
            **_told(each, file),
        )
        for quote, each in zip(quotes, heard, strict=True)
    )


def _told(heard: Heard, file: InterviewFile) -> dict[str, Any]:
    places = _at_hand(file.pk, file.digest).places
    at = heard.segment
    return {
        **({} if at is None else {name: numbers[at] for name, numbers in places.items()}),
        "result": heard.result,
        "start": heard.start,
        "segment": heard.segment,
        "speaker": heard.speaker[:200],
        "passage": heard.passage,
    }


BY_PEOPLE = (With.RECORDING, With.NOTES, With.SOURCE)

# What a person compares, and what has to be there for it.
_NEEDED = {
    With.RECORDING: (
        [InterviewFile.Kind.RECORDING],
        "Bring the recording in first: the words are compared with what is heard there.",
    ),
    With.NOTES: (
        [InterviewFile.Kind.NOTES, InterviewFile.Kind.PICTURE],
        "Bring the notes in first, or say where they are kept.",
    ),
}


def confirm(quote: Quote, compared_with: str, *, by: User, remark: str = "") -> Comparison:
    """Somebody stands for it that they compared the words, and that they are the same.

    Raises `ValidationError`, if there is nothing with which they could be compared.
    """
    interview, remark = quote.interview, remark.strip()
    if compared_with not in BY_PEOPLE:
        raise ValidationError("Only the machine says that it found words.")
    if compared_with == With.SOURCE and not remark:
        raise ValidationError("Say how the source confirmed it: “e-mail of 3 May”.")
    file = None
    if compared_with in _NEEDED:
        kinds, missing = _NEEDED[With(compared_with)]
        # Tied to it, so that it stays as long as readers are told of it.
        file = interview.files.filter(kind__in=kinds).without_contents().order_by("-pk").first()
        is_kept = compared_with == With.NOTES and interview.kept_at
        if file is None and not is_kept:
            raise ValidationError(missing)
    return Comparison.objects.create(
        file=file,
        quote=quote,
        words=quote.words,
        compared_with=With(compared_with),
        result=Result.FOUND,
        by=by,
        remark=remark[:200],
    )
