"""The correction on the desk: from a reader's report to the page, and what can go wrong between."""

import threading

import pytest
from django.core import signing
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ErrorReport, Update, UpdateRequest
from articles.prepared.drawing import draw_body
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish_update
from articles.publishing.workflow import MoveRefused
from articles.record.chain import breaks
from tests.cast import hire
from tests.conftest import THOROUGH
from tests.desk import change_url, post, told
from tests.factories import make_live, make_retraction

BODY = "<p>The council voted seven to four on Monday.</p><p>It rained.</p>"
NOTE = "An earlier version said that the vote was seven to four. It was six to five."


@pytest.fixture
def article(cast):
    return make_live(cast.editor, headline="The vote", body=BODY)


def correct_url(article):
    return reverse("admin:articles_article_correct", args=[article.pk])


def posted(article, wrong="seven to four", right="six to five", **fields):
    return {
        "seen_version": article.live_version.number,
        "pair-0-wrong": wrong,
        "pair-0-right": right,
        "kind": "correction",
        "note": NOTE,
    } | fields


# The page


@pytest.mark.django_db
def test_a_correction_is_previewed_and_published_from_its_page(cast, client, article):
    client.force_login(cast.editor)
    pressed = post(client, article, _move="correct")
    assert pressed.request["PATH_INFO"] == correct_url(article)
    preview = told(client.post(correct_url(article), posted(article, preview="1")))
    assert "<ins>" in preview
    assert article.versions.count() == 1
    done = client.post(correct_url(article), posted(article, publish="1"), follow=True)
    assert "Published: Correction. Readers see version 2." in told(done)
    assert "six to five" in draw_body(article.live_version)


@pytest.mark.django_db
def test_a_note_is_suggested_where_none_is_typed_and_nothing_is_published(cast, client, article):
    client.force_login(cast.editor)
    page = told(client.post(correct_url(article), posted(article, note="", publish="1")))
    assert "said “seven to four”. It should have said “six to five”." in page
    assert article.versions.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"pair-0-wrong": "eight to four"}, "do not stand in what readers see"),
        ({"pair-0-wrong": ""}, "Pick the words that are wrong"),
        ({"pair-0-wrong": "e"}, "do not stand in what readers see"),
        ({"note": "Fixes the vote."}, "tells readers what was done to the text"),
        ({"kind": "retraction"}, "Select a valid choice"),
        ({"kind": "minor"}, "Choose another kind"),
        ({"pair-0-wrong": "The", "pair-0-right": "A"}, "stand in 2 places (body, headline)"),
    ],
)
def test_what_does_not_fit_is_told_and_kept(cast, client, article, fields, message):
    client.force_login(cast.editor)
    page = told(client.post(correct_url(article), posted(article, **{"publish": "1"} | fields)))
    assert message in page
    assert article.versions.count() == 1
    assert fields.get("note", NOTE) in page


@pytest.mark.django_db
def test_the_second_of_two_is_shown_what_changed_and_keeps_what_was_typed(cast, client, article):
    client.force_login(cast.second_editor)
    late = posted(article, "It rained", "It snowed", note="It snowed.", publish="1")
    correct(article, [Replacement("seven to four", "six to five")], by=cast.editor, note=NOTE)
    page = told(client.post(correct_url(article), late))
    assert "somebody was faster" in page
    assert "What has changed since you opened this page" in page
    assert "It snowed." in page
    assert article.versions.count() == 2
    client.post(correct_url(article), late | {"seen_version": "2"})
    assert "six to five" in draw_body(article.live_version)
    assert "It snowed" in draw_body(article.live_version)


@pytest.mark.django_db
def test_only_editors_correct_and_only_what_is_live(cast, client, article):
    client.force_login(cast.reporter)
    assert client.get(correct_url(article)).status_code == 404
    Article.objects.filter(pk=article.pk).update(assigned_to=cast.reporter)
    assert client.get(correct_url(article)).status_code == 403
    assert client.post(correct_url(article), posted(article, publish="1")).status_code == 403
    client.force_login(cast.editor)
    Article.objects.filter(pk=article.pk).update(stage="draft")
    assert client.get(correct_url(article)).status_code == 403


