import os
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# axe-core: WCAG 2.2 AA.
LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => (await axe.run({runOnly: tags, resultTypes: ["violations"]})).violations"""


@pytest.fixture(scope="session")
def chromium():
    # Playwright's own loop makes Django think that it is called from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints():
    """What browsers complained of, and whom they asked but the newsroom. Empty after each test."""
    heard = []
    yield heard
    assert heard == []


@pytest.fixture
def sit_down(chromium, live_server, complaints):
    """A person at a browser of their own: `sit_down(user, width=…)`; nobody is a reader.

    Other options are Playwright's for a context: `java_script_enabled`, `color_scheme`.
    """
    contexts = []

    def _sit_down(user=None, *, width=1280, height=900, **options) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: _is_complaint(said, page) and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _is_ours(asked.url) or complaints.append(asked.url))
        page.goto(f"{live_server.url}/{'desk/' if user else ''}")
        if user:
            page.fill("#id_username", user.username)
            page.fill("#id_password", user.username)
            # Until its scripts have run: they listen for keys.
            with page.expect_navigation():
                page.click("[type=submit]")
        return page

    def _is_complaint(said, page):
        """Chromium's own editing of rich text tries styles now and then, which the policy stops."""
        is_editing = "/change/" in page.url and said.text.startswith("Applying inline style")
        return said.type == "error" and not is_editing

    def _is_ours(url):
        return url.startswith(live_server.url) or urlsplit(url).scheme in ("data", "blob")

    yield _sit_down
    for context in contexts:
        context.close()


def open_parts(page):
    """All that stands beside a story, as somebody has it who opens each part of it."""
    page.evaluate(
        "document.querySelectorAll('details.part').forEach((part) => { part.open = true; })"
    )


def save(page):
    """Save a story, and wait until the desk has kept it."""
    page.locator("[data-saved]").evaluate("(told) => { told.textContent = ''; }")
    page.click("button:text-is('Save')")
    page.locator("[data-saved]:has-text('Saved ')").wait_for()


@pytest.fixture
def clock(monkeypatch):
    """The newsroom's clock, to be set: `clock("2020-03-12T09:00:00-04:00")`."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(moment))

    return set_to


@pytest.fixture
def picture_of(tmp_path):
    """Save a screenshot; into the folder that SCREENSHOTS names, for people to look at."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)

    def save(page, name):
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 10_000

    return save


@pytest.fixture
def violations(checkers):
    """What axe finds on a page, each as `impact rule: elements`."""
    source = (checkers / "axe-core" / "axe.min.js").read_text()

    def find(page, tags=LEVEL_AA):
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        return [
            f"{found['impact']} {found['id']}: {[node['html'][:120] for node in found['nodes']]}"
            for found in page.evaluate(RUN, tags)
        ]

    return find


def looks(page):
    """The page as it looks in each way."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            yield f"{scheme}, {width} px"
