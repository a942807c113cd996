"""Quotations recorded from the story's page: suggested by the text, written down at one submit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.desk.recording.quotes import unrecorded
from articles.desk.recording.unrecorded import _digest
from articles.models import AnonymityApproval, Article
from articles.sourcing.checked_material import CheckedMaterial
from sources.models import Interview, Quote, Source
from tests.desk import told
from tests.factories import make_anonymous, make_article, make_interview, make_source

pytestmark = pytest.mark.django_db

BODY = (
    "<p>“It froze,” said Ada Holt, the harbour master. “It cracked,” Holt said.</p>"
    "<p>“It sank,” she said.</p>"
    "<p>“It burned,” said one clerk with access to the ledger.</p>"
)


HOLT, CLERK = (
    f"speaker-{_digest(called)}" for called in ("Ada Holt", "one clerk with access to the ledger")
)


def page_url(article):
    return reverse("admin:articles_article_record", args=[article.pk])


def suggested(article):
    speakers, quotations = unrecorded(CheckedMaterial(article))
    return (
        [speaker.fullest for speaker in speakers],
        [(each.quotation.words, each.speaker.fullest) for each in quotations],
    )


def unread(article, page):
    """What the page would post, as it stands."""
    form = page.context["form"]
    fields = {"seen_revision": article.revision}
    for each in [form.basis, *form.speakers, *form.quotes]:
        for bound in each:
            value = bound.value()
            fields[bound.html_name] = "" if value is None else value
    return {name: value for name, value in fields.items() if value is not False}


def posted(article, page, **changed):
    """What somebody would post who has chosen where the page makes no guess."""
    fields = unread(article, page) | {"basis": "notes"}
    for form in page.context["form"].speakers:
        is_named = form["who"].value() != "anonymous"
        fields |= {
            f"{form.prefix}-held_on": timezone.localdate().isoformat(),
            f"{form.prefix}-how": "phone",
            f"{form.prefix}-terms": "on_the_record" if is_named else "on_background",
        }
    for form in page.context["form"].quotes:
        if form.spoken_of:
            fields[f"{form.prefix}-said_by"] = HOLT.removeprefix("speaker-")
    return fields | changed


@pytest.fixture
def article(cast):
    return make_article(body=BODY, assigned_to=cast.reporter)


def test_the_text_suggests_who_spoke(article):
    assert suggested(article) == (
        ["Ada Holt", "one clerk with access to the ledger"],
        [
            ("It froze,", "Ada Holt"),
            ("It cracked,", "Ada Holt"),
            ("It sank,", "Ada Holt"),
            ("It burned,", "one clerk with access to the ledger"),
        ],
    )


def test_all_is_recorded_at_one_submit(cast, client, article):
    client.force_login(cast.reporter)
    page = client.get(page_url(article))
    reason = {f"{CLERK}-reason": "they fear dismissal"}
    answer = client.post(page_url(article), posted(article, page, **reason), follow=True)
    assert "4 quotations recorded." in told(answer)
    assert "4 of 4 backed" in told(answer)
    holt, clerk = Source.objects.order_by("pk")
    assert (holt.named, holt.name, holt.later_reference) == (True, "Ada Holt", "Holt")
    assert (clerk.named, clerk.description) == (False, "a clerk with access to the ledger")
    assert list(clerk.known_to.all()) == [cast.reporter]
    assert set(article.sources.all()) == {holt, clerk}
    terms = {each.source: each.terms for each in article.interviews.all()}
    assert terms == {holt: "on_the_record", clerk: "on_background"}
    assert {quote.history.first().history_user for quote in Quote.objects.all()} == {cast.reporter}


def test_a_page_that_is_pressed_unread_records_nothing(cast, client, article):
    client.force_login(cast.reporter)
    page = client.get(page_url(article))
    answer = client.post(page_url(article), unread(article, page))
    assert told(answer).count("This field is required.") == 6  # when, how and on what terms, of two
    assert "Say how the words are known." in told(answer)
    # “she said”: whom that means is not for the page to say.
    assert told(answer).count("Say who said it, or untick it.") == 1
    assert "The story says “she”." in told(answer)
    assert not (Source.objects.exists() or Interview.objects.exists() or Quote.objects.exists())


def test_how_the_words_are_known_is_said_once_or_for_each(cast, client, article):
    client.force_login(cast.reporter)
    page = client.get(page_url(article))
    first = page.context["form"].quotes[0].prefix
    client.post(page_url(article), posted(article, page, **{f"{first}-basis": "copied"}))
    assert [quote.basis for quote in Quote.objects.all()] == ["copied", "notes", "notes", "notes"]
    panel = told(client.get(reverse("admin:articles_article_change", args=[article.pk])))
    assert "1 of them only copied out of the story." in panel


def test_what_is_recorded_already_is_joined_and_offered_once(cast, client, article):
    holt = make_source("Ada Holt")
    interview = make_interview(
        holt, "It froze.", held_on=timezone.localdate(), how="phone", recorded_by=cast.reporter
    )
    article.interviews.add(interview)
    client.force_login(cast.reporter)
    page = client.get(page_url(article))
    assert [form.initial["words"] for form in page.context["form"].quotes] == [
        "It cracked,",
        "It sank,",
        "It burned,",
    ]
    client.post(page_url(article), posted(article, page))
    assert Interview.objects.filter(source=holt).count() == 1
    assert interview.quotes.count() == 3


def test_what_is_unticked_is_left_and_its_speaker_need_not_be_filled_in(cast, client, article):
    client.force_login(cast.reporter)
    page = client.get(page_url(article))
    fields = posted(article, page, **{f"{CLERK}-description": ""})
    del fields[f"{page.context['form'].quotes[3].prefix}-wanted"]
    client.post(page_url(article), fields)
    assert [source.name for source in Source.objects.all()] == ["Ada Holt"]
    assert Quote.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({f"{HOLT}-name": ""}, "A named source needs a name"),
        ({f"{CLERK}-description": ""}, "Say how the story describes this source"),
        ({f"{HOLT}-held_on": "2999-01-01"}, "That day is still to come"),
        ({f"{HOLT}-held_on": "soon"}, "Enter a valid date"),
        ({f"{HOLT}-who": "99999"}, "Select a valid choice"),
        ({"quote-0": ""}, "Say who said it, or untick it"),
        ({"basis": ""}, "Say how the words are known"),
        ({f"{HOLT}-terms": ""}, "This field is required"),
        ({"seen_revision": "7"}, "The story was changed since"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(cast, client, article, changed, message):
    client.force_login(cast.reporter)
    page = client.get(page_url(article))
    if "quote-0" in changed:
        changed = {f"{page.context['form'].quotes[0].prefix}-said_by": ""}
    answer = client.post(page_url(article), posted(article, page, **changed, **KEPT))
    assert message in told(answer)
    assert "they fear dismissal" in told(answer)
    assert not Source.objects.exists()
    assert not Quote.objects.exists()


KEPT = {f"{CLERK}-reason": "they fear dismissal"}


def test_a_source_whom_somebody_else_knows_is_not_offered(cast, client, article):
    hidden = make_anonymous("a clerk with access to the ledger", added_by=cast.second_reporter)
    client.force_login(cast.reporter)
    assert f"{hidden}</option>" not in told(client.get(page_url(article)))
    hidden.known_to.add(cast.reporter)
    assert f"{hidden}</option>" in told(client.get(page_url(article)))


@pytest.mark.parametrize("page", ["record", "ask", "check"])
def test_a_storys_tools_are_its_writers(cast, client, article, page):
    url = reverse(f"admin:articles_article_{page}", args=[article.pk])
    request = client.post if page == "check" else client.get
    client.force_login(cast.second_reporter)
    assert request(url).status_code == 404
    client.force_login(cast.reporter)
    assert request(url).status_code == 200
    Article.objects.filter(pk=article.pk).update(stage="submitted")
    assert request(url).status_code == 403
    client.force_login(cast.editor)
    assert request(url).status_code == 200


def test_the_panel_checks_what_is_typed_and_saves_nothing(cast, client, article):
    client.force_login(cast.reporter)
    url = reverse("admin:articles_article_check", args=[article.pk])
    typed = {"body": "<p>“It \x00thawed,” said Bo Lind.</p><script>x</script>", "deck": ""}
    panel = told(client.post(url, typed))
    assert "No recorded quote backs this: “It thawed”" in panel
    assert "The story has no deck." in panel
    assert client.get(url).status_code == 405
    article.refresh_from_db()
    assert article.body == BODY


def test_anonymity_is_asked_for_all_at_once(cast, client, article):
    clerks = [
        make_anonymous(f"a clerk of quay {number}", added_by=cast.reporter) for number in (1, 2)
    ]
    article.sources.add(*clerks, make_source())
    client.force_login(cast.reporter)
    url = reverse("admin:articles_article_ask", args=[article.pk])
    first, second = (f"source-{clerk.pk}" for clerk in clerks)
    attested = {
        f"{prefix}-{name}": "on"
        for prefix in (first, second)
        for name in AnonymityApproval.ATTESTATIONS
    }
    half = {**attested, f"{first}-reason": "Only they saw it."}
    refused = told(client.post(url, half))
    assert "This field is required" in refused
    assert "Only they saw it." in refused
    assert not article.anonymity_approvals.exists()
    whole = half | {f"{second}-reason": "They, too."}
    assert "Attest all four" in told(client.post(url, whole | {f"{second}-vital": ""}))
    assert not article.anonymity_approvals.exists()
    client.post(url, whole)
    asked = article.anonymity_approvals.order_by("pk")
    assert [each.attested for each in asked] == [list(AnonymityApproval.ATTESTATIONS)] * 2
    assert {each.asked_by for each in asked} == {cast.reporter}