@pytest.mark.django_db
def test_a_retraction_is_asked_for_by_one_editor_and_made_by_another(cast, client, article):
    url = reverse("admin:articles_article_retract", args=[article.pk])
    client.force_login(cast.editor)
    asked = client.post(url, {"note": "Invented.", "asked": ""}, follow=True)
    assert "Asked. A second editor" in told(asked)
    waiting = {"asked": UpdateRequest.objects.get().pk}
    assert "Another editor has to retract it" in told(client.get(url))
    assert "another editor publishes the retraction" in told(client.post(url, waiting))
    client.force_login(cast.second_editor)
    late = told(client.post(url, {"note": "My own words.", "asked": ""}))
    assert "has changed since you opened this page" in late
    assert "My own words." in late
    assert not article.live_version.is_retracted
    assert "Invented." in told(client.get(change_url(article)))
    assert "Retracted." in told(client.post(url, waiting, follow=True))
    assert article.live_version.is_retracted
    assert not UpdateRequest.objects.open().exists()


@pytest.mark.django_db
def test_a_retraction_is_refused(cast, client, article):
    make_retraction(article, cast.editor)
    client.force_login(cast.second_editor)
    url = reverse("admin:articles_article_retract", args=[article.pk])
    client.post(url, {"asked": UpdateRequest.objects.get().pk, "refuse": "1"})
    assert not UpdateRequest.objects.exists()
    assert not article.live_version.is_retracted


# Readers' reports


def report_url(article):
    return f"{article.live_version.get_absolute_url()}report/"


def opened(article, seconds_ago=60):
    """The signed time of a page that was opened a while ago."""
    signer = signing.TimestampSigner(salt=f"report on story {article.pk}")
    at = timezone.now().timestamp() - seconds_ago
    value = f":{signing.b62_encode(int(at))}"
    return f"{value}:{signer.signature(value)}"


def reported(article, seconds_ago=60, **fields):
    said = {"words": "seven to four", "what": "It was six to five."}
    return said | {"opened": opened(article, seconds_ago)} | fields


@pytest.mark.django_db
def test_a_report_goes_to_the_desk_and_its_correction_answers_it(cast, client, article):
    page = client.get(report_url(article))
    assert page.cookies == {}
    assert "Thank you" in told(client.post(report_url(article), reported(article)))
    report = ErrorReport.objects.get()
    assert "It was six to five." not in told(client.get(article.live_version.get_absolute_url()))
    client.force_login(cast.editor)
    assert "It was six to five." in told(client.get(reverse("admin:index")))
    queue = told(client.get(reverse("admin:articles_errorreport_change", args=[report.pk])))
    assert f"{correct_url(article)}?report={report.pk}" in queue
    again = ErrorReport.objects.create(version=report.version, what="Me too.", at=report.at)
    page = told(client.get(f"{correct_url(article)}?report={report.pk}"))
    assert "It was six to five." in page
    client.post(correct_url(article), posted(article, publish="1", report=[report.pk, again.pk]))
    for each in (report, again):
        each.refresh_from_db()
        assert (each.state, each.answered_by) == ("corrected", Update.objects.get())


