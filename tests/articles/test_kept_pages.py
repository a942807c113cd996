"""Readers' pages as files: sent without a query, never older than the record, and lost to no fault."""

import os
import random
import re
import subprocess
import sys
import threading
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.kept.renewing import renew
from articles.kept.shelf import Shelf, folder_of
from articles.kept.working_off import forget_old_changes, work_off
from articles.models import (
    Appeal,
    Purge,
    StoryPage,
)
from articles.prepared.frame import compose_frame
from articles.prepared.preparing import draw_old_again
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct
from tests import cast as casting
from tests.conftest import THOROUGH
from tests.factories import make_live
from tests.kept_pages import HOST, Browser, editor, make_kept, url_of

STEPS = 150 if THOROUGH else 12
KILLS = 100 if THOROUGH else 20


@pytest.fixture
def article(transactional_db, browser):
    return make_kept()


# --- What is kept, and what is not


def test_a_page_is_drawn_once_and_then_asks_no_query(article, browser):
    url = url_of(article)
    first = browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        again = browser.get(url)
    assert (first.status, again.status) == (200, 200)
    assert b"The harbour froze" in again.body
    assert again.body == first.body == browser.fresh(url).body
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        browser.get("/search/")
    assert len(asked) > 0


def test_a_page_is_sent_in_the_coding_and_to_the_extent_that_is_asked_for(article, browser):
    url = url_of(article)
    plain = browser.get(url)
    zipped = browser.get(url, accept_encoding="br, gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(zipped.body) < len(plain.body) == int(plain.headers["Content-Length"])
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    head = browser.get(url, method="HEAD")
    assert (head.body, head.headers) == (b"", plain.headers)
    known = browser.get(url, if_none_match=f'"other", W/{plain.headers["ETag"]}')
    assert (known.status, known.body) == (304, b"")
    assert browser.get(url, if_none_match='"other"').status == 200
    since = plain.headers["Last-Modified"]
    assert browser.get(url, if_modified_since=since).status == 304
    assert browser.get(url, if_modified_since="Thu, 01 Jan 2015 00:00:00 GMT").status == 200
    assert browser.get(url, if_modified_since="yesterday").status == 200


def test_what_strangers_add_to_an_address_changes_nothing(article, browser):
    kept = browser.get("/")
    assert browser.get("/", query="utm_source=x&fbclid=%ff").headers == kept.headers
    # A query that the page reads is Django's to answer.
    assert browser.get("/", query="before=17-2").headers["ETag"] != kept.headers["ETag"]
    assert browser.get("/", query="before=nonsense").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "//", "/../", "/tag/../tag/ice/", "/tag//ice/", "/.hidden/", "/tag/ice/=/", "/tag/ice/=/v/head",
        "/tag/\0/", "/tag/" + "ä" * 300 + "/", "/no/such/page/", "/tag/never/", "/2026/02/30/ice/",
    ],
)  # fmt: skip
def test_odd_addresses_are_answered_as_django_does_and_leave_nothing(article, browser, path):
    browser.get("/")
    before = set(browser.layer.shelf.root.rglob("*"))
    fresh = browser.fresh(path)
    assert browser.get(path).status == int(fresh.status.split()[0]) == 404
    assert set(browser.layer.shelf.root.rglob("*")) == before


def test_what_is_for_one_reader_or_one_moment_is_not_kept(article, browser):
    url = url_of(article)
    for path in (f"{url}report/", f"{url}history/1.json", "/search/", "/oembed/", "/desk/"):
        browser.get(path)
    assert list(browser.layer.shelf.kept()) == []
    assert browser.get(url, method="POST").status == 403
    assert browser.get(url, host="elsewhere.example").status == 400
    browser.get(url, cookie="sessionid=1", accept_language="ar")
    assert list(browser.layer.shelf.kept()) == [url]


def test_addresses_in_any_script_are_kept(transactional_db, browser):
    cast = casting.hire()
    story = make_live(cast.editor, slug="جليد-الميناء")
    work_off()
    kept = browser.get(url_decoded(story))
    assert kept.status == 200
    assert list(browser.layer.shelf.kept()) == [url_decoded(story)]


