"""From a recording and its transcript to the reader's page, in a real browser, by real files."""

from pathlib import Path

import pytest

from articles.models import Article, Author, Section
from articles.record.material import Material
from sources.models import InterviewFile, Quote
from tests.browser.conftest import looks, save
from tests.desk import change_url
from tests.factories import make_article, make_document, make_interview, make_source
from tests.sources.evidence.test_documents import MINUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEFT = Path(__file__).parents[2] / "newsroom/demo/interviews"
FAIRBRACE = [LEFT / f"ferry-curlew-strikes-pier.i-fairbrace.{end}" for end in ("m4a", "vtt")]
SAID = "There was a boy on the upper steps. I do not know who got him down."


@pytest.fixture
def interview(cast):
    Section.objects.create(name="Harbour", slug="harbour")
    Author.objects.create(name="Maren Okafor", slug="maren-okafor", user=cast.reporter)
    source = make_source("Nell Fairbrace", later_reference="Fairbrace")
    return make_interview(
        source,
        "I left the rod and ran, and the planks jumped under my feet before I heard the noise.",
        recorded_by=cast.reporter,
        interviewer="Tomas Lindqvist",
        how="in_person",
    )


def bring(page, *files):
    page.locator("[data-drop] [type=file]").set_input_files(files)
    page.wait_for_function("!document.querySelector('[data-brought] progress')")


def test_from_the_recording_to_the_readers_page(
    cast, interview, sit_down, live_server, violations, picture_of, tmp_path
):
    page = sit_down(cast.reporter, bypass_csp=True, reduced_motion="reduce")
    page.goto(f"{live_server.url}/desk/sources/interview/{interview.pk}/")
    assert "Not compared with anything yet" in page.locator("#record").inner_text()
    # Of three that are brought at once the bad one is refused, and the others stay.
    (tmp_path / "notes.pages").write_bytes(b"PK\x03\x04 no document at all")
    bring(page, FAIRBRACE[0], tmp_path / "notes.pages", FAIRBRACE[1])
    told = page.locator("[data-brought] > li").all_inner_texts()
    assert [("Not taken." in each) for each in told] == [False, True, False]
    # What the transcript says of the words stands there at once.
    page.locator("text=Otherwise in the transcript").wait_for()
    assert "I dropped the rod and ran" in page.locator("#record .passage").inner_text()
    for look in looks(page):
        assert violations(page) == [], look
    page.set_viewport_size({"width": 1280, "height": 900})
    picture_of(page, "interview")

    # Ten seconds from there.
    page.locator("#record [data-play]").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 12.5")
    assert not page.evaluate("document.querySelector('audio').paused")
    page.evaluate("document.querySelector('audio').playbackRate = 8")
    page.wait_for_function("document.querySelector('audio').paused")
    stopped = page.evaluate("document.querySelector('audio').currentTime")
    assert 22 < stopped < 27

    # Into a story, without typing a word of it.
    page.goto(f"{live_server.url}/desk/")
    page.locator("[data-begin]").first.click()
    page.wait_for_url("**/change/")
    page.locator(".tiptap").wait_for()
    page.fill("#id_headline", "A boy on the steps when the ferry struck")
    page.fill("#id_deck", "Nobody knows who got him down")
    page.select_option("#id_section", label="Harbour")
    page.locator(".tiptap").click()
    page.keyboard.type("The ferry struck the pier on Saturday.")
    page.locator("[data-transcript]", has_text="Nell Fairbrace").click()
    beside = page.locator("[data-beside-text]")
    beside.locator("[data-find-in]").fill("upper STEPS")
    assert beside.locator("[data-segment]:visible").count() == 1
    beside.locator("[data-segment]:visible").hover()
    beside.locator("[data-put]:visible").click()
    page.locator(".tiptap mark[data-quote]").wait_for()
    assert page.locator(".tiptap").inner_text() == (
        f"The ferry struck the pier on Saturday. “{SAID[:-1]},” said Nell Fairbrace."
    )
    page.locator("[data-put-told]:has-text('It stands in the story')").wait_for()
    # A part of a passage, in whole words, whatever of them was selected.
    page.evaluate(
        """() => {
            const words = document.querySelectorAll('[data-beside-text] [data-words]')[6].firstChild;
            getSelection().setBaseAndExtent(words, 4, words, 15);
        }"""
    )
    last = beside.locator("[data-segment]").nth(6)
    last.locator("[data-put]:has-text('these words')").wait_for()
    last.hover()
    last.locator("[data-put]").click()
    page.locator(".tiptap mark[data-quote]").nth(1).wait_for()
    assert page.locator(".tiptap mark[data-quote]").nth(1).inner_text() == "saw the lights,"
    assert violations(page) == []
    picture_of(page, "writing-from-a-transcript")
    # And back, as if it had not been.
    page.click("[data-saved] button")
    page.locator("[data-saved]:has-text('Taken back')").wait_for()
    assert page.locator(".tiptap mark[data-quote]").count() == 1
    assert not Quote.objects.filter(words="saw the lights").exists()
    beside.locator("[data-shut-transcript]").click()
    page.locator(".footing small:text-is('in the transcript')").wait_for()
    save(page)

    # By an editor to its readers.
    article = Article.objects.get()
    page.click("button:text-is('Submit')")
    page.wait_for_load_state()
    editor = sit_down(cast.editor)
    editor.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    editor.click("button:text-is('Approve')")
    editor.click("button:text-is('Publish')")
    reader = sit_down(width=390)
    reader.goto(f"{live_server.url}{article.live_version.get_absolute_url()}")
    reader.locator(".who[aria-label^='Who said “There was a boy']").click()
    said = reader.locator(".said:popover-open").inner_text()
    assert "Nell Fairbrace" in said
    assert "Found in a transcript of the interview." in said
    assert "1 quotation found in a transcript." in reader.locator(".source-count").inner_text()
    assert InterviewFile.objects.count() == 2


