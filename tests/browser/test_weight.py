"""What a reader's browser has to fetch for a story, and that nothing of it jumps about."""

import gzip
from urllib.parse import urljoin

import pytest

from articles.text.blocks import text
from tests.newsrooms import full, seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_REQUESTS, MOST_BYTES, MOST_BYTES_OF_HTML = 4, 40_000, 8_000
SHIFT = """() => new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((seen) => {
    for (const entry of seen.getEntries()) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(shift), 500);
})"""


@pytest.fixture
def slow_phone(sit_down):
    """A narrow browser on a slow processor and a slow line, with nothing in its cache."""
    page = sit_down(width=360)
    chromium = page.context.new_cdp_session(page)
    chromium.send("Network.enable")
    chromium.send("Network.setCacheDisabled", {"cacheDisabled": True})
    chromium.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    line = {"offline": False, "latency": 100, "downloadThroughput": 2e5, "uploadThroughput": 1e5}
    chromium.send("Network.emulateNetworkConditions", line)
    return page


def weigh(page, url):
    """The compressed size of each thing that the page at that address fetches."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url, wait_until="networkidle")
    # Readers' browsers fetch the icon as well; one without a window does not.
    asked.append(urljoin(url, page.locator("link[rel=icon]").get_attribute("href")))
    return {each: len(gzip.compress(page.request.get(each).body())) for each in asked}


def test_the_seed_story_is_light(cast, live_server, shared, slow_phone):
    url = live_server.url + seed(cast, shared).get_absolute_url()
    sizes = weigh(slow_phone, url)
    shift = slow_phone.evaluate(SHIFT)
    print(f"{len(sizes)} requests, {sum(sizes.values())} bytes, {sizes[url]} of HTML, CLS {shift}")
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
    assert sizes[url] <= MOST_BYTES_OF_HTML
    assert all(each.startswith(live_server.url) for each in sizes)
    assert shift == 0


def test_photos_move_nothing_while_they_load(cast, live_server, slow_phone):
    for path in (full(cast).get_absolute_url(), "/"):
        sizes = weigh(slow_phone, live_server.url + path)
        assert any("/media/pictures/" in each for each in sizes)
        slow_phone.evaluate("scrollTo(0, document.body.scrollHeight)")
        slow_phone.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
        assert slow_phone.evaluate(SHIFT) == 0
    slow_phone.evaluate("document.querySelector('main').style.marginTop = '200px'")
    assert slow_phone.evaluate(SHIFT) > 0


def test_a_story_reads_whole_without_javascript(cast, live_server, shared, sit_down):
    version = seed(cast, shared)
    page = sit_down(java_script_enabled=False)
    page.goto(live_server.url + version.get_absolute_url())
    shown = page.inner_text("main")
    for line in (version.headline, version.deck, *text(version.body).split("\n")):
        assert line in shown
    assert page.inner_text(".how-we-know").count("On condition of anonymity") == 2
