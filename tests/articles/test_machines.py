"""What machines read: the API by its own description, oEmbed, JSON Feed, sitemaps, robots, JSON-LD."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as site
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from articles.models import Version
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, retract
from articles.record.public_files import sweep
from tests.corpus import add_stories
from tests.factories import (
    approve,
    make_article,
    make_byline,
    make_live,
    make_photo,
    make_policy,
    make_retraction,
)

pytestmark = pytest.mark.django_db

NOTE = "The harbour thawed, and did not freeze."


@pytest.fixture
def story(cast):
    article = make_article(lead_photo=make_photo(), dateline="QUAY")
    article.tags.add("Ice")
    make_byline(article)
    publish(approve(article, cast.editor), by=cast.editor)
    correct(article, [Replacement("froze", "thawed")], by=cast.editor, note=NOTE)
    article.refresh_from_db()
    return article


def described(client, path):
    """The schema of what a path of the API answers, by the API's own description."""
    description = client.get("/api/").json()
    (answer,) = description["paths"][path]["get"]["responses"]["200"]["content"].values()
    return Draft202012Validator({**answer["schema"], "components": description["components"]})


def asked(client, path, **query):
    """An answer that is as described."""
    answer = client.get(path, query)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    data = answer.json()
    pattern = re.sub(r"/\d+/$", "/{id}/", path)
    assert [error.message for error in described(client, pattern).iter_errors(data)] == []
    return data


def test_the_api_answers_as_its_description_says(cast, client, story):
    make_live(cast.editor, headline="Bare")
    listed = asked(client, "/api/stories/")["items"]
    assert [each["headline"] for each in listed] == ["Bare", story.headline]
    whole = asked(client, f"/api/stories/{story.pk}/")
    assert whole["body_text"] == "The harbour thawed on Monday, the harbour master said."
    assert [change["note"] for change in whole["changes"]] == [NOTE]
    assert whole["content_hash"] == story.live_version.content_hash
    (correction,) = asked(client, "/api/corrections/")["items"]
    assert (correction["note"], correction["story"]["id"]) == (NOTE, story.pk)
    for url in (whole["url"], whole["api_url"], whole["history_url"], whole["ninjs_url"]):
        assert client.get(url.removeprefix(site.SITE_URL)).status_code == 200
    refused = described(client, "/api/stories/").iter_errors({"items": [{"id": "x"}]})
    assert list(refused)
    schemas = client.get("/api/").json()["components"]["schemas"]
    for name, answer in (("Whole", whole), ("Brief", listed[0]), ("Correction", correction)):
        assert schemas[name]["properties"].keys() == answer.keys()


def test_the_api_is_read_and_nothing_else(client):
    for address in ("/api/", "/api/stories/", "/api/corrections/"):
        head, whole = client.head(address), client.get(address)
        assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")
        again = client.get(address, headers={"If-None-Match": whole["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, whole["ETag"])
        assert client.post(address).status_code == 405
    assert client.get("/api/docs").status_code == 404  # a page with other people's scripts


def test_the_filters_narrow_and_the_cursor_goes_on(client, story):
    model = story.live_version
    add_stories(model, 60)
    everything = Version.objects.live()
    for query, expected in (
        ({}, everything),
        ({"section": "harbour"}, everything.filter(section_slug="harbour")),
        ({"author": "maren-okafor"}, everything),
        ({"until": model.published_at.isoformat()}, everything.exclude(pk=model.pk)),
        ({"since": model.published_at.isoformat()}, everything.filter(pk=model.pk)),
        ({"tag": "none"}, everything.none()),
    ):
        data, seen = asked(client, "/api/stories/", limit="7", **query), []
        while True:
            seen += [each["id"] for each in data["items"]]
            if not data["next"]:
                break
            data = client.get(data["next"].removeprefix(site.SITE_URL)).json()
        newest = expected.order_by("-published_at", "-pk").values_list("article", flat=True)
        assert seen == list(newest), query


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("limit=0", "limit is a number from 1 to 100."),
        ("limit=101", "limit is"),
        ("limit=٣", "limit is"),
        ("since=yesterday", "since is a time with its offset"),
        ("until=2026-01-01T00:00:00", "until is a time"),
        ("since=9999-12-31T23:59:59-23:59", "since is a time"),
        ("before=x", "before is the cursor"),
        ("limit=", "limit is"),
        ("limit=" + "9" * 5000, "limit is"),
    ],
)
def test_a_filter_that_cannot_be_read_is_explained(client, query, says):
    answer = client.get(f"/api/stories/?{query}")
    assert answer.status_code == 400
    assert says in answer.json()["error"]


def test_what_is_not_public_is_not_in_the_api(cast, client):
    draft = make_article()
    for key in (draft.pk, 10**30):
        answer = client.get(f"/api/stories/{key}/")
        assert answer.status_code == 404
        assert answer.json() == {"error": "There is nothing here."}
    assert client.get("/api/stories/").json()["items"] == []


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50
)
@given(
    st.dictionaries(
        st.sampled_from(["section", "tag", "author", "since", "until", "before", "limit"]),
        st.text(st.characters(codec="utf-8"), max_size=40),
    )
)
def test_no_filter_breaks_the_api(client, query):
    answer = client.get("/api/stories/", query)
    assert answer.status_code in (200, 400)
    answer.json()


# --- oEmbed


