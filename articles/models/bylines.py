"""Authors, their bylines on stories, and what readers see of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..text.slugs import SlugField
from .article import Article
from .media import Photo


class Author(models.Model):
    """A public profile; may or may not be somebody with an account on the desk."""

    name = models.CharField(max_length=120)
    slug = SlugField(max_length=120, unique=True)
    # A byline stays on its stories when the account goes.
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="Their account on the desk. Stories with their byline are theirs to edit.",
    )
    title = models.CharField(max_length=80, blank=True, help_text="“Harbour reporter”")
    bio = models.TextField(blank=True)
    photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="authors"
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="author_has_a_slug", condition=~Q(slug=""))]

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    """Of an author what readers see, once a story with their byline is public."""

    author = models.OneToOneField(Author, on_delete=models.CASCADE, related_name="profile")
    slug = SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=80)
    bio = models.TextField()
    # Without a photo it is SQL's NULL, and `filter(photo=None)` would look for JSON's null:
    # `_compose()` compares in Python.
    photo = models.JSONField(null=True)

    class Meta:
        # No form writes it: `prepared/profiles.py` does, from what the desk has.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Byline(models.Model):
    class Role(models.TextChoices):
        BY = "by", _("By")
        REPORTING = "reporting", _("Reporting by")
        EDITED = "edited", _("Edited by")
        TRANSLATED = "translated", _("Translated by")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    # PROTECT: versions, which nobody can change, link to the author's page.
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=12, choices=Role, default=Role.BY)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="one_byline_per_author_and_role",
                violation_error_message="This author has this byline already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.author}"
