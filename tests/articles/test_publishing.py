"""What comes through the door, and what must not."""

import json
import re
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.forms.models import model_to_dict
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles.models import (
    Article,
    Author,
    Byline,
    CommentRequest,
    NotebookEntry,
    QuoteUse,
    SearchEntry,
    Update,
    Version,
)
from articles.prepared.drawing import draw_body
from articles.prepared.search_index import label
from articles.publishing.door import publish, publish_update, retract
from articles.publishing.workflow import Blocked, MoveRefused
from articles.record.composing import compose
from articles.record.fields import texts
from articles.record.material import Material
from articles.record.public_files import sweep
from articles.record.telling import sources_told
from articles.text.body import clean_body
from sources.models import Affiliation, Interview, Organization, Source
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_document,
    make_image,
    make_interview,
    make_live,
    make_photo,
    make_retraction,
    make_source,
)

pytestmark = pytest.mark.django_db

SECRET = "zqxsecret"  # stands in every field that readers must not see
PUBLIC = "zqxpublic"  # stands in every field that they must


@pytest.fixture
def laden(cast):
    """A story with something in every field of the desk."""
    named = make_source(f"Ada {PUBLIC}1", authorization=Source.Authorization.OWN_BEHALF)
    organization = Organization.objects.create(name=f"{PUBLIC}2", website=f"https://{SECRET}.test")
    Affiliation.objects.create(source=named, title=f"{PUBLIC}3", organization=organization)
    anonymous = make_anonymous(
        f"a {PUBLIC}4 clerk", reason=f"{PUBLIC}5", later_reference=f"{SECRET}, the clerk"
    )
    Affiliation.objects.create(source=anonymous, title=SECRET)
    private = {"terms_as_agreed": SECRET, "kept_at": SECRET, "interviewer": SECRET}
    interviews = [
        make_interview(named, f"It froze {PUBLIC}6.", **private),
        make_interview(anonymous, f"It broke {PUBLIC}7.", **private),
        make_interview(make_source(f"Off {SECRET}"), SECRET, terms="off_the_record"),
        make_interview(make_source(f"Deep {SECRET}"), SECRET, terms="deep_background"),
        make_interview(make_source(f"Back {SECRET}"), SECRET, terms="on_background"),
    ]
    interviews[0].quotes.update(context=SECRET)
    article = make_article(
        headline=f"{PUBLIC}8",
        deck=f"{PUBLIC}9",
        kicker=f"{PUBLIC}10",
        dateline=f"{PUBLIC}11",
        body=f"<p>“It froze {PUBLIC}6,” she said.</p><p>“It broke {PUBLIC}7,” said a clerk.</p>",
        interviews=interviews,
        lead_photo=make_photo(caption=f"{PUBLIC}12", alt=f"{PUBLIC}13", credit=f"{PUBLIC}14"),
        assigned_to=cast.reporter,
    )
    article.tags.add(f"{PUBLIC}15")
    Byline.objects.create(
        article=article, author=Author.objects.create(name=f"{PUBLIC}16", bio=SECRET, slug="a")
    )
    make_approval(article, anonymous, by=cast.second_editor, asked_by=cast.reporter)
    article.anonymity_approvals.update(reason=SECRET, remark=SECRET)
    CommentRequest.objects.create(
        article=article,
        asked=f"{PUBLIC}17",
        about=f"{PUBLIC}18",
        answer=f"{PUBLIC}19",
        outcome="declined",
    )
    waiting = CommentRequest.objects.create(article=article, asked=SECRET)
    waiting.attempts.create(channel="email")
    NotebookEntry.objects.create(
        article=article,
        kind="document",
        title=f"{PUBLIC}20",
        note=f"{PUBLIC}21",
        url=f"https://example.org/{PUBLIC}22",
        file=make_document(f"{SECRET}.txt"),
    )
    return approve(article, cast.editor)


def test_every_text_that_readers_get_is_laden(laden):
    assert [row.name for row in texts() if PUBLIC not in getattr(laden, row.name)] == []


