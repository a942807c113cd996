"""After publication: kinds of change, corrections of the live text, the guard of minor edits."""

import pytest

from articles.changes import CHANGES
from articles.correcting import Replacement
from articles.models import Article, Place, Update, UpdateRequest, Version
from articles.publishing import correct, publish_update, retract
from articles.sourcing import check
from articles.workflow import Blocked, MoveRefused
from tests.factories import make_interview, make_live, make_photo, make_source

pytestmark = pytest.mark.django_db

Kind = Update.Kind
BODY = (
    "<p>The council voted <em>seven</em> to four on Monday.</p>"
    "<p>“We lost the harbour,” said Ada Holt, the mayor.</p>"
)
NOTE = "An earlier version said that the vote was seven to four. It was six to five."
SIX = [Replacement("seven to four", "six to five")]


@pytest.fixture
def article(cast):
    said = make_interview(make_source(), "We lost the harbour.", "We lost the pier.")
    return make_live(cast.editor, headline="Seven to four", body=BODY, interviews=[said])


def edited(article, **fields):
    Article.objects.filter(pk=article.pk).update(**fields)
    return Article.objects.get(pk=article.pk)


# The table


def test_every_kind_of_update_is_in_the_table():
    assert CHANGES.keys() == set(Kind)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.RETRACTION])
def test_a_kind_has_its_place_its_stamp_and_its_permission(cast, article, kind):
    change = CHANGES[kind]
    article = edited(article, body=BODY.replace("Monday.", "Monday,"))
    version = publish_update(article, by=cast.editor, kind=kind, note=NOTE)
    assert version.change_place == change.places[0]
    assert (version.updated_at is not None) is change.moves_stamp
    assert version.changes[-1]["place"] == change.places[0]
    assert (version.change_kind, version.note) == (kind, NOTE)


@pytest.mark.parametrize("kind", Kind)
def test_somebody_without_its_permission_publishes_none(cast, article, kind):
    group = cast.editor.groups.get()
    group.permissions.remove(group.permissions.get(codename=CHANGES[kind].permission.split(".")[1]))
    article = edited(article, body=BODY.replace("Monday.", "Monday,"))
    editor = type(cast.editor).objects.get(pk=cast.editor.pk)
    with pytest.raises(MoveRefused, match="You may not"):
        publish_update(article, by=editor, kind=kind, note=NOTE, requested_by=cast.second_editor)
    assert article.versions.count() == 1


@pytest.mark.parametrize(
    ("kind", "note", "place", "message"),
    [
        (Kind.CORRECTION, " ", None, "needs a note"),
        (Kind.CORRECTION, "Recasts the first paragraph.", None, "“Recasts” tells readers"),
        (Kind.CORRECTION, "This version clarifies the vote.", None, "“clarifies” tells readers"),
        (Kind.CORRECTION, "Fixes a number.", None, "“Fixes” tells readers"),
        (Kind.MINOR, "A comma.", Place.TOP, "does not stand at the top"),
    ],
)
def test_a_note_that_does_not_fit_is_refused(cast, article, kind, note, place, message):
    article = edited(article, body=BODY.replace("Monday.", "Monday,"))
    with pytest.raises(MoveRefused, match=message):
        publish_update(article, by=cast.editor, kind=kind, note=note, place=place)


def test_notes_stand_where_they_belong(cast, client, article):
    publish_update(article, by=cast.editor, kind=Kind.EDITORS_NOTE, note="Top note.")
    publish_update(article, by=cast.editor, kind=Kind.CLARIFICATION, note="End note.")
    article = edited(article, body=BODY.replace("Monday.", "Monday,"))
    minor = publish_update(article, by=cast.editor, kind=Kind.MINOR, note="A comma, unseen.")
    page = client.get(minor.get_absolute_url()).content.decode().split("<main")[1]
    assert page.index("Top note.") < page.index("We lost the harbour") < page.index("End note.")
    assert "A comma, unseen." not in page
    assert "A comma, unseen." in client.get(minor.get_history_url()).content.decode()


# The guard of minor edits


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        ("Monday.", "Monday, 14 people said.", "14"),
        ("four on", "five on", "four"),
        ("Monday", "Tuesday", "Monday"),
        ("Ada Holt", "Ada Hall", "Holt"),
        ("We lost the harbour", "we lost the harbour", "We lost the harbour,"),
        ("voted", "never voted", "never"),
        ("the mayor", "the “mayor”", "mayor"),
        (" said Ada Holt, the mayor.", " said Ada Holt, the Mayor.", "Mayor"),
    ],
)
def test_a_minor_edit_touches_no_fact(cast, article, before, after, touched):
    article = edited(article, body=article.body.replace(before, after))
    with pytest.raises(MoveRefused, match=f"“{touched}”"):
        publish_update(article, by=cast.editor, kind=Kind.MINOR, note="Spelling.")
    assert article.versions.count() == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The council", "Council members"),
        ("to four on", "to four, on"),
        ("voted <em>seven</em>", "voted seven"),
        ("</p><p>“We", "</p><p></p><p>“We"),
        ("The council voted", "In the end the council voted"),
    ],
)
def test_spelling_and_layout_are_minor(cast, article, before, after):
    article = edited(article, body=article.body.replace(before, after))
    version = publish_update(article, by=cast.editor, kind=Kind.MINOR, note="Spelling.")
    assert (version.number, version.updated_at) == (2, None)


