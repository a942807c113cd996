"""Who told us: people and organizations, and what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..positions import Position, position_in_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ..colleagues import User

# newsroom/roles.py gives it to editors.
SEES_EVERY_SOURCE = "sources.see_every_source"


class Organization(models.Model):
    """Where somebody works, or that speaks for itself."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "government"
        COMPANY = "company", "company"
        THINK_TANK = "think_tank", "think tank"
        UNIVERSITY = "university", "university"
        NEWS_OUTLET = "news_outlet", "news outlet"
        ASSOCIATION = "association", "association or charity"
        OTHER = "other", "other"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    place = models.CharField(max_length=120, blank=True)
    website = models.URLField("web address", blank=True)

    class Meta:
        ordering = ["name", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "place"],
                name="one_organization_per_name_and_place",
                violation_error_message="This organization is on the desk already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.place})" if self.place else self.name


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: User | AnonymousUser) -> SourceQuerySet:
        """Named sources are the newsroom's; an anonymous one is seen by those who know and by editors."""
        if user.has_perm(SEES_EVERY_SOURCE):
            return self
        if not user.is_authenticated:
            return self.none()
        # By keys: the join to `known_to` would give a source once for each colleague who knows it.
        mine = Q(named=True) | Q(added_by=user) | Q(known_to=user)
        return self.filter(pk__in=Source.objects.filter(mine).values("pk"))


class Source(models.Model):
    """One persona that can be quoted or described.

    A person who speaks both by name and anonymously is two personae, and nothing joins them.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "person"
        ORGANIZATION = "organization", "organization"
        SPOKESPERSON = "spokesperson", "spokesperson"
        EYEWITNESS = "eyewitness", "eyewitness"
        # Minutes, a report, a table: its words have a page or a row instead of a time.
        DOCUMENT = "document", "document"

    class Authorization(models.TextChoices):
        AUTHORIZED = "authorized", _("authorized to speak to the press")
        NOT_AUTHORIZED = "not_authorized", _("not authorized to speak to the press")
        OWN_BEHALF = "own_behalf", _("speaks for themselves")
        UNKNOWN = "unknown", _("not known")

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PERSON)
    named = models.BooleanField(
        "named to readers",
        default=True,
        help_text="Untick for a source who speaks on condition of anonymity.",
    )
    name = models.CharField(
        max_length=200,
        blank=True,
        help_text="Full name, as readers will see it. Stays empty for an anonymous source: "
        "who they are does not belong here.",
    )
    description = models.CharField(
        max_length=200,
        blank=True,
        help_text="The description agreed with an anonymous source, saying why they would know: "
        "“a Harbour Road-based engineer”.",
    )
    later_reference = models.CharField(
        max_length=120,
        blank=True,
        help_text="How the story refers to them afterwards: “Clarke”, “the engineer”.",
    )
    reason = models.CharField(
        "reason for anonymity",
        max_length=300,
        blank=True,
        help_text="What readers are told: “they fear dismissal under a clause of their contract”.",
    )
    authorization = models.CharField(
        "authorization status", max_length=20, choices=Authorization, default=Authorization.UNKNOWN
    )
    # A source stays when the account of whoever added it goes.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="sources_added",
    )
    # Accounts alone: who the source is has no field anywhere, so no copy of the database tells.
    known_to = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="sources_known",
        help_text="Colleagues who know who this anonymous source is. At least one must be an editor.",
    )

    objects = SourceQuerySet.as_manager()
    # Named here, since simple-history keeps no many-to-many field by itself. An approval of
    # anonymity rests on who knew the source.
    history = HistoricalRecords(m2m_fields=[known_to])

    class Meta:
        ordering = ["name", "description"]
        permissions = [("see_every_source", "Can see every source and interview")]
        constraints = [
            models.CheckConstraint(
                # `clean()` says the same beside the fields; this holds where no form is asked.
                name="named_source_has_a_name_anonymous_a_description",
                condition=(Q(named=True) & ~Q(name=""))
                | Q(named=False, name="") & ~Q(description=""),
                violation_error_message="A named source needs a name; an anonymous one needs a "
                "description and must not have a name.",
            ),
            models.CheckConstraint(
                name="document_has_a_name",
                condition=Q(named=True) | ~Q(kind="document"),
                violation_error_message="A document is called by what it is.",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.named else f"{self.description} (anonymous)"

    def clean(self) -> None:
        # Asked of the database, where it is still what it was. Switched, its history would join the
        # name to what was said without one.
        if self.pk and Source.objects.exclude(named=self.named).filter(pk=self.pk).exists():
            raise ValidationError(
                "A source stays named or anonymous for good. Somebody who speaks both ways is two "
                "sources: add the other one."
            )
        if self.named and not self.name:
            raise ValidationError({"name": "A named source needs a name."})
        if not self.named and self.name:
            raise ValidationError(
                {
                    "name": "An anonymous source's name does not belong on the desk: leave this empty."
                }
            )
        if not self.named and self.kind == self.Kind.DOCUMENT:
            raise ValidationError(
                {
                    "named": "A document is called by what it is: “internal log of the plant”. Whoever "
                    "gave it to the newsroom is a source of their own."
                }
            )
        if not self.named and not self.description:
            raise ValidationError(
                {"description": "Say how the story describes this source, as agreed with them."}
            )

    @property
    def public_name(self) -> str:
        """What readers call them: the name, or the agreed description."""
        return self.name if self.named else self.description


class Affiliation(models.Model):
    """What a source is or was, and where; a title, an organization or a place is enough."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="affiliations")
    title = models.CharField(max_length=160, blank=True, help_text="“political scientist”")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="affiliations"
    )
    place = models.CharField(max_length=120, blank=True, help_text="Where, if it is not plain.")
    current = models.BooleanField(default=True, help_text="Untick for a former position.")
    since = models.DateField("from", null=True, blank=True)
    until = models.DateField("to", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_says_something",
                condition=~Q(title="", organization=None, place=""),
                violation_error_message="Give a title, an organization or a place.",
            ),
            models.CheckConstraint(
                name="affiliation_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message="An affiliation cannot end before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return position_in_words(self.position())

    def position(self) -> Position:
        """As the record tells of it, and as packages hold it."""
        return {
            "title": self.title,
            "organization": self.organization.name if self.organization else "",
            "place": self.place,
            "current": self.current,
        }


class SelfDescription(models.Model):
    """What somebody said of themself when they were asked, in their own words: for the audit of sources alone.

    It stands in no list, no story and no package, and nobody guesses it.
    """

    source = models.ForeignKey(
        Source,
        on_delete=models.CASCADE,
        related_name="self_descriptions",
        limit_choices_to={"named": True},
    )
    question = models.CharField(
        max_length=120, help_text="As it was asked: “How do you describe your gender?”"
    )
    answer = models.CharField(max_length=120, help_text="As they filled it in.")
    given_on = models.DateField("filled in on")

    class Meta:
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "question"],
                name="one_answer_to_each_question",
                violation_error_message="They have answered this already.",
            )
        ]

    def __str__(self) -> str:
        return self.question
