"""The rules about quotations and who speaks them: as in `rule_cases.py`, of which they are a part."""

from tests.articles.rule_stories import (
    Cases,
    printing,
    promising,
    quoting,
    recording,
    said_again,
    signed,
    telling,
    transcribed,
    with_position,
)
from tests.factories import (
    make_article,
    make_interview,
    make_source,
)

SAID = "<p>“We lost the whole harbour,” said Ada Holt.</p>"
LOST = "We lost the whole harbour."
FARE = "We will not raise the fare this summer."
MARKET = "If the river rises again, we lose the market."
RECEIPTS = "We kept every receipt, and nobody ever asked for one."
LETTER = "I never saw the letter."

QUOTATION_CASES = {
    # The words of quotations
    "quote-unrecorded": Cases(
        (
            lambda cast: quoting(SAID, "Something else was said."),
            # A few words far from their verb are somebody's all the same.
            telling(
                "Ada Holt told the court on Monday that the fire was started by “hired thugs”."
            ),
            recording(
                "“We will fight it,” she said.",
                Ada_Holt="We will fight it.",
                Lee_Marr="We will fight it.",
            ),
        ),
        (
            lambda cast: quoting(SAID, "we lost the whole harbour."),
            recording(
                "“We will fight it,” Marr said.",
                Ada_Holt="We will fight it.",
                Lee_Marr="We will fight it.",
            ),
        ),
    ),
    "quote-altered": Cases(
        (
            lambda cast: quoting(SAID, "We lost the old harbour."),
            printing(
                "We lost the boats and the nets,", "We lost the boats, the sheds and the nets."
            ),
        ),
        (
            lambda cast: quoting(
                "<p>“We lost … the harbour” and [nothing], said Ada Holt.</p>",
                "We lost the whole, the harbour.",
            ),
            printing(
                "We lost the boats … and the nets,", "We lost the boats, the sheds and the nets."
            ),
        ),
    ),
    "quote-meaning-changed": Cases(
        (
            # A cut: negation. Tests of overrides change this one.
            lambda cast: quoting(
                "<p>“We lost the harbour,” said Ada Holt.</p>", "We never lost the harbour."
            ),
            # An ellipsis, a bracket: negation
            printing("We will … raise the fare this summer,", FARE),
            printing("We will [soon] raise the fare this summer,", FARE),
            # Condition, hedge, quantifier, attribution
            printing("We lose the market,", MARKET),
            printing("The pier is safe,", "I think the pier is safe."),
            printing("The boats were insured,", "Few of the boats were insured."),
            printing("The ferry is sold,", "Lee told me the ferry is sold."),
            # Left beside the cut
            printing(
                "We never … raised the fare,", "We never lied to a passenger and raised the fare."
            ),
        ),
        (
            # One sentence that an attribution parts
            lambda cast: quoting(
                "<p>“We never,” Ada Holt said, “lost the harbour.”</p>",
                "We never lost the harbour.",
            ),
            # A whole clause, and the part after “and”
            printing("We kept every receipt,", RECEIPTS),
            printing("nobody ever asked for one,", RECEIPTS),
            # A fragment whose narrator says what it leaves out
            lambda cast: quoting(
                "<p>Ada Holt would not call it “a failure of the board.”</p>",
                "I wouldn’t call it a failure of the board.",
            ),
            printing("[The board] will not raise the fare this summer,", FARE),
            printing("If the river rises … we lose the market,", MARKET),
        ),
    ),
    "quote-not-in-transcript": Cases(
        (
            # Tests of overrides change this one.
            transcribed("We lost the whole harbour,", "Holt: We never lost the whole harbour."),
            transcribed("We lost the whole harbour,", "Holt: Ask me about the boats and the nets."),
            transcribed(
                "We lost the whole harbour,",
                "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Quill>We lost the whole harbour.\n",
                interviewer="Quill",
            ),
        ),
        (
            transcribed("We lost the whole harbour,", "Holt: Well, we lost the whole harbour."),
            # Machines mishear.
            transcribed("We lost the whole harbour,", "Holt: We lost the hole harbor."),
            transcribed("We lost the whole harbour,", "We lost the whole harbour.\n"),
        ),
    ),
    "quote-style": Cases(
        (
            printing("We lost ten boats,", "We lost 10 boats."),
            printing("We lost it. The ice took it,", "We lost it; the ice took it."),
            printing("The US fleet left the harbour,", "The U.S. fleet left the harbour."),
            printing("We lost the harbor,", "We lost the harbour."),
        ),
        (
            printing("We lost ten boats,", "We lost 11 boats."),
            printing(
                "The governor said the mayor is a crook,",
                "The governor, said the mayor, is a crook.",
            ),
            printing("We lost ten boats,", "We lost ten boats."),
        ),
    ),
    "pull-quote-altered": Cases(
        (
            lambda cast: quoting(f"{SAID}<aside>“We lost the old harbour”</aside>"),
            lambda cast: quoting(f"{SAID}<aside>We lost … the harbour</aside>"),
        ),
        (
            lambda cast: quoting(f"{SAID}<aside>… <em>Lost</em> the whole harbour …</aside>"),
            lambda cast: quoting(
                "<p>“We lost,” said Ada Holt, “the whole harbour.”</p>"
                "<aside>“We lost the whole harbour”</aside>"
            ),
        ),
    ),
    "quote-short": Cases(
        (
            lambda cast: quoting("<p>The pier became a “ghost ship” in March.</p>"),
            lambda cast: quoting("<p>Two ferries, the “Widow” and the “Maid,” sank.</p>"),
        ),
        (
            lambda cast: quoting(
                "<p>The so-called “ghost ship” sank, and so did the ferry “Widow”.</p>"
            ),
            lambda cast: quoting(
                "<p>Ada Holt called the pier “the Widow” of the quay.</p>",
                "The pier is the Widow of the quay.",
            ),
        ),
    ),
    "quote-marks-mixed": Cases(
        (
            lambda cast: quoting('<p>“It froze,” said Holt.</p><p>"It did," Holt said.</p>'),
            lambda cast: quoting('<p>"It froze, all of it,” said Ada Holt.</p>'),
        ),
        (
            lambda cast: quoting(
                '<p>“It ‘froze’,” said Holt of a 12" pipe.</p><p>‘So,’ Holt said.</p>'
            ),
            lambda cast: quoting('<p>"It froze," said Holt.</p><p>"It did," Holt said.</p>'),
        ),
    ),
    # Who speaks
    "quote-misattributed": Cases(
        (
            # Tests of overrides change this one.
            lambda cast: quoting("<p>“It froze over,” said Holt’s sister.</p>", "It froze over."),
            recording("“It froze over,” said Jo Unknown.", Ada_Holt="It froze over."),
            recording(
                "Lee Marr arrived at noon. “It froze over,” he said.",
                Ada_Holt="It froze over.",
                Lee_Marr=LETTER,
            ),
            recording(
                "“It froze over,” said a lawyer for Marr.",
                Ada_Holt="It froze over.",
                Lee_Marr=LETTER,
            ),
            recording("“It froze over,” said a lawyer for Ada Holt.", Ada_Holt="It froze over."),
            recording("“It froze over,” the Rev Chapman said.", Ada_Holt="It froze over."),
        ),
        (
            lambda cast: quoting(
                "<p>“It froze over,” said Holt, who has a sister.</p>", "It froze over."
            ),
            recording("“It froze over,” Holt said.", Ada_Holt="It froze over.", Lee_Marr=LETTER),
            lambda cast: with_position(
                "<p>“It froze over,” said the harbour master.</p>", "harbour master"
            ),
            recording("“It froze over,” the Democrat said.", Ada_Holt="It froze over."),
            # Who speaks goes on.
            recording(
                "“It froze over,” Holt told Marr. “We lost the pier,” she said.",
                Ada_Holt="It froze over. We lost the pier.",
                Lee_Marr=LETTER,
            ),
            recording(
                "Ada Holt arrived at noon. “It froze over,” she said.",
                Ada_Holt="It froze over.",
                Lee_Marr=LETTER,
            ),
        ),
    ),
    "quote-speaker-unclear": Cases(
        (
            lambda cast: quoting("<p>“We lost the whole harbour.”</p>", LOST),
            lambda cast: quoting(
                "<p>The ice came on Monday. “We lost the whole harbour.”</p><p>Ada Holt shrugged.</p>",
                LOST,
            ),
        ),
        (
            lambda cast: quoting(
                "<p>“We lost the harbour.</p><p>“And the town,” said Ada Holt.</p>",
                "We lost the harbour.",
            ),
            lambda cast: quoting("<p>Ada Holt shrugged. “We lost the whole harbour.”</p>", LOST),
            telling("The winter was bound to be “a long and quiet one” on the quay."),
        ),
    ),
    "quote-speakers-run-together": Cases(
        (
            lambda cast: quoting("<p>“It froze,” said Holt. “It did,” said Marr.</p>", "It froze."),
            recording(
                "“It froze,” Ada Holt said. “I never saw the letter,” the harbour master Lee Marr said.",
                Ada_Holt="It froze.",
                Lee_Marr=LETTER,
            ),
        ),
        (
            lambda cast: quoting(
                "<p>“It froze,” said Ada Holt. “It did,” Holt said. “Yes,” she said.</p>"
            ),
            lambda cast: quoting(
                "<p>“It froze,” said Ada Holt. “It did,” Ada said.</p>", "It froze. It did."
            ),
            lambda cast: quoting("<p>“It froze,” said Holt.</p><p>“It did,” said Marr.</p>"),
        ),
    ),
    # Terms
    "quote-off-the-record": Cases(
        (
            promising("We lost the whole harbour.", LOST, "off_the_record"),
            # In other words
            promising(
                "The mayor was lying to the council about the ferry contract.",
                "The mayor lied to the council about the ferry contract.",
                "off_the_record",
            ),
            # In a headline
            promising(
                "The harbour froze.", LOST, "off_the_record", headline="We lost the whole harbour"
            ),
            lambda cast: said_again(cast, by="Lee Marr"),
        ),
        (
            lambda cast: quoting(SAID, LOST, terms="on_the_record"),
            lambda cast: said_again(cast, by="Ada Holt"),
            promising(
                "The mayor spoke to the council about the ferry route.",
                "The mayor lied to the council about the ferry contract.",
                "off_the_record",
            ),
        ),
    ),
    "quote-beyond-terms": Cases(
        (
            # Tests of overrides change this one.
            lambda cast: quoting(SAID, LOST, terms="on_background"),
            promising("The harbour froze, and Holt saw it.", "It froze.", "on_background"),
            promising(
                "The harbour froze.",
                "It froze.",
                "on_background",
                slug="holt-on-the-frozen-harbour",
            ),
            lambda cast: make_article(
                body="<p>It froze, said Bo Li.</p>",
                interviews=[make_interview(make_source("Bo Li"), terms="on_background")],
            ),
        ),
        (
            promising("The harbour was lost.", "We lost it.", "on_background"),
            # A namesake
            lambda cast: signed(
                quoting("<p>Holt reported from the quay.</p>", "It froze.", terms="on_background"),
                "Maren Holt",
            ),
            promising("The fleet came to a holt at the pier.", "It froze.", "on_background"),
        ),
    ),
}
