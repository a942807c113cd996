"""Readers' pages read versions alone, at the same cost whatever there is."""

import re
import sqlite3
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone

import articles
from articles.front import urls
from articles.kept.fingerprint import files
from articles.management.commands.public_role import PUBLIC_MODELS
from articles.models import (
    Appeal,
    Article,
    ErrorReport,
    FrontStory,
    Policy,
    Spotlight,
    Update,
    Version,
)
from articles.prepared.frame import compose_frame
from articles.prepared.listings import tag_slug
from articles.prepared.story_pages import drawn_page
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, publish_update
from articles.record.public_files import sweep
from tests.corpus import add_stories
from tests.factories import (
    approve,
    make_article,
    make_byline,
    make_live,
    make_photo,
    make_policy,
    make_section,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(cast):
    article = make_article(lead_photo=make_photo(), kicker="Ice", dateline="QUAY")
    article.tags.add("Ice")
    make_byline(article)
    publish(approve(article, cast.editor), by=cast.editor)
    correct(article, [Replacement("froze", "thawed")], by=cast.editor, note="It thawed.")
    make_policy(cast.editor)
    FrontStory.objects.create(article=article)
    Spotlight.objects.create(article=article)
    Appeal.objects.create(heading="Support us", line="Please", url="/give/")
    compose_frame()
    article.refresh_from_db()
    return article


class OnlyPublicTables:
    """The database as the public role sees it: every desk table is unreadable."""

    def __enter__(self):
        if connection.vendor == "postgresql":
            grants = StringIO()
            call_command("public_role", "tests_public", stdout=grants)
            with connection.cursor() as cursor:
                cursor.execute("CREATE ROLE tests_public")
                cursor.execute(grants.getvalue())
                cursor.execute("SET ROLE tests_public")
        else:
            connection.connection.set_authorizer(self._authorize)

    def __exit__(self, *exception):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")
                cursor.execute("DROP OWNED BY tests_public; DROP ROLE tests_public")
        else:
            connection.connection.set_authorizer(None)

    def _authorize(self, action, table, column, *rest):
        public = {model._meta.db_table for model in PUBLIC_MODELS}
        if table == ErrorReport._meta.db_table:  # written, and its new key read back
            written = action == sqlite3.SQLITE_INSERT or (
                action == sqlite3.SQLITE_READ and column == "id"
            )
            return sqlite3.SQLITE_OK if written else sqlite3.SQLITE_DENY
        if table == Update._meta.db_table and column == "id":  # SQLite looks up foreign keys so
            return sqlite3.SQLITE_OK
        harmless = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_SAVEPOINT)
        is_index = (table or "").startswith("articles_searchentry_fts")  # that SQLite keeps
        reads = action == sqlite3.SQLITE_READ and (table in public or is_index)
        reads = reads or (action == sqlite3.SQLITE_PRAGMA and table == "data_version")  # it asks
        return sqlite3.SQLITE_OK if reads or action in harmless else sqlite3.SQLITE_DENY


def front_pages(version):
    """Every public address around a story: each kind of page, feed and data, and what is not there."""
    story, history = version.get_absolute_url(), version.get_history_url()
    month = f"{timezone.localtime(version.published_at):%Y/%m}"
    lists = [f"/section/{version.section_slug}/"]
    lists += [f"/tag/{tag_slug(tag)}/" for tag in version.tags[:1]]
    lists += [f"/by/{byline['slug']}/" for byline in version.bylines[:1]]
    feeds = [
        f"{start}feed/{kind}"
        for start in ("/", "/corrections/", *lists)
        for kind in ("", "rss/", "json/")
    ]
    policies = [
        address
        for policy in Policy.objects.in_force()[:1]
        for address in (policy.get_absolute_url(), f"{policy.get_absolute_url()}{policy.pk}/")
    ]
    found = [
        *("/", *lists, *feeds, *policies, "/standards/"),
        *("/archive/", f"/archive/{month[:4]}/", f"/archive/{month}/"),
        *("/search/", "/search/?q=froze", f"/search/?q=froze&section={version.section_slug}"),
        *(story, version.get_notebook_url(), version.get_ninjs_url(), f"{story}report/"),
        *(history, f"{history}?from=1&to=1", f"{history}1/", f"{history}1.json"),
        *("/corrections/", f"/corrections/?section={version.section_slug}&before=9-9"),
        "/corrections/minor-edits/",
        *("/api/", "/api/stories/", f"/api/stories/{version.article_id}/", "/api/corrections/"),
        f"/oembed/?url={settings.SITE_URL}{story}",
        *("/sitemap.xml", "/sitemap-news.xml", "/sitemap-pages.xml", "/robots.txt"),
        f"/sitemap-{month.replace('/', '-')}.xml",
    ]
    missing = [f"{history}{version.number + 1}/", "/section/none/", "/tag/none/", "/by/none/"]
    missing += ["/2020/01/01/none/", "/archive/1912/", "/standards/none/", "/?before=x", "/nothing"]
    return dict.fromkeys(found, 200) | dict.fromkeys(missing, 404)


