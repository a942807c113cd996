"""An update that a published story needs, and why: opened on the desk, closed by its publication."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .article import Article
from .record import Update


class UpdateRequestQuerySet(models.QuerySet["UpdateRequest"]):
    def open(self) -> UpdateRequestQuerySet:
        """Those that no update has answered yet."""
        return self.filter(answered_by=None)

    def retractions(self) -> UpdateRequestQuerySet:
        """Asked for by one editor, and waiting for another."""
        return self.open().filter(kind=Update.Kind.RETRACTION)


class UpdateRequest(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="update_requests")
    kind = models.CharField(
        max_length=20,
        choices=Update.Kind,
        blank=True,
        help_text="A retraction, which a second editor publishes; empty where any kind answers it.",
    )
    reason = models.TextField(help_text="Of a retraction: its note to readers.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="update_requests"
    )
    at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Update, on_delete=models.PROTECT, null=True, related_name="requests"
    )

    objects = UpdateRequestQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.article}: {self.reason}"
