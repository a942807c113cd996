"""“Whose words?” and the first minute of a story, from what the desk is sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from articles.models import Article, Author, CommentRequest, Shape
from articles.publishing.door import publish
from articles.sourcing.examples import GOOD_EXAMPLES
from articles.sourcing.rules import RULES
from articles.text.slugs import is_slug, slug_of
from sources.models import Interview, Quote, Source
from tests.articles.rule_cases import CASES
from tests.desk import form_of, post, told
from tests.factories import (
    approve,
    make_anonymous,
    make_article,
    make_interview,
    make_section,
    make_source,
)

pytestmark = pytest.mark.django_db

BODY = "<p>“We lost the whole harbour,” Ada Holt said.</p>"
WORDS = "We lost the whole harbour,"


def ask(client, article, **typed):
    address = reverse("admin:articles_article_whose", args=[article.pk])
    return client.post(address, {"body": BODY, "words": WORDS} | typed)


def agreed(article, who, **other):
    return {
        "who": who,
        "words": WORDS,
        "is_quoted": "on",
        "kind": "person",
        "authorization": "unknown",
        "held_on": "2026-01-02",
        "how": "phone",
        "terms": "on_the_record",
        "basis": "notes",
        "seen_revision": article.revision,
    } | other


def people(answer):
    return [(each.source.public_name, each.why) for each in answer.context["people"]]


@pytest.fixture
def article(cast, client):
    client.force_login(cast.reporter)
    return make_article(assigned_to=cast.reporter, body=BODY)


# --- Who it may be


def test_whom_the_sentence_names_comes_first_with_why(cast, client, article):
    bo = make_source("Bo Lind")
    article.interviews.add(make_interview(bo, "Earlier.", recorded_by=cast.reporter))
    assert people(ask(client, article)) == [("Bo Lind", "in this story")]
    assert ask(client, article).context["speaker"] == "Ada Holt"  # not in Sources yet
    make_source("Ada Holt")
    assert people(ask(client, article)) == [
        ("Ada Holt", "so says your sentence"),
        ("Bo Lind", "in this story"),
    ]
    assert ask(client, article).context["speaker"] == ""


def test_nobody_is_offered_whom_this_person_may_not_see(cast, client, article):
    hidden = make_anonymous("a clerk at the harbour", added_by=cast.second_reporter)
    assert people(ask(client, article, q="clerk")) == []
    hidden.known_to.add(cast.reporter)
    assert [name for name, _ in people(ask(client, article, q="clerk"))] == [
        "a clerk at the harbour"
    ]


def test_terms_are_proposed_as_they_were_the_last_time(cast, client, article):
    ada = make_source("Ada Holt")
    make_interview(ada, "Ice.", recorded_by=cast.reporter, how="email", terms="on_background")
    (first,) = ask(client, article).context["people"]
    assert (first.how, first.terms) == ("email", "on_background")


@pytest.mark.parametrize("odd", ["", "\x00", "“", "x" * 9000, "<b>", "مرفأ"])
def test_whatever_is_selected_is_answered(client, article, odd):
    assert ask(client, article, words=odd, q=odd).status_code == 200


# --- What is agreed to


def test_what_is_agreed_to_is_recorded_and_taken_back(cast, client, article):
    ada = make_source("Ada Holt")
    answer = ask(client, article, **agreed(article, ada.pk)).json()
    interview = article.interviews.get()
    assert (interview.source, interview.how, interview.recorded_by) == (ada, "phone", cast.reporter)
    quote = interview.quotes.get()
    assert (quote.words, quote.basis) == (WORDS, "notes")
    article.refresh_from_db()
    assert answer["revision"] == article.revision
    assert (answer["source"]["id"], answer["interview"]["id"]) == (ada.pk, interview.pk)
    assert article.quote_uses.get().quote == quote
    assert article.stops == 0  # the list knows at once
    back = ask(client, article, undo=quote.pk)
    article.refresh_from_db()
    assert back.json() == {
        "interview": interview.pk,
        "source": ada.pk,
        "revision": article.revision,
    }
    assert not article.sources.exists()
    assert not Quote.objects.exists() and not Interview.objects.exists()
    article.refresh_from_db()
    assert article.stops


def test_what_was_said_and_is_not_quoted_rests_on_the_interview(client, article):
    ada = make_source("Ada Holt")
    ask(client, article, **agreed(article, ada.pk) | {"is_quoted": ""})
    assert article.interviews.get().quotes.count() == 0


def test_somebody_new_is_added_by_name_or_by_description(cast, client, article):
    ask(client, article, **agreed(article, "named", name="Ada Holt"))
    assert Source.objects.get().name == "Ada Holt"
    article.refresh_from_db()
    unnamed = {"description": "a clerk with access to the ledger", "reason": "they fear dismissal"}
    ask(client, article, **agreed(article, "anonymous", terms="on_background", **unnamed))
    hidden = Source.objects.get(named=False)
    assert (hidden.description, list(hidden.known_to.all())) == (
        unnamed["description"],
        [cast.reporter],
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"who": "named", "name": ""}, "needs a name"),
        ({"held_on": "2999-01-01"}, "still to come"),
        ({"held_on": "x"}, "Enter a valid date"),
        ({"terms": "whatever"}, "Select a valid choice"),
        ({"who": "999999"}, "Select a valid choice"),
        ({"words": ""}, "required"),
        ({"seen_revision": "77"}, "changed since"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_recorded(
    client, article, other, said
):
    ada = make_source("Ada Holt")
    answer = ask(client, article, **agreed(article, ada.pk) | other)
    assert answer.status_code in (400, 409)
    assert said in answer.json()["refused"]
    assert not Interview.objects.exists()


def test_who_may_not_write_in_the_story_records_nothing_of_it(cast, client, article):
    ada = make_source("Ada Holt")
    for person, status in ((cast.second_reporter, 404), (cast.photo_editor, 404)):
        client.force_login(person)
        assert ask(client, article, **agreed(article, ada.pk)).status_code == status
    Article.objects.update(stage="submitted")
    client.force_login(cast.reporter)
    assert ask(client, article, **agreed(article, ada.pk)).status_code == 403
    assert not Interview.objects.exists()


def test_nothing_is_taken_back_that_readers_rest_on_or_another_recorded(cast, client, article):
    ada = make_source("Ada Holt")
    theirs = make_interview(ada, "Not yours.", recorded_by=cast.second_reporter)
    article.interviews.add(theirs)
    assert ask(client, article, undo=theirs.quotes.get().pk).status_code == 409
    mine = ask(client, article, **agreed(article, ada.pk)).json()["quote"]
    publish(approve(Article.objects.get(pk=article.pk), cast.editor), by=cast.editor)
    client.force_login(cast.reporter)
    Article.objects.update(stage="draft")
    assert ask(client, article, undo=mine).status_code == 409
    assert ask(client, article, undo="x").status_code == 409
    assert Quote.objects.count() == 2


def test_undo_gives_back_what_that_press_made_and_nothing_else(cast, client, article):
    ada = make_source("Ada Holt")
    article.sources.add(ada)
    # Recorded by hand before, without words: the press joins it.
    by_hand = Interview.objects.create(
        source=ada,
        held_on="2026-01-02",
        how="phone",
        terms="on_the_record",
        recorded_by=cast.reporter,
        kept_at="The blue notebook",
    )
    article.interviews.add(by_hand)
    made = ask(client, article, **agreed(article, ada.pk)).json()
    assert article.interviews.get() == by_hand
    other = make_article(assigned_to=cast.reporter, body=BODY, interviews=[by_hand])
    assert ask(client, other, undo=made["quote"]).status_code == 409  # another story prints it
    other.quote_uses.all().delete()
    made = ask(client, article, undo=made["quote"])
    assert made.status_code == 409  # what was offered was offered once
    article.refresh_from_db()
    made = ask(client, article, **agreed(article, ada.pk)).json()
    assert ask(client, article, undo=made["quote"]).status_code == 200
    assert Interview.objects.get().kept_at == "The blue notebook"
    assert list(article.sources.all()) == [ada]


def test_nothing_is_undone_that_lies_in_editors_hands(cast, client, article):
    ada = make_source("Ada Holt")
    made = ask(client, article, **agreed(article, ada.pk)).json()
    submitted = make_article(assigned_to=cast.reporter)
    submitted.interviews.add(Interview.objects.get())
    Article.objects.filter(pk=submitted.pk).update(stage="submitted")
    assert ask(client, article, undo=made["quote"]).status_code == 409
    assert Quote.objects.exists()


def test_a_pronoun_is_nobodys_description(client, article):
    answer = ask(client, article, body="<p>“We lost the whole harbour,” she said.</p>")
    assert answer.context["speaker"] == ""


# --- The first minute


def test_a_story_begins_with_nothing_asked_and_an_empty_one_is_taken_again(cast, client):
    section = make_section("Schools")
    Author.objects.create(name="Maren Okafor", slug="maren", user=cast.reporter)
    make_article(assigned_to=cast.reporter, section=section)
    client.force_login(cast.reporter)
    begin = reverse("admin:articles_article_add")
    first = client.post(begin)["Location"]
    story = Article.objects.get(headline="")
    assert (story.assigned_to, story.section, story.stage) == (cast.reporter, section, "draft")
    assert [str(byline.author) for byline in story.bylines.all()] == ["Maren Okafor"]
    assert story.writers() == {cast.reporter.pk}
    assert client.post(begin)["Location"] == first
    # A link makes nothing: it leads to where one begins.
    assert "With an empty page" in told(client.get(begin))
    post(client, story, headline="Ice", slug="", section="")
    assert client.post(begin)["Location"] != first
    client.force_login(cast.photo_editor)
    assert client.post(begin).status_code == 403


def test_an_address_comes_of_the_headline_once_there_are_words(cast, client):
    client.force_login(cast.reporter)
    make_article(slug="ice", assigned_to=cast.reporter)
    client.post(reverse("admin:articles_article_add"))
    story = Article.objects.get(headline="")

    def kept(**fields):
        post(client, story, **{"slug": story.slug} | fields)
        story.refresh_from_db()
        return story.slug

    assert kept(headline="😀").startswith("untitled-")
    assert kept(headline="Ice") == "ice-2"
    assert kept(headline="Snow") == "ice-2"  # it is an address now
    assert kept(slug="snow") == "snow"
    assert kept(slug="") == "snow"
    for odd in ("a b", "a/b", "a.b", "\u0301a"):
        assert kept(slug=odd) == "snow"


def test_a_part_in_which_something_is_wrong_is_open(cast, client, article):
    page = told(post(client, article, slug="a b"))
    assert 'data-part="details" open' in page and "no spaces" in page
    assert 'data-part="photos" open' not in page
    assert 'data-part="details" open' not in told(
        client.get(reverse("admin:articles_article_change", args=[article.pk]))
    )


def test_the_page_keeps_a_story_without_leaving_it(cast, client, article):
    address = reverse("admin:articles_article_change", args=[article.pk])
    form = form_of(article, headline="Kept\n as one line ", _keep="1")
    answer = client.post(address, form)
    article.refresh_from_db()
    assert article.headline == "Kept as one line"
    told_back = answer.json()
    assert (told_back["revision"], told_back["slug"]) == (article.revision, article.slug)
    # What is refused comes as the page, with what is wrong in it.
    refused = client.post(address, form)
    assert "Somebody saved this story after you opened it" in told(refused)


def test_a_story_is_begun_like_another_or_from_a_shape(cast, client, article):
    hidden = make_anonymous(added_by=cast.editor)
    article.sources.add(make_source("Ada Holt"), hidden)
    article.tags.add("ice")
    begin = reverse("admin:articles_article_add")
    client.post(begin, {"copy": article.pk})
    copy = Article.objects.exclude(pk=article.pk).get()
    assert (copy.headline, copy.body, copy.stage) == (article.headline, BODY, "draft")
    assert [str(source) for source in copy.sources.all()] == ["Ada Holt"]
    assert set(copy.tags.names()) == {"ice"}
    shape = Shape.objects.create(name="Obituary", body="<h2>A life</h2>", kicker="Obituary")
    client.post(begin, {"shape": shape.pk})
    shaped = Article.objects.get(kicker="Obituary")
    assert shaped.body == "<h2>A life</h2>"
    for odd in ({"copy": "x"}, {"copy": "9" * 40}, {"shape": "0"}):
        assert client.post(begin, odd).status_code == 404
    # What is under embargo is so in its copy.
    until = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=article.pk).update(embargoed_until=until)
    client.post(begin, {"copy": article.pk})
    assert Article.objects.filter(embargoed_until=until).count() == 2
    client.force_login(cast.second_reporter)
    assert client.post(begin, {"copy": article.pk}).status_code == 404


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Harbour freezes over", "harbour-freezes-over"),
        ("Netmenders’ Lane, U.S. – £3.2m", "netmenders-lane-us-32m"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("ข่าวท่าเรือ", "ข่าวท่าเรือ"),
        ("தமிழ் செய்தி", "தமிழ்-செய்தி"),
        ("العَبّارة تصطدم", "العَبّارة-تصطدم"),
        ("Cafe\u0301", "café"),
        ("ﬁre A/B", "fire-a-b"),
        ("😀 !", ""),
        ("", ""),
    ],
)
def test_slugs_keep_the_letters_of_every_script(text, slug):
    assert slug_of(text) == slug
    assert is_slug(slug) is bool(slug)


def test_a_story_with_marks_in_its_address_reaches_its_readers(cast, client):
    article = approve(
        make_article(slug=slug_of("हिन्दी समाचार"), assigned_to=cast.reporter), cast.editor
    )
    version = publish(article, by=cast.editor)
    assert client.get(version.get_absolute_url()).status_code == 200


def test_a_hundred_and_fifty_entries_of_a_notebook_are_saved(cast, client, article):
    rows = {"notebook-TOTAL_FORMS": 150, "notebook-INITIAL_FORMS": 0}
    for n in range(150):
        entry = {"kind": "note", "order": n, "title": f"Entry {n}", "url": "", "note": "Seen."}
        rows |= {f"notebook-{n}-{name}": value for name, value in entry.items()}
    assert post(client, article, **rows).status_code == 200
    assert article.notebook.count() == 150


def test_of_two_stories_that_take_one_address_in_the_same_moment_the_second_gives_way(
    cast, client, monkeypatch
):
    make_article(slug="ice")
    client.force_login(cast.reporter)
    client.post(reverse("admin:articles_article_add"))
    story = Article.objects.get(headline="")
    # As it was a moment before the other was kept.
    monkeypatch.setattr("articles.desk.story.forms.free_slug", lambda headline, but: "ice")
    monkeypatch.setattr(Article, "validate_unique", lambda *args, **kwargs: None)
    post(client, story, headline="Ice", slug="", section="")
    story.refresh_from_db()
    assert (story.headline, story.slug) == ("Ice", "ice-2")


def test_an_attempt_is_logged_at_one_press(cast, client, article):
    asked = CommentRequest.objects.create(article=article, asked="The harbour board")
    page = told(client.get(reverse("admin:articles_article_change", args=[article.pk])))
    assert f'name="_attempt" value="{asked.pk} phone"' in page
    page = told(post(client, article, deck="Kept with it", _attempt=f"{asked.pk} phone"))
    assert "Logged: The harbour board, phone" in page
    article.refresh_from_db()
    assert article.deck == "Kept with it"
    assert [each.channel for each in asked.attempts.all()] == ["phone"]
    for odd in (f"{asked.pk} pigeon", "0 phone", "x", f"{asked.pk}"):
        assert "nothing was logged" in told(post(client, article, _attempt=odd))
        article.refresh_from_db()
    assert asked.attempts.count() == 1


def test_every_rule_has_an_example(cast):
    assert set(GOOD_EXAMPLES) == set(RULES)


# --- Every finding is mended at a press


@pytest.mark.parametrize("code", CASES)
def test_every_finding_has_a_press_that_leads_to_where_it_is_mended(code, cast, client):
    client.force_login(cast.editor)
    for build in CASES[code].raises:
        address = reverse("admin:articles_article_change", args=[build(cast).pk])
        page = fromstring(told(client.get(address)))
        for finding in page.find_class("finding"):
            presses = [*finding.iter("button"), *finding.iter("a")]
            assert presses, finding.text_content()
            for link in finding.iter("a"):
                href = link.get("href")
                if href.startswith("#"):
                    assert page.get_element_by_id(href[1:]) is not None, href
                else:
                    assert client.get(href).status_code == 200, href
