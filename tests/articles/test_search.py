"""Search: live stories alone, whatever is typed, the newest first, on both engines."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.front.search import Query, read_query, search
from articles.models import Article, SearchEntry, Update, Version
from articles.prepared.preparing import renew_all
from articles.prepared.search_index import first_key, fits_language
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish_update, retract
from articles.publishing.workflow import make_move
from tests.corpus import COMMON, RARE, add_stories
from tests.factories import (
    approve,
    make_article,
    make_byline,
    make_live,
    make_retraction,
    make_section,
)

pytestmark = pytest.mark.django_db


def found(*wanted, without=(), **more):
    results = search(Query(tuple(wanted), tuple(without), **more), size=100)
    return [headline for each in results.stories for headline in headlines(each.card)]


def headlines(html):
    return re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a>", html)


def told(client, **asked):
    """The page, and the headlines on it."""
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    page = answer.content.decode()
    return page, headlines(page)


def test_words_phrases_and_words_left_out(cast):
    make_live(cast.editor, headline="One", body="<p>The old harbour froze in U.S. waters.</p>")
    make_live(cast.editor, headline="Two", body="<p>A frozen harbour is old news, said nobody.</p>")
    assert found("harbour") == ["Two", "One"]
    assert found("harbours") == ["Two", "One"]  # by their stems
    assert found("old harbour") == ["One"]
    assert found("harbour", "news") == ["Two"]
    assert found("harbour", without=["news"]) == ["One"]
    assert found("u s") == ["One"]
    assert found("one") == ["One"]
    assert found("glacier") == []


def test_sections_tags_authors_and_days(cast, client):
    article = make_article(headline="Ice", section=make_section("Schools"))
    article.tags.add("Sea & “ice”")
    make_byline(article, "Noor van ’t Hoff")
    from articles.publishing.door import publish

    publish(approve(article, cast.editor), by=cast.editor)
    make_live(cast.editor, headline="Other")
    assert told(client, section="schools")[1] == ["Ice"]
    assert told(client, q="froze", tag="sea & “ICE”")[1] == ["Ice"]
    assert told(client, author=" noor van ’t hoff ")[1] == ["Ice"]
    assert told(client, q="froze", author="nobody")[1] == []
    today = timezone.localdate()
    assert told(client, q="froze", since=str(today), until=str(today))[1] == ["Other", "Ice"]
    assert told(client, until=str(today - timedelta(days=1)))[1] == []
    page, shown = told(client, q="froze", since="yesterday")
    assert "Enter a valid date." in page
    assert shown == ["Other", "Ice"]


@pytest.mark.parametrize("day", ["0001-01-01", "1500-01-01", "9999-12-31"])
def test_days_that_no_story_has_are_asked_for_without_harm(cast, client, day):
    make_live(cast.editor, headline="Ice")
    assert told(client, q="froze", since=day)[1] == (["Ice"] if day < "2000" else [])
    assert told(client, q="froze", until=day)[1] == ([] if day < "2000" else ["Ice"])


def test_every_moment_has_a_key_that_the_index_can_hold():
    kind = SearchEntry._meta.pk.get_internal_type()
    lowest, highest = connection.ops.integer_field_range(kind)
    earliest, latest = (moment.replace(tzinfo=UTC) for moment in (datetime.min, datetime.max))
    assert lowest <= first_key(earliest) < first_key(timezone.now()) < first_key(latest) <= highest


def test_only_what_readers_see_is_found(cast, client):
    for slug in ("draft", "embargoed", "spiked"):
        make_article(headline=slug, slug=slug, body="<p>Xylophone.</p>", assigned_to=cast.reporter)
    approved = approve(Article.objects.get(slug="embargoed"), cast.editor)
    make_move(approved, "schedule", by=cast.editor, at=timezone.now() + timedelta(hours=1))
    assert found("xylophone") == []
    live = make_live(cast.editor, headline="Live", body="<p>A xylophone by Grimbald.</p>")
    assert found("xylophone") == ["Live"]

    correct(live, [Replacement("Grimbald", "Ethelred")], by=cast.editor, note="It was by Ethelred.")
    assert found("grimbald") == []
    assert found("ethelred") == ["Live"]
    live.refresh_from_db()
    Article.objects.filter(pk=live.pk).update(body="<p>A marimba.</p>")
    live.refresh_from_db()
    assert found("marimba") == []
    publish_update(live, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="A marimba.")
    assert found("marimba") == ["Live"]
    live.refresh_from_db()
    retract(make_retraction(live, cast.second_editor), by=cast.editor)
    assert found("marimba") == found("xylophone") == found("ethelred") == []
    assert told(client, q="grimbald")[1] == []


ODD = (
    *('"', '""', '"unclosed', "(a OR b) AND", "NEAR(a b)", "title:x", "-", "--", "*", "a*", "^a"),
    *(
        "'; DROP TABLE articles_version; --",
        "%",
        "%s %(x)s {0}",
        "\\",
        "\x00",
        "a\x00b",
        "<b>&amp;",
    ),
    *(
        "🚢",
        "🚢🚢 froze",
        "froze 🚢",
        "x" * 10_000,
        "froze " * 2_000,
        "‮كتب",
        "的",
        "é́́",
        "ﬁ",
        "\ud7ff",
    ),
    *("NOT", "AND", "OR froze", "froze NOT", "a-b", "'t", "’", "!|&:*<->", "froze:*", "-froze"),
)


@pytest.mark.parametrize("typed", ODD)
def test_whatever_is_typed_gives_a_page(cast, client, typed):
    make_live(cast.editor)
    for field in ("q", "section", "tag", "author", "since", "until", "before"):
        page, _ = told(client, **{field: typed})
        assert "</html>" in page
    page, _ = told(client, q=typed, before="9" * 30)
    assert "<b>&amp;" not in page
    assert "<form" in page
    if "-froze" not in typed and not re.search("OR|NOT", typed):  # which PostgreSQL passes over
        assert bool(told(client, q=typed)[1]) == ("froze" in typed)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(st.text(max_size=60))
def test_any_text_can_be_asked(cast, typed):
    wanted, unwanted = read_query(typed)
    for term in (*wanted, *unwanted):
        assert not set('"-:*()^{}_') & set(term)
        assert term == term.strip() != ""
    search(Query(wanted, unwanted))


def test_a_snippet_shows_the_words_and_nothing_but_text(cast, client):
    make_live(
        cast.editor, body="<p>Before. <strong>The &lt;script&gt; froze &amp; cracked.</strong></p>"
    )
    page, _ = told(client, q="froze")
    assert re.search("(&lt;|‹)script(&gt;|›) <mark>froze</mark> &amp; cracked.", page)


def test_pages_of_results_hold_every_story_once(cast, client):
    live = make_live(cast.editor).live_version
    add_stories(live, 400)
    for word, number in ((RARE, 8), (COMMON, 200)):
        seen, before = [], None
        while True:
            results = search(Query((word,)), before, size=7)
            seen += [each.key for each in results.stories]
            before = results.older
            if before is None:
                break
        assert len(seen) == number
        assert seen == sorted(seen, reverse=True)
    page, shown = told(client, q=COMMON)
    assert len(shown) == 10
    older = re.search(r'class="older"[^>]*href="([^"]*)"', page)[1].replace("&amp;", "&")
    following = client.get(f"/search/{older}").content.decode()
    assert shown[0] not in following
    assert "To the newest" in following


def test_the_newest_come_first_over_a_century(cast):
    """Keys of stories from before 1970 are negative, and far apart."""
    model = make_live(cast.editor).live_version
    for n, year in enumerate((1925, 1969, 1970, 2026), 2):
        model.published_at = datetime(year, 6, 1, tzinfo=UTC)
        add_stories(model, 40, seed=n)
    results = search(Query((COMMON,)), size=100).stories
    keyed = Version.objects.live().by_article(each.article for each in results)
    moments = [keyed[each.article].published_at for each in results]
    assert len(moments) == 80
    assert moments == sorted(moments, reverse=True)


def test_the_index_follows_the_language_of_the_site(cast, settings):
    make_live(cast.editor, headline="Eins", body="<p>Die Boote froren ein.</p>")
    assert fits_language(connection)
    assert found("boote") == ["Eins"]
    settings.LANGUAGE_CODE = "de"
    assert not fits_language(connection)
    renew_all()
    assert fits_language(connection)
    assert found("boote") == ["Eins"]
    assert bool(found("boots")) == (connection.vendor == "postgresql")  # FTS5 stems English alone