@pytest.mark.django_db
def test_a_report_is_declined_with_a_reason(cast, client, article):
    client.post(report_url(article), reported(article))
    report = ErrorReport.objects.get()
    url = reverse("admin:articles_errorreport_change", args=[report.pk])
    client.force_login(cast.reporter)
    assert client.get(url).status_code == 403
    client.force_login(cast.editor)
    assert "Say why nothing is corrected" in told(client.post(url, {"declined_because": " "}))
    client.post(url, {"declined_because": "The minutes say seven."})
    report.refresh_from_db()
    assert (report.state, report.declined_because) == ("declined", "The minutes say seven.")
    assert client.post(url, {"declined_because": "Again"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"website": "https://spam.test"}, "robot"),
        ({"seconds_ago": 1}, "That was quick"),
        ({"seconds_ago": 200_000}, "open for long"),
        ({"opened": "forged"}, "from this page"),
        ({"what": ""}, "This field is required"),
        ({"what": "x" * 2_001}, "at most 2000 characters"),
        ({"contact": "nobody"}, "valid email"),
    ],
)
def test_what_robots_send_is_refused_and_people_lose_nothing(client, article, fields, message):
    page = told(client.post(report_url(article), reported(article, **fields)))
    assert message in page
    assert "seven to four" in page
    assert not ErrorReport.objects.exists()


@pytest.mark.django_db
def test_reports_are_limited_for_each_address(client, article):
    answers = [client.post(report_url(article), reported(article)).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    elsewhere = client.post(report_url(article), reported(article), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


@pytest.mark.django_db
def test_a_report_from_an_old_address_arrives(cast, client, article):
    old = report_url(article)
    article.slug = "renamed"
    article.save()
    publish_update(article, by=cast.editor, kind="development", note="Renamed.")
    assert "Thank you" in told(client.post(old, reported(article)))
    assert client.post(f"{article.live_version.get_absolute_url()}x/report/").status_code == 404


@pytest.mark.django_db
def test_behind_a_proxy_readers_are_told_apart(client, article, settings):
    settings.BEHIND_PROXY = True

    def send(address):
        return client.post(
            report_url(article),
            reported(article),
            headers={"x-forwarded-for": f"192.0.2.9, {address}"},
        ).status_code

    assert [send("2001:db8::1") for _ in range(5)] == [200] * 5
    assert [send("2001:db8::2"), send("2001:db8:0:1::1"), send("nonsense")] == [429, 200, 200]


# Two at once

STORIES, RACES = (40 if THOROUGH else 4), 5  # on each story; 200 races in all when thorough


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_no_text_is_lost():
    """Each race: two editors at one moment. What is told as published is there, and nothing else."""
    cast = hire()
    for _ in range(STORIES):
        text = "".join(f"<p>Number{n} is wrong. Figure{n} is bad.</p>" for n in range(RACES))
        article = make_live(cast.editor, headline="The vote", body=text)
        published = [right for n in range(RACES) for right in race(article, cast, n)]
        live, working = article.live_version, Article.objects.get(pk=article.pk)
        assert len(published) >= RACES
        for right in published:
            assert f"{right} is" in draw_body(live)
            assert f"{right} is" in working.body
        assert live.number == 1 + len(published)
        notes = article.updates.order_by("at", "pk").values_list("note", flat=True)
        assert [change.note for change in live.changes] == list(notes)
    assert list(breaks()) == []


def race(article, cast, number):
    """Two editors who correct one story at once; what was published of it."""
    barrier, published = threading.Barrier(2), []

    def press(editor, wrong, right):
        mine = Article.objects.get(pk=article.pk)
        barrier.wait()
        try:
            correct(mine, [Replacement(wrong, right)], by=editor, note=f"It is {right}.")
            published.append(right)
        except MoveRefused as refused:
            assert "changed the story" in str(refused)
        finally:
            connection.close()

    pair = [
        threading.Thread(target=press, args=(cast.editor, f"Number{number}", f"N{number}")),
        threading.Thread(target=press, args=(cast.second_editor, f"Figure{number}", f"F{number}")),
    ]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    return published


@pytest.mark.django_db
def test_an_editor_who_writes_on_is_told_of_a_correction(cast, client, article):
    client.force_login(cast.second_editor)
    stale = {"seen_revision": article.revision}
    correct(article, [Replacement("seven to four", "six to five")], by=cast.editor, note=NOTE)
    page = post(client, Article.objects.get(pk=article.pk), headline="Mine", **stale)
    assert "Somebody saved this story after you opened it" in told(page)
    assert "six to five" in Article.objects.get(pk=article.pk).body
