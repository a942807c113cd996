"""The article that the project grew from, all the way: package, desk, door, reader's page."""

import json

import pytest
from django.core.management import call_command

from tests.browser.conftest import open_parts
from tests.factories import make_live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def facts(shared):
    return json.loads((shared / "seed" / "facts.json").read_text())


def choose(page, field, text):
    """Pick from one of the admin's autocomplete fields."""
    page.click(f".field-{field} .select2-selection")
    page.fill(".select2-dropdown .select2-search__field", text)
    page.click(f".select2-results__option:has-text('{text}')")


def put_up_furniture(editor, url, facts):
    editor.goto(f"{url}/desk/articles/appeal/add/")
    editor.fill("#id_heading", facts["appeal"]["heading"])
    editor.fill("#id_line", facts["appeal"]["line"])
    editor.fill("#id_url", "https://example.org/support")
    editor.fill("#id_shown_from", "2020-03-12T09:00")
    editor.click("[name=_save]")
    editor.goto(f"{url}/desk/articles/spotlight/add/")
    choose(editor, "article", "A story in the Spotlight")
    editor.fill("#id_shown_from", "2020-03-12T09:00")
    editor.click("[name=_save]")


def test_the_seed_story_reaches_its_readers(
    cast, live_server, settings, shared, facts, sit_down, clock, picture_of
):
    settings.SITE_NAME = facts["site"]
    settings.TIME_ZONE = "America/New_York"
    clock("2020-03-12T08:00:00-04:00")
    make_live(cast.editor, headline="A story in the Spotlight")
    call_command("import_stories", str(shared / "seed" / "story.json"), by="reporter", verbosity=0)

    reporter = sit_down(cast.reporter)
    reporter.click(f"text={facts['headline']}")
    reporter.locator(".tiptap").wait_for()
    assert "hornet’s nest" in reporter.inner_text(".tiptap")
    picture_of(reporter, "desk-story-reporter")
    reporter.click("button:text-is('Submit')")
    assert "The story was submitted" in reporter.inner_text(".messagelist")
    assert not reporter.locator("button:text-is('Publish')").count()

    editor = sit_down(cast.editor)
    picture_of(editor, "desk-today-editor")
    for description in ("a Tampa, Florida-based analyst", "a Turkey-based agent"):
        editor.click(f"a:text-is('May {description} speak unnamed?')")
        editor.check("[name=knows]")
        editor.click("button:text-is('Approve')")
        editor.goto(f"{live_server.url}/desk/")
    editor.click(f"text={facts['headline']}")
    editor.click("button:text-is('Approve')")
    picture_of(editor, "desk-story-editor")
    clock("2020-03-12T09:00:00-04:00")
    editor.click("button:has-text('Publish: 1 stop first')")
    assert "neither is the writer" in editor.inner_text("form.decision")
    editor.fill("form.decision textarea", "It was published so, and stands as it was.")
    editor.click("button:text-is('Publish')")
    assert "The story was published" in editor.inner_text(".messagelist")
    put_up_furniture(editor, live_server.url, facts)

    clock("2020-03-13T08:22:00-04:00")
    editor.goto(f"{live_server.url}/desk/")
    editor.click(f"text={facts['headline']}")
    editor.locator(".tiptap").wait_for()
    open_parts(editor)
    editor.fill("#id_kicker", "Analysis")
    editor.click("button:has-text('Publish an update')")
    editor.check("[name=kind][value=development]")
    editor.fill("[name=note]", "Adds what the embassy answered.")
    editor.click("button:text-is('Publish an update')")
    editor.click("text=Read it")

    for width, name in ((1280, "seed-desktop"), (360, "seed-phone")):
        reader = sit_down(width=width)
        reader.click(f"text={facts['headline']}")
        picture_of(reader, name)
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        check_facts(reader, facts)


def check_facts(page, facts):
    text = page.inner_text("body")
    assert page.inner_text("h1") == facts["headline"]
    assert page.inner_text(".story-head .deck") == facts["deck"]
    assert page.inner_text(".stamp-updated") == f"{facts['updated_shown']} EDT"
    tabs = [tab.inner_text() for tab in page.locator(".tabs a").all()]
    assert [tab.replace("’", "'").lower() for tab in tabs] == [t.lower() for t in facts["tabs"]]
    assert facts["appeal"]["heading"] in text
    assert facts["appeal"]["line"] in text
    assert facts["rail"] in text

    segments = {s: each["source"] for each in facts["statements"] for s in each["segments"]}
    marked = page.locator(".story-body .quotation").all()
    assert [words.inner_text() for words in marked] == list(segments)
    people = {source["key"]: source for source in facts["sources"]}
    for words in marked:
        known_as = page.inner_text(f"#{words.get_attribute('data-source')} .source-name")
        person = people[segments[words.inner_text()]]
        wanted = person.get("name") or person["first_reference"].replace("one ", "a ")
        assert known_as.lower() == wanted.lower()

    sources = page.locator(".source").all()
    assert len(sources) == 4
    how_we_know = page.inner_text(".how-we-know").lower()
    assert how_we_know.count("on condition of anonymity") == 2
    assert how_we_know.count("not authorized to speak to the press") == 2
    for shown in (
        "political scientist, rand corporation",
        "author",
        "former counterterrorism police chief, turkey",
        "professor, united states",
        "turkish embassy in washington, d.c.",
        "acknowledged the request, then did not answer",
        "press release about a coronavirus patient",
    ):
        assert shown in how_we_know
    for sentence in facts["anonymity_statement"]:
        assert sentence in text
    for paragraph in (
        "An Islamic State move to the Anatolian peninsula nation seems logical",
        "placed a number of foreign exchange bureaus and jewelry stores on a sanctions list",
        "asked the government in Ankara to drive out the militant jihadis, Clarke said.",
        "Most current ISIS operations are carried out via Turkey, said Yayla",
        "did not follow up on the assurance that it had directed questions about ISIS",
    ):
        assert paragraph in text

    page.click(".tabs a >> nth=1")
    assert page.inner_text(".tabs a[aria-current]").startswith("Inside our reporter’s notebook")
    assert page.inner_text("h1") == facts["headline"]
