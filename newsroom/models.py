"""The people with accounts at the newsroom, and what its roles have been granted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.auth import models as auth
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower


class UserManager(auth.UserManager["User"]):
    def create_superuser(
        self,
        username: str,
        email: str | None = None,
        password: str | None = None,
        **extra_fields: Any,
    ) -> User:
        """Refuse a taken address in words, which `manage.py createsuperuser` prints."""
        self.model(username=username, email=self.normalize_email(email)).validate_constraints()
        return super().create_superuser(username, email, password, **extra_fields)


class User(auth.AbstractUser):
    """An account. No two have the same e-mail address, whatever its case; some have none."""

    class Mail(models.TextChoices):
        """How somebody is told by mail of what waits for them on the desk."""

        NEVER = "never", "not at all"
        DAILY = "daily", "once a day"
        AT_ONCE = "at_once", "at once"

    tour_done = models.BooleanField(default=False, editable=False)
    told_by_mail = models.CharField(max_length=10, choices=Mail, default=Mail.NEVER)

    objects: ClassVar[UserManager] = UserManager()

    class Meta(auth.AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_account_per_email",
                violation_error_message="Another account has this e-mail address. "
                "Upper and lower case make no difference.",
            )
        ]

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Say it beside the field: to Django an expression belongs to no field."""
        try:
            super().validate_constraints(exclude)
        except ValidationError as refused:
            raise ValidationError({"email": refused.messages}) from None


class Told(models.Model):
    """What somebody was told of by mail: each thing that waits for them, once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="told")
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.user} was told"


class Role(models.Model):
    """A row of `newsroom/roles.py` as this newsroom has it: its group, and what releases granted it.

    The group is the newsroom's to rename, to change and to delete; this remembers which it was.
    """

    name = models.CharField(max_length=150, unique=True)
    # Null once the newsroom has deleted it: no migrate makes it again.
    group = models.ForeignKey(auth.Group, on_delete=models.SET_NULL, null=True)
    granted = models.ManyToManyField(auth.Permission)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class KeptView(models.Model):
    """A way of looking at a list of the desk that somebody keeps: its filters, its order and what was searched."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_views")
    name = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "path", "name"], name="one_kept_view_per_name")
        ]

    def __str__(self) -> str:
        return self.name
