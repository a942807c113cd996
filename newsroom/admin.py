"""Accounts and roles, on the desk's own terms: their address line answers no questions either.

An administrator sees to other people's accounts. Nobody makes more of their own by these pages.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from sources.admin import DeskAdmin

from .models import User
from .roles import grantable

admin.site.unregister(Group)

# What makes an account more than its roles: a superuser's to see and to give.
BEYOND_ROLES = ("is_superuser", "user_permissions")
KEPT_BY_DJANGO = ("last_login", "date_joined")
# What nobody, superusers included, changes about themselves: a colleague does.
OF_OTHERS = ("is_active", "is_staff", "groups", *BEYOND_ROLES)


@admin.register(User)
class AccountAdmin(DeskAdmin, UserAdmin):
    add_label = "Add a colleague"
    add_fieldsets = (*UserAdmin.add_fieldsets, ("Personal info", {"fields": ("email",)}))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            # Out of the form, and so beyond any POST.
            (title, {**options, "fields": [f for f in options["fields"] if f not in BEYOND_ROLES]})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return [*KEPT_BY_DJANGO, *(OF_OTHERS if obj == request.user else ())]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_above(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_above(request, obj)


def _is_above(request: HttpRequest, account: User | None) -> bool:
    # Whoever may set a superuser's password or address is one.
    return account is not None and account.is_superuser and not request.user.is_superuser


@admin.register(Group)
class RoleAdmin(DeskAdmin, GroupAdmin):  # type: ignore[misc]
    add_label = "Add a role"

    def get_form(
        self, request: HttpRequest, obj: Group | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "permissions" in form.base_fields:
            offered: Any = form.base_fields["permissions"]
            offered.queryset = offered.queryset.filter(pk__in=grantable(obj, by=request.user))
        return form

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_ones_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_ones_own(request, obj)


def _is_ones_own(request: HttpRequest, group: Group | None) -> bool:
    """A role that one holds oneself; a superuser has nothing to gain by it."""
    return (
        group is not None and not request.user.is_superuser and request.user.groups.contains(group)
    )
