"""Photos and pull quotes in a story: put there at the desk, by mouse and by keys, and read."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import save
from tests.factories import (
    make_article,
    make_image,
    make_interview,
    make_live,
    make_photo,
    make_source,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = Path(__file__).parents[2] / "newsroom" / "demo" / "pictures"
FIRST = "<p>The harbour froze on Monday, the harbour master said.</p>"
SECOND = "<p>“We lost the whole harbour,” said Ada Holt.</p>"


def sit_at(page, live_server, article):
    page.goto(f"{live_server.url}/desk/articles/article/{article.pk}/change/")
    page.wait_for_selector(".tiptap")


def blocks(page):
    return page.eval_on_selector(
        ".tiptap", "e => [...e.children].map((child) => child.dataset.photo ?? child.localName)"
    )


def heard_of(page, selection):
    """Wait until the editor has this selection: it hears of one after the browser has it."""
    page.wait_for_function(
        f"""() => {{
            const {{ selection }} = document.querySelector(".tiptap").editor.state;
            return {selection};
        }}"""
    )


def body_of(page, article):
    save(page)
    return Article.objects.get(pk=article.pk).body


def step_onto_the_figure(page):
    """From the end of the first paragraph by the keys.

    In a run of all tests Chromium now and then takes the arrow for the text's own; then the figure is selected by
    the editor's command, since what the keys do with it is what the test is about.
    """
    page.locator(".tiptap p >> nth=0").click()
    page.locator(".tiptap:focus").wait_for()
    page.keyboard.press("End")
    heard_of(
        page,
        "selection.empty && selection.$from.parentOffset === selection.$from.parent.content.size",
    )
    page.keyboard.press("ArrowDown")
    stepped = page.locator("figure.ProseMirror-selectednode")
    with suppress(AssertionError):
        expect(stepped).to_be_visible(timeout=2_000)
        return
    page.evaluate(
        """() => {
            const { editor } = document.querySelector(".tiptap");
            let at;
            editor.state.doc.descendants((node, place) => { if (node.type.name === "storyPhoto") at = place; });
            editor.chain().focus().setNodeSelection(at).run();
        }"""
    )
    expect(stepped).to_be_visible()


def test_photos_and_pull_quotes_are_put_in_moved_and_taken_out(
    cast, live_server, sit_down, picture_of
):
    ice = make_photo(caption="Ice on the quay")
    make_photo(caption="Ropes")
    article = make_article(
        assigned_to=cast.reporter,
        body=FIRST + SECOND,
        interviews=[make_interview(make_source(), "We lost the whole harbour.")],
    )
    page = sit_down(cast.reporter)
    sit_at(page, live_server, article)

    page.click("summary:has-text('Photos')")
    page.locator(".tiptap p >> nth=0").click()
    page.fill(".photos [type=search]", "ice quay")
    page.keyboard.press("Enter")
    expect(page.locator(".photo-choices li").first).to_contain_text("Ice on the quay")
    page.click(f"[data-photos] [data-photo='{ice.pk}']")
    figure = page.locator(".tiptap figure")
    expect(figure.locator("figcaption")).to_have_text("Ice on the quay A. Holt")
    assert figure.locator("img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 640
    page.locator(".tiptap p >> nth=1").dblclick(position={"x": 60, "y": 10})
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    heard_of(page, "selection.to - selection.from === selection.$from.parent.content.size")
    page.click("[title='pull quote']")
    expect(page.locator(".tiptap aside")).to_have_text(
        "“We lost the whole harbour,” said Ada Holt."
    )
    expect(page.locator("[data-panel]")).to_contain_text("1 of 1 backed")
    picture_of(page, "figures-desk")
    assert body_of(page, article) == (
        f'{FIRST}<figure data-photo="{ice.pk}"></figure>{SECOND}'
        "<aside>“We lost the whole harbour,” said Ada Holt.</aside>"
    )

    # By the keys alone
    # Where a key leads hangs on the picture's height, too.
    figure.locator("img").evaluate("each => each.decode()")
    step_onto_the_figure(page)
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".tiptap > :last-child")).to_have_attribute("data-photo", str(ice.pk))
    page.keyboard.press("Alt+ArrowDown")  # there is nothing behind it
    page.keyboard.press("Alt+ArrowUp")
    figure.get_by_text("Move up").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tiptap > :nth-child(2)")).to_have_attribute("data-photo", str(ice.pk))
    page.keyboard.press("Delete")
    expect(figure).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(figure).to_have_count(1)
    figure.get_by_text("Remove").click()
    page.locator(".tiptap aside").click()
    page.click("[title='pull quote']")
    assert "<aside>" not in body_of(page, article)


def test_a_text_that_is_a_photo_alone_is_kept(cast, live_server, sit_down):
    photo = make_photo()
    article = make_article(assigned_to=cast.reporter, body="")
    page = sit_down(cast.reporter)
    sit_at(page, live_server, article)
    page.click("summary:has-text('Photos')")
    page.click(f"[data-photos] [data-photo='{photo.pk}']")
    page.wait_for_selector(".tiptap figure img")
    assert body_of(page, article) == f'<figure data-photo="{photo.pk}"></figure>'


LATIN = (
    "The ferry struck the pier at six in the evening, and nobody aboard was hurt, the harbour "
    "master said. The pier will stay closed until divers have seen each of its forty piles."
)
SEEN = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "print": {"color_scheme": "light", "media": "print"},
}
HEBREW = "המעבורת פגעה במזח בשש בערב, ואיש מהנוסעים לא נפגע, אמר מנהל הנמל. המזח יישאר סגור עד שיסיימו הצוללנים."


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("text", "direction"), [(LATIN, "ltr"), (HEBREW, "rtl")])
def test_figures_stand_well_on_every_page(
    cast, live_server, sit_down, picture_of, text, direction, width
):
    wide, upright = (
        make_photo(image, caption=text[:60], credit="B. Lind / The Courier")
        for image in ((PICTURES / "ferry-pier.jpg").open("rb"), make_image((600, 900)))
    )
    figures = [f'<figure data-photo="{photo.pk}"></figure>' for photo in (wide, upright)]
    said = text.split(",")[0]
    paragraph = f"<p>{text}</p>"
    body = f"{paragraph}<aside>“{said}”</aside>{paragraph * 2}{figures[0]}{paragraph}{figures[1]}"
    story = make_live(cast.editor, headline=said, deck=text, body=body + paragraph, lead_photo=wide)
    reader = sit_down(width=width)
    reader.goto(f"{live_server.url}{story.live_version.get_absolute_url()}")
    for photo in reader.locator(".story-photo img").all():
        photo.scroll_into_view_if_needed()
        assert photo.evaluate("e => e.decode().then(() => e.currentSrc)").endswith(".webp")
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    pulled = reader.locator(".pull-quote")
    assert pulled.evaluate("e => getComputedStyle(e).direction") == direction
    edges = pulled.evaluate(
        "e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]"
    )
    assert 0 < edges[0] < edges[1] < width
    for name, media in SEEN.items():
        reader.emulate_media(**media)
        picture_of(reader, f"figures-{direction}-{width}-{name}")
