"""The writing room: what a reporter has to press, what the keys do, and that nothing typed is lost on the way."""

import pytest

from articles.models import Article, Author, Section
from sources.models import Interview, Quote, Source
from tests.factories import make_article, make_interview, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Hands:
    """A person's presses: a click, a choice or a chord is one, a field that one goes into is one; typing is none."""

    def __init__(self, page):
        self.page, self.presses, self.loads = page, 0, 0
        page.on("framenavigated", self._loaded)

    def _loaded(self, frame):
        self.loads += frame == self.page.main_frame

    def click(self, what):
        self.presses += 1
        self.page.locator(what).first.click()

    def chord(self, keys):
        self.presses += 1
        self.page.keyboard.press(keys)

    def type(self, text):
        self.page.keyboard.type(text)


@pytest.fixture
def newsroom(cast):
    Section.objects.create(name="Harbour", slug="harbour")
    Author.objects.create(name="Maren Okafor", slug="maren-okafor", user=cast.reporter)
    source = make_source("Ada Holt")
    make_interview(
        source, "Earlier.", recorded_by=cast.reporter, terms="on_the_record", how="phone"
    )
    return source


def begin(page):
    page.locator("[data-begin]").first.click()
    page.wait_for_url("**/change/")
    page.locator(".tiptap").wait_for()


def test_from_an_empty_page_to_submitted_at_few_presses(cast, newsroom, sit_down):
    page = sit_down(cast.reporter)
    hands = Hands(page)
    begin(page)
    hands.loads = 1  # the page that one writes on; what led to it was a POST
    hands.type("Harbour freezes over")
    hands.chord("Enter")
    hands.type("For the first time since 1963")
    hands.chord("Enter")
    page.locator(".tiptap:focus").wait_for()
    hands.type("It was cold. “We lost the whole harbour,”")
    page.locator("[data-whose-form]").wait_for()
    hands.click(".likely label")
    hands.click("[name=quoted][value='1']")
    page.get_by_text("Ada Holt: recorded.").wait_for()
    hands.type(" said Ada Holt.")
    page.select_option("#id_section", label="Harbour")
    hands.presses += 1
    hands.click("[data-next]")
    page.get_by_text("The story was submitted").wait_for()
    story = Article.objects.get()
    assert (story.headline, story.slug) == ("Harbour freezes over", "harbour-freezes-over")
    assert (story.stage, story.section.name) == ("submitted", "Harbour")
    assert [str(byline.author) for byline in story.bylines.all()] == ["Maren Okafor"]
    assert list(story.sources.all()) == [newsroom]
    assert "“We lost the whole harbour,” said Ada Holt." in story.body
    recorded = Quote.objects.get(interview__articles=story)
    assert recorded.words.startswith("We lost the whole harbour")
    print(f"{hands.presses} presses, {hands.loads} page loads")
    assert hands.presses <= 8
    assert hands.loads <= 2


