"""A story's page on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from js_asset import Script

from ...models import Article, Byline, CommentRequest, NotebookEntry
from ...models.article import free_slug
from ...prepared.drawing import draw_body
from ...publishing.workflow import barred_from_publishing, open_moves
from ...record.composing import compose, has_unpublished_words
from ...record.material import Material
from ...record.public_files import AsPreviewed
from ...record.quote_uses import derive_quote_uses
from ...sourcing.at_a_glance import keep_glance
from ...sourcing.checked_material import CheckedMaterial
from ...sourcing.checking import stops
from ...stages import GATE
from ...times import DeskDateTimeField
from ..base import EditorAdmin, TakesFiles
from ..photos.chooser import photos_beside
from ..recording import from_transcript, whose
from ..recording.exhibits import exhibits
from ..recording.unrecorded import record_unrecorded
from ..sources.recalling import recall
from . import anonymity, beginning, correcting, moves
from .forms import AnonymityApprovalForm, ArticleForm, CommentRequestForm
from .inlines import (
    AnonymityApprovalInline,
    BylineInline,
    CommentRequestInline,
    NotebookInline,
)
from .listing import ListsStories
from .notebook import take_upload
from .panel import check_as_typed, log_attempt, panel_of

# Pages about the story as it is saved: their buttons save it first.
SAVES_FIRST = ("preview", "record", "ask")
# Rows that the page's forms read whole, as the check needs them.
SHARED_ROWS = {"bylines": Byline, "comment_requests": CommentRequest, "notebook": NotebookEntry}


@admin.register(Article)
class ArticleAdmin(ListsStories, TakesFiles, EditorAdmin):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    autocomplete_fields = ["sources", "interviews", "lead_photo"]
    formfield_overrides = {models.DateTimeField: {"form_class": DeskDateTimeField}}
    inlines = [BylineInline, CommentRequestInline, AnonymityApprovalInline, NotebookInline]
    fieldsets = [
        ("Text", {"fields": ["headline", "deck", "body", "seen_revision"]}),
        (
            "Sources and interviews",
            {
                "fields": ["sources", "interviews"],
                "description": "Everybody it relies on, and what they said. Quotations in the story are "
                "matched to those words by themselves.",
            },
        ),
        ("Photos", {"fields": ["lead_photo"]}),
        (
            "Details",
            {
                "fields": [
                    "section",
                    "slug",
                    "tags",
                    ("kicker", "dateline"),
                    "assigned_to",
                    ("wanted_by", "embargoed_until"),
                ]
            },
        ),
    ]

    class Media:
        js = [
            Script("articles/desk.js", type="module"),
            Script("articles/panel.js", type="module"),
            Script("articles/room.js", type="module"),
            Script("articles/whose.js", type="module"),
            Script("articles/evidence.js", type="module"),
            Script("articles/transcript.js", type="module"),
            Script("articles/photos.js", type="module"),
            Script("articles/notebook.js", type="module"),
        ]

    # Who sees and changes what

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With what its page and its row in the list show of it."""
        stories = Article.objects.visible_to(request.user)
        return stories.select_related("section", "lead_photo", "assigned_to")

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return obj.is_editable_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # a story is spiked, which keeps its log

    def get_readonly_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> list[str] | tuple[str, ...]:
        return ("reporter",)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        text, sourcing, photos, details = self.fieldsets
        if obj is not None and not obj.is_editable_by(request.user):
            text = (text[0], {"fields": ["headline", "deck"]})
        # Whose story it is an editor says; its reporter reads it.
        if not request.user.has_perm("articles.see_every_article"):
            shown = ["reporter" if name == "assigned_to" else name for name in details[1]["fields"]]
            details = (details[0], {"fields": shown})
        return [text, sourcing, photos, details]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.person = request.user
        return form

    # Saving, and the moves that follow it

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """The story, locked while it is saved: of two who save at once the second sees the first."""
        found: Article | None = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            # `of`, since PostgreSQL locks no row that an outer join may lack; `no_key`, since rows
            # that name the story by its key may go on being written.
            stories = self.get_queryset(request).select_for_update(of=("self",), no_key=True)
            return stories.get(pk=found.pk)
        return found

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        obj.revision += 1
        try:
            with transaction.atomic():
                super().save_model(request, obj, form, change)
        except IntegrityError:
            # Another story took the slug since the form was read: one made of the headline gives way.
            if form.data.get("slug") == obj.slug:
                raise
            obj.slug = free_slug(obj.headline, but=obj.pk)
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            for subform in formset.forms:
                if isinstance(subform, CommentRequestForm) and subform.instance.pk:
                    subform.save_attempts()
                if isinstance(subform, AnonymityApprovalForm) and _is_asked_anew(subform):
                    # Who changed it asks now, and so does not decide on it.
                    subform.instance.asked_by = request.user
                    subform.instance.save()
        form.instance.keep_writers()
        # Last, and of new material: what it rests on was saved just now.
        material = CheckedMaterial(form.instance)
        derive_quote_uses(material)
        keep_glance(material)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if "_keep" in request.POST:
            # Asked for by the page itself, which stays as it is.
            obj.refresh_from_db(fields=["revision", "slug"])
            kept = {"revision": obj.revision, "slug": obj.slug}
            return JsonResponse({**kept, "at": f"{timezone.localtime():%H:%M}"})
        for name in SAVES_FIRST:
            if f"_{name}" in request.POST:
                return HttpResponseRedirect(
                    reverse(f"admin:articles_article_{name}", args=[obj.pk])
                )
        if tried := request.POST.get("_attempt"):
            return log_attempt(request, obj, tried)
        # After the save: what is moved is what stood in the form.
        wanted = request.POST.get("_move")
        if wanted:
            return moves.press(request, obj, wanted)
        return super().response_change(request, obj)

    # The page

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """It is read: nothing is sent to it."""
        return super().history_view(request, object_id, extra_context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add/", view(beginning.begin), name="articles_article_add"),
            path("<int:pk>/move/<str:name>/", view(moves.move), name="articles_article_move"),
            path("<int:pk>/preview/", view(moves.preview), name="articles_article_preview"),
            path("<int:pk>/correct/", view(correcting.correct), name="articles_article_correct"),
            path("<int:pk>/retract/", view(correcting.retract), name="articles_article_retract"),
            path("<int:pk>/check/", view(check_as_typed), name="articles_article_check"),
            path("<int:pk>/whose/", view(whose.whose), name="articles_article_whose"),
            path(
                "<int:pk>/transcripts/<int:file>/",
                view(from_transcript.transcript_beside),
                name="articles_article_transcript",
            ),
            path(
                "<int:pk>/documents/",
                view(from_transcript.document_beside),
                name="articles_article_document",
            ),
            path("<int:pk>/uploads/", view(take_upload), name="articles_article_upload"),
            path("<int:pk>/exhibits/", view(exhibits), name="articles_article_exhibits"),
            path("<int:pk>/record/", view(record_unrecorded), name="articles_article_record"),
            path("<int:pk>/ask/", view(anonymity.ask), name="articles_article_ask"),
            path("anonymity/<int:pk>/", view(anonymity.decide), name="articles_article_anonymity"),
            path(
                "anonymity/<int:pk>/confirm/",
                view(anonymity.confirm),
                name="articles_article_confirm",
            ),
            path("recall/<slug:kind>/<int:pk>/", view(recall), name="articles_article_recall"),
            # Django's come last: they end with one that takes any path for a key.
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
        if obj is not None:
            material = CheckedMaterial(obj)
            # After a refused save the forms hold what was typed, and not what the story has.
            if request.method != "POST":
                _share_rows(context["inline_admin_formsets"], material)
            context |= _beside_the_story(request, material)
            if not obj.is_editable_by(request.user):
                context["read_text"] = draw_body(compose(Material(obj), AsPreviewed()))
        return super().render_change_form(request, context, add, change, form_url, obj)


def _is_asked_anew(form: AnonymityApprovalForm) -> bool:
    # One that was taken out has no key any more, and is not brought back.
    return form.has_changed() and form.instance.pk is not None


def _share_rows(formsets: Iterable[Any], material: CheckedMaterial) -> None:
    """What the page's forms have read of the story is not read once more for what stands beside them."""
    rows = {
        each.formset.model: [f.instance for f in each.formset.initial_forms] for each in formsets
    }
    for name, model in SHARED_ROWS.items():
        if model in rows:
            setattr(material, name, rows[model])


def _beside_the_story(request: HttpRequest, material: CheckedMaterial) -> dict[str, Any]:
    article, live = material.article, material.live
    moves = open_moves(article, request.user)
    # A button that would be refused is not offered: why, stands in its place.
    barred = barred_from_publishing(material.writers, request.user)
    offered = [move for move in moves if not (move.wants_another and barred)]
    panel = panel_of(material, request.user)
    return {
        **panel,
        "bylines": material.bylines,
        "moves": offered,
        "next_move": next((move.name for move in offered if not move.goes_back), ""),
        "stops": len(stops(panel["findings"], GATE)),
        "left_to_another": barred if len(offered) < len(moves) else "",
        "overrides": material.overrides,
        "log": list(article.stage_changes.select_related("by")[:20]),
        "live": live,
        "unpublished": live is not None and has_unpublished_words(material, live),
        "photos": photos_beside(material, request.user),
        "sources": material.sources,
        "interviews": material.interviews,
        "update_requests": material.asked,
        "overdue": bool(article.scheduled_at and article.scheduled_at <= timezone.now()),
    }
