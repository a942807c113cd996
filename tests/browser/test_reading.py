"""What editors put on the readers' site, and what readers do there with a keyboard, a phone, or neither."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_live, make_policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "".join(f"<p>Paragraph {n}. {'The harbour froze. ' * 30}</p>" for n in range(20))


def test_a_standards_editor_changes_a_policy_and_readers_see_both_texts(
    cast, live_server, sit_down, picture_of
):
    policy = make_policy(cast.standards_editor, title="Ethics", body="<p>We pay.</p>")
    desk = sit_down(cast.standards_editor)
    desk.goto(f"{live_server.url}/desk/articles/policy/{policy.pk}/change/")
    desk.locator(".tiptap").click()
    desk.keyboard.press("End")
    desk.keyboard.type(" For everything.")
    desk.fill("#id_note", "We pay for everything now.")
    desk.click("[name=_save]")
    reader = sit_down(width=360)
    reader.goto(f"{live_server.url}/standards/ethics/")
    assert "We pay. For everything." in reader.inner_text("main")
    assert "We pay for everything now." in reader.inner_text("main")
    picture_of(reader, "policy-360")
    reader.click("text=as it stood then")
    assert "For everything" not in reader.inner_text(".story-body")


def test_a_reader_goes_on_where_they_stopped_and_nobody_knows(cast, live_server, sit_down):
    url = make_live(cast.editor, body=LONG).live_version.get_absolute_url()
    reader = sit_down(width=360)
    asked = []
    reader.on("request", lambda request: asked.append(request.method))
    reader.goto(live_server.url + url)
    assert not reader.is_visible(".go-on")
    reader.locator("text=Paragraph 9.").scroll_into_view_if_needed()
    reader.evaluate("document.querySelectorAll('.story-body > p')[9].scrollIntoView()")
    reader.goto(f"{live_server.url}/")
    reader.goto(live_server.url + url)
    reader.click(".go-on")
    assert not reader.is_visible(".go-on")
    place = "document.querySelectorAll('.story-body > p')[9].getBoundingClientRect().top"
    assert abs(reader.evaluate(place)) < 40
    assert set(asked) == {"GET"}
    assert reader.context.cookies() == []


def test_a_reader_searches_with_the_keyboard(cast, live_server, sit_down, picture_of):
    make_live(cast.editor, headline="Ice", body="<p>The harbour froze on Monday.</p>")
    reader = sit_down(width=360)
    reader.click(".to-search")
    reader.focus("[name=q]")
    reader.fill("[name=q]", "“harbour froze” -thawed")
    reader.keyboard.press("Enter")
    expect(reader.locator(".results .article-card")).to_have_count(1)
    assert "harbour" in reader.inner_text(".results .deck mark >> nth=0")
    reader.click("summary")
    picture_of(reader, "search-360")
    reader.select_option("[name=section]", "harbour")
    reader.click("form button")
    reader.wait_for_url("**section=harbour**")
    expect(reader.locator(".results .article-card")).to_have_count(1)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 360
