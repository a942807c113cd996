"""What the project promises as a whole: settings, checks, demo, layout."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from articles.models import Article, Version
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from newsroom.environment import kept_secret
from newsroom.models import User
from tests.write_once import Lifted, verified

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("name", "value", "identity"),
    [
        ("SOURCING_RULES", {"no-such-rule": "warn"}, "newsroom.E001"),
        ("SOURCING_RULES", {"byline-missing": "fatal"}, "newsroom.E002"),
        ("SOURCING_RULES", {"story-incomplete": "note"}, "newsroom.E003"),
        ("ENVIRONMENT_MISTAKES", {"HSTS_SECONDS": "abc"}, "newsroom.E004"),
        ("SPELLING_DICTIONARY", "/nowhere/ar", "newsroom.E005"),
    ],
)
def test_a_mistake_in_the_settings_is_a_check(settings, name, value, identity):
    assert [error.id for error in run_checks()] == []
    setattr(settings, name, value)
    assert [error.id for error in run_checks()] == [identity]


def test_a_severity_of_the_newsrooms_own_counts(db, settings, cast):
    from tests.factories import make_article

    article = make_article()
    assert [(f.code, f.severity) for f in check(CheckedMaterial(article))] == [
        ("byline-missing", "warn")
    ]
    settings.SOURCING_RULES = {"byline-missing": "block"}
    assert [(f.code, f.severity) for f in check(CheckedMaterial(article))] == [
        ("byline-missing", "block")
    ]


def test_a_secret_key_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "var" / "secret_key"
    assert kept_secret(path) == kept_secret(path) == path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_demo_loads_passes_the_check_and_holds_until_it_is_tampered_with(
    db, client, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path / "static"
    out = StringIO()
    call_command("demo", stdout=out)
    assert "http://127.0.0.1:8000/desk/" in out.getvalue()
    assert Article.objects.count() == 7
    for version in Version.objects.live():
        findings = check(CheckedMaterial(version.article))
        assert [f for f in findings if f.severity in ("absolute", "block")] == [], version.slug
        assert client.get(version.get_absolute_url()).status_code == 200
        assert client.get(version.get_notebook_url()).status_code == 200
    quoted = {use.quote_id for article in Article.objects.all() for use in article.quote_uses.all()}
    assert len(quoted) > 40
    before = User.objects.values_list("pk", "password")
    call_command("demo", stdout=out)
    assert Article.objects.count() == 7
    assert list(User.objects.values_list("pk", "password")) == list(before)
    assert "every chain holds" in verified()
    with Lifted() as cursor:
        cursor.execute(
            "UPDATE articles_version SET headline = 'Forged' WHERE slug LIKE 'harbour%%'", []
        )
    assert "harbour-dredging-contract" in verified()


def python(script, **environment):
    """Run a script in a newsroom of its own, with these variables."""
    ours = {
        "ENV_FILE": os.devnull,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": "sqlite://:memory:",
    }
    return subprocess.run(
        [sys.executable, *script],
        cwd=ROOT,
        env=os.environ | ours | environment,
        capture_output=True,
        text=True,
        check=False,
    )


WRONG = [
    {
        "TIME_ZONE": "Mars/Olympus",
        "HSTS_SECONDS": "abc",
        "CACHE_URL": "foo://x",
        "DATABASE_URL": "postgres://u:p@db:54x2/x",
        "LOG_LEVEL": "loud",
        "SERVES_DESK": "ture",
    },
    {"DATABASE_URL": "foo://x", "SITE_URL": "news.example.org"},
    {"DATABASE_URL": "postgres://127.0.0.1/x", "CONN_MAX_AGE": "soon", "SITE_URL": "https://[x"},
]
RIGHT = {"SITE_URL": "https://a.example", "DATABASE_URL": "postgres://127.0.0.1/x"}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_values_are_told_by_name(wrong):
    ran = python(["manage.py", "check"], **RIGHT | wrong)
    told = {line.split()[2].rstrip(":") for line in ran.stderr.splitlines() if "E004" in line}
    assert told == {name for name, value in wrong.items() if RIGHT.get(name) != value}
    assert "Traceback" not in ran.stderr


def test_wrong_values_start_no_server():
    served = python(["-c", "import newsroom.wsgi"], **RIGHT | WRONG[0])
    assert served.returncode != 0
    assert "The environment is wrong" in served.stderr


def test_mail_goes_by_the_address_that_is_given():
    script = (
        "import django; django.setup();"
        "from django.core import mail;"
        "mailer = mail.get_connection() if django.VERSION < (6, 1) else mail.mailers['default'];"
        "print(mailer.host, mailer.port, mailer.username, mailer.use_tls, mailer.timeout)"
    )
    ran = python(
        ["-W", "error", "-c", script], EMAIL_URL="smtp+tls://desk:secret@mail.example.org:587"
    )
    assert ran.stdout.strip() == "mail.example.org 587 desk True 10", ran.stderr


def test_right_values_are_right():
    assert python(["manage.py", "check"], **RIGHT).returncode == 0


def test_the_demo_stays_on_this_machine():
    ran = python(["manage.py", "demo"], SITE_URL="https://news.example.org")
    assert "runs on this machine only" in ran.stderr


def test_the_public_process_has_no_desk():
    script = (
        "import django; django.setup();"
        "from django.test import Client;"
        "print(Client().get('/desk/', headers={'host': 'localhost'}).status_code)"
    )
    ran = python(["-c", script], SERVES_DESK="off", DEBUG="on")
    assert ran.stdout.strip() == "404", ran.stderr
