"""The desk's first page: what waits for whom, what is late, and what readers see now."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.desk.today.page import today
from articles.models import Article, CommentRequest, FrontStory
from articles.publishing.workflow import make_move
from articles.times import age, near
from newsroom.models import User
from tests.articles.test_workflow import scheduled
from tests.desk import told
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_live,
    make_photo,
    make_source,
)

pytestmark = pytest.mark.django_db


def waiting(user):
    # As a request has it, with the permissions read anew.
    return [(task.mark, task.title) for task in today(User.objects.get(pk=user.pk))["tasks"]]


def submitted(cast, **fields):
    article = make_article(assigned_to=cast.reporter, **fields)
    article.sources.add(make_source())
    make_move(article, "submit", by=cast.reporter)
    return article


def test_a_story_waits_for_whoever_has_to_act(cast):
    article = submitted(cast, headline="Ice")
    assert waiting(cast.editor) == [("submitted", "Ice")]
    assert waiting(cast.reporter) == waiting(cast.photo_editor) == []
    make_move(article, "send_back", by=cast.editor, reason="Who saw it?")
    assert waiting(cast.editor) == waiting(cast.second_reporter) == []
    (task,) = today(cast.reporter)["tasks"]
    assert (task.mark, task.about) == ("back", "Sent back: Who saw it?")
    make_move(article, "submit", by=cast.reporter)
    make_move(article, "approve", by=cast.editor)
    assert waiting(cast.second_editor) == [("approved", "Ice")]


def test_nobody_is_asked_to_pass_what_is_theirs(cast):
    article = approve(make_article(headline="Mine", assigned_to=cast.editor), cast.second_editor)
    assert article.stage == "approved"
    assert waiting(cast.editor) == []
    assert waiting(cast.second_editor) == [("approved", "Mine")]


def test_what_is_late_comes_first_and_is_loud_for_every_editor(cast, client):
    submitted(cast, headline="Waits")
    scheduled(cast, minutes=-5, headline="Overdue")
    for editor in (cast.editor, cast.second_editor, cast.standards_editor):
        assert waiting(editor)[0] == ("late", "Overdue")
    client.force_login(cast.editor)
    page = told(client.get(reverse("admin:index")))
    assert "One is late." in page
    assert page.index("Overdue") < page.index("Waits")


def test_anonymity_waits_for_those_who_decide_it(cast):
    article = make_article(assigned_to=cast.reporter)
    make_approval(article, make_anonymous("a clerk"))
    assert waiting(cast.editor) == [("mask", "May a clerk speak unnamed?")]
    assert waiting(cast.reporter) == []


def test_an_answer_is_asked_for_when_its_deadline_is_near(cast):
    article = make_article(assigned_to=cast.reporter)
    request = CommentRequest.objects.create(article=article, asked="The mayor")
    for minutes, expected in ((None, None), (120, None), (30, False), (-1, True)):
        request.deadline = minutes and timezone.now() + timedelta(minutes=minutes)
        request.save()
        found = today(cast.reporter)["tasks"]
        assert [task.is_late for task in found] == ([] if expected is None else [expected])


def test_a_story_stands_in_one_place_alone(cast):
    submitted(cast, headline="Waits")
    make_article(headline="Draft")
    titles = [each.title for each in today(cast.editor)["lists"]]
    assert titles == ["Drafts"]
    Article.objects.update(assigned_to=cast.reporter)
    assert [each.title for each in today(cast.reporter)["lists"]] == [
        "Waiting for an editor",
        "Drafts",
    ]


def test_the_front_and_the_record_are_told_beside(cast, client):
    live = make_live(cast.editor, headline="The lead")
    past = make_live(cast.editor, headline="No lead any more")
    now = timezone.now()
    FrontStory.objects.create(article=live, shown_from=now)
    FrontStory.objects.create(
        article=past, shown_from=now - timedelta(days=2), shown_until=now - timedelta(days=1)
    )
    shown = today(cast.editor)
    assert [place.article.headline for place in shown["front"]] == ["The lead"]
    assert shown["record"] == {"stories": 2, "updates": 0, "corrections": 0}
    assert today(cast.reporter)["front"] == []


def test_the_page_of_somebody_without_a_role_is_empty_and_whole(cast, client):
    make_article()
    client.force_login(cast.outsider)
    page = told(client.get(reverse("admin:index")))
    assert "Nothing waits for you." in page
    assert "data-begin" not in page
    assert "/desk/articles/article/" not in page


@pytest.mark.parametrize("role", ["reporter", "editor", "photo_editor", "administrator"])
def test_the_rail_leads_where_somebody_may_go(cast, client, role):
    client.force_login(getattr(cast, role))
    rooms = client.get(reverse("admin:index")).context["rail"]
    assert rooms
    for room in rooms:
        page = client.get(room["path"])
        assert page.status_code == 200
        assert f'href="{room["path"]}" aria-current="page"' in page.content.decode()
    names = {room["name"] for room in rooms}
    assert ("People" in names) is (role == "administrator")
    assert ("Front page" in names) is (role == "editor")


def test_times_are_told_as_near_as_one_needs_them(settings, monkeypatch):
    settings.TIME_ZONE = "Europe/London"
    now = datetime(2026, 11, 28, 12, 0, tzinfo=timezone.get_fixed_timezone(0))
    monkeypatch.setattr(timezone, "now", lambda: now)
    for back, long, shown in (
        (timedelta(seconds=5), "0 min", "11:59"),
        (timedelta(minutes=44), "44 min", "11:16"),
        (timedelta(minutes=82), "1 h 22", "10:38"),
        (timedelta(days=1), "1 day", "Fri 12:00"),
        (timedelta(days=30), "30 days", "29 Oct 2026"),
        (timedelta(hours=-2), "0 min", "14:00"),
    ):
        assert age(now - back) == long
        assert f">{shown}</time>" in near(now - back)


def test_photo_editors_and_administrators_find_their_own_work(cast):
    make_photo(alt="", caption="Dredger")
    make_photo()
    (task,) = today(User.objects.get(pk=cast.photo_editor.pk))["tasks"]
    assert (task.mark, task.title) == ("photo", "1 photo nobody has described or credited")
    assert waiting(cast.administrator) == [("people", "outsider has no role")]
    # An editor's own work comes first: the library tells them of it.
    assert waiting(cast.editor) == []


def test_the_tour_stays_until_it_is_put_away(cast, client):
    client.force_login(cast.reporter)
    assert "Three steps" in told(client.get(reverse("admin:index")))
    assert client.get(reverse("admin:end_tour")).status_code == 405
    client.post(reverse("admin:end_tour"))
    assert "Three steps" not in told(client.get(reverse("admin:index")))
    # It is about stories: whoever sees none is shown none of it.
    client.force_login(cast.photo_editor)
    assert "Three steps" not in told(client.get(reverse("admin:index")))


def test_what_is_not_there_or_not_theirs_is_told_on_a_page_of_the_desk(cast, client):
    client.force_login(cast.reporter)
    for address, status, words in (
        ("/desk/articles/article/999/preview/", 404, "There is nothing here"),
        ("/desk/no/such/room/", 404, "There is nothing here"),
        ("/desk/newsroom/user/", 403, "This is not yours to open"),
    ):
        answer = client.get(address)
        assert answer.status_code == status
        assert words in told(answer) and "Back to Today" in told(answer)
    # Whoever is not at the desk is told nothing of it.
    client.logout()
    assert "Back to Today" not in told(client.get("/desk/no/such/room/", follow=True))
