"""What the rules look at: a story, and all that it rests on, each read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from sources.attribution import called_so
from sources.matching import Match, Searched
from sources.models import Interview, Quote, Source

from ..models import (
    AnonymityApproval,
    Article,
    Byline,
    CommentRequest,
    NotebookEntry,
    Photo,
    Version,
)
from ..record.composing import compose
from ..record.quote_uses import match_quotations
from ..record.telling import words_in
from ..text import blocks
from ..text.blocks import Body
from ..text.body import link_places, photo_keys, read


class Story:
    def __init__(self, article: Article, note: str = "") -> None:
        self.article = article
        self.note = note  # the note to readers of an update that is about to be published

    @cached_property
    def body(self) -> Body:
        return read(self.article.body)

    @cached_property
    def text(self) -> str:
        """The body's plain text; places of findings are offsets in it."""
        return blocks.text(self.body)

    @cached_property
    def matches(self) -> list[Match[Quote]]:
        """Every quotation of the body, with what the record says of it."""
        return match_quotations(self.body, self.quotes)

    @cached_property
    def narrative(self) -> str:
        """The text with what stands between quotation marks blanked out: the reporter's own words."""
        letters = list(self.text)
        for each in self.matches:
            start, end = each.quotation.start, each.quotation.end
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
    def missing_photos(self) -> list[int]:
        """The keys of photos in the text that are no longer in the library."""
        return [key for key in photo_keys(self.body) if key not in self._photos_in_text]

    @cached_property
    def photos(self) -> list[Photo]:
        """Every photo that it shows: at its head, and in its text."""
        lead = self.article.lead_photo
        photos = ([lead] if lead else []) + list(self._photos_in_text.values())
        return list(dict.fromkeys(photos))

    @cached_property
    def _photos_in_text(self) -> dict[int, Photo]:
        keys = photo_keys(self.body)
        found = Photo.objects.in_bulk(keys) if keys else {}
        return {key: found[key] for key in keys if key in found}

    @cached_property
    def sources(self) -> list[Source]:
        return list(self.article.relied_on())

    @cached_property
    def anonymous(self) -> list[Source]:
        return [source for source in self.sources if not source.named]

    @cached_property
    def interviews(self) -> list[Interview]:
        return list(self.article.interviews.select_related("source"))

    @cached_property
    def quotes(self) -> list[Quote]:
        return list(self.article.recorded_quotes())

    @cached_property
    def approvals(self) -> dict[int, AnonymityApproval]:
        approvals = self.article.anonymity_approvals.select_related(
            "decided_by", "confirmed_by", "source"
        )
        return {
            approval.source_id: approval
            for approval in approvals.prefetch_related("source__known_to")
        }

    @cached_property
    def bylines(self) -> Sequence[Byline]:
        return list(self.article.bylines.all())

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
    def overrides(self) -> dict[str, str]:
        """The reasons of editors for publishing past a finding, by its key."""
        kept = self.article.overrides.values_list("finding_key", "reason")
        return dict(reversed(kept))

    @cached_property
    def published_at(self) -> datetime:
        """When readers will see it, if it goes through the door: when it is scheduled, or now."""
        return max(self.article.scheduled_at or timezone.now(), timezone.now())

    @cached_property
    def public_words(self) -> Searched:
        return Searched(self.public_text)

    @cached_property
    def public_text(self) -> str:
        """Every word that a reader would see: all the texts of the version that it would make."""
        version = compose(self.article)
        texts = [*words_in(version.content), self.note, blocks.text(version.body)]
        return "\n".join(texts)

    def source_called(self, words: str | None) -> Source | None:
        """The source of this story whom these words of it mean, if it is plain."""
        return called_so(self.sources, words or "")

    def place_of(self, words: str) -> tuple[int, int] | tuple[None, None]:
        """Where these words first stand in the body, whatever the case of their letters."""
        words = words.strip(' .,“”"')
        at = self.text.casefold().find(words.casefold()) if words else -1
        is_there = at >= 0 and len(self.text.casefold()) == len(self.text)
        return (at, at + len(words)) if is_there else (None, None)
