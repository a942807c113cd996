"""Every rule of the check: each row of `rule_cases.py`, and single rules more closely."""

import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from articles.models import Article, CommentRequest, NotebookEntry
from articles.publishing.workflow import make_move
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from articles.sourcing.comment import is_mentioned
from articles.sourcing.rules import RULES
from sources.models import Affiliation, Organization, Quote, Source
from tests.articles.quotation_cases import SAID
from tests.articles.rule_cases import CASES
from tests.articles.rule_stories import anonymous_alone, asking, declined, quoting, sourced
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_interview,
    make_source,
)

pytestmark = pytest.mark.django_db


def codes(article, note=""):
    return {finding.code for finding in check(CheckedMaterial(article, note))}


# Each row of the table


def each(side):
    return [
        pytest.param(code, build, id=f"{code} {number}")
        for code, cases in CASES.items()
        for number, build in enumerate(getattr(cases, side))
    ]


def test_every_rule_has_its_practice_two_stories_that_raise_it_and_two_that_come_close():
    assert CASES.keys() == RULES.keys()
    assert [code for code, rule in RULES.items() if not rule.practice.strip()] == []
    assert [code for code, cases in CASES.items() if min(map(len, cases)) < 2] == []


@pytest.mark.parametrize(("code", "build"), each("raises"))
def test_a_rule_finds_what_it_is_for_and_says_where_and_what_to_do(cast, code, build):
    def findings():
        return [each for each in check(CheckedMaterial(article)) if each.code == code]

    article = build(cast)
    found = findings()
    assert found
    assert {finding.severity for finding in found} == {RULES[code].severity}
    # A slug and a headline are no part of the body.
    if code.startswith("quote-") and code not in ("quote-beyond-terms", "quote-off-the-record"):
        assert found[0].start is not None
    with translation.override("ar"):
        arabic = findings()
    for finding, other in zip(found, arabic, strict=True):
        assert_is_plain(finding.message)
        assert re.search(r"[\u0621-\u064a]", other.message)
        assert not re.search(r"[“”]", re.sub(r"«[^»]*»", "", other.message))


def assert_is_plain(message):
    plain = re.sub(r"“[^“”]*”", "“”", message)
    assert len(plain.split()) <= 25
    assert not re.search(r"““|””|“\"|\"”", message)
    # Two sentences: what was found, and what to do.
    assert re.fullmatch(r".+?[^.]\. \S.*\.", plain)


@pytest.mark.parametrize(("code", "build"), each("near"))
def test_a_rule_leaves_alone_what_comes_close(cast, code, build):
    assert code not in codes(build(cast))


@pytest.mark.parametrize(
    ("code", "body", "mended"),
    [
        ("quote-altered", f"<p>It froze.</p>{SAID}", "“We lost the old harbour,” said Ada Holt."),
        ("quote-marks-mixed", "<p>“It froze.”</p><p>Holt: 'It did.'</p>", "Holt: ‘It did.’"),
        (
            "quote-marks-mixed",
            '<p>“It froze.”</p><p>"It did.</p><p>"It broke," Holt said.</p>',
            "“It did.\n“It broke,” Holt said.",
        ),
    ],
)
def test_a_press_mends_the_text_and_no_more(code, body, mended):
    story = CheckedMaterial(quoting(body, "We lost the old harbour."))
    [finding] = [finding for finding in check(story) if finding.code == code]
    text = story.text
    for edit in reversed(finding.fix.edits):
        text = text[: edit.start] + edit.words + text[edit.end :]
    assert text == "\n".join((story.text.split("\n")[0], mended))


def test_words_on_deep_background_may_stand_without_marks():
    article = quoting("<p>It all froze over.</p>", "It all froze over.", terms="deep_background")
    assert "quote-off-the-record" not in codes(article)


def test_a_title_in_the_text_is_no_drift(cast):
    article = sourced(cast, body="<p>It froze, Officer Jane Roe said. The officer wept.</p>")
    assert "anonymity-description-drift" not in codes(article)


def test_who_was_tried_on_three_channels_was_tried_enough():
    article = asking("did_not_respond", attempts=("email", "phone", "letter"))
    assert "comment-one-attempt" not in codes(article)


