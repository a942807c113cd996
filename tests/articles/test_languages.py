"""Every word that readers see is in the site's language: proved in Arabic, which shares no letter with ours."""

import ast
import gettext
import json
import re

import feedparser
import pytest
from django.conf import settings as project
from django.template.loader import render_to_string
from django.utils import translation
from lxml import html

from articles.front import overviews as lists
from articles.front import search_page as searching
from articles.kept.fingerprint import fingerprint
from articles.models import Article, Byline, CommentRequest, NotebookEntry, Update
from articles.publishing.door import publish, publish_update
from articles.publishing.notes import suggested_note
from articles.record.composing import version_of
from articles.record.differences import differences
from articles.record.telling import tally
from articles.text.body import read as read_body
from sources.models import Interview, Source
from tests.arabic_newsroom import NAME, arabic_throughout
from tests.factories import approve, make_anonymous, make_approval, make_article, make_byline
from tests.newsrooms import addresses

CATALOGS = [
    pytest.param(file, id=f"{file.parts[-5]} {file.parts[-3]}")
    for folder in project.LOCALE_PATHS
    for file in sorted(folder.rglob("*.po"))
]

# --- What a reader reads

# Names of things and of places on the web, which are the same in every script.
NAMES = re.compile(
    r"""\b(?:
        RSS | Atom | JSON\ Feed | WhatsApp | Telegram | Bluesky | Facebook
        | UTC                               # a time zone
        | (?<=<)p(?=>) | (?<=</)p(?=>)        # a paragraph of a feed's entry
        | PDF | CSV | MP4 | JPG             # types of files
        | https?://[^\s()]+ | example\.org
        | [0-9a-f]{64}                      # a hash
        | (?:media/)?(?:pictures|notebook)/[\w.-]+  # a file, by its content
    )\b/?""",
    re.VERBOSE,
)
READ_ALOUD = ("alt", "aria-label", "title", "placeholder", "data-backing")
MACHINES_TITLES = {"ninjs", "oEmbed"}  # of <link>s, which no reader sees
TOLD_ELSEWHERE = re.compile(
    r"^(?:description|author|og:(?:title|description|site_name|image:alt))$"
)


def latin(text):
    return re.findall(r"[A-Za-zÀ-ɏ]+", NAMES.sub(" ", text))


def read(page):
    """All the texts of a page that somebody reads, hears, or sees where it is shared."""
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("type") == "application/ld+json":
            yield json.loads(element.text).get("backstory", "")
        elif element.tag not in ("script", "style"):
            yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in READ_ALOUD)
        if TOLD_ELSEWHERE.match(element.get("name", element.get("property", ""))):
            yield element.get("content", "")


def foreign_words(answer):
    """The Latin words in a page or a feed; of JSON, whose keys are for machines, none."""
    if answer["Content-Type"].startswith("text/html"):
        texts = [text for text in read(answer.content) if text not in MACHINES_TITLES]
    elif "xml" in answer["Content-Type"]:
        feed = feedparser.parse(answer.content)
        texts = [feed.feed.get("title", "")]
        texts += [
            entry.get(name, "") for entry in feed.entries for name in ("title", "summary", "author")
        ]
    else:
        return []
    return [word for text in texts for word in latin(text)]


@pytest.fixture
def _in_arabic(settings):
    settings.LANGUAGE_CODE = "ar"
    settings.SITE_NAME = NAME


@pytest.fixture
def _short_lists(monkeypatch):
    """A story on a page, so that every list has another page."""
    monkeypatch.setattr(lists, "RIVER", 1)
    monkeypatch.setattr(lists, "CORRECTIONS", 1)
    monkeypatch.setattr(searching, "RESULTS", 1)


