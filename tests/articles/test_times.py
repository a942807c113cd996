"""Times typed on the desk, in hours that do not exist or come twice."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import CommentRequest
from articles.times import DeskDateTimeField
from tests.desk import inline, post, press, told
from tests.factories import approve, make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "typed", "message"),
    [
        ("America/New_York", "2026-03-08T02:30", "There is no 02:30 on 8 March 2026"),
        ("America/New_York", "2026-03-08T02:30", "Did you mean 03:30?"),
        ("Europe/London", "2026-10-25T01:15", "01:15 on 25 October 2026 comes twice"),
        ("Europe/London", "2026-10-25T01:15", "before 01:00 or from 02:00 on"),
        ("Europe/London", "yesterday", "Enter a valid date/time"),
    ],
)
def test_a_time_that_does_not_exist_is_told(cast, client, settings, zone, typed, message):
    settings.TIME_ZONE = zone
    article = approve(make_article(), cast.editor)
    client.force_login(cast.editor)
    page = press(client, article, "schedule", at=typed)
    assert message in told(page)
    assert f'value="{typed}"' in told(page)
    article.refresh_from_db()
    assert article.stage == "approved"


def test_a_time_is_read_in_the_newsrooms_zone(settings):
    settings.TIME_ZONE = "America/New_York"
    assert DeskDateTimeField().clean("2026-03-08T03:30").isoformat().endswith("-04:00")


def test_a_time_that_was_not_touched_stays_as_it_was(cast, client, settings):
    """Even one that could not be typed: half past one, the second time, and twenty seconds."""
    settings.TIME_ZONE = "Europe/London"
    article = make_article(assigned_to=cast.reporter)
    deadline = datetime.fromisoformat("2026-10-25T01:30:20+00:00")
    row = CommentRequest.objects.create(article=article, asked="The mayor", deadline=deadline)
    client.force_login(cast.reporter)
    changed = {"asked": "The mayor of Quay", "deadline": "2026-10-25T01:30"}
    post(client, article, **inline("comment_requests", row, **changed))
    row.refresh_from_db()
    assert (row.asked, row.deadline) == ("The mayor of Quay", deadline)


@pytest.mark.parametrize("typed", ["9999-12-31T23:59", "0001-01-01T00:00", "2026-13-01T00:00"])
def test_a_time_out_of_this_world_is_refused(settings, typed):
    settings.TIME_ZONE = "America/New_York"
    with pytest.raises(ValidationError):
        DeskDateTimeField().clean(typed)


def test_an_editor_schedules(cast, client):
    article = approve(make_article(), cast.editor)
    client.force_login(cast.editor)
    at = timezone.localtime() + timedelta(days=1)
    press(client, article, "schedule", at=f"{at:%Y-%m-%dT%H:%M}")
    article.refresh_from_db()
    assert (article.stage, article.scheduled_at) == (
        "scheduled",
        at.replace(second=0, microsecond=0),
    )
