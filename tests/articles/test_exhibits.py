"""What readers are shown of the evidence itself: by decision alone, and no voice of somebody who is not named."""

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from articles.desk.recording.exhibits import evidence_of, let_hear
from articles.models import Exhibit
from articles.prepared.drawing import draw_told
from articles.publishing.correcting import Replacement, corrected
from articles.publishing.door import publish, publish_update
from articles.record.composing import compose
from articles.record.material import Material
from articles.record.public_files import files_in
from sources.attribution import heard_in_words
from sources.evidence.bringing import bring
from sources.models import Interview, Source
from tests.desk import told
from tests.factories import (
    approve,
    make_anonymous,
    make_article,
    make_byline,
    make_interview,
    make_source,
    make_transcript,
)
from tests.sources.evidence.test_bringing import SPOKEN, wav
from tests.sources.evidence.test_documents import MINUTES

pytestmark = pytest.mark.django_db

SAID = "We lost the harbour."
VTT = "WEBVTT\n\n00:02.000 --> 00:05.000\n<v Holt>We lost the harbour.\n"
AGREED = "not to raise the fare before the spring"


def page(article):
    return reverse("admin:articles_article_exhibits", args=[article.pk])


def press(client, article, recorded, name, **typed):
    sent = {"quote": recorded.pk, "seen": seen(client, article), "press": name, **typed}
    return told(client.post(page(article), sent, follow=True))


def seen(client, article):
    """What the page of whoever is logged in says of the one quotation of a story."""
    return "".join(each.as_seen() for each in client.get(page(article)).context["shown"])


@pytest.fixture
def spoken(cast):
    """A story with words that were said on a recording, and found in its transcript."""
    return story(cast, make_source())


def story(cast, source, **interview):
    held = make_interview(source, SAID, recorded_by=cast.reporter, **interview)
    bring(SimpleUploadedFile("call.m4a", SPOKEN), held, by=cast.reporter)
    make_transcript(held, VTT)
    said = f"<p>“We lost the harbour,” said {source.public_name}.</p>"
    article = make_article(interviews=[held], body=said)
    make_byline(article)
    return article


@pytest.fixture
def written(cast):
    """A story that quotes the minutes of a meeting."""
    minutes = Source.objects.create(kind="document", name="Minutes of the harbour board")
    held = make_interview(minutes, AGREED, how=Interview.How.DOCUMENT)
    bring(SimpleUploadedFile("minutes.pdf", MINUTES), held, by=cast.reporter)
    article = make_article(
        interviews=[held], body=f"<p>The board agreed “{AGREED}”, its minutes say.</p>"
    )
    make_byline(article)
    return article


def quote_of(article):
    [quote] = Material(article).quotes
    return quote


def shown(article):
    return compose(Material(article)).exhibits


SOUND = {"start": "0:02", "seconds": "3", "agreed": "by phone, 3 May"}


def test_an_editor_lets_readers_hear_words_and_they_are_published(cast, client, spoken):
    client.force_login(cast.editor)
    assert "#t=1" in told(client.get(page(spoken)))  # a second before the words
    assert shown(spoken) == []
    assert "Decided." in press(client, spoken, quote_of(spoken), "sound", **SOUND)
    [told_of] = shown(spoken)
    assert (told_of["start"], told_of["seconds"]) == (2, 3)
    exhibit = Exhibit.objects.get()
    desk = client.get(exhibit.file.url)
    assert desk.headers["Content-Type"] == "audio/mp4"
    assert b"".join(desk.streaming_content) != SPOKEN
    part = client.get(exhibit.file.url, headers={"range": "bytes=4-11"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftypM4A ")
    approve(spoken, cast.editor)
    version = publish(spoken, by=cast.editor)
    [file] = files_in(version.content["exhibits"])
    assert file["name"].startswith("sounds/")
    assert file["type"] == "audio/mp4"
    drawn = draw_told(version)
    assert storages["public"].url(file["name"]) in drawn
    assert "is-heard" in drawn
    assert "3 seconds of the recording" in drawn


def test_readers_see_the_passage_and_where_it_stands(cast, client, written):
    client.force_login(cast.editor)
    assert "Decided." in press(client, written, quote_of(written), "passage")
    [told_of] = shown(written)
    assert told_of["passage"] == f"{AGREED}."
    assert told_of["before"].endswith("The board agreed")
    assert told_of["after"] == "Nobody spoke against it."
    approve(written, cast.editor)
    drawn = draw_told(publish(written, by=cast.editor))
    assert f"<mark>{AGREED}.</mark>" in drawn
    assert "page 2" in drawn


def test_a_page_leads_to_the_document_in_the_notebook(cast, client, written):
    upload = SimpleUploadedFile("minutes.pdf", MINUTES)
    written.notebook.create(kind="note", title="How we counted")
    written.notebook.create(kind="document", title="Minutes", file=upload)
    client.force_login(cast.editor)
    press(client, written, quote_of(written), "passage")
    approve(written, cast.editor)
    version = publish(written, by=cast.editor)
    assert f'{version.get_notebook_url()}#entry-2"' in draw_told(version)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"agreed": " "}, "Say how the speaker agreed"),
        ({"start": "soon"}, "Say from which second"),
        ({"seconds": "31"}, "1 to 30"),
        ({"seconds": "nan"}, "1 to 30"),
        ({"seconds": "0.4"}, "1 to 30"),
        ({"start": "9:00"}, "no sound there"),
        ({"seen": "something else"}, "changed since"),
        ({"quote": "0"}, "changed since"),
    ],
)
def test_what_does_not_fit_is_told_and_decides_nothing(cast, client, spoken, typed, says):
    client.force_login(cast.editor)
    assert says in press(client, spoken, quote_of(spoken), "sound", **SOUND | typed)
    assert not Exhibit.objects.exists()


