"""Whether a quotation that is cut or bracketed says what was said: turned, or fair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.prose.comparing.fairness import Turn, is_edited, turned

TURNED = [
    ("The council will ... pay for it.", "The council will never pay for it.", Turn.NEGATION),
    ("Vote for it again.", "I would not vote for it again.", Turn.NEGATION),
    ("We [can] reopen the school", "We cannot reopen the school", Turn.NEGATION),
    ("the sluice was open", "It is not true that the sluice was open.", Turn.NEGATION),
    ("about money", "It isn’t about money, it’s about trust.", Turn.NEGATION),
    ("We did not … steal it.", "We did not see him steal it.", Turn.NEGATION),
    ("open the sluice", "They refused to open the sluice.", Turn.NEGATION),
    ("The council pays", "The council pays if the state helps.", Turn.CONDITION),
    ("we reopen in May", "Unless the roof holds, we reopen in May", Turn.CONDITION),
    ("the bridge is safe,", "We think the bridge is safe, but it is old.", Turn.HEDGE),
    ("The pier is safe", "The pier is safe, I think.", Turn.HEDGE),
    ("close the plant", "We will probably close the plant.", Turn.HEDGE),
    ("boats were checked", "Some of the boats were checked.", Turn.QUANTIFIER),
    ("he stole it", "My brother said he stole it.", Turn.ATTRIBUTION),
    ("The mayor, … signed it", "The mayor, I’m told, signed it", Turn.ATTRIBUTION),
    ("The pier is safe.", "The pier is safe. At least that’s what they say.", Turn.ATTRIBUTION),
    ("We may close it.", "We will close it.", Turn.HEDGE),
    ("We will [not] close it.", "We will close it.", Turn.NEGATION),
]

FAIR = [
    ("it’s about trust", "It isn’t about money, it’s about trust."),
    ("the minutes are public.", "The board has nothing to hide and the minutes are public."),
    ("nobody can deny it", "It was a good year, and nobody can deny it."),
    ("We were glad", "Nobody came, so we were glad."),
    ("The boats sank in the storm", "The boats sank in the storm that nobody saw coming."),
    ("The mayor … signed it", "The mayor, who never grew up here, signed it"),
    ("[The mayor] never asked us.", "She never asked us."),
    ("[W]e lost it.", "and then we lost it."),
    ("it was wrong", "As I have always said, it was wrong."),
    ("the water is clean", "The lab proved that the water is clean."),
    ("We cannot raise it", "We can not raise it"),
    ("We paid him in May.", "Only once did we pay him. We paid him in May."),
    ("The pier is safe. It is old.", "The pier is safe. I do not swim. It is old."),
]


@pytest.mark.parametrize(("printed", "recorded", "turn"), TURNED)
def test_a_cut_that_turns_what_was_said_is_found(printed, recorded, turn):
    found = turned([printed], recorded)
    assert found is not None
    assert turn in found.turns
    assert found.missing or found.added


@pytest.mark.parametrize(("printed", "recorded"), FAIR)
def test_a_part_that_says_what_was_said_is_fair(printed, recorded):
    assert turned([printed], recorded) is None


def test_what_an_attribution_parts_is_looked_at_together():
    recorded = "We will not raise the fare this summer."
    assert turned(["We will not,", "raise the fare this summer."], recorded) is None
    assert turned(["raise the fare this summer."], recorded) is not None


def test_what_its_narrator_says_is_not_missing():
    assert turned(["a failure"], "I wouldn’t call it a failure.", "Holt would not call it") is None
    assert turned(["a failure"], "I wouldn’t call it a failure.", "Holt called it") is not None


def test_the_sentence_is_told_with_what_is_missing_of_it():
    recorded = "It rained. We will not raise it, and nobody asked. It froze."
    found = turned(["We will … raise it,"], recorded)
    assert recorded[found.start : found.end] == "We will not raise it, and nobody asked."
    assert [recorded[slice(*place)] for place in found.missing] == ["not"]


@pytest.mark.parametrize(
    ("printed", "recorded", "edited"),
    [
        ("We lost … it.", "We lost all of it.", True),
        ("We lost [the pier].", "We lost it.", True),
        ("[W]e lost it.", "we lost it.", False),
        ("We lost it", "Well, we lost it.", False),
        ("We lost… it.", "We lost… it.", False),
    ],
)
def test_what_is_left_out_or_put_in_was_edited(printed, recorded, edited):
    assert is_edited(printed, recorded) == edited


@given(st.text(), st.text())
def test_any_words_can_be_looked_at(printed, recorded):
    turned([printed], recorded)
    assert turned([recorded], recorded) is None or "…" in recorded or "[" in recorded