def answers(client, version):
    """Whatever readers can get of the newsroom, and what they are told when they mistype."""
    asked = [url.replace("froze", "الميناء") for url in addresses(version)]
    asked += ["/search/?q=سمك", "/search/?q=الميناء&since=أمس", "/?before=9-9", "/tag/صيد/"]
    for number in range(1, version.number):
        asked += [f"?from={number}&to={number + 1}", f"{number}/"]
    asked = [url if url[0] == "/" else version.get_history_url() + url for url in asked]
    retracted = Update.objects.get(kind=Update.Kind.RETRACTION).version
    told = {url: client.get(url) for url in [*asked, retracted.get_absolute_url()]}
    for sent in ({}, {"contact": "أنا"}, {"website": "أنا"}):
        told[f"report {sent}"] = client.post(f"{version.get_absolute_url()}report/", sent)
    return told


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_arabic", "_short_lists")
def test_an_arabic_newsroom_shows_no_word_in_latin_letters(cast, client):
    version = arabic_throughout(cast)
    told = answers(client, version)
    assert {answer.status_code for answer in told.values()} == {200, 404, 410}
    found = {url: foreign_words(answer) for url, answer in told.items()}
    assert {url: words for url, words in found.items() if words} == {}


@pytest.mark.usefixtures("_short_lists")
def test_an_unmarked_word_would_be_found(cast, client, settings):
    """The same newsroom in English: a Latin word stands on every one of its pages."""
    settings.LANGUAGE_CODE, settings.SITE_NAME = "en", NAME
    version = arabic_throughout(cast)
    told = answers(client, version)
    shown = {
        url: each for url, each in told.items() if each["Content-Type"].startswith("text/html")
    }
    assert len(shown) > 40
    assert [url for url, answer in shown.items() if not foreign_words(answer)] == []
    words = {
        "Published",
        "Spotlight",
        "Correction",
        "By",
        "January",
        "person",
        "Reason",
        "Related",
    }
    assert words <= set(foreign_words(shown[version.get_absolute_url()]))


@pytest.mark.usefixtures("_in_arabic")
def test_an_arabic_page_says_that_it_is_one_and_runs_from_right_to_left(cast, client):
    version = arabic_throughout(cast)
    for url, answer in answers(client, version).items():
        if answer["Content-Type"].startswith("text/html"):
            root = html.fromstring(answer.content)
            assert (root.get("lang"), root.get("dir")) == ("ar", "rtl"), url
    assert feedparser.parse(client.get("/feed/").content).feed.language == "ar"
    assert feedparser.parse(client.get("/feed/rss/").content).feed.language == "ar"
    assert client.get("/feed/json/").json()["language"] == "ar"
    assert client.get(version.get_ninjs_url()).json()["language"] == "ar"


@pytest.mark.parametrize(
    "name", ["403.html", "403_csrf.html", "500.html", "articles/reported.html"]
)
@pytest.mark.usefixtures("_in_arabic", "db")
def test_a_page_that_says_what_went_wrong_says_it_in_arabic(name):
    page = render_to_string(name, {"site_name": NAME})
    assert '<html lang="ar" dir="rtl">' in page
    assert [word for text in read(page) for word in latin(text)] == []


# --- What is written at the door


@pytest.mark.django_db
@pytest.mark.parametrize(("sites", "theirs"), [("ar", "en"), ("en", "ar")])
def test_the_door_writes_in_the_language_of_the_site_whoever_publishes(
    cast, client, settings, sites, theirs
):
    settings.LANGUAGE_CODE = sites
    article = make_article()
    make_byline(article)
    wanted = {"ar": ("بقلم", "توضيح"), "en": ("By", "Clarification")}[sites]
    with translation.override(theirs):
        publish(approve(article, cast.editor), by=cast.editor)
        kind = Update.Kind.CLARIFICATION
        version = publish_update(article, by=cast.editor, kind=kind, note="It was a secret vote.")
    page = client.get(version.get_absolute_url()).content.decode()
    assert [word in page for word in wanted] == [True, True]


@pytest.mark.django_db
def test_an_approval_of_anonymity_holds_in_every_language(cast, settings):
    approval = make_approval(make_article(), make_anonymous(), by=cast.editor)
    settings.LANGUAGE_CODE = "ar"
    assert approval.is_approved


@pytest.mark.parametrize(
    "choices",
    [
        *(Byline.Role, CommentRequest.Outcome, NotebookEntry.Kind, Update.Kind),
        *(Source.Authorization, Interview.How),
    ],
)
def test_every_choice_that_readers_are_told_of_is_translated(choices):
    with translation.override("ar"):
        assert [label for label in map(str, choices.labels) if latin(label)] == []