def test_words_off_the_record_are_told_once_where_they_are_quoted():
    article = quoting(SAID, "We lost the whole harbour.", terms="off_the_record")
    [found] = RULES["quote-off-the-record"].find(CheckedMaterial(article))
    assert found.message.startswith("Given off the record, or close to it")
    assert found.start == 1


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ("We lost the harbour.", "“whole” was not said"),
        ("We lost the whole old harbour.", "“old” is left out"),
        ("We lost the entire harbour.", "“whole” was said as “entire”"),
    ],
)
def test_what_was_altered_is_told(recorded, told):
    [found] = RULES["quote-altered"].find(CheckedMaterial(quoting(SAID, recorded)))
    assert found.message.startswith(f"Recorded otherwise ({told}): “We lost the whole harbour”")


@pytest.mark.parametrize(
    ("code", "body", "marked"),
    [
        (
            "anonymity-description-vague",
            "<p>A source said so. It froze, a source said. It broke, an official said.</p>",
            ["A source", "an official"],
        ),
        (
            "anonymity-description-vague",
            "<p>Sources say it froze. Officials say it broke. Sources say so.</p>",
            ["Sources"],
        ),
        (
            "anonymity-description-drift",
            "<p>The official said so. It froze, the official said.</p>",
            ["The official"],
        ),
        (
            "anonymity-plural",
            "<p>Clerks said so. It froze, clerks said. Officials said no.</p>",
            ["Clerks", "Officials"],
        ),
        (
            "quote-speaker-unclear",
            "<p>“It all froze.” “It all broke.”</p><p>“It has sunk.”</p>",
            ["It all froze.", "It has sunk."],
        ),
    ],
)
def test_what_is_found_twice_is_told_once(cast, code, body, marked):
    story = CheckedMaterial(sourced(cast, body=body))
    found = RULES[code].find(story)
    assert [story.text[each.start : each.end] for each in found] == marked


@pytest.mark.parametrize(("clerks", "told"), [(0, "no source"), (1, "one source"), (2, None)])
def test_a_plural_wants_two_of_the_kind(clerks, told):
    interviews = [make_interview(make_anonymous()) for _ in range(clerks)]
    article = make_article(body="<p>It froze, clerks said.</p>", interviews=interviews)
    found = RULES["anonymity-plural"].find(CheckedMaterial(article))
    messages = [each.message for each in found]
    assert len(messages) == bool(told)
    assert all(f"and {told} of this kind is recorded" in message for message in messages)


QUOTED = "It froze" + " ice" * 20 + "es"


@pytest.mark.parametrize(
    ("code", "body", "told"),
    [
        ("quote-unrecorded", f"“{QUOTED}” Holt said.", QUOTED),
        ("quote-unrecorded", f"“{QUOTED}!” Holt said.", f"{QUOTED[:89]}…"),
    ],
)
def test_long_words_are_told_by_their_beginning(code, body, told):
    assert len(QUOTED) == 90
    [finding] = RULES[code].find(CheckedMaterial(quoting(f"<p>{body}</p>")))
    assert f": “{told}”" in finding.message


# Single rules, more closely


def test_a_language_that_is_not_read_says_so_once_and_where():
    russian = "<p>Порт был закрыт.</p><p>«Мы его не закроем», — сказала Ада Холт.</p>"
    article = make_article(body=f"{russian}<p>«Никогда», — добавила она.</p>")
    found = [f for f in check(CheckedMaterial(article)) if f.code == "language-unread"]
    assert [(f.start is not None, "Russian" in f.message) for f in found] == [(True, True)]


def test_arabic_is_read():
    body = "<p>قالت آدا هولت للصحيفة: «لن نغلق الميناء قبل الصيف».</p>"
    assert "language-unread" not in codes(make_article(body=body))


def test_a_title_in_another_language_is_not_speech_in_it():
    body = "<p>She sang the song “La Mer” and sailed the ferry “Étoile du Nord” to Pell.</p>"
    assert "language-unread" not in codes(make_article(body=body))


