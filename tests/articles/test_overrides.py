"""An editor's decision holds for a rule and what it is about, however the check words it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from articles.models import (
    AnonymityApproval,
    Article,
    CommentRequest,
    Override,
    UpdateRequest,
)
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish
from articles.publishing.workflow import Blocked
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check, stops
from articles.sourcing.rules import RULES, Found
from articles.stages import Severity
from sources.models import Interview, InterviewFile, Quote, Source
from tests.articles.quotation_cases import SAID
from tests.articles.rule_cases import CASES
from tests.articles.rule_stories import bare_photo
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_interview,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reword(monkeypatch):
    """Word every message of the check otherwise, and all of them the same."""

    def reworded(find):
        return lambda story: [replace(found, message="Look again.") for found in find(story)]

    def reword_all():
        for code, rule in RULES.items():
            monkeypatch.setitem(RULES, code, replace(rule, find=reworded(rule.find)))

    return reword_all


def go_past(article, by):
    """Keep a reason for everything past which an editor may go."""
    past = stops(check(CheckedMaterial(article)), {Severity.BLOCK})
    for finding in past:
        Override.objects.create(
            article=article,
            code=finding.code,
            message=finding.message,
            finding_key=finding.key,
            reason="Broadcast.",
            by=by,
            at=timezone.now(),
        )
    return past


# However it is worded


@pytest.mark.parametrize("code", CASES)
def test_a_reason_outlives_the_wording_of_every_message(cast, settings, reword, code):
    article = CASES[code].raises[0](cast)
    settings.SOURCING_RULES = dict.fromkeys(RULES, "block")
    past = go_past(article, cast.editor)
    assert past or RULES[code].severity is Severity.ABSOLUTE
    reword()
    assert {finding.message for finding in check(CheckedMaterial(article))} == {"Look again."}
    assert stops(check(CheckedMaterial(article)), {Severity.BLOCK}) == []


@pytest.mark.parametrize("code", CASES)
def test_a_finding_is_the_same_in_every_language(cast, code):
    article = CASES[code].raises[0](cast)
    with translation.override("ar"):
        arabic = {finding.key for finding in check(CheckedMaterial(article))}
    assert {finding.key for finding in check(CheckedMaterial(article))} == arabic


def test_what_was_decided_is_shown_as_it_was_worded(cast, reword):
    article = make_article(body=SAID)
    [finding] = go_past(article, cast.editor)
    reword()
    assert Override.objects.get().message == finding.message
    assert "No recorded quote backs this" in finding.message


def test_a_correction_is_not_stopped_by_what_was_there_before(cast, reword):
    article = approve(make_article(body=f"{SAID}<p>It froze on Monday.</p>"), cast.editor)
    past = {finding.key: "Broadcast." for finding in check(CheckedMaterial(article))}
    publish(article, by=cast.editor, overrides=past)
    Override.objects.all().delete()
    reword()
    correct(article, [Replacement("Monday", "Sunday")], by=cast.editor, note="It froze on Sunday.")
    article = Article.objects.get(pk=article.pk)
    again = "Sunday. “We lost the whole harbour,” said Ada Holt"
    with pytest.raises(Blocked):
        correct(article, [Replacement("Sunday", again)], by=cast.editor, note="She said it twice.")


# What is found anew


def rewritten(was, now):
    def change(article, cast):
        assert was in article.body
        article.body = article.body.replace(was, now)

    return change


def described(**fields):
    return lambda article, cast: Source.objects.filter(named=False).update(**fields)


def joined(article, cast):
    article.sources.add(make_anonymous("a clerk who keeps the harbour ledger"))


def recorded_of_another(article, cast):
    Quote.objects.update(interview=make_interview(make_source("Bo Lind")))
    article.interviews.set([Quote.objects.get().interview])


def decided_by_another(article, cast):
    AnonymityApproval.objects.update(decided_by=cast.second_editor)


def photo_changed(article, cast):
    article.lead_photo = bare_photo().lead_photo


def corrected_again(article, cast):
    again = [Replacement("six to five", "five to six")]
    correct(Article.objects.get(pk=article.pk), again, by=cast.editor, note="It was.")
    article.body = "<p>The vote was six to five.</p>"


# For each rule that blocks: what makes of its finding in `CASES` another one.
OTHERWISE = {
    "quote-unrecorded": [
        rewritten("harbour", "town"),
        rewritten("Ada Holt", "Bo Lind"),
    ],
    "quote-altered": [
        rewritten("whole", "new"),
        lambda article, cast: Quote.objects.update(words="We lost the odd harbour."),
    ],
    "quote-not-in-transcript": [
        lambda article, cast: InterviewFile.objects.update(digest="0" * 64),
    ],
    "quote-meaning-changed": [
        rewritten("We lost", "We … lost"),
        lambda article, cast: Quote.objects.update(words="Some say we lost the harbour."),
    ],
    "quote-misattributed": [
        rewritten("sister", "brother"),
        recorded_of_another,
    ],
    "anonymity-unrecorded": [rewritten("People familiar with", "Two people briefed on")],
    "pull-quote-altered": [rewritten("old", "new")],
    "quote-beyond-terms": [
        lambda article, cast: Interview.objects.update(terms="deep_background"),
    ],
    "anonymity-unapproved": [
        described(description="a clerk who keeps the ledger"),
        described(reason="they fear for their family"),
        described(authorization="not_authorized"),
    ],
    "anonymity-editor-does-not-know": [decided_by_another],
    "anonymity-reason-missing": [described(description="a clerk who keeps the ledger")],
    "anonymity-description-vague": [rewritten("a senior official", "a source")],
    "anonymity-opinion": [described(reason="they fear for their family")],
    "anonymity-no-byline": [joined],
    "anonymity-central": [joined],
    "comment-not-sought": [
        lambda article, cast: CommentRequest.objects.update(asked="The harbour master"),
        lambda article, cast: CommentRequest.objects.update(about="the missing ledger"),
    ],
    "comment-deadline-open": [
        lambda article, cast: CommentRequest.objects.update(
            deadline=timezone.now() + timedelta(hours=2)
        ),
    ],
    "photo-incomplete": [photo_changed],
    "photo-rights-over": [
        lambda article, cast: setattr(article.lead_photo, "usable_until", date(2020, 2, 1)),
    ],
    "photo-missing": [
        lambda article, cast: rewritten(_photo_key(article), 'data-photo="99999"')(article, cast)
    ],
    "unsourced": [
        lambda article, cast: setattr(article, "headline", "Harbour sold to Quay Ferries")
    ],
    "update-asked": [lambda article, cast: UpdateRequest.objects.update(reason="Libel.")],
    "correction-undone": [corrected_again],
}


def _photo_key(article):
    return article.body[article.body.index("data-photo") :].split(">")[0]


def test_every_rule_that_blocks_is_tried():
    assert OTHERWISE.keys() == {
        code for code, rule in RULES.items() if rule.severity is Severity.BLOCK
    }


@pytest.mark.parametrize(
    ("code", "change"),
    [(code, change) for code, changes in OTHERWISE.items() for change in changes],
)
def test_another_matter_wants_a_reason_of_its_own(cast, reword, code, change):
    article = CASES[code].raises[0](cast)
    assert code in {finding.code for finding in go_past(article, cast.editor)}
    reword()
    assert code not in {
        finding.code for finding in stops(check(CheckedMaterial(article)), {Severity.BLOCK})
    }
    change(article, cast)
    assert code in {
        finding.code for finding in stops(check(CheckedMaterial(article)), {Severity.BLOCK})
    }


def test_the_same_words_of_the_same_speaker_want_a_reason_each_time(cast):
    article = make_article(body=SAID)
    assert len(go_past(article, cast.editor)) == 1
    article.body = f"<p>It froze.</p>{SAID}<p>It thawed.</p>"
    assert stops(check(CheckedMaterial(article)), {Severity.BLOCK}) == []
    article.body += SAID
    assert len(stops(check(CheckedMaterial(article)), {Severity.BLOCK})) == 1
    article.body = SAID
    assert stops(check(CheckedMaterial(article)), {Severity.BLOCK}) == []


# What tells findings apart


@pytest.mark.parametrize("code", CASES)
def test_no_two_findings_of_a_story_have_one_key(cast, reword, code):
    article = CASES[code].raises[0](cast)
    reword()
    keys = [finding.key for finding in check(CheckedMaterial(article))]
    assert len(set(keys)) == len(keys)


def test_rows_that_read_alike_are_told_apart(cast, reword):
    clerks = [make_anonymous("a source", reason="") for _ in range(2)]
    body = SAID + SAID.replace("Ada Holt", "Bo Lind") + SAID
    body += "<aside>We lost it all</aside><aside>We lost it all</aside>"
    body += '<figure data-photo="998"></figure><figure data-photo="999"></figure>'
    article = make_article(body=body, interviews=[make_interview(clerk) for clerk in clerks])
    for clerk in clerks:
        make_approval(article, clerk, information=False)
        CommentRequest.objects.create(article=article, asked="The mayor")
        UpdateRequest.objects.create(
            article=article, reason="False.", asked_by=cast.editor, at=timezone.now()
        )
    reword()
    found = check(CheckedMaterial(article))
    several = {one.code for one in found if [each.code for each in found].count(one.code) > 1}
    assert several == {
        "quote-unrecorded",
        "pull-quote-altered",
        "anonymity-unapproved",
        "anonymity-reason-missing",
        "anonymity-description-vague",
        "anonymity-opinion",
        "comment-not-sought",
        "photo-missing",
        "update-asked",
    }
    assert len({finding.key for finding in found}) == len(found)


@pytest.mark.parametrize("code", CASES)
def test_a_subject_is_not_the_message(cast, code):
    for found in RULES[code].find(CheckedMaterial(CASES[code].raises[0](cast))):
        assert not any(found.message in str(part) for part in found.subject)


def test_no_reason_goes_past_what_is_absolute(cast):
    story = CheckedMaterial(make_article(deck=""))
    [finding] = [each for each in check(story) if each.severity is Severity.ABSOLUTE]
    Override.objects.create(
        article=story.article,
        code=finding.code,
        message=finding.message,
        finding_key=finding.key,
        reason="Never mind.",
        by=cast.editor,
        at=timezone.now(),
    )
    assert stops(check(CheckedMaterial(story.article)), {Severity.ABSOLUTE}) == [finding]


def test_a_finding_without_a_subject_is_refused():
    with pytest.raises(TypeError, match="subject"):
        Found("Nobody has a byline.")
