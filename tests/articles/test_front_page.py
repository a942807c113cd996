"""The front as editors put it together: a draft until it is published, and by two editors never half of each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import FrontStory, PageFrame
from tests.desk import told
from tests.factories import make_article, make_live

pytestmark = pytest.mark.django_db

FRONT = "/desk/articles/frontstory/"


def on_the_front():
    return [each.article.headline for each in FrontStory.objects.all()]


@pytest.fixture
def stories(cast):
    return [make_live(cast.editor, headline=name) for name in ("One", "Two", "Three")]


def shown(page):
    return [each["story"].headline for each in page.context["places"]]


def press(client, page, **pressed):
    """Press a button of the form as it stands on the page."""
    keys = [each["story"].pk for each in page.context["places"]]
    return client.post(FRONT, {"story": keys, "seen": page.context["seen"]} | pressed)


def test_stories_are_moved_in_the_form_and_published_at_once(cast, client, stories):
    one, two, three = stories
    client.force_login(cast.editor)
    page = client.get(FRONT)
    assert shown(page) == [] and "no lead was chosen" in told(page)
    page = press(client, page, put=one.pk)
    page = press(client, page, put=two.pk)
    page = press(client, page, lead=three.pk)
    assert shown(page) == ["Three", "One", "Two"]
    page = press(client, page, up=two.pk)
    page = press(client, page, down=three.pk)
    assert shown(page) == ["Two", "Three", "One"]
    page = press(client, page, off=one.pk)
    assert page.context["changes"] == 2
    assert on_the_front() == []  # nothing is half made
    assert press(client, page, publish="1").status_code == 302
    assert on_the_front() == ["Two", "Three"]
    places = PageFrame.objects.get().front
    assert [place["article"] for place in places] == [two.pk, three.pk]
    assert client.get(FRONT).context["changes"] == 0
    # Each change is in the log, with who made it.
    history = client.get(
        reverse("admin:articles_frontstory_history", args=[FrontStory.objects.first().pk])
    )
    assert "place" in told(history)


def test_a_place_keeps_its_times_where_it_is_moved(cast, client, stories):
    one, two, _ = stories
    until = timezone.now() + timedelta(hours=1)
    for order, story in enumerate((one, two)):
        FrontStory.objects.create(article=story, order=order, shown_until=until)
    later = FrontStory.objects.create(
        article=one, order=0, shown_from=timezone.now() + timedelta(hours=2)
    )
    client.force_login(cast.editor)
    page = press(client, client.get(FRONT), up=two.pk)
    press(client, page, publish="1")
    now = FrontStory.objects.exclude(pk=later.pk)
    assert [(each.article.headline, each.shown_until) for each in now] == [
        ("Two", until),
        ("One", until),
    ]
    assert FrontStory.objects.filter(pk=later.pk).exists()  # what comes later is left alone


def test_of_two_editors_the_second_is_told_and_loses_nothing(cast, client, stories):
    one, two, three = stories
    client.force_login(cast.editor)
    mine = press(client, client.get(FRONT), put=one.pk)
    FrontStory.objects.create(article=two)
    answer = press(client, mine, put=three.pk, publish="1")
    assert "Somebody else has changed the front" in told(answer)
    assert shown(answer) == ["One", "Three"]
    assert on_the_front() == ["Two"]


def test_what_is_not_out_or_no_story_never_comes_onto_the_front(cast, client, stories):
    draft = make_article(headline="Draft", assigned_to=cast.editor)
    client.force_login(cast.editor)
    page = client.get(FRONT)
    assert "Draft" not in [story.headline for story in page.context["offered"]]
    for odd in (draft.pk, 10**12, "x", "-1", "9" * 40, "\x00", "٣"):
        page = press(client, client.get(FRONT), put=odd)
        assert (page.status_code, shown(page)) == (200, [])
        press(client, page, publish="1")
    assert on_the_front() == []


def test_the_front_has_an_end(cast, client, stories):
    client.force_login(cast.editor)
    seen = client.get(FRONT).context["seen"]
    many = [story.pk for story in stories] + list(range(1000, 1010))
    answer = client.post(FRONT, {"story": many, "seen": seen, "publish": "1"})
    assert "at most 12 places" in told(answer)


def test_who_may_not_change_the_front_does_not(cast, client, stories):
    for person, status in ((cast.reporter, 403), (cast.photo_editor, 403), (cast.outsider, 403)):
        client.force_login(person)
        assert client.get(FRONT).status_code == status
        client.post(FRONT, {"story": [stories[0].pk], "seen": "", "publish": "1"})
    assert on_the_front() == []