def url_decoded(article):
    version = article.live_version
    return f"/{version.published_on:%Y/%m/%d}/{version.slug}/"


def test_each_address_is_one_folder_or_none():
    given = ["/", "/tag/ice/", "/tag/ice", "/robots.txt"]
    assert [folder_of(each) for each in given] == ["=", "tag/ice/=", "tag/ice=", "robots.txt="]
    assert folder_of("tag") is folder_of("/a/./b/") is folder_of("/a=/") is None


# --- Never older than the record


def test_a_correction_is_seen_at_once_on_every_page_that_shows_it(article, browser):
    pages = [url_of(article), "/", "/section/harbour/", "/feed/", "/corrections/", "/api/stories/"]
    old = {path: browser.get(path) for path in pages}
    correct(
        article,
        [Replacement("froze", "thawed")],
        by=editor(),
        note="It thawed.",
    )
    for path in pages:
        now = browser.get(path)
        assert now.body == browser.fresh(path).body, path
        assert now.body != old[path].body, path
        assert now.headers["Last-Modified"] != old[path].headers["Last-Modified"], path
        assert now.headers["ETag"] != old[path].headers["ETag"], path


def test_a_page_drawn_before_a_change_is_not_kept_after_it(article, browser, monkeypatch):
    """The reader who came first gets what was there; nobody after the change does."""
    url, asked, may_end = url_of(article), threading.Event(), threading.Event()
    ask = browser.layer._ask

    def slowly(environ, path):
        answer = ask(environ, path)
        asked.set()
        may_end.wait(10)
        return answer

    monkeypatch.setattr(browser.layer, "_ask", slowly)
    told = []

    def read():
        told.append(browser.get(url))
        close_old_connections()
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    assert asked.wait(10)
    correct(article, [Replacement("froze", "thawed")], by=editor(), note="It thawed.")
    may_end.set()
    reader.join()
    monkeypatch.undo()
    assert b"froze" in told[0].body
    assert b"thawed" in browser.get(url).body


def test_a_change_that_nobody_worked_off_is_worked_off_by_the_next(article, browser, settings):
    url, root = url_of(article), settings.PAGES_ROOT
    browser.get(url)
    settings.PAGES_ROOT = ""  # as on another machine: that process keeps nothing here
    correct(article, [Replacement("froze", "thawed")], by=editor(), note="It thawed.")
    settings.PAGES_ROOT = root
    assert b"froze" in browser.get(url).body
    assert work_off() == 1
    assert b"thawed" in browser.get(url).body
    assert work_off() == 0


def test_two_changes_in_one_second_have_two_times(article, browser):
    tags = set()
    for number in range(4):
        correct(
            article,
            [Replacement(article.live_version.headline, f"Headline {number}")],
            by=editor(),
            note="Again.",
        )
        tags.add(browser.get(url_of(article)).headers["ETag"])
    assert len(tags) == 4


# --- What stands on every page


def test_what_begins_and_ends_at_a_time_comes_and_goes(article, browser, monkeypatch):
    url, now = url_of(article), timezone.now()
    Appeal.objects.create(
        heading="Support us",
        line="Please",
        url="/",
        shown_from=now + timedelta(hours=1),
        shown_until=now + timedelta(hours=2),
    )
    compose_frame()
    shown = []
    for hours in (0, 1.5, 3):
        monkeypatch.setattr(timezone, "now", lambda h=hours: now + timedelta(hours=h))
        work_off()
        shown.append(b"Support us" in browser.get(url).body)
    assert shown == [False, True, False]


def test_a_shelf_without_its_mark_or_of_another_database_begins_anew(article, browser):
    shelf = browser.layer.shelf
    for spoil in (
        lambda: (shelf.root / "mark").unlink(),
        lambda: (shelf.root / "mark").write_text("{"),
        lambda: shelf.remember(shelf.remembered() | {"on": "elsewhere"}),
        lambda: shelf.remember(shelf.remembered() | {"at": 10_000}),
        lambda: Purge.objects.update(at=timezone.now()),  # as many rows, in a database made anew
        lambda: Purge.objects.all().delete(),
    ):
        browser.get("/")
        assert list(shelf.kept())
        spoil()
        work_off()
        assert list(shelf.kept()) == []


