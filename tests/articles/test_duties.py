"""What needs two different people: nobody does it after they had a part, however they lost it again."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from articles.duties import DUTIES, Involved, duty_past
from articles.models import Article, Author, Byline, Exhibit, Override, Update, Version
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, publish_due, publish_update, retract
from articles.publishing.workflow import Blocked, MoveRefused, make_move
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check, stops
from articles.sourcing.rules import RULES
from articles.stages import Severity
from sources.models import Interview, Quote, Source
from tests.desk import inline, post
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_interview,
    make_retraction,
    make_source,
    make_transcript,
)

pytestmark = pytest.mark.django_db
Kind = Update.Kind


# How somebody came to be a writer of a story, and then hid it


def began(client, cast, person):
    client.force_login(person)
    post(client)
    article = Article.objects.get()
    post(client, article, assigned_to=cast.reporter.pk)
    return Article.objects.get()


def had_it_assigned(client, cast, person):
    client.force_login(cast.editor)
    article = make_article(assigned_to=cast.reporter)
    post(client, article, assigned_to=person.pk)
    post(client, Article.objects.get(), assigned_to=cast.reporter.pk)
    return Article.objects.get()


def had_a_byline(client, cast, person):
    client.force_login(cast.editor)
    article = make_article(assigned_to=cast.reporter)
    author = Author.objects.create(name="Maren Okafor", slug="maren-okafor", user=person)
    post(client, article, **inline("bylines", author=author.pk, role="by", order=0))
    taken_out = inline("bylines", Byline.objects.get(), author=author.pk, role="by", order=0)
    post(client, Article.objects.get(), **taken_out, **{"bylines-0-DELETE": "on"})
    assert not Byline.objects.exists()
    return Article.objects.get()


def submitted_it(client, cast, person):
    article = make_article(assigned_to=cast.reporter)
    make_move(article, "submit", by=person)
    make_move(article, "send_back", by=cast.editor, reason="Not yet.")
    return article


def mended_it(client, cast, person):
    """An editor who mends another's words is no writer of them."""
    article = make_article(assigned_to=cast.reporter)
    client.force_login(person)
    post(client, article, headline="Harbour freezes over")
    return Article.objects.get()


WRITERS = [began, had_it_assigned, had_a_byline, submitted_it]


# What is another's to do


def do_publish(client, cast, article, person):
    publish(approve(article, cast.editor), by=person)


def do_schedule(client, cast, article, person):
    approve(article, cast.editor)
    make_move(article, "schedule", by=person, at=timezone.now() + timedelta(hours=1))


def live(cast, article):
    publish(approve(article, cast.editor), by=cast.second_editor)
    return Article.objects.get(pk=article.pk)


def do_update(kind):
    def do(client, cast, article, person):
        article = live(cast, article)
        article.body = article.body.replace("It froze", "It froze,").replace("master", "master,")
        article.save()
        publish_update(article, by=person, kind=kind, note="It goes on.")

    do.__name__ = f"do_update_{kind}"
    return do


def do_correct(client, cast, article, person):
    article = live(cast, article)
    word = "Monday" if "Monday" in article.body else "froze"
    correct(article, [Replacement(word, "sank")], by=person, note="It sank.")


def do_retract(client, cast, article, person):
    article = live(cast, article)
    retract(make_retraction(article, cast.editor), by=person)


def do_approve_anonymity(client, cast, article, person):
    decide(client, make_approval(article, make_anonymous()), person)


def decide(client, approval, person):
    client.force_login(person)
    url = reverse("admin:articles_article_anonymity", args=[approval.pk])
    seen = {"seen": approval.as_seen(), "knows": "on"}
    page = client.post(url, {"decision": "approved", **seen}, follow=True)
    approval.refresh_from_db()
    if not approval.is_approved:
        raise MoveRefused(page.content.decode())


def do_confirm_anonymity(client, cast, article, person):
    confirm(client, make_approval(article, make_anonymous(), by=cast.second_editor), person)


def confirm(client, approval, person):
    client.force_login(person)
    url = reverse("admin:articles_article_confirm", args=[approval.pk])
    page = client.post(url, {"seen": approval.as_seen()}, follow=True)
    approval.refresh_from_db()
    if not approval.confirmed_by:
        raise MoveRefused(page.content.decode())


