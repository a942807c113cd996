"""Roles: a release grants each permission once, and an administrator hands on what is theirs."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.migrations.state import ProjectState
from django.urls import reverse

from newsroom import roles
from newsroom.models import Role, User
from newsroom.roles import ROLES, grant_roles
from tests.desk import told

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


def save(client, group, *given, name=None):
    url = reverse("admin:auth_group_change", args=[group.pk])
    chosen = [permission(label).pk for label in given]
    return client.post(url, {"name": name or group.name, "permissions": chosen})


def delete(client, group):
    return client.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})


def delete_from_the_list(client, group):
    chosen = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    return client.post(reverse("admin:auth_group_changelist"), chosen)


@pytest.mark.parametrize("attempt", [save, delete, delete_from_the_list])
def test_nobody_changes_a_role_that_they_hold(cast, client, photo_editors, attempt):
    client.force_login(cast.administrator)
    own = Group.objects.get(name="Administrator")
    assert attempt(client, own).status_code == 403
    assert labels(own) == ROLES["Administrator"]
    assert attempt(client, photo_editors).status_code == 302
    left = Group.objects.filter(pk=photo_editors.pk).first()
    assert left is None or labels(left) == set()
    cast.administrator.is_superuser = True
    cast.administrator.save()
    assert attempt(client, own).status_code == 302


def test_an_administrator_gives_what_they_hold_and_gives_back_what_a_role_came_with(
    cast, client, photo_editors
):
    client.force_login(cast.administrator)
    came_with = ROLES["Photo editor"]
    for given in ({"articles.view_photo"}, came_with, came_with | {"articles.view_section"}):
        assert save(client, photo_editors, *given).status_code == 302
        assert labels(photo_editors) == given
    held_by_nobody_here = permission("articles.publish_article")
    refused = save(client, photo_editors, "articles.publish_article")
    assert f"{held_by_nobody_here.pk} is not one of the available choices" in told(refused)
    assert labels(photo_editors) == came_with | {"articles.view_section"}
    photo_editors.permissions.add(held_by_nobody_here)
    assert save(client, photo_editors, "articles.publish_article").status_code == 302
    assert labels(photo_editors) == {"articles.publish_article"}
    client.force_login(User.objects.create_superuser("root"))
    assert save(client, photo_editors, "articles.spike_article").status_code == 302
    assert labels(photo_editors) == {"articles.spike_article"}


def test_a_new_role_holds_no_more_than_who_makes_it(cast, client):
    client.force_login(cast.administrator)
    add = reverse("admin:auth_group_add")
    beyond = {"name": "Publishers", "permissions": [permission("articles.publish_article").pk]}
    assert "is not one of the available choices" in told(client.post(add, beyond))
    assert not Group.objects.filter(name="Publishers").exists()
    theirs = {"name": "Publishers", "permissions": [permission("articles.view_author").pk]}
    assert client.post(add, theirs).status_code == 302
    group = Group.objects.get(name="Publishers")
    assert save(client, group, name="Standards editor").status_code == 200  # the name is taken
    assert save(client, group, name="Sub-editor").status_code == 302
