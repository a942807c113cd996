"""The wheel: `pip install` of it in an empty folder gives a newsroom that works there."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import THOROUGH

ROOT = Path(__file__).resolve().parent.parent
SERVES_ITS_FRONT_PAGE = """
from wsgiref.util import setup_testing_defaults
from newsroom.wsgi import application
request = {"HTTP_HOST": "127.0.0.1"}
setup_testing_defaults(request)
page = application(request, lambda status, headers: print(status))
print(b"".join(page).decode())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture
def installed(wheel, tmp_path):
    """An environment of its own: in the thorough form with what the wheel asks for, newly resolved.

    In the short form what it asks for is this environment's, and the network is not needed.
    """
    venv.create(tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    how = [] if THOROUGH else ["--no-deps"]
    command = [sys.executable, "-m", "uv", "pip", "install", *how, "--python", str(python), wheel]
    subprocess.run(command, check=True)
    if not THOROUGH:
        [packages] = python.parents[1].glob("lib/python*/site-packages")
        (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return python


def files_under(folder):
    return {
        str(file.relative_to(ROOT))
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_the_wheel_holds_what_a_newsroom_needs_and_no_more(wheel):
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    templates = {f"newsroom/{name}" for name in files_under("templates")}
    packages = files_under("newsroom") | files_under("articles") | files_under("sources")
    assert held == packages | templates | {"newsroom/.env.example"}
    for needed in (
        "newsroom/templates/articles/front.html",
        "newsroom/demo/standards.json",
        "articles/locale/ar/LC_MESSAGES/django.mo",
        "articles/static/articles/site.css",
        "sources/migrations/0001_initial.py",
    ):
        assert needed in held


def test_it_runs_in_the_folder_that_it_is_called_in(installed, tmp_path):
    folder = tmp_path / "The Courier"
    folder.mkdir()
    (folder / ".env").write_text('SITE_NAME="The Courier"\nLANGUAGE_CODE=ar\n')

    def run(*command):
        return subprocess.run(
            command,
            cwd=folder,
            env={"PATH": os.defpath},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    newsroom = installed.with_name("newsroom")
    for command in (["migrate"], ["collectstatic"], ["check", "--fail-level", "WARNING"]):
        run(newsroom, *command)
    status, page = run(installed, "-c", SERVES_ITS_FRONT_PAGE).split("\n", 1)
    assert status == "200 OK"
    assert "<title>The Courier</title>" in page
    assert ">بحث</a>" in page  # “Search” in our catalog; Django's admin has another word for it
    assert {file.name for file in folder.iterdir()} == {".env", "var"}
    kept = {file.name for file in (folder / "var").iterdir()}
    assert {"newsroom.sqlite3", "secret_key", "static"} <= kept