def test_a_reporter_looks_and_does_not_decide(cast, client, spoken):
    spoken.assigned_to = cast.reporter
    spoken.save()
    client.force_login(cast.reporter)
    shown_to_them = told(client.get(page(spoken)))
    assert SAID in shown_to_them
    assert "Let readers hear it" not in shown_to_them
    sent = {"quote": quote_of(spoken).pk, "press": "sound", **SOUND}
    assert client.post(page(spoken), sent).status_code == 403
    client.force_login(cast.second_reporter)
    assert client.get(page(spoken)).status_code == 404


def test_the_voice_of_somebody_unnamed_is_never_published(cast, client):
    source = make_anonymous()
    article = story(cast, source, terms=Interview.Terms.ON_BACKGROUND)
    source.known_to.add(cast.editor)
    client.force_login(cast.editor)
    assert "Let readers hear it" not in told(client.get(page(article)))
    quote = quote_of(article)
    [each] = evidence_of(Material(article), cast.editor)
    told_so = press(client, article, quote, "sound", **SOUND, seen=each.as_seen())
    assert "never published" in told_so
    assert not Exhibit.objects.exists()
    # Nor does one that was decided while they were named.
    source.named, source.name, source.description = True, "Ada Holt", ""
    source.save()
    held = quote.interview
    held.terms = Interview.Terms.ON_THE_RECORD
    held.save()
    assert "Decided." in press(client, article, quote, "sound", **SOUND)
    assert len(shown(article)) == 1
    source.named, source.name, source.description = False, "", "a clerk"
    source.save()
    held.terms = Interview.Terms.ON_BACKGROUND
    held.save()
    Exhibit.objects.update(confirmed_by=cast.standards_editor)
    assert shown(article) == []
    assert "never published" in told(client.get(page(article)))


def test_what_was_not_on_the_record_takes_two_editors(cast, client, written):
    source = written.interviews.get().source
    written.interviews.update(terms=Interview.Terms.ON_BACKGROUND)
    source.known_to.add(cast.editor, cast.standards_editor, cast.reporter)
    client.force_login(cast.editor)
    quote = quote_of(written)
    assert "a second editor confirms it" in press(client, written, quote, "passage")
    assert shown(written) == []
    assert "You decided on this" in press(client, written, quote, "confirm")
    assert shown(written) == []
    waits = "May readers see this?"
    assert waits not in told(client.get(reverse("admin:index")))  # whoever decided is done
    client.force_login(cast.second_editor)
    assert waits in told(client.get(reverse("admin:index")))
    client.force_login(cast.standards_editor)
    assert waits in told(client.get(reverse("admin:index")))
    assert "Confirmed, in your name." in press(client, written, quote, "confirm")
    assert [each["passage"] for each in shown(written)] == [f"{AGREED}."]


def test_other_words_are_decided_anew(cast, client, spoken):
    client.force_login(cast.editor)
    quote = quote_of(spoken)
    press(client, spoken, quote, "sound", **SOUND)
    quote.words = "We lost the harbour, all of it."
    quote.save()
    spoken.body = "<p>“We lost the harbour, all of it,” said Ada Holt.</p>"
    spoken.save()
    assert shown(spoken) == []
    assert "decide anew" in told(client.get(page(spoken)))


def test_a_sound_leaves_the_disk_with_its_decision(
    cast, client, spoken, django_capture_on_commit_callbacks
):
    client.force_login(cast.editor)
    press(client, spoken, quote_of(spoken), "sound", **SOUND)
    name = Exhibit.objects.get().file.name
    assert storages["default"].exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert "not shown it any more" in press(client, spoken, quote_of(spoken), "withdraw")
    assert not storages["default"].exists(name)
    assert shown(spoken) == []


