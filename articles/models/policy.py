"""The standards pages: every text that the newsroom has ever promised its readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from ..text.slugs import SlugField


class PolicyQuerySet(models.QuerySet["Policy"]):
    def in_force(self) -> PolicyQuerySet:
        """The newest text of each policy, unless it was withdrawn."""
        return self.newest().filter(is_withdrawn=False)

    def newest(self) -> PolicyQuerySet:
        """The newest text of each policy, withdrawn or not, in the order of the page."""
        # Over all rows and not over `self`: a filter on those would put the text before a withdrawn
        # one in force again. The index `policy_newest` is for this.
        last = Policy.objects.filter(slug=OuterRef("slug")).order_by("-pk").values("pk")[:1]
        return self.filter(pk=Subquery(last)).order_by("order", "title")


class Policy(models.Model):
    """A text of one of the standards pages. Written once: a changed policy is another row.

    So readers can see what the newsroom promised, and since when.
    """

    class Purpose(models.TextChoices):
        """What the page is to machines: schema.org's properties of a NewsMediaOrganization."""

        UNNAMED_SOURCES = "unnamedSourcesPolicy", "how we treat anonymous sources"
        CORRECTIONS = "correctionsPolicy", "corrections"
        ETHICS = "ethicsPolicy", "ethics"
        MASTHEAD = "masthead", "masthead"
        FUNDING = "ownershipFundingInfo", "ownership and funding"
        OTHER = "", "something else"

    # Not unique: every text that a policy ever had stands under it.
    slug = SlugField(max_length=60)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=24, choices=Purpose, blank=True)
    body = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(
        "what changed", max_length=300, blank=True, help_text="For readers; not for the first text."
    )
    is_withdrawn = models.BooleanField(
        "withdrawn", default=False, help_text="Readers are told that it no longer holds."
    )
    published_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title", "-pk"]
        verbose_name_plural = "standards pages"
        verbose_name = "standards page"
        # Not “delete”: the database refuses it. A policy is withdrawn.
        default_permissions = ("add", "change", "view")
        constraints = [models.CheckConstraint(name="policy_has_a_slug", condition=~Q(slug=""))]
        indexes = [models.Index(F("slug"), F("id").desc(), name="policy_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:policy", args=[self.slug])