def test_words_given_to_the_wrong_source_are_not_backed():
    said = [
        make_interview(make_source("Ada Holt"), "It froze over."),
        make_interview(make_source("Bo Lind")),
    ]
    article = make_article(body="<p>“It froze over,” said Bo Lind.</p>", interviews=said)
    messages = [
        f.message for f in check(CheckedMaterial(article)) if f.code == "quote-misattributed"
    ]
    assert messages == [
        "Recorded as said by Ada Holt, given to Bo Lind in the story: “It froze over”. "
        "Mend the story, or the record."
    ]
    article.body = "<p>“It froze over,” she said. “It froze over,” Holt said.</p>"
    assert "quote-misattributed" not in codes(article)


def test_words_that_two_people_said_want_a_speaker_or_a_mark():
    said = [
        make_interview(make_source(name), "We will fight it.") for name in ("Ada Holt", "Bo Lind")
    ]
    article = make_article(body="<p>“We will fight it,” she said.</p>", interviews=said)
    assert "quote-unrecorded" in codes(article)
    article.body = "<p>“We will fight it,” Lind said.</p>"
    assert "quote-unrecorded" not in codes(article)
    key = said[1].quotes.get().pk
    article.body = f'<p>“<mark data-quote="{key}">We will fight it,</mark>” she said.</p>'
    assert "quote-unrecorded" not in codes(article)


def test_a_mark_of_a_quote_that_is_not_the_storys_ties_nothing():
    elsewhere = make_interview(make_source("Cy Marr"), "We will fight it.").quotes.get()
    article = make_article(
        body=f'<p>“<mark data-quote="{elsewhere.pk}">We will fight it,</mark>” said Cy Marr.</p>'
    )
    assert "quote-unrecorded" in codes(article)


def test_a_mark_before_a_quotation_does_not_tie_it():
    said = make_interview(make_source(), "It froze.")
    mark = f'<mark data-quote="{said.quotes.get().pk}">It froze</mark>'
    story = CheckedMaterial(make_article(body=f"<p>{mark}: “It broke.”</p>", interviews=[said]))
    assert [each.quote for each in story.matches] == [None]


def test_a_source_on_deep_background_is_neither_quoted_nor_attributed_to():
    clerk = make_anonymous("a clerk who keeps the harbour ledger")
    deep = make_interview(clerk, "The ledger is wrong.", terms="deep_background")
    article = make_article(body="<p>“The ledger is wrong,” said a clerk.</p>", interviews=[deep])
    assert "quote-beyond-terms" in codes(article)
    article.body = "<p>The ledger is wrong, said a clerk who keeps the harbour ledger.</p>"
    assert "quote-beyond-terms" in codes(article)
    article.interviews.add(make_interview(clerk, "No.", terms="off_the_record"))
    assert "quote-beyond-terms" in codes(article)
    article.body = "<p>The ledger is wrong.</p>"
    assert "quote-beyond-terms" not in codes(article)


@pytest.mark.parametrize(
    ("description", "is_vague"),
    [
        ("a source", True),
        ("a senior official", True),
        ("officials", True),
        ("a person familiar with the matter", True),
        ("one official with access to the records", False),
        ("a Tampa, Florida-based analyst", False),
        ("a deckhand who was aboard", False),
    ],
)
def test_a_description_says_why_they_would_know(description, is_vague):
    clerk = make_anonymous(description)
    article = make_article(interviews=[make_interview(clerk)])
    assert ("anonymity-description-vague" in codes(article)) is is_vague


@pytest.mark.parametrize(
    ("reason", "is_rote"),
    [
        ("not authorized to speak to the press", True),
        ("they were not authorised to discuss the matter publicly", True),
        ("the sensitivity of the talks", True),
        ("they are not authorised to speak and fear dismissal", False),
        ("a clause in the contract forbids it", False),
    ],
)
def test_a_reason_is_more_than_a_formula(reason, is_rote):
    article = make_article(interviews=[make_interview(make_anonymous(reason=reason))])
    assert ("anonymity-reason-rote" in codes(article)) is is_rote


