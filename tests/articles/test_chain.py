"""Tamper evidence: the chain of versions shows which row of which story was altered."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from articles.management.commands import verify_versions
from articles.models import Article, Update, Version
from articles.publishing.door import publish_update
from articles.record.chain import breaks
from articles.record.public_files import sweep
from tests.factories import make_live, make_photo
from tests.write_once import Lifted, verified

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


GONE, NOT_LIVE = "the version before it is gone", "the newest is not what is live"
NO_LONGER_LIVE = "it is live, and another followed it"
NOT_TOLD = "its update is not the one of which readers were told"
UNLINKED, OTHERWISE = "it does not follow the version before it", "it is not what was published"

# Each with the numbers of the versions that are told of, and what is wrong with them.
TAKEN_OUT = {
    1: [(2, GONE)],
    2: [(3, GONE), (0, "the version of “Update: A deck” is gone")],
    3: [(2, NOT_LIVE), (0, "the version of “Update: Another deck” is gone")],
}
FORGED = {
    "version SET is_live = NOT is_live": [(1, NO_LONGER_LIVE), (2, NO_LONGER_LIVE), (3, NOT_LIVE)],
    "version SET hash_scheme = 9": [(n, "nobody knows its hash scheme 9") for n in (1, 2, 3)],
    "version SET previous_hash = '00'": [(1, UNLINKED), (2, UNLINKED), (3, UNLINKED)],
    "version SET previous_hash = 'zz'": [(1, UNLINKED), (2, UNLINKED), (3, UNLINKED)],
    "version SET content_hash = '00'": [(1, OTHERWISE), (2, UNLINKED), (3, UNLINKED)],
    "version SET content_hash = 'zz'": [(1, OTHERWISE), (2, UNLINKED), (3, UNLINKED)],
    "update SET note = 'Forged'": [(2, NOT_TOLD), (3, NOT_TOLD)],
    "update SET kind = 'minor'": [(2, NOT_TOLD), (3, NOT_TOLD)],
    "update SET at = '2001-01-01 00:00:00+00:00'": [(2, NOT_TOLD), (3, NOT_TOLD)],
}


@pytest.mark.parametrize("story", [0, 1])
def test_what_is_missing_or_forged_is_told_with_its_place(stories, story):
    """What stands beside the hash is held against it as well."""
    story = stories[story]
    for change, told in (TAKEN_OUT | FORGED).items():
        with transaction.atomic():
            with Lifted() as cursor:
                if change in TAKEN_OUT:
                    take_out(cursor, f"number = {change} AND article_id = {story.pk}")
                else:
                    where = f"WHERE article_id = {story.pk}"
                    cursor.execute(f"UPDATE articles_{change} {where}")
            assert list(breaks()) == [(story.slug, story.pk, *each) for each in told], change
            transaction.set_rollback(True)


def test_a_story_of_which_everything_was_taken_is_missed(stories):
    with Lifted() as cursor:
        take_out(cursor, "slug = 'second'")
        cursor.execute("DELETE FROM articles_update WHERE article_id = %s", [stories[1].pk])
    gone = "every version of it is gone"
    assert list(breaks()) == [("second", stories[1].pk, 0, gone)]


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


@pytest.mark.django_db(transaction=True)
def test_two_processes_find_what_one_finds(cast, monkeypatch):
    monkeypatch.setenv("DEBUG", "on")  # they need no collected static files
    for number in range(3):
        make_live(cast.editor, slug=f"story-{number}")
    assert verified(processes=2) == "3 versions, every chain holds\n"
    with Lifted() as cursor:
        cursor.execute("UPDATE articles_version SET deck = 'forged' WHERE slug = 'story-1'")
    found = verified(processes=2)
    assert found == verified()
    assert "story-1" in found


def test_a_run_that_was_stopped_goes_on_behind_a_story(stories):
    with Lifted() as cursor:
        cursor.execute("UPDATE articles_version SET deck = 'forged'")
    assert "first (story" in verified()
    after = verified(after=stories[0].pk)
    assert "first (story" not in after
    assert "second (story" in after
    assert verified(after=stories[1].pk) == "0 versions, every chain holds\n"


def test_a_run_that_is_stopped_says_where_to_go_on(stories, monkeypatch):
    monkeypatch.setattr("articles.management.commands.verify_versions.AT_ONCE", 1)
    whole = verify_versions.verify

    def stopped(part):
        if part.first > stories[0].pk:
            raise KeyboardInterrupt
        return whole(part)

    monkeypatch.setattr("articles.management.commands.verify_versions.verify", stopped)
    sweep()
    err = StringIO()
    with pytest.raises(KeyboardInterrupt):
        call_command("verify_versions", stderr=err)
    assert err.getvalue() == f"Stopped. Go on with --after {stories[0].pk}.\n"
