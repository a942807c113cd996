"""Sources who are not named: asked for, decided on, and kept from those who do not know."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from articles.desk.today.agenda import anonymity_asked
from articles.models import AnonymityApproval, Article
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from articles.stages import IN_EDITORS_HANDS, Stage
from sources.models import Interview, Source
from tests.desk import inline, post, told
from tests.factories import make_anonymous, make_approval, make_article, make_interview, make_source

pytestmark = pytest.mark.django_db


def anonymity_url(approval):
    return reverse("admin:articles_article_anonymity", args=[approval.pk])


def decide(client, approval, decision, **fields):
    fields |= {"decision": decision, "seen": approval.as_seen()}
    return client.post(anonymity_url(approval), fields, follow=True)


def test_an_editor_decides_on_anonymity_and_a_reporter_does_not(cast, client):
    article = make_article(assigned_to=cast.reporter)
    approval = make_approval(article, make_anonymous())
    client.force_login(cast.reporter)
    assert decide(client, approval, "approved").status_code == 403
    client.force_login(cast.editor)
    assert "why it is refused" in told(decide(client, approval, "refused"))
    assert "You are not on the list" in told(client.get(anonymity_url(approval)))
    decide(client, approval, "approved", knows="on")
    approval.refresh_from_db()
    assert (approval.decision, approval.decided_by) == ("approved", cast.editor)
    assert list(approval.source.known_to.all()) == [cast.editor]
    assert approval.history.first().decision == "approved"


def test_nobody_decides_on_the_anonymity_of_their_own_story(cast, client):
    approval = make_approval(make_article(assigned_to=cast.editor), make_anonymous())
    client.force_login(cast.editor)
    assert "another editor decides" in told(decide(client, approval, "approved"))
    approval.refresh_from_db()
    assert approval.decision == "asked"


def test_an_approval_that_is_changed_is_asked_for_again(cast, client):
    """Otherwise one source's approval could be carried over to another."""
    article = make_article(assigned_to=cast.reporter)
    first, second = (make_anonymous(added_by=cast.reporter) for _ in range(2))
    approval = make_approval(article, first, by=cast.editor)
    client.force_login(cast.reporter)
    same = {"reason": approval.reason, "source": first.pk, **dict.fromkeys(approval.attested, "on")}
    post(client, article, **inline("anonymity_approvals", approval, **same))
    approval.refresh_from_db()
    assert approval.is_approved
    article.refresh_from_db()
    post(client, article, **inline("anonymity_approvals", approval, **same | {"source": second.pk}))
    approval.refresh_from_db()
    assert (approval.source, approval.decision) == (second, "asked")


def test_a_decision_is_on_what_the_editor_saw(cast, client):
    approval = make_approval(make_article(assigned_to=cast.reporter), make_anonymous())
    client.force_login(cast.editor)
    opened = AnonymityApproval.objects.select_related("source").get(pk=approval.pk)
    Source.objects.update(description="the mayor, who is a thief")
    assert "has changed since" in told(decide(client, opened, "approved"))
    approval.refresh_from_db()
    assert approval.decision == "asked"


def test_words_changed_after_their_approval_are_not_approved(cast):
    source = make_anonymous()
    article = make_article(interviews=[make_interview(source)])
    make_approval(article, source, by=cast.editor)
    assert "anonymity-unapproved" not in {
        finding.code for finding in check(CheckedMaterial(article))
    }
    for changed in ({"reason": "something else"}, {"authorization": "not_authorized"}):
        before = Source.objects.values(*changed).get()
        Source.objects.update(**changed)
        assert "anonymity-unapproved" in {
            finding.code for finding in check(CheckedMaterial(article))
        }
        assert [approval.source for approval in anonymity_asked(cast.editor)] == [source]
        Source.objects.update(**before)
    assert anonymity_asked(cast.editor) == []


def test_who_changes_a_request_is_who_asks(cast, client):
    source = make_anonymous(added_by=cast.reporter)
    article = make_article(assigned_to=cast.reporter)
    approval = make_approval(article, source, asked_by=cast.reporter)
    client.force_login(cast.editor)
    mine = {"source": source.pk, "reason": "The editor's own reason"}
    post(client, article, **inline("anonymity_approvals", approval, **mine))
    approval.refresh_from_db()
    assert approval.asked_by == cast.editor
    assert "another editor decides" in told(decide(client, approval, "approved"))


