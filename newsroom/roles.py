"""The desk's roles, as a table: which group may do what. Brought up to date by every `migrate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps as installed
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.contrib.auth.models import AnonymousUser

    from .models import Role, User

_EDIT = ("add", "change", "delete", "view")


def _all(*models: str) -> set[str]:
    return {
        f"{app}.{verb}_{name}" for m in models for app, name in [m.split(".")] for verb in _EDIT
    }


REPORTER = (
    _all("articles.byline", "articles.commentrequest", "articles.commentattempt")
    | _all("articles.notebookentry", "articles.anonymityapproval", "sources.affiliation")
    | _all("sources.quote")
    | {
        "articles.view_article",
        "articles.add_article",
        "articles.change_article",
        "articles.submit_article",
        "articles.withdraw_article",
        "articles.view_photo",
        "articles.add_photo",
        "articles.change_photo",
        "articles.view_section",
        "articles.view_shape",
        "articles.view_author",
        "articles.view_version",
        "sources.view_source",
        "sources.add_source",
        "sources.change_source",
        "sources.view_interview",
        "sources.add_interview",
        "sources.change_interview",
        "sources.view_organization",
        "sources.add_organization",
    }
)
PHOTO_EDITOR = _all("articles.photo")
EDITOR = (
    REPORTER - {"articles.withdraw_article"}  # an editor sends back, and says why
    | PHOTO_EDITOR
    | _all("articles.author", "articles.spotlight", "articles.appeal", "articles.frontstory")
    | _all("sources.organization")
    | _all("sources.source", "sources.interview", "articles.section", "articles.shape")
    | {
        "articles.view_policy",
        "articles.see_every_article",
        "articles.review_article",
        "articles.publish_article",
        "articles.publish_update",
        "articles.publish_correction",
        "articles.retract_article",
        "articles.view_errorreport",
        "articles.change_errorreport",
        "articles.spike_article",
        "articles.decide_anonymityapproval",
        "articles.decide_exhibit",
        "articles.override_sourcing",
        "sources.see_every_source",
    }
)
STANDARDS_EDITOR = (
    EDITOR
    | _all("sources.selfdescription")
    | {
        "articles.add_policy",
        "articles.audit_sourcing",
        "articles.change_policy",
        "articles.confirm_anonymityapproval",
        "articles.import_published_article",
    }
)
# Accounts, and nothing of stories or sources.
ADMINISTRATOR = _all("newsroom.user", "auth.group", "articles.section", "articles.author")

ROLES = {
    "Reporter": REPORTER,
    "Editor": EDITOR,
    "Standards editor": STANDARDS_EDITOR,
    "Photo editor": PHOTO_EDITOR,
    "Administrator": ADMINISTRATOR,
}


def grant_roles(apps: Apps = installed, **kwargs: Any) -> None:
    """Bring the groups to what the table says, without undoing what the newsroom made of them.

    What is new in the table is granted, once: what an administrator takes away stays away, and so
    does a group that was deleted. What left the table is withdrawn, if it came from there.
    """
    try:
        roles = apps.get_model("newsroom", "Role").objects
    except LookupError:  # other apps were migrated, and this one was not yet
        return
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in apps.get_model("auth", "Permission").objects.select_related(
            "content_type"
        )
    }
    with transaction.atomic():
        for name in ROLES:
            if not roles.filter(name=name).exists():
                # The newsroom may have made a group of this name itself.
                group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
                roles.create(name=name, group=group)
        for role in roles.select_related("group"):
            # An app migrated by itself has not got them all yet; the next migrate completes them.
            labels = ROLES.get(role.name, set()) & permissions.keys()
            _bring_up_to_date(role, {permissions[each] for each in labels})
        # The group stays, with its people and what it was given by hand.
        roles.exclude(name__in=ROLES).delete()


def _bring_up_to_date(role: Role, wanted: set[Permission]) -> None:
    granted = set(role.granted.all())
    if role.group:
        role.group.permissions.add(*wanted - granted)
        role.group.permissions.remove(*granted - wanted)
    role.granted.set(wanted)


def grantable(group: Group | None, by: User | AnonymousUser) -> QuerySet[Permission]:
    """What somebody may tick for a group: what it has, what its role came with, what they hold.

    Nobody gives what they do not have, except back: an administrator, who has no business with
    stories, cannot make a role that has, and mends one that was taken too much from.
    """
    if by.is_superuser:
        return Permission.objects.all()
    held = Permission.objects.filter(Q(user=by.pk) | Q(group__user=by.pk))
    offered = Q(pk__in=held.values("pk"))
    if group:
        came_with = Permission.objects.filter(Q(group=group) | Q(role__group=group))
        offered |= Q(pk__in=came_with.values("pk"))
    return Permission.objects.filter(offered)
