"""The desk, as its people use it: writing, moving on, and the first page."""

import pytest
from django.urls import reverse

from articles.models import Article, CommentRequest, NotebookEntry, Update
from articles.record.composing import has_unpublished_words
from articles.record.material import Material
from tests.desk import change_url, form_of, inline, post, press, told
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_interview,
    make_live,
    make_photo,
)

pytestmark = pytest.mark.django_db


def test_a_reporter_writes_and_submits_at_one_press(cast, client):
    client.force_login(cast.reporter)
    post(client, _move="submit")
    article = Article.objects.get()
    assert (article.stage, article.assigned_to) == ("submitted", cast.reporter)


def test_a_move_saves_what_was_typed_first(cast, client):
    article = make_article(assigned_to=cast.reporter)
    client.force_login(cast.reporter)
    post(client, article, headline="Harbour thaws", _move="submit")
    article.refresh_from_db()
    assert (article.stage, article.headline) == ("submitted", "Harbour thaws")


def test_scripts_in_a_body_are_taken_out_and_the_words_kept(cast, client):
    client.force_login(cast.reporter)
    post(client, body='<p>Safe <img src=x onerror="x()"><script>alert(1)</script>words</p>')
    assert Article.objects.get().body == "<p>Safe words</p>"


def test_a_slug_already_taken_is_told_and_nothing_is_lost(cast, client):
    make_article(slug="harbour-freezes")
    client.force_login(cast.reporter)
    page = post(client, headline="My own words")
    assert "Another story has this slug already" in told(page)
    assert "My own words</textarea>" in told(page)
    assert Article.objects.filter(headline="My own words").count() == 0


def test_of_two_who_save_the_second_is_told_and_keeps_the_text(cast, client):
    article = make_article()
    client.force_login(cast.editor)
    stale = form_of(article, headline="Second")
    post(client, article, headline="First")
    page = client.post(change_url(article), stale)
    assert "Somebody saved this story after you opened it" in told(page)
    assert "Second</textarea>" in told(page)
    assert Article.objects.get().headline == "First"


def test_two_editors_who_press_publish_at_once(cast, client):
    article = approve(make_article(), cast.editor)
    client.force_login(cast.editor)
    second = form_of(article, _move="publish")
    assert "The story was published" in told(post(client, article, _move="publish"))
    client.force_login(cast.second_editor)
    page = client.post(change_url(article), second, follow=True)
    assert "Somebody saved this story after you opened it" in told(page)
    assert article.versions.count() == 1


def test_an_attempt_to_reach_somebody_is_logged_with_the_request(cast, client):
    article = make_article(assigned_to=cast.reporter)
    client.force_login(cast.reporter)
    row = {
        "asked": "The mayor",
        "about": "the ice",
        "outcome": "",
        "answer": "",
        "deadline": "2026-01-03T18:00",
        "attempt_at": "2026-01-03T10:00",
        "attempt_channel": "email",
    }
    fields = {f"comment_requests-0-{name}": value for name, value in row.items()}
    fields["comment_requests-TOTAL_FORMS"] = 1
    post(client, article, **fields)
    attempt = CommentRequest.objects.get().attempts.get()
    assert (attempt.channel, attempt.at.isoformat()) == ("email", "2026-01-03T10:00:00+00:00")
    article.refresh_from_db()
    fields["comment_requests-0-attempt_channel"] = ""
    assert "both its time and its channel" in told(post(client, article, **fields))


def test_an_attempt_logged_by_mistake_is_struck(cast, client):
    article = make_article(assigned_to=cast.reporter)
    request = CommentRequest.objects.create(article=article, asked="The mayor")
    kept, mistaken = (request.attempts.create(channel="email") for _ in range(2))
    client.force_login(cast.reporter)
    fields = inline("comment_requests", request, asked="The mayor", taken_back=[mistaken.pk])
    post(client, article, **fields)
    assert list(request.attempts.all()) == [kept]
    article.refresh_from_db()
    late = {"comment_requests-0-attempt_at": "2099-01-01T10:00"}
    late["comment_requests-0-attempt_channel"] = "email"
    assert "once it was made" in told(post(client, article, **fields | late))


def test_preview_saves_first(cast, client):
    article = make_article(assigned_to=cast.reporter)
    client.force_login(cast.reporter)
    page = post(client, article, headline="Typed just now", _preview="1")
    assert "Preview of the working copy" in told(page)
    assert "Typed just now" in told(page)