def going_past(client, cast, article, person):
    """The press itself is another's: only the reasons are this person's."""
    approve(article, cast.editor)
    found = stops(check(CheckedMaterial(article)), {Severity.BLOCK})
    at = timezone.now() + timedelta(hours=1)
    reasons = {finding.key: "It is fair." for finding in found}
    # The newsroom may let its writers publish: what they may go past is another matter.
    make_move(article, "schedule", by=person, at=at, overrides=reasons)


def do_pass_anonymity(client, cast, article, person):
    article.interviews.add(make_interview(make_anonymous()), make_interview(make_source()))
    going_past(client, cast, article, person)


def do_pass_meaning(client, cast, article, person):
    article.interviews.add(make_interview(make_source(), "We never lost the harbour."))
    Article.objects.filter(pk=article.pk).update(body="<p>“We lost the harbour,” said Holt.</p>")
    going_past(client, cast, Article.objects.get(pk=article.pk), person)


def do_pass_transcript(client, cast, article, person):
    interview = make_interview(make_source(), "We lost the harbour.")
    make_transcript(interview, "Holt: We never lost the harbour.")
    article.interviews.add(interview)
    Article.objects.filter(pk=article.pk).update(body="<p>“We lost the harbour,” said Holt.</p>")
    going_past(client, cast, Article.objects.get(pk=article.pk), person)


def do_confirm_exhibit(client, cast, article, person):
    show(client, cast.second_editor, article, person)


def show(client, decider, article, person):
    """A document that came on background is quoted: one editor shows readers the passage, another confirms it."""
    minutes = Source.objects.create(kind="document", name="Minutes of the harbour board")
    terms = Interview.Terms.ON_BACKGROUND
    held = make_interview(minutes, "The ice held.", how=Interview.How.DOCUMENT, terms=terms)
    file = make_transcript(held, "The ice held.", kind="document")
    article.interviews.add(held)
    Article.objects.filter(pk=article.pk).update(body="<p>“The ice held,” the minutes say.</p>")
    url = reverse("admin:articles_article_exhibits", args=[article.pk])

    def pressed(press):
        [shown] = client.get(url).context["shown"]
        return {"quote": shown.quote.pk, "seen": shown.as_seen(), "press": press}

    client.force_login(decider)
    client.post(url, pressed("passage"))
    exhibit = Exhibit.objects.get(comparison__file=file)
    client.force_login(person)
    page = client.post(url, pressed("confirm"), follow=True)
    exhibit.refresh_from_db()
    if not exhibit.confirmed_by:
        raise MoveRefused(page.content.decode())


PUBLISHING = [
    do_publish,
    do_schedule,
    do_update(Kind.DEVELOPMENT),
    do_update(Kind.CLARIFICATION),
    do_update(Kind.EDITORS_NOTE),
    do_correct,
    do_retract,
]
ALWAYS = [
    *(do_approve_anonymity, do_confirm_anonymity, do_confirm_exhibit),
    *(do_pass_anonymity, do_pass_meaning, do_pass_transcript),
]


@pytest.mark.parametrize("do", [*PUBLISHING, *ALWAYS], ids=lambda do: do.__name__)
@pytest.mark.parametrize("became", WRITERS, ids=lambda became: became.__name__)
def test_no_writer_does_it_though_the_story_is_anothers_by_now(client, cast, became, do):
    article = became(client, cast, cast.standards_editor)
    with pytest.raises(MoveRefused, match="You wrote this story"):
        do(client, cast, article, cast.standards_editor)


@pytest.mark.parametrize(
    "do", [*PUBLISHING, *ALWAYS, do_update(Kind.MINOR)], ids=lambda do: do.__name__
)
def test_whoever_mends_anothers_words_may_do_it(client, cast, do):
    article = mended_it(client, cast, cast.standards_editor)
    do(client, cast, article, cast.standards_editor)


