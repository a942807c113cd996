"""The panel beside a story: a pasted text, its sources and quotes recorded, the findings falling."""

import json
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from articles.models import Article, Author, Byline, Section
from articles.publishing.workflow import make_move
from sources.models import Quote, Source
from tests.browser.conftest import save
from tests.factories import make_article, make_interview, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """(html) => {
  const clipboard = new DataTransfer();
  clipboard.setData("text/html", html);
  document.querySelector(".tiptap").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
}"""


def findings(page):
    return {code.text_content() for code in page.locator("[data-panel] .finding code").all()}


@contextmanager
def checked(page):
    """Do something to the text, and wait until it has been checked."""
    with page.expect_request("**/check/"):
        yield
    expect(page.locator("[data-panel]")).not_to_have_attribute("aria-busy", "true")


def selects(page, words):
    """Whether these words are selected soon: an editor takes the focus with the next frame."""
    for _ in range(100):
        if page.evaluate("getSelection().toString()") == words:
            return True
        page.wait_for_timeout(50)
    return False


def write(page, url, html, headline="Turkey"):
    page.goto(f"{url}/desk/articles/article/add/")
    page.click("button:text-is('With an empty page')")
    page.fill("#id_headline", headline)
    page.locator(".tiptap").click()
    page.evaluate(PASTE, html)
    page.click("button:text-is('Save')")
    page.wait_for_selector("[data-saved]:has-text('Saved ')")
    page.reload()
    page.wait_for_selector(".tiptap")


def test_the_seed_story_is_recorded_from_the_panel(cast, live_server, shared, sit_down, picture_of):
    facts = json.loads((shared / "seed" / "facts.json").read_text())
    text = (shared / "seed" / "article.txt").read_text().split("Notebook\n")[1]
    lines = [line.strip() for line in text.split("\n") if line.strip()][:-1]
    page = sit_down(cast.reporter)
    write(page, live_server.url, "".join(f"<p>{line}</p>" for line in lines))
    assert "0 of 19 backed" in page.inner_text("[data-panel]")
    assert "quote-unrecorded" in findings(page)
    picture_of(page, "panel-unrecorded")

    page.click("text=Record 19 quotations")
    speakers = {
        legend.inner_text(): legend.locator("..") for legend in page.locator("legend").all()
    }
    assert list(speakers) == [
        "one Tampa, Florida-based analyst",
        "a Turkey-based agent",
        "Colin Clarke",
        "Ahmet Yayla",
    ]
    for described in ("one Tampa, Florida-based analyst", "a Turkey-based agent"):
        speakers[described].locator("[name$=reason]").fill("not authorized to speak to the press")
        speakers[described].locator("[name$=authorization]").select_option("not_authorized")
    for called, speaker in speakers.items():
        speaker.locator("[name$=held_on]").fill("2020-03-12")
        speaker.locator("[name$=how]").select_option("phone")
        terms = "on_the_record" if called[0].isupper() else "on_background"
        speaker.locator("[name$=terms]").select_option(terms)
    page.locator("#id_basis").select_option("notes")
    # Whom a pronoun means the page does not guess.
    for said in page.locator(".said", has_text="The story").all():
        words = said.locator("textarea").input_value()
        [source] = [s["source"] for s in facts["statements"] if words in s["segments"]]
        label = next(called for called in speakers if source in called.casefold())
        said.locator("[name$=said_by]").select_option(label=label)
    picture_of(page, "panel-record")
    page.click("button:text-is('Record')")
    assert "19 quotations recorded" in page.inner_text(".messagelist")
    assert "19 of 19 backed" in page.inner_text("[data-panel]")
    assert {source.public_name for source in Source.objects.all()} == {
        "a Tampa, Florida-based analyst",
        "a Turkey-based agent",
        "Colin Clarke",
        "Ahmet Yayla",
    }
    said = [words for each in facts["statements"] for words in each["segments"]]
    assert list(Quote.objects.order_by("uses__start").values_list("words", flat=True)) == said

    page.click("text=Ask for anonymity")
    for fieldset in page.locator("fieldset").all():
        fieldset.locator("textarea").fill("They alone have seen it.")
        for attested in fieldset.locator("[type=checkbox]").all():
            attested.check()
    page.click("button:text-is('Ask the editors')")
    assert "Waiting for an editor: “a Turkey-based agent”" in page.inner_text("[data-panel]")
    assert findings(page) == {
        "story-incomplete",
        "anonymity-unapproved",
        "anonymity-no-byline",
        "anonymity-reason-rote",
        "byline-missing",
        "anonymity-plural",
        "anonymity-description-drift",
        "document-unlinked",
        "quote-marks-mixed",
    }
    assert (
        "Neither is authorized to speak to the press. Both talked on condition of anonymity."
        in page.inner_text(".statement")
    )

    page.wait_for_selector(".tiptap")
    drift = page.locator(".finding", has_text="anonymity-description-drift")
    drift.locator("text=Show it").click()
    assert selects(page, "Neither official")
    with checked(page):
        page.click("text=Make them all typographic")
    assert "quote-marks-mixed" not in findings(page)
    assert "“Turkey doesn’t consider ISIS a threat,”" in page.inner_text(".tiptap")
    picture_of(page, "panel-recorded")
    save(page)
    assert "19 of 19 backed" in page.inner_text("[data-panel]")