def test_by_keyboard_alone_two_tabs_and_no_press_of_a_mouse(cast, newsroom, sit_down):
    page = sit_down(cast.reporter)
    page.locator(".today").wait_for()
    page.keyboard.press("Alt+n")
    page.wait_for_url("**/change/")
    page.locator(".tiptap").wait_for()
    page.keyboard.type("Harbour freezes over")
    page.keyboard.press("Enter")
    page.keyboard.type("For the first time since 1963")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_section"
    page.keyboard.press("h")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".tiptap:focus").wait_for()
    page.keyboard.type("“We lost the whole harbour,”")
    page.locator("[data-whose-form]").wait_for()
    page.keyboard.press("Alt+1")
    page.keyboard.press("Enter")
    page.get_by_text("Ada Holt: recorded.").wait_for()
    page.locator(".tiptap:focus").wait_for()
    page.keyboard.type(" said Ada Holt.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("The story was submitted").wait_for()
    story = Article.objects.get()
    assert (story.stage, story.section.name) == ("submitted", "Harbour")
    assert "“We lost the whole harbour,” said Ada Holt." in story.body


def test_what_was_just_recorded_is_taken_back_by_undo(cast, newsroom, sit_down):
    page = sit_down(cast.reporter)
    begin(page)
    page.locator(".tiptap").click()
    page.keyboard.type("“We lost the whole harbour,”")
    page.locator("[data-whose-form]").wait_for()
    page.locator(".likely label").first.click()
    page.locator("[name=quoted][value='1']").click()
    page.locator("[data-saved] button").click()
    page.get_by_text("Taken back.").wait_for()
    assert Interview.objects.count() == Quote.objects.count() == 1  # those of before
    page.keyboard.press("Control+s")
    page.get_by_text("Saved").wait_for()
    assert not Article.objects.get().interviews.exists()


def test_somebody_new_is_recorded_without_leaving_the_text(cast, newsroom, sit_down):
    page = sit_down(cast.reporter)
    begin(page)
    page.locator(".tiptap").click()
    page.keyboard.type("“The rope came away in my hand,”")
    page.locator("[data-whose-form]").wait_for()
    page.get_by_text("Somebody new…").click()
    page.fill("[data-whose-form] [name=name]", "Bo Lind")
    page.locator("[name=quoted][value='1']").click()
    page.get_by_text("Bo Lind: recorded.").wait_for()
    source = Source.objects.get(name="Bo Lind")
    # Saved, the story keeps them: the form knows of what was recorded beside it.
    page.keyboard.press("Control+s")
    page.get_by_text("Saved").wait_for()
    assert list(Article.objects.get().sources.all()) == [source]
    assert page.locator(".footing strong").first.inner_text() == "Bo Lind"


def test_control_s_keeps_and_says_so_and_what_is_refused_stays(cast, sit_down, live_server):
    story = make_article(assigned_to=cast.reporter)
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}/desk/articles/article/{story.pk}/change/")
    page.locator(".tiptap").click()
    page.keyboard.type("Kept. ")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved").wait_for()
    assert "Kept." in Article.objects.get().body
    page.keyboard.type("And more. ")
    page.keyboard.press("Control+s")
    page.locator("[data-saved]:has-text('Saved ')").wait_for()
    story.refresh_from_db()
    assert "And more." in story.body
    # Somebody else saves it meanwhile: nothing is overwritten, and nothing lost.
    Article.objects.update(revision=story.revision + 1)
    page.keyboard.type("Mine.")
    page.keyboard.press("Control+s")
    page.get_by_text("Somebody saved this story after you opened it").wait_for()
    assert "Mine." in page.locator(".tiptap").inner_text()
    assert "Mine." not in Article.objects.get().body


def test_the_margin_says_whose_each_quotation_is(cast, sit_down, live_server):
    said = make_interview(
        make_source("Ada Holt"), "We lost the whole harbour.", recorded_by=cast.reporter
    )
    story = make_article(
        assigned_to=cast.reporter,
        body="<p>“We lost the whole harbour,” Ada Holt said.</p><p>“The rope broke,” said Bo Lind.</p>",
        interviews=[said],
    )
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}/desk/articles/article/{story.pk}/change/")
    page.locator(".footing").first.wait_for()
    told = [each.inner_text().split("\n") for each in page.locator(".footing").all()]
    assert told == [["Ada Holt", "as recorded"], ["Bo Lind", "not recorded yet"]]
    lines = [each.bounding_box()["y"] for each in page.locator(".tiptap p").all()]
    footed = [each.bounding_box()["y"] for each in page.locator(".footing").all()]
    for line, foot in zip(lines, footed, strict=True):
        assert abs(line - foot) < 20


def test_without_a_script_a_story_is_begun_written_and_submitted(cast, newsroom, sit_down):
    page = sit_down(cast.reporter, java_script_enabled=False)
    page.locator("[data-begin]").first.click()
    page.fill("#id_headline", "Harbour freezes")
    page.fill("#id_body", "<p>It froze.</p>")
    page.locator("[name=_move][value=submit]").click()
    story = Article.objects.get()
    assert (story.headline, story.body, story.stage) == (
        "Harbour freezes",
        "<p>It froze.</p>",
        "submitted",
    )


def test_the_search_over_a_page_opens_by_a_chord_and_leads_on(cast, sit_down):
    make_article(headline="Ice on the ropes", assigned_to=cast.reporter)
    page = sit_down(cast.reporter)
    page.locator(".today").wait_for()
    page.keyboard.press("Control+k")
    page.keyboard.type("ropes")
    page.locator(".finder .found a:has-text('Ice on the ropes')").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")


def test_what_was_typed_on_a_page_is_not_lost_by_a_link(cast, live_server, sit_down):
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}/desk/sources/organization/add/")
    page.fill("#id_name", "Harbour board")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Today").click()
    assert asked == ["beforeunload"]
    assert page.input_value("#id_name") == "Harbour board"
    # Sent, it asks nothing.
    page.locator("[name=_save]").click()
    page.wait_for_url("**/organization/")
    assert asked == ["beforeunload"]


def test_keys_of_one_sign_are_told_and_can_be_shut_off(cast, live_server, sit_down):
    page = sit_down(cast.reporter)
    page.keyboard.press("?")
    told = page.locator(".keys-told")
    told.get_by_label("Without the keys of one sign").check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_timeout(200)
    assert told.count() == 0
    page.get_by_role("button", name="Keys").click()
    told.get_by_label("Without the keys of one sign").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    told.wait_for()
