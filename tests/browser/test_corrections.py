"""From a reader's report to a public correction, in a real browser."""

import pytest
from playwright.sync_api import expect

from articles.models import ErrorReport
from tests.factories import make_live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "<p>The council voted <em>seven to four</em> on Monday.</p><p>It rained.</p>"
SELECT = """() => {
  const words = document.querySelector("[data-live] em").firstChild;
  getSelection().setBaseAndExtent(words, 0, words, words.length);
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_readers_report_becomes_a_correction(
    cast, live_server, sit_down, picture_of, monkeypatch, width
):
    monkeypatch.setattr("articles.front.reports.SECONDS_TO_TYPE", 0)
    article = make_live(cast.editor, headline="The vote on the harbour", body=BODY)
    url = f"{live_server.url}{article.live_version.get_absolute_url()}"
    reader = sit_down(width=width)
    reader.goto(url)
    reader.click("text=Report an error")
    reader.fill("[name=words]", "seven to four")
    reader.fill("[name=what]", "I was there: it was six to five.")
    picture_of(reader, f"report-{width}")
    reader.click("button:text-is('Send')")
    assert "Thank you" in reader.inner_text("h1")

    editor = sit_down(cast.editor)
    assert "I was there" in editor.inner_text("#content")
    editor.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    editor.click("button:text-is('Correct')")  # the first press
    editor.evaluate(SELECT)
    expect(editor.locator("[name=pair-0-wrong]")).to_have_value("seven to four")
    editor.goto(
        f"{live_server.url}/desk/articles/errorreport/{ErrorReport.objects.get().pk}/change/"
    )
    editor.click("text=Correct it")  # the first, from the report
    assert editor.input_value("[name=pair-0-wrong]") == "seven to four"
    editor.fill("[name=pair-0-right]", "six to five")
    editor.click("button:text-is('Preview')")  # the second
    assert "six" in editor.inner_text(".difference ins >> nth=0")
    note = "An earlier version said that the vote was seven to four. It was six to five."
    editor.fill("[name=note]", note)
    picture_of(editor, f"correct-{width}")
    editor.click("button:text-is('Publish')")  # the third
    assert "Published: Correction" in editor.inner_text(".messagelist")
    report = ErrorReport.objects.get()
    assert (report.state, report.answered_by.note) == ("corrected", note)

    reader.goto(url)
    assert "six to five" in reader.inner_text(".story-body")
    assert note in reader.inner_text(".changes")
    assert note in reader.locator("script[type='application/ld+json']").text_content()
    picture_of(reader, f"corrected-{width}")
    reader.click("text=History of this story")
    assert note in reader.inner_text(".versions")
    reader.click("button:text-is('Compare')")
    assert "six" in reader.inner_text(".difference ins >> nth=0")
    picture_of(reader, f"history-{width}")
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    reader.click("footer >> text=Corrections")
    assert note in reader.inner_text("main")
    picture_of(reader, f"corrections-{width}")
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    assert note in reader.request.get(f"{live_server.url}/corrections/feed/").text()
