"""What waits is told by mail: as each person chooses, each thing once, and nothing that they may not see."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from articles.desk.today.tasks import tasks
from articles.publishing.workflow import make_move
from newsroom.desk.mail import mail_tasks
from newsroom.models import User
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def tells(cast, settings):
    settings.TELLS_BY_MAIL = True

    def choose(person, how):
        User.objects.filter(pk=person.pk).update(
            email=f"{person.username}@example.org", told_by_mail=how
        )

    return choose


def submitted(cast, headline):
    article = make_article(assigned_to=cast.reporter, headline=headline)
    article.sources.add(make_source(f"Ada {headline}"))
    make_move(article, "submit", by=cast.reporter)
    return article


def test_each_thing_is_told_once_to_whoever_it_waits_for(cast, tells):
    tells(cast.editor, "at_once")
    tells(cast.second_editor, "never")
    tells(cast.second_reporter, "at_once")
    article = submitted(cast, "Ice")
    assert (mail_tasks(), mail_tasks()) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == ["editor@example.org"]
    assert sent.subject == "Read it: Ice"
    assert f"/desk/articles/article/{article.pk}/change/" in sent.body
    submitted(cast, "Snow")
    assert mail_tasks() == 1
    assert "Ice" not in mail.outbox[1].body
    # Sent back and submitted anew, it waits again.
    make_move(article, "send_back", by=cast.editor, reason="Who saw it?")
    mail_tasks()
    make_move(article, "submit", by=cast.reporter)
    assert mail_tasks() == 1
    assert mail.outbox[-1].subject == "Read it: Ice"


def test_two_things_alike_are_two(cast, tells):
    tells(cast.reporter, "at_once")
    tells(cast.editor, "at_once")
    article = make_article(assigned_to=cast.reporter)
    due = timezone.now() - timedelta(minutes=1)
    for name in ("The mayor", "The port"):
        article.comment_requests.create(asked=name, deadline=due)
    submitted(cast, "Ice")
    assert mail_tasks() == 2
    both = next(sent for sent in mail.outbox if sent.to == ["reporter@example.org"])
    assert "The mayor" in both.body and "The port" in both.body


def test_what_goes_wrong_for_one_stops_nobody_else(cast, tells, monkeypatch, caplog):
    tells(cast.editor, "at_once")
    tells(cast.second_editor, "at_once")
    submitted(cast, "Ice")

    def fails_for_one(user, lists):
        if user.pk == cast.editor.pk:
            raise IndexError("of whatever kind")
        return tasks(user, lists)

    monkeypatch.setattr("newsroom.desk.mail.tasks", fails_for_one)
    assert mail_tasks() == 1
    assert mail.outbox[0].to == ["second_editor@example.org"]
    assert "of whatever kind" in caplog.text


def test_once_a_day_is_in_the_morning(cast, tells, monkeypatch, settings):
    settings.TIME_ZONE = "UTC"
    tells(cast.editor, "daily")
    submitted(cast, "Ice")
    day = timezone.now().replace(hour=6, minute=59, second=0) + timedelta(days=1)
    for moment, sent in (
        (day, 0),
        (day + timedelta(minutes=2), 1),
        (day + timedelta(hours=9), 0),
        (day + timedelta(days=1, minutes=2), 0),  # nothing is new
    ):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert mail_tasks() == sent
    submitted(cast, "Snow")
    assert mail_tasks() == 1


def test_a_mail_that_could_not_be_sent_is_sent_at_the_next_run(cast, tells, monkeypatch, caplog):
    tells(cast.editor, "at_once")
    tells(cast.second_editor, "at_once")
    submitted(cast, "Ice")
    real = mail.get_connection

    def away(*args, **kwargs):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("django.core.mail.get_connection", away)
    assert mail_tasks() == 0
    assert "could not be told by mail: no server" in caplog.text
    monkeypatch.setattr("django.core.mail.get_connection", real)
    assert mail_tasks() == 2


def test_each_person_chooses(cast, tells, client):
    tells(cast.editor, "never")
    client.force_login(User.objects.get(pk=cast.editor.pk))
    assert "by mail" in client.get(reverse("admin:index")).content.decode()
    client.post(reverse("admin:choose_mail"), {"told_by_mail": "daily"})
    assert User.objects.get(pk=cast.editor.pk).told_by_mail == "daily"
    client.post(reverse("admin:choose_mail"), {"told_by_mail": "hourly"})
    assert User.objects.get(pk=cast.editor.pk).told_by_mail == "daily"


def test_without_a_server_nobody_is_promised_mail(cast, client, settings):
    settings.TELLS_BY_MAIL = False
    client.force_login(cast.editor)
    assert "by mail" not in client.get(reverse("admin:index")).content.decode()
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("mail_tasks")
