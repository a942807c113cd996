"""What readers are told beside a quotation, and what a retracted story is called outside its own page."""

import re

import pytest
from django.urls import reverse
from lxml import html

from articles.models import Update
from articles.prepared.drawing import draw_told
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, publish_update, retract
from articles.record.composing import compose
from articles.record.material import Material
from tests.factories import (
    approve,
    make_article,
    make_interview,
    make_retraction,
    make_source,
)

pytestmark = pytest.mark.django_db


def drawn(body, **people):
    """The body for readers of a story in which these people said these words: `Ada_Holt="It froze."`"""
    interviews = [
        make_interview(make_source(name.replace("_", " ")), *said.split("|"))
        for name, said in people.items()
    ]
    version = compose(Material(make_article(body=body, interviews=interviews)))
    return html.fragment_fromstring(draw_told(version), create_parent="div")


def cards(page):
    """Who stands in the card that each button opens, and by which words the button is announced."""
    by_key = {card.get("id"): card for card in page.find_class("said")}
    return [
        (
            by_key[button.get("popovertarget")].find_class("said-name")[0].text_content(),
            re.search(r"“(.*)”", button.get("aria-label"))[1],
        )
        for button in page.find_class("who")
    ]


def test_a_paragraph_has_a_card_for_each_who_speaks_in_it():
    page = drawn(
        "<p>“It froze,” said Ada Holt. “It broke.” But Lee Marr said: “It did not.”</p>"
        "<p>“We lost it,” Holt said.</p>",
        Ada_Holt="It froze.|It broke.|We lost it.",
        Lee_Marr="It did not.",
    )
    assert cards(page) == [
        ("Ada Holt", "It froze,"),
        ("Lee Marr", "It did not."),
        ("Ada Holt", "We lost it,"),
    ]
    # Behind the mark that closes their last words there, so that it parts no quotation.
    assert [button.getprevious().text_content() for button in page.find_class("who")] == [
        *("It broke.", "It did not.", "We lost it,"),
    ]
    assert ["”" in (button.getprevious().tail or "") for button in page.find_class("who")] == [
        True
    ] * 3
    # Before their paragraph: on a wide page they stand in the margin beside it.
    assert [card.getnext().tag for card in page.find_class("said")] == ["aside", "p", "p"]


def test_a_quotation_without_a_mark_that_closes_it_has_its_button_at_its_end():
    page = drawn(
        "<p>“It froze in a night, Ada Holt said.</p>"
        "<ul><li>“We lost it,” Holt said.</li></ul>"
        "<blockquote><p>Nobody came to look at the harbour that we had lost.</p></blockquote>",
        Ada_Holt="We lost it.|Nobody came to look at the harbour that we had lost.",
    )
    assert len(cards(page)) == len(
        {button.get("popovertarget") for button in page.find_class("who")}
    )
    assert page.text_content().count("We lost it") == 1


def test_two_checks_of_one_paragraph_are_both_told():
    interview = make_interview(make_source(), "It froze.", "It broke.", "We lost it.")
    for words, basis in (("It froze.", "notes"), ("It broke.", "recording")):
        interview.quotes.filter(words=words).update(basis=basis)
    body = (
        "<p>“It froze,” said Ada Holt. “It broke. We lost it.”</p><p>“We lost it,” Holt said.</p>"
    )
    version = compose(Material(make_article(body=body, interviews=[interview])))
    page = html.fragment_fromstring(draw_told(version), create_parent="div")
    first, second = page.find_class("said")
    assert "Taken from notes made as it was said." in first.text_content()
    assert second.findall(".//li") == []  # where nobody has said, nothing is claimed


# What a retracted story is called


def test_a_retracted_story_is_called_so_wherever_it_is_told_of(cast, client, settings):
    article = make_article(headline="Harbour board sold the pier", slug="pier-sold")
    live = publish(approve(article, cast.editor), by=cast.editor)
    tells = {
        "page": live.get_absolute_url(),
        "oembed": f"{reverse('articles:oembed')}?url={settings.SITE_URL}{live.get_absolute_url()}",
        "ninjs": live.get_ninjs_url(),
        "feed": reverse("articles:corrections-feed"),
        "corrections": reverse("articles:corrections"),
        "history": live.get_history_url(),
    }
    assert "Harbour board sold the pier" in client.get(tells["page"]).content.decode()
    told_of = {"kind": Update.Kind.CORRECTION, "note": "An earlier version had it otherwise."}
    correct(article, [Replacement("froze", "broke")], by=cast.editor, **told_of)
    retract(make_retraction(article, cast.editor), by=cast.second_editor)
    shown = {name: client.get(path).content.decode() for name, path in tells.items()}
    page = html.fromstring(shown.pop("page"))
    assert page.findtext(".//h1").strip() == "Harbour board sold the pier"  # its own page says it
    head = html.tostring(page.find("head"), encoding="unicode")
    assert "Harbour board sold the pier" not in head
    assert "Retracted story, " in head
    # A control: it is told of in each of them.
    for name, told in shown.items():
        assert "Retracted story, " in told, name
    # Nor by an earlier correction.
    for name in ("oembed", "ninjs", "feed", "corrections"):
        assert "Harbour board sold the pier" not in shown[name].split("<main")[-1], name


def test_what_became_of_a_story_stands_at_its_top(cast, client):
    article = make_article()
    live = publish(approve(article, cast.editor), by=cast.editor)
    assert b'class="state"' not in client.get(live.get_absolute_url()).content
    article.refresh_from_db()
    article.deck = "Another deck"
    article.save()
    publish_update(
        article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="The deck is another."
    )
    page = html.fromstring(client.get(live.get_absolute_url()).content)
    [state] = page.find_class("state")
    assert "2 versions" in state.text_content()
    path = state.find("a").get("href")
    assert path.endswith("?from=1&to=2")
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="https://a.example/">“It froze,” Ada Holt said</a>, and left.</p>',
        '<p>She did. <a href="https://a.example/">“It froze,” Ada Holt said</a></p>',
    ],
)
def test_no_button_stands_in_a_link(body):
    page = drawn(body, Ada_Holt="It froze.")
    [button] = page.find_class("who")
    assert [each.tag for each in button.iterancestors()] == ["p", "div"]
    assert (
        page.findall(".//p/a[@href='https://a.example/']")[0].text_content()
        == "“It froze,” Ada Holt said"
    )
