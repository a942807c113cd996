"""A reporter on deadline: a whole story, with all that it rests on, without leaving the desk."""

import pytest

from articles.models import Article, Author, Section
from tests.browser.conftest import open_parts
from tests.factories import make_image

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def in_popup(page, field):
    """The window that the plus sign beside a field opens."""
    with page.expect_popup() as opened:
        page.click(f"#add_id_{field}")
    return opened.value


def save(popup):
    """Save, and wait until the desk has taken what was saved."""
    with popup.expect_event("close"):
        popup.click("[name=_save]")


def pick(page, row, text):
    page.click(f"{row} .select2-selection")
    page.fill(".select2-dropdown .select2-search__field", text)
    page.click(f".select2-results__option:has-text('{text}')")


def test_a_reporter_writes_a_whole_story(cast, live_server, sit_down, picture_of, tmp_path):
    Section.objects.create(name="Harbour", slug="harbour")
    Author.objects.create(name="Maren Okafor", slug="maren-okafor", user=cast.reporter)
    (tmp_path / "ice.jpg").write_bytes(make_image().read())
    (tmp_path / "readings.csv").write_text("day,ice\n1,2\n")

    page = sit_down(cast.reporter)
    page.click("text=Write a story")
    page.fill("#id_headline", "Harbour freezes over")
    page.fill("#id_deck", "For the first time since 1963")
    page.locator(".tiptap").click()
    page.keyboard.type("“It froze,” said Ada Holt, the harbour master.")
    page.keyboard.press("Enter")
    page.keyboard.type("“It cracked,” said a clerk with access to the log.")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    assert page.locator(".tiptap strong").count() == 2
    page.keyboard.press("Control+b")

    open_parts(page)
    named = in_popup(page, "sources")
    named.fill("#id_name", "Ada Holt")
    named.fill("#id_affiliations-0-title", "harbour master")
    save(named)
    anonymous = in_popup(page, "sources")
    anonymous.uncheck("#id_named")
    anonymous.fill("#id_description", "a clerk with access to the log")
    anonymous.fill("#id_reason", "they fear dismissal")
    save(anonymous)
    for source, words, terms in (
        ("Ada Holt", "It froze.", "on_the_record"),
        ("a clerk", "It cracked.", "on_background"),
    ):
        interview = in_popup(page, "interviews")
        pick(interview, ".field-source", source)
        interview.fill("#id_held_on", "2026-01-02")
        interview.check("[name=how][value=phone]")
        interview.check(f"[name=terms][value={terms}]")
        interview.select_option("#id_quotes-0-basis", "notes")
        interview.fill("#id_quotes-0-words", words)
        save(interview)
    page.wait_for_function("document.querySelectorAll('#id_interviews option').length === 2")

    page.select_option("#id_section", label="Harbour")
    photo = in_popup(page, "lead_photo")
    photo.set_input_files("#id_file", tmp_path / "ice.jpg")
    photo.fill("#id_alt", "Ice on ropes")
    photo.fill("#id_credit", "Maren Okafor")
    save(photo)
    page.fill("#id_tags", "Ice, Weather")

    page.click("text=Add another Comment request")
    page.fill("#id_comment_requests-0-asked", "The mayor")
    page.fill("#id_comment_requests-0-attempt_at", "2026-01-03T10:00")
    page.select_option("#id_comment_requests-0-attempt_channel", "email")
    page.select_option("#id_comment_requests-0-outcome", "declined")
    page.click("text=Add another Request for anonymity")
    pick(page, "#anonymity_approvals-0", "a clerk")
    page.fill("#id_anonymity_approvals-0-reason", "Nobody else saw it")
    page.check("#id_anonymity_approvals-0-vital")
    page.click("text=Add another Notebook entry")
    page.select_option("#id_notebook-0-kind", "dataset")
    page.fill("#id_notebook-0-title", "Readings")
    page.set_input_files("#id_notebook-0-file", tmp_path / "readings.csv")
    picture_of(page, "desk-story-whole")
    page.click("button:text-is('Submit')")
    assert "The story was submitted" in page.inner_text(".messagelist")
    picture_of(page, "desk-story-submitted")

    article = Article.objects.get()
    assert (article.stage, article.slug) == ("submitted", "harbour-freezes-over")
    assert article.body.count("<p>") == 2
    assert [use.quote.words for use in article.quote_uses.all()] == ["It froze.", "It cracked."]
    assert article.comment_requests.get().attempts.count() == 1
    assert article.anonymity_approvals.get().attested == ["vital"]
    assert article.notebook.get().file.read() == b"day,ice\n1,2\n"
    assert (article.lead_photo.width, article.lead_photo.alt) == (640, "Ice on ropes")
    assert article.bylines.get().author.user == cast.reporter
