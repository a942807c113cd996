"""Accounts: no two have the same e-mail address, whatever its case."""

import pytest
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
    row = shown[shown.index('class="form-row errors field-email"') :]
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
