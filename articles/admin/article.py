"""A story's page on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from js_asset import Media

from sources.admin import DeskAdmin
from sources.colleagues import name_of, offer_colleagues

from ..body import clean_body
from ..models import AnonymityApproval, Article, Byline, CommentRequest, NotebookEntry
from ..quote_uses import derive_quote_uses
from ..sourcing import check
from ..stages import MOVES
from ..times import DeskDateTimeField
from ..workflow import open_moves
from . import moves
from .forms import AnonymityApprovalForm, ArticleForm, CommentRequestForm


class BylineInline(admin.TabularInline):
    model = Byline
    extra = 0
    autocomplete_fields = ["author"]
    fields = ["author", "role", "order"]


class AnonymityApprovalInline(admin.StackedInline):
    model = AnonymityApproval
    form = AnonymityApprovalForm
    extra = 0
    verbose_name = "request for anonymity"
    verbose_name_plural = "anonymity: asked of the editors for this story"
    autocomplete_fields = ["source"]
    readonly_fields = ["decided"]
    fields = [
        "source",
        "reason",
        ("information", "vital", "not_available_on_record", "in_a_position_to_know"),
        "decided",
    ]

    @admin.display(description="decision")
    def decided(self, approval: AnonymityApproval) -> str:
        if approval.decided_by is None:
            return "Not decided yet."
        remark = f" “{approval.remark}”" if approval.remark else ""
        return f"{approval.get_decision_display().capitalize()} by {name_of(approval.decided_by)}.{remark}"


_OUTCOME = (("deadline", "outcome"), "answer")


class CommentRequestInline(admin.StackedInline):
    model = CommentRequest
    form = CommentRequestForm
    extra = 0
    verbose_name_plural = "requests for comment"
    readonly_fields = ["attempts_so_far"]
    formfield_overrides = {models.DateTimeField: {"form_class": DeskDateTimeField}}
    fields = [
        ("asked", "about"),
        ("attempts_so_far", "attempt_at", "attempt_channel"),
        *_OUTCOME,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CommentRequest]:
        return super().get_queryset(request).prefetch_related("attempts")

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        writes = obj is None or obj.is_editable_by(request.user)
        return [*self.fields] if writes else ["asked", "about", "attempts_so_far", *_OUTCOME]

    @admin.display(description="attempts")
    def attempts_so_far(self, asked: CommentRequest) -> str:
        attempts = ((str(attempt),) for attempt in asked.attempts.all()) if asked.pk else ()
        return format_html_join(" · ", "{}", attempts) or "None yet."


class NotebookInline(admin.StackedInline):
    model = NotebookEntry
    extra = 0
    verbose_name_plural = "inside our reporter’s notebook"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = [("kind", "order"), "title", ("url", "file"), "note"]


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    list_display = ["headline", "stage", "section", "assigned_to", "changed_at"]
    list_filter = ["stage", "section"]
    list_select_related = ["section", "assigned_to"]
    search_fields = ["headline", "slug"]
    prepopulated_fields = {"slug": ["headline"]}
    autocomplete_fields = ["sources", "interviews", "lead_photo"]
    formfield_overrides = {models.DateTimeField: {"form_class": DeskDateTimeField}}
    inlines = [BylineInline, CommentRequestInline, AnonymityApprovalInline, NotebookInline]
    fieldsets = [
        (None, {"fields": ["headline", "deck", "body", "seen_revision"]}),
        (
            "How we know it",
            {
                "fields": ["sources", "interviews"],
                "description": "Add each source and each interview here, with the words they said. "
                "Quotations in the story are matched to those words by themselves.",
            },
        ),
        (
            "Details",
            {
                "fields": [
                    ("kicker", "dateline"),
                    ("section", "slug"),
                    "tags",
                    "lead_photo",
                    ("assigned_to", "embargoed_until"),
                ]
            },
        ),
    ]

    # Who sees and changes what

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.visible_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return obj.is_editable_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # a story is spiked, which keeps its log

    def get_readonly_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> list[str] | tuple[str, ...]:
        may_assign = request.user.has_perm("articles.see_every_article")
        return ("text",) if may_assign else ("text", "assigned_to")

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj is None or obj.is_editable_by(request.user):
            return self.fieldsets
        return [(None, {"fields": ["headline", "deck", "text"]}), *self.fieldsets[1:]]

    @admin.display(description="body")
    def text(self, article: Article) -> str:
        """The body for people who may read it and not write in it."""
        return mark_safe(clean_body(article.body))  # noqa: S308  (just sanitised)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, *args: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, *args, **kwargs)
        return offer_colleagues(field) if db_field.name == "assigned_to" else field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only sources and interviews that this person may see, and those that the story has."""
        if db_field.name in ("sources", "interviews"):
            visible = db_field.remote_field.model.objects.visible_to(request.user)
            here = (
                request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
            )
            kwargs["queryset"] = db_field.remote_field.model.objects.filter(
                Q(pk__in=visible.values("pk")) | Q(articles=here or 0)
            ).distinct()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # Saving, and the moves that follow it

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """The story, locked while it is saved: of two who save at once the second sees the first."""
        found: Article | None = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            return self.get_queryset(request).select_for_update().get(pk=found.pk)
        return found

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change and obj.assigned_to is None and isinstance(request.user, User):
            obj.assigned_to = request.user
        obj.revision += 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            for subform in formset.forms:
                if isinstance(subform, CommentRequestForm) and subform.instance.pk:
                    subform.save_attempt()
                if isinstance(subform, AnonymityApprovalForm) and not subform.instance.asked_by_id:
                    AnonymityApproval.objects.filter(pk=subform.instance.pk).update(
                        asked_by=request.user
                    )
        derive_quote_uses(form.instance)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        name = request.POST.get("_move", "")
        if name in MOVES:
            return moves.press(request, obj, MOVES[name])
        return super().response_change(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        if request.POST.get("_move"):
            return self.response_change(request, obj)
        messages.success(request, "Saved. Nobody but you and the editors can see it.")
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    # The page

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/move/<str:name>/", view(moves.move), name="articles_article_move"),
            path("<int:pk>/preview/", view(moves.preview), name="articles_article_preview"),
            path("anonymity/<int:pk>/", view(moves.anonymity), name="articles_article_anonymity"),
            *super().get_urls(),
        ]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        """The editor's import map is inline: under the Content-Security-Policy it needs the nonce."""
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        context["media"] = Media.from_media(context["media"]).with_nonce(nonce)
        if obj is not None:
            context |= _beside_the_story(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def _beside_the_story(request: HttpRequest, article: Article) -> dict[str, Any]:
    return {
        "moves": open_moves(article, request.user),
        "findings": check(article),
        "log": article.stage_changes.select_related("by")[:20],
        "live": article.live_version,
        "to_decide": article.anonymity_approvals.filter(
            decision=AnonymityApproval.Decision.ASKED
        ).select_related("source"),
        "may_decide": request.user.has_perm("articles.decide_anonymityapproval"),
        "uses": article.quote_uses.filter(version=None).count(),
        "overdue": bool(article.scheduled_at and article.scheduled_at <= timezone.now()),
    }
