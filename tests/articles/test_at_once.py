"""Two at once: whoever changes what readers see waits for the other, and sees what they left."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from articles.models import Profile, Relation
from articles.prepared.profiles import compose_profile
from articles.publishing.door import publish
from tests.factories import approve, make_article, make_byline, make_live

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
