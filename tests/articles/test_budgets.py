"""What the desk asks of the database: no more for thirty quotations than for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Update
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, publish_update
from articles.record.composing import compose
from articles.record.material import Material
from tests.desk import change_url
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_interview,
    make_photo,
    make_source,
)
from tests.newsrooms import seed

pytestmark = pytest.mark.django_db

COMPOSING, DESK_PAGE, PUBLISHING = 12, 35, 45


def asked(work):
    """How many queries some work costs."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def make_quoting(cast, number):
    """An approved story that quotes a named and an unnamed source, `number` times in all."""
    words = [f"We lost the harbour on day {each}" for each in range(number)]
    ada, clerk = (
        make_source(f"Ada Holt the {number}th"),
        make_anonymous(f"a clerk of {number} ships"),
    )
    called = ["Holt", "the clerk"]
    paragraphs = [f"<p>“{said},” said {called[at % 2]}.</p>" for at, said in enumerate(words)]
    article = make_article(
        interviews=[make_interview(ada, *words[::2]), make_interview(clerk, *words[1::2])],
        body="".join([*paragraphs, "<p>It froze on the first day.</p>"]),
        lead_photo=make_photo(),
    )
    make_byline(article)
    make_approval(article, clerk, by=cast.editor)
    return approve(article, cast.editor)


def prices(cast, client, article):
    """What each step of a story costs, from the desk to its correction."""

    def story():
        return Article.objects.select_related("section", "lead_photo").get(pk=article.pk)

    def update():
        Article.objects.filter(pk=article.pk).update(deck="Another deck")
        kind = Update.Kind.DEVELOPMENT
        publish_update(story(), by=cast.editor, kind=kind, note="The deck is another.")

    def mend():
        wrong = Replacement("the first day", "the second day")
        note = "An earlier version said that it froze on the first day. It was the second."
        correct(story(), [wrong], by=cast.editor, note=note)

    client.force_login(cast.editor)
    return {
        "compose": asked(lambda: compose(Material(story()))) - 1,
        "desk page": asked(lambda: client.get(change_url(article))),
        "publish": asked(lambda: publish(article, by=cast.editor)),
        "desk page of a live story": asked(lambda: client.get(change_url(article))),
        "update": asked(update) - 2,
        "correct": asked(mend) - 1,
    }


def test_a_step_costs_the_same_with_three_quotations_and_with_thirty(cast, client):
    # The first round pays what only a newsroom's first story costs: its section, its author.
    _, few, many = (prices(cast, client, make_quoting(cast, number)) for number in (2, 3, 30))
    assert few == many
    assert many["compose"] <= COMPOSING
    assert max(many["desk page"], many["desk page of a live story"]) <= DESK_PAGE
    assert max(many["publish"], many["update"], many["correct"]) <= PUBLISHING


def test_the_seed_story_stays_within_its_budgets(cast, client, shared):
    article = seed(cast, shared).article
    client.force_login(cast.editor)
    assert asked(lambda: compose(Material(article))) <= COMPOSING
    assert asked(lambda: client.get(change_url(article))) <= DESK_PAGE
    wrong = Replacement("coronavirus", "corona virus")
    note = "An earlier version wrote the virus as one word."
    mend = asked(lambda: correct(article, [wrong], by=cast.editor, note=note))
    assert mend <= PUBLISHING
