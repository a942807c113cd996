"""The list of stories: its views and filters, and what a row says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sources.admin import DeskAdmin, ListView
from sources.colleagues import name_of

from ...models import Article, Shape
from ...models.article import SEES_EVERY_STORY, late
from ...stages import MOVES, Stage
from .many import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

MINE = "me"  # in an address: whoever looks


class ReporterFilter(admin.SimpleListFilter):
    title = "reporter"
    parameter_name = "reporter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        yield MINE, "Mine"
        theirs = Article.objects.order_by().values("assigned_to")
        people = get_user_model().objects.filter(is_active=True, pk__in=theirs)
        for person in people.order_by("first_name", "last_name", "username"):
            yield str(person.pk), name_of(person)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        wanted = self.value()
        if wanted == MINE:
            return queryset.filter(assigned_to=request.user.pk)
        # One of those offered: any other number may be larger than a key can be.
        is_one = wanted in {value for value, _ in self.lookup_choices}
        return queryset.filter(assigned_to=int(wanted or 0)) if is_one else queryset


class CheckFilter(admin.SimpleListFilter):
    """By what the check found when the story was last saved."""

    title = "the check"
    parameter_name = "check"
    FOUND = {
        "stopped": ("Stopped", Q(stops__gt=0)),
        "look": ("Something to look at", Q(stops=0, to_look_at__gt=0)),
        "clear": ("Clear", Q(stops=0, to_look_at=0)),
        "unchecked": ("Not checked", Q(stops=None)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(name, title) for name, (title, _) in self.FOUND.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        found = self.FOUND.get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


class AheadFilter(admin.SimpleListFilter):
    title = "changes"
    parameter_name = "ahead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "Not published yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(is_ahead=True) if self.value() == "yes" else queryset


class LateFilter(admin.SimpleListFilter):
    title = "time"
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("late", "Late")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(late(timezone.now())) if self.value() == "late" else queryset


class ListsStories(DeskAdmin):
    """The list of stories, as `ArticleAdmin` shows it; as many queries for any number of them."""

    add_label = "Write a story"
    # A row is drawn by its own template: these are what it is sorted by.
    list_display = ["headline", "reporter", "words", "age_in_stage", "wanted_by", "last_touched"]
    list_filter = ["stage", "section", ReporterFilter, CheckFilter, AheadFilter, LateFilter]
    list_per_page = 50
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    search_fields = ["headline", "slug", "deck", "tags__name"]
    search_help_text = "Headline, deck, tag"

    actions = ACTIONS

    def has_assign_permission(self, request: HttpRequest) -> bool:
        """Whose story it is editors say."""
        return request.user.has_perm(SEES_EVERY_STORY)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MOVES["send_back"].permission)

    def has_spike_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MOVES["spike"].permission)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shapes = {"shapes": Shape.objects.all()}
        return super().changelist_view(request, shapes | (extra_context or {}))

    def get_views(self, request: HttpRequest) -> list[ListView]:
        stories, now = Article.objects.visible_to(request.user).order_by(), timezone.now()
        views: dict[str, tuple[str, Q]] = {
            "Mine": (f"reporter={MINE}", Q(assigned_to=request.user.pk)),
            "Drafts": ("stage__exact=draft", Q(stage=Stage.DRAFT)),
            "With the editor": ("stage__exact=submitted", Q(stage=Stage.SUBMITTED)),
            "Sent back": ("stage__exact=sent_back", Q(stage=Stage.SENT_BACK)),
            "Stopped by the check": ("check=stopped", Q(stops__gt=0)),
            "Going out": ("stage__exact=scheduled", Q(stage=Stage.SCHEDULED)),
            "Late": ("time=late", late(now)),
            "Unpublished changes": ("ahead=yes", Q(is_ahead=True)),
        }
        counts = stories.aggregate(
            all=Count("pk"),
            **{
                f"view{n}": Count("pk", filter=which) for n, (_, which) in enumerate(views.values())
            },
        )
        return [
            ListView("All", "", counts["all"]),
            *(
                ListView(name, query, counts[f"view{n}"])
                for n, (name, (query, _)) in enumerate(views.items())
                # A way to look at nothing stays away, but for one's own.
                if counts[f"view{n}"] or query == f"reporter={MINE}"
            ),
        ]

    @admin.display(description="last touched", ordering="changed_at")
    def last_touched(self, article: Article) -> datetime:
        return article.changed_at

    @admin.display(description="age in its stage", ordering="-stage_since")
    def age_in_stage(self, article: Article) -> datetime:
        return article.stage_since

    @admin.display(description="reporter", ordering="assigned_to__first_name")
    def reporter(self, article: Article) -> str:
        return name_of(article.assigned_to) if article.assigned_to else "–"
