"""What the desk asks of the database: no more for thirty quotations than for three."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Update
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, import_published, publish, publish_update
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

pytestmark = pytest.mark.django_db

COMPOSING, DESK_PAGE, PUBLISHING = 14, 40, 47


def asked(work):
    """How many queries some work costs up to its commit, apart from savepoints, which a test adds."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return sum("SAVEPOINT" not in each["sql"] for each in queries)


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

    client.force_login(cast.editor)
    working = story()
    costs = {
        "compose": asked(lambda: compose(Material(working))),
        "desk page": asked(lambda: client.get(change_url(article))),
        "publish": asked(lambda: publish(working, by=cast.editor)),
        "desk page of a live story": asked(lambda: client.get(change_url(article))),
    }
    Article.objects.filter(pk=article.pk).update(deck="Another deck")
    working, told = story(), {"kind": Update.Kind.DEVELOPMENT, "note": "The deck is another."}
    costs["update"] = asked(lambda: publish_update(working, by=cast.editor, **told))
    working, wrong = story(), Replacement("the first day", "the second day")
    told = {"note": "An earlier version said that it froze on the first day. It was the second."}
    costs["correct"] = asked(lambda: correct(working, [wrong], by=cast.editor, **told))
    return costs


def test_a_step_costs_the_same_with_three_quotations_and_with_thirty(cast, client):
    # The first round pays what only a newsroom's first story costs: its section, its author.
    _, few, many = (prices(cast, client, make_quoting(cast, number)) for number in (2, 3, 30))
    assert few == many
    assert many["compose"] <= COMPOSING
    assert max(many["desk page"], many["desk page of a live story"]) <= DESK_PAGE
    assert max(many["publish"], many["update"], many["correct"]) <= PUBLISHING


def test_the_seed_story_stays_within_its_budgets(cast, client, shared):
    """As the first story of its newsroom, which pays for the frame around all pages as well."""
    package = str(shared / "seed" / "story.json")
    call_command("import_stories", package, by="standards_editor", verbosity=0)
    article, by = Article.objects.get(), cast.standards_editor
    client.force_login(cast.editor)
    assert asked(lambda: compose(Material(article))) <= COMPOSING
    assert asked(lambda: client.get(change_url(article))) <= DESK_PAGE
    at = timezone.now()
    assert asked(lambda: import_published(article, by=by, published_at=at)) <= PUBLISHING
    assert asked(lambda: client.get(change_url(article))) <= DESK_PAGE
    wrong = Replacement("coronavirus", "corona virus")
    note = "An earlier version wrote the virus as one word."
    assert asked(lambda: correct(article, [wrong], by=cast.editor, note=note)) <= PUBLISHING
