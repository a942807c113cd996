"""Whether words were said: the same, misheard, changed, or not at all."""

import re
from random import Random

import pytest

from sources.transcripts.looking import Result, look_for
from sources.transcripts.numbers import figure
from sources.transcripts.transcript import Segment, Transcript, transcript_of, words_of
from sources.transcripts.words import tokens

TALK = """
MARA: Who closed the ward?
ADA: I don't know who closed it. My sister told me that the roof was never inspected. If the money comes in May, we might open it again.
ADA: We had twelve hundred patients last winter, um, and we, we turned nobody away. It was Doctor Hartley who signed the order.
MARA: So it is safe.
ADA: The roof is not safe. Some of the nurses left before the summer and not after it. The fare is three pounds fifty. We painted the hall ourselves.
ADA: We waited by the key for the birth of the boat and the deck chairs were dry.
ADA: The log weighed about to tonnes and it had knot moved. A clerk assured us that it was waste from the mill.
"""


def talk(text=TALK):
    lines = [line.partition(": ") for line in text.strip().split("\n")]
    return transcript_of(
        Segment(words_of(said), speaker, start=10.0 * number, end=10.0 * number + 9)
        for number, (speaker, _, said) in enumerate(lines)
    )


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("I don’t know who CLOSED it!", "found"),
        ("“we turned nobody away”", "found"),
        ("we, um, turned nobody away", "found"),
        ("I don't know who closed it. My sister told me that the roof was never inspected.", "found"),
        ("My sister told me that the roof was never inspected", "found"),
        ("We had 1,200 patients last winter", "found"),
        ("The fare is £3.50.", "found"),
        ("last winter, and we turned nobody away", "near"),
        ("We waited by the quay for the berth of the boat", "near"),
        ("the deckchairs were dry", "found"),
        ("We had twelve hundred patients last winter … we turned nobody away.", "found"),
        ("The log weighed about two tonnes and it had not moved", "near"),
        ("It was waste from the mill.", "changed"),
        ("The roof was never inspected.", "changed"),
        ("We might open it again.", "changed"),
        ("If the money comes in May, we will open it again.", "changed"),
        ("We had thirteen hundred patients last winter", "changed"),
        ("It was Doctor Hallam who signed the order.", "changed"),
        ("The roof is safe.", "changed"),
        ("The roof is … safe.", "changed"),
        ("All of the nurses left before the summer and not after it.", "changed"),
        ("Some of the nurses left after the summer and not before it.", "changed"),
        ("We paint the hall ourselves.", "changed"),
        ("So it is safe. The roof is not safe.", "changed"),
        ("The nurses wept in the corridor when the keys were taken away.", "absent"),
        ("Nobody at the council ever answered a single letter of mine.", "absent"),
        ("turned nobody away", "found"),
        ("a betrayal", "absent"),
        ("", "absent"),
        ("…", "absent"),
    ],
)  # fmt: skip
def test_what_became_of_a_quotation(words, result):
    (heard,) = look_for([words], talk())
    assert heard.result == result
    assert bool(heard.text) is (heard.result is not Result.ABSENT)


def test_the_place_is_told_with_its_time_and_its_speaker():
    heard = look_for(["So it is safe", "We painted the hall ourselves."], talk())
    assert [(each.start, each.speaker) for each in heard] == [(30, "MARA"), (40, "ADA")]
    assert "hall ourselves" in heard[1].text
    assert look_for(["words"], Transcript(()))[0].result is Result.ABSENT


@pytest.mark.parametrize(
    ("words", "language", "number"),
    [
        ("thirty-one thousand", "en", "31000"),
        ("a hundred and ten thousand", "en", "110000"),
        ("one point two million", "en", "1200000"),
        ("twenty sixteen", "en", "2016"),
        ("two thousand and five", "en", "2005"),
        ("the third", "en", "3"),
        ("dreihundertachtzigtausend", "de", "380000"),
        ("einundzwanzig", "de", "21"),
        ("quatre-vingt-dix-sept", "fr", "97"),
        ("vingt et un", "fr", "21"),
        ("dos mil cuatrocientos", "es", "2400"),
        ("treinta y uno", "es", "31"),
    ],
)
def test_a_number_in_words_is_one_in_figures(words, language, number):
    assert tokens(words.split(), language)[-1].alike == f"#{number}"