def test_readers_get_what_is_theirs_and_nothing_else(cast, client, laden):
    """The control is in the same texts: every public field's mark is found there."""
    version = publish(laden, by=cast.editor)
    row = json.dumps(model_to_dict(version), default=str)
    pages = [client.get(url) for url in (version.get_absolute_url(), version.get_notebook_url())]
    read = row + "".join(page.content.decode() for page in pages)
    found = {number for number in range(1, 23) if f"{PUBLIC}{number}" in read}
    assert found == set(range(1, 23))
    assert SECRET not in read
    assert cast.reporter.username not in row
    sweep()
    files = [path.name for path in storages["public"].base_location.rglob("*")]
    assert files
    assert SECRET not in "".join(files)


def test_each_part_is_found_and_listed_by_what_it_is(cast, laden):
    version = publish(laden, by=cast.editor)
    entry = SearchEntry.objects.get()
    numbers = re.compile(rf"{PUBLIC}(\d+)")
    assert numbers.findall(entry.title) == ["10", "8", "16", "15", "1", "4"]
    assert numbers.findall(entry.words) == ["9", "12", "20", "21", "6", "7"]
    labels = [("section", "harbour"), ("author", f"{PUBLIC}16"), ("tag", f"{PUBLIC}15")]
    assert entry.labels == " ".join(label(*each) for each in labels)
    assert set(version.listings.values_list("kind", "name")) == {
        ("place", f"{PUBLIC}11"),
        ("author", f"{PUBLIC}16"),
        ("tag", f"{PUBLIC}15"),
        ("source", f"Ada {PUBLIC}1"),
    }


def test_machines_are_told_codes_and_what_they_mean(cast, client, laden):
    version = publish(laden, by=cast.editor)
    [brief] = client.get("/api/stories/").json()["items"]
    whole = client.get(f"/api/stories/{laden.pk}/").json()
    said = ["published_at", "updated_at", "is_retracted", "section", "kicker", "headline", "deck"]
    assert list(brief)[4:] == [*said, "authors", "tags"]
    assert [name for name in whole if name not in brief][:5] == [
        "by_its_writer",
        "dateline",
        "sources",
        "exhibits",
        "comment_requests",
    ]
    assert brief["section"] == {"name": "Harbour", "slug": "harbour"}
    assert whole["comment_requests"] == [
        version.comment_requests[0] | {"outcome_label": "declined to comment"}
    ]
    assert whole["notebook"] == [version.notebook[0] | {"kind_label": "document"}]


def test_of_a_retracted_story_only_what_the_table_keeps_stands(cast, laden):
    publish(laden, by=cast.editor)
    gone = retract(make_retraction(laden, cast.second_editor), by=cast.editor)
    by_the_door = {"published_on", "published_at", "updated_at", "is_retracted", "note", "place"}
    said = {name for name, value in gone.content.items() if value}
    assert said - by_the_door == {"slug", "section", "headline", "bylines"}


def test_quotations_are_marked_with_their_sources(cast, laden):
    version = publish(laden, by=cast.editor)
    assert [source["key"] for source in version.sources] == ["s1", "s2"]
    assert [source["quotations"] for source in sources_told(version)] == [1, 1]
    assert re.search(
        rf'data-backing="Ada {PUBLIC}1, [^"]+">It froze {PUBLIC}6,</span>', draw_body(version)
    )
    uses = QuoteUse.objects.filter(version=version)
    assert [use.quote.words for use in uses] == [f"It froze {PUBLIC}6.", f"It broke {PUBLIC}7."]


def test_a_preview_writes_nothing(cast, client, laden):
    client.force_login(cast.editor)
    page = client.get(reverse("admin:articles_article_preview", args=[laden.pk]))
    assert f"{PUBLIC}8" in page.content.decode()
    assert not Version.objects.exists()
    assert not storages["public"].base_location.exists()


def test_scripts_do_not_come_through(cast):
    body = '<p onclick="x()">Safe<script>alert(1)</script><a href="javascript:x">so</a></p>'
    version = make_live(cast.editor, body=body).live_version
    assert draw_body(version) == "<p>Safeso</p>"


