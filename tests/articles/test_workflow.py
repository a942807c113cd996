"""Every move, by everybody, from every stage: the table is what happens."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from articles.agenda import story_lists
from articles.models import Article, Version
from articles.publishing import publish, publish_due
from articles.stages import MOVES, Stage
from articles.workflow import MoveRefused, make_move, may_move, open_moves
from tests.factories import approve, make_anonymous, make_article, make_live, make_photo

pytestmark = pytest.mark.django_db

EDITORS = {"editor", "second_editor", "standards_editor"}
WHO = {
    "submit": {"reporter"} | EDITORS,
    "withdraw": {"reporter"},
    "approve": EDITORS,
    "send_back": EDITORS,
    "publish": EDITORS,
    "schedule": EDITORS,
    "unschedule": EDITORS,
    "publish_due": set(),
    "publish_update": EDITORS,
    "correct": EDITORS,
    "retract": EDITORS,
    "spike": EDITORS,
    "revive": EDITORS,
    "import_published": {"standards_editor"},
}


@pytest.mark.parametrize("name", MOVES)
def test_who_may_make_a_move(cast, name):
    article = make_article(assigned_to=cast.reporter)
    allowed = {who for who, user in vars(cast).items() if may_move(article, MOVES[name], user)}
    assert allowed == WHO[name]
    assert not may_move(article, MOVES[name], AnonymousUser())


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if not move.is_door])
def test_a_move_starts_from_its_stages_only(cast, name, stage):
    by = cast.reporter if name == "withdraw" else cast.editor
    article = make_article(stage=stage, scheduled_at=timezone.now(), assigned_to=cast.reporter)
    later = timezone.now() + timedelta(hours=1)
    if stage in MOVES[name].from_stages:
        make_move(article, name, by=by, reason="Because", at=later)
        assert Article.objects.get(pk=article.pk).stage == MOVES[name].to
        change = article.stage_changes.get()
        assert (change.from_stage, change.to_stage) == (stage, MOVES[name].to)
        assert (change.by, change.reason) == (by, "Because")
    else:
        with pytest.raises(MoveRefused):
            make_move(article, name, by=by, reason="Because", at=later)
        assert Article.objects.get(pk=article.pk).stage == stage
        assert not article.stage_changes.exists()


def test_reporter_sees_only_their_own_buttons(cast):
    article = make_article(assigned_to=cast.reporter)
    assert [move.name for move in open_moves(article, cast.reporter)] == ["submit"]
    assert open_moves(article, cast.second_reporter) == []
    make_move(article, "submit", by=cast.reporter)
    assert [move.name for move in open_moves(article, cast.reporter)] == ["withdraw"]


def test_of_two_who_press_the_second_is_told_who_was_first(cast):
    article = approve(make_article(), cast.editor)
    seen_by_second = Article.objects.get(pk=article.pk)
    publish(article, by=cast.editor)
    with pytest.raises(MoveRefused, match="published already by editor at"):
        publish(seen_by_second, by=cast.second_editor)
    assert Version.objects.count() == 1


def test_a_move_on_a_text_that_changed_meanwhile_is_refused(cast):
    article = approve(make_article(), cast.editor)
    Article.objects.filter(pk=article.pk).update(revision=article.revision + 1)
    with pytest.raises(MoveRefused, match="changed the story since you opened it"):
        publish(article, by=cast.editor)


def test_a_reason_is_needed_where_the_table_says_so(cast):
    article = make_article()
    make_move(article, "submit", by=cast.editor)
    with pytest.raises(MoveRefused, match="needs a reason"):
        make_move(article, "send_back", by=cast.editor, reason="  ")


def test_nobody_opens_the_door_but_publishing(cast):
    article = approve(make_article(), cast.editor)
    with pytest.raises(TypeError, match="alone opens the door"):
        make_move(article, "publish", by=cast.editor)


@pytest.mark.parametrize(
    ("hours", "embargo", "told"),
    [(-1, None, "has passed"), (None, None, "Say when"), (1, 2, "under embargo until")],
)
def test_a_bad_time_is_refused(cast, hours, embargo, told):
    now = timezone.now()
    until = now + timedelta(hours=embargo) if embargo else None
    article = approve(make_article(embargoed_until=until), cast.editor)
    at = now + timedelta(hours=hours) if hours else None
    with pytest.raises(MoveRefused, match=told):
        make_move(article, "schedule", by=cast.editor, at=at)


def scheduled(cast, *, minutes, **fields):
    article = approve(make_article(**fields), cast.editor)
    make_move(article, "schedule", by=cast.editor, at=timezone.now() + timedelta(days=1))
    due = timezone.now() + timedelta(minutes=minutes)
    Article.objects.filter(pk=article.pk).update(scheduled_at=due)
    return article


def test_what_the_check_stops_is_not_scheduled(cast):
    article = approve(make_article(deck=""), cast.editor)
    with pytest.raises(MoveRefused, match="The story has no deck"):
        make_move(article, "schedule", by=cast.editor, at=timezone.now() + timedelta(hours=1))
    assert Article.objects.get(pk=article.pk).stage == "approved"


def test_a_story_spiked_today_is_listed_however_old_it_is(cast):
    article = make_article()
    Article.objects.update(changed_at=timezone.now() - timedelta(days=90))
    make_move(article, "spike", by=cast.editor, reason="Not news")
    assert [each["title"] for each in story_lists(cast.editor)] == ["Spiked lately"]


def test_every_stage_is_on_somebodys_first_page(cast):
    for stage in Stage:
        make_article(headline=stage.value, stage=stage, scheduled_at=timezone.now())
    shown = {story.headline for each in story_lists(cast.editor) for story in each["stories"]}
    assert shown == set(Stage.values)


def test_the_worker_publishes_what_is_due_and_nothing_earlier(cast):
    due, early = scheduled(cast, minutes=-1), scheduled(cast, minutes=1)
    assert [version.article_id for version in publish_due()] == [due.pk]
    assert not early.versions.exists()
    assert due.stage_changes.first().by is None


def test_a_clock_that_runs_ahead_publishes_nothing_early(cast, monkeypatch):
    scheduled(cast, minutes=30)
    ahead = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    assert list(publish_due()) == []


def test_an_embargo_holds_a_story_that_is_due(cast):
    article = scheduled(cast, minutes=-1)
    Article.objects.update(embargoed_until=timezone.now() + timedelta(hours=1))
    assert list(publish_due()) == []
    article = approve(make_article(), cast.editor)
    article.embargoed_until = timezone.now() + timedelta(hours=1)
    article.save()
    with pytest.raises(MoveRefused, match="under embargo"):
        publish(article, by=cast.editor)


def test_a_story_that_the_check_stops_stays_scheduled(cast, caplog):
    article = scheduled(cast, minutes=-1)
    article.sources.add(make_anonymous())
    assert list(publish_due()) == []
    assert "was not published: No editor has approved" in caplog.text
    assert Article.objects.get(pk=article.pk).stage == Stage.SCHEDULED


@pytest.mark.django_db(transaction=True)
def test_eight_workers_publish_each_story_once(cast):
    stories = [scheduled(cast, minutes=-1) for _ in range(12)]
    ready, published, failures = threading.Barrier(8), [], []

    def work():
        try:
            ready.wait()
            published.extend(version.article_id for version in publish_due())
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert sorted(published) == [story.pk for story in stories]
    assert Version.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_two_editors_press_publish_at_once(cast):
    article = approve(make_article(), cast.editor)
    ready, outcomes = threading.Barrier(2), []

    def press(editor):
        mine = Article.objects.get(pk=article.pk)
        ready.wait()
        try:
            publish(mine, by=editor)
            outcomes.append("published")
        except MoveRefused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    editors = [threading.Thread(target=press, args=[e]) for e in (cast.editor, cast.second_editor)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    told, done = sorted(outcomes, key=lambda outcome: outcome == "published")
    assert done == "published"
    assert "already by" in told
    assert article.versions.count() == 1


def test_a_story_that_breaks_does_not_stop_those_after_it(cast, caplog):
    photo = make_photo()
    broken = scheduled(cast, minutes=-2, lead_photo=photo)
    whole = scheduled(cast, minutes=-1)
    photo.file.storage.delete(photo.file.name)
    assert [version.article_id for version in publish_due()] == [whole.pk]
    assert (
        f"“{broken}” is due and was not published: A file of the story is not there" in caplog.text
    )


def test_an_address_taken_is_told_in_the_log(cast, caplog):
    other = make_live(cast.editor, slug="taken")
    Article.objects.filter(pk=other.pk).update(slug="given-up")
    scheduled(cast, minutes=-1, slug="taken")
    assert list(publish_due()) == []
    assert "belongs to another story" in caplog.text