# Corrections of the live text


def test_a_correction_mends_what_readers_see_and_the_working_copy(cast, client, article):
    article = edited(article, deck="Not ready", body=article.body + "<p>Not for readers yet.</p>")
    version = correct(article, SIX, by=cast.editor, note=NOTE)
    page = client.get(version.get_absolute_url()).content.decode()
    assert "six to five" in page
    assert "Not ready" not in page
    assert "Not for readers" not in page
    assert NOTE in page
    article.refresh_from_db()
    assert "<em>six to five</em> on Monday" in article.body
    assert "Not for readers yet." in article.body
    assert article.deck == "Not ready"
    assert version.update.mended == [{"wrong": "seven to four", "right": "six to five"}]


def test_a_headline_is_mended_with_the_body(cast, article):
    replacements = [Replacement("Seven to four", "Six to five"), *SIX]
    version = correct(article, replacements, by=cast.editor, note=NOTE, place=Place.TOP)
    assert version.headline == "Six to five"
    assert version.change_place == "top"
    assert Article.objects.get().headline == "Six to five"


def test_a_quotation_stays_marked_only_if_the_record_backs_it(cast, article):
    backed = correct(
        article, [Replacement("the harbour", "the pier")], by=cast.editor, note="It was the pier."
    )
    assert "We lost the pier,</span>" in backed.body
    article.refresh_from_db()
    wrong = [Replacement("the pier", "the port")]
    with pytest.raises(Blocked, match="Recorded otherwise") as stopped:
        correct(article, wrong, by=cast.editor, note="It was the port.")
    reasons = {finding.key: "She said so on air." for finding in stopped.value.findings}
    article.refresh_from_db()
    past = correct(article, wrong, by=cast.editor, note="It was the port.", overrides=reasons)
    assert "“We lost the port,”" in past.body


def test_what_was_published_before_does_not_stop_a_correction(cast, article):
    """The gate of a correction is for what the correction brings."""
    make_interview(make_source("Bo Lind"))
    article.interviews.clear()
    assert {f.code for f in check(article)} >= {"quote-unrecorded"}
    assert correct(article, SIX, by=cast.editor, note=NOTE).number == 2


def test_a_working_copy_that_reads_otherwise_is_left_and_says_so(cast, article):
    article = edited(article, body="<p>All rewritten.</p>", headline="Rewritten")
    version = correct(article, SIX, by=cast.editor, note=NOTE)
    assert "six to five" in version.body
    article.refresh_from_db()
    assert article.body == "<p>All rewritten.</p>"
    assert "“seven to four” to “six to five”" in UpdateRequest.objects.open().get().reason


@pytest.mark.parametrize(
    ("wrong", "right", "kind", "message"),
    [
        ("eight to four", "x", Kind.CORRECTION, "does not stand in what readers see"),
        ("Monday", "Monday", Kind.CORRECTION, "Nothing differs"),
        ("seven to four", "six to five", Kind.MINOR, "number or a name"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_nothing_changes(
    cast, article, wrong, right, kind, message
):
    with pytest.raises(MoveRefused, match=message):
        correct(article, [Replacement(wrong, right)], by=cast.editor, note=NOTE, kind=kind)
    article.refresh_from_db()
    assert article.body == BODY
    assert article.versions.count() == 1


def test_markup_in_the_right_words_is_text(cast, article):
    version = correct(
        article,
        [Replacement("Monday", "<b>&amp; Tuesday</b>")],
        by=cast.editor,
        note="It was Tuesday.",
    )
    assert "&lt;b&gt;&amp;amp; Tuesday&lt;/b&gt;" in version.body


# Retractions


def test_a_retraction_needs_two_editors_and_keeps_the_address(cast, client, article):
    article.lead_photo = make_photo()
    with pytest.raises(MoveRefused, match="needs two editors"):
        retract(article, by=cast.editor, note="Invented.", requested_by=cast.editor)
    with pytest.raises(MoveRefused, match="needs two editors"):
        retract(article, by=cast.editor, note="Invented.", requested_by=cast.reporter)
    version = retract(article, by=cast.editor, note="Invented.", requested_by=cast.second_editor)
    page = client.get(version.get_absolute_url())
    assert page.status_code == 200
    assert "Invented." in page.content.decode()
    assert "We lost the harbour" not in page.content.decode()
    first = client.get(f"{version.get_history_url()}1/").content.decode()
    assert "We lost the harbour" in first


def test_after_a_retraction_only_an_editors_note_follows(cast, article):
    retract(article, by=cast.editor, note="Invented.", requested_by=cast.second_editor)
    article.refresh_from_db()
    article = edited(article, body="<p>Back again.</p>")
    with pytest.raises(MoveRefused, match="was retracted"):
        publish_update(article, by=cast.editor, kind=Kind.DEVELOPMENT, note="More.")
    version = publish_update(article, by=cast.editor, kind=Kind.EDITORS_NOTE, note="How it came.")
    assert version.body == ""
    assert [change["kind"] for change in version.changes] == ["retraction", "editors_note"]
    assert Version.objects.live().get().is_retracted
