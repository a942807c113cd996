"""Every kind of readers' page is valid HTML, by the W3C's own checker."""

import json
import subprocess
from urllib.parse import quote, unquote

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.newsrooms import NEWSROOMS, answers

# With the browser's tests because it is slow, and needs what is not Python.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(checkers, tmp_path):
    """What the checker says of pages: `complaints({name: html})`. It takes seconds to start."""

    folder = tmp_path / "pages"
    folder.mkdir()

    def check(pages):
        for name, html in pages.items():
            (folder / f"{quote(name, safe='')[-200:]}.html").write_bytes(html)
        jar = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
        command = ["java", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always"]
        ran = subprocess.run([*command, folder], capture_output=True, text=True, check=True)
        said = json.loads(ran.stdout)["messages"]
        return [f"{unquote(unquote(m['url']))}: {m['type']}: {m['message']}" for m in said]

    return check


def pages_of(newsroom, version, client):
    pages = answers(client, version, "text/html")
    if version:
        report = f"{version.get_absolute_url()}report/"
        pages[f"{report} sent empty"] = client.post(report, {})
    return {f"{newsroom} {url}": answer.content for url, answer in pages.items()}


def test_every_page_of_every_newsroom_is_valid(cast, client, settings, complaints):
    request = RequestFactory().get("/")
    pages = {
        name: render_to_string(name, request=request).encode()
        for name in ("403.html", "403_csrf.html", "500.html", "articles/reported.html")
    }
    for name, publish in NEWSROOMS.items():  # one newsroom, which has more each time
        settings.LANGUAGE_CODE = "ar" if name == "arabic" else "en"
        pages |= pages_of(name, publish(cast), client)
    assert len(pages) > 40
    assert complaints(pages) == []


def test_the_checker_finds_what_is_planted(client, complaints, cast):
    planted = client.get("/").content.replace(b"</main>", b"<p><div></main>")
    said = complaints({"planted": planted})
    assert any("error" in each and "div" in each for each in said), said
