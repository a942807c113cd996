"""Quotations found in text and HTML, their places, and who is speaking."""

import json
import re
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sources.prose.hypertext import read
from sources.prose.reading.quotations import find_quotations, find_quotations_in_html
from tests.conftest import THOROUGH

COLLECTIONS = sorted((Path(__file__).parent / "quotations").glob("*.jsonl"))
MARKED = st.text(
    alphabet=st.characters()
    | st.sampled_from("“”\"„«»‹›‘’'`\n\r ,.:aA0—<>&;")
    | st.sampled_from(["said", " Roe ", "“It ", ",” ", "<p>", "&amp;", "<em>"]).flatmap(
        st.sampled_from
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“One,” she said. “Two.”", ["One,", "Two."]),
        ('"Straight," he said.', ["Straight,"]),
        ('"Opens straight, closes typographic,” he said.', ["Opens straight, closes typographic,"]),
        ("”Reversed,“ he said. ”Swedish,” he said.", ["Reversed,", "Swedish,"]),
        ("„Niedrig“, sagte er, und «guillemets»", ["Niedrig", "guillemets"]),
        ("« Avec des espaces », dit-il", ["Avec des espaces"]),
        ("»Umgekehrt«, sagte er", ["Umgekehrt"]),
        ("‘The workers’ union won’t go,’ he said.", ["The workers’ union won’t go,"]),
        ("'It's the '90s again,' he said.", ["It's the '90s again,"]),
        ("“Runs on\n“and ends.”", ["Runs on", "and ends."]),
        ("“Runs on.\n“And ends.”", ["Runs on.", "And ends."]),
        ("“Never closed\nPlain.", []),
        ("“Never closed, she said.\n“Closed,” he said.", ["Closed,"]),
        ("A 6\" plank, a 7' nail, 5'10\" tall", []),
        ('"A 12" pipe burst," he said.', ['A 12" pipe burst,']),
        ("Rock ’n’ roll of the ’80s, ’tis said, and the workers’ own", []),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
        ("‘He said “no” to me,’ she said.", ["He said “no” to me,"]),
        ("Don’t quote “” nothing or “…”", []),
        ("(“In brackets,” he said)", ["In brackets,"]),
    ],
)
def test_quotations_are_found(text, found):
    assert [quotation.words for quotation in find_quotations(text)] == found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "“It froze,” said one official with access to the records.",
            "one official with access to the records",
        ),
        ("“It froze,” the Tampa analyst said, referring to the bay.", "the Tampa analyst"),
        (
            "Dr. J.R. van der Berg-Ruiz Jr., the harbor’s surgeon, said: “It froze.”",
            "Dr. J.R. van der Berg-Ruiz Jr.",
        ),
        ("“It froze,” said author Ada Holt, a baker at Holm & Tarry.", "Ada Holt"),
        ("According to Ada Holt, “it froze over.”", "Ada Holt"),
        ("The harbour froze, said Holt, now a baker. “There was ice.”", "Holt"),
        ("“There was ice.” She paused. “Black ice,” Holt said.", "Holt"),
        ("“He lied,” Holt said of Marr.", "Holt"),
        ("Holt told Marr: “Go home.”", "Holt"),
        ("“It froze,” he said.", "he"),
        ("Holt said in a statement:\n“It froze over.”", "Holt"),
        ("“It froze over.”", None),
        ("Her novel “The Ice That Came Down Early” sold well.", None),
    ],
)
def test_the_speaker_is_whoever_the_text_says(text, speaker):
    assert find_quotations(text)[0].speaker == speaker


def test_a_phrase_that_nobody_said_is_short():
    found = find_quotations(
        "The so-called “ghost budget” is dead. “Never,” said Jim “Lefty” Doyle."
    )
    assert [(one.words, one.short) for one in found] == [
        ("ghost budget", True),
        ("Never,", False),
        ("Lefty", True),
    ]
    assert found[1].speaker == "Jim “Lefty” Doyle"


def test_lines_that_a_program_broke_are_one_paragraph():
    text = (
        "“The harbour froze on Monday, and nobody who lives here had\n"
        "seen that,” said the man who keeps its ice log by hand, Ada\nHolt.\n\n“No.”"
    )
    first, second = find_quotations(text)
    assert (first.paragraph, second.paragraph) == (0, 1)
    assert (first.speaker, second.speaker) == ("the man", "the man")
    assert text[first.start : first.end] == first.words


