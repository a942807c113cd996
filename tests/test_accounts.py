"""Accounts: no two have the same e-mail address, and nobody makes more of their own."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from newsroom.models import User
from tests.desk import told

pytestmark = pytest.mark.django_db

TAKEN = "Another account has this e-mail address. Upper and lower case make no difference."


@pytest.fixture
def ada(cast):
    """Somebody whose address is Ada@example.org."""
    return User.objects.create_user("ada", "Ada@example.org", first_name="Ada")


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root", "root@example.org", "root")


@pytest.fixture
def desk(cast, client):
    client.force_login(cast.administrator)
    return client


def form_of(account=None, **fields):
    """What the page of an account would post: a new one's, or this one's."""
    if account is None:
        password = {"password1": "quay-of-brindle", "password2": "quay-of-brindle"}
        return {"username": "new", "usable_password": "true", **password, **fields}
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00"}
    return {"username": account.username, "is_active": "on", **joined, **fields}


def url_of(account=None):
    if account is None:
        return reverse("admin:newsroom_user_add")
    return reverse("admin:newsroom_user_change", args=[account.pk])


@pytest.mark.parametrize("email", ["Ada@example.org", "ada@EXAMPLE.org", "ADA@example.ORG"])
def test_the_database_refuses_an_address_that_is_taken(ada, cast, email):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="new", email=email)])
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.reporter.pk).update(email=email)
    assert User.objects.get(email__iexact=email) == ada


def test_the_database_takes_other_addresses_and_accounts_without_one(ada):
    emails = ["ada.holt@example.org", "ada@example.com", "", ""]
    User.objects.bulk_create(
        User(username=f"new{number}", email=email) for number, email in enumerate(emails)
    )
    assert User.objects.filter(username__startswith="new").count() == len(emails)


@pytest.mark.parametrize("who", [None, "reporter"])
def test_the_form_tells_beside_the_field_and_keeps_what_was_typed(ada, cast, desk, who):
    account = who and getattr(cast, who)
    typed = form_of(account, username="holt", email="aDA@example.org")
    page = desk.post(url_of(account), typed)
    errors = page.context["adminform"].form.errors
    assert (page.status_code, errors) == (200, {"email": [TAKEN]})
    shown = told(page)
    row = shown[shown.index(' field-email"') :]
    assert row.index(TAKEN) < row.index('value="aDA@example.org"')
    assert 'value="holt"' in shown
    assert not User.objects.filter(username="holt").exists()


@pytest.mark.parametrize("who", [None, "reporter"])
@pytest.mark.parametrize("email", ["grace@example.org", ""])
def test_the_form_takes_another_address_or_none(ada, cast, desk, who, email):
    account = who and getattr(cast, who)
    answer = desk.post(url_of(account), form_of(account, username="holt", email=email))
    assert answer.status_code == 302
    assert User.objects.get(username="holt").email == email


def test_an_account_may_write_its_own_address_in_another_case(ada, desk):
    assert desk.post(url_of(ada), form_of(ada, email="ada@example.org")).status_code == 302
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"


def test_createsuperuser_says_that_an_address_is_taken(ada):
    with pytest.raises(CommandError, match=TAKEN):
        call_command("createsuperuser", username="new", email="ADA@example.org", interactive=False)
    for username, email in (("root", "root@example.org"), ("other", "")):
        call_command("createsuperuser", username=username, email=email, interactive=False)
        assert User.objects.get(username=username).is_superuser


def forged(account=None):
    """A form that asks for everything, and for what the account's page does offer beside it."""
    return form_of(
        account,
        first_name="Changed",
        email="changed@example.org",
        is_staff="on",
        is_superuser="on",
        groups=[Group.objects.get(name="Editor").pk],
        user_permissions=[Permission.objects.get(codename="delete_user").pk],
    )


def standing(account):
    """What an account may do: itself, by its roles, and beyond them."""
    account.refresh_from_db()
    roles = {group.name for group in account.groups.all()}
    beyond = {permission.codename for permission in account.user_permissions.all()}
    return account.is_staff, roles, account.is_superuser, beyond


def test_an_administrator_gives_roles_and_nothing_beyond_them(cast, desk, root):
    page = told(desk.get(url_of(cast.outsider)))
    assert 'name="groups"' in page
    assert not any(f'name="{name}"' in page for name in ("is_superuser", "user_permissions"))
    assert desk.post(url_of(cast.outsider), forged(cast.outsider)).status_code == 302
    assert standing(cast.outsider) == (True, {"Editor"}, False, set())
    desk.force_login(root)
    assert desk.post(url_of(cast.outsider), forged(cast.outsider)).status_code == 302
    assert standing(cast.outsider) == (True, {"Editor"}, True, {"delete_user"})


@pytest.mark.parametrize("who", ["administrator", "root"])
def test_a_new_account_is_nothing_yet(cast, desk, root, who):
    desk.force_login(root if who == "root" else cast.administrator)
    assert desk.post(url_of(), forged()).status_code == 302
    made = User.objects.get(username="new")
    assert made.email == "changed@example.org"
    assert standing(made) == (False, set(), False, set())


@pytest.mark.parametrize("who", ["administrator", "root"])
def test_nobody_makes_their_own_account_more_or_less(cast, desk, root, who):
    me = root if who == "root" else cast.administrator
    before = standing(me)
    desk.force_login(me)
    for typed in (forged(me), form_of(me, first_name="Changed", is_active="")):
        assert desk.post(url_of(me), typed).status_code == 302
        assert (standing(me), me.first_name, me.is_active) == (before, "Changed", True)
        User.objects.filter(pk=me.pk).update(first_name="")
    typed = form_of(cast.reporter, first_name="Changed", is_active="")
    assert desk.post(url_of(cast.reporter), typed).status_code == 302
    assert standing(cast.reporter) == (False, set(), False, set())
    assert not cast.reporter.is_active


def change(desk, account):
    return desk.post(url_of(account), form_of(account, username="taken-over"))


def set_password(desk, account):
    password = {"password1": "quay-of-brindle", "password2": "quay-of-brindle"}
    url = reverse("admin:auth_user_password_change", args=[account.pk])
    return desk.post(url, {"usable_password": "true", **password})


def delete(desk, account):
    url = reverse("admin:newsroom_user_delete", args=[account.pk])
    return desk.post(url, {"post": "yes"})


def delete_from_the_list(desk, account):
    chosen = {"action": "delete_selected", "_selected_action": [account.pk], "post": "yes"}
    return desk.post(reverse("admin:newsroom_user_changelist"), chosen)


@pytest.mark.parametrize("attempt", [change, set_password, delete, delete_from_the_list])
def test_an_administrator_does_nothing_to_a_superuser(cast, desk, root, attempt):
    before = User.objects.filter(pk=root.pk).values().get()
    assert attempt(desk, root).status_code == 403
    assert User.objects.filter(pk=root.pk).values().get() == before
    before = User.objects.filter(pk=cast.outsider.pk).values().get()
    assert attempt(desk, cast.outsider).status_code == 302
    assert User.objects.filter(pk=cast.outsider.pk).values().first() != before


def test_another_superuser_does(desk, root):
    desk.force_login(User.objects.create_superuser("second", "second@example.org", "second"))
    assert change(desk, root).status_code == 302
    root.refresh_from_db()
    assert root.username == "taken-over"


def test_an_administrator_sees_a_superusers_account_without_its_password(desk, root):
    page = desk.get(url_of(root))
    assert page.status_code == 200
    assert "root@example.org" in told(page)
    assert root.password not in told(page)
    assert 'name="username"' not in told(page)