@pytest.mark.parametrize("became", WRITERS, ids=lambda became: became.__name__)
def test_a_writer_may_publish_a_minor_edit(client, cast, became):
    article = became(client, cast, cast.standards_editor)
    do_update(Kind.MINOR)(client, cast, article, cast.standards_editor)
    assert Version.objects.get(is_live=True).content["by_its_writer"]


@pytest.mark.parametrize("do", PUBLISHING, ids=lambda do: do.__name__)
def test_a_newsroom_of_one_person_may_publish_and_says_so(client, cast, settings, do):
    settings.WRITERS_MAY_PUBLISH = True
    article = began(client, cast, cast.standards_editor)
    do(client, cast, article, cast.standards_editor)
    # Clocks of databases are coarser than ours: what is due this instant may not be, to them.
    due = timezone.now() - timedelta(seconds=1)
    Article.objects.filter(stage="scheduled").update(scheduled_at=due)
    list(publish_due())
    version = Version.objects.get(is_live=True)
    client.logout()
    page = client.get(version.get_history_url()).content.decode()
    assert page.count("Published by its writer") == 1
    assert version.content["by_its_writer"]


@pytest.mark.parametrize("do", ALWAYS, ids=lambda do: do.__name__)
def test_what_is_no_publishing_needs_another_even_there(client, cast, settings, do):
    settings.WRITERS_MAY_PUBLISH = True
    article = began(client, cast, cast.standards_editor)
    with pytest.raises(MoveRefused, match="You wrote this story"):
        do(client, cast, article, cast.standards_editor)


def test_history_says_nothing_where_another_published(client, cast):
    article = live(cast, make_article(assigned_to=cast.reporter))
    page = client.get(article.live_version.get_history_url()).content.decode()
    assert "Published by its writer" not in page


def test_a_reason_that_its_giver_was_to_give_before_they_wrote_holds_no_more(client, cast):
    article = make_article(
        body="<p>“We lost the harbour,” said Holt.</p>",
        interviews=[make_interview(make_source(), "We never lost the harbour.")],
        assigned_to=cast.reporter,
    )
    going_past(client, cast, article, cast.editor)
    kept = Override.objects.get(code="quote-meaning-changed")
    assert kept.recorded == Quote.objects.get().words
    assert "We lost the harbour" in kept.message
    assert not stops(check(CheckedMaterial(article)), {Severity.BLOCK})
    Article.objects.filter(pk=article.pk).update(assigned_to=cast.editor)
    again = check(CheckedMaterial(Article.objects.get(pk=article.pk)))
    assert [f.code for f in stops(again, {Severity.BLOCK})] == ["quote-meaning-changed"]


# Another part than a writer's: somebody had it, and somebody goes on from there


def asked_and_approved(client, cast, article, had, does):
    decide(client, make_approval(article, make_anonymous(), asked_by=had), does)


def decided_and_confirmed(client, cast, article, had, does):
    confirm(client, make_approval(article, make_anonymous(), by=had), does)


def decided_and_confirmed_what_is_shown(client, cast, article, had, does):
    show(client, had, article, does)


def asked_and_went_past(client, cast, article, had, does):
    clerk = make_anonymous()
    article.interviews.add(make_interview(clerk), make_interview(make_source()))
    make_approval(article, clerk, asked_by=had)
    going_past(client, cast, article, does)


def asked_and_retracted(client, cast, article, had, does):
    retract(make_retraction(live(cast, article), had), by=does)


PARTS = {
    ("approve_anonymity", Involved.ASKER): asked_and_approved,
    ("confirm_anonymity", Involved.DECIDER): decided_and_confirmed,
    ("confirm_exhibit", Involved.DECIDER): decided_and_confirmed_what_is_shown,
    ("pass_anonymity", Involved.ASKER): asked_and_went_past,
    ("retract", Involved.ASKER): asked_and_retracted,
}
WRITERS_PARTS = {(do.__name__.removeprefix("do_"), Involved.WRITER) for do in (do_publish, *ALWAYS)}


def test_every_part_in_the_table_is_tried():
    rows = {(duty.name, part) for duty in DUTIES.values() for part in duty.not_after}
    assert rows == PARTS.keys() | WRITERS_PARTS


