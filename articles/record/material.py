"""What a story rests on, each row read once: the check, the record and the desk's page share it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Self

from django.db.models import prefetch_related_objects
from django.utils import timezone

from sources.attribution import called_so
from sources.evidence.comparing import compare
from sources.models import Interview, InterviewFile, Quote, Source
from sources.prose.comparing.matching import Match

from ..duties import Involved, Involvement
from ..models import (
    AnonymityApproval,
    Article,
    Byline,
    CommentRequest,
    Exhibit,
    NotebookEntry,
    Override,
    Photo,
    Update,
    UpdateRequest,
    Version,
)
from ..text import blocks
from ..text.blocks import Body
from ..text.body import link_places, photo_keys, read
from .matches import Fact, find_facts, match_quotations

_OFF_THE_RECORD = Interview.Terms.OFF_THE_RECORD


class Rows:
    """The rows of an article. Those that name each other are tied here, not asked for one by one."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def sources(self) -> list[Source]:
        return list(self.article.relied_on())

    def _one_object(self, source: Source) -> Source:
        """For each person one object, however many rows name them: what is prefetched of it is there
        for all. Who was added to the story since the first query is the one of the later query.
        """
        return next((each for each in self.sources if each.pk == source.pk), source)

    @cached_property
    def interviews(self) -> list[Interview]:
        """With their sources, which are among those relied on."""
        interviews = list(self.article.interviews.select_related("source").order_by("pk"))
        for interview in interviews:
            interview.source = self._one_object(interview.source)
        return interviews

    @cached_property
    def quotes(self) -> list[Quote]:
        """The words recorded in its interviews, on whatever terms, with what they were compared with."""
        interviews = {interview.pk: interview for interview in self.interviews}
        quotes = list(Quote.objects.filter(interview__in=interviews))
        for quote in quotes:
            quote.interview = interviews[quote.interview_id]
        compare(quotes)
        return quotes

    @cached_property
    def exhibits(self) -> dict[int, Exhibit]:
        """What editors decided to show readers, by the keys of the quotes."""
        quotes = {quote.pk: quote for quote in self.quotes}
        exhibits = {}
        for each in self.article.exhibits.select_related("decided_by", "confirmed_by"):
            # One whose interview has left the story stays decided, and shows nothing.
            if each.quote_id in quotes:
                each.quote = quotes[each.quote_id]
                exhibits[each.quote_id] = each
        return exhibits

    @cached_property
    def transcripts(self) -> list[InterviewFile]:
        """Those of its interviews that can be searched, without their words."""
        # Of what is off the record nothing is put into a story.
        open_to_stories = [each for each in self.interviews if each.terms != _OFF_THE_RECORD]
        files = InterviewFile.objects.searched().filter(interview__in=open_to_stories)
        return list(files.without_contents().select_related("interview__source"))

    @cached_property
    def approvals(self) -> dict[int, AnonymityApproval]:
        """By the keys of the sources who ask not to be named."""
        approvals = list(
            self.article.anonymity_approvals.select_related("source", "decided_by", "confirmed_by")
        )
        for approval in approvals:
            approval.source = self._one_object(approval.source)
        prefetch_related_objects([approval.source for approval in approvals], "known_to")
        return {approval.source_id: approval for approval in approvals}

    @cached_property
    def bylines(self) -> list[Byline]:
        return list(self.article.bylines.select_related("author"))

    @cached_property
    def tags(self) -> list[str]:
        return sorted(self.article.tags.names(), key=str.casefold)

    @cached_property
    def comment_requests(self) -> list[CommentRequest]:
        return list(self.article.comment_requests.prefetch_related("attempts"))

    @cached_property
    def notebook(self) -> list[NotebookEntry]:
        return list(self.article.notebook.all())

    @cached_property
    def live(self) -> Version | None:
        return self.article.live_version

    @cached_property
    def updates(self) -> list[Update]:
        return list(self.article.updates.all())

    @cached_property
    def asked(self) -> list[UpdateRequest]:
        """What is asked of it and nobody has answered."""
        return list(self.article.update_requests.open().select_related("asked_by"))

    @cached_property
    def askers(self) -> dict[int, set[int | None]]:
        """Whoever ever asked for the anonymity of each source, by the sources' keys."""
        asked: dict[int, set[int | None]] = {}
        told = AnonymityApproval.history.filter(article_id=self.article.pk)
        for source, person in (
            told.values_list("source_id", "asked_by_id") if self.approvals else ()
        ):
            asked.setdefault(source, set()).add(person)
        return asked

    def involvement_in(self, approval: AnonymityApproval) -> Involvement:
        """Who had which part in the decision on a source's anonymity."""
        return {
            Involved.WRITER: self.writers,
            Involved.ASKER: self.askers.get(approval.source_id, set()) | {approval.asked_by_id},
            Involved.DECIDER: {approval.decided_by_id},
        }

    @cached_property
    def writers(self) -> set[int]:
        """The keys of all who are or were its writers."""
        return self.article.writers()

    @cached_property
    def overrides(self) -> list[Override]:
        """What editors decided to publish past, the newest first."""
        return list(self.article.overrides.select_related("by"))


