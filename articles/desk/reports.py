"""The queue of errors that readers report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from sources.admin import DeskAdmin

from ..models import ErrorReport


class ErrorReportForm(forms.ModelForm):
    def clean_declined_because(self) -> str:
        because: str = self.cleaned_data["declined_because"]
        if not because.strip():
            raise forms.ValidationError("Say why nothing is corrected.")
        return because


@admin.register(ErrorReport)
class ErrorReportAdmin(DeskAdmin):
    form = ErrorReportForm
    list_display = ["story", "words", "what", "state", "at"]
    list_filter = ["state"]
    list_select_related = ["version"]
    readonly_fields = ["story", "words", "what", "contact", "at", "state", "answer"]
    fields = ["story", "words", "what", "contact", "at", "state", "answer", "declined_because"]

    def has_change_permission(self, request: HttpRequest, obj: ErrorReport | None = None) -> bool:
        # An answered report is a record of what was done, and stays as it is.
        is_open = obj is None or obj.state == ErrorReport.State.OPEN
        return super().has_change_permission(request, obj) and is_open

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ErrorReport | None = None) -> bool:
        return False

    @admin.display(description="story")
    def story(self, report: ErrorReport) -> str:
        return report.version.headline

    @admin.display(description="answer")
    def answer(self, report: ErrorReport) -> str:
        if report.answered_by:
            return str(report.answered_by)
        url = reverse("admin:articles_article_correct", args=[report.version.article_id])
        return format_html('<a class="button" href="{}?report={}">Correct it…</a>', url, report.pk)

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        # All that this page does. A report that is right is answered by its correction.
        obj.state = ErrorReport.State.DECLINED
        super().save_model(request, obj, form, change)
