"""The reporter's notebook on phones and desks: pages, tables and a film, and no byte too early."""

from pathlib import Path

import pytest

from articles.models import NotebookEntry
from articles.publishing.door import publish
from tests.desk import change_url
from tests.factories import approve, make_article, make_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEMO = Path(__file__).parents[2] / "newsroom" / "demo" / "files"
WORDS = {
    "en": ("Minutes of 13 October", "How cold it was", "The last letter", "At sea"),
    "ar": ("محضر اجتماع المجلس", "قراءات درجات الحرارة", "الحرف الأخير", "في البحر"),
}
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def make_filed(editor, titles):
    """A published story with a file of each kind in its notebook, and a link."""
    wide = "\n".join(
        [",".join(f"column {number}" for number in range(12))]
        + [f"{titles[1]},{LONG}," + ",".join("-4.25" for _ in range(10))] * 40
    )
    files = (
        ("document", "minutes.pdf", (DEMO / "council-minutes-2026-10-13.pdf").read_bytes()),
        ("dataset", "ice.csv", wide.encode()),
        ("video", "letter.mp4", (DEMO / "last-letter.mp4").read_bytes()),
    )
    article = make_article(headline=titles[0], deck=titles[1])
    for (kind, name, content), title in zip(files, titles, strict=False):
        NotebookEntry.objects.create(
            article=article, kind=kind, title=title, note=title, file=make_document(name, content)
        )
    NotebookEntry.objects.create(
        article=article, kind="video", title=titles[3], url=f"https://{LONG.lower()}.example/sea"
    )
    return publish(approve(article, editor), by=editor)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_notebook_fits(cast, live_server, sit_down, settings, picture_of, language, width):
    settings.LANGUAGE_CODE = language
    version = make_filed(cast.editor, WORDS[language])
    reader = sit_down(width=width)
    for page in (version.get_notebook_url(), f"{version.get_history_url()}1/"):
        for scheme in ("light", "dark"):
            reader.emulate_media(color_scheme=scheme)
            reader.goto(f"{live_server.url}{page}")
            reader.locator(".first-page img").scroll_into_view_if_needed()
            reader.wait_for_function("() => document.querySelector('.first-page img').complete")
            assert reader.evaluate("document.documentElement.scrollWidth") <= width
            picture_of(reader, f"notebook-{language}-{width}-{scheme}-{page.count('/')}")
    reader.emulate_media(media="print", color_scheme="light")
    picture_of(reader, f"notebook-{language}-{width}-print")
    assert not reader.locator("video").is_visible()


def test_a_table_is_scrolled_by_keyboard(cast, live_server, sit_down):
    version = make_filed(cast.editor, WORDS["en"])
    reader = sit_down(width=360)
    reader.goto(f"{live_server.url}{version.get_notebook_url()}")
    table = reader.get_by_role("region", name="How cold it was")
    assert table.get_by_role("columnheader").count() == 8
    reader.get_by_role("link", name="First page of Minutes of 13 October").focus()
    reader.keyboard.press("Tab")
    assert table.evaluate("e => e === document.activeElement")
    for _ in range(5):
        reader.keyboard.press("ArrowRight")
    reader.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert reader.evaluate("document.documentElement.scrollLeft") == 0


def test_a_film_is_asked_for_once_it_is_pressed_and_moves_nothing(cast, live_server, sit_down):
    version = make_filed(cast.editor, WORDS["en"])
    reader = sit_down(width=360)
    asked = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(f"{live_server.url}{version.get_notebook_url()}")
    film = reader.locator("video")
    film.scroll_into_view_if_needed()
    reader.wait_for_load_state("networkidle")
    before = film.bounding_box()
    assert [url for url in asked if url.endswith(".mp4")] == []
    film.focus()
    reader.keyboard.press("Space")
    reader.wait_for_function("() => document.querySelector('video').currentTime > 0.2")
    assert film.bounding_box() == before
    assert [url for url in asked if url.endswith(".mp4")] != []


def test_files_go_at_once_each_by_itself_and_stay(cast, live_server, sit_down, tmp_path):
    table = "Miasto,Ludność,Rok\nŁódź,677286,2020\nKraków,779966,2020\nGdańsk,470805,2020\n"
    files = {"cities.csv": table.encode("cp1250"), "bad.pdf": b"%PDF-1.4", "pier_plan.txt": b"Ice."}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    article = make_article(assigned_to=cast.reporter)
    page = sit_down(cast.reporter)
    page.goto(f"{live_server.url}{change_url(article)}")
    page.click("summary:has-text('Notebook')")
    page.set_input_files("#notebook-group .drop [type=file]", [tmp_path / name for name in files])
    # One that cannot be taken says so, and the others are here.
    page.wait_for_selector("text=This PDF is damaged")
    page.wait_for_selector("text=pier_plan.txt")
    page.get_by_label("Miasto,Ludność,Rok").check()
    rows = page.locator("#notebook-group .inline-related:not(.empty-form)")
    assert rows.count() == 3
    assert rows.nth(2).locator("[name$=title]").input_value() == "pier plan"
    assert rows.nth(0).locator("[name$=kind]").input_value() == "dataset"
    # Refused for the row that has no file, the form has kept the other two.
    page.click("[name=_preview]")
    page.wait_for_selector("text=Give its web address, or upload it.")
    assert page.locator("[name$=-arrived]").count() == 2
    page.locator("#notebook-group .inline-related:not(.empty-form)").nth(1).locator(
        "[name$=kind]"
    ).select_option("note")
    page.locator("[name='notebook-1-note']").fill("It was damaged.")
    with page.expect_navigation():
        page.click("[name=_preview]")
    cities, damaged, plan = article.notebook.order_by("pk")
    assert cities.shown["table"]["heads"] == ["Miasto", "Ludność", "Rok"]
    assert (damaged.file.name, plan.title) == ("", "pier plan")