def test_figures_are_read_as_they_are_set():
    written = {
        "1,200": "#1200",
        "380.000": "#380000",
        "3rd": "#3",
        "٤٠٠": "#400",
        "£3.50": "#3.5",
        "3,5": "#3.5",
    }
    assert {word: figure(word)[0] for word in written} == written
    assert [figure(word) for word in ("B52s", "ten", "—", "10:30")] == [[], [], [], []]


# --- Noise: what is found at 5, 10 and 20 % of words misheard

SOUNDS = {"quay": "key", "whole": "hole", "right": "write", "know": "no", "there": "their", "weather": "whether", "knew": "new", "our": "hour", "made": "maid", "through": "threw", "road": "rode", "wait": "weight", "week": "weak"}  # fmt: skip
SAID = """
The harbour was frozen from the lighthouse to the old bridge. The boats lay at the quay for the whole week.
The crews slept in the hall behind the chapel. Our children walked to school along the coast road.
The bus had chains for two wheels and needed four. My father knew the weather by the colour of the sea.
He taught me to wait for the wind to turn. The council sent a letter about the lights on the pier.
It went to a house that was pulled down in the spring. The right way to mend a net is to sit down first.
You begin with the largest hole and work towards the edge. A good knot holds when the rope is wet.
The ice broke on a Thursday with a noise like thunder. Three boats were pushed through the gate of the dock.
The insurance paid for the engines and the paint. We made the sails ourselves in the church hall.
My sister keeps the books for the whole fleet. She found the mistake in the price of diesel.
The company sent a man with a camera and a clipboard. He photographed every rope and every lamp.
The new pier is made of steel from the mill at Carrow. It bends a little in the heat of the summer.
Four families live on the island through the winter. They share one doctor and one telephone.
""".strip().splitlines()
OTHERWISE = {
    " was ": " was not ",
    " were ": " were never ",
    " made ": " never made ",
    " is ": " is not ",
    " had ": " had no ",
    "Three": "Five",
    "Four": "Six",
    "Our": "All the",
    "The bus": "Some buses",
    " sent ": " may have sent ",
    "Carrow": "Dunholt",
    " paid ": " will pay ",
    " keeps ": " kept ",
    " went ": " never went ",
}
TURNS = re.compile("|".join(OTHERWISE))
SENTENCES = [f"{each}." for line in SAID for each in line.rstrip(".").split(". ")]


@pytest.mark.parametrize(("errors", "recall"), [(0.05, 0.98), (0.1, 0.95), (0.2, 0.9)])
def test_what_was_said_is_found_in_noise_and_what_was_not_is_not(errors, recall):
    asked = [
        " ".join(SENTENCES[at : at + size])
        for size in (1, 2, 3)
        for at in range(len(SENTENCES) - 2)
    ]
    turned = [TURNS.sub(lambda found: OTHERWISE[found[0]], words, count=1) for words in asked]
    turned = [words for words, before in zip(turned, asked, strict=True) if words != before]
    assert len(turned) > 50
    held = passed = 0
    for seed in range(4):
        noisy = talk("\n".join(f"ADA: {line}" for line in _misheard(SAID, errors, Random(seed))))
        held += sum(_is_held(each) for each in look_for(asked, noisy))
        passed += sum(_is_held(each) for each in look_for(turned, noisy))
    assert held >= recall * 4 * len(asked)
    assert passed <= 0.03 * held, "of what is held to be said, three in a hundred were not, at most"


def _is_held(heard):
    return heard.result in (Result.FOUND, Result.NEAR)


def _misheard(lines, errors, random):
    def heard(word):
        if random.random() > errors:
            return [word]
        if word in SOUNDS:
            return [SOUNDS[word]]
        if word in ("the", "a", "of"):
            return []
        # A letter of a long word is another.
        at = random.randrange(1, len(word)) if len(word) > 4 else 0
        return [word[:at] + "e" + word[at + 1 :] if at else word]

    return [" ".join(each for word in line.split() for each in heard(word)) for line in lines]
