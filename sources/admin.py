"""The desk's pages for sources and interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from .colleagues import name_of, offer_colleagues
from .models import SEES_EVERY_SOURCE, Affiliation, Interview, Organization, Quote, Source

if TYPE_CHECKING:
    from django.forms import ModelForm


class DeskAdmin(admin.ModelAdmin):
    """An admin whose address line answers no questions that its page does not."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the filters offer: `?field__regex=` would find values that no column shows."""
        offered = {item for item in self.list_filter if isinstance(item, str)}
        return lookup.split("__")[0] in offered and "regex" not in lookup


class RecordedAdmin(SimpleHistoryAdmin, DeskAdmin):  # type: ignore[misc]
    """An admin whose every change is kept; its history is for those who may see the row."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._visible_or_404(request, object_id)
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._visible_or_404(request, object_id)
        if request.method == "POST":
            raise PermissionDenied  # history is read, not gone back to
        response: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return response

    def _visible_or_404(self, request: HttpRequest, object_id: str) -> None:
        if self.get_object(request, object_id) is None:
            raise Http404


@admin.register(Organization)
class OrganizationAdmin(DeskAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "kind", "place"]
    list_filter = ["kind"]
    search_fields = ["name", "place"]


class AffiliationInline(admin.TabularInline):
    model = Affiliation
    extra = 1
    autocomplete_fields = ["organization"]
    fields = ["title", "organization", "place", "current", "since", "until"]


@admin.register(Source)
class SourceAdmin(RecordedAdmin):
    list_display = ["__str__", "kind", "named", "authorization"]
    list_filter = ["named", "kind", "authorization"]
    search_fields = ["name", "description", "later_reference"]
    filter_horizontal = ["known_to"]
    inlines = [AffiliationInline]
    fieldsets = [
        (None, {"fields": ["kind", "named", "name", "later_reference", "authorization"]}),
        (
            "Anonymous source",
            {
                "fields": ["description", "reason", "known_to"],
                "description": "For a source who speaks on condition of anonymity. "
                "Who they are is not written down anywhere on the desk.",
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return Source.objects.visible_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None
            or request.user.has_perm(SEES_EVERY_SOURCE)
            or obj.added_by_id == request.user.pk
        )

    def save_model(
        self, request: HttpRequest, obj: Source, form: ModelForm[Source], change: bool
    ) -> None:
        if not change:
            obj.added_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        return offer_colleagues(super().formfield_for_manytomany(*args, **kwargs))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not form.instance.named and not change:
            form.instance.known_to.add(request.user)


class QuoteInline(admin.StackedInline):
    model = Quote
    extra = 1
    fields = ["words", "context", "checked_against_recording"]


@admin.register(Interview)
class InterviewAdmin(RecordedAdmin):
    list_display = ["source", "held_on", "how", "terms", "interviewer"]
    list_filter = ["terms", "how"]
    list_select_related = ["source"]
    date_hierarchy = "held_on"
    search_fields = ["source__name", "source__description", "interviewer"]
    autocomplete_fields = ["source"]
    inlines = [QuoteInline]
    fieldsets = [
        (None, {"fields": ["source", ("held_on", "how"), "interviewer"]}),
        ("Terms", {"fields": ["terms", "terms_as_agreed"]}),
        ("Checking", {"fields": ["kept_at", "verified_by"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interview]:
        return Interview.objects.visible_to(request.user)

    def formfield_for_foreignkey(self, db_field: Any, *args: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, *args, **kwargs)
        return offer_colleagues(field) if db_field.name == "verified_by" else field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        me = name_of(request.user) if request.user.is_authenticated else ""
        return {"interviewer": me, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Interview | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None
            or request.user.has_perm(SEES_EVERY_SOURCE)
            or obj.recorded_by_id == request.user.pk
        )

    def save_model(
        self, request: HttpRequest, obj: Interview, form: ModelForm[Interview], change: bool
    ) -> None:
        if not change:
            obj.recorded_by_id = request.user.pk
        super().save_model(request, obj, form, change)