def test_a_standards_editor_confirms_for_a_story_in_which_nobody_is_named(cast, client):
    article = anonymous_alone(cast)
    approval = article.anonymity_approvals.get()
    url = f"/desk/articles/article/anonymity/{approval.pk}/confirm/"
    client.force_login(cast.second_editor)
    assert client.post(url, {"seen": approval.as_seen()}).status_code == 403
    client.force_login(cast.standards_editor)
    client.post(url, {"seen": "something else"})
    assert "anonymity-central" in codes(article)
    client.post(url, {"seen": approval.as_seen()})
    assert "anonymity-central" not in codes(article)
    Source.objects.update(reason="they fear for their family")
    assert "anonymity-unapproved" in codes(Article.objects.get(pk=article.pk))


def test_somebody_who_decided_does_not_confirm_too(cast, client):
    clerk = make_anonymous()
    article = make_article(interviews=[make_interview(clerk)])
    approval = make_approval(article, clerk, by=cast.standards_editor)
    client.force_login(cast.standards_editor)
    url = f"/desk/articles/article/anonymity/{approval.pk}/confirm/"
    page = client.post(url, {"seen": approval.as_seen()}, follow=True)
    assert "another editor confirms" in page.content.decode()
    assert "anonymity-central" in codes(article)


def test_a_position_that_the_desk_knows_is_the_one_who_declined(cast):
    article = sourced(cast)
    clerk = Source.objects.get(named=False)
    board = Organization.objects.create(name="Harbour Board")
    Affiliation.objects.create(source=clerk, title="spokesperson", organization=board)
    declined(article, "Spokesperson, Harbour Board")
    assert "anonymity-also-declined" in codes(article)


PLAIN = {
    # Ordinary copy, and the code that it must not raise.
    "“We should have done better,” said Ada Holt, “and we are sorry.”": "quote-altered",
    "“He told me ‘no’ twice,” said Ada Holt.": "quote-altered",
    "“We lost it—all of it,” said Ada Holt.": "quote-altered",
    "One person shot outside a store died, police said.": "anonymity-description-vague",
    "A person called 911, and one person reported missing was found.": "anonymity-description-vague",
    "Workers began to leave. Police officers shot at a car. Drivers made a detour.": "anonymity-plural",
    "They carried signs saying “Keep our branches open for good.”": "quote-unrecorded",
    "“The Price of Everything,” a new ad by the Lind campaign, is out.": "quote-unrecorded",
    "“It froze over,” Holt’s mother said.": "quote-altered",
}
SAID_THERE = (
    "We should have done better, and we are sorry.",
    'He told me "no" twice.',
    "We lost it - all of it.",
)


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_copy_is_not_stopped(text):
    article = quoting(f"<p>{text}</p>", *SAID_THERE)
    assert PLAIN[text] not in codes(article)


FALSE = {
    "“The governor said the mayor is a crook,” said Ada Holt.": "quote-altered",
    "“The mayor lied to the council about it,” said Ada Holt.": "quote-off-the-record",
    "The mayor lied to the council about it.": "quote-off-the-record",
    "“The board is bankrupt and knows it,” said Ada Holt.": "quote-beyond-terms",
}


@pytest.mark.parametrize("text", FALSE)
def test_what_only_looks_right_is_found(text):
    ada = make_source()
    said = [
        make_interview(ada, "The governor, said the mayor, is a crook."),
        make_interview(
            ada,
            "We are broke. The mayor lied to the council about it. That is all.",
            terms="off_the_record",
        ),
        make_interview(ada, "The board is bankrupt and knows it.", terms="on_background"),
    ]
    article = make_article(body=f"<p>{text}</p>", interviews=said)
    assert FALSE[text] in codes(article)


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("The clerk declined to comment.", True),
        ("The clerk said the mayor’s office had declined to comment.", False),
        ("The clerk said the pumps did not respond to the alarm.", False),
        ("The clerk’s office declined to comment.", False),
    ],
)
def test_whoever_declined_is_the_one_whose_verb_it_is(cast, text, declined):
    clerk = make_anonymous("a clerk at the mill", later_reference="the clerk")
    article = make_article(body=f"<p>{text}</p>", interviews=[make_interview(clerk)])
    assert ("anonymity-also-declined" in codes(article)) is declined


