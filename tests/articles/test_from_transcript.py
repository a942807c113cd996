"""Writing from a transcript: words of it are recorded for a story and put in, and nothing else is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, NotebookEntry, QuoteUse
from articles.record.composing import compose
from articles.record.material import Material
from articles.record.telling import backings, tally
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from sources.models import Interview, Quote, Source
from tests.desk import told
from tests.factories import (
    make_anonymous,
    make_article,
    make_interview,
    make_source,
    make_transcript,
)
from tests.sources.evidence.test_documents import MINUTES

pytestmark = pytest.mark.django_db

TALK = """WEBVTT

00:01.000 --> 00:03.000
<v Okafor>Was it lost at once?

00:04.000 --> 00:09.000
<v Holt>We lost the harbour in a night. Nobody came to look at it.

00:10.000 --> 00:12.000
<v Holt>Is that not enough?
"""


@pytest.fixture
def story(cast):
    return make_article(assigned_to=cast.reporter, body="<p>It froze.</p>")


@pytest.fixture
def file(cast):
    source = make_source(later_reference="Holt")
    interview = make_interview(source, recorded_by=cast.reporter, interviewer="Okafor")
    return make_transcript(interview, TALK)


def at(story, file):
    return reverse("admin:articles_article_transcript", args=[story.pk, file.pk])


def put(client, story, file, words):
    revision = Article.objects.get(pk=story.pk).revision
    return client.post(at(story, file), {"words": words, "seen_revision": revision})


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("We lost the harbour in a night.", "We lost the harbour in a night,"),
        (
            "We lost the harbour in a night. Nobody came to look at it.",
            "We lost the harbour in a night. Nobody came to look at it,",
        ),
        ("Nobody came  to look", "Nobody came to look,"),
        ("Is that not enough?", "Is that not enough?"),
        # From one passage into the next
        ("Nobody came to look at it. Is that not enough?",) * 2,
    ],
)
def test_words_are_recorded_at_their_place_and_printed_with_whose_they_are(
    cast, client, story, file, words, printed
):
    client.force_login(cast.reporter)
    answer = put(client, story, file, words).json()
    assert (answer["words"], answer["after"]) == (printed, " said Ada Holt.")
    quote = Quote.objects.get(pk=answer["quote"])
    assert (quote.words, quote.basis) == (" ".join(words.split()), "recording")
    assert list(story.interviews.all()) == [file.interview]
    assert list(story.sources.all()) == [file.interview.source]
    story.body = f'<p>“<mark data-quote="{quote.pk}">{printed}</mark>” said Ada Holt.</p>'
    material = CheckedMaterial(story)
    [quote] = material.quotes
    assert quote.checked.compared_with == "transcript"
    assert not [each for each in check(material) if each.code.startswith("quote-")]


def test_a_second_press_records_nothing_new_and_calls_them_by_their_later_name(
    cast, client, story, file
):
    client.force_login(cast.reporter)
    put(client, story, file, "Is that not enough?")
    Article.objects.update(body="<p>“Is that not enough?” said Ada Holt.</p>")
    answer = put(client, story, file, "Is that not enough?").json()
    assert (answer["undo"], answer["after"]) == (False, " said Holt.")
    assert Quote.objects.count() == 1
    assert QuoteUse.objects.filter(version=None).count() == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("We lost the ships in a night.", "not in the transcript as they stand"),
        ("We never lost the harbour in a night.", "not in the transcript as they stand"),
        ("", "not in the transcript as they stand"),
        ("Was it lost at once?", "words of Okafor, and not of the source"),
    ],
)
def test_what_was_not_said_so_is_not_recorded(cast, client, story, file, words, says):
    client.force_login(cast.reporter)
    answer = put(client, story, file, words)
    assert answer.status_code == 400
    assert says in answer.json()["refused"]
    assert not Quote.objects.exists()


def test_nothing_off_the_record_is_put_in(cast, client, story):
    interview = make_interview(make_source(), terms="off_the_record", recorded_by=cast.reporter)
    file = make_transcript(interview, TALK)
    client.force_login(cast.reporter)
    assert "data-put" not in told(client.get(at(story, file))).replace("data-put-told", "")
    assert "off the record" in put(client, story, file, "Is that not enough?").json()["refused"]
    assert not Quote.objects.exists()


def test_a_story_that_was_saved_since_is_not_recorded_for(cast, client, story, file):
    client.force_login(cast.reporter)
    answer = client.post(at(story, file), {"words": "Is that not enough?", "seen_revision": "99"})
    assert answer.status_code == 409
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("who", "read", "written"),
    [("reporter", 200, 200), ("editor", 404, 404), ("second_reporter", 404, 404)],
)
def test_of_somebody_unnamed_only_those_who_know_write_from_it(
    cast, client, story, who, read, written
):
    file = make_transcript(make_interview(make_anonymous(), recorded_by=cast.reporter), TALK)
    client.force_login(getattr(cast, who))
    assert client.get(at(story, file)).status_code == read
    assert put(client, story, file, "Is that not enough?").status_code == written


def test_who_only_reads_a_story_reads_the_transcript_and_presses_nothing(cast, client, file):
    story = make_article(assigned_to=cast.reporter, stage="submitted")
    client.force_login(cast.reporter)
    shown = client.get(at(story, file)).content.decode()
    assert "We lost the harbour" in shown
    assert "data-put>" not in shown
    assert put(client, story, file, "Is that not enough?").status_code == 403


def test_undo_gives_back_what_the_press_made(cast, client, story, file):
    client.force_login(cast.reporter)
    key = put(client, story, file, "Is that not enough?").json()["quote"]
    back = client.post(reverse("admin:articles_article_whose", args=[story.pk]), {"undo": key})
    assert back.json()["interview"] == file.interview_id
    assert not Quote.objects.exists()
    assert not story.interviews.exists()
    assert not story.sources.exists()
    assert file.interview.files.exists()


def test_a_quotation_that_a_transcript_has_is_recorded_from_there_at_one_press(
    cast, client, story, file
):
    story.interviews.add(file.interview)
    story.body = "<p>“We lost the harbour in a night,” said Ada Holt.</p>"
    story.save()
    [finding] = [each for each in check(CheckedMaterial(story)) if each.code == "quote-unrecorded"]
    assert (finding.transcript.start, finding.transcript.speaker) == (4.0, "Holt")
    client.force_login(cast.reporter)
    page = client.get(reverse("admin:articles_article_change", args=[story.pk]))
    assert f'data-record-heard="{at(story, file)}"' in page.content.decode()
    asked = client.post(
        reverse("admin:articles_article_whose", args=[story.pk]),
        {"words": finding.transcript.words + ",", "body": story.body},
    )
    assert "Record it as Ada Holt’s" in told(asked)
    assert "at 0:04 in the transcript" in told(asked)
    assert put(client, story, file, finding.transcript.words + ",").status_code == 200
    assert Quote.objects.get().words == "We lost the harbour in a night."  # as it was said
    assert "quote-unrecorded" not in {each.code for each in check(CheckedMaterial(story))}
    [quote] = CheckedMaterial(story).quotes
    assert quote.checked.start == 4.0


def with_minutes(story, content=MINUTES, name="minutes.pdf"):
    return NotebookEntry.objects.create(
        article=story,
        kind="document",
        title="Minutes of the harbour board",
        file=SimpleUploadedFile(name, content),
    )


def beside(client, story, entry):
    path = reverse("admin:articles_article_document", args=[story.pk])
    return client.post(path, {"entry": entry.pk})


def test_a_document_of_the_notebook_is_quoted_with_its_page(cast, client, story):
    entry = with_minutes(story)
    client.force_login(cast.reporter)
    page = client.get(reverse("admin:articles_article_change", args=[story.pk]))
    assert f'data-document="{entry.pk}"' in page.content.decode()
    path = beside(client, story, entry).json()["path"]
    assert beside(client, story, entry).json()["path"] == path  # it is read once
    assert "p. 2" in told(client.get(path))
    assert not story.sources.exists()  # until words of it are put in
    words = "The board agreed not to raise the fare before the spring."
    answer = client.post(path, {"words": words, "seen_revision": 0}).json()
    assert answer["after"] == " according to Minutes of the harbour board."
    story.body = f"<p>“{answer['words']}”{answer['after']}</p>"
    version = compose(Material(story))
    assert [each["kind"] for each in version.sources] == ["document"]
    [shown] = backings(version).values()
    assert shown.words.startswith("Minutes of the harbour board. In a document, ")
    assert shown.words.endswith("Found in the document, page 2.")
    assert tally(version.sources) == "1 document"
    assert not [each for each in check(CheckedMaterial(story)) if each.code.startswith("quote-")]
    Quote.objects.update(words="The board agreed to raise the fare before the spring.")
    story.body = "<p>“The board agreed to raise the fare before the spring,” the minutes say.</p>"
    [finding] = [
        each for each in check(CheckedMaterial(story)) if each.code == "quote-not-in-transcript"
    ]
    assert "The document does not say this" in finding.message
    assert finding.transcript.page == 2


def test_which_date_a_document_bears_is_asked_once(cast, client, story):
    client.force_login(cast.reporter)
    path = beside(client, story, with_minutes(story)).json()["path"]
    assert "Which date does it bear?" in told(client.get(path))
    for wrong in ("", "2026-02-30", "9999-01-01"):
        answer = client.post(path, {"held_on": wrong})
        assert (answer.status_code, "no day" in answer.json()["refused"]) == (400, True)
    assert client.post(path, {"held_on": "2020-03-12"}).status_code == 200
    assert Interview.objects.get().held_on.isoformat() == "2020-03-12"
    assert "Which date does it bear?" not in told(client.get(path))
    assert client.post(path, {"held_on": "2020-03-13"}).status_code == 409
    client.force_login(cast.second_reporter)
    assert client.post(path, {"held_on": "2020-03-13"}).status_code == 404


def test_a_document_that_cannot_be_read_makes_no_source(cast, client, story):
    client.force_login(cast.reporter)
    answer = beside(client, story, with_minutes(story, b"\x01\x02\x03" * 90, "log.txt"))
    assert answer.status_code == 400
    assert "Minutes of the harbour board: This file is no text" in answer.json()["refused"]
    assert not Source.objects.exists()
    client.force_login(cast.second_reporter)
    assert beside(client, story, with_minutes(story)).status_code == 404


def test_words_on_terms_that_name_nobody_stand_by_themselves(cast, client, story, file):
    Interview.objects.update(terms="on_background")
    client.force_login(cast.reporter)
    assert put(client, story, file, "Is that not enough?").json()["after"] == ""


def test_words_that_are_on_record_twice_are_put_in_all_the_same(cast, client, story, file):
    for _ in range(2):
        file.interview.quotes.create(words="Is that not enough?")
    client.force_login(cast.reporter)
    assert put(client, story, file, "Is that not enough?").json()["undo"] is False


def test_undo_of_whose_words_takes_no_interview_that_left_something(cast, client, story):
    client.force_login(cast.reporter)
    given = {
        "words": "It froze.",
        "who": "named",
        "name": "Bo Lind",
        "kind": "person",
        "authorization": "unknown",
        "terms": "on_the_record",
        "how": "phone",
        "held_on": "2026-01-02",
        "basis": "notes",
        "is_quoted": "on",
        "seen_revision": story.revision,
    }
    path = reverse("admin:articles_article_whose", args=[story.pk])
    made = client.post(path, given).json()
    make_transcript(Interview.objects.get(source__name="Bo Lind"), TALK)
    client.post(path, {"undo": made["quote"]})
    assert Interview.objects.get(source__name="Bo Lind").files.exists()


def test_another_newsroom_prints_it_in_its_own_way(cast, client, story, file, settings):
    settings.LANGUAGE_CODE = "ar"
    client.force_login(cast.reporter)
    answer = put(client, story, file, "Is that not enough?").json()
    assert (answer["words"], answer["after"]) == ("Is that not enough?", " (Ada Holt)")
