"""Who may do what: the people in every test.

A reporter owns the story; a second reporter has one of their own and no business with it; an
editor and a second editor run the desk; a standards editor decides what is central; a photo editor
sees to pictures; an administrator to accounts; an outsider has an account on the desk and no role.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from newsroom.models import User

ROLES = {
    "reporter": "Reporter",
    "second_reporter": "Reporter",
    "editor": "Editor",
    "second_editor": "Editor",
    "standards_editor": "Standards editor",
    "photo_editor": "Photo editor",
    "administrator": "Administrator",
    "outsider": None,
}


@dataclass
class Cast:
    reporter: User
    second_reporter: User
    editor: User
    second_editor: User
    standards_editor: User
    photo_editor: User
    administrator: User
    outsider: User


def hire() -> Cast:
    # In three queries, since nearly every test begins with it.
    people = [
        User(username=username, is_staff=True, password=make_password(username))
        for username in ROLES
    ]
    User.objects.bulk_create(people)
    groups = {group.name: group for group in Group.objects.all()}
    User.groups.through.objects.bulk_create(
        User.groups.through(user=person, group=groups[role])
        for person, role in zip(people, ROLES.values(), strict=True)
        if role
    )
    return Cast(**{person.username: person for person in people})
