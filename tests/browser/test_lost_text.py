"""What a reporter typed is not lost: by leaving, by a login elsewhere, by a session's end."""

import pytest

from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writing(cast, live_server, sit_down):
    """A reporter who has typed something into their story."""
    article = make_article(assigned_to=cast.reporter)
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    page.locator(".tiptap[aria-label=Body]").click()
    page.keyboard.type("Typed on deadline. ")
    return page


def test_leaving_the_page_asks_first(writing):
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    writing.click(".room-bar a", no_wait_after=True)
    writing.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert "Typed on deadline." in writing.inner_text(".tiptap")


def test_a_saved_text_is_not_offered_again(writing):
    writing.click("button:text-is('Save')")
    writing.locator("[data-saved]:has-text('Saved ')").wait_for()
    assert "Typed on deadline." in writing.inner_text(".tiptap")
    writing.reload()
    assert writing.locator(".rescue").count() == 0


def test_a_session_that_ended_loses_nothing(writing, complaints):
    writing.context.clear_cookies(name="sessionid")
    writing.click("button:text-is('Save')")
    writing.fill("#id_username", "reporter")
    writing.fill("#id_password", "reporter")
    writing.click("[type=submit]")
    assert "Typed on deadline." in writing.inner_text(".rescue")


def test_a_login_elsewhere_loses_nothing(writing, complaints):
    writing.context.clear_cookies(name="csrftoken")
    writing.click("button:text-is('Save')")
    assert "Nothing was saved" in writing.inner_text("h1")
    writing.go_back()
    kept = writing.inner_text("body")
    assert "Typed on deadline." in kept
    complaints.clear()  # the browser's own word for the 403
