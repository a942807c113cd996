"""Figures that the project answers for, as ratios of one run on one machine.

`make bench` makes two newsrooms on each engine at hand, one of 1,000 stories and one of 20,000, asks
both for every kind of page by turns, and prints a table; then what pages cost beside a view that only
returns the same bytes and beside a newsroom of plain Django, how long verifying all versions takes, the sourcing
check of a long story, and last what servers send (`served.py`). `SIZES=1000,1000000` makes other newsrooms.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

SMALL, LARGE = map(int, os.environ.get("SIZES", "1000,20000").split(","))
TURNS, ROUNDS = 6, 15

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    from tests.run import postgresql

    if sys.argv[1:]:
        measure(sys.argv[1])
        return
    servers = {"SQLite": "sqlite:///", "PostgreSQL": postgresql()}
    for engine, address in servers.items():
        print(f"\n{engine}" + ("" if address else ": LEFT OUT, none is at hand"), flush=True)
        if address:
            with tempfile.TemporaryDirectory() as folder:
                path = f"{folder}/bench.sqlite3" if engine == "SQLite" else ""
                environment = os.environ | {
                    "DATABASE_URL": address + path,
                    "MEDIA_ROOT": f"{folder}/media",
                    "STATIC_ROOT": f"{folder}/static",
                    "ENV_FILE": os.devnull,
                    "DEBUG": "off",
                }
                subprocess.run([sys.executable, __file__, engine], env=environment, check=True)
    subprocess.run([sys.executable, "-m", "tests.served"], check=True)


def measure(engine: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("collectstatic", interactive=False, verbosity=0)
    with Newsrooms(SMALL, LARGE) as newsrooms:
        row = "{:<22}{:>8}{:>14}{:>14}{:>8}"
        print(row.format("page", "queries", f"ms at {SMALL:,}", f"ms at {LARGE:,}", "ratio"))
        for name in newsrooms.addresses(SMALL):
            queries, small, large = newsrooms.compare(name)
            print(
                row.format(name, queries, f"{small:.2f}", f"{large:.2f}", f"{large / small:.2f}"),
                flush=True,
            )
        beside_bare_view(newsrooms)
        beside_toy(newsrooms)
        unchanged(newsrooms)
        kept_pages(newsrooms)
        verifying(newsrooms)
    sourcing()


class Newsrooms:
    """Databases of two sizes behind one connection."""

    def __init__(self, *sizes: int) -> None:
        from django.db import connection

        self.connection, self.sizes = connection, sizes
        self.home = connection.settings_dict["NAME"]

    def __enter__(self):
        for size in self.sizes:
            self._make(size)
        return self

    def __exit__(self, *exception):
        self.open(None)
        if self.connection.vendor == "postgresql":
            with self.connection.cursor() as cursor:
                for size in self.sizes:
                    cursor.execute(f"DROP DATABASE IF EXISTS {self._name(size)}")

    def _name(self, size):
        is_file = self.connection.vendor == "sqlite"
        return f"{self.home}.{size}" if is_file else f"newsroom_bench_{size}"

    def open(self, size):

        self.connection.close()
        self.connection.settings_dict["NAME"] = self._name(size) if size else self.home

    def _make(self, size):
        from django.core.management import call_command

        from tests.corpus import add_stories

        self.open(None)
        if self.connection.vendor == "postgresql":
            with self.connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {self._name(size)}")
                cursor.execute(f"CREATE DATABASE {self._name(size)}")
        self.open(size)
        call_command("migrate", verbosity=0)
        # The same years, more or less full.
        add_stories(first_story(), size - 1, apart=timedelta(hours=1) * LARGE / size)
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def addresses(self, size):
        from articles.models import Version
        from tests.corpus import COMMON, RARE

        self.open(size)
        live = Version.objects.live().newest_first()
        first, middle = live[0], live[size // 2]
        deep = f"?before={int(middle.published_at.timestamp() * 1_000_000)}-{middle.pk}"
        month = f"{middle.published_at:%Y/%m}"
        return {
            "article": middle.get_absolute_url(),
            "notebook": first.get_notebook_url(),
            "front": "/",
            "front, in the middle": f"/{deep}",
            "section": "/section/harbour/",
            "section, in the middle": f"/section/harbour/{deep}",
            "tag": "/tag/ice/",
            "tag, in the middle": f"/tag/ice/{deep}",
            "author": "/by/maren-okafor/",
            "author, in the middle": f"/by/maren-okafor/{deep}",
            "archive": "/archive/",
            "archive, a year": f"/archive/{month[:4]}/",
            "archive, a month": f"/archive/{month}/",
            "search: 2 in 100": f"/search/?q={RARE}",
            "search: every second": f"/search/?q={COMMON}",
            "search: in a section": f"/search/?q={COMMON}&section=harbour",
            "search: none": "/search/?q=nowhere",
            "corrections": "/corrections/",
            "feed": "/feed/",
        }

    def compare(self, name):
        """Queries with nothing cached, and the median time of a page at each size."""
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        client, times, queries = Client(), {size: [] for size in self.sizes}, 0
        addresses = {size: self.addresses(size)[name] for size in self.sizes}
        for _turn in range(TURNS):
            for size, address in addresses.items():
                self.open(size)
                client.get(address)
                with CaptureQueriesContext(connection) as cold:
                    assert client.get(address).status_code == 200, address
                queries = max(queries, len(cold))
                times[size] += [timed(lambda: client.get(address)) for _ in range(ROUNDS)]  # noqa: B023
        return queries, *(statistics.median(times[size]) * 1000 for size in self.sizes)


def first_story():
    from django.contrib.auth.models import Group

    from articles.publishing.door import publish
    from newsroom.models import User
    from tests.factories import approve, make_article, make_byline, make_photo

    editor = User.objects.create(username="editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    article = make_article(lead_photo=make_photo(), dateline="QUAY")
    article.tags.add("Ice", "Ships")
    make_byline(article)
    publish(approve(article, editor), by=User.objects.get(pk=editor.pk))
    return article.live_version


class Server:
    """Django as a server calls it, without what a test's client adds."""

    def __init__(self):
        from django.core.handlers.wsgi import WSGIHandler

        self.handler = WSGIHandler()

    def ask(self, address, **headers):
        """The status and the body of an address."""
        from django.test import RequestFactory

        environ = RequestFactory(HTTP_HOST="testserver", **headers).get(address).environ
        return lambda: self._answer(environ)

    def _answer(self, environ):
        told = []
        answer = self.handler(dict(environ), lambda status, headers: told.append(status))
        body = b"".join(answer)
        answer.close()
        return told[0], body


