"""Every feed is read by a feed reader without a complaint, and knows its entries again."""

import feedparser
import pytest

from articles.models import Article, Update
from articles.publishing.door import publish_update
from tests.newsrooms import NEWSROOMS, answers, full

pytestmark = pytest.mark.django_db

FEEDS = ("application/atom+xml", "application/rss+xml")


def feeds(client, version):
    """Every feed among the addresses, as a feed reader sees it."""
    return {
        url: feedparser.parse(
            answer.content, response_headers={"content-type": answer["Content-Type"]}
        )
        for url, answer in answers(client, version, *FEEDS).items()
    }


def ids(client, version):
    return {
        url: [entry.id for entry in feed.entries] for url, feed in feeds(client, version).items()
    }


@pytest.mark.parametrize("newsroom", NEWSROOMS)
def test_every_feed_is_well_formed(cast, client, newsroom):
    found = feeds(client, NEWSROOMS[newsroom](cast))
    assert len(found) >= 2
    for url, feed in found.items():
        assert not feed.bozo, (url, feed.bozo_exception)
        assert feed.feed.title
        for entry in feed.entries:
            assert entry.id
            assert entry.title
            assert entry.link
            assert entry.published_parsed
    assert any(feed.entries for feed in found.values()) == (newsroom != "empty")


def test_an_entry_keeps_its_id_whatever_becomes_of_its_story(cast, client):
    version = full(cast)
    before = ids(client, version)
    article = version.article
    Article.objects.filter(pk=article.pk).update(slug="renamed", headline="Another")
    article.refresh_from_db()
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Renamed.")
    assert ids(client, article.live_version) == before
    for url, kept in before.items():
        assert kept, url
        assert len(set(kept)) == len(kept), url


def test_the_reader_complains_of_what_is_no_feed(client):
    broken = client.get("/feed/").content.replace(b"</feed>", b"")
    assert feedparser.parse(broken).bozo
