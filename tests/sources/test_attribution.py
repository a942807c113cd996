"""What readers are told of sources: who they are, how they were heard, why they are not named."""

import pytest

from sources.attribution import (
    anonymity_statement,
    backing,
    called_so,
    heard_in_words,
    is_called,
    positions_of,
    told_of_interview,
)
from sources.models import Affiliation, Interview, Source
from sources.positions import position_in_words
from tests.factories import make_anonymous, make_interview, make_source

pytestmark = pytest.mark.django_db

BARRED = Source.Authorization.NOT_AUTHORIZED


def analyst(**fields):
    return make_anonymous("a Tampa-based analyst", later_reference="the analyst", **fields)


def agent(**fields):
    return make_anonymous("an agent in Ankara", later_reference="the agent", **fields)


def clerk(**fields):
    return make_anonymous("a clerk with access to the ledger", **fields)


@pytest.mark.parametrize(
    ("sources", "wording"),
    [
        (lambda: [make_source()], ""),
        (
            lambda: [analyst(reason="not authorized to speak to the press", authorization=BARRED)],
            "The analyst is not authorized to speak to the press. "
            "The analyst talked on condition of anonymity.",
        ),
        (
            lambda: [
                analyst(reason="", authorization=BARRED),
                agent(reason="", authorization=BARRED),
            ],
            "Neither is authorized to speak to the press. Both talked on condition of anonymity.",
        ),
        (
            lambda: [each(reason="", authorization=BARRED) for each in (analyst, agent, clerk)],
            "None of the three is authorized to speak to the press. "
            "All three talked on condition of anonymity.",
        ),
        (
            lambda: [make_source(), analyst(reason="they fear dismissal")],
            "The analyst talked on condition of anonymity because they fear dismissal.",
        ),
        (
            lambda: [analyst(reason="they fear dismissal"), agent(reason="They fear dismissal")],
            "Both talked on condition of anonymity because they fear dismissal.",
        ),
        (
            lambda: [analyst(reason="", authorization=BARRED), agent(reason="fear of arrest")],
            "The analyst is not authorized to speak to the press. "
            "The analyst talked on condition of anonymity. "
            "The agent talked on condition of anonymity, citing fear of arrest.",
        ),
        (
            lambda: [
                analyst(reason="they fear dismissal"),
                agent(reason="they fear dismissal"),
                clerk(reason="for fear of the mayor"),
            ],
            "The analyst and the agent talked on condition of anonymity because they fear dismissal. "
            "The clerk with access to the ledger talked on condition of anonymity for fear of the mayor.",
        ),
    ],
)
def test_the_statement_is_worded_as_a_good_desk_would(sources, wording):
    assert anonymity_statement(sources()) == wording


def test_a_reader_is_told_who_how_and_when_and_of_an_anonymous_source_only_the_month():
    holt = make_source(name="Ada Holt")
    Affiliation.objects.create(source=holt, title="harbour master")
    make_interview(holt, "It froze.", held_on="2026-01-03", how="email")
    make_interview(analyst(), "It cracked.", held_on="2026-01-03", how="phone")
    named, unnamed = Interview.objects.select_related("source").order_by("pk")
    assert told_of_interview(named) == ("email", "2026-01-03")
    assert told_of_interview(unnamed) == ("", "2026-01")

    def told(interview):
        source = interview.source
        position = next(map(position_in_words, positions_of(source)), "")
        heard = heard_in_words(*told_of_interview(interview))
        return backing(source.public_name, source.named, position, heard, "")

    assert told(named) == ("Ada Holt, harbour master. By e-mail, January 3, 2026.")
    assert told(unnamed) == (
        "A Tampa-based analyst on condition of anonymity. In an interview, January 2026."
    )


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("Holt", True),
        ("Ada Holt", True),
        ("Mayor Holt", True),
        ("Holton", False),
        ("she", False),
        ("the mayor", False),
        ("Secretary of State Ada Holt Jr.", True),
        ("additional commissioner of police Ada Holt Jr.", True),
        ("a lawyer for Ada Holt Jr.", False),
        ("a lawyer for the late Ada Holt Jr.", False),
        ("the mother of Ada Holt Jr.", False),
        ("a lawyer for Mayor Ada Holt Jr.", False),
        ("brother of Senator Ada Holt Jr.", False),
    ],
)
def test_a_named_source_is_called_by_the_family_name(words, fits):
    assert is_called(Source(named=True, name="Ada Holt Jr."), words) is fits


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("the Tampa analyst", True),
        ("one analyst", True),
        ("the agent", False),
        ("an official", False),
    ],
)
def test_an_anonymous_source_is_called_by_the_description(words, fits):
    assert is_called(Source(named=False, description="a Tampa-based analyst"), words) is fits


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("the Board for Fair Tides", True),
        ("The BFT", True),
        ("the BFTs", False),
        ("a co-owner of the Board for Fair Tides", False),
        ("the league’s Board for Fair Tides", False),
    ],
)
def test_an_organization_is_called_by_its_name_or_its_initials(words, fits):
    board = Source(named=True, name="Board for Fair Tides", kind=Source.Kind.ORGANIZATION)
    assert is_called(board, words) is fits


def test_of_two_with_one_family_name_the_whole_name_decides():
    ada, bo = Source(pk=1, name="Ada Holt"), Source(pk=2, name="Bo Holt")
    assert called_so([ada, bo], "Bo Holt") == bo
    assert called_so([ada, bo], "Holt") is None
