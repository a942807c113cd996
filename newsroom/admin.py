"""Accounts and roles, on the desk's own terms: their address line answers no questions either."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group

from sources.admin import DeskAdmin

from .models import User

admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(DeskAdmin, UserAdmin):
    add_fieldsets = (*UserAdmin.add_fieldsets, ("Personal info", {"fields": ("email",)}))


@admin.register(Group)
class RoleAdmin(DeskAdmin, GroupAdmin):  # type: ignore[misc]
    pass