def test_a_fear_of_something_else_is_no_reason_for_anonymity(cast):
    article = sourced(cast, reason="", body="<p>Shoppers fear prices will rise.</p>")
    assert "anonymity-reason-missing" in codes(article)


def test_a_reason_to_go_past_holds_for_the_same_words_alone(cast):
    start = "It was the coldest winter that anybody in the whole of this town or the next one remembers, and "
    article = quoting(f"<p>“{start}the mayor wept,” said Holt.</p>")
    [finding] = [f for f in check(CheckedMaterial(article)) if f.code == "quote-unrecorded"]
    article.body = article.body.replace("wept", "stole")
    [other] = [f for f in check(CheckedMaterial(article)) if f.code == "quote-unrecorded"]
    assert finding.message == other.message
    assert finding.key != other.key


def test_a_document_is_told_of_once(cast):
    letter = (
        "<p>The pier will close, according to a letter. The letter says nothing of the crane.</p>"
    )
    audit = "<p>Two cranes are unsafe, an audit found.</p>"
    article = make_article(body=letter + letter + audit)
    found = [f for f in check(CheckedMaterial(article)) if f.code == "document-unlinked"]
    assert [article.body.count("letter"), len(found)] == [4, 2]


def test_a_deadline_is_held_against_the_time_of_publication(cast):
    soon, later = (timezone.now() + timedelta(hours=hours) for hours in (3, 9))
    article = approve(asking("did_not_respond", deadline=soon), cast.editor)
    assert "comment-deadline-open" in codes(article)
    make_move(article, "schedule", by=cast.editor, at=later)
    assert article.stage == "scheduled"


LINKED = '<a href="https://a.test">'


@pytest.mark.parametrize(
    ("body", "entry", "marked"),
    [
        ("<p>Ice.</p><p>It froze. The audit says so.</p>", None, ["audit"]),
        ("<p>It froze. The audit says so.</p>", ("link", "Audit"), []),
        ("<p>It froze. The audit says so.</p>", ("link", "Weather"), ["audit"]),
        ("<p>It froze. The audit says so.</p>", ("note", "Audit"), ["audit"]),
        (f"<p>Ice.</p><p>{LINKED}So</a> the audit says.</p>", None, []),
        (f"<p>The audit says so {LINKED}here</a></p><p>Ice.</p>", None, []),
        (f"<p>It froz{LINKED}e</a></p><p>The audit says so.</p>", None, ["audit"]),
        (f"<p>The audit says so.</p><p>{LINKED}I</a>t froze.</p>", None, ["audit"]),
    ],
)
def test_a_document_is_shown_by_the_notebook_or_a_link_beside_it(body, entry, marked):
    article = make_article(body=body)
    if entry:
        kind, title = entry
        NotebookEntry.objects.create(article=article, kind=kind, title=title, url="https://a.test")
    story = CheckedMaterial(article)
    found = RULES["document-unlinked"].find(story)
    assert [story.text[each.start : each.end] for each in found] == marked


@pytest.mark.parametrize(
    ("asked", "text", "is_told"),
    [
        ("Turkish Embassy in Washington", "The Turkish embassy was asked.", True),
        ("The mayor, Ada Holt", "A Mayor said no.", True),
        ("Ada Holt", "Holt said no.", True),
        ("Ada Ito", "Ito said no.", True),
        ("The port of the Ito", "The Ito was asked.", True),
        ("Ada van der ito", "An ito was asked.", False),
        ("Bo Lind", "Lindholm said no.", False),
        ("", "Nobody was asked.", False),
        ("The mayor’s office", "The mayor's office said no.", True),
    ],
)
def test_whoever_was_asked_is_known_by_a_part_of_the_name(asked, text, is_told):
    assert is_mentioned(asked, text) is is_told


def test_the_reporters_own_words_keep_their_places(cast):
    story = CheckedMaterial(make_article(body=f"<p>Ice. {SAID[3:]}<p>It froze.</p>"))
    narrative = "Ice. “··························” said Ada Holt.\nIt froze."
    assert story.narrative == narrative
    assert len(narrative) == len(story.text)


