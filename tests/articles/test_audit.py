"""The audit of sourcing: each figure from rows that say so, and nothing of anybody that they did not say."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from defusedxml import ElementTree
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.audit.period import By, Period
from articles.audit.plots import plot
from articles.audit.tables import FEWEST, Share, Table, tables
from articles.audit.written import as_csv
from articles.models import CommentRequest, Override
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish
from sources.colleagues import name_of
from sources.models import SelfDescription
from tests.desk import told
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_interview,
    make_live,
    make_section,
    make_source,
    make_transcript,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def period(by=By.SECTION, days=30):
    return Period(TODAY - timedelta(days=days), TODAY, by)


def rows(slug, by=By.SECTION, user=None):
    [table] = [each for each in tables(period(by), user) if each.slug == slug]
    return table.rows


@pytest.fixture
def newsroom(cast):
    """Two stories: one in Harbour of somebody by name and somebody not, one in Schools of a single source."""
    holt, clerk = make_source(), make_anonymous()
    held = make_interview(holt, "We lost the harbour.", "The ice came early.")
    make_transcript(held, "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Holt>We lost the harbour.\n")
    told_off = make_interview(clerk, terms="on_background")
    harbour = make_article(
        headline="The quay froze",
        section=make_section("Harbour"),
        interviews=[held, told_off],
        body="<p>“We lost the harbour,” said Ada Holt. A clerk with access to the ledger agreed.</p>",
    )
    make_byline(harbour, "Maren Okafor")
    make_byline(harbour, "Tomas Lindqvist")
    make_approval(harbour, clerk, by=cast.second_editor)
    approve(harbour, cast.editor)
    publish(harbour, by=cast.editor)
    for outcome in ("responded", "declined", ""):
        CommentRequest.objects.create(article=harbour, asked="The mayor", outcome=outcome)
    schools = make_live(cast.editor, section=make_section("Schools"), headline="The school shuts")
    return harbour, schools


def test_stories_are_told_by_whom_they_rest_on(newsroom):
    assert rows("stories") == [
        ["Harbour", 1, 1, Share(1, 1), 0, 0],
        ["Schools", 1, 0, Share(0, 1), 0, 1],
        ["all", 2, 1, Share(1, 2), 0, 1],
    ]
    by_reporter = rows("stories", By.REPORTER)
    # A story of two reporters counts for each of them, and once for all.
    assert [row[:2] for row in by_reporter][-1] == ["all", 2]
    assert ["Maren Okafor", 1] in [row[:2] for row in by_reporter]
    assert ["Tomas Lindqvist", 1] in [row[:2] for row in by_reporter]
    assert [row[0] for row in rows("stories", By.MONTH)] == [TODAY.strftime("%Y-%m"), "all"]


def test_quotations_are_told_by_what_they_were_compared_with(newsroom):
    [harbour, *_] = rows("quotations")
    assert harbour == ["Harbour", 1, 0, 1, 0, 0, 0, 0, Share(1, 1)]


def test_requests_for_comment_are_told_by_what_came_of_them(newsroom):
    [harbour, *_] = rows("comment")
    assert harbour[:4] == ["Harbour", 3, 1, 0]
    assert harbour[-1] == Share(1, 3)


def test_reasons_and_sources_are_told_with_whose_stories_they_are(newsroom, cast):
    assert rows("reasons") == [["they fear dismissal", 1]]
    found = {row[0]: row[1:4] for row in rows("sources")}
    assert found["Ada Holt"] == ["by name", 1, "Maren Okafor 1, Tomas Lindqvist 1"]
    assert found["a clerk with access to the ledger"][0] == "not named"
    # Whoever may not see a source is not told who it is.
    seen = {row[0] for row in rows("sources", user=cast.reporter)}
    assert "a clerk with access to the ledger" not in seen
    assert "somebody whom you do not see" in seen


def test_what_editors_went_past_is_told_with_their_names(newsroom, cast):
    Override.objects.create(
        article=newsroom[0], code="byline-missing", reason="It is ours.", by=cast.editor,
        at=timezone.now(), finding_key="a", message="No byline",
    )  # fmt: skip
    [[code, times, stories, by]] = rows("overrides")
    assert (code, times, stories) == ("byline-missing", 1, 1)
    assert by == f"{name_of(cast.editor)} 1"


def test_corrections_are_told_with_how_long_they_took(newsroom, cast):
    harbour = newsroom[0]
    correct(harbour, by=cast.editor, note="Wrong.", replacements=[Replacement("agreed", "denied")])
    [row, *_] = rows("corrections")
    assert row[:4] == ["Harbour", 1, 1, Share(1, 1)]
    assert row[-1] == "0 minutes"


def test_what_few_say_of_themselves_is_not_told_apart(cast):
    people = [make_source(f"Ada Holt {number}") for number in range(FEWEST + 2)]
    make_live(cast.editor, interviews=[make_interview(each) for each in people])
    for number, person in enumerate(people):
        answer = "woman" if number < FEWEST else f"rare {number}"
        SelfDescription.objects.create(
            source=person, question="Gender?", answer=answer, given_on=TODAY
        )
    assert rows("themselves") == [
        ["Gender?", "woman", f"{FEWEST} or more"],
        ["Gender?", "another answer", f"fewer than {FEWEST}"],
    ]


def test_a_story_of_another_time_is_not_counted(newsroom):
    before = Period(TODAY - timedelta(days=9), TODAY - timedelta(days=8))
    assert all(not table.rows for table in tables(before))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"since": "2026-02-30"}, "is no day"),
        ({"until": "yesterday"}, "is no day"),
        ({"until": "0001-01-01"}, "is no day"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "ends before it begins"),
    ],
)
def test_a_period_that_there_is_not_is_told(cast, client, given, says):
    with pytest.raises(ValueError, match=says):
        Period.asked(given)
    client.force_login(cast.standards_editor)
    assert says in told(client.get(reverse("admin:audit"), given))
    with pytest.raises(CommandError, match=says):
        call_command("audit", **given)


def test_standards_editors_read_it_and_nobody_else(newsroom, cast, client):
    for person in ("reporter", "editor", "photo_editor", "administrator"):
        client.force_login(getattr(cast, person))
        assert client.get(reverse("admin:audit")).status_code == 403
    client.force_login(cast.standards_editor)
    page = told(client.get(reverse("admin:audit"), {"by": "reporter"}))
    assert "Maren Okafor" in page
    assert 'aria-label="Maren Okafor: 100%"' in page
    found = client.get(reverse("admin:audit"), {"table": "stories"})
    read = list(csv.reader(StringIO(found.content.decode("utf-8-sig"))))
    assert read[1] == ["Harbour", "1", "1", "1.0000", "0", "0"]
    assert client.get(reverse("admin:audit"), {"table": "no such"}).status_code == 404


def test_it_asks_no_more_for_many_stories(newsroom, cast):
    tables(period(), cast.standards_editor)  # what this person may is read once
    with CaptureQueriesContext(connection) as few:
        tables(period(), cast.standards_editor)
    for _ in range(5):
        make_live(cast.editor)
    with CaptureQueriesContext(connection) as many:
        tables(period(), cast.standards_editor)
    assert len(many) == len(few)


def test_only_those_who_audit_see_what_a_source_filled_in(cast, client):
    source, clerk = make_source(), make_anonymous()
    client.force_login(cast.standards_editor)
    form = "what they filled in of themself"
    assert (
        form in told(client.get(reverse("admin:sources_source_change", args=[source.pk]))).lower()
    )
    unnamed = client.get(reverse("admin:sources_source_change", args=[clerk.pk]))
    assert form not in told(unnamed).lower()
    client.force_login(cast.editor)
    seen = client.get(reverse("admin:sources_source_change", args=[source.pk]))
    assert form not in told(seen).lower()


def test_the_command_tells_the_same_in_three_forms(newsroom):
    call_command("audit", stdout=(out := StringIO()))
    assert "Stories, and whom they rest on" in out.getvalue()
    call_command("audit", format="json", stdout=(out := StringIO()))
    assert json.loads(out.getvalue())["stories"]["rows"][0][:3] == ["Harbour", 1, 1]
    call_command("audit", format="csv", table="stories", stdout=(out := StringIO()))
    assert out.getvalue().startswith("\ufeffsection,stories")
    with pytest.raises(CommandError, match="one table"):
        call_command("audit", format="csv")
    with pytest.raises(CommandError, match="no such table"):
        call_command("audit", table="gossip")


def table(*told, drawn=1):
    return Table("t", "T", "", ("who", "times"), [list(row) for row in told], drawn)


def test_no_name_becomes_a_formula_or_a_tag():
    hostile = table(("=1+1", 1), ("<script>", 2), ("Ada", -3), ("رنا", None))
    assert "'=1+1,1" in as_csv(hostile)
    assert "Ada,-3" in as_csv(hostile)  # a number is one
    drawn = ElementTree.fromstring(plot(hostile))
    labels = [each.get("aria-label") for each in drawn.iter() if each.get("role") == "listitem"]
    assert labels == ["=1+1: 1", "<script>: 2", "Ada: -3", "رنا: 0"]


def test_one_row_or_none_is_not_drawn():
    assert plot(table(("Ada", 1), ("all", 1))) == ""
    assert plot(table()) == ""
    assert plot(table(("Ada", 1), ("Bo", 2), drawn=None)) == ""
