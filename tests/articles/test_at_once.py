"""Two at once: whoever changes what readers see waits for the other, and sees what they left."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.urls import reverse

from articles.models import Profile, Relation, UpdateRequest
from articles.prepared.profiles import compose_profile
from articles.publishing.door import publish, retract
from articles.publishing.workflow import MoveRefused
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_interview,
    make_live,
    make_retraction,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG_ENOUGH = 1  # seconds, in which whoever does not wait is done


@contextmanager
def and_meanwhile(work):
    """What is done here is not committed yet while `work` begins, on a connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        yield
        other.start()
        other.join(LONG_ENOUGH)
    other.join()


def test_of_two_publications_the_second_sees_the_first(cast):
    make_live(cast.editor)  # the very first would wait for the row that is locked to be made
    first, second = make_article(), make_article()
    for article in (first, second):
        article.tags.add("Ice")
        approve(article, cast.editor)
    with and_meanwhile(lambda: publish(second, by=cast.second_editor)):
        publish(first, by=cast.editor)
    related = Relation.objects.order_by("article").values_list("article", "other")
    assert list(related) == [(first.pk, second.pk), (second.pk, first.pk)]


def test_a_profile_changed_while_its_first_story_is_published_is_not_lost(cast):
    article = make_article()
    author = make_byline(article).author
    approve(article, cast.editor)

    def change():
        author.title = "Editor at large"
        author.save()
        compose_profile(author)

    with and_meanwhile(change):
        publish(article, by=cast.editor)
    assert Profile.objects.get().title == "Editor at large"


def test_a_retraction_that_is_being_refused_does_not_go_out(cast):
    article = make_live(cast.editor)
    asked = make_retraction(article, cast.second_editor)
    told = []

    def publish_it():
        with pytest.raises(MoveRefused, match="Nobody asks for this retraction any more"):
            retract(asked, by=cast.editor)
        told.append(True)

    with and_meanwhile(publish_it):
        UpdateRequest.objects.get(pk=asked.pk).delete()
    assert told
    assert not article.live_version.is_retracted


def test_a_retraction_that_is_being_published_is_not_refused(cast, client):
    article = make_live(cast.editor)
    asked = make_retraction(article, cast.second_editor)
    client.force_login(cast.editor)
    address = reverse("admin:articles_article_retract", args=[article.pk])
    pages = []

    def refuse_it():
        pages.append(client.post(address, {"asked": asked.pk, "refuse": "1"}, follow=True))

    with and_meanwhile(refuse_it):
        retract(asked, by=cast.editor)
    assert "nothing was refused now" in pages[0].content.decode()
    assert UpdateRequest.objects.get().answered_by is not None


def test_an_approval_that_is_being_withdrawn_is_not_confirmed(cast, client):
    source = make_anonymous()
    article = make_article(interviews=[make_interview(source)])
    approval = make_approval(article, source, by=cast.editor)
    client.force_login(cast.standards_editor)
    address = reverse("admin:articles_article_confirm", args=[approval.pk])
    seen = approval.as_seen()
    with and_meanwhile(lambda: client.post(address, {"seen": seen})):
        approval.decide(False, by=cast.second_editor, remark="Not vital after all.")
    approval.refresh_from_db()
    assert (approval.is_approved, approval.confirmed_by) == (False, None)