def test_offsets_in_html_are_offsets_in_the_html():
    html = (
        "<p>It &amp; &ldquo;We <em>all</em> froze,&rdquo; said <b>Ada&nbsp;Holt</b>.</p><p>‘So’</p>"
    )
    found = find_quotations_in_html(html)[0]
    assert html[found.start : found.end] == "We <em>all</em> froze,"
    assert (found.words, found.speaker) == ("We all froze,", "Ada\u00a0Holt")


@example("‘&A’")
@example("“AT&T")
@given(MARKED)
def test_offsets_slice_back_to_the_words(text):
    for quotation in find_quotations(text):
        assert text[quotation.start : quotation.end] == quotation.words
        assert quotation.speaker is None or quotation.speaker in text
    for quotation in find_quotations_in_html(text):
        source = text[quotation.start : quotation.end]
        assert read(source).text.split() == quotation.words.split()


@settings(max_examples=100 if THOROUGH else 10, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "'",
                "’",
                "‘",
                "«",
                "»",
                "<a ",
                "<!--",
                "&",
                "said ",
                "A ",
                "of the ",
                ", ",
                "\n",
                "(",
                "x",
            ]
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_text_takes_long(pieces):
    """Linear: four times the text takes four times the steps, whatever is repeated."""
    steps = [_steps("".join(pieces) * times) for times in (300, 1_200)]
    assert steps[1] < 4 * 1.2 * steps[0] + 2_000


def _steps(text):
    """How many calls of Python functions the search makes: a clock would tell less."""
    calls = Counter()
    sys.setprofile(lambda frame, event, argument: calls.update((event,)))
    try:
        find_quotations(text)
        find_quotations_in_html(text)
    finally:
        sys.setprofile(None)
    return calls.total()


def same(one, other):
    return re.sub(r"\s+", " ", one or "").strip() == re.sub(r"\s+", " ", other or "").strip()


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda path: path.stem)
def test_the_collections_are_read_as_an_editor_reads_them(collection):
    """Hand-labelled before the code saw them; what is left to miss is told by the figures."""
    total = found_right = speakers_right = extra = 0
    for line in collection.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        find = find_quotations_in_html if case["style"].startswith("html") else find_quotations
        found = find(case["text"])
        extra += max(0, len(found) - len(case["quotations"]))
        for wanted in case["quotations"]:
            total += 1
            one = next((each for each in found if same(each.words, wanted["words"])), None)
            if one is not None:
                found.remove(one)
                found_right += 1
                speakers_right += same(one.speaker, wanted["speaker"])
    assert found_right - extra >= 0.98 * total
    assert speakers_right >= 0.94 * total


def test_the_command_prints_what_it_found_and_needs_no_database(tmp_path):
    file = tmp_path / "story.txt"
    file.write_text(
        "It froze.\n\n“We left,” said Ada Holt of the so-called “deep freeze”.", encoding="utf-8"
    )
    printed = StringIO()
    call_command("quotations", str(file), "--json", stdout=printed)
    assert json.loads(printed.getvalue()) == [
        {
            "words": "We left,",
            "speaker": "Ada Holt",
            "start": 12,
            "end": 20,
            "paragraph": 1,
            "short": False,
        },
        {
            "words": "deep freeze",
            "speaker": None,
            "start": 54,
            "end": 65,
            "paragraph": 1,
            "short": True,
        },
    ]
    page = tmp_path / "story.html"
    page.write_text("<p>“We <em>left</em>,” said Ada Holt.</p>", encoding="utf-8")
    plain = StringIO()
    call_command("quotations", str(page), stdout=plain)
    assert "Ada Holt: “We left,”" in plain.getvalue()
    with pytest.raises(CommandError, match="no such file"):
        call_command("quotations", str(tmp_path / "none.txt"))


def test_the_seed_story_has_nineteen_segments(shared):
    facts = json.loads((shared / "seed" / "facts.json").read_text())
    text = (shared / "seed" / "article.txt").read_text()
    said = [(words, each["source"]) for each in facts["statements"] for words in each["segments"]]
    called = {
        "tampa": {"one Tampa, Florida-based analyst", "the Tampa analyst"},
        "agent": {"a Turkey-based agent"},
        "clarke": {"Colin Clarke", "Clarke"},
        "yayla": {"Ahmet Yayla", "Yayla"},
    }
    found = find_quotations(text)
    assert [one.words for one in found] == [words for words, _ in said]
    assert all(one.speaker in called[who] for one, (_, who) in zip(found, said, strict=True))
