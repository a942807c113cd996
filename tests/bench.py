"""Figures that the project answers for, as ratios of one run on one machine.

`make bench` makes a corpus in a database of its own, measures, and prints a table.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

SMALL, LARGE = 30, 1_000
ROUNDS = 60

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        os.environ["DEBUG"] = "off"
        import django

        django.setup()
        measure()


def measure() -> None:
    from django.core.management import call_command
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from django.conf import settings

    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        call_command("migrate", verbosity=0)
        editor = hire_editor()
        at_small = pages(editor, SMALL)
        at_large = pages(editor, LARGE)
    row = "{:<12}{:>9}{:>12}{:>12}{:>8}"
    print(row.format("page", "queries", f"ms at {SMALL}", f"ms at {LARGE}", "ratio"))
    for name, (queries, after) in at_large.items():
        before = at_small[name][1]
        print(row.format(name, queries, f"{before:.2f}", f"{after:.2f}", f"{after / before:.2f}"))
    sourcing()


WORDS, RECORDED = 20_000, 500


def sourcing():
    """A long story held against many recorded quotes; milliseconds of processor time."""
    import random
    from collections import namedtuple

    from sources.matching import match
    from sources.quotations import find_quotations

    Quote = namedtuple("Quote", "words speaker_id")
    pick = random.Random(1)
    words = [f"word{number}" for number in range(3_000)] + ["the", "of", "and", "we", "it"] * 200

    def sentence(length):
        return " ".join(pick.choices(words, k=length))

    recorded = [Quote(sentence(20), number % 40) for number in range(RECORDED)]
    told = [quote.words for quote in recorded]
    told[1::3] = [words.replace(" ", " not ", 1) for words in told[1::3]]
    told[2::3] = [sentence(20) for _ in told[2::3]]
    text = "\n".join(f"{sentence(18)}. “{words},” said Ada Holt." for words in told)
    assert len(text.split()) > WORDS
    found = find_quotations(text)
    matches = match(found, recorded)
    kinds = [(m.is_backed, m.is_altered) for m in matches[:3]]
    assert kinds == [(True, False), (False, True), (False, False)]
    for name, run in (
        (f"find quotations in {WORDS:,} words", lambda: find_quotations(text)),
        (f"match them to {RECORDED} recorded quotes", lambda: match(found, recorded)),
    ):
        print(f"{name:<45}{median_of(run, 7):>8.0f} ms")


def median_of(run, rounds):
    times = []
    for _ in range(rounds):
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


def hire_editor():
    from django.contrib.auth.models import Group, User

    editor = User.objects.create(username="editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    return editor


def pages(editor, stories):
    """Queries and the median processor time of each page, once there are so many stories."""
    from articles.models import Version
    from tests.factories import make_live

    while Version.objects.count() < stories:
        make_live(editor)
    version = Version.objects.live().order_by("pk")[0]
    return {
        "front": cost("/"),
        "section": cost("/section/harbour/"),
        "article": cost(version.get_absolute_url()),
        "notebook": cost(version.get_notebook_url()),
    }


def cost(url):
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        assert client.get(url).status_code == 200
    queries = len(cold)
    return queries, median_of(lambda: client.get(url), ROUNDS)


if __name__ == "__main__":
    main()
