"""The search that everything on the desk answers to: it finds by any word, and nothing that somebody may not see."""

import pytest
from django.urls import reverse

from articles.models import Article
from tests.desk import told
from tests.factories import make_anonymous, make_article, make_live, make_photo, make_source

pytestmark = pytest.mark.django_db


def found(client, typed):
    answer = client.get(reverse("admin:find"), {"q": typed, "part": "1"})
    assert answer.status_code == 200
    return {group.name: [each.title for each in group.found] for group in answer.context["groups"]}


def test_a_story_is_found_by_a_word_of_its_text_whether_it_is_out_or_not(cast, client):
    make_article(headline="Draft", body="<p>The dredger lay idle.</p>", assigned_to=cast.reporter)
    live = make_live(cast.editor, headline="Out", body="<p>A dredger sank, she said.</p>")
    make_article(headline="Other", body="<p>Nothing.</p>", assigned_to=cast.reporter)
    client.force_login(cast.editor)
    assert sorted(found(client, "dredger")["Stories"]) == ["Draft", "Out"]
    # All of the words, and the part of one that a headline has.
    assert found(client, "dredger idle")["Stories"] == ["Draft"]
    assert found(client, "Oth")["Stories"] == ["Other"]
    # What readers see is found by their index; what they do not see yet, as it stands here.
    Article.objects.filter(pk=live.pk).update(
        body="<p>A trawler sank, she said.</p>", is_ahead=True
    )
    assert found(client, "trawler")["Stories"] == ["Out"]


def test_nothing_is_found_that_somebody_may_not_see(cast, client):
    make_article(headline="Secret dredger", assigned_to=cast.reporter)
    make_source("Ada Dredger")
    hidden = make_anonymous("a dredger’s mate", added_by=cast.reporter)
    hidden.known_to.add(cast.reporter)
    make_photo(caption="The dredger at dusk")
    client.force_login(cast.reporter)
    assert found(client, "dredger") == {
        "Stories": ["Secret dredger"],
        "Sources": ["a dredger’s mate (anonymous)", "Ada Dredger"],
        "Photos": ["The dredger at dusk"],
    }
    client.force_login(cast.second_reporter)
    assert found(client, "dredger") == {
        "Sources": ["Ada Dredger"],
        "Photos": ["The dredger at dusk"],
    }
    client.force_login(cast.photo_editor)
    assert found(client, "dredger") == {"Photos": ["The dredger at dusk"]}
    client.force_login(cast.outsider)
    assert found(client, "dredger") == {}


def test_what_one_can_do_is_offered_to_those_who_may(cast, client):
    client.force_login(cast.reporter)
    offered = found(client, "")["Do"]
    assert {"Write a story", "Record an interview", "Bring photos in"} <= set(offered)
    assert "Choose a lead" not in offered
    assert found(client, "write")["Do"] == ["Write a story"]
    client.force_login(cast.photo_editor)
    assert found(client, "")["Do"] == ["Bring photos in", "Change your password"]
    # Every address that is offered opens.
    client.force_login(cast.editor)
    for group in client.get(reverse("admin:find"), {"q": "s"}).context["groups"]:
        for each in group.found:
            answer = client.post(each.path) if each.begins else client.get(each.path)
            assert answer.status_code == (302 if each.begins else 200)


def test_colleagues_lead_to_their_stories_and_for_an_administrator_to_their_account(cast, client):
    cast.reporter.first_name, cast.reporter.last_name = "Maren", "Okafor"
    cast.reporter.save()
    for who, leads_to in (
        (cast.editor, f"/desk/articles/article/?reporter={cast.reporter.pk}"),
        (cast.administrator, f"/desk/newsroom/user/{cast.reporter.pk}/change/"),
    ):
        client.force_login(who)
        answer = client.get(reverse("admin:find"), {"q": "okafor"})
        (people,) = [group for group in answer.context["groups"] if group.name == "People"]
        assert [each.path for each in people.found] == [leads_to]
        assert "Maren Okafor" in told(answer)
    # With what somebody logs in is found by administrators alone, and nobody by those without a role.
    client.force_login(cast.editor)
    assert "People" not in found(client, cast.reporter.username)
    client.force_login(cast.outsider)
    assert "People" not in found(client, "okafor")


@pytest.mark.parametrize(
    "odd",
    ["", "   ", "\x00", "%", "_", "'", '"', '"open', "-", "-dredger", "AND", "(", "*", "é" * 500,
     "مرفأ", "ice " * 200, "<script>"],
)  # fmt: skip
def test_whatever_is_typed_is_answered(cast, client, odd):
    make_article(assigned_to=cast.reporter)
    client.force_login(cast.editor)
    answer = client.get(reverse("admin:find"), {"q": odd})
    assert answer.status_code == 200
    assert "<script>alert" not in told(answer)


def test_it_costs_as_much_in_a_large_newsroom(cast, client, django_assert_max_num_queries):
    client.force_login(cast.editor)
    for number in (2, 12):
        for n in range(number):
            make_article(headline=f"Ice {n}", assigned_to=cast.reporter)
            make_source(f"Ice Holt {n}").affiliations.create(title="harbour master")
        with django_assert_max_num_queries(12):
            client.get(reverse("admin:find"), {"q": "ice", "part": "1"})
