"""What a reporter states may rest on a passage of a document: tied at a press, told to readers with its page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.audit.period import Period
from articles.audit.tables import tables
from articles.desk.story.panel import footings
from articles.models import QuoteUse
from articles.prepared.drawing import draw_body, draw_told
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish
from articles.record.composing import compose
from articles.record.material import Material
from articles.record.telling import words_in
from articles.sourcing.checked_material import CheckedMaterial
from sources.evidence.bringing import bring
from sources.models import Interview, Source
from tests.factories import approve, make_article, make_interview, make_source
from tests.sources.evidence.test_documents import MINUTES

pytestmark = pytest.mark.django_db

PASSAGE = "The board agreed not to raise the fare before the spring."
STATED = "the fare stays as it is until the spring"


@pytest.fixture
def minutes(cast):
    source = Source.objects.create(kind="document", name="Minutes of the harbour board")
    held = make_interview(source, PASSAGE, how=Interview.How.DOCUMENT)
    bring(SimpleUploadedFile("minutes.pdf", MINUTES), held, by=cast.reporter)
    return held


def story(held, body, **fields):
    key = held.quotes.get().pk
    return make_article(interviews=[held], body=body.replace("KEY", str(key)), **fields)


@pytest.fixture
def article(minutes):
    return story(
        minutes, f'<p>It froze, and <mark data-quote="KEY">{STATED}</mark>. It is cold.</p>'
    )


def test_a_statement_is_told_with_the_page_on_which_it_rests(article, cast):
    approve(article, cast.editor)
    version = publish(article, by=cast.editor)
    assert version.facts == [
        {"key": "f1", "source": "s1", "interview": "i1", "page": 2, "row": None}
    ]
    assert version.quotations == []
    drawn = draw_told(version)
    assert f'<span class="fact" id="f1">{STATED}' in drawn
    assert "Minutes of the harbour board" in drawn
    assert ", page 2." in drawn
    assert 'popovertarget="said-f1"' in drawn
    # For programs the words stand as they are; a key is nobody's word.
    assert f"and {STATED}." in draw_body(version)
    assert "f1" not in list(words_in(version.content["facts"]))


def test_its_reporter_sees_in_the_margin_on_what_it_rests(article, minutes):
    [footing] = footings(CheckedMaterial(article), {minutes.pk})
    assert (footing.words, footing.who) == (STATED, "Minutes of the harbour board")
    assert (footing.how, footing.tone) == ("rests on page 2", "backed")
    [footing] = footings(CheckedMaterial(article), set())
    assert footing.who == "recorded"


@pytest.mark.parametrize(
    "body",
    [
        # Between quotation marks it is what the document says, and is held against it.
        f'<p>“<mark data-quote="KEY">{PASSAGE}</mark>” the minutes say.</p>',
        '<p>It froze <mark data-quote="999">for a week</mark>.</p>',
        "<p>It froze.</p>",
    ],
)
def test_what_is_a_quotation_or_tied_to_nothing_is_no_such_statement(minutes, body):
    assert compose(Material(story(minutes, body))).facts == []


def test_what_somebody_said_backs_no_statement(cast):
    held = make_interview(make_source(), "It froze.")
    assert (
        compose(Material(story(held, '<p><mark data-quote="KEY">It froze</mark>.</p>'))).facts == []
    )


def test_a_passage_that_is_not_in_the_document_is_told_to_nobody(minutes):
    quote = minutes.quotes.get()
    quote.words = "The board agreed to raise the fare."
    quote.save()
    article = story(minutes, '<p><mark data-quote="KEY">The fare goes up</mark>.</p>')
    assert compose(Material(article)).facts == []
    [footing] = footings(CheckedMaterial(article), {minutes.pk})
    assert (footing.how, footing.tone) == ("the passage is not there", "look")


def test_uses_are_written_down_and_counted_as_no_quotation(article, cast):
    [use] = QuoteUse.objects.all()
    assert (use.is_quotation, use.version) == (False, None)
    approve(article, cast.editor)
    version = publish(article, by=cast.editor)
    assert version.quote_uses.get().is_quotation is False
    found = {table.slug: table.rows for table in tables(Period.asked({}))}
    assert found["quotations"][-1][1] == 0


def test_a_correction_keeps_what_stands_as_it_stood(article, cast):
    approve(article, cast.editor)
    live = publish(article, by=cast.editor)
    wrong = [Replacement("It is cold", "It is mild")]
    version = correct(article, by=cast.editor, note="It was mild.", replacements=wrong)
    assert version.facts == live.facts
    use = version.quote_uses.get()
    assert version.content["body"][0]["runs"][1]["text"] == STATED
    assert Material(article).text[use.start : use.end] == STATED
    wrong = [Replacement("until the spring", "until the summer")]
    version = correct(article, by=cast.editor, note="Until the summer.", replacements=wrong)
    assert (version.facts, list(version.quote_uses.all())) == ([], [])
    assert 'class="fact"' not in draw_told(version)


def test_the_document_on_which_a_statement_rests_stays(article, cast, client, minutes):
    approve(article, cast.editor)
    publish(article, by=cast.editor)
    [file] = minutes.files.all()
    client.force_login(cast.editor)
    path = reverse("admin:sources_interview_remove", args=[minutes.pk, file.pk])
    client.post(path)
    assert minutes.files.exists()
    wrong = [Replacement("It is cold", "It is mild")]
    version = correct(article, by=cast.editor, note="It was mild.", replacements=wrong)
    assert version.quote_uses.get().checked.file == file
