"""What stands on a story's page beside the story itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from sources.admin import OffersWhatIsVisible, Rows
from sources.colleagues import name_of

from ...models import AnonymityApproval, Article, Byline, CommentRequest, NotebookEntry
from ...times import DeskDateTimeField
from .forms import AnonymityApprovalForm, CommentRequestForm
from .notebook import NotebookEntryForm


class BylineInline(Rows):
    model = Byline
    extra = 0
    autocomplete_fields = ["author"]
    fields = ["author", "role", "order"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Byline]:
        return super().get_queryset(request).select_related("author")


class AnonymityApprovalInline(OffersWhatIsVisible, admin.StackedInline):
    model = AnonymityApproval
    page_lookup = "__article"
    form = AnonymityApprovalForm
    extra = 0
    verbose_name = "request for anonymity"
    verbose_name_plural = "anonymity: asked of the editors for this story"
    autocomplete_fields = ["source"]
    readonly_fields = ["decided"]
    fields = [
        "source",
        "reason",
        AnonymityApproval.ATTESTATIONS,
        "decided",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnonymityApproval]:
        return super().get_queryset(request).select_related("source", "decided_by")

    @admin.display(description="decision")
    def decided(self, approval: AnonymityApproval) -> str:
        if approval.decided_by is None:
            return "Not decided yet."
        remark = f" “{approval.remark}”" if approval.remark else ""
        return f"{approval.get_decision_display().capitalize()} by {name_of(approval.decided_by)}.{remark}"


_OUTCOME = (("deadline", "outcome"), "answer")


class CommentRequestInline(OffersWhatIsVisible, admin.StackedInline):
    model = CommentRequest
    form = CommentRequestForm
    extra = 0
    verbose_name_plural = "requests for comment"
    readonly_fields = ["attempts_so_far"]
    formfield_overrides = {models.DateTimeField: {"form_class": DeskDateTimeField}}
    fields = [
        ("asked", "about"),
        ("attempts_so_far", "taken_back"),
        ("attempt_at", "attempt_channel"),
        *_OUTCOME,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CommentRequest]:
        return super().get_queryset(request).prefetch_related("attempts")

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        # Whoever only reads gets no line in which to log an attempt.
        writes = obj is None or obj.is_editable_by(request.user)
        return [*self.fields] if writes else ["asked", "about", "attempts_so_far", *_OUTCOME]

    @admin.display(description="attempts")
    def attempts_so_far(self, asked: CommentRequest) -> str:
        attempts = ((str(attempt),) for attempt in asked.attempts.all()) if asked.pk else ()
        return format_html_join(" · ", "{}", attempts) or "None yet."


class NotebookInline(OffersWhatIsVisible, admin.StackedInline):
    model = NotebookEntry
    form = NotebookEntryForm
    extra = 0
    verbose_name_plural = "inside our reporter’s notebook"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = [("kind", "order"), "title", "url", "file", "note"]
