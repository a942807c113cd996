"""The desk, as its people use it and as others try to."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from articles.models import (
    AnonymityApproval,
    Article,
    CommentRequest,
    NotebookEntry,
    Update,
    Version,
)
from articles.sourcing import check
from articles.stages import MOVES, Stage
from articles.times import DeskDateTimeField
from articles.workflow import make_move, open_moves
from sources.models import Interview, Source
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_document,
    make_interview,
    make_live,
    make_photo,
    make_section,
    make_source,
)

pytestmark = pytest.mark.django_db

INLINES = ("bylines", "comment_requests", "anonymity_approvals", "notebook")


def change_url(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(article=None, **fields):
    """What the story's page would post."""
    given = {
        "headline": "Harbour freezes",
        "slug": "harbour-freezes",
        "deck": "Ice",
        "body": "<p>It froze.</p>",
        "section": make_section().pk,
        "tags": "",
    }
    if article:
        for name in given:
            value = getattr(article, name)
            given[name] = "" if name == "tags" else getattr(value, "pk", value)
        given["seen_revision"] = article.revision
        given["assigned_to"] = article.assigned_to_id or ""
    for prefix in INLINES:
        given |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return given | fields


def post(client, article=None, **fields):
    url = change_url(article) if article else reverse("admin:articles_article_add")
    return client.post(url, form_of(article, **fields), follow=True)


def press(client, article, name, **fields):
    """Post a move's page, as it was when the story was as `article` is."""
    url = reverse("admin:articles_article_move", args=[article.pk, name])
    return client.post(url, {"seen_revision": article.revision, **fields}, follow=True)


def told(response):
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')


# Writing


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
    assert 'value="My own words"' in told(page)
    assert Article.objects.count() == 1


def test_of_two_who_save_the_second_is_told_and_keeps_the_text(cast, client):
    article = make_article()
    client.force_login(cast.editor)
    stale = form_of(article, headline="Second")
    post(client, article, headline="First")
    page = client.post(change_url(article), stale)
    assert "Somebody saved this story after you opened it" in told(page)
    assert 'value="Second"' in told(page)
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
    fields = {
        "comment_requests-TOTAL_FORMS": 1,
        "comment_requests-INITIAL_FORMS": 1,
        "comment_requests-0-id": request.pk,
        "comment_requests-0-article": article.pk,
        "comment_requests-0-asked": "The mayor",
        "comment_requests-0-taken_back": [mistaken.pk],
    }
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


# Who may do what


@pytest.mark.parametrize(
    ("who", "stage", "status", "editable"),
    [
        ("reporter", "draft", 200, True),
        ("reporter", "sent_back", 200, True),
        ("reporter", "submitted", 200, False),
        ("reporter", "published", 200, False),
        ("second_reporter", "draft", 302, False),
        ("editor", "draft", 200, True),
        ("editor", "published", 200, True),
        ("standards_editor", "submitted", 200, True),
        ("photo_editor", "draft", 403, False),
        ("outsider", "draft", 403, False),
    ],
)
def test_who_sees_and_changes_a_story(cast, client, who, stage, status, editable):
    article = make_article(assigned_to=cast.reporter, stage=stage)
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
    user = getattr(cast, who)
    article = make_article(assigned_to=cast.reporter, stage=stage, scheduled_at=timezone.now())
    if stage == Stage.PUBLISHED:
        article = make_live(cast.editor, assigned_to=cast.reporter)
    client.force_login(user)
    names = [move.name for move in open_moves(article, user)]
    assert "import_published" not in names
    for name in names:
        assert f'value="{name}"' in told(client.get(change_url(article))) or who == "reporter"
        page = client.get(reverse("admin:articles_article_move", args=[article.pk, name]))
        assert page.status_code in (200, 302)
        page = post(client, Article.objects.get(pk=article.pk), _move=name)
        assert page.status_code == (403 if who == "reporter" and name == "withdraw" else 200)
        Article.objects.filter(pk=article.pk).update(stage=stage, scheduled_at=timezone.now())


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
    assert {client.get(url).status_code for url in (url, history, then)} == {200}
    client.force_login(cast.editor)
    assert client.post(then, {}).status_code == 403


def test_a_reporter_names_colleagues_who_know_without_seeing_accounts(cast, client):
    client.force_login(cast.reporter)
    cast.editor.first_name, cast.editor.last_name = "Ines", "Calloway"
    cast.editor.save()
    page = told(client.get(reverse("admin:sources_source_add")))
    assert f'<option value="{cast.editor.pk}">Ines Calloway</option>' in page
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


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


# Anonymity


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
    fields = {
        "anonymity_approvals-TOTAL_FORMS": 1,
        "anonymity_approvals-INITIAL_FORMS": 1,
        "anonymity_approvals-0-id": approval.pk,
        "anonymity_approvals-0-article": article.pk,
        "anonymity_approvals-0-reason": approval.reason,
    }
    post(client, article, **fields, **{"anonymity_approvals-0-source": first.pk})
    approval.refresh_from_db()
    assert approval.is_approved
    article.refresh_from_db()
    post(client, article, **fields, **{"anonymity_approvals-0-source": second.pk})
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
    assert "anonymity-unapproved" not in {finding.code for finding in check(article)}
    Source.objects.update(reason="something else")
    assert "anonymity-unapproved" in {finding.code for finding in check(article)}


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
        editable[str(stage)] = b'name="_save"' in client.get(url).content
        client.force_login(cast.editor)
        assert b'name="_save"' in client.get(url).content
    assert [stage for stage, may in editable.items() if not may] == [
        "submitted",
        "approved",
        "scheduled",
    ]