def beside_bare_view(newsrooms):
    """The first render of an article beside a view that returns the same bytes; processor time."""
    from django.http import HttpResponse
    from django.urls import clear_url_caches, path

    from articles.front import urls

    address = newsrooms.addresses(LARGE)["article"]
    same = Server().ask(address)()
    urls.urlpatterns.insert(0, path("bare/", lambda request: HttpResponse(same[1])))
    clear_url_caches()
    server = Server()
    assert server.ask("/bare/")() == same
    bare, first = by_turns(server.ask("/bare/"), server.ask(address))
    print(
        f"first render of an article: {first:.2f} ms, a bare view: {bare:.2f} ms, "
        f"ratio {first / bare:.1f} ({len(same[1]):,} bytes)"
    )


def by_turns(*asks):
    """Milliseconds of processor time of each, by turns, so that what slows the machine slows all."""
    taken = [[processor_ms(ask) for ask in asks] for _ in range(5)]
    return [statistics.median(each) for each in zip(*taken, strict=True)]


def processor_ms(ask, rounds=40):
    """The median of so many requests, milliseconds of processor time."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        ask()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


def beside_toy(newsrooms):
    """A page as it is drawn when no file of it is kept, beside the page of a newsroom of plain Django."""
    from django.urls import clear_url_caches

    from articles.front import urls
    from tests import toy
    from tests.corpus import COMMON, RARE

    addresses = newsrooms.addresses(LARGE)
    toy.fill()
    urls.urlpatterns[:0] = toy.urlpatterns
    clear_url_caches()
    story = toy.Story.objects.all()[0]
    beside = {
        "article": story.get_absolute_url(),
        "front": "/toy/",
        "section": "/toy/section/Harbour/",
        "tag": "/toy/tag/Ice/",
        "search: 2 in 100": f"/toy/search/?q={RARE}",
        "search: every second": f"/toy/search/?q={COMMON}",
        "feed": "/toy/feed/",
    }
    server, row = Server(), "{:<22}{:>14}{:>14}{:>16}"
    print(row.format(f"drawn, at {LARGE:,}", "ours, ms", "toy, ms", "times as fast"))
    for name, address in beside.items():
        mine, its = server.ask(addresses[name]), server.ask(address)
        assert mine()[0] == its()[0] == "200 OK", name
        ours, theirs = by_turns(mine, its)
        print(row.format(name, f"{ours:.2f}", f"{theirs:.2f}", f"{theirs / ours:.1f}"), flush=True)


def unchanged(newsrooms):
    """What is no file, asked for by whoever has it already."""
    from django.test import Client

    addresses, server = newsrooms.addresses(LARGE), Server()
    for name in ("front, in the middle", "tag, in the middle", "search: every second"):
        address = addresses[name]
        known = server.ask(address, HTTP_IF_NONE_MATCH=Client().get(address)["ETag"])
        assert known()[0] == "304 Not Modified", name
        page, same = by_turns(server.ask(address), known)
        print(f"304 of {name:<22}{same:>6.2f} ms, drawn {page:>6.2f} ms, ratio {page / same:.1f}")


def verifying(newsrooms):
    """Every version, file and page, by one process and by two; seconds by the clock."""
    from io import StringIO

    from django.core.management import CommandError, call_command

    newsrooms.open(LARGE)
    for processes in (1, 2):
        began = time.monotonic()
        # The stories of a bench have the page of the one that they are like, which it tells.
        with contextlib.suppress(CommandError):
            call_command(
                "verify_versions", processes=processes, stdout=StringIO(), stderr=StringIO()
            )
        taken = time.monotonic() - began
        print(
            f"verify_versions, {LARGE:,} stories, {processes} at a time: {taken:.0f} s", flush=True
        )


def kept_pages(newsrooms):
    """Sending a kept page beside bare WSGI that returns the same bytes; processor time of one process."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    from articles.kept.keeping import is_kept, queries
    from articles.kept.layer import Keeps, KeptPages
    from articles.kept.shelf import Shelf
    from articles.kept.working_off import release

    addresses = newsrooms.addresses(LARGE)
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        shelf.show(f"{release()}-bench")
        keeps = Keeps("http://testserver", False, is_kept, queries, release)
        layer = KeptPages(WSGIHandler(), shelf, keeps)

        def microseconds(application, environ):
            taken = []
            for _ in range(ROUNDS):
                began = time.process_time()
                for _ in range(200):
                    b"".join(application(environ, lambda status, headers: None))
                taken.append((time.process_time() - began) / 200)
            return statistics.median(taken) * 1_000_000

        for name in ("article", "front", "tag", "feed"):
            environ = RequestFactory(HTTP_HOST="testserver").get(addresses[name]).environ
            began = time.process_time()
            same = b"".join(layer(environ, lambda status, headers: None))
            drawn = (time.process_time() - began) * 1_000

            def bare(environ, start_response, body=same):
                start_response("200 OK", [("Content-Length", str(len(body)))])
                return [body]

            sent, least = microseconds(layer, environ), microseconds(bare, environ)
            known = environ | {"HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"}
            print(
                f"kept {name:<8} drawn and kept {drawn:>6.1f} ms, then {sent:>5.0f} µs, 304 "
                f"{microseconds(layer, known):>4.0f} µs; a function that returns the bytes {least:.1f} µs"
            )


