"""The pages of a newsroom that writes Arabic, as its readers see them."""

import pytest

from tests.arabic_newsroom import NAME, arabic_throughout

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_and_reads_from_the_right(
    cast, live_server, sit_down, settings, picture_of, width
):
    settings.LANGUAGE_CODE, settings.SITE_NAME = "ar", NAME
    version = arabic_throughout(cast)
    pages = {
        "front": "/",
        "article": version.get_absolute_url(),
        "notebook": version.get_notebook_url(),
        "history": f"{version.get_history_url()}?from=1&to={version.number}",
        "search": "/search/?q=الميناء",
        "corrections": "/corrections/",
        "author": f"/by/{version.bylines[0]['slug']}/",
        "report": f"{version.get_absolute_url()}report/",
    }
    reader = sit_down(width=width)
    for name, address in pages.items():
        reader.goto(f"{live_server.url}{address}")
        for picture in reader.locator("main img").all():
            picture.scroll_into_view_if_needed()
        picture_of(reader, f"arabic-{name}-{width}")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, name


def test_letters_join_and_stand_upright_and_what_comes_first_stands_at_the_right(
    cast, live_server, sit_down, settings
):
    settings.LANGUAGE_CODE, settings.SITE_NAME = "ar", NAME
    version = arabic_throughout(cast)
    reader = sit_down()

    def style(selector, name):
        return reader.locator(selector).first.evaluate(f"e => getComputedStyle(e).{name}")

    def places(selector):
        return [each.bounding_box()["x"] for each in reader.locator(selector).all()]

    reader.goto(live_server.url + version.get_absolute_url())
    assert {style(each, "letterSpacing") for each in (".nameplate", "h1")} == {"normal"}
    assert style(".story-body em", "fontStyle") == "normal"
    facts, notebook = places(".tabs a")
    assert notebook < facts
    reader.goto(live_server.url + version.get_notebook_url())
    heads = places(".dataset th")
    assert heads == sorted(heads, reverse=True)
    assert (
        reader.locator(".dataset td")
        .nth(1)
        .evaluate("e => getComputedStyle(e).direction + getComputedStyle(e).textAlign")
        == "ltrend"
    )
