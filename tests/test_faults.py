"""What people are told while help is away, and that nothing of theirs is lost."""

import math
import socket
import threading
import time

import psycopg2
import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client
from psycopg2 import extensions

from articles.kept import patience
from articles.kept.breaker import Breaker
from articles.models import ErrorReport
from tests.factories import make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(monkeypatch):
    """A database that refuses every connection, from now on."""

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    def begin():
        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)

    return begin


def test_a_reader_is_told_when_to_come_back(away):
    reader = Client(raise_request_exception=False)
    away()
    answer = reader.get("/search/?q=ice")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "does not answer" in answer.content.decode()


def test_what_a_reporter_was_sending_is_in_the_page_and_can_be_sent_again(cast, away):
    reporter = Client(raise_request_exception=False)
    reporter.force_login(cast.reporter)
    words = "<p>“We lost it,” said </textarea><b>Holt</b>.</p>\n\n two blanks"
    away()
    answer = reporter.post("/desk/articles/article/add/", {"headline": "Ice & snow", "body": words})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Ice &amp; snow" in page
    assert "said &lt;/textarea&gt;&lt;b&gt;Holt" in page
    assert 'action="/desk/articles/article/add/"' in page


def test_any_other_fault_is_ours(monkeypatch):
    def broken(request):
        raise ZeroDivisionError

    monkeypatch.setattr("articles.front.search_page.SearchForm.query", broken)
    answer = Client(raise_request_exception=False).get("/search/")
    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()


def test_more_than_a_report_is_taken_from_nobody_but_the_desk(cast, client):
    url = make_live(cast.editor).live_version.get_absolute_url()
    large = {"words": "a" * 120_000}
    assert client.post(f"{url}report/", large).status_code == 413
    assert client.post("/desk/login/", large).status_code == 413
    assert client.post(f"{url}report/", {"words": "a" * 1_000}).status_code == 200
    client.force_login(cast.editor)
    assert client.post("/desk/articles/section/add/", {"name": "a" * 120_000}).status_code == 200


def test_a_cache_that_is_gone_refuses_nobody(cast, client, settings, monkeypatch):
    """Readers' reports are counted in it, and nothing else."""
    monkeypatch.setattr("articles.front.reports.SECONDS_TO_TYPE", 0)
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    caches.close_all()
    url = make_live(cast.editor).live_version.get_absolute_url()
    assert client.get(url).status_code == 200
    opened = client.get(f"{url}report/").context["form"]["opened"].value()
    sent = {"words": "froze", "what": "It did not.", "opened": opened}
    assert client.post(f"{url}report/", sent).status_code == 200
    assert ErrorReport.objects.count() == 1
    client.force_login(cast.editor)
    assert client.get("/desk/").status_code == 200


def test_a_database_that_is_silent_is_given_up(monkeypatch):
    """It takes connections, and answers nothing: as one that was stopped, or whose network is gone."""
    monkeypatch.setattr(patience, "SILENCE", 0.4)
    monkeypatch.setattr(patience, "STILL_SILENT", 0.1)
    monkeypatch.setattr(patience, "_silent_at", -math.inf)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"host=127.0.0.1 port={silent.getsockname()[1]} dbname=newsroom"
        extensions.set_wait_callback(patience._wait)
        try:
            taken = []
            for _ in range(2):
                began = time.monotonic()
                with pytest.raises(psycopg2.OperationalError, match="was silent"):
                    psycopg2.connect(address)
                taken.append(time.monotonic() - began)
        finally:
            extensions.set_wait_callback(None)
    assert 0.3 < taken[0] < 5
    assert taken[1] < taken[0]


def test_what_hangs_is_told_to_the_others_before_it_ends(monkeypatch):
    monkeypatch.setattr("articles.kept.breaker.SLOW", 0.05)
    breaker, hangs, may_end = Breaker(), threading.Event(), threading.Event()

    def hang():
        with breaker.attempt() as may:
            assert may
            hangs.set()
            may_end.wait(10)

    threads = [threading.Thread(target=hang) for _ in range(2)]
    threads[0].start()
    hangs.wait(10)
    time.sleep(0.1)
    assert breaker.is_open
    # One is tried all the same; the others are not.
    hangs.clear()
    threads[1].start()
    hangs.wait(10)
    with breaker.attempt() as may:
        assert not may
    may_end.set()
    for thread in threads:
        thread.join()


def test_one_slow_search_refuses_nobody(monkeypatch):
    """Of what is no page of readers one may take its time: three are a sign."""
    monkeypatch.setattr("articles.kept.breaker.SLOW", 0.05)
    breaker, may_end = Breaker(hanging=3), threading.Event()
    begun = threading.Semaphore(0)

    def hang():
        with breaker.attempt():
            begun.release()
            may_end.wait(10)

    threads = [threading.Thread(target=hang) for _ in range(3)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        begun.acquire(timeout=10)
        time.sleep(0.1)
        assert breaker.is_open is (number == 3)
    may_end.set()
    for thread in threads:
        thread.join()
    assert not breaker.is_open
