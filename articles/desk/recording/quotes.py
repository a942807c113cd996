"""Recording what a story quotes: who speaks, in which interview, and the words, all at one submit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_create_with_history

from sources.attribution import called_so, telling
from sources.colleagues import name_of
from sources.models import Interview, Quote, Source
from sources.prose.reading.quotations import Quotation
from sources.prose.reading.words_of_speech import DETERMINERS, PRONOUNS

from ...models import Article
from ...models.article import is_in_editors_hands
from ...record.material import Material
from ...record.quote_uses import derive_quote_uses
from ...sourcing.at_a_glance import keep_glance
from ...sourcing.checked_material import CheckedMaterial

if TYPE_CHECKING:
    from sources.colleagues import User


# What the text suggests


@dataclass
class Speaker:
    """Somebody whom the text quotes, by all the words with which it calls them."""

    called: list[str] = field(default_factory=list)
    source: Source | None = None

    @property
    def fullest(self) -> str:
        """“Colin Clarke” rather than “Clarke”."""
        return max(self.called, key=len, default="")

    @property
    def later(self) -> str:
        """How later references call them, if otherwise."""
        return next((words for words in reversed(self.called) if words != self.fullest), "")

    @property
    def is_named(self) -> bool:
        """Is it a name, and no description? By its capital, as English writes them."""
        first = self.fullest.split(" ")[0]
        # “Lee Marr’s lawyer” names Marr, and not who speaks.
        is_name = first[:1].isupper() and self.fullest.split(" ")[-1][:1].isupper()
        return is_name and first.casefold() not in DETERMINERS

    def is_also(self, words: str) -> bool:
        """May these words be the same person? By the family name, or by what describes them."""
        given, known = telling(words), telling(self.fullest)
        if self.is_named:
            return self.fullest.split()[-1] == words.split()[-1]
        return bool(given) and (given <= known or known <= given)


@dataclass
class Unrecorded:
    """A quotation that nobody has recorded, and whoever seems to have spoken it."""

    quotation: Quotation
    speaker: Speaker | None

    @property
    def spoken_of(self) -> str:
        """The text's word for its speaker, where it names nobody: “she”, or that it says nothing."""
        words = self.quotation.speaker or ""
        return "" if words and words.casefold() not in PRONOUNS else words or "nobody"


def unrecorded(story: Material) -> tuple[list[Speaker], list[Unrecorded]]:
    """The quotations that the record does not have, and whoever seems to have spoken each.

    Pronouns and quotations without a speaker are taken for whoever spoke last.
    """
    speakers: list[Speaker] = []
    quotations: list[Unrecorded] = []
    last: Speaker | None = None
    for each in story.matches:
        if not each.quotation.is_speech:
            continue
        words = each.quotation.speaker or ""
        if words and words.casefold() not in PRONOUNS:
            last = _speaker_called(words, speakers, story.sources)
        # With rivals the words are recorded, and whose they are is not plain: the check tells of
        # it.
        if each.quote is None and not each.rivals:
            quotations.append(Unrecorded(each.quotation, last))
    wanted = [speaker for speaker in speakers if any(q.speaker is speaker for q in quotations)]
    return wanted, quotations


def _speaker_called(words: str, speakers: list[Speaker], sources: Sequence[Source]) -> Speaker:
    source = called_so(sources, words)
    for speaker in speakers:
        # By the record, where it knows either of them; by their words alone where it knows neither.
        if (speaker.source == source) if source or speaker.source else speaker.is_also(words):
            speaker.called.append(words)
            return speaker
    speakers.append(Speaker([words], source))
    return speakers[-1]


# What is recorded


@dataclass
class NewInterview:
    """A source, perhaps a new one, and the interview in which they said something."""

    source: Source
    held_on: date
    how: str
    terms: str
    terms_as_agreed: str = ""
    quotes: list[Quote] = field(default_factory=list)


class StoryChanged(Exception):
    """Somebody saved the story since it was read: nothing was recorded."""


def record_quotes(article: Article, heard: Sequence[NewInterview], *, by: User) -> int:
    """Write down sources, interviews and quotes for a story; how many quotes that were.

    An interview with the same person on the same day, by the same channel and on the same terms is
    one that the story has already, if the same reporter recorded it and it is not in editors' hands.

    Raises `StoryChanged`, if somebody saved the story since it was read: of two presses of one button
    the second records nothing, and whoever has the page open is told.
    """
    with held(article):
        for each in heard:
            _keep_source(each.source, article, by)
            article.sources.add(each.source)
            interview = _interview(article, each, by)
            for quote in each.quotes:
                quote.interview = interview
        quotes = [quote for each in heard for quote in each.quotes]
        bulk_create_with_history(quotes, Quote, default_user=by)
    return len(quotes)


@contextmanager
def held(article: Article) -> Iterator[None]:
    """A transaction around what is recorded for a story; what stands where in it is written down at its end.

    Raises `StoryChanged`, if somebody saved the story since it was read.
    """
    with transaction.atomic():
        # Asked and taken at once, with the row locked: between a SELECT and its UPDATE the other
        # press would pass.
        if not Article.objects.filter(pk=article.pk, revision=article.revision).update(
            revision=F("revision") + 1
        ):
            raise StoryChanged
        yield
        material = CheckedMaterial(article)
        derive_quote_uses(material)
        keep_glance(material)


def _keep_source(source: Source, article: Article, by: User) -> None:
    if source._state.adding:
        source.added_by = by
        source.save()
        # Whoever wrote the story has met them; an editor who records it for a colleague need not
        # have.
        if not source.named and article.is_writer(by):
            source.known_to.add(by)


def _interview(article: Article, heard: NewInterview, by: User) -> Interview:
    terms = {
        "source": heard.source,
        "held_on": heard.held_on,
        "how": heard.how,
        "terms": heard.terms,
        "terms_as_agreed": heard.terms_as_agreed,
        "recorded_by": by,
    }
    interview = article.interviews.filter(**terms).first()
    if interview is None or is_in_editors_hands(interview):
        interview = Interview.objects.create(**terms, interviewer=name_of(by))
        article.interviews.add(interview)
    return interview
