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
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        client.get(url)
        times.append(time.process_time() - began)
    return queries, statistics.median(times) * 1000


if __name__ == "__main__":
    main()