def test_what_is_incomplete_stays_on_the_desk(cast):
    article = approve(make_article(deck="", body="<p> </p>"), cast.editor)
    with pytest.raises(Blocked, match="The story has no deck and no body"):
        publish(article, by=cast.editor)
    assert not Version.objects.exists()
    assert Article.objects.get(pk=article.pk).stage == "approved"


def test_anonymity_needs_an_editor_who_did_not_write_the_story(cast):
    source = make_anonymous()
    interviews = [make_interview(source), make_interview(make_source())]
    article = make_article(interviews=interviews, assigned_to=cast.editor)
    make_byline(article)
    approve(article, cast.editor)
    with pytest.raises(Blocked, match="No editor has approved the anonymity"):
        publish(article, by=cast.standards_editor)
    approval = make_approval(article, source, by=cast.editor)
    with pytest.raises(Blocked, match="wrote the story, or asked"):
        publish(article, by=cast.standards_editor)
    approval.decide(True, by=cast.second_editor)
    with pytest.raises(Blocked, match="without knowing who it is"):
        publish(article, by=cast.standards_editor)
    source.known_to.add(cast.second_editor)
    assert publish(article, by=cast.standards_editor).sources[0]["name"] == source.description


def test_words_off_the_record_are_stopped_wherever_they_stand(cast):
    off = make_interview(make_source(), "The mayor wept", terms=Interview.Terms.OFF_THE_RECORD)
    article = approve(make_article(deck="Why the mayor wept.", interviews=[off]), cast.editor)
    with pytest.raises(Blocked, match="off the record"):
        publish(article, by=cast.editor)


@pytest.mark.parametrize("where", ["description", "affiliation", "byline", "note"])
def test_words_off_the_record_are_found_in_all_that_readers_get(cast, where):
    off = make_interview(make_source(), "The mayor wept", terms=Interview.Terms.OFF_THE_RECORD)
    source = make_source("Bo Lind")
    article = make_live(cast.editor, interviews=[off, make_interview(source)])
    note = "It thawed."
    if where == "description":
        shy = make_anonymous("a clerk who saw that the mayor wept")
        article.interviews.add(make_interview(shy))
        make_approval(article, shy, by=cast.second_editor)
    elif where == "affiliation":
        Affiliation.objects.create(source=source, title="who knows that the mayor wept")
    elif where == "byline":
        author = Author.objects.create(name="The mayor wept", slug="m")
        Byline.objects.create(article=article, author=author)
    else:
        note = "In fact the mayor wept."
    with pytest.raises(Blocked, match="off the record"):
        publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note=note)


def test_a_picture_in_the_notebook_is_rebuilt_too(cast):
    article = approve(make_article(), cast.editor)
    picture = make_image(comment=b"zqxsecret").read()
    NotebookEntry.objects.create(
        article=article, kind="document", title="Photo", file=make_document("a.jpeg", picture)
    )
    file = publish(article, by=cast.editor).notebook[0]["file"]
    sweep()
    public = storages["public"].open(file["name"]).read()
    assert b"zqxsecret" in picture
    assert b"zqxsecret" not in public
    assert Image.open(BytesIO(public)).size == (640, 480)


def test_a_picture_under_another_name_stays_on_the_desk(cast):
    article = approve(make_article(), cast.editor)
    disguised = make_document("a.pdf", make_image().read())
    NotebookEntry.objects.create(article=article, kind="document", title="A", file=disguised)
    with pytest.raises(MoveRefused, match="picture under another name"):
        publish(article, by=cast.editor)
    assert not Version.objects.exists()


def test_marks_stand_right_in_a_body_that_was_never_cleaned(cast):
    interview = make_interview(make_source(), "It froze.")
    article = make_article(interviews=[interview])
    Article.objects.filter(pk=article.pk).update(
        body="<script>x</script><div><p>\x01 “It froze,” she said.</p></div>"
    )
    article.refresh_from_db()
    assert ">It froze,</span>" in draw_body(compose(Material(article)))


