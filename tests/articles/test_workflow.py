"""Every move, by everybody, from every stage: the table is what happens."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.desk.today.agenda import anonymity_asked, answers_awaited, story_lists, updates_asked
from articles.models import Article, CommentRequest, UpdateRequest, Version
from articles.publishing.door import import_published, publish, publish_due
from articles.publishing.workflow import MoveRefused, make_move, may_move, open_moves
from articles.stages import GIVEN_UP, MOVES, STAGES, TIMED, UNDER_WAY, Stage
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_live,
    make_photo,
)

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


def test_every_stage_is_in_the_table():
    assert STAGES.keys() == set(Stage)


def test_every_stage_is_reached_and_left_by_a_move():
    moves = MOVES.values()
    assert {move.to for move in moves} == set(Stage)
    assert set().union(*(move.from_stages for move in moves)) == set(Stage)


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


@pytest.mark.parametrize(
    "name", ["publish", "publish_due", "publish_update", "correct", "retract", "import_published"]
)
def test_nobody_opens_the_door_but_publishing(cast, name):
    article = approve(make_article(), cast.editor)
    with pytest.raises(TypeError, match="alone opens the door"):
        make_move(article, name, by=cast.standards_editor)


@pytest.mark.parametrize(("year", "is_taken"), [(1699, 0), (1700, 1), (2199, 1), (2200, 0)])
def test_an_archive_is_of_years_that_can_be_kept_in_order(cast, year, is_taken):
    article, at = make_article(), timezone.now().replace(year=year, month=6, day=1)
    try:
        import_published(article, by=cast.standards_editor, published_at=at)
    except MoveRefused as refused:
        assert str(refused) == f"A story of the year {year} cannot be kept in order."
    assert Version.objects.count() == is_taken


@pytest.mark.parametrize(
    ("hours", "embargo", "told"),
    [
        (-1, None, "has passed"),
        (0, None, "has passed"),
        (None, None, "Say when"),
        (1, 2, "under embargo until"),
    ],
)
def test_a_bad_time_is_refused(cast, monkeypatch, hours, embargo, told):
    now = timezone.now()
    until = now + timedelta(hours=embargo) if embargo else None
    article = approve(make_article(embargoed_until=until), cast.editor)
    at = None if hours is None else now + timedelta(hours=hours)
    monkeypatch.setattr(timezone, "now", lambda: now)
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
    assert [each.title for each in story_lists(cast.editor)] == ["Spiked lately"]


def test_every_stage_has_its_list_in_the_order_of_the_table(cast):
    later = timezone.now() + timedelta(hours=1)
    for stage in Stage:
        make_article(headline=stage.value, stage=stage, scheduled_at=later)
    assert _listed(cast.editor) == [(row.listed_as, [row.stage]) for row in STAGES.values()]


@pytest.mark.parametrize("stage", TIMED)
def test_what_is_due_and_not_out_stands_first(cast, stage):
    make_article(headline="Later", stage=stage, scheduled_at=timezone.now() + timedelta(hours=1))
    make_article(headline="Due", stage=stage, scheduled_at=timezone.now())
    assert _listed(cast.editor) == [
        ("Due, and not published", ["Due"]),
        (STAGES[stage].listed_as, ["Later"]),
    ]


@pytest.mark.parametrize("row", STAGES.values(), ids=lambda row: row.stage)
def test_an_old_story_is_listed_unless_its_stage_says_how_long(cast, row):
    later = timezone.now() + timedelta(hours=1)
    old = make_article(headline="Old", stage=row.stage, scheduled_at=later)
    long_ago = timezone.now() - (row.listed_for or timedelta(days=900)) - timedelta(hours=1)
    Article.objects.filter(pk=old.pk).update(changed_at=long_ago)
    assert _listed(cast.editor) == ([] if row.listed_for else [(row.listed_as, ["Old"])])


def _listed(user):
    lists = story_lists(user)
    return [(each.title, [story.headline for story in each.stories]) for each in lists]


@pytest.mark.parametrize("stage", Stage)
def test_what_waits_for_somebody_is_shown_while_the_story_goes_on(cast, stage):
    article = make_article(stage=stage, scheduled_at=timezone.now())
    make_approval(article, make_anonymous())
    CommentRequest.objects.create(article=article, asked="The mayor")
    UpdateRequest.objects.create(
        article=article, reason="False.", asked_by=cast.editor, at=timezone.now()
    )
    assert bool(anonymity_asked(cast.editor)) is (stage in UNDER_WAY)
    assert bool(answers_awaited(cast.editor)) is (stage not in GIVEN_UP)
    assert bool(updates_asked(cast.editor)) is (stage not in GIVEN_UP)


@pytest.mark.parametrize("stage", TIMED)
def test_a_story_that_waits_for_its_time_has_one(cast, stage):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(stage=stage, scheduled_at=None)


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
    article.embargoed_until = timezone.now() - timedelta(hours=1)
    article.save()
    assert publish(article, by=cast.editor).number == 1


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
