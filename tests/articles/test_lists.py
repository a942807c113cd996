"""The lists of the desk: what a row says, the ways to look, what is done to many, and how much it costs."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, StageChange
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish_update
from articles.publishing.workflow import make_move
from newsroom.models import KeptView, User
from tests.articles.test_workflow import scheduled
from tests.desk import post, told
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_interview,
    make_live,
    make_photo,
    make_section,
    make_source,
)

pytestmark = pytest.mark.django_db

STORIES = "/desk/articles/article/"
SOURCES = "/desk/sources/source/"
PHOTOS = "/desk/articles/photo/"


def listed(client, address=STORIES, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return [str(row) for row in answer.context["cl"].result_list]


def views(client, address=STORIES):
    return {view["name"]: view["rows"] for view in client.get(address).context["views"]}


# --- What a list says of a story


def test_a_story_is_told_of_at_a_glance_once_it_is_saved(cast, client):
    client.force_login(cast.reporter)
    article = make_article(assigned_to=cast.reporter, headline="Ice", words=0)
    assert "Not checked" in told(client.get(STORIES))
    post(client, article, body="<p>Six words stand in this story.</p>")
    article.refresh_from_db()
    assert (article.words, article.is_ahead) == (6, False)
    assert article.stops == 1  # nobody said it: `unsourced`
    assert "1 stop" in told(client.get(STORIES))
    assert listed(client, check="stopped") == ["Ice"]
    assert listed(client, check="clear") == []


def test_what_readers_do_not_see_yet_is_told_until_it_is_out(cast, client):
    client.force_login(cast.editor)
    live = make_live(cast.editor, headline="Ice", body="<p>Ice lay on the quay, she said.</p>")
    article = Article.objects.get(pk=live.pk)
    assert not article.is_ahead
    post(client, article, body="<p>Ice lay on the whole quay, she said.</p>")
    article.refresh_from_db()
    assert article.is_ahead
    assert "Changed since" in told(client.get(STORIES))
    assert listed(client, ahead="yes") == ["Ice"]
    # A correction publishes the words that it mends and no others.
    correct(article, [Replacement("Ice lay", "Snow lay")], by=cast.editor, note="It was snow.")
    article.refresh_from_db()
    assert article.is_ahead
    publish_update(article, by=cast.editor, kind="development", note="All of it froze.")
    article.refresh_from_db()
    assert not article.is_ahead
    assert listed(client, ahead="yes") == []


def test_a_stage_has_an_age_which_no_other_save_makes_younger(cast):
    article = make_article(assigned_to=cast.reporter)
    article.sources.add(make_source())
    before = article.stage_since
    make_move(article, "submit", by=cast.reporter)
    article.refresh_from_db()
    assert article.stage_since > before
    since = article.stage_since
    article.save()
    assert Article.objects.get(pk=article.pk).stage_since == since
    assert StageChange.objects.get(article=article).at == since


def test_what_is_wanted_by_a_time_is_late_until_it_is_out(cast, client):
    client.force_login(cast.editor)
    now = timezone.now()
    make_article(headline="Past", wanted_by=now - timedelta(minutes=1))
    make_article(headline="Soon", wanted_by=now + timedelta(hours=1))
    make_article(headline="Whenever")
    make_live(cast.editor, headline="Out", wanted_by=now - timedelta(days=1))
    missed = scheduled(cast, minutes=5, headline="Missed")
    Article.objects.filter(pk=missed.pk).update(scheduled_at=now - timedelta(minutes=1))
    assert {each.headline for each in Article.objects.all() if each.is_late} == {"Past", "Missed"}
    assert sorted(listed(client, time="late")) == ["Missed", "Past"]
    assert views(client)["Late"] == 2


# --- Ways to look


def test_everybody_counts_what_they_may_see(cast, client):
    for n in range(3):
        make_article(assigned_to=cast.reporter, headline=f"Hers {n}")
    make_article(assigned_to=cast.second_reporter, headline="His")
    client.force_login(cast.reporter)
    assert views(client) == {"All": 3, "Mine": 3, "Drafts": 3}
    assert sorted(listed(client, reporter="me")) == ["Hers 0", "Hers 1", "Hers 2"]
    client.force_login(cast.editor)
    assert views(client) == {"All": 4, "Mine": 0, "Drafts": 4}
    assert listed(client, reporter=cast.second_reporter.pk) == ["His"]
    # What nobody offers filters nothing, and is no error.
    for odd in ("9" * 40, "-1", "x", "٣", "me' OR 1=1"):
        assert len(listed(client, reporter=odd)) == 4
    assert len(listed(client, check="x", ahead="x", time="x")) == 4


def test_a_view_is_kept_by_whoever_made_it_and_forgotten(cast, client):
    client.force_login(cast.editor)
    query = urlencode({"section__id__exact": make_section().pk, "check": "stopped"})
    kept = {"path": STORIES, "query": query, "name": "Harbour, stopped"}
    answer = client.post(reverse("admin:keep_view"), kept)
    assert answer["Location"] == f"{STORIES}?{query}"
    page = client.get(answer["Location"])
    assert [view["is_here"] for view in page.context["kept_views"]] == [True]
    assert "Forget “Harbour, stopped”" in told(page)
    # Another has views of their own.
    client.force_login(cast.second_editor)
    assert client.get(STORIES).context["kept_views"] == []
    view = KeptView.objects.get()
    assert client.post(reverse("admin:drop_view", args=[view.pk])).status_code == 404
    client.force_login(cast.editor)
    client.post(reverse("admin:keep_view"), kept | {"query": "check=clear"})
    assert KeptView.objects.get().query == "check=clear"  # of the same name, in its place
    client.post(reverse("admin:drop_view", args=[KeptView.objects.get().pk]))
    assert not KeptView.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"name": ""},
        {"name": "n" * 61},
        {"name": "A\x00B"},
        {"path": "https://elsewhere.example/"},
        {"path": "//elsewhere.example/"},
        {"query": "q" * 1001},
    ],
)
def test_no_view_leads_away_or_breaks_the_list(cast, client, odd):
    client.force_login(cast.editor)
    kept = {"path": STORIES, "query": "", "name": "Mine"} | odd
    answer = client.post(reverse("admin:keep_view"), kept)
    assert answer.status_code == 302
    assert "elsewhere" not in answer["Location"]


# --- To many at once


def done_to(client, name, stories, **given):
    chosen = [story.pk for story in stories]
    return client.post(STORIES, {"action": name, "_selected_action": chosen} | given, follow=True)


def test_many_stories_are_assigned_put_into_a_section_and_tagged(cast, client):
    stories = [make_article(assigned_to=cast.reporter) for _ in range(3)]
    client.force_login(cast.editor)
    asked = done_to(client, "assign", stories)
    assert "To whom" in told(asked)  # asked first, and nothing done
    done_to(client, "assign", stories, given=cast.second_reporter.pk)
    done_to(client, "section", stories, given=make_section("Schools").pk)
    done_to(client, "add_tags", stories, given="Town budget, ice")
    for story in Article.objects.all():
        assert story.assigned_to == cast.second_reporter
        assert story.section.name == "Schools"
        assert set(story.tags.names()) == {"Town budget", "ice"}
        # Whose it was stays known, and whoever has it open is told of the change.
        assert story.writers() >= {cast.reporter.pk, cast.second_reporter.pk}
        assert story.revision == 3
    assert "A tag has at most" in told(done_to(client, "add_tags", stories, given="t" * 91))


def test_of_many_those_that_may_not_move_stay_and_are_told_of(cast, client):
    submitted = make_article(headline="With us", assigned_to=cast.reporter)
    submitted.sources.add(make_source())
    make_move(submitted, "submit", by=cast.reporter)
    draft = make_article(headline="Still hers", assigned_to=cast.reporter)
    client.force_login(cast.editor)
    page = told(done_to(client, "send_back", [submitted, draft], given="Who saw it?"))
    assert "1 story" in page and "Still hers" in page
    submitted.refresh_from_db()
    draft.refresh_from_db()
    assert (submitted.stage, draft.stage) == ("sent_back", "draft")
    assert submitted.stage_changes.first().reason == "Who saw it?"
    done_to(client, "spike", [submitted, draft], given="Not ours.")
    assert set(Article.objects.values_list("stage", flat=True)) == {"spiked"}


def test_keys_that_are_none_choose_nothing(cast, client):
    client.force_login(cast.editor)
    for odd in ("abc", "9" * 30, "-1", "\x00", ""):
        sent = {"action": "section", "_selected_action": odd, "index": "0"}
        assert client.post(STORIES, sent).status_code in (200, 302)


def test_a_reporter_does_to_many_what_is_open_to_reporters(cast, client):
    mine = make_article(assigned_to=cast.reporter)
    client.force_login(cast.reporter)
    offered = client.get(STORIES).context["action_form"].fields["action"].choices
    assert {name for name, _ in offered} == {"", "section", "add_tags"}
    done_to(client, "assign", [mine], given=cast.second_reporter.pk)
    done_to(client, "spike", [mine], given="No.")
    mine.refresh_from_db()
    assert (mine.assigned_to, mine.stage) == (cast.reporter, "draft")
    # In editors' hands it is not theirs to change.
    Article.objects.update(stage="submitted")
    assert "You may not change" in told(done_to(client, "add_tags", [mine], given="ice"))
    assert not mine.tags.exists()


# --- What it costs


def test_lists_ask_as_much_for_many_rows_as_for_few(cast, client, django_assert_max_num_queries):
    def fill(number):
        for n in range(number):
            story = make_article(
                assigned_to=cast.reporter, lead_photo=make_photo(), headline=f"Story {n}"
            )
            source = make_source(f"Ada Holt {Article.objects.count()}")
            source.affiliations.create(title="harbour master")
            story.sources.add(source)
            make_interview(source, "Ice.", recorded_by=cast.reporter)

    client.force_login(cast.editor)
    fill(2)
    for address, most in ((STORIES, 12), (SOURCES, 14), (PHOTOS, 10)):
        client.get(address)
        with django_assert_max_num_queries(most) as few:
            client.get(address)
        rows = len(listed(client, address))
        assert rows == 2
    costs = {}
    for address in (STORIES, SOURCES, PHOTOS):
        with django_assert_max_num_queries(14) as few:
            client.get(address)
        costs[address] = len(few)
    fill(12)
    for address, cost in costs.items():
        with django_assert_max_num_queries(14) as many:
            client.get(address)
        assert len(many) == cost, address


# --- Sources and their pages


def test_sources_are_listed_with_what_this_person_may_know(cast, client):
    holt = make_source("Ada Holt")
    make_interview(holt, "Ice.", terms="on_the_record", recorded_by=cast.reporter)
    make_interview(holt, "Not for print.", terms="off_the_record", recorded_by=cast.reporter)
    hidden = make_anonymous(added_by=cast.reporter)
    hidden.known_to.add(cast.reporter)
    story = make_article(assigned_to=cast.reporter)
    story.sources.add(holt, hidden)
    make_approval(story, hidden)
    client.force_login(cast.reporter)
    assert views(client, SOURCES) == {
        "All": 2,
        "Not by name": 1,
        "Heard by me": 1,
        "In stories being written": 2,
        "Anonymity not decided": 1,
    }
    assert len(listed(client, SOURCES, where="mine")) == 1
    client.force_login(cast.second_reporter)
    assert listed(client, SOURCES) == ["Ada Holt"]
    page = told(client.get(SOURCES))
    assert "clerk" not in page
    # The story is another's: to this person nothing rests on her.
    row = client.get(SOURCES).context["cl"].result_list[0]
    assert row.stories_resting == 0


def test_a_page_of_a_source_tells_what_was_said_and_where_it_stands(cast, client):
    holt = make_source("Ada Holt")
    holt.affiliations.create(title="harbour master")
    said = make_interview(holt, "We lost the whole harbour.", terms="on_the_record")
    live = make_live(
        cast.editor,
        headline="Lost",
        body="<p>“We lost the whole harbour,” Ada Holt said.</p>",
        interviews=[said],
    )
    article = Article.objects.get(pk=live.pk)
    correct(
        article, [Replacement("Ada Holt said", "Ada Holt told us")], by=cast.editor, note="To us."
    )
    client.force_login(cast.editor)
    page = told(client.get(reverse("admin:sources_source_page", args=[holt.pk])))
    for words in (
        "We lost the whole harbour.",
        "harbour master",
        "On the record",
        "Lost",
        "To us.",
    ):
        assert words in page
    assert "Not in a story" not in page


def test_what_is_off_the_record_is_shown_to_those_who_heard_it(cast, client):
    holt = make_source("Ada Holt")
    make_interview(
        holt, "The surveyor is called Bo.", terms="off_the_record", recorded_by=cast.reporter
    )
    address = reverse("admin:sources_source_page", args=[holt.pk])
    client.force_login(cast.reporter)
    assert "The surveyor is called Bo." in told(client.get(address))
    client.force_login(cast.editor)
    page = told(client.get(address))
    assert "Off the record" in page
    assert "The surveyor is called Bo." not in page
    client.force_login(cast.second_reporter)
    assert "Off the record" not in told(client.get(address))


def test_a_source_that_one_may_not_see_has_no_page(cast, client):
    hidden = make_anonymous(added_by=cast.reporter)
    address = reverse("admin:sources_source_page", args=[hidden.pk])
    client.force_login(cast.second_reporter)
    assert client.get(address).status_code == 404
    client.force_login(cast.photo_editor)
    assert client.get(address).status_code == 403
    client.force_login(cast.editor)
    assert client.get(address).status_code == 200


def test_a_story_that_one_may_not_see_is_not_told_of_on_the_page(cast, client):
    holt = make_source("Ada Holt")
    said = make_interview(holt, "Ice.", terms="on_the_record", recorded_by=cast.reporter)
    make_article(
        headline="Secret",
        assigned_to=cast.reporter,
        body="<p>“Ice,” said Ada Holt.</p>",
        interviews=[said],
    )
    address = reverse("admin:sources_source_page", args=[holt.pk])
    client.force_login(cast.reporter)
    assert "Secret" in told(client.get(address))
    client.force_login(cast.second_reporter)
    page = told(client.get(address))
    assert "Secret" not in page and "Ice." in page


def test_approved_stories_wait_in_no_view_of_drafts(cast, client):
    approve(make_article(assigned_to=cast.reporter), cast.editor)
    client.force_login(User.objects.get(pk=cast.editor.pk))
    assert "Drafts" not in views(client)