def test_an_update_is_public_and_moves_the_stamp(cast, client):
    article = make_live(cast.editor)
    Article.objects.filter(pk=article.pk).update(body="<p>It thawed.</p>")
    assert "thawed" not in client.get(article.live_version.get_absolute_url()).content.decode()
    version = publish_update(
        article, by=cast.editor, kind=Update.Kind.CORRECTION, note="It did not freeze."
    )
    page = client.get(version.get_absolute_url()).content.decode()
    assert version.number == 2
    assert version.updated_at == version.update.at
    assert "It thawed." in page
    assert "<strong>Correction</strong>" in page
    assert "It did not freeze." in page


def test_an_update_that_changes_nothing_is_refused(cast):
    article = make_live(cast.editor, lead_photo=make_photo())
    with pytest.raises(MoveRefused, match="Nothing differs"):
        publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Again.")
    assert article.versions.count() == 1


@pytest.mark.parametrize("kind", [Update.Kind.EDITORS_NOTE, Update.Kind.CLARIFICATION])
def test_a_note_alone_may_be_all_that_changes(cast, kind):
    article = make_live(cast.editor)
    version = publish_update(article, by=cast.editor, kind=kind, note="The vote was secret.")
    assert version.changes[-1].note == "The vote was secret."


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("example.org/a?b=c", "https://example.org/a?b=c"),
        ("https://example.org", "https://example.org"),
        ("/standards/", "/standards/"),
        ("#note", "#note"),
        ("../x", "../x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("localhost:8000/x", None),
        ("javascript:x", None),
    ],
)
def test_a_link_leads_where_its_writer_meant(typed, link):
    wanted = f'<p><a href="{link}">a</a></p>' if link else "<p>a</p>"
    assert clean_body(f'<p><a href="{typed}">a</a></p>') == wanted


def test_an_update_without_a_note_is_refused(cast):
    article = make_live(cast.editor)
    with pytest.raises(MoveRefused, match="needs a note"):
        publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note=" ")
    assert article.versions.count() == 1


def test_an_address_once_public_works_for_ever(cast, client):
    article = make_live(cast.editor)
    first = article.live_version
    article.slug = "renamed"
    article.save()
    second = publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Renamed.")
    for old, new in (
        (first.get_absolute_url(), second.get_absolute_url()),
        (first.get_notebook_url(), second.get_notebook_url()),
    ):
        moved = client.get(old)
        assert (moved.status_code, moved["Location"]) == (301, new)
        assert client.get(new).status_code == 200


def test_an_address_of_another_story_is_refused(cast):
    article = make_live(cast.editor, slug="taken")
    Article.objects.filter(pk=article.pk).update(slug="given-up")
    other = approve(make_article(slug="taken"), cast.editor)
    with pytest.raises(MoveRefused, match="belongs to another story"):
        publish(other, by=cast.editor)
    for free in ("free", "unused"):
        Article.objects.filter(slug="taken").update(slug=f"not-{free}")
        renamed = make_live(cast.editor, slug=free)
        Article.objects.filter(pk=renamed.pk).update(slug="taken")
        renamed.refresh_from_db()
        with pytest.raises(MoveRefused, match="belongs to another story"):
            publish_update(renamed, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Renamed.")


def test_the_day_of_an_address_is_the_newsrooms(cast, settings):
    settings.TIME_ZONE = "Pacific/Kiritimati"
    article = approve(make_article(), cast.editor)
    version = publish(article, by=cast.editor)
    assert version.published_on == timezone.localdate(version.published_at)
    with override_settings(TIME_ZONE="Pacific/Pago_Pago"):
        elsewhere = timezone.localdate(version.published_at)
    assert version.published_on != elsewhere  # 25 hours apart


def test_compose_of_an_empty_story_fails_nothing(db):
    version = compose(Material(make_article(headline="", deck="", body="", section=None)))
    assert (version.sources, version.notebook, version.body) == ([], [], [])