def test_a_story_is_a_card_elsewhere(client, story):
    address = f"{site.SITE_URL}{story.live_version.get_absolute_url()}"
    page = client.get(story.live_version.get_absolute_url()).content.decode()
    discovered = re.search(r'href="([^"]*)" title="oEmbed"', page)[1]
    card = client.get(discovered.replace("&amp;", "&")).json()
    assert (card["version"], card["type"], card["title"]) == ("1.0", "rich", story.headline)
    assert (card["author_name"], card["provider_name"]) == ("Maren Okafor", site.SITE_NAME)
    assert f'<a href="{address}">' in card["html"]
    assert "<script" not in card["html"]
    assert client.get(f"/oembed/?url={quote(address)}&maxwidth=300").json()["width"] == 300
    assert client.get(f"/oembed/?url={quote(address)}&maxwidth=-1").json()["width"] == 600
    assert client.get(f"/oembed/?url={quote(address)}&format=xml").status_code == 501


@pytest.mark.parametrize(
    "address",
    ["", "x", "http://[", "https://elsewhere.example/2026/01/01/x/", "{site}/", "{site}/search/"],
)
def test_other_addresses_have_no_card(client, story, address):
    assert client.get("/oembed/", {"url": address.format(site=site.SITE_URL)}).status_code == 404


# --- Feeds, sitemaps, robots, JSON-LD


def test_json_feed(cast, client, story):
    answer = client.get("/tag/ice/feed/json/")
    assert answer["Content-Type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{site.SITE_URL}/tag/ice/feed/json/"
    assert feed["title"] == f"{site.SITE_NAME}: Ice"
    (item,) = feed["items"]
    assert NOTE in item["content_text"]
    assert item["authors"] == [{"name": "Maren Okafor"}]
    assert item["image"].startswith(f"{site.SITE_URL}/media/pictures/")
    atom = client.get("/feed/").content.decode()
    assert f"<id>{item['id']}</id>" in atom
    corrections = client.get("/corrections/feed/json/").json()["items"]
    assert [each["content_text"] for each in corrections] == [NOTE]
    assert corrections[0]["id"] != item["id"]


def test_sitemaps_lead_to_every_page_and_to_nothing_else(cast, client, story):
    make_policy(cast.editor, title="Ethics")
    add_stories(story.live_version, 90)

    def locations(address):
        found = re.findall(r"<loc>(.*?)</loc>", client.get(address).content.decode())
        return [each.removeprefix(site.SITE_URL) for each in found]

    listed = [address for sitemap in locations("/sitemap.xml") for address in locations(sitemap)]
    assert len(set(listed)) == len(listed)
    stories = {version.get_absolute_url() for version in Version.objects.live()}
    assert stories < set(listed)
    assert {"/", "/tag/ice/", "/by/maren-okafor/", "/section/harbour/"} < set(listed)
    for address in listed:
        assert client.get(address).status_code == 200, address


def test_the_news_sitemap_holds_two_days_and_a_thousand_stories(cast, client, story):
    live = story.live_version
    add_stories(live, 60)
    addresses = client.get("/sitemap-news.xml").content.decode()
    listed = set(re.findall(r"<loc>(.*?)</loc>", addresses))
    since = timezone.now() - timedelta(days=2)
    recent = Version.objects.live().filter(published_at__gte=since)
    assert 40 < len(listed) < 60
    assert listed == {f"{site.SITE_URL}{version.get_absolute_url()}" for version in recent}
    for needed in ("<news:language>en</news:language>", "<news:publication_date>20", "<news:name>"):
        assert needed in addresses


def test_robots_are_told_where_the_sitemaps_are(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert "Disallow: /desk/" in text
    assert f"Sitemap: {site.SITE_URL}/sitemap.xml" in text
    assert f"Sitemap: {site.SITE_URL}/sitemap-news.xml" in text


def data_of(client, address):
    page = client.get(address).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])


def test_policies_belong_to_the_newsroom_and_not_to_the_story(cast, client, story):
    make_policy(cast.editor, title="Unnamed", purpose="unnamedSourcesPolicy")
    from articles.prepared.frame import compose_frame

    compose_frame()
    newsroom = data_of(client, "/")
    assert newsroom["@type"] == "NewsMediaOrganization"
    assert newsroom["unnamedSourcesPolicy"] == f"{site.SITE_URL}/standards/unnamed/"
    assert newsroom["correctionsPolicy"] == f"{site.SITE_URL}/corrections/"
    article = data_of(client, story.live_version.get_absolute_url())
    assert article["publisher"]["@id"] == newsroom["@id"]
    assert "Policy" not in json.dumps(article)
    assert article["author"] == [
        {"@type": "Person", "name": "Maren Okafor", "url": f"{site.SITE_URL}/by/maren-okafor/"}
    ]
    sweep()
    for address in (article["image"][0], article["author"][0]["url"], article["url"]):
        assert client.get(address.removeprefix(site.SITE_URL)).status_code == 200


def test_a_retracted_story_is_marked_everywhere(cast, client, story):
    retract(make_retraction(story, cast.second_editor), by=cast.editor)
    story.refresh_from_db()
    url = story.live_version.get_absolute_url()
    assert asked(client, f"/api/stories/{story.pk}/")["is_retracted"]
    assert client.get(story.live_version.get_ninjs_url()).json()["pubStatus"] == "canceled"
    assert "Retraction" in client.get("/feed/").content.decode()
    assert "thawed" not in client.get(url).content.decode().split("story-body")[-1]