def test_the_panel_follows_what_is_typed_and_mends_it(cast, live_server, sit_down):
    interview = make_interview(
        make_source(), "We lost the harbour & everything in it.", "It froze."
    )
    article = make_article(
        assigned_to=cast.reporter,
        interviews=[interview],
        body="<p>A &amp; B.</p><p>“We <em>lost</em> the ferry &amp; everything in it,” said Ada Holt.</p>",
    )
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    page.wait_for_selector(".tiptap")
    assert "quote-altered" in findings(page)
    page.locator(".finding", has_text="quote-altered").locator("text=Show it").click()
    assert selects(page, "We lost the ferry & everything in it,")
    with checked(page):
        page.click("text=Use the recorded words")
    assert "quote-altered" not in findings(page)
    assert "“We lost the harbour & everything in it,” said Ada Holt." in page.inner_text(".tiptap")

    page.click("#panel-quotes summary")
    page.locator(".tiptap p >> nth=0").click()
    page.keyboard.press("End")
    page.keyboard.type(" Holt said: ")
    with checked(page):
        page.click("#panel-quotes button:text-is('Insert')")
    assert "2 of 2 backed" in page.inner_text("[data-panel]")
    page.keyboard.type(" Later.")
    save(page)
    article.refresh_from_db()
    quote = Quote.objects.get(words="It froze.")
    assert f'“<mark data-quote="{quote.pk}">It froze.</mark>” Later.' in article.body
    page.wait_for_selector(f".tiptap mark[data-quote='{quote.pk}']")


def test_a_panel_that_gets_no_answer_says_so(cast, live_server, sit_down, complaints):
    article = make_article(assigned_to=cast.reporter)
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    assert not page.is_visible(".stale")
    page.route("**/check/", lambda route: route.abort())
    with checked(page):
        page.fill("#id_deck", "Another deck")
    assert page.is_visible(".stale")
    assert len(complaints) == 1
    complaints.clear()  # the browser's own word for the lost request


def test_an_editor_publishes_past_a_finding_with_a_reason(cast, live_server, sit_down):
    article = make_article(
        slug="frozen", assigned_to=cast.reporter, body="<p>“It froze,” said Ada Holt.</p>"
    )
    Article.objects.filter(pk=article.pk).update(stage="approved")
    page = sit_down(cast.editor)
    page.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    page.click("button:text-is('Publish: 1 stop first')")
    assert "No recorded quote backs this" in page.inner_text("form.decision")
    page.fill("form.decision textarea", "NewInterview on the council's own broadcast.")
    page.click("button:text-is('Publish')")
    assert "The story was published" in page.inner_text(".messagelist")
    page.click("summary:has-text('Last published')")
    assert "NewInterview on the council's own broadcast." in page.inner_text(".log")
    assert "Published past it" in page.inner_text("[data-panel]")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_learns_how_a_quotation_is_known(
    cast, live_server, sit_down, shared, picture_of, width
):
    Section.objects.create(name="Security", slug="security")
    call_command("import_stories", str(shared / "seed" / "story.json"), by="reporter", verbosity=0)
    article = Article.objects.get()
    author = Author.objects.create(name="Maren Okafor", slug="maren-okafor")
    Byline.objects.create(article=article, author=author)
    for approval in article.anonymity_approvals.all():
        approval.source.known_to.add(cast.editor)
        approval.decide(True, by=cast.editor)
    Quote.objects.filter(words__startswith="Based on sheer").update(basis="recording")
    make_move(article, "submit", by=cast.reporter)
    editor = sit_down(cast.editor)
    editor.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    editor.click("button:text-is('Approve')")
    editor.click("button:text-is('Publish')")
    reader = sit_down(width=width)
    reader.goto(f"{live_server.url}{article.live_version.get_absolute_url()}")
    said = reader.locator(".said:popover-open")
    for words, card in (
        (
            "Based on sheer",
            ["Colin Clarke", "By phone, March 12, 2020.", "Taken from a recording."],
        ),
        ("They lost their hold", ["A Tampa, Florida-based analyst", "On condition of anonymity."]),
        ("They lost the battle", ["Ahmet Yayla"]),
    ):
        button = reader.locator(f".who[aria-label*='{words}']")
        button.focus()
        reader.keyboard.press("Enter")
        # One at a time, and whose button was pressed: no other's.
        assert said.count() == 1
        told = said.inner_text()
        assert all(each in told for each in card), told
        assert said.evaluate("e => e.getBoundingClientRect().right <= innerWidth")
        picture_of(reader, f"quotation-{width}")
        if words != "They lost the battle":
            reader.keyboard.press("Escape")
            assert said.count() == 0
            assert button.evaluate("e => e === document.activeElement")
    reader.locator(".who[aria-label*='Based on sheer']").click()
    assert "Colin Clarke" in said.inner_text()
    said.get_by_role("link", name="All that we say of this source").click()
    assert reader.evaluate("document.querySelector(':target .source-name').innerText") == (
        "Colin Clarke"
    )
    assert "2 people by name, 2 people not named" in reader.inner_text(".source-tally")
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
