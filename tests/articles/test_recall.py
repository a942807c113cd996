"""The day a source turns out to be false: all that relies on it, and an update asked of each."""

import pytest
from django.urls import reverse

from articles.desk.sources.recalling import relying_on
from articles.models import Article, UpdateRequest
from articles.publishing.door import publish_update
from articles.record.material import Material
from articles.record.quote_uses import derive_quote_uses
from tests.desk import change_url, told
from tests.factories import make_article, make_interview, make_live, make_source

pytestmark = pytest.mark.django_db

BODY = "<p>“It froze,” said Ada Holt.</p>"


@pytest.fixture
def holt():
    return make_source("Ada Holt")


@pytest.fixture
def interview(holt):
    return make_interview(holt, "It froze.", "It cracked.")


@pytest.fixture
def stories(cast, interview):
    """One that quotes it and is live, one that quoted it once, a draft, and one of somebody else."""
    live = make_live(cast.editor, headline="Live", body=BODY, interviews=[interview])
    mended = make_live(cast.editor, headline="Mended", body=BODY, interviews=[interview])
    mended.interviews.clear()
    mended.body = "<p>It thawed, the harbour master said.</p>"
    mended.save()
    derive_quote_uses(Material(mended))
    publish_update(mended, by=cast.editor, kind="correction", note="It did not freeze.")
    draft = make_article(
        headline="Draft", body=BODY, interviews=[interview], assigned_to=cast.reporter
    )
    other = make_live(
        cast.editor,
        headline="Other",
        interviews=[make_interview(make_source("Bo Lind"), "It froze.")],
    )
    return live, mended, draft, other


def found(recalled, articles=None):
    reliances = relying_on(recalled, Article.objects.all() if articles is None else articles)
    return {
        each.article.headline: (
            each.in_working_copy,
            [v.number for v in each.versions],
            each.is_live,
        )
        for each in reliances
    }


def test_every_story_and_version_that_relies_on_it_is_found(stories, holt, interview):
    froze, cracked = interview.quotes.order_by("pk")
    relying = {
        "Live": (True, [1], True),
        "Mended": (False, [1], False),
        "Draft": (True, [], False),
    }
    assert found(holt) == found(interview) == found(froze) == relying
    assert found(cracked) == {}


def test_a_source_that_is_only_listed_is_relied_on_too(cast, holt):
    story = make_article(headline="ListEntry")
    story.sources.add(holt)
    assert found(holt) == {"ListEntry": (True, [], False)}


def test_one_press_asks_for_an_update_of_each(cast, client, stories, holt):
    live, mended, draft, other = stories
    client.force_login(cast.editor)
    url = reverse("admin:articles_article_recall", args=["source", holt.pk])
    page = told(client.get(url))
    assert "readers see it now" in page
    assert "Other" not in page
    assert "This field is required" in told(client.post(url, {"reason": " "}))
    client.post(url, {"reason": "She was never there."})
    client.post(url, {"reason": "She was never there."})
    asked = UpdateRequest.objects.open()
    assert {each.article for each in asked} == {live, mended, draft}
    assert asked.count() == 3
    assert "She was never there." in told(client.get(change_url(live)))
    assert "She was never there." in told(client.get(reverse("admin:index")))
    assert "She was never there." not in told(client.get(change_url(other)))

    Article.objects.filter(pk=live.pk).update(deck="Mended")
    live.refresh_from_db()
    version = publish_update(live, by=cast.editor, kind="editors_note", note="She was not there.")
    assert UpdateRequest.objects.get(article=live).answered_by == version.update
    assert "She was never there." not in told(client.get(change_url(live)))


def test_a_reporter_sees_what_relies_on_it_among_their_own_and_asks_nothing(
    cast, client, stories, holt
):
    client.force_login(cast.reporter)
    url = reverse("admin:articles_article_recall", args=["source", holt.pk])
    page = told(client.get(url))
    assert "Draft" in page
    assert "Mended" not in page
    assert client.post(url, {"reason": "x"}).status_code == 403
    assert not UpdateRequest.objects.exists()


@pytest.mark.parametrize("kind", ["source", "interview", "quote"])
def test_what_somebody_may_not_see_they_cannot_recall(cast, client, kind, interview):
    interview.terms = "on_background"
    interview.save()
    interview.source.named, interview.source.name = False, ""
    interview.source.description = "a clerk who knows"
    interview.source.save()
    rows = {"source": interview.source, "interview": interview, "quote": interview.quotes.first()}
    url = reverse("admin:articles_article_recall", args=[kind, rows[kind].pk])
    client.force_login(cast.second_reporter)
    assert client.get(url).status_code == 404
    client.force_login(cast.editor)
    assert client.get(url).status_code == 200
    assert client.get(url.replace(kind, "nothing")).status_code == 404


def test_the_desk_leads_there(cast, client, interview):
    client.force_login(cast.editor)
    for kind, row in (("source", interview.source), ("interview", interview)):
        page = told(client.get(reverse(f"admin:sources_{kind}_change", args=[row.pk])))
        assert reverse("admin:articles_article_recall", args=[kind, row.pk]) in page
    page = told(
        client.get(reverse("admin:articles_article_recall", args=["interview", interview.pk]))
    )
    for quote in interview.quotes.all():
        assert reverse("admin:articles_article_recall", args=["quote", quote.pk]) in page
