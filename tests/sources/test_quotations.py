"""Quotations found in text, and matched to recorded words."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.quotations import find_quotations, match, occurs_in, plain


@dataclass(frozen=True)
class Words:
    words: str
    speaker_id: int = 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“One,” she said. “Two.”", ["One,", "Two."]),
        ('"Straight," he said.', ["Straight,"]),
        (
            '"Opens straight and closes typographic,” he said.',
            ["Opens straight and closes typographic,"],
        ),
        ("„Niedrig“ und «guillemets»", ["Niedrig", "guillemets"]),
        ("“Runs on\n“and ends.”", ["Runs on", "and ends."]),
        ("“Never closed\nPlain.", []),
        ('A 6" plank and a 7" nail', []),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
        ("Don’t quote “” nothing", []),
        ("(“In brackets,” he said)", ["In brackets,"]),
    ],
)
def test_quotations_are_found(text, found):
    assert [quotation.words for quotation in find_quotations(text)] == found


@given(st.text(alphabet=st.characters() | st.sampled_from('“”"„«»‘’\n ,.a'), max_size=300))
def test_offsets_slice_back_to_the_words(text):
    for quotation in find_quotations(text):
        assert text[quotation.start : quotation.end] == quotation.words


@pytest.mark.parametrize(
    ("printed", "recorded"),
    [
        ("It’s tough,", "It's tough."),
        ("they  lost\u00a0it", "They lost it"),
        ("“No”", '"No"'),
    ],
)
def test_what_news_style_may_change_is_the_same(printed, recorded):
    assert plain(printed) == plain(recorded)


@pytest.mark.parametrize(
    ("one", "other"), [("We won", "We won not"), ("Yes!", "Yes?"), ("a B", "a b")]
)
def test_anything_else_is_not(one, other):
    assert plain(one) != plain(other)


def test_a_quotation_is_matched_to_the_words_that_back_it():
    recorded = [Words("It froze."), Words("It cracked.")]
    found = find_quotations("“It cracked,” she said. “It sank.”")
    assert [(q.words, r.words) for q, r in match(found, recorded)] == [
        ("It cracked,", "It cracked.")
    ]


def test_words_that_two_people_said_are_given_to_neither():
    recorded = [Words("We will fight it.", 1), Words("We will fight it,", 2)]
    assert match(find_quotations("“We will fight it,” said Bo."), recorded) == []
    same = [Words("We will fight it.", 1), Words("We will fight it,", 1)]
    assert len(match(find_quotations("“We will fight it,” said Bo."), same)) == 1


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
    assert occurs_in(words, text) == found