def timed(run):
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


# Words, and quotes in the record; the second is twice the first, to see that it is linear.
LONG_STORIES = (10_750, 250), (21_500, 500)
TYPED = 5_000, 80


def sourcing():
    """The whole check of long stories, and what the panel answers; milliseconds of processor time."""
    from django.core.management import call_command
    from django.test import Client, RequestFactory
    from django.urls import reverse

    from articles.desk.story.panel import check_as_typed
    from articles.sourcing.checked_material import CheckedMaterial
    from articles.sourcing.checking import check
    from newsroom.models import User

    call_command("migrate", verbosity=0)
    taken = []
    for words, quotes in LONG_STORIES:
        article = long_story(words, quotes)
        taken.append(median_of(lambda: check(CheckedMaterial(article)), 5))  # noqa: B023
        name = f"check of {words:,} words with {quotes} recorded quotes"
        print(f"{name:<52}{taken[-1]:>8.0f} ms")
    print(f"{'the second against the first':<52}{taken[1] / taken[0]:>8.2f}")
    article = long_story(*TYPED)
    request = RequestFactory().post(
        reverse("admin:articles_article_check", args=[article.pk]), {"body": article.body}
    )
    request.user = User.objects.create(username="editor", is_superuser=True, is_staff=True)
    desk = Client()
    desk.force_login(request.user)
    form = reverse("admin:articles_article_change", args=[article.pk])
    preview = reverse("admin:articles_article_preview", args=[article.pk])
    for name, ask in (
        ("the panel's answer", lambda: check_as_typed(request, article.pk)),
        ("the story's form", lambda: desk.get(form)),
        ("its preview", lambda: desk.get(preview)),
    ):
        told = f"{name} on {TYPED[0]:,} words with {TYPED[1]} quotes"
        print(f"{told:<52}{median_of(ask, 7):>8.0f} ms")


def long_story(words, quotes):
    """Of every three quotations one as it was said, one altered, and one that nobody recorded."""
    import random

    from tests.factories import make_article, make_interview, make_source

    pick = random.Random(1)
    known = [f"word{number}" for number in range(3_000)]
    known += ["the", "of", "and", "we", "it", "not", "clerk", "letter"] * 200

    def sentence(length):
        return " ".join(pick.choices(known, k=length))

    recorded = [sentence(20) for _ in range(quotes)]
    told = list(recorded)
    told[1::3] = [words.replace(" ", " never ", 1) for words in told[1::3]]
    told[2::3] = [sentence(20) for _ in told[2::3]]
    between = max(1, words // quotes - 24)
    names = [f"Ada Holt{number}" for number in range(20)]
    body = "".join(
        f"<p>{sentence(between)}. “{said},” said {names[number % 20]}.</p>"
        for number, said in enumerate(told)
    )
    interviews = [
        make_interview(make_source(name), *recorded[n::20]) for n, name in enumerate(names)
    ]
    return make_article(body=body, interviews=interviews)


def median_of(run, rounds):
    from sources.prose.reading import quotations

    times = []
    for _ in range(rounds):
        quotations._found_in.cache_clear()  # each time as if nobody had read the text before
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
