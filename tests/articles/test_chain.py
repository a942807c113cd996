"""Tamper evidence: the chain of versions shows which row of which story was altered."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, Update, Version
from articles.publishing.door import publish_update
from articles.record.public_files import sweep
from tests.factories import make_live, make_photo
from tests.write_once import Lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(cast):
    found = []
    for name in ("first", "second"):
        article = make_live(cast.editor, slug=name, lead_photo=make_photo(), dateline="QUAY")
        for deck in ("A deck", "Another deck"):
            Article.objects.filter(pk=article.pk).update(deck=deck)
            article.refresh_from_db()
            publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note=deck)
        found.append(article)
    return found


def take_out(cursor, versions):
    """Versions, and what is made from them."""
    for table in ("listing", "searchentry", "quoteuse", "sourceuse"):
        cursor.execute(
            f"DELETE FROM articles_{table} WHERE version_id IN "
            f"(SELECT id FROM articles_version WHERE {versions})"
        )
    cursor.execute(f"DELETE FROM articles_version WHERE {versions}")


def verified():
    sweep()  # which puts files in place as a commit would
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_versions", stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        return err.getvalue()
    return out.getvalue()


def test_chains_hold(stories):
    assert verified() == "6 versions, every chain holds\n"


COLUMNS = [
    field.column
    for field in Version._meta.concrete_fields
    if field.name not in ("id", "article", "is_live", "update")
]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_is_found_with_its_row(stories, column):
    version = stories[1].versions.get(number=2)
    field = next(f for f in Version._meta.concrete_fields if f.column == column)
    kind = field.get_internal_type()
    value = {"JSONField": '["forged"]', "DateField": "2001-01-01"}.get(kind, "forged")
    value = "2001-01-01 00:00:00+00:00" if kind == "DateTimeField" else value
    value = True if kind == "BooleanField" else value
    value = 7 if "Integer" in kind else value[:6] if kind == "CharField" else value
    with Lifted() as cursor:
        cursor.execute(
            f"UPDATE articles_version SET {column} = %s WHERE id = %s", [value, version.pk]
        )
    found = verified()
    assert f"second (story {stories[1].pk}), version" in found or "forged" in found
    assert "first" not in found


def test_a_version_that_was_taken_out_is_missed(stories):
    with Lifted() as cursor:
        take_out(cursor, "number = 2 AND slug = 'first'")
    found = verified()
    assert "version 3: the version before it is gone" in found
    assert "is gone" in found


def test_the_newest_version_taken_out_is_missed_too(stories):
    with Lifted() as cursor:
        take_out(cursor, "number = 3 AND slug = 'first'")
    assert "first" in verified()


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE articles_version SET is_live = NOT is_live WHERE slug = 'second'",
        "UPDATE articles_update SET note = 'Forged' WHERE article_id = {key}",
        "UPDATE articles_update SET kind = 'minor' WHERE article_id = {key}",
        "UPDATE articles_update SET at = '2001-01-01 00:00:00+00:00' WHERE article_id = {key}",
    ],
)
def test_what_stands_beside_the_hash_is_held_against_it(stories, forgery):
    with Lifted() as cursor:
        cursor.execute(forgery.format(key=stories[1].pk))
    assert "second" in verified()
    assert "first" not in verified()


def test_a_story_of_which_everything_was_taken_is_missed(stories):
    with Lifted() as cursor:
        take_out(cursor, "slug = 'second'")
        cursor.execute("DELETE FROM articles_update WHERE article_id = %s", [stories[1].pk])
    assert "second" in verified()


def test_a_forged_page_is_found_and_drawn_anew(stories, client):
    address = stories[1].live_version.get_absolute_url()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_storypage SET main = 'Forged' WHERE article_id = %s", [stories[1].pk]
        )
    assert "Forged" in client.get(address).content.decode()
    assert "second" in verified()
    assert "first" not in verified()
    call_command("refresh_front", stdout=StringIO())
    assert "every chain holds" in verified()
    assert "Forged" not in client.get(address).content.decode()


def test_the_demo_newsroom_holds_until_a_copy_is_tampered_with(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("demo", stdout=StringIO())
    assert "every chain holds" in verified()
    with Lifted() as cursor:
        cursor.execute(
            "UPDATE articles_version SET headline = 'Forged' WHERE slug LIKE 'harbour%%'", []
        )
    assert "harbour-dredging-contract" in verified()