@pytest.mark.parametrize(
    ("words", "at"),
    [("ICE", 0), (" “the quay.” ", 10), ("", None), (" .", None), ("a pier", None)],
)
def test_words_have_the_place_where_they_first_stand(words, at):
    story = CheckedMaterial(make_article(body="<p>Ice froze the quay. Ice, and the quay.</p>"))
    end = None if at is None else at + len(words.strip(" .“”"))
    assert story.place_of(words) == (at, end)
    story.article.body = "<p>İzmir: ice froze the quay.</p>"
    assert CheckedMaterial(story.article).place_of(words) == (None, None)  # of another length


# The command, and the seed story


def test_the_command_prints_findings_and_fails_when_something_blocks():
    article = quoting(SAID, "Something else was said.", slug="frozen")
    printed = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_story", "frozen", "--json", stdout=printed)
    assert stopped.value.code == 1
    rows = {row["code"]: row for row in json.loads(printed.getvalue())}
    assert rows["quote-unrecorded"]["severity"] == "block"
    assert (rows["quote-unrecorded"]["start"], rows["quote-unrecorded"]["end"]) == (1, 27)
    Article.objects.filter(pk=article.pk).update(body="<p>It froze.</p>")
    plain = StringIO()
    call_command("check_story", "frozen", stdout=plain)
    assert "byline-missing" in plain.getvalue()
    with pytest.raises(CommandError, match="No story has the slug none"):
        call_command("check_story", "none")


def test_the_seed_story_raises_what_it_must_and_nothing_false(cast, shared):
    call_command("import_stories", str(shared / "seed" / "story.json"), by="reporter", verbosity=0)
    article = Article.objects.get()
    assert Quote.objects.count() == 19
    for approval in article.anonymity_approvals.all():
        approval.source.known_to.add(cast.editor)
        approval.decide(True, by=cast.editor)
    assert codes(article) == {
        "anonymity-reason-rote",
        "anonymity-description-drift",
        "anonymity-plural",
        "byline-missing",
        "anonymity-no-byline",
        "quote-marks-mixed",
        "document-unlinked",
    }


@pytest.mark.parametrize("more", [1, 4])
def test_the_check_costs_the_same_queries_however_much_it_reads(
    cast, more, django_assert_max_num_queries
):
    article = sourced(cast)
    for number in range(more):
        article.interviews.add(make_interview(make_source(f"Ada {number}"), f"It froze {number}."))
        article.interviews.add(make_interview(clerk := make_anonymous(f"a clerk of quay {number}")))
        make_approval(article, clerk, by=cast.editor)
        CommentRequest.objects.create(article=article, asked=f"Mayor {number}")
    with django_assert_max_num_queries(24):
        check(CheckedMaterial(Article.objects.select_related("section").get(pk=article.pk)))


def test_a_block_quote_is_a_quotation_wherever_it_stands():
    lists = "<ul><li><p>It rained.</p></li></ul>"
    quoted = "<blockquote><p>We have sold the pier.</p></blockquote>"
    body = f"<p>It froze.</p>{lists}<p>Holt wrote to the board:</p>{quoted}<p>It thawed.</p>"
    story = CheckedMaterial(quoting(body))
    [found] = RULES["quote-unrecorded"].find(story)
    assert story.text[found.start : found.end] == "We have sold the pier."
    assert story.matches[0].quotation.speaker == "Holt"
    assert codes(quoting(body, "We have sold the pier.")).isdisjoint(
        {"quote-unrecorded", "quote-marks-mixed"}
    )


def test_a_cut_in_a_language_whose_cuts_are_not_read_is_told():
    body = "<p>„Wir schließen den Hafen“, sagte Ada Holt am Montag dem Courier.</p>"
    cut = quoting(body, "Wir schließen den Hafen nicht vor dem Sommer.")
    assert "language-unread" in codes(cut)
    assert "language-unread" not in codes(quoting(body, "Wir schließen den Hafen."))