def test_without_a_script_files_are_brought_and_refused_all_the_same(
    cast, interview, sit_down, live_server, tmp_path
):
    page = sit_down(cast.reporter, java_script_enabled=False)
    page.goto(f"{live_server.url}/desk/sources/interview/{interview.pk}/")
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7")
    page.locator("[type=file]").set_input_files([FAIRBRACE[1], tmp_path / "none.pdf"])
    page.click("text=Bring them")
    assert "one.pdf: This is a PDF." in page.locator(".messagelist").inner_text()
    assert "Otherwise in the transcript" in page.locator("#record").inner_text()


def test_a_file_that_did_not_arrive_is_sent_again(
    cast, interview, sit_down, live_server, complaints
):
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}/desk/sources/interview/{interview.pk}/")
    page.route("**/files/", lambda route: route.abort())
    bring(page, FAIRBRACE[1])
    page.unroute("**/files/")
    assert "ERR_FAILED" in complaints.pop()
    page.click("text=Send it again")
    page.locator("text=Otherwise in the transcript").wait_for()
    assert InterviewFile.objects.count() == 1


def test_what_is_selected_in_the_text_rests_on_a_passage_at_a_press(cast, sit_down, live_server):
    article = make_article(assigned_to=cast.reporter, body="<p>The fare stays. It froze.</p>")
    article.notebook.create(
        kind="document", title="Minutes", file=make_document("minutes.pdf", MINUTES)
    )
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}{change_url(article)}")
    page.click("[data-document]")
    passage = page.locator("[data-segment]", has_text="not to raise the fare")
    passage.locator("[data-rest]").click()
    page.wait_for_selector("text=Select the words of your text that rest on this first.")
    page.evaluate(
        """() => {
            const writing = document.querySelector("#id_body").closest(".form-row").querySelector(".tiptap").editor;
            writing.chain().focus().setTextSelection({ from: 1, to: 15 }).run();
        }"""
    )
    passage.locator("[data-rest]").click()
    page.wait_for_selector("text=They rest on it now.")
    page.locator("[data-margin]", has_text="rests on page 2").wait_for(state="attached")
    save(page)
    article.refresh_from_db()
    [fact] = Material(article).facts
    assert Material(article).text[fact.start : fact.end] == "The fare stays"
    assert fact.quote.checked.page == 2