def patterns(within=urls.urlpatterns):
    """Of all addresses of the front, those of the API included."""
    for each in within:
        yield from patterns(each.url_patterns) if hasattr(each, "url_patterns") else [each]


def test_front_pages_need_no_desk_table(article):
    version = article.live_version
    tried = {
        resolve(url.split("?")[0]).url_name
        for url, status in front_pages(version).items()
        if status == 200
    }
    assert tried == {pattern.name for pattern in patterns()} - {"file"}
    with OnlyPublicTables():
        for url, status in front_pages(version).items():
            assert Client().get(url).status_code == status, url
        for model in PUBLIC_MODELS:
            list(model.objects.all())
        for forbidden in (
            lambda: Article.objects.exists(),
            lambda: Version.objects.update(slug="x"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                forbidden()


def test_the_public_process_takes_reports_and_reads_none(article):
    version = article.live_version
    at = timezone.now() - timedelta(minutes=1)
    with OnlyPublicTables():
        with patch("time.time", at.timestamp):
            page = Client().get(f"{version.get_absolute_url()}report/").content.decode()
        signed = re.search(r'name="opened" value="([^"]+)"', page)[1]
        sent = {"what": "It did not freeze.", "opened": signed}
        answer = Client().post(f"{version.get_absolute_url()}report/", sent)
        assert "Thank you" in answer.content.decode()
        with pytest.raises(DatabaseError), transaction.atomic():
            list(ErrorReport.objects.all())
    assert ErrorReport.objects.get().what == "It did not freeze."


BUDGETS = {"/search/": 6, "/api/": 3, "/sitemap": 40}


@pytest.mark.parametrize("more", [0, 999])
def test_a_page_costs_few_queries_whatever_there_is(
    article, client, more, django_assert_max_num_queries
):
    version = article.live_version
    add_stories(version, more)
    assert Version.objects.live().count() == more + 1
    for url in front_pages(version):
        most = 3 if url == version.get_absolute_url() else 4
        most = next((budget for start, budget in BUDGETS.items() if url.startswith(start)), most)
        with django_assert_max_num_queries(most):
            client.get(url)


def test_all_code_that_draws_a_page_makes_a_release(article, client):
    """And what runs at the desk alone makes none: of a mended form no page is drawn anew."""
    ours = {str(file) for file in files()}
    here = str(Path(articles.__file__).resolve().parent.parent)
    ran = set()

    def see(frame, event, argument):
        ran.add(frame.f_code.co_filename)

    version = article.live_version
    sys.setprofile(see)
    try:
        for url in front_pages(version):
            client.get(url)
        drawn_page(version)
    finally:
        sys.setprofile(None)
    rooms = tuple(f"{here}/{room}/" for room in ("articles", "sources", "newsroom"))
    drew = {file for file in ran if file.startswith(rooms)}
    assert len(drew) > 30
    assert sorted(drew - ours) == []
    beside = ("/desk/", "/sourcing/", "/publishing/", "/duties.py", "/roles.py", "/wsgi.py")
    assert not [file for file in ours if file.endswith(beside[3:]) or any(map(file.count, beside))]


def test_drawing_a_story_costs_three_queries(article, client, django_assert_num_queries):
    url = article.live_version.get_absolute_url()
    with django_assert_num_queries(3):
        client.get(url)


def test_a_draft_and_nothing_answer_with_the_same_bytes(cast, client):
    live = make_live(cast.editor).live_version
    draft = approve(make_article(slug="embargoed-scoop"), cast.editor)
    day = live.get_absolute_url().removesuffix(f"{live.slug}/")
    answers = [client.get(f"{day}{slug}/") for slug in (draft.slug, "never-was")]
    answers.append(client.get("/no/such/page/"))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert [a.headers for a in answers] == [answers[0].headers] * 3
    assert client.get(live.get_absolute_url()).status_code == 200


def test_a_section_is_public_once_a_story_in_it_is(
    cast, article, client, django_capture_on_commit_callbacks
):
    draft = make_article(section=make_section("Secret"), slug="secret")
    compose_frame()
    assert "Secret" not in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        publish(approve(draft, cast.editor), by=cast.editor)
    assert '<a href="/section/secret/">Secret</a>' in client.get("/").content.decode()
    assert client.get("/section/secret/").status_code == 200


def test_a_section_once_public_stays_an_address(
    cast, article, client, django_capture_on_commit_callbacks
):
    article.section = make_section("Schools")
    article.save()
    with django_capture_on_commit_callbacks(execute=True):
        publish_update(article, by=cast.editor, kind="development", note="Moved.")
    page = client.get("/section/harbour/")
    assert page.status_code == 200
    assert "There is nothing here at present" in page.content.decode()
    assert 'href="/section/harbour/"' not in page.content.decode()
    assert 'href="/section/schools/"' in page.content.decode()


def test_the_furniture_stands_on_the_page(article, client):
    page = client.get("/").content.decode()
    assert "Support us" in page
    assert f'<a href="{article.live_version.get_absolute_url()}">' in page
    assert '<a href="/section/harbour/">Harbour</a>' in page


def test_pages_ask_nothing_of_other_hosts_and_run_no_script(article, client):
    response = client.get(article.live_version.get_absolute_url())
    page = response.content.decode()
    assert page.count("<script>") == page.count('<script type="application/ld+json">') == 1
    assert page.count("<script") == 2
    assert "style=" not in page
    asked_for = re.findall(r'(?:src|srcset|<link rel="(?:stylesheet|icon)" href)="([^"]*)"', page)
    assert asked_for
    assert not [address for address in asked_for if "//" in address]
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.cookies == {}


def test_public_pages_answer_get_and_head_alone(article, client):
    url = article.live_version.get_absolute_url()
    assert client.head(url).status_code == 200
    assert client.post(url).status_code == 405


@pytest.mark.parametrize(
    "headline",
    ["<b>&amp;</b> “quoted”", "السفينة تصطدم بالرصيف", "x" * 200, "Straße 🚢 naïve", "a\u202eb"],
)
def test_odd_headlines_are_shown_as_they_are(cast, client, headline):
    version = make_live(cast.editor, headline=headline, body="<p>Text &lt;i&gt; &amp; more</p>")
    page = client.get(version.live_version.get_absolute_url())
    assert page.status_code == 200
    assert headline.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in (
        page.content.decode()
    )


def test_a_public_picture_is_kept_for_ever_and_a_desk_picture_is_not_public(article, client):
    renditions = article.live_version.lead_photo["renditions"]
    sweep()
    for kind in ("webp", "jpeg"):
        picture = client.get(f"/media/{renditions[0][kind]['name']}")
        assert picture.status_code == 200
        assert picture["Content-Type"] == f"image/{kind}"
        assert "immutable" in picture["Cache-Control"]
    # A player of video asks for parts.
    whole = b"".join(picture.streaming_content)
    url = picture.request["PATH_INFO"]

    def part(asked, **headers):
        answer = client.get(url, headers={"Range": asked, **headers})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, answer.get("Content-Range"), body

    size = len(whole)
    assert part("bytes=2-5") == (206, f"bytes 2-5/{size}", whole[2:6])
    assert part(f"bytes={size - 3}-") == (206, f"bytes {size - 3}-{size - 1}/{size}", whole[-3:])
    assert part("bytes=-3") == (206, f"bytes {size - 3}-{size - 1}/{size}", whole[-3:])
    assert part(f"bytes=0-{size * 2}")[2] == whole
    assert part(f"bytes={size}-")[:2] == (416, f"bytes */{size}")
    assert part("bytes=5-2")[0] == 416
    for all_of_it in ("bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=x-"):
        assert part(all_of_it) == (200, None, whole)
    assert part("bytes=2-5", **{"If-Range": '"another"'}) == (200, None, whole)
    assert client.get(f"/media/pictures/{'a' * 300}.webp").status_code == 404
    photo = article.lead_photo
    cut = photo.shown["renditions"][0]["webp"]["file"]
    desk = (photo.file.name, cut)
    for private in (
        *(f"/media/{name}" for name in desk),
        *(f"/desk/files/{name}" for name in desk),
    ):
        assert client.get(private).status_code in (302, 404)
    assert client.get("/media/pictures/../../desk/x.jpg").status_code == 404
