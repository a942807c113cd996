"""The table of public fields: a new row reaches every place that it must, and nothing stands beside it."""

import dataclasses
import json
import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.management import call_command

from articles.front import search
from articles.front.machines import answered, api
from articles.models import Article, SearchEntry, Update, Version
from articles.packages.format import DoesNotFit, package_of
from articles.prepared import drawing
from articles.publishing.correcting import Replacement, corrected, rebase
from articles.publishing.door import correct, publish_update, retract
from articles.publishing.workflow import MoveRefused
from articles.record import sealing
from articles.record.chain import breaks, proof
from articles.record.composing import compose
from articles.record.differences import differences
from articles.record.fields import BESIDE, FIELDS, IN_HEADER, Told, text, texts
from articles.record.material import Material
from articles.text import blocks
from articles.text.blocks import BLOCKS, MARKS, BlockKind, MarkKind
from sources.models import Interview
from sources.prose.hypertext import read
from tests.factories import (
    make_anonymous,
    make_article,
    make_interview,
    make_live,
    make_photo,
    make_retraction,
    make_source,
)

pytestmark = pytest.mark.django_db
DEVELOPMENT, MINOR = Update.Kind.DEVELOPMENT, Update.Kind.MINOR
REPOSITORY = Path(__file__).parents[2]


def test_every_column_and_every_member_stands_in_a_row(cast):
    version = make_live(cast.editor, lead_photo=make_photo()).live_version
    copied = {column for row in FIELDS.values() for column in row.columns}
    columns = {field.name for field in Version._meta.concrete_fields}
    assert columns == {*copied, *IN_HEADER, *BESIDE}
    assert not copied & {*IN_HEADER, *BESIDE}
    assert version.content.keys() == FIELDS.keys()


def test_every_text_is_typed_on_the_desk():
    page = admin.site.get_model_admin(Article)
    assert {row.name for row in texts()} <= set(flatten_fieldsets(page.fieldsets))


def test_the_format_tells_of_every_member():
    table = re.findall(
        r"^\| (`.*?`) \|", (REPOSITORY / "docs" / "record.md").read_text(), re.MULTILINE
    )
    assert FIELDS.keys() <= {name for row in table for name in re.findall(r"`(\w+)`", row)}


def test_what_a_row_says_of_packages_is_so():
    """Beside the rows a package has the words as they were recorded, and why a source is unnamed."""
    beside = {"format", "quotes", "anonymity"}
    with pytest.raises(DoesNotFit) as told:
        package_of(dict.fromkeys({*FIELDS, *beside}, 0))
    foreign = {
        each.field for each in told.value.problems if "not a field of this format" in each.message
    }
    assert foreign == {row.name for row in FIELDS.values() if not row.is_exported}


def reads_markup(line):
    """Is this line of code a pattern with a tag in it? A named group and a look behind are none."""
    is_pattern = any(f"re.{verb}(" in line for verb in ("compile", "sub", "search", "findall"))
    return (
        is_pattern and re.search(r"<(?:/|[a-z]|\(|\{|\[)", re.sub(r"\(\?P?<", "", line)) is not None
    )


def test_nothing_reads_markup_by_regular_expression():
    """What a test says of HTML is its own."""
    code = [file for app in ("articles", "sources") for file in (REPOSITORY / app).rglob("*.py")]
    lines = [(file.name, line) for file in code for line in file.read_text().splitlines()]
    assert [each for each in lines if reads_markup(each[1])] == []
    assert reads_markup('_LINK = re.compile(r\'<a href="([^"]*)">(.*?)</a>\')')  # the controls
    assert reads_markup('_MARK = re.compile(rf"</?{MARK}")')
    assert not reads_markup(r'_WORD = re.compile(r"(?<!\w)x")')


# By ARCHITECTURE's list: the model, the row, the template. The model is a dictionary here, and the
# field a series that stories belong to.


@pytest.fixture
def series(monkeypatch):
    """Of which series each story is, by its key: what would be a column of the working copy."""
    said: dict[int, str] = {}
    row = text("series", "series", made=lambda material: said.get(material.article.pk, ""))
    row = dataclasses.replace(row, is_mended=False)
    monkeypatch.setitem(FIELDS, "series", row)
    return said


@pytest.fixture
def before_the_row(cast):
    """A story that was published before there was such a field."""
    return make_live(cast.editor, headline="The frozen harbour")