def test_a_correction_shows_the_evidence_of_words_that_stand_alone(cast, client, spoken):
    client.force_login(cast.editor)
    spoken.body += "<p>It froze.</p>"
    spoken.save()
    press(client, spoken, quote_of(spoken), "sound", **SOUND)
    approve(spoken, cast.editor)
    live = publish(spoken, by=cast.editor)
    quotes = Material(spoken).quotes
    assert corrected(live, [Replacement("It froze", "It thawed")], quotes).exhibits == live.exhibits
    assert corrected(live, [Replacement("the harbour", "the pier")], quotes).exhibits == []


def test_showing_evidence_of_a_live_story_is_a_change_that_readers_see(cast, client, spoken):
    approve(spoken, cast.editor)
    live = publish(spoken, by=cast.editor)
    client.force_login(cast.editor)
    press(client, spoken, quote_of(spoken), "sound", **SOUND)
    spoken.refresh_from_db()
    version = publish_update(spoken, by=cast.editor, kind="development", note="Now to be heard.")
    assert (len(live.exhibits), len(version.exhibits)) == (0, 1)


def test_what_is_cut_is_what_the_editor_heard(cast, client, spoken):
    client.force_login(cast.editor)
    before = seen(client, spoken)
    other = SimpleUploadedFile("other.wav", wav(5))
    bring(other, spoken.interviews.get(), by=cast.reporter)
    said = press(client, spoken, quote_of(spoken), "sound", **SOUND, seen=before)
    assert "changed since" in said
    assert not Exhibit.objects.exists()


def test_the_second_editor_confirms_what_they_saw(cast, client, written):
    written.interviews.update(terms=Interview.Terms.ON_BACKGROUND)
    quote = quote_of(written)
    client.force_login(cast.editor)
    press(client, written, quote, "passage")
    client.force_login(cast.standards_editor)
    before = seen(client, written)
    client.force_login(cast.editor)
    press(client, written, quote, "withdraw")
    press(client, written, quote, "passage")
    client.force_login(cast.standards_editor)
    assert "changed since" in press(client, written, quote, "confirm", seen=before)
    assert Exhibit.objects.get().confirmed_by is None


def test_a_sound_closes_with_its_interview_and_can_be_taken_away(cast, client, spoken):
    client.force_login(cast.editor)
    press(client, spoken, quote_of(spoken), "sound", **SOUND)
    exhibit = Exhibit.objects.get()
    client.force_login(cast.second_editor)
    assert client.get(exhibit.file.url).status_code == 200
    spoken.interviews.update(terms=Interview.Terms.OFF_THE_RECORD)
    assert client.get(exhibit.file.url).status_code == 404
    assert SAID not in told(client.get(page(spoken)))
    assert "Take it away for good" in told(client.get(page(spoken)))
    client.post(page(spoken), {"closed": exhibit.pk})
    assert not Exhibit.objects.exists()


def test_a_correction_shows_nothing_that_was_withdrawn_or_may_not_be_heard(cast, client, spoken):
    client.force_login(cast.editor)
    spoken.body += "<p>It froze.</p>"
    spoken.save()
    press(client, spoken, quote_of(spoken), "sound", **SOUND)
    approve(spoken, cast.editor)
    live, wrong = publish(spoken, by=cast.editor), [Replacement("It froze", "It thawed")]
    source = spoken.interviews.get().source
    source.named, source.name, source.description = False, "", "a clerk"
    source.save()
    assert corrected(live, wrong, []).exhibits == []
    source.named, source.name, source.description = True, "Ada Holt", ""
    source.save()
    assert len(corrected(live, wrong, []).exhibits) == 1
    press(client, spoken, quote_of(spoken), "withdraw")
    assert corrected(live, wrong, []).exhibits == []


def test_of_two_who_decide_at_once_no_second_voice_stays_on_the_disk(cast, spoken):
    [each] = evidence_of(Material(spoken), cast.editor)
    let_hear(spoken, each, 1, 2, "by phone", by=cast.editor)
    folder = storages["default"].base_location / "exhibits"
    kept = list(folder.rglob("sound*"))
    with pytest.raises(IntegrityError):
        let_hear(spoken, each, 1, 2, "by phone", by=cast.second_editor)
    assert list(folder.rglob("sound*")) == kept


def test_what_readers_are_told_of_a_document_on_background_is_its_month(cast, client, written):
    written.interviews.update(terms=Interview.Terms.ON_BACKGROUND, held_on="2026-11-29")
    [held] = compose(Material(written)).interviews
    assert (held["how"], held["held"]) == ("document", "2026-11")
    assert heard_in_words("document", "2026-11") == "In a document, November 2026"
