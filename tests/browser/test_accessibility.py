"""Every kind of readers' page against axe-core: WCAG 2.2 AA, on a phone and a desk, light and dark."""

import pytest

from tests.browser.conftest import looks
from tests.newsrooms import NEWSROOMS, answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def as_if_found(route):
    """A page as it is, but with a status that Chromium does not complain of."""
    route.fulfill(response=route.fetch(), status=200)


@pytest.mark.parametrize("newsroom", NEWSROOMS)
def test_no_page_shuts_a_reader_out(
    cast, client, live_server, settings, sit_down, violations, newsroom
):
    settings.LANGUAGE_CODE = "ar" if newsroom == "arabic" else "en"
    version = NEWSROOMS[newsroom](cast)
    page = sit_down()
    found, advice = [], set()
    for url, answer in answers(client, version, "text/html").items():
        if answer.status_code != 200:
            page.route(live_server.url + url, as_if_found)
        page.goto(live_server.url + url)
        for look in looks(page):
            found += [f"{url}, {look}: {each}" for each in violations(page)]
        advice.update(violations(page, ["best-practice"]))
    print(*sorted(advice), sep="\n")
    assert found == []


def test_axe_finds_what_is_planted(sit_down, violations):
    page = sit_down()
    assert violations(page) == []
    page.evaluate("document.querySelector('main').prepend(document.createElement('img'))")
    page.evaluate("document.querySelector('.colophon').style.color = '#ccc'")
    assert [each.split(":")[0] for each in violations(page)] == [
        "serious color-contrast",
        "critical image-alt",
    ]
