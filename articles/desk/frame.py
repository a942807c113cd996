"""Sections, authors, the Spotlight rail and the appeal: what stands around the stories."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from sources.admin import DeskAdmin

from ..models import Appeal, Author, Section, Spotlight
from ..prepared.frame import compose_frame
from ..prepared.profiles import compose_profile
from ..times import DeskDateTimeField


class FrameAdmin(DeskAdmin):
    """What readers see at once: saving it here puts it on the page."""

    formfield_overrides = {models.DateTimeField: {"form_class": DeskDateTimeField}}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # In the admin's own transaction: the frame changes with its row, or neither does.
        compose_frame()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        compose_frame()

    # The admin deletes a selection by its query, past `delete_model()`.
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        compose_frame()


class LastingAddress(DeskAdmin):
    """Its slug is typed once, and an address for ever."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}


@admin.register(Section)
class SectionAdmin(LastingAddress, FrameAdmin):
    list_display = ["name", "slug", "order"]
    search_fields = ["name"]


@admin.register(Spotlight)
class SpotlightAdmin(FrameAdmin):
    add_label = "Put a story into the Spotlight"
    list_display = ["article", "order", "shown_from", "shown_until"]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]


@admin.register(Appeal)
class AppealAdmin(FrameAdmin):
    add_label = "Add an appeal"
    list_display = ["heading", "line", "shown_from", "shown_until"]


@admin.register(Author)
class AuthorAdmin(LastingAddress):
    add_label = "Add an author"
    list_display = ["name", "title", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        compose_profile(obj)