# What `with_text` hands on, read from the class: a row that is added there is handed on as well.
_ROWS = [name for name, each in vars(Rows).items() if isinstance(each, cached_property)]


class Material(Rows):
    """An article with all that it rests on, and what its text says."""

    @cached_property
    def body(self) -> Body:
        return read(self.article.body)

    def with_text(self, article: Article, body: Body) -> Self:
        """The same rows under another text: what was read of them is not read again."""
        other = type(self)(article)
        read_so_far = vars(self)
        vars(other).update({name: read_so_far[name] for name in _ROWS if name in read_so_far})
        other.body = body
        return other

    @cached_property
    def text(self) -> str:
        """The body's plain text; places of findings are offsets in it."""
        return blocks.text(self.body)

    @cached_property
    def matches(self) -> list[Match[Quote]]:
        """Every quotation of the body, with what the record says of it."""
        return match_quotations(self.body, self.quotes)

    @cached_property
    def facts(self) -> list[Fact]:
        """What of the reporter's own words rests on a passage of a document."""
        return find_facts(self.body, self.quotes, self.matches)

    @cached_property
    def narrative(self) -> str:
        """The text with what stands between quotation marks blanked out: the reporter's own words."""
        letters = list(self.text)
        for each in self.matches:
            start, end = each.quotation.start, each.quotation.end
            # As long as what it covers: offsets in it are offsets in the text.
            letters[start:end] = "·" * (end - start)
        return "".join(letters)

    @cached_property
    def link_places(self) -> list[int]:
        """Where in the text links begin."""
        return link_places(self.body)

    @cached_property
    def pull_quotes(self) -> list[str]:
        return blocks.pull_quotes(self.body)

    @cached_property
    def photos_in_text(self) -> dict[int, Photo]:
        """By their keys, in the order of the text; one that has left the library is not among them."""
        keys = photo_keys(self.body)
        found = Photo.objects.in_bulk(keys) if keys else {}
        return {key: found[key] for key in keys if key in found}

    @cached_property
    def missing_photos(self) -> list[int]:
        """The keys of photos in the text that are no longer in the library."""
        return [key for key in photo_keys(self.body) if key not in self.photos_in_text]

    @cached_property
    def photos(self) -> list[Photo]:
        """Every photo that it shows: at its head, and in its text."""
        lead = self.article.lead_photo
        photos = ([lead] if lead else []) + list(self.photos_in_text.values())
        return list(dict.fromkeys(photos))

    @property
    def anonymous(self) -> list[Source]:
        return [source for source in self.sources if not source.named]

    @property
    def published_at(self) -> datetime:
        """When readers will see it, if it goes through the door: when it is scheduled, or now."""
        return max(self.article.scheduled_at or timezone.now(), timezone.now())

    def source_called(self, words: str | None) -> Source | None:
        """The source of this story whom these words of it mean, if it is plain."""
        # Asked by many rules of the same few words.
        if words not in self._called:
            self._called[words] = called_so(self.sources, words or "")
        return self._called[words]

    @cached_property
    def _called(self) -> dict[str | None, Source | None]:
        return {}

    def place_of(self, words: str) -> tuple[int, int] | tuple[None, None]:
        """Where these words first stand in the body, whatever the case of their letters."""
        words = words.strip(' .,“”"')
        at = self.text.casefold().find(words.casefold()) if words else -1
        # A few letters fold into two, and would move every offset behind them: then none is given.
        is_there = at >= 0 and len(self.text.casefold()) == len(self.text)
        return (at, at + len(words)) if is_there else (None, None)
