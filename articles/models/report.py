"""Errors that readers report: private to the desk, and written by anybody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .record import Update, Version


class ErrorReport(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "open"
        CORRECTED = "corrected", "corrected"
        DECLINED = "declined", "declined"

    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="error_reports", editable=False
    )
    # The form holds readers to these lengths; a text column has none.
    words = models.TextField("the words that are wrong", max_length=500, blank=True)
    what = models.TextField("what is wrong with them", max_length=2_000)
    contact = models.EmailField("e-mail address", blank=True)
    at = models.DateTimeField(editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    declined_because = models.TextField("declined, because", blank=True)
    answered_by = models.ForeignKey(
        Update, on_delete=models.PROTECT, null=True, editable=False, related_name="error_reports"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        # Readers add reports, and have no account; nobody deletes one.
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="answered_report_says_how",
                condition=Q(state="open", answered_by=None, declined_because="")
                | Q(state="corrected", answered_by__isnull=False)
                | Q(state="declined", answered_by=None) & ~Q(declined_because=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version.headline}: {self.what[:60]}"