def test_whoever_asked_does_not_decide(cast, client):
    approval = make_approval(make_article(), make_anonymous(), asked_by=cast.editor)
    client.force_login(cast.editor)
    assert "another editor decides" in told(decide(client, approval, "approved"))


@pytest.mark.parametrize("row", ["source", "interview"])
def test_what_a_story_rests_on_is_its_reporters_while_the_story_is(cast, client, row):
    source = make_source(added_by=cast.reporter)
    interview = make_interview(source, recorded_by=cast.reporter)
    article = make_article(interviews=[interview], assigned_to=cast.reporter)
    pk = source.pk if row == "source" else interview.pk
    url = reverse(f"admin:sources_{row}_change", args=[pk])
    editable = {}
    for stage in Stage:
        Article.objects.filter(pk=article.pk).update(stage=stage, scheduled_at=timezone.now())
        client.force_login(cast.reporter)
        editable[stage] = b'name="_save"' in client.get(url).content
        client.force_login(cast.editor)
        assert b'name="_save"' in client.get(url).content
    assert {stage for stage, may in editable.items() if not may} == IN_EDITORS_HANDS


def test_a_source_stays_named_or_anonymous_for_good(cast):
    source = make_anonymous()
    source.named, source.name = True, "Eve"
    with pytest.raises(ValidationError, match="two sources"):
        source.full_clean()


def test_a_request_cannot_name_a_source_that_its_reporter_may_not_see(cast, client):
    hidden = make_anonymous("a clerk nobody else knows", added_by=cast.second_reporter)
    article = make_article(assigned_to=cast.reporter)
    client.force_login(cast.reporter)
    asked = inline("anonymity_approvals", source=hidden.pk, reason="x")
    page = told(post(client, article, **asked))
    assert "is not one of the available choices" in page
    assert hidden.description not in page
    assert not AnonymityApproval.objects.exists()


def test_a_colleague_who_left_is_not_forgotten(cast, client):
    source = make_anonymous(added_by=cast.editor)
    source.known_to.add(cast.reporter)
    article = make_article(assigned_to=cast.reporter)
    cast.reporter.is_active = False
    cast.reporter.save()
    client.force_login(cast.editor)
    post(client, article, headline="Changed")
    article.refresh_from_db()
    assert (article.headline, article.assigned_to) == ("Changed", cast.reporter)
    page = told(client.get(reverse("admin:sources_source_change", args=[source.pk])))
    assert re.search(rf'value="{cast.reporter.pk}"[^>]* checked', page)


def test_an_anonymous_source_with_a_name_is_refused(cast, client):
    client.force_login(cast.reporter)
    inline = {"affiliations-TOTAL_FORMS": 0, "affiliations-INITIAL_FORMS": 0}
    url = reverse("admin:sources_source_add")
    fields = {"kind": "person", "authorization": "unknown", "description": "a clerk", **inline}
    page = client.post(url, fields | {"name": "Eve"})
    assert "does not belong on the desk" in told(page)
    assert not Source.objects.exists()
    client.post(url, fields)
    source = Source.objects.get()
    assert (source.added_by, list(source.known_to.all())) == (cast.reporter, [cast.reporter])


def test_an_interview_is_its_reporters(cast, client):
    source = make_source()
    client.force_login(cast.reporter)
    fields = {
        "source": source.pk,
        "held_on": "2026-01-02",
        "how": "phone",
        "terms": "on_the_record",
        "quotes-TOTAL_FORMS": 1,
        "quotes-INITIAL_FORMS": 0,
        "quotes-0-words": "It froze.",
        "quotes-0-basis": "notes",
    }
    client.post(reverse("admin:sources_interview_add"), fields)
    interview = Interview.objects.get()
    assert interview.recorded_by == cast.reporter
    client.force_login(cast.second_reporter)
    page = client.get(reverse("admin:sources_interview_change", args=[interview.pk]))
    assert page.status_code == 200
    assert b'name="terms"' not in page.content