@pytest.mark.parametrize(("name", "part"), PARTS, ids=lambda each: getattr(each, "name", each))
def test_whoever_had_a_part_leaves_the_next_to_another(client, cast, name, part):
    person, another = cast.standards_editor, cast.second_editor
    another.groups.add(Group.objects.get(name="Standards editor"))
    told = re.escape(f"{part.value.capitalize()}: another editor {DUTIES[name].says}.")
    with pytest.raises(MoveRefused, match=told):
        PARTS[name, part](client, cast, make_article(assigned_to=cast.reporter), person, person)
    PARTS[name, part](client, cast, make_article(assigned_to=cast.reporter), person, another)


def test_what_is_gone_past_by_two_people_and_what_by_any_editor():
    past = {code: duty_past(code) for code in RULES}
    assert {code for code, duty in past.items() if duty == DUTIES["pass_anonymity"]} == {
        code for code in RULES if code.startswith("anonymity-")
    }
    assert [code for code, duty in past.items() if duty == DUTIES["pass_meaning"]] == [
        "quote-meaning-changed"
    ]
    assert [code for code, duty in past.items() if duty == DUTIES["pass_transcript"]] == [
        "quote-not-in-transcript"
    ]
    assert {duty.name for duty in past.values() if duty} == {
        *("pass_anonymity", "pass_meaning", "pass_transcript")
    }


def test_whoever_asked_decides_on_nothing_though_another_asks_by_now(client, cast):
    article = make_article(assigned_to=cast.reporter)
    approval = make_approval(article, make_anonymous(), asked_by=cast.standards_editor)
    approval.asked_by = cast.reporter
    approval.save()
    client.force_login(cast.standards_editor)
    url = reverse("admin:articles_article_anonymity", args=[approval.pk])
    seen = {"seen": approval.as_seen(), "knows": "on", "decision": "approved"}
    assert "You asked for this: another editor" in client.post(url, seen).content.decode()


def test_an_editor_alone_publishes_nothing_on_an_anonymous_source_of_their_own(client, cast):
    article = began(client, cast, cast.editor)
    article.interviews.add(make_interview(make_anonymous()))
    make_move(article, "submit", by=cast.editor)
    make_move(article, "approve", by=cast.editor)
    found = stops(check(CheckedMaterial(article)), {Severity.BLOCK})
    reasons = {finding.key: "Because I say so." for finding in found}
    assert len(reasons) >= 3
    with pytest.raises(MoveRefused, match="You wrote this story"):
        publish(article, by=cast.editor, overrides=reasons)
    with pytest.raises(Blocked):
        publish(article, by=cast.second_editor)
    assert not Override.objects.exists()
    assert not Version.objects.exists()


def test_a_button_that_would_be_refused_is_not_offered(client, cast):
    article = approve(began(client, cast, cast.editor), cast.second_editor)
    offered = {}
    for person in (cast.editor, cast.second_editor):
        client.force_login(person)
        page = client.get(reverse("admin:articles_article_change", args=[article.pk]))
        offered[person] = {move.name for move in page.context["moves"]}
        is_told = "You wrote this story: another editor publishes it." in page.content.decode()
        assert is_told == (person == cast.editor)
    assert offered[cast.second_editor] - offered[cast.editor] == {"publish", "schedule"}


def test_the_page_of_a_move_says_what_is_anothers_to_go_past(client, cast):
    article = had_it_assigned(client, cast, cast.second_editor)
    article.interviews.add(make_interview(make_source(), "We never lost the harbour."))
    Article.objects.filter(pk=article.pk).update(body="<p>“We lost the harbour,” said Holt.</p>")
    approve(Article.objects.get(pk=article.pk), cast.editor)
    url = reverse("admin:articles_article_move", args=[article.pk, "schedule"])
    offered = {}
    for person in (cast.second_editor, cast.editor):
        client.force_login(person)
        page = client.get(url).content.decode()
        assert "We <mark>never</mark> lost the harbour." in page
        offered[person] = page.count("Publish past it, because")
        is_told = "another editor finds a shortened quotation fair" in page
        assert is_told == (person == cast.second_editor)
    # That it is altered besides, any editor may go past.
    assert (offered[cast.second_editor], offered[cast.editor]) == (1, 2)
