"""The public history: versions and their differences, corrections, feeds, data for machines."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter

import jsonschema
import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Update
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish_update, retract
from articles.record.composing import version_of
from articles.record.differences import How, differences
from articles.text.body import read
from tests.factories import make_live, make_retraction

BODY = "<p>The council voted seven to four.</p><p>It rained.</p><p>Nobody spoke.</p>"
NOTE = "The vote was six to five, and not seven to four."
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def story(cast):
    """Published, corrected, and updated with a paragraph moved about."""
    article = make_live(cast.editor, headline="The vote", body=BODY)
    correct(article, [Replacement("seven to four", "six to five")], by=cast.editor, note=NOTE)
    Article.objects.filter(pk=article.pk).update(
        body="<p>The council voted six to five.</p><p>Snow fell on the harbour.</p><p>Nobody spoke.</p>"
    )
    article.refresh_from_db()
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Adds the snow.")
    return article


def told(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode().split("<main")[-1]


def without_tags(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


# Versions and differences


@pytest.mark.django_db
def test_the_history_tells_every_version_with_its_kind_and_note(client, story):
    page = told(client, story.live_version.get_history_url())
    assert re.findall(r"<strong>(.+?)</strong>", page) == [
        "Update",
        "Correction",
        "First published",
    ]
    assert NOTE in page
    for version in story.versions.all():
        assert version.content_hash in page


@pytest.mark.django_db
def test_each_version_can_be_read_as_it_was(client, story):
    url = story.live_version.get_history_url()
    assert "seven to four" in told(client, f"{url}1/")
    assert "It rained." in told(client, f"{url}2/")
    assert "It rained." not in told(client, f"{url}3/")
    assert client.get(f"{url}4/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?from=1&to=3", "?from=3&to=1"])
def test_any_two_versions_are_compared_in_words_and_without_colour(client, story, query):
    page = told(client, story.live_version.get_history_url() + query)
    assert "From version 1 to version 3" in page
    shown = without_tags(page)
    words = shown.replace("][", "] [")
    assert "[removed: seven ] [added: six ] to [removed: four ] [added: five ]" in words
    assert "[added: Snow fell on the harbour. ]" in shown
    assert "[removed: It rained. ]" in shown


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?from=1", "?from=1&to=9", "?from=x&to=%00", "?to=" + "9" * 99])
def test_a_comparison_that_cannot_be_made_is_just_the_history(client, story, query):
    page = told(client, story.live_version.get_history_url() + query)
    assert "From version" not in page


PARAGRAPHS = st.lists(
    st.lists(
        st.sampled_from(
            ["the", "council", "voted", "six", "to", "five", "7", "Holt", "“it", "froze”", "."]
        ),
        max_size=8,
    ),
    max_size=6,
)


def saying(paragraphs):
    body = "".join(f"<p>{escape(' '.join(words))}</p>" for words in paragraphs if words)
    return version_of(Article(), {"body": read(body)})


def lines(blocks, left_out):
    texts = ("".join(p.words for p in b.parts if p.how is not left_out) for b in blocks)
    return [text for text in texts if text]


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_difference_holds_both_versions_whole(before, after):
    blocks = differences(saying(before), saying(after))
    assert lines(blocks, How.ADDED) == [" ".join(words) for words in before if words]
    assert lines(blocks, How.REMOVED) == [" ".join(words) for words in after if words]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([["ha"] * 450], [["ha"] * 440 + ["ho"] + ["ha"] * 9]),
        ([["ha", "ho"] * 225], [["ho", "ha"] * 225]),
        ([["ha"]] * 450, [["ha"], ["ho"]] * 225),
        (
            [[str(n), "a", "b", "c"] for n in range(300)],
            [[str(n), "b", "c"] for n in range(900, 1_200)],
        ),
    ],
    ids=["a word", "two words", "paragraphs", "paragraphs alike"],
)
def test_whatever_repeats_itself_two_versions_are_soon_compared(before, after):
    """Anybody may ask for a comparison. Counted in calls, of which one aligned pair is one."""
    older, newer = saying(before), saying(after)
    calls = Counter()
    sys.setprofile(lambda frame, event, argument: calls.update((event,)))
    try:
        blocks = differences(older, newer)
    finally:
        sys.setprofile(None)
    assert calls.total() < 400_000
    assert lines(blocks, How.ADDED) == [" ".join(words) for words in before]
    assert lines(blocks, How.REMOVED) == [" ".join(words) for words in after]


# Corrections, and the feeds


@pytest.mark.django_db
def test_corrections_are_listed_by_date_and_section(cast, client, story):
    page = told(client, "/corrections/")
    assert NOTE in page
    assert "Adds the snow." not in page
    assert NOTE in told(client, "/corrections/?section=harbour")
    assert NOTE not in told(client, "/corrections/?section=schools")
    assert NOTE not in told(client, "/corrections/?before=978307200000000-1")
    assert client.get("/corrections/?section=%00").status_code == 200
    for nonsense in ("yesterday", "%00", "1-", "9" * 18 + "-1", "٣-٣"):
        assert client.get(f"/corrections/?before={nonsense}").status_code == 404


@pytest.mark.django_db
def test_a_feed_entry_keeps_its_id_and_gains_the_note(cast, client):
    article = make_live(cast.editor, headline="The vote", body=BODY)
    before = entries(client, "/feed/")
    correct(article, [Replacement("seven to four", "six to five")], by=cast.editor, note=NOTE)
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(slug="renamed", deck="Another")
    article.refresh_from_db()
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Renamed.")
    after = entries(client, "/feed/")
    assert [entry["id"] for entry in after] == [entry["id"] for entry in before]
    assert NOTE not in before[0]["summary"]
    assert NOTE in after[0]["summary"]
    assert after[0]["updated"] > before[0]["updated"]
    [correction] = entries(client, "/corrections/feed/")
    assert (correction["title"], correction["summary"]) == (
        "Correction: The vote",
        f"<p>{NOTE}</p>",
    )


def entries(client, url):
    feed = ET.fromstring(client.get(url).content)  # noqa: S314  (our own)
    return [
        {part.tag.removeprefix(ATOM): part.text for part in e} for e in feed.iter(f"{ATOM}entry")
    ]


# For machines


def json_ld(client, version):
    page = client.get(version.get_absolute_url()).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])


@pytest.mark.django_db
def test_json_ld_carries_every_correction(client, story):
    live = story.live_version
    data = json_ld(client, live)
    assert data["@type"] == "NewsArticle"
    assert [each["text"] for each in data["correction"]] == [NOTE]
    assert {each["@type"] for each in data["correction"]} == {"CorrectionComment"}
    assert data["dateModified"] == live.updated_at.isoformat()
    assert data["datePublished"] == live.published_at.isoformat()


@pytest.mark.django_db
def test_no_text_closes_the_script_element(cast, client):
    version = make_live(
        cast.editor, headline="</script><script>alert(1)</script> & <!--"
    ).live_version
    page = client.get(version.get_absolute_url()).content.decode()
    assert page.count("</script>") == page.count("<script") == 2
    assert json_ld(client, version)["headline"] == version.headline


@pytest.mark.django_db
def test_ninjs_carries_version_and_status(cast, client, story, shared):
    url = story.live_version.get_absolute_url().rstrip("/") + ".json"
    data = client.get(url).json()
    assert (data["version"], data["pubStatus"]) == ("3", "usable")
    assert NOTE in data["edNote"]
    story.refresh_from_db()
    retract(make_retraction(story, cast.second_editor), by=cast.editor)
    retracted = client.get(url).json()
    assert (retracted["version"], retracted["pubStatus"]) == ("4", "canceled")
    schema = json.loads((shared / "schemas" / "ninjs-schema_3.1.json").read_text())
    for one in (data, retracted):
        jsonschema.Draft202012Validator(schema).validate(one)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(data | {"unknown": 1})


def test_every_minor_edit_stands_in_a_public_list_and_no_correction_does(cast, client):
    article = make_live(cast.editor, headline="Slips", body="<p>Teh pier froze, Holt said.</p>")
    article.body = "<p>The pier froze, Holt said.</p>"
    article.save()
    publish_update(article, by=cast.editor, kind="minor", note="A slip in the first word.")
    correct(article, [Replacement("froze", "sank")], by=cast.editor, note="It sank.")
    minor = client.get("/corrections/minor-edits/").content.decode()
    corrections = client.get("/corrections/").content.decode()
    assert ("A slip in the first word." in minor, "It sank." in minor) == (True, False)
    assert ("A slip in the first word." in corrections, "It sank." in corrections) == (False, True)
    assert article.live_version.get_history_url() in minor
    assert "/corrections/minor-edits/" in corrections
