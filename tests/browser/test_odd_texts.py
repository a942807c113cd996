"""Long words, scripts from the right, and nothing at all fit a cheap phone."""

import pytest

from articles.models import Spotlight
from articles.prepared.frame import compose_frame
from tests.factories import make_interview, make_live, make_photo, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2
ARABIC = "السفينة تصطدم بالرصيف الشمالي"
RIGHT_TO_LEFT = (
    f"<h2>{ARABIC}</h2><p>“{ARABIC}،” قال رئيس الميناء.</p>"
    "<p>An English paragraph among them.</p><ul><li>واحد</li><li>two</li></ul>"
)


def make_right_to_left(cast):
    said = make_interview(make_source("رئيس الميناء"), ARABIC)
    return make_live(
        cast.editor, headline=ARABIC, deck=ARABIC, body=RIGHT_TO_LEFT, interviews=[said]
    )


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(cast, live_server, sit_down, complaints, picture_of, width):
    stories = [
        make_live(cast.editor, headline=LONG, deck=LONG, kicker=LONG[:60], body=f"<p>{LONG}</p>"),
        make_right_to_left(cast),
        make_live(cast.editor, lead_photo=make_photo(caption=LONG, credit=LONG)),
    ]
    for story in stories:
        Spotlight.objects.create(article=story)
    compose_frame()
    reader = sit_down(width=width)
    pages = ["/", "/nothing/", *(story.live_version.get_absolute_url() for story in stories)]
    for number, page in enumerate(pages):
        reader.goto(f"{live_server.url}{page}")
        picture_of(reader, f"odd-{width}-{number}")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, page
    assert len(complaints) == 1
    complaints.clear()  # the browser's own word for the 404


def test_each_text_runs_its_own_way(cast, live_server, sit_down):
    story = make_right_to_left(cast)
    reader = sit_down()
    for page in ("/", story.live_version.get_absolute_url()):
        reader.goto(f"{live_server.url}{page}")
        direction = "e => getComputedStyle(e).direction"
        assert reader.eval_on_selector("main :is(h1, h2)[dir]", direction) == "rtl"