def test_an_upgrade_makes_every_page_anew_and_then_sends_them_all(article, browser, monkeypatch):
    url, shelf = url_of(article), browser.layer.shelf
    old = {path: browser.get(path) for path in (url, "/", "/feed/")}
    monkeypatch.setattr(
        browser.layer, "keeps", browser.layer.keeps._replace(release=lambda: "next")
    )
    seen = []

    def draw(path):
        # Meanwhile readers get what was there, and a change is dropped in both.
        seen.append(browser.get(path).headers["ETag"] == old[path].headers["ETag"])
        if path == url:
            correct(article, [Replacement("froze", "thawed")], by=editor(), note="It thawed.")
        return browser.layer.draw(path)

    assert renew(shelf, "next", draw) == 3
    assert seen[0]
    assert shelf.shown.startswith("next")
    assert [path.name for path in shelf.generations()] == [f"gen-{shelf.shown}"]
    for path in old:
        assert browser.get(path).body == browser.fresh(path).body
    assert b"thawed" in browser.get(url).body
    shelf.sweep()
    assert list((shelf.root / "trash").iterdir()) == []


def test_two_processes_do_not_make_an_upgrade_twice(article, browser):
    browser.get("/")
    shelf = browser.layer.shelf

    def draw(path):
        assert renew(shelf, "next", draw) == 0
        return browser.layer.draw(path)

    assert renew(shelf, "next", draw) == 1


def test_the_worker_draws_stories_again_after_an_upgrade_and_only_then(article, monkeypatch):
    assert sum(iter(draw_old_again, 0)) == 0  # for the first time: there is nothing to do
    monkeypatch.setattr("articles.prepared.preparing.fingerprint", lambda: "next")
    monkeypatch.setattr("articles.prepared.story_pages.fingerprint", lambda: "next")
    monkeypatch.setattr("articles.prepared.frame.fingerprint", lambda: "next")
    with CaptureQueriesContext(connection) as asked:
        assert draw_old_again() == 1
        assert draw_old_again() == 0
    assert len(asked) > 10
    with CaptureQueriesContext(connection) as asked:
        assert draw_old_again() == 0
    assert len(asked) == 1
    assert StoryPage.objects.get().drawn_with == "next"


def test_old_changes_are_forgotten_and_no_shelf_begins_anew_for_it(article, browser):
    Purge.objects.update(at=timezone.now() - timedelta(days=8))
    browser.layer.shelf.remember({})
    work_off()
    browser.get("/")
    forget_old_changes()
    assert Purge.objects.count() == 1
    work_off()
    assert list(browser.layer.shelf.kept()) == ["/"]


def test_a_process_of_another_release_keeps_nothing_here(article, browser, monkeypatch):
    browser.get("/")
    monkeypatch.setattr(
        browser.layer, "keeps", browser.layer.keeps._replace(release=lambda: "next")
    )
    assert browser.get("/").status == 200
    assert browser.get(url_of(article)).status == 200
    assert list(browser.layer.shelf.kept()) == ["/"]


def test_a_web_server_sends_what_is_kept_with_the_headers_of_the_application(
    article, browser, settings
):
    settings.SITE_URL = f"http://{HOST}"
    out = StringIO()
    call_command("nginx_conf", stdout=out)
    config = out.getvalue()
    page, feed = config.split("location = /feed/")[1].split("location / {")[::-1]
    for path, told in (("/", page), ("/feed/", feed)):
        for name, value in browser.get(path).headers.items():
            if name in ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Vary"):
                continue  # which nginx makes of the file
            if name == "Content-Security-Policy":  # whose directives come in any order
                value, given = set(value.split("; ")), re.search(rf'{name} "([^"]*)"', told)[1]
                assert set(given.split("; ")) == value
            else:
                assert f'add_header {name} "{value}";' in told
    assert f"root {settings.PAGES_ROOT}/current;" in config
    settings.PAGES_ROOT = ""
    with pytest.raises(CommandError, match="PAGES_ROOT"):
        call_command("nginx_conf")


