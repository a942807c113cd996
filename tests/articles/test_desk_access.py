"""Who sees and changes what on the desk, and what they try."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.desk.story.moves import OWN_PAGES
from articles.models import Article, NotebookEntry, Version
from articles.publishing.workflow import make_move, open_moves
from articles.stages import IN_WRITERS_HANDS, MOVES, STAGES, Hands, Stage
from tests.desk import change_url, form_of, post, press, told
from tests.factories import (
    approve,
    make_anonymous,
    make_article,
    make_document,
    make_interview,
    make_live,
    make_photo,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "stage", "status", "editable"),
    [
        *(("reporter", stage, 200, stage in IN_WRITERS_HANDS) for stage in Stage),
        *(("editor", stage, 200, True) for stage in Stage),
        ("second_reporter", "draft", 302, False),
        ("standards_editor", "submitted", 200, True),
        ("photo_editor", "draft", 403, False),
        ("outsider", "draft", 403, False),
    ],
)
def test_who_sees_and_changes_a_story(cast, client, who, stage, status, editable):
    article = make_article(assigned_to=cast.reporter, stage=stage, scheduled_at=timezone.now())
    client.force_login(getattr(cast, who))
    page = client.get(change_url(article))
    assert page.status_code == status
    assert (b'name="headline"' in page.content) == editable
    if not editable:
        answer = client.post(change_url(article), form_of(article, headline="Changed"))
        assert answer.status_code in (302, 403)
        assert Article.objects.get().headline == article.headline


def test_buttons_are_the_moves_open_to_this_person(cast, client):
    article = approve(make_article(assigned_to=cast.reporter), cast.editor)
    client.force_login(cast.editor)
    page = told(client.get(change_url(article)))
    shown = [
        name for name in ("submit", "publish", "schedule", "spike") if f'value="{name}"' in page
    ]
    assert shown == ["publish", "schedule", "spike"]
    client.force_login(cast.reporter)
    assert "_move" not in told(client.get(change_url(article)))


def test_a_reporter_cannot_publish_by_asking_for_it(cast, client):
    article = approve(make_article(assigned_to=cast.reporter), cast.editor)
    client.force_login(cast.reporter)
    for name in ("publish", "schedule", "spike", "publish_due", "import_published", "none"):
        url = reverse("admin:articles_article_move", args=[article.pk, name])
        assert client.post(url, {"reason": "x", "at": "2099-01-01T10:00"}).status_code == 403
    for name in (*MOVES, "none"):
        draft = make_article(assigned_to=cast.reporter)
        page = post(client, draft, _move=name)
        assert ("The story was submitted" if name == "submit" else "not open to you") in told(page)
    assert not Version.objects.exists()


@pytest.mark.parametrize("who", ["reporter", "editor", "standards_editor"])
@pytest.mark.parametrize("stage", Stage)
def test_every_button_that_is_offered_answers(cast, client, who, stage):
    def standing():
        if STAGES[stage].in_hands_of is Hands.READERS:
            return make_live(cast.editor, assigned_to=cast.reporter)
        return make_article(assigned_to=cast.reporter, stage=stage, scheduled_at=timezone.now())

    user = getattr(cast, who)
    client.force_login(user)
    at = timezone.localtime() + timedelta(days=1)
    needed = {"reason": "Why", "at": f"{at:%Y-%m-%dT%H:%M}", "kind": "editors_note", "note": "Why"}
    for move in open_moves(standing(), user):
        article = standing()
        offered = told(client.get(change_url(article)))
        assert f'value="{move.name}"' in offered or f"/move/{move.name}/" in offered
        page = press(client, Article.objects.get(pk=article.pk), move.name, **needed)
        if move.name in OWN_PAGES:
            assert page.request["PATH_INFO"].endswith(f"/{move.name}/")
            assert page.status_code == 200
            continue
        assert Article.objects.get(pk=article.pk).stage == move.to
        assert article.stage_changes.first().move == move.name


def test_a_reporter_takes_back_what_an_editor_has_not_taken_up(cast, client):
    article = make_article(assigned_to=cast.reporter)
    make_move(article, "submit", by=cast.reporter)
    client.force_login(cast.reporter)
    page = press(client, article, "withdraw")
    assert "The story was taken back" in told(page)


def test_a_story_is_spiked_not_deleted(cast, client):
    article = make_article()
    client.force_login(cast.editor)
    assert (
        client.post(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
    )
    press(client, article, "spike", reason="Not news")
    article.refresh_from_db()
    assert (article.stage, article.stage_changes.get().reason) == ("spiked", "Not news")


@pytest.mark.parametrize("name", ["source", "interview"])
def test_an_anonymous_source_is_seen_by_those_who_know(cast, client, name):
    source = make_anonymous(added_by=cast.reporter)
    interview = make_interview(source, recorded_by=cast.reporter)
    row = source if name == "source" else interview
    url = reverse(f"admin:sources_{name}_change", args=[row.pk])
    seen = {}
    for who in ("reporter", "second_reporter", "editor"):
        client.force_login(getattr(cast, who))
        seen[who] = client.get(url).status_code
    assert seen == {"reporter": 200, "second_reporter": 302, "editor": 200}
    history = reverse(f"admin:sources_{name}_history", args=[row.pk])
    then = reverse(
        f"admin:sources_{name}_simple_history", args=[row.pk, row.history.first().history_id]
    )
    client.force_login(cast.second_reporter)
    assert {client.get(url).status_code for url in (history, then)} == {404}
    if name == "source":
        prefilled = client.get(reverse("admin:sources_interview_add"), {"source": source.pk})
        assert source.description not in told(prefilled)
    source.known_to.add(cast.second_reporter)
    assert client.get(url).status_code == 200
    assert {client.get(url).status_code for url in (history, then)} == {404}
    client.force_login(cast.reporter)
    assert {client.get(url).status_code for url in (history, then)} == {200}
    client.force_login(cast.editor)
    assert client.post(then, {}).status_code == 403


def test_a_reporter_names_colleagues_who_know_without_seeing_accounts(cast, client):
    client.force_login(cast.reporter)
    cast.editor.first_name, cast.editor.last_name = "Ines", "Calloway"
    cast.editor.save()
    page = told(client.get(reverse("admin:sources_source_add")))
    assert f'value="{cast.editor.pk}"' in page
    assert "Ines Calloway</label>" in " ".join(page.split())
    assert client.get(reverse("admin:newsroom_user_changelist")).status_code == 403


@pytest.mark.parametrize("field", ["sources", "interviews"])
def test_a_story_cannot_take_a_source_that_its_reporter_may_not_see(cast, client, field):
    hidden = make_anonymous(added_by=cast.second_reporter)
    row = hidden if field == "sources" else make_interview(hidden, recorded_by=cast.second_reporter)
    client.force_login(cast.reporter)
    page = post(client, **{field: [row.pk]})
    assert "is not one of the available choices" in told(page)
    autocomplete = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "articles", "model_name": "article", "field_name": field, "term": ""},
    )
    assert autocomplete.json()["results"] == []


def test_the_address_line_answers_no_questions(cast, client):
    make_source("Ada Holt")
    client.force_login(cast.reporter)
    answers = [
        client.get(reverse("admin:sources_source_changelist"), {lookup: "A"})
        for lookup in ("name__regex", "added_by__password__startswith", "named__regex")
    ]
    stories = reverse("admin:articles_article_changelist")
    for lookup in ("section__articles__body__contains", "stage__regex", "section__name"):
        answers.append(client.get(stories, {lookup: "A"}))
    assert {answer.status_code for answer in answers} == {400}
    for url, lookup in (
        (reverse("admin:sources_source_changelist"), {"named__exact": "1"}),
        (reverse("admin:sources_interview_changelist"), {"held_on__year": "2026"}),
        (stories, {"section__id__exact": "1", "stage__exact": "draft"}),
    ):
        assert client.get(url, lookup).status_code == 200


def test_an_administrator_learns_nothing_of_sources(cast, client):
    source = make_anonymous(added_by=cast.reporter)
    source.known_to.add(cast.reporter)
    client.force_login(cast.administrator)
    accounts = reverse("admin:newsroom_user_changelist")
    for lookup in ("sources_known", "sources_added__id__exact", "password__startswith"):
        assert client.get(accounts, {lookup: source.pk}).status_code == 400
    assert client.get(accounts, {"is_active__exact": "1"}).status_code == 200
    assert client.get(reverse("admin:sources_source_changelist")).status_code == 403


def test_desk_files_are_for_those_who_see_the_story(cast, client):
    article = make_article(assigned_to=cast.reporter)
    entry = NotebookEntry.objects.create(
        article=article, kind="document", title="Minutes", file=make_document()
    )
    photo = make_photo()
    seen = {}
    for who in ("reporter", "second_reporter", "editor", "outsider"):
        client.force_login(getattr(cast, who))
        seen[who] = [client.get(file.url).status_code for file in (entry.file, photo.file)]
    assert seen == {
        "reporter": [200, 200],
        "second_reporter": [404, 200],
        "editor": [200, 200],
        "outsider": [404, 404],
    }
    client.logout()
    assert client.get(entry.file.url).status_code == 302
    client.force_login(cast.editor)
    entry.file.storage.delete(entry.file.name)
    assert client.get(entry.file.url).status_code == 404
    assert client.get("/desk/files/a%00b").status_code == 404
    preview = reverse("admin:articles_article_preview", args=[article.pk])
    assert client.get(f"{preview}?notebook").status_code == 200
    assert "file-missing" in told(client.get(change_url(article)))


def test_a_reporter_changes_their_own_photos(cast, client):
    photo = make_photo(uploaded_by=cast.reporter)
    url = reverse("admin:articles_photo_change", args=[photo.pk])
    editable = {}
    for who in ("reporter", "second_reporter", "photo_editor", "editor"):
        client.force_login(getattr(cast, who))
        editable[who] = b'name="credit"' in client.get(url).content
    assert editable == {
        "reporter": True,
        "second_reporter": False,
        "photo_editor": True,
        "editor": True,
    }
