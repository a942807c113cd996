"""After publication: kinds of change, corrections of the live text, the guard of minor edits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, NotePlace, Update, UpdateRequest, Version
from articles.prepared.drawing import draw_body
from articles.publishing.correcting import Replacement, occurrences, rebase
from articles.publishing.door import correct, publish_update, retract
from articles.publishing.notes import wrong_with_note
from articles.publishing.workflow import Blocked, MoveRefused
from articles.record.changes import CHANGES
from articles.record.composing import version_of
from articles.record.telling import sources_told
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from articles.stages import Stage
from articles.text.body import read
from tests.factories import (
    approve,
    make_article,
    make_interview,
    make_live,
    make_photo,
    make_retraction,
    make_source,
)

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
    assert version.place == change.note_places[0]
    assert (version.updated_at is not None) is change.moves_stamp
    assert version.changes[-1].place == change.note_places[0]
    assert (version.change_kind, version.note) == (kind, NOTE)


@pytest.mark.parametrize("kind", Kind)
def test_somebody_without_its_permission_publishes_none(cast, article, kind):
    group = cast.editor.groups.get()
    permission = CHANGES[kind].permission.split(".")[1]
    group.permissions.remove(group.permissions.get(codename=permission))
    article = edited(article, body=BODY.replace("Monday.", "Monday,"))
    editor = type(cast.editor).objects.get(pk=cast.editor.pk)
    with pytest.raises(MoveRefused, match="You may not"):
        if kind is Kind.RETRACTION:
            retract(make_retraction(article, cast.standards_editor), by=editor)
        else:
            publish_update(article, by=editor, kind=kind, note=NOTE)
    assert article.versions.count() == 1


@pytest.mark.parametrize(
    ("kind", "note", "place", "message"),
    [
        (Kind.CORRECTION, " ", None, "needs a note"),
        (Kind.CORRECTION, "Recasts the first paragraph.", None, "“Recasts” tells readers"),
        (Kind.CORRECTION, "This version clarifies the vote.", None, "“clarifies” tells readers"),
        (Kind.CORRECTION, "Fixes a number.", None, "“Fixes” tells readers"),
        (Kind.MINOR, "A comma.", NotePlace.TOP, "does not stand at the top"),
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
        ("Monday.", "Monday, 14 people said.", "[+] , 14 people said"),
        ("four on", "five on", "four → five"),
        ("Monday", "Tuesday", "Monday → Tuesday"),
        ("We lost the harbour", "we lost the harbour", "We lost the harbour,"),
        ("voted", "never voted", "[+] never"),
        ("the mayor", "the “mayor”", "mayor"),
        ("The council", "Council members", "The council → Council members"),
        ("The council voted", "In the end the council voted", "The → In the end the"),
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
        ("to four on", "to four, on"),
        (" said Ada Holt, the mayor.", " said Ada Holt, the Mayor."),
        ("voted <em>seven</em>", "voted seven"),
        ("</p><p>“We", "<br>“We"),
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


def test_what_was_written_past_the_desk_meanwhile_is_kept(cast, article):
    """The working copy is mended as it is now, not as whoever corrects has read it."""
    edited(article, deck="Written just now")
    correct(article, SIX, by=cast.editor, note=NOTE)
    assert Article.objects.get(pk=article.pk).deck == "Written just now"


def test_where_quotes_stand_in_the_working_copy_follows_a_correction(cast, article):
    def places(uses):
        return list(uses.values_list("quote", "start", "end"))

    before = places(article.quote_uses.filter(version=None))
    wrong = Replacement("Monday", "Monday, early in the morning,")
    version = correct(article, [wrong], by=cast.editor, note=NOTE)
    after = places(article.quote_uses.filter(version=None))
    assert after == places(version.quote_uses)
    assert after != before


def test_a_headline_is_mended_with_the_body(cast, article):
    replacements = [Replacement("Seven to four", "Six to five"), *SIX]
    version = correct(article, replacements, by=cast.editor, note=NOTE, place=NotePlace.TOP)
    assert version.headline == "Six to five"
    assert version.place == "top"
    assert Article.objects.get().headline == "Six to five"


def test_a_quotation_stays_marked_only_if_the_record_backs_it(cast, article):
    backed = correct(
        article, [Replacement("the harbour", "the pier")], by=cast.editor, note="It was the pier."
    )
    assert "We lost the pier,</span>" in draw_body(backed)
    article.refresh_from_db()
    wrong = [Replacement("the pier", "the port")]
    with pytest.raises(Blocked, match="Recorded otherwise") as stopped:
        correct(article, wrong, by=cast.editor, note="It was the port.")
    reasons = {finding.key: "She said so on air." for finding in stopped.value.findings}
    article.refresh_from_db()
    past = correct(article, wrong, by=cast.editor, note="It was the port.", overrides=reasons)
    assert "“We lost the port,”" in draw_body(past)


def test_what_was_published_before_does_not_stop_a_correction(cast, article):
    """The gate of a correction is for what the correction brings."""
    make_interview(make_source("Bo Lind"))
    article.interviews.clear()
    assert {f.code for f in check(CheckedMaterial(article))} >= {"quote-unrecorded"}
    assert correct(article, SIX, by=cast.editor, note=NOTE).number == 2


def test_a_working_copy_that_reads_otherwise_is_left_and_says_so(cast, article):
    article = edited(article, body="<p>All rewritten.</p>", headline="Rewritten")
    version = correct(article, SIX, by=cast.editor, note=NOTE)
    assert "six to five" in draw_body(version)
    article.refresh_from_db()
    assert article.body == "<p>All rewritten.</p>"
    assert "“seven to four” to “six to five”" in UpdateRequest.objects.open().get().reason


@pytest.mark.parametrize(
    ("wrong", "right", "kind", "message"),
    [
        ("eight to four", "x", Kind.CORRECTION, "does not stand in what readers see"),
        ("Monday", "Monday", Kind.CORRECTION, "Nothing differs"),
        ("seven to four", "six to five", Kind.MINOR, "Choose another kind"),
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


def test_what_nobody_reads_yet_cannot_be_corrected_updated_or_retracted(cast):
    article = approve(make_article(), cast.editor)
    asked = make_retraction(article, cast.second_editor)
    for change in (
        lambda: correct(article, [Replacement("a", "b")], by=cast.editor, note=NOTE),
        lambda: publish_update(article, by=cast.editor, kind=Kind.DEVELOPMENT, note=NOTE),
        lambda: retract(asked, by=cast.editor),
    ):
        with pytest.raises(MoveRefused, match="The story is approved: it cannot be"):
            change()
    assert not Version.objects.exists()
    assert article.stage_changes.first().move == "approve"


def test_a_story_whose_versions_are_gone_is_not_corrected(cast):
    lost = edited(make_article(), stage=Stage.PUBLISHED)
    with pytest.raises(MoveRefused, match="Readers see nothing of the story"):
        correct(lost, SIX, by=cast.editor, note=NOTE)


def test_markup_in_the_right_words_is_text(cast, article):
    version = correct(
        article,
        [Replacement("Monday", "<b>&amp; Tuesday</b>")],
        by=cast.editor,
        note="It was Tuesday.",
    )
    assert "&lt;b&gt;&amp;amp; Tuesday&lt;/b&gt;" in draw_body(version)


# Retractions


def test_a_retraction_needs_two_editors_and_keeps_the_address(cast, client, article):
    for asker in (cast.editor, cast.reporter):
        with pytest.raises(MoveRefused, match="another"):
            retract(make_retraction(article, asker), by=cast.editor)
    for publishing in (publish_update, lambda story, **given: correct(story, SIX, **given)):
        with pytest.raises(MoveRefused, match="one editor asks"):
            publishing(
                article,
                by=cast.editor,
                kind=Kind.RETRACTION,
                note=NOTE,
                requested_by=cast.second_editor,
            )
    version = retract(make_retraction(article, cast.second_editor), by=cast.editor)
    page = client.get(version.get_absolute_url())
    assert page.status_code == 200
    assert "Invented." in page.content.decode()
    assert "We lost the harbour" not in page.content.decode()
    first = client.get(f"{version.get_history_url()}1/").content.decode()
    assert "We lost the harbour" in first


def test_a_retractions_note_holds_nothing_off_the_record(cast, article):
    article.interviews.add(
        make_interview(make_source("Bo Lind"), "The mayor made it all up.", terms="off_the_record")
    )
    with pytest.raises(Blocked, match="off the record"):
        retract(
            make_retraction(article, cast.second_editor, "The mayor made it all up."),
            by=cast.editor,
        )
    assert article.versions.count() == 1


def test_after_a_retraction_only_an_editors_note_follows(cast, article):
    retract(make_retraction(article, cast.second_editor), by=cast.editor)
    article = edited(article, body="<p>Back again.</p>")
    with pytest.raises(MoveRefused, match="was retracted"):
        publish_update(article, by=cast.editor, kind=Kind.DEVELOPMENT, note="More.")
    version = publish_update(article, by=cast.editor, kind=Kind.EDITORS_NOTE, note="How it came.")
    assert version.body == []
    assert not version.source_uses.exists()  # nothing is left that could rest on anybody
    assert [change.change_kind for change in version.changes] == ["retraction", "editors_note"]
    assert Version.objects.live().get().is_retracted


# What two reviews found


def test_two_pairs_are_replaced_at_once(cast):
    article = make_live(cast.editor, body="<p>Holt beat Okafor.</p>")
    swap = [Replacement("Holt", "Okafor"), Replacement("Okafor", "Holt")]
    assert (
        draw_body(correct(article, swap, by=cast.editor, note="Okafor won."))
        == "<p>Okafor beat Holt.</p>"
    )
    article.refresh_from_db()
    assert article.body == "<p>Okafor beat Holt.</p>"
    overlapping = [Replacement("Okafor beat", "x"), Replacement("beat Holt", "y")]
    with pytest.raises(MoveRefused, match="overlap"):
        correct(article, overlapping, by=cast.editor, note="It is x.")


def test_sentences_that_were_written_since_are_not_mended(cast):
    article = make_live(cast.editor, body="<p>The vote was on Monday.</p>")
    new = "<p>It had rained on Monday, and the count ended on Monday night in the hall.</p>"
    article = edited(article, body=article.body + new)
    correct(article, [Replacement("Monday", "Tuesday")], by=cast.editor, note="It was Tuesday.")
    article.refresh_from_db()
    assert article.body == "<p>The vote was on Tuesday.</p>" + new


def test_a_correction_leaves_everything_else_as_it_stands(cast):
    """Of whatever kind the blocks and marks are among which the wrong words stand."""
    said = make_interview(make_source(), "It froze.")
    photo = f'<figure data-photo="{make_photo().pk}"></figure>'
    body = (
        "<h2>Ice on the quay</h2><p>On <strong>the quay</strong> is a "
        '<a href="https://a.test">log of <em>the quay</em></a>. “It froze,” said Ada Holt.</p>'
        f"<ul><li><p>The pier, the quay</p></li></ul>{photo}<aside>It <em>froze</em></aside>"
        f"<aside>On the quay</aside>{photo}<h3>Later</h3><p>It thawed.</p>"
    )
    article = make_live(
        cast.editor, body=body, interviews=[said], headline="Ice", kicker="the quay"
    )
    before = article.live_version
    version = correct(article, [Replacement("the quay", "the dock")], by=cast.editor, note=NOTE)
    assert draw_body(version) == draw_body(before).replace("the quay", "the dock")
    assert "<strong>the dock</strong>" in draw_body(version)
    assert version.quotations == before.quotations
    assert version.kicker == "the dock"
    written = Article.objects.get(pk=article.pk)
    assert (written.body, written.kicker) == (body.replace("the quay", "the dock"), "the dock")
    assert not UpdateRequest.objects.exists()
    assert occurrences(before, "the quay") == ["kicker", *["body"] * 5]


MONDAY = [Replacement("Monday", "Tuesday")]


@pytest.mark.parametrize(
    ("own", "mended"),
    [
        ("Ice.|The vote was on Monday.|Ice.", "Ice.|The vote was on Tuesday.|Ice."),
        ("It was on Monday.|A vote was on Monday.", "It was on Monday.|A vote was on Tuesday."),
        ("A vote was on Monday.|It was on Monday.", "A vote was on Tuesday.|It was on Monday."),
        ("On Monday.|The vote was on Tuesday.", "On Monday.|The vote was on Tuesday."),
        ("All froze over on Monday.", "All froze over on Tuesday."),  # 0.63 of its letters
        ("Cold, and it was Monday.", None),  # 0.596
        ("They said otherwise of Monday.", None),
        ("The vote was on a Sunday.", None),
        ("", None),
    ],
)
def test_the_working_copy_is_mended_where_it_is_most_like_the_live_text(own, mended):
    """For the rest whoever opens it next is told."""

    def html(text):
        return "".join(f"<p>{line}</p>" for line in text.split("|") if line)

    live = version_of(Article(), {"body": read(html("Snow.|The vote was on Monday."))})
    article = Article(body=html(own))
    assert rebase(article, live, MONDAY) == ([] if mended else MONDAY)
    assert article.body == html(mended or own)


@pytest.mark.parametrize(
    ("body", "wrong", "right", "mended"),
    [
        ("<p>It cost $50 and $5.</p>", "$5", "$6", "<p>It cost $50 and $6.</p>"),
        ("<p>On Monday.</p>", " Mon", "Tues", None),
        ("<p>On Monday.</p>", "Monday ", "Tuesday", "<p>On Tuesday.</p>"),
        ("<p>東京都知事は辞任した。</p>", "知事", "市長", "<p>東京都市長は辞任した。</p>"),
        ("<p>A &amp; B &lt;c&gt;.</p>", "& B", "& <b>", "<p>A &amp; &lt;b&gt; &lt;c&gt;.</p>"),
        ("<p>All wrong.</p><p>It froze.</p>", "All wrong.", "", "<p>It froze.</p>"),
        ('<p>See <a href="https://a.test/seven">seven</a>.</p>', "seven", "six", None),
    ],
)
def test_words_are_picked_as_they_stand(cast, body, wrong, right, mended):
    article = make_live(cast.editor, body=body)
    if mended is None and wrong == " Mon":
        with pytest.raises(MoveRefused, match="does not stand"):
            correct(article, [Replacement(wrong, right)], by=cast.editor, note="It is so.")
        return
    version = correct(article, [Replacement(wrong, right)], by=cast.editor, note="It is so.")
    assert draw_body(version) == (mended or '<p>See <a href="https://a.test/seven">six</a>.</p>')


def test_a_mark_gives_words_to_nobody_else(cast):
    said = [
        make_interview(make_source("Ada Holt"), "It froze over."),
        make_interview(make_source("Bo Lind"), "It burned down."),
    ]
    article = make_live(cast.editor, body="<p>“It froze over,” said Ada Holt.</p>", interviews=said)
    replaced = [Replacement("It froze over", "It burned down"), Replacement("Ada Holt", "Bo Lind")]
    version = correct(article, replaced, by=cast.editor, note="Lind said it.")
    assert draw_body(version) == "<p>“It burned down,” said Bo Lind.</p>"
    assert [source["quotations"] for source in sources_told(version)] == [0, 0]


def test_a_correction_rests_on_what_the_version_before_rested_on(cast, article):
    article.interviews.clear()
    article = edited(article, body="<p>Rewritten.</p>")
    version = correct(article, SIX, by=cast.editor, note=NOTE)
    assert version.quote_uses.count() == 1
    assert version.source_uses.count() == 1


def test_a_headline_that_becomes_too_long_is_refused(cast, article):
    with pytest.raises(MoveRefused, match="at most 200 characters"):
        correct(article, [Replacement("Seven to four", "x" * 201)], by=cast.editor, note="It is x.")


def test_an_embargo_set_later_stops_no_correction(cast, article):
    article = edited(article, embargoed_until=timezone.now() + timedelta(days=1))
    assert correct(article, SIX, by=cast.editor, note=NOTE).number == 2


@pytest.mark.parametrize("kind", Kind)
def test_only_a_correction_may_not_tell_how_the_text_was_edited(kind):
    assert bool(wrong_with_note(kind, "Recasts the first paragraph.")) is (kind is Kind.CORRECTION)


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version misspelled Edith Holt’s name.",
        "The First Amendment was cited, not the Second.",
        "An earlier version misidentified the editor of the second edition.",
        "The sign read “Fixed”, not “Broken”.",
    ],
)
def test_honest_corrections_are_taken(cast, article, note):
    assert correct(article, SIX, by=cast.editor, note=note).note == note


def test_control_characters_do_not_reach_the_record_or_the_feed(cast, client, article):
    version = correct(article, SIX, by=cast.editor, note="It was six.")
    assert version.note == "It was six."
    make_live(cast.editor, headline="AB")
    for url in ("/feed/", "/corrections/feed/"):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("before", "after", "is_minor"),
    [
        ("Holt resigned.", "Okafor resigned.", False),
        ("Holt spoke. They convicted Holt of it.", "Holt spoke. They convicted of it.", False),
        ("It was twenty-one.", "It was twenty-two.", False),
        ("It cost millions.", "It cost billions.", False),
        ("The fifth time.", "The sixth time.", False),
        ("It cost $5.", "It cost €5.", False),
        ("It was -5.", "It was 5.", False),
        ("It was ½.", "It was ¼.", False),
        ("They didn’t pay.", "They did pay.", False),
        ("قال أحمد ذلك.", "قال محمود ذلك.", False),
        ('See <a href="https://a.test">this</a>.', 'See <a href="https://b.test">this</a>.', False),
        ("It rained. Then Holt left at 5.", "It rained.</p><p>Then Holt left at 5.", True),
        ("It rained. Holt left.", "Holt left. It rained.", False),
    ],
)
def test_the_guard_looks_at_facts_and_not_at_places(cast, before, after, is_minor):
    article = edited(make_live(cast.editor, body=f"<p>{before}</p>"), body=f"<p>{after}</p>")
    if is_minor:
        publish_update(article, by=cast.editor, kind=Kind.MINOR, note="Layout.")
    else:
        with pytest.raises(MoveRefused, match="Choose another kind"):
            publish_update(article, by=cast.editor, kind=Kind.MINOR, note="Layout.")