def test_a_new_field_reaches_every_place(cast, client, before_the_row, series):
    article = before_the_row
    old = article.live_version
    assert "series" not in old.content
    with pytest.raises(MoveRefused, match="Nothing differs"):
        publish_update(article, by=cast.editor, kind=DEVELOPMENT, note="Again.")

    series[article.pk] = "Cold winters"  # it alone is a change
    new = publish_update(article, by=cast.editor, kind=DEVELOPMENT, note="It is one of a series.")
    assert list(breaks()) == []  # and the version from before still holds
    assert new.content["series"] == "Cold winters"
    assert proof(new)["content"]["series"] == "Cold winters"
    told = [block for block in differences(old, new) if not block.is_same]
    assert [(block.name, block.parts[-1].words) for block in told] == [("series", "Cold winters")]
    assert api.whole(new)["series"] == "Cold winters"
    assert "series" in answered.whole().model_fields
    assert "Cold winters" in SearchEntry.objects.get(article=article).words
    assert search.search(search.Query(("winters",))).stories


def test_a_minor_edit_carries_no_new_field_in_silence(cast, before_the_row, series):
    article = before_the_row
    series[article.pk] = "Ada Holt’s winters"
    body = article.body.replace("Monday,", "Monday")
    Article.objects.filter(pk=article.pk).update(body=body)
    with pytest.raises(MoveRefused, match="more than spelling"):
        publish_update(article, by=cast.editor, kind=MINOR, note="A comma.")
    FIELDS["series"] = dataclasses.replace(FIELDS["series"], guarded=lambda value: value)
    series[article.pk] = "cold winters"
    with pytest.raises(MoveRefused, match="the series of the story changed"):
        publish_update(article, by=cast.editor, kind=MINOR, note="A comma.")


def test_a_correction_may_mend_it_and_leaves_it_alone_otherwise(cast, before_the_row, series):
    article = before_the_row
    series[article.pk] = "Cold winters"
    publish_update(article, by=cast.editor, kind=DEVELOPMENT, note="It is one of a series.")
    article.refresh_from_db()
    series[article.pk] = "Warm winters"  # on the desk, and not for this correction
    now = correct(article, [Replacement("Monday", "Sunday")], by=cast.editor, note="It was Sunday.")
    assert now.content["series"] == "Cold winters"
    article.refresh_from_db()
    with pytest.raises(MoveRefused, match="does not stand"):
        correct(article, [Replacement("Cold", "Mild")], by=cast.editor, note="It was mild.")
    article.series = "Warm winters"  # the column of the desk
    FIELDS["series"] = dataclasses.replace(FIELDS["series"], is_mended=True)
    live = article.live_version
    after = corrected(live, [Replacement("Cold", "Mild")], article.recorded_quotes())
    assert after.content["series"] == "Mild winters"
    article.series = "Cold winters"
    assert rebase(article, live, [Replacement("Cold", "Mild")]) == []
    assert article.series == "Mild winters"


def test_a_retraction_drops_it_unless_the_row_keeps_it(cast, before_the_row, series):
    article = before_the_row
    series[article.pk] = "Cold winters"
    publish_update(article, by=cast.editor, kind=DEVELOPMENT, note="It is one of a series.")
    article.refresh_from_db()
    gone = retract(make_retraction(article, cast.second_editor), by=cast.editor)
    assert gone.content["series"] == ""
    assert gone.headline == "The frozen harbour"
    kept = {row.name for row in FIELDS.values() if row.is_kept}
    assert kept == {"slug", "section", "headline", "bylines"}
    assert list(breaks()) == []


def test_what_machines_get_in_lists_is_a_word_of_the_row(cast, client, before_the_row, series):
    told = Told("series", {"type": "string"}, lambda version: "told", in_lists=True)
    FIELDS["series"] = dataclasses.replace(FIELDS["series"], machines=(told,))
    [listed] = client.get("/api/stories/").json()["items"]
    assert listed["series"] == "told"
    said = ["published_at", "updated_at", "is_retracted", "section", "kicker", "headline", "deck"]
    assert list(listed)[4:] == [*said, "authors", "tags", "series"]


# What the record holds is no drawing of it


