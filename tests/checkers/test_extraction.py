"""What machines make of a story's page is the story: its headline, authors, date and paragraphs."""

import json

import extruct
import newspaper
import pytest
import trafilatura
from django.core.management import call_command
from tldextract import TLDExtract

from articles.models import Version
from articles.prepared.structured_data import as_news_article
from articles.text.blocks import text as text_of
from articles.text.body import read

pytestmark = pytest.mark.django_db

URL = "https://news.example.org"


@pytest.fixture(params=[[], ["Maren Okafor"], ["Maren Okafor", "Tomas Lindqvist"]], ids=len)
def seed(request, cast, shared, settings, tmp_path):
    """The seed story, published with no byline, as it came, and with others."""
    settings.SITE_NAME, settings.SITE_URL = "The Brindle Quay Courier", URL
    settings.TIME_ZONE = "America/New_York"
    story = json.loads((shared / "seed" / "story.json").read_text())
    story["bylines"] = [{"author": name} for name in request.param]
    package = tmp_path / "story.json"
    package.write_text(json.dumps(story))
    call_command(
        "import_stories", str(package), by="standards_editor", as_published=True, verbosity=0
    )
    return story


@pytest.fixture
def page(seed, client):
    return client.get(Version.objects.get().get_absolute_url()).content.decode()


@pytest.fixture
def _asks_nobody(monkeypatch):
    """newspaper4k would ask the network for the list of public suffixes; it has a copy with it."""
    own = TLDExtract(suffix_list_urls=(), cache_dir=None)
    monkeypatch.setattr("tldextract.tldextract.TLD_EXTRACTOR", own)


def names(story):
    return [byline["author"] for byline in story["bylines"]]


def assert_paragraphs(text, story):
    """All of them are there, each a line of its own, in their order."""
    paragraphs = text_of(read(story["body"])).split("\n")
    assert len(paragraphs) == 22
    assert [line for line in text.split("\n") if line in paragraphs] == paragraphs


def test_the_json_ld_comes_back_whole(seed, page):
    found = extruct.extract(page, base_url=URL, syntaxes=["json-ld"])["json-ld"]
    articles = [each for each in found if each["@type"] == "NewsArticle"]
    assert articles == [as_news_article(Version.objects.get())]
    assert articles[0]["headline"] == seed["headline"]


def test_trafilatura_extracts_the_story(seed, page):
    url = URL + Version.objects.get().get_absolute_url()
    found = trafilatura.bare_extraction(page, url=url, with_metadata=True)
    assert (found.title, found.date) == (seed["headline"], seed["published_at"][:10])
    assert found.author == ("; ".join(names(seed)) or None)
    assert found.sitename == "The Brindle Quay Courier"
    assert_paragraphs(found.text, seed)


@pytest.mark.usefixtures("_asks_nobody")
def test_newspaper_extracts_the_story(seed, page):
    found = newspaper.Article(URL + Version.objects.get().get_absolute_url())
    found.download(input_html=page)
    found.parse()
    assert (found.title, found.authors) == (seed["headline"], names(seed))
    assert found.publish_date.date().isoformat() == seed["published_at"][:10]
    assert_paragraphs(found.text, seed)
