import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from articles.kept.keeping import is_kept, queries
from articles.kept.layer import Keeps, KeptPages
from articles.kept.shelf import Shelf
from articles.kept.working_off import release

from . import cast as casting
from . import write_once
from .kept_pages import HOST, Browser

# Races and random edits in the numbers that the project answers for; fewer of them otherwise.
THOROUGH = os.environ.get("THOROUGH") == "on"
SHARED = Path(os.environ.get("NEWSROOM_SHARED", Path(__file__).parents[2] / "shared")).resolve()


def pytest_collection_modifyitems(items):
    """What asks a database runs on each engine; the rest is the same on all, and runs once."""
    for item in items:
        if item.get_closest_marker("django_db") or "db" in item.fixturenames:
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """SQLite in a file, as newsrooms have it: threads and processes then queue for its lock."""
    if connection.vendor == "sqlite":
        name = os.environ.get("TEST_DATABASE")  # for --reuse-db: one that outlasts the run
        name = name or str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session", autouse=True)
def _static_root(tmp_path_factory):
    """WhiteNoise warns of a folder that nobody has collected into."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session", autouse=True)
def _flush_lifts_the_triggers():
    """Tests with real transactions empty the tables after them, which the record's triggers refuse."""
    operations = type(connection.ops)
    sql_flush = operations.sql_flush

    def sql_flush_lifted(self, *args, **kwargs):
        statements = sql_flush(self, *args, **kwargs)
        write_once.lift()
        return statements

    patch = pytest.MonkeyPatch()
    patch.setattr(operations, "sql_flush", sql_flush_lifted)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _settings(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    storage = "articles.media.storage.WholeFiles"
    settings.STAGING_ROOT = tmp_path / "staged"
    settings.STORAGES = {
        "default": {
            "BACKEND": storage,
            "OPTIONS": {"location": tmp_path / "desk", "base_url": "/desk/files/"},
        },
        "public": {
            "BACKEND": storage,
            "OPTIONS": {"location": tmp_path / "public", "base_url": "/media/"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PAGES_ROOT = ""
    cache.clear()


@pytest.fixture(autouse=True)
def _written_once(request):
    """Every test that writes to the database does so under the triggers of the record."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        if request.node.get_closest_marker("django_db").kwargs.get("transaction"):
            write_once.enforce()


@pytest.fixture
def cast(db):
    return casting.hire()


@pytest.fixture
def shared():
    """The folder of published schemas and of the seed story, which are not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"the seed story and the schemas are not at {SHARED}: set NEWSROOM_SHARED")
    return SHARED


@pytest.fixture
def checkers():
    """The folder of checkers that are no Python: vnu, which runs on Java, and axe-core."""
    folder = Path(__file__).parent / "checkers" / "node_modules"
    if not folder.is_dir() or not shutil.which("java"):
        pytest.skip("the checkers need Java and npm: run npm ci in tests/checkers")
    return folder


@pytest.fixture
def layer(settings, tmp_path):
    settings.PAGES_ROOT = str(tmp_path / "pages")
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    keeps = Keeps(f"http://{HOST}", False, is_kept, queries, release)
    return KeptPages(WSGIHandler(), Shelf(tmp_path / "pages"), keeps)


@pytest.fixture
def browser(layer):
    return Browser(layer)