@pytest.mark.parametrize(
    ("number", "wording"),
    [
        (1, "شخص واحد بالاسم"),
        (2, "شخصين بالاسم"),
        (3, "3 أشخاص بالاسم"),
        (11, "11 شخصاً بالاسم"),
        (100, "100 شخص بالاسم"),
    ],
)
def test_arabic_counts_as_arabic_does(number, wording):
    person, witness = ({"kind": kind, "named": True} for kind in ("person", "eyewitness"))
    with translation.override("ar"):
        assert tally([person] * number) == wording
        assert tally([witness, *[person] * number]) == f"{wording}، شاهد عيان واحد بالاسم"


def test_a_correction_begins_in_the_language_of_its_readers():
    with translation.override("ar"):
        assert suggested_note("الاثنين", "") == "ورد خطأً في نسخة سابقة من هذا الموضوع: «الاثنين»."
        assert latin(suggested_note("الاثنين", "الأحد")) == []


def make_version(headline, link):
    body = read_body(f'<p><a href="{link}">هنا</a></p>')
    return version_of(Article(), {"headline": headline, "body": body})


def test_arabic_words_are_compared_whole_and_addresses_keep_their_direction():
    older, newer = (make_version(f"{word} كبير", "https://example.org/") for word in ("خطأٌ", "خطأً"))
    with translation.override("ar"):
        headline, body = differences(older, newer)
    assert [(part.how, part.words) for part in headline.parts] == [
        ("removed", "خطأٌ"),
        ("added", "خطأً"),
        ("same", " كبير"),
    ]
    assert [part.words for part in body.parts] == ["هنا (\u2066https://example.org/\u2069)"]
    with translation.override("en"):
        body = differences(older, newer)[1]
    assert body.parts[0].words == "هنا (https://example.org/)"


# --- The catalogs


def messages(file):
    """What a catalog says: the words for each message, and for each of its numbers."""
    entries = re.split(r"\n\s*\n", file.read_text())
    assert "#, fuzzy" not in file.read_text()
    for entry in entries:
        said = {
            name: "".join(ast.literal_eval(line) for line in quoted.splitlines())
            for name, quoted in re.findall(
                r'^(msg\w+(?:\[\d\])?) ((?:".*"\n?)+)', entry, re.MULTILINE
            )
        }
        key = "\x04".join(said[name] for name in ("msgctxt", "msgid") if name in said)
        for name, text in said.items():
            if name == "msgstr":
                yield key, text
            elif name.startswith("msgstr["):
                yield (key, int(name[7])), text


@pytest.mark.parametrize("file", CATALOGS)
def test_a_compiled_catalog_says_what_its_source_says_and_nothing_is_missing(file):
    source = dict(messages(file))
    with file.with_suffix(".mo").open("rb") as words:
        compiled = gettext.GNUTranslations(words)._catalog
    header = source.pop("")
    assert compiled.pop("") in header.replace(re.search(r"POT-Creation.*\n", header)[0], "")
    assert compiled == source
    assert [key for key, text in source.items() if not text.strip()] == []
    plurals = [key for key in source if isinstance(key, tuple)]
    number_of_forms = int(re.search(r"nplurals=(\d)", header)[1])
    assert len(plurals) == number_of_forms * len({key for key, _ in plurals})


@pytest.mark.parametrize("file", CATALOGS)
def test_no_other_catalog_has_another_word_for_what_readers_see(file):
    with translation.override(file.parts[-3]):
        for key, text in messages(file):
            if isinstance(key, str) and key:
                *context, message = key.split("\x04")
                said = (
                    translation.pgettext(*context, message)
                    if context
                    else translation.gettext(message)
                )
                assert said == text


def test_another_word_in_a_catalog_makes_another_release(settings, tmp_path):
    before = fingerprint()
    (tmp_path / "django.mo").write_bytes(b"a word")
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path]
    settings.DEBUG = True
    assert fingerprint() != before