def test_a_made_up_block_and_mark_need_no_new_scheme(cast, monkeypatch):
    monkeypatch.setitem(BLOCKS, "verse", BlockKind("verse", "pre", "runs"))
    monkeypatch.setitem(MARKS, "small_capitals", MarkKind("small_capitals", "small"))
    article = make_live(cast.editor)
    verse = {
        "kind": "verse",
        "runs": [
            {"marks": [], "text": "Ice on "},
            {"marks": [{"kind": "small_capitals"}], "text": "the quay"},
        ],
    }

    row = FIELDS["body"]
    made = dataclasses.replace(row, made=lambda material: [*row.made(material), verse])
    monkeypatch.setitem(FIELDS, "body", made)
    old = article.live_version
    new = publish_update(article, by=cast.editor, kind=DEVELOPMENT, note="With a verse.")
    assert list(breaks()) == []
    assert new.hash_scheme == old.hash_scheme == 1
    assert drawing.draw_body(new).endswith("<pre>Ice on <small>the quay</small></pre>")
    assert blocks.text(new.body).endswith("\nIce on the quay")
    added = [block for block in differences(old, new) if not block.is_same]
    assert [part.words for block in added for part in block.parts] == ["Ice on the quay"]
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(body=article.body)
    after = correct(
        article, [Replacement("the quay", "the pier")], by=cast.editor, note="The pier."
    )
    assert drawing.draw_body(after).endswith("<pre>Ice on <small>the pier</small></pre>")
    assert list(breaks()) == []


def test_old_versions_are_drawn_anew_and_hold(cast, client, settings, tmp_path):
    """Another template, another language and another class: the old story gets them, its hash stays."""
    said = make_interview(make_source("Ada Holt"), "It froze.", how="phone", held_on="2026-01-02")
    article = make_live(
        cast.editor,
        body="<p>“It froze.” Ada Holt said.</p><aside>It froze</aside>",
        interviews=[said],
        lead_photo=make_photo(),
    )
    version = article.live_version
    sealed = proof(version)
    before = client.get(version.get_absolute_url()).content.decode()
    assert "By phone" in before
    assert 'class="pull-quote"' in before

    folder = tmp_path / "templates" / "articles"
    folder.mkdir(parents=True)
    (folder / "_photo.html").write_text('<figure class="picture">{{ photo.alt }}</figure>')
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates", *settings.TEMPLATES[0]["DIRS"]]}
    ]
    settings.LANGUAGE_CODE = "ar"
    call_command("refresh_front", verbosity=0)
    after = client.get(version.get_absolute_url()).content.decode()
    assert '<figure class="picture">' in after
    assert "By phone" not in after
    assert "عبر الهاتف" in after or "هاتف" in after
    assert "It froze." in read(after).text
    assert proof(Version.objects.get(pk=version.pk)) == sealed
    assert list(breaks()) == []


def test_a_second_scheme_leaves_what_the_first_sealed(cast, monkeypatch):
    article = make_live(cast.editor)

    def computed(content, header, seeds, commitments):
        return f"{len(json.dumps(content))}-{header['number']}"[:64]

    def seal(content, header):
        return sealing.Sealed([], [], computed(content, header, [], []))

    second = sealing.Scheme(2, seal, computed)
    monkeypatch.setattr(sealing, "SCHEMES", schemes := {**sealing.SCHEMES, 2: second})
    monkeypatch.setattr("articles.record.chain.SCHEMES", schemes)
    Article.objects.filter(pk=article.pk).update(body="<p>It thawed.</p>")
    new = publish_update(article, by=cast.editor, kind=DEVELOPMENT, note="It thawed.")
    assert (article.versions.get(number=1).hash_scheme, new.hash_scheme) == (1, 2)
    assert list(breaks()) == []
    monkeypatch.setattr("articles.record.chain.SCHEMES", {1: sealing.SCHEMES[1]})
    assert [each.wrong for each in breaks()] == ["nobody knows its hash scheme 2"]


def test_no_text_of_a_language_and_no_markup_is_sealed(cast):
    said = make_interview(make_source("Ada Holt"), "It froze.", how="phone")
    article = make_live(
        cast.editor, body="<p>“It <em>froze</em>.” Ada Holt said.</p>", interviews=[said]
    )
    sealed = json.dumps(article.live_version.content)
    assert "<" not in sealed
    assert "By phone" not in sealed
    assert "recording" not in sealed
    assert '"how": "phone"' in sealed  # the control
    assert compose(Material(article)).content["body"] == article.live_version.body


def test_the_order_of_interviews_does_not_tell_the_day_of_an_unnamed_source(cast):
    holt, clerk = make_source("Ada Holt"), make_anonymous()
    for source, day in ((holt, 14), (clerk, 9), (holt, 2), (clerk, 4)):
        make_interview(source, held_on=f"2026-01-{day:02}")
    article = make_article(interviews=Interview.objects.all())
    told = compose(Material(article)).content["interviews"]
    assert [(each["key"], each["source"], each["held"]) for each in told] == [
        ("i1", "s1", "2026-01-02"),
        ("i2", "s1", "2026-01-14"),
        ("i3", "s2", "2026-01"),
        ("i4", "s2", "2026-01"),
    ]
    Interview.objects.filter(source=clerk).update(held_on="2026-01-30")
    assert compose(Material(article)).content["interviews"] == told
