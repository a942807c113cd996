"""Quotations held against the record: the same, altered, not recorded, or of two people."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.prose.comparing.matching import match
from sources.prose.comparing.searching import Searched, is_repeated
from sources.prose.reading.quotations import find_quotations


@dataclass(frozen=True)
class Words:
    words: str
    speaker_id: int = 1


def matched(printed, *recorded, **kwargs):
    return match(find_quotations(f"“{printed}” said Bo."), [Words(r) for r in recorded], **kwargs)[
        0
    ]


@pytest.mark.parametrize(
    ("printed", "recorded"),
    [
        ("It’s tough,", "It's tough."),
        ("they  lost\u00a0it,", "They lost it"),
        ("They said ‘no’,", "They said 'no'."),
        ("We lost everything,", "“We lost everything.”"),
        ("We lost … everything,", "We lost the harbour and everything."),
        ("We lost . . . everything,", "We lost the harbour and everything."),
        ("… the harbour,", "We lost the harbour"),
        ("[The council] lost everything,", "We lost everything."),
        ("We lost [nearly] everything,", "We lost everything."),
        ("[W]e lost everything,", "we lost everything"),
        ("We lost [it],", "We lost the harbour."),
        ("We can dig now,", "We can dig now, or we can become a town with a view."),
        ("that he lied about it,", "I think that he lied about it."),
        ("a view of the sea", "We can become a town with a view of the sea and no way to it."),
        ("Lost—everything,", "lost -- everything"),
    ],
)
def test_what_news_style_may_change_is_the_same(printed, recorded):
    found = matched(printed, "Something else entirely.", recorded)
    assert found.is_backed
    assert found.quote.words == recorded


@pytest.mark.parametrize(
    ("printed", "recorded", "change"),
    [
        ("We lost nothing,", "We lost everything.", ("nothing,", "everything.")),
        ("We did not lose it,", "We did lose it.", ("not", "")),
        ("We did lose it,", "We did not lose it.", ("", "not")),
        ("They lost Syria,", "They lost Syria and Iraq.", ("", "and Iraq.")),
        ("Was it yes,", "Was it yes?", ("yes,", "yes?")),
        ("It cost 14 million pounds,", "It cost 15 million pounds.", ("14", "15")),
        ("The council Voted for it,", "The council voted for it.", ("Voted", "voted")),
    ],
)
def test_anything_else_is_altered_and_the_difference_is_told(printed, recorded, change):
    found = matched(printed, recorded, "Nobody in the town has ever heard of that.")
    assert not found.is_backed
    assert found.quote.words == recorded
    assert change in [tuple(each) for each in found.changes]


@pytest.mark.parametrize(
    "printed", ["They won’t do anything,", "Never,", "It was the best day of my life,"]
)
def test_words_that_nobody_recorded_are_neither(printed):
    found = matched(printed, "They are doing nothing.", "It was a life.", "Turkey never lost it.")
    assert (found.quote, found.changes, found.rivals) == (None, (), ())


def test_words_that_two_people_said_are_given_to_neither_unless_it_is_plain():
    recorded = [Words("We will fight it.", 1), Words("We will fight it,", 2)]
    quotations = find_quotations("“We will fight it,” said Bo.")
    undecided = match(quotations, recorded)[0]
    assert (undecided.quote, undecided.rivals) == (None, tuple(recorded))
    called = match(quotations, recorded, is_called=lambda quote, speaker: quote.speaker_id == 2)[0]
    assert called.quote == recorded[1]
    marked = match(quotations, recorded, marked={quotations[0].start: recorded[0]})[0]
    assert marked.quote == recorded[0]
    same_person = match(quotations, [recorded[0], Words("We will fight it!", 1), recorded[0]])[0]
    assert same_person.is_backed


def test_a_mark_ties_a_quotation_to_its_quote_even_when_it_is_altered():
    quotations = find_quotations("“Something else,” said Bo.")
    tied = Words("We will fight it.")
    found = match(quotations, [tied], marked={quotations[0].start: tied})[0]
    assert (found.quote, found.is_altered) == (tied, True)


WORDS = st.lists(
    st.sampled_from(
        ["we", "lost", "the", "harbour", "it,", ".", "…", "[it]", "“", "’", "—", "\x00"]
    ),
    max_size=12,
)


@given(WORDS.map(" ".join), st.lists(WORDS.map(" ".join), max_size=4))
def test_matching_never_fails_and_is_sure_of_the_words_themselves(printed, recorded):
    quotations = find_quotations(f"«{printed}»")
    others = [Words(each) for each in recorded]
    match(quotations, others)
    if quotations:
        assert match(quotations, [*others, Words(quotations[0].words)])[0].is_backed or not any(
            map(str.isalnum, quotations[0].words.replace("[it]", ""))
        )


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("The mayor wept.", "Everybody saw that the mayor  wept at noon", True),
        ("The mayor wept.", "Lathe mayor wept", False),
        ("No.", "Nobody in November said no", False),
        ("No.", "“No,” she said", True),
        ("The mayor lied!", "the-mayor-lied", True),
        ("He lied, she said", "He lied she said", True),
        ("Mayor lied", "The mayor lied again", True),
        ("Go on", "We go on with it", False),
        ("市长收了钱然后离开了这座城市", "据说市长收了钱然后离开了这座城市了", True),
        ("", "anything", False),
    ],
)
def test_words_are_found_quoted_or_as_a_phrase(words, text, found):
    assert Searched(text).holds(words) == found


SAID = "“We don’t want it—not here,” said Holt. ‘The “old” harbour [of the town].’ 我们失去了整个港口。"


@pytest.mark.parametrize(
    ("words", "is_there"),
    [
        ("We don't want it -- not here.", True),
        ("“… want it — not here …”", True),
        ("Want it – not", True),
        ("The ‘old’ harbour [of the town]", True),
        ("not here, said Holt", True),
        ("失去了整个港口", True),
        ("We do want it — not here.", False),
        ("We don't want it … not here.", False),
        ("We don't want it — not here?", False),
        ("the old harbour [of the county]", False),
        ("e don't want it", False),
        ("失去了港口", False),
        ("“…”", False),
    ],
)
def test_words_set_apart_stand_in_the_text_as_they_are(words, is_there):
    assert is_repeated(words, SAID) is is_there


@pytest.mark.parametrize(
    ("words", "text", "is_told"),
    [
        ("The mayor lied to the council about the money.", "To the council the mayor told lies of money.", True),
        ("The mayor lied to the council about the money.", "About the money, the mayor lies to the council.", True),
        ("We sold the harbour land to a cousin of the mayor.", "The harbor land was sold to the mayor’s cousins.", True),
        ("We sold the harbour land to a cousin of the mayor.", "The harbour land was sold to a bank.", False),
        ("It froze. The mayor knew of the leak in June.", "In June the mayor knew of the leak.", True),
        ("The mayor knew.", "The mayor spoke. He knew Ada.", False),
        ("It sank.", "It sank all along.", False),
    ],
)  # fmt: skip
def test_what_was_said_is_told_in_other_words_too(words, text, is_told):
    assert Searched(text).tells(words) == is_told


@pytest.mark.parametrize(
    ("name", "text", "is_there"),
    [
        ("Bo Li", "It was Bo Li who paid.", True),
        ("Bo Li", "The Bolivian paid.", False),
        ("Bo Li", "bo-li-pays-for-it", True),
        ("Bo Li", "files/bo_li_contract.pdf", True),
        ("Li", "Li paid.", True),
        ("Li", "A li is half a kilometre.", False),
        ("Li", "why-li-paid", True),
        ("Li", "italian-lira", False),
        ("May", "It froze in May.", False),
    ],
)
def test_a_name_is_found_however_short(name, text, is_there):
    searched = Searched(text)
    assert (searched.names(name) or searched.calls(name.split()[-1])) == is_there