# --- What may fail


def test_a_page_that_was_harmed_is_drawn_anew(article, browser):
    url = url_of(article)
    whole = browser.get(url).body
    [file] = browser.layer.shelf.root.rglob("v/page.html")
    for harm in (lambda: file.write_bytes(b"torn"), file.unlink):
        harm()
        browser.layer._held.clear()
        assert browser.get(url).body == whole


KEEPING = """
import sys
from pathlib import Path
from articles.kept.shelf import Page, Shelf

shelf, number = Shelf(Path(sys.argv[1])), 0
print("ready", flush=True)
while True:
    number += 1
    with shelf.open(f"{number % 5}/=", "one") as place:
        headers = [("Content-Type", "text/html; charset=utf-8")]
        place.keep(Page(headers, f"<p>{number}</p>".encode() * 3_000, number))
    if number % 3 == 0:
        shelf.drop(f"{number % 5}/=")
"""


def test_a_process_that_is_killed_leaves_no_page_torn(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.show("one")
    found = torn = 0
    for number in range(KILLS):
        command = [sys.executable, "-c", KEEPING, str(tmp_path)]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(random.Random(number).uniform(0.001, 0.05))
        writer.kill()
        writer.communicate()
        for address in shelf.kept():
            page = shelf.find(folder_of(address))
            found, torn = found + 1, torn + (page is None)
    assert torn == 0
    assert found > KILLS
    assert list(tmp_path.rglob("tmp-*"))  # so a kill did come in the middle of a page
    for path in tmp_path.rglob("tmp-*"):
        os.utime(path, (0, 0))
    shelf.sweep()
    assert list(tmp_path.rglob("tmp-*")) == []
    assert list((tmp_path / "trash").iterdir()) == []


def test_readers_get_their_page_where_nothing_can_be_kept(article, layer, tmp_path):
    (tmp_path / "a-file").write_text("")
    layer.shelf = Shelf(tmp_path / "a-file")
    assert Browser(layer).get(url_of(article)).status == 200


def test_kept_pages_are_sent_while_the_database_is_away(article, browser, monkeypatch):
    url = url_of(article)
    browser.get(url)

    def refused(*args, **kwargs):
        raise AssertionError("Django was asked")

    monkeypatch.setattr(browser.layer, "application", refused)
    assert browser.get(url).status == 200
    with pytest.raises(AssertionError):
        browser.get("/archive/")


def test_while_the_database_is_away_one_asks_and_the_others_are_told_at_once(
    article, browser, monkeypatch
):
    asked, may_end = threading.Event(), threading.Event()

    def away(environ, start_response):
        asked.set()
        may_end.wait(10)
        start_response("503 Service Unavailable", [("Retry-After", "10")])
        return [b""]

    kept = browser.get("/").body
    real = browser.layer.application
    monkeypatch.setattr(browser.layer, "application", away)
    may_end.set()
    assert browser.get("/archive/").status == 503
    may_end.clear()
    asked.clear()
    one = threading.Thread(target=browser.get, args=["/archive/"])
    one.start()
    assert asked.wait(10)
    others = [browser.get(path) for path in ("/corrections/", "/feed/", "/section/harbour/")]
    assert [each.status for each in others] == [503] * 3
    assert others[0].headers["Retry-After"] == "10"
    assert browser.get("/").body == kept
    may_end.set()
    one.join()
    # Back again: the first that is tried closes it.
    monkeypatch.setattr(browser.layer, "application", real)
    assert browser.get("/archive/").status == 200
    assert browser.get("/corrections/").status == 200


def test_a_shelf_that_cannot_be_written_fails_no_publication(article, browser, settings, tmp_path):
    (tmp_path / "a-file").write_text("")
    settings.PAGES_ROOT = str(tmp_path / "a-file")
    correct(article, [Replacement("froze", "thawed")], by=editor(), note="It thawed.")
    assert article.live_version.headline == "The harbour thawed"
    with pytest.raises(OSError, match="a-file"):
        work_off()