def test_the_desk_says_what_readers_do_not_see_yet(cast, client):
    article = make_live(cast.editor, lead_photo=make_photo())
    client.force_login(cast.editor)
    assert "do not see the latest" not in told(client.get(change_url(article)))
    page = post(client, article, headline="Changed", _continue="1")
    assert "Readers do not see the latest changes yet" in told(page)


@pytest.mark.parametrize("change", [{"lead_photo": None}, {"body": "<p>It thawed.</p>"}])
def test_what_readers_do_not_see_yet_is_noticed(cast, change):
    article = make_live(cast.editor, lead_photo=make_photo())
    assert not has_unpublished_words(Material(article), article.live_version)
    Article.objects.update(**change)
    assert has_unpublished_words(Material(Article.objects.get()), article.live_version)
    Article.objects.update(**{name: getattr(article, name) for name in change})
    NotebookEntry.objects.create(article=article, kind="note", title="Ice", note="Thin")
    assert has_unpublished_words(Material(Article.objects.get()), article.live_version)


def test_an_update_is_published_from_the_desk(cast, client):
    article = make_live(cast.editor)
    client.force_login(cast.editor)
    post(client, article, body="<p>Six to five, the clerk said.</p>", _move="publish_update")
    note = "An earlier version said seven to four. The vote was six to five."
    correction = {"kind": "correction", "note": note, "requested_by": cast.reporter.pk}
    seen = Article.objects.get(pk=article.pk)
    assert "The story was updated" in told(press(client, seen, "publish_update", **correction))
    assert Update.objects.get().requested_by == cast.reporter
    again = press(client, seen, "publish_update", **correction)
    assert "changed the story since you opened it" in told(again)
    assert article.versions.count() == 2
    live = client.get(article.live_version.get_absolute_url()).content.decode()
    assert note in live
    assert "Six to five, the clerk said." in live


@pytest.mark.parametrize("more", [1, 3])
def test_the_desk_opens_at_one_price(cast, client, more, django_assert_max_num_queries):
    for _ in range(more):
        article = make_article(interviews=[make_interview(make_anonymous())])
        make_approval(article, make_anonymous())
        CommentRequest.objects.create(article=article, asked="The mayor")
        make_live(cast.editor)
    client.force_login(cast.editor)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("admin:index"))
    assert told(page).count("speak unnamed?</a>") == more
    with django_assert_max_num_queries(60):
        client.get(change_url(article))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Town budget", ["Town budget"]),
        ("Ice, Town  budget ,ice,, ", ["Ice", "Town budget"]),
        ('"Town budget"', ["Town budget"]),
        ("ميناء، جليد", ["جليد", "ميناء"]),
        ("", []),
    ],
)
def test_tags_are_parted_by_commas(cast, client, typed, kept):
    client.force_login(cast.editor)
    article = make_article()
    assert client.post(change_url(article), form_of(article, tags=typed)).status_code == 302
    assert sorted(article.tags.names()) == kept
    shown = told(client.get(change_url(article)))
    assert f'name="tags" value="{", ".join(kept)}"' in shown or not kept


def test_a_tag_that_no_column_holds_is_refused_in_words(cast, client):
    client.force_login(cast.editor)
    article = make_article()
    page = client.post(change_url(article), form_of(article, tags="x" * 91, headline="Typed"))
    assert page.status_code == 200
    assert "A tag has at most 90 characters." in told(page)
    assert "Typed" in told(page)
    # Two of which the addresses are alike: the second is numbered, and fits.
    alike = f"{'x' * 89}!, {'x' * 89}?"
    assert client.post(change_url(article), form_of(article, tags=alike)).status_code == 302
    assert article.tags.count() == 2


def test_what_nobody_sends_who_means_well_is_refused_and_is_no_fault(cast, client):
    client.force_login(cast.editor)
    article = make_article()
    asked = "app_label=articles&model_name=article&field_name=lead_photo&term="
    assert client.get(f"/desk/autocomplete/?{asked}ice").status_code == 200
    assert client.get(f"/desk/autocomplete/?{asked}%00").status_code == 200
    assert client.get("/desk/articles/article/?q=%00").status_code == 200
    assert client.get("/desk/articles/article/?stage__exact=%00").status_code in (302, 400)
    history = reverse("admin:articles_article_history", args=[article.pk])
    assert client.get(history).status_code == 200
    assert client.post(history).status_code == 405
