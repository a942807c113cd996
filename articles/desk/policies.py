"""The standards pages on the desk: saving a text publishes it, and keeps the one before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ..kept.touched import Touched
from ..models import Policy
from ..prepared.frame import compose_frame
from .base import EditorAdmin
from .story.forms import PLAIN_EXTENSIONS, body_field


class PolicyForm(forms.ModelForm):
    body = body_field(PLAIN_EXTENSIONS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # What changed is a new sentence each time; the last one stays with the text before.
            self.initial["note"] = ""

    def clean_slug(self) -> str:
        # Of a new page alone: of one that is there the slug is read-only, and no field of the form.
        slug: str = self.cleaned_data["slug"]
        if Policy.objects.filter(slug=slug).exists():
            raise forms.ValidationError("There is a page at this address. Open it, and change it.")
        return slug

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if self.instance.pk and not note.strip():
            raise forms.ValidationError("Tell readers what changed.")
        return note.strip()


@admin.register(Policy)
class PolicyAdmin(EditorAdmin):
    add_label = "Write a standards page"
    form = PolicyForm
    list_display = ["title", "purpose", "published_at", "is_withdrawn"]
    fields = ["title", "slug", "purpose", "body", "order", "is_withdrawn", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        return Policy.objects.newest()

    def get_readonly_fields(self, request: HttpRequest, obj: Policy | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Policy | None = None
    ) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        """Another row, always: the text before it stays as it was."""
        obj.pk, obj._state.adding = None, True
        obj.published_at, obj.published_by = timezone.now(), request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change=False)
        compose_frame(Touched(policies=[obj.slug]))
