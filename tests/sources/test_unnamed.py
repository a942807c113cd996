"""What rests on people whom a text does not name, found at the words with which it can begin."""

import json
from pathlib import Path

import pytest

from sources.prose import unnamed

TEXTS = [
    json.loads(line)["text"]
    for file in sorted((Path(__file__).parent / "quotations").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


def everywhere(text):
    """The same, tried at every place of the text."""
    patterns = {pattern for each in unnamed._BY_FIRST_WORD.values() for pattern in each}
    return {(each.span(), each.re) for pattern in patterns for each in pattern.finditer(text)}


def test_a_pattern_is_tried_wherever_it_can_begin():
    found = 0
    for text in TEXTS:
        there = everywhere(text)
        assert {(each.span(), each.re) for each in unnamed._begun(text)} == there
        found += len(there)
    assert found > 20


@pytest.mark.parametrize(
    ("text", "rests_on"),
    [
        ("A senior official, Jo Dell, said the plan was dead.", []),
        ("It was closed, said another witness, former board member Jo Dell.", []),
        (
            "A senior official, who fears reprisals from President Jo Marr, said the plan was dead.",
            ["A senior official"],
        ),
        (
            "A senior official, speaking after the meeting with Ada Holt, said the plan was dead.",
            ["A senior official"],
        ),
        ("The plan is dead, according to an official statement.", []),
        ("The plan is dead, according to a senior official data handler.", ["a senior official"]),
    ],
)
def test_whoever_is_named_beside_it_is_not_unnamed(text, rests_on):
    assert [claim.words for claim in unnamed.claims(text)] == rests_on
