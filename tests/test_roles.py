"""Roles: a release grants each permission once."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.migrations.state import ProjectState

from newsroom import roles
from newsroom.models import Role
from newsroom.roles import ROLES, grant_roles

pytestmark = pytest.mark.django_db


def permission(label):
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def labels(group):
    return {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}


@pytest.fixture
def release(monkeypatch):
    """The next release, whose table says something else."""

    def migrate(**table):
        monkeypatch.setattr(roles, "ROLES", {**ROLES, **table})
        call_command("migrate", verbosity=0)

    return migrate


@pytest.fixture
def photo_editors(db):
    return Group.objects.get(name="Photo editor")


def test_every_role_is_granted_what_the_table_says():
    assert {group.name: labels(group) for group in Group.objects.all()} == ROLES
    reporter = ROLES["Reporter"]
    assert not any("publish" in label or "see_every" in label for label in reporter)


def test_what_an_administrator_takes_away_stays_away(release, photo_editors):
    photo_editors.permissions.remove(permission("articles.delete_photo"))
    release()
    assert labels(photo_editors) == ROLES["Photo editor"] - {"articles.delete_photo"}
    release(**{"Photo editor": ROLES["Photo editor"] | {"articles.view_author"}})
    assert labels(photo_editors) == (
        ROLES["Photo editor"] - {"articles.delete_photo"} | {"articles.view_author"}
    )


def test_what_a_release_drops_is_withdrawn_and_what_was_added_by_hand_stays(release, photo_editors):
    photo_editors.permissions.add(permission("articles.view_author"))
    release(**{"Photo editor": {"articles.view_photo"}})
    assert labels(photo_editors) == {"articles.view_photo", "articles.view_author"}
    release()
    assert labels(photo_editors) == ROLES["Photo editor"] | {"articles.view_author"}


def test_a_role_that_a_release_drops_keeps_its_people_and_what_they_were_given(
    cast, photo_editors, monkeypatch
):
    photo_editors.permissions.add(permission("articles.view_author"))
    monkeypatch.delitem(ROLES, "Photo editor")
    call_command("migrate", verbosity=0)
    assert labels(photo_editors) == {"articles.view_author"}
    assert photo_editors.user_set.get() == cast.photo_editor
    assert not Role.objects.filter(name="Photo editor").exists()


def test_a_role_that_was_renamed_is_followed_and_one_that_was_deleted_stays_away(
    release, photo_editors
):
    photo_editors.name = "Picture desk"
    photo_editors.save()
    Group.objects.get(name="Editor").delete()
    release(**{"Photo editor": {"articles.view_photo"}})
    assert labels(photo_editors) == {"articles.view_photo"}
    assert not Group.objects.filter(name__in=("Photo editor", "Editor")).exists()


def test_a_new_role_finds_a_group_of_its_name_though_it_is_another_roles(release, photo_editors):
    photo_editors.name = "Picture desk"
    photo_editors.save()
    release(**{"Picture desk": {"articles.view_author"}})
    assert labels(photo_editors) == ROLES["Photo editor"] | {"articles.view_author"}


def test_a_permission_whose_app_is_not_migrated_yet_is_granted_later(photo_editors):
    Permission.objects.get(codename="delete_photo").delete()
    Permission.objects.get(codename="add_photo").delete()
    grant_roles()
    assert labels(photo_editors) == {"articles.view_photo", "articles.change_photo"}
    call_command("migrate", verbosity=0)
    assert labels(photo_editors) == ROLES["Photo editor"]


def test_other_apps_are_migrated_before_there_are_roles(photo_editors):
    photo_editors.permissions.clear()
    Role.objects.all().delete()
    grant_roles(apps=ProjectState().apps)
    assert labels(photo_editors) == set()
    grant_roles()
    assert labels(photo_editors) == ROLES["Photo editor"]