def test_a_source_stays_named_or_anonymous_for_good(cast):
    source = make_anonymous()
    source.named, source.name = True, "Eve"
    with pytest.raises(ValidationError, match="two sources"):
        source.full_clean()


def test_a_request_cannot_name_a_source_that_its_reporter_may_not_see(cast, client):
    hidden = make_anonymous("a clerk nobody else knows", added_by=cast.second_reporter)
    article = make_article(assigned_to=cast.reporter)
    client.force_login(cast.reporter)
    fields = {
        "anonymity_approvals-TOTAL_FORMS": 1,
        "anonymity_approvals-0-source": hidden.pk,
        "anonymity_approvals-0-reason": "x",
    }
    page = told(post(client, article, **fields))
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
    assert f'<option value="{cast.reporter.pk}" selected>' in page


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
    }
    client.post(reverse("admin:sources_interview_add"), fields)
    interview = Interview.objects.get()
    assert interview.recorded_by == cast.reporter
    client.force_login(cast.second_reporter)
    page = client.get(reverse("admin:sources_interview_change", args=[interview.pk]))
    assert page.status_code == 200
    assert b'name="terms"' not in page.content


# Times


@pytest.mark.parametrize(
    ("zone", "typed", "message"),
    [
        ("America/New_York", "2026-03-08T02:30", "There is no 02:30 on 8 March 2026"),
        ("America/New_York", "2026-03-08T02:30", "Did you mean 03:30?"),
        ("Europe/London", "2026-10-25T01:15", "01:15 on 25 October 2026 comes twice"),
        ("Europe/London", "2026-10-25T01:15", "before 01:00 or from 02:00 on"),
        ("Europe/London", "yesterday", "Enter a valid date/time"),
    ],
)
def test_a_time_that_does_not_exist_is_told(cast, client, settings, zone, typed, message):
    settings.TIME_ZONE = zone
    article = approve(make_article(), cast.editor)
    client.force_login(cast.editor)
    page = press(client, article, "schedule", at=typed)
    assert message in told(page)
    assert f'value="{typed}"' in told(page)
    article.refresh_from_db()
    assert article.stage == "approved"


def test_a_time_is_read_in_the_newsrooms_zone(settings):
    settings.TIME_ZONE = "America/New_York"
    assert DeskDateTimeField().clean("2026-03-08T03:30").isoformat().endswith("-04:00")


def test_a_time_that_was_not_touched_stays_as_it_was(cast, client, settings):
    """Even one that could not be typed: half past one, the second time, and twenty seconds."""
    settings.TIME_ZONE = "Europe/London"
    article = make_article(assigned_to=cast.reporter)
    deadline = datetime.fromisoformat("2026-10-25T01:30:20+00:00")
    row = CommentRequest.objects.create(article=article, asked="The mayor", deadline=deadline)
    client.force_login(cast.reporter)
    fields = {
        "comment_requests-TOTAL_FORMS": 1,
        "comment_requests-INITIAL_FORMS": 1,
        "comment_requests-0-id": row.pk,
        "comment_requests-0-article": article.pk,
        "comment_requests-0-asked": "The mayor of Quay",
        "comment_requests-0-deadline": "2026-10-25T01:30",
    }
    post(client, article, **fields)
    row.refresh_from_db()
    assert (row.asked, row.deadline) == ("The mayor of Quay", deadline)


@pytest.mark.parametrize("typed", ["9999-12-31T23:59", "0001-01-01T00:00", "2026-13-01T00:00"])
def test_a_time_out_of_this_world_is_refused(settings, typed):
    settings.TIME_ZONE = "America/New_York"
    with pytest.raises(ValidationError):
        DeskDateTimeField().clean(typed)


def test_an_editor_schedules(cast, client):
    article = approve(make_article(), cast.editor)
    client.force_login(cast.editor)
    at = timezone.localtime() + timedelta(days=1)
    press(client, article, "schedule", at=f"{at:%Y-%m-%dT%H:%M}")
    article.refresh_from_db()
    assert (article.stage, article.scheduled_at) == (
        "scheduled",
        at.replace(second=0, microsecond=0),
    )


# The first page


@pytest.mark.parametrize("more", [1, 3])
def test_the_desk_opens_at_one_price(cast, client, more, django_assert_max_num_queries):
    for _ in range(more):
        article = make_article(interviews=[make_interview(make_anonymous())])
        make_approval(article, make_anonymous())
        CommentRequest.objects.create(article=article, asked="The mayor")
        make_live(cast.editor)
    client.force_login(cast.editor)
    with django_assert_max_num_queries(24):
        page = client.get(reverse("admin:index"))
    assert told(page).count("a clerk with access to the ledger") == more
    with django_assert_max_num_queries(60):
        client.get(change_url(article))


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


def test_an_update_is_published_from_the_desk(cast, client):
    article = make_live(cast.editor)
    client.force_login(cast.editor)
    post(client, article, body="<p>Six to five.</p>", _move="publish_update")
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
    assert "Six to five." in live
