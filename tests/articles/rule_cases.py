"""Each rule of the check: stories that raise it, and stories that come close and do not.

A row is a code and two tuples of builders, each called with the cast. A near miss is a word or so away from what
raises the rule, so that a rule that grows too wide is told as well as one that sees too little.
"""

from datetime import timedelta

from django.utils import timezone

from tests.articles.quotation_cases import LETTER, LOST, QUOTATION_CASES, SAID
from tests.articles.rule_stories import (
    Cases,
    anonymous_alone,
    answered_late,
    asked_of,
    asked_of_another,
    asking,
    assigned,
    bare_photo,
    confirmed,
    corrected_once,
    declined,
    forgotten,
    in_a_day,
    known_as,
    known_to,
    noted,
    of_a_clerk,
    quoting,
    recording,
    reworded,
    signed,
    sourced,
    tagged,
    telling,
    with_document,
    with_lead_photo,
    with_photo,
    with_rights_until,
    with_two_photos,
    without_byline,
    writing,
)
from tests.factories import (
    make_article,
    make_interview,
    make_live,
    make_photo,
    make_source,
)

CASES = {
    **QUOTATION_CASES,
    "language-unread": Cases(
        (
            lambda cast: quoting(
                "<p>„Wij sluiten de haven niet”, zei Ada Holt van het bestuur.</p>"
            ),
            lambda cast: quoting("<p>«Мы не закроем порт», — сказала Ада Холт в понедельник.</p>"),
        ),
        (
            lambda cast: quoting(
                "<p>„Wir schließen den Hafen nicht“, sagte Ada Holt am Montag.</p>"
            ),
            lambda cast: quoting(
                "<p>She sang “La Mer” on the ferry “Étoile du Nord”, the harbour master said.</p>"
            ),
        ),
    ),
    # Anonymity
    "anonymity-unapproved": Cases(
        (
            lambda cast: sourced(cast, approved=False),
            lambda cast: reworded(sourced(cast), description="a clerk who keeps the ledger"),
        ),
        (
            lambda cast: sourced(cast),
            lambda cast: reworded(sourced(cast), later_reference="the clerk"),
        ),
    ),
    "anonymity-unrecorded": Cases(
        (
            # Tests of overrides change this one.
            lambda cast: quoting(
                "<p>People familiar with the matter said the harbour will be sold.</p>"
            ),
            telling("The Courier understands that the harbour will be sold."),
            telling(
                "A diplomat, speaking on condition of anonymity, said the harbour will be sold."
            ),
            telling("The harbour will be sold, according to a person who attended the meeting."),
        ),
        (
            lambda cast: sourced(
                cast, body="<p>A clerk, speaking on condition of anonymity, said that it froze.</p>"
            ),
            # An institution, a document, somebody who speaks for a body
            telling("The harbour board said the harbour will be sold."),
            telling("Letters seen by the Courier say the harbour will be sold."),
            telling("A spokesman for the harbour board said the harbour will be sold."),
            # Told to others, and by a crowd
            telling("A dock worker told police that the harbour will be sold."),
            telling("Some people said the harbour will be sold."),
            telling("The mayor understands that the harbour will be sold."),
            telling("The harbour will be sold, according to an official statement."),
            # Who that is, the record has.
            lambda cast: quoting(
                "<p>A former harbour officer called it “a great shame” on Monday.</p>"
                "<p>“It froze,” said Ada Holt, who ran the harbour until May.</p>",
                "It froze. It is a great shame.",
            ),
        ),
    ),
    "anonymity-editor-does-not-know": Cases(
        (
            lambda cast: forgotten(sourced(cast)),
            lambda cast: known_to(forgotten(sourced(cast)), cast.second_editor),
        ),
        (
            lambda cast: sourced(cast),
            lambda cast: forgotten(sourced(cast, approved=False)),
        ),
    ),
    "anonymity-self-approved": Cases(
        (
            lambda cast: assigned(sourced(cast), cast.editor),
            lambda cast: sourced(cast, asked_by=cast.editor),
        ),
        (
            lambda cast: assigned(sourced(cast), cast.reporter),
            lambda cast: sourced(cast, asked_by=cast.reporter),
        ),
    ),
    "anonymity-reason-missing": Cases(
        (
            lambda cast: sourced(cast, reason=""),
            of_a_clerk("The clerk asked not to be named.", reason=""),
        ),
        (
            of_a_clerk("The clerk asked not to be named for fear of dismissal.", reason=""),
            of_a_clerk("The clerk asked not to be named."),
        ),
    ),
    "anonymity-reason-rote": Cases(
        (
            lambda cast: sourced(cast, reason="because of the sensitivity of the matter"),
            lambda cast: sourced(
                cast,
                reason="they were not authorised to publicly discuss the ongoing internal talks about "
                "the sale of the ferry company",
            ),
        ),
        (
            lambda cast: sourced(
                cast, reason="not authorized to speak, and fears to lose a pension"
            ),
            lambda cast: sourced(
                cast,
                reason="they were not authorised to discuss the talks, and would be dismissed for it",
            ),
        ),
    ),
    "anonymity-description-vague": Cases(
        (
            # Tests of overrides change this one.
            of_a_clerk("The harbour froze, a senior official said."),
            of_a_clerk("The harbour froze, according to a well-placed source."),
        ),
        (
            of_a_clerk("It froze, said an official with access to the log."),
            of_a_clerk("The harbour froze, a senior harbour official said."),
        ),
    ),
    "anonymity-description-drift": Cases(
        (
            of_a_clerk("It froze, a clerk said.</p><p>The official said so."),
            of_a_clerk("It froze, a clerk said.</p><p>The engineer also said that it thawed."),
        ),
        (
            of_a_clerk("It froze, a clerk said.</p><p>The clerk said so."),
            of_a_clerk("It froze, a clerk said.</p><p>The source said so."),
            of_a_clerk("It froze, a clerk said.</p><p>The engineer saw the ice."),
        ),
    ),
    "anonymity-opinion": Cases(
        (
            lambda cast: sourced(cast, information=False),
            lambda cast: sourced(cast, information=False, reason="they fear for their family"),
        ),
        (
            lambda cast: sourced(cast, vital=False),
            lambda cast: sourced(cast, not_available_on_record=False),
        ),
    ),
    "anonymity-no-byline": Cases(
        (
            lambda cast: without_byline(sourced(cast)),
            anonymous_alone,
        ),
        (
            lambda cast: make_article(interviews=[make_interview(make_source())]),
            lambda cast: sourced(cast),
        ),
    ),
    "anonymity-also-declined": Cases(
        (
            lambda cast: declined(sourced(cast), "the clerk with access to the ledger"),
            of_a_clerk("The clerk with access to the ledger did not return several calls."),
            lambda cast: declined(
                known_as(sourced(cast), "Town clerk"), "The town clerk", "did_not_respond"
            ),
        ),
        (
            lambda cast: declined(sourced(cast), "The town clerk"),
            of_a_clerk("The clerk with access to the ledger did not return calls from the mayor."),
            of_a_clerk("The clerk with access to the ledger said the mayor declined to comment."),
            lambda cast: declined(
                sourced(cast), "the clerk with access to the ledger", "responded"
            ),
        ),
    ),
    "anonymity-plural": Cases(
        (
            of_a_clerk("The harbour froze, port officials said."),
            of_a_clerk("Port officials told the Courier that the harbour froze."),
        ),
        (
            of_a_clerk("The harbour froze, people who saw it said."),
            of_a_clerk("The ledger is wrong, a clerk said."),
            of_a_clerk("Town officials have said that the harbour froze."),
            of_a_clerk("Port officials left before the harbour froze."),
            of_a_clerk("Port officials told the court that the harbour froze."),
        ),
    ),
    "anonymity-central": Cases(
        (
            anonymous_alone,
            lambda cast: anonymous_alone(cast, "a deckhand who was aboard"),
            # Confirmed by whoever decided, or by one of its writers
            lambda cast: confirmed(anonymous_alone(cast), cast.editor),
            lambda cast: assigned(
                confirmed(anonymous_alone(cast), cast.standards_editor), cast.standards_editor
            ),
        ),
        (
            lambda cast: confirmed(anonymous_alone(cast), cast.standards_editor),
            lambda cast: sourced(cast),
        ),
    ),
    "single-source": Cases(
        (
            lambda cast: quoting(SAID, LOST),
            anonymous_alone,
        ),
        (
            lambda cast: sourced(cast),
            recording("The harbour froze.", Ada_Holt="It froze.", Lee_Marr=LETTER),
        ),
    ),
    # Requests for comment
    "comment-not-sought": Cases(
        (
            lambda cast: asking(attempts=()),
            lambda cast: asking(attempts=(), asked="Quay Ferries Ltd.", about="the ferry contract"),
        ),
        (
            lambda cast: asking(attempts=("email",)),
            lambda cast: asking("declined", attempts=()),
        ),
    ),
    "comment-one-attempt": Cases(
        (
            lambda cast: asking("did_not_respond", attempts=("email", "email")),
            lambda cast: asking("could_not_be_reached", attempts=("phone",)),
        ),
        (
            lambda cast: asking("declined", attempts=("email",)),
            lambda cast: asking("did_not_respond", attempts=("email", "phone")),
        ),
    ),
    "comment-deadline-open": Cases(
        (
            lambda cast: asking(deadline=in_a_day()),
            lambda cast: asking("did_not_respond", deadline=in_a_day()),
        ),
        (
            lambda cast: asking("declined", deadline=in_a_day()),
            lambda cast: asking(deadline=timezone.now() - timedelta(minutes=1)),
        ),
    ),
    "comment-not-told": Cases(
        (
            lambda cast: asking("declined", body="<p>The harbour froze.</p>"),
            lambda cast: asking(
                "declined", asked="Quay Ferries Ltd.", body="<p>Two boats sank at the pier.</p>"
            ),
        ),
        (
            lambda cast: asking("declined", body="<p>The Mayor declined to comment.</p>"),
            lambda cast: asking(
                "declined",
                asked="Quay Ferries Ltd.",
                body="<p>Quay Ferries declined to comment.</p>",
            ),
            lambda cast: asking(body="<p>The harbour froze.</p>"),
        ),
    ),
    "comment-late": Cases(
        (
            lambda cast: answered_late(cast),
            lambda cast: answered_late(cast, outcome="answered_without_answering"),
        ),
        (
            lambda cast: answered_late(cast, published=False),
            lambda cast: answered_late(cast, outcome="declined"),
        ),
    ),
    # The story
    "story-incomplete": Cases(
        (
            writing(deck=" "),
            lambda cast: make_article(body="<p> </p>"),
        ),
        (
            writing(kicker="", dateline=""),
            writing(deck="—"),
        ),
    ),
    "byline-missing": Cases(
        (
            writing(),
            lambda cast: without_byline(sourced(cast)),
        ),
        (
            lambda cast: sourced(cast),
            lambda cast: signed(make_article(), "Maren Okafor"),
        ),
    ),
    "photo-incomplete": Cases(
        (
            # Tests of overrides change this one.
            lambda cast: bare_photo(),
            lambda cast: bare_photo(credit=""),
        ),
        (
            lambda cast: make_article(lead_photo=make_photo(caption="")),
            lambda cast: make_article(lead_photo=make_photo(alt="Ice", credit="H")),
        ),
    ),
    "photo-rights-over": Cases(
        (
            lambda cast: with_rights_until(-1),
            lambda cast: with_rights_until(-400),
        ),
        (
            lambda cast: with_rights_until(0),
            lambda cast: make_article(lead_photo=make_photo()),
        ),
    ),
    "photo-missing": Cases(
        (
            lambda cast: with_photo(make_photo(), lost=True),
            lambda cast: with_two_photos(),
        ),
        (
            lambda cast: with_photo(make_photo()),
            lambda cast: make_article(body="<p>It froze.</p>", lead_photo=make_photo()),
        ),
    ),
    "file-missing": Cases(
        (
            lambda cast: with_document(lost=True),
            lambda cast: with_lead_photo(lost=True),
        ),
        (
            lambda cast: with_document(lost=False),
            lambda cast: with_lead_photo(lost=False),
        ),
    ),
    "unfinished": Cases(
        (
            writing("The harbour froze for TK days, the harbour master said."),
            writing(deck="What came of it [to come]"),
            writing(headline="Harbour board votes ??? to four"),
            writing(slug="harbour-vote-tk"),
            lambda cast: make_article(lead_photo=make_photo(caption="Ada Holt, left, and TKTK")),
            lambda cast: tagged(make_article(), "harbour", "[check]"),
        ),
        (
            writing("TK Maxx will open a shop on the quay, the harbour master said."),
            writing(headline="Brindle Quay watches Super Bowl XXX again"),
            writing(
                "The board will check the ledger, and more is to come, the harbour master said."
            ),
            writing(slug="tk-maxx-opens-on-the-quay"),
            writing("What froze? Why? The harbour master would not say."),
            writing("“How can a harbour freeze in May???” the harbour master wrote."),
        ),
    ),
    "unsourced": Cases(
        (
            # Tests of overrides publish past this one.
            writing("The harbour will be sold in June. The town has no say in it."),
            lambda cast: noted(
                make_article(body="<p>The harbour will be sold in June.</p>"), "To call", "note"
            ),
        ),
        (
            writing("The harbour will be sold in June, the harbour master said."),
            writing('The harbour <a href="https://a.test/minutes">will be sold</a> in June.'),
            lambda cast: noted(
                make_article(body="<p>The harbour will be sold in June.</p>"), "The minutes"
            ),
            lambda cast: quoting("<p>The harbour will be sold in June.</p>"),
        ),
    ),
    "update-asked": Cases(
        (
            lambda cast: asked_of(make_article(), cast.editor),
            lambda cast: asked_of(sourced(cast), cast.second_editor),
        ),
        (
            lambda cast: asked_of(make_live(cast.editor), cast.editor),
            lambda cast: asked_of_another(cast.editor),
        ),
    ),
    "correction-undone": Cases(
        (
            lambda cast: corrected_once(cast, body="<p>The vote was seven to four.</p>"),
            lambda cast: corrected_once(cast, body="<p>It froze. By seven to four they voted.</p>"),
        ),
        (
            lambda cast: corrected_once(cast, body="<p>The vote was six to five.</p>"),
            lambda cast: corrected_once(
                cast, body="<p>The vote was six to five, and not seven to four.</p>"
            ),
        ),
    ),
    "document-unlinked": Cases(
        (
            writing("The figures are in a leaked audit of the harbour."),
            writing("The pier will close in May, according to a letter seen by the Courier."),
            writing("Two piers are unsafe, according to an audit."),
        ),
        (
            lambda cast: noted(
                make_article(body="<p>The figures are in a leaked audit of the harbour.</p>"),
                "The audit",
            ),
            writing('According to <a href="https://a.test">an audit</a>, two piers are unsafe.'),
            writing("Lee Marr contributed to this report."),
            writing("Their Bible study found a new home in the old customs house."),
            writing("The pier fell ten minutes later, the harbour master said."),
            writing("The board obtained permits for two piers, the harbour master said."),
            writing("Initial reports said that the pier had fallen, the harbour master added."),
            writing("Crews on short contracts said that they left, the harbour master added."),
        ),
    ),
}
