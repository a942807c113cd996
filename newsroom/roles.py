"""The desk's roles, as a table: which group may do what. Granted after every `migrate`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission

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
    | _all("sources.source", "sources.interview", "articles.section")
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
        "articles.override_sourcing",
        "sources.see_every_source",
    }
)
STANDARDS_EDITOR = EDITOR | {
    "articles.add_policy",
    "articles.change_policy",
    "articles.confirm_anonymityapproval",
    "articles.import_published_article",
}
ADMINISTRATOR = _all("newsroom.user", "auth.group", "articles.section", "articles.author")

ROLES = {
    "Reporter": REPORTER,
    "Editor": EDITOR,
    "Standards editor": STANDARDS_EDITOR,
    "Photo editor": PHOTO_EDITOR,
    "Administrator": ADMINISTRATOR,
}


def grant_roles(**kwargs: Any) -> None:
    """Make the groups and give them what the table says; what a newsroom added stays."""
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, granted in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        # An app migrated by itself has not got them all yet; the next migrate completes them.
        group.permissions.add(*(permissions[each] for each in granted & permissions.keys()))
