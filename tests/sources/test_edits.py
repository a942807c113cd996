"""What an edit does to a text: what a minor one may carry, and what it may not."""

import json
from io import StringIO
from itertools import groupby

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from sources.prose.comparing.edits import Kind, edits
from sources.prose.comparing.spelling import spelling_of

ENGLISH = spelling_of("en-gb")

MINOR = [
    ("The goverment fell.", "The government fell."),
    ("Teh pier is open.", "The pier is open."),
    ("It is definately so.", "It is definitely so."),
    ("The harbour froze.", "The harbor froze."),
    ("They travelled far.", "They traveled far."),
    ("He had alot to say.", "He had a lot to say."),
    ("It was to gether.", "It was together."),
    ("The the boat sank.", "The boat sank."),
    ("They were late.", "They we’re late."),
    ("He left on monday.", "He left on Monday."),
    ("The harbour Board met.", "The Harbour Board met."),
    ("It rained", "It rained."),
    ("It rained ; it froze.", "It rained; it froze."),
    ("It rained; it froze.", "It rained. It froze."),
    ("One.\n\nTwo.", "One. Two."),
    ("It  rained.", "It rained."),
]

OTHER = {
    ("He may resign.", "He may re-sign."): "resign → re-sign",
    ("It was nowhere.", "It was now here."): "nowhere → now here",
    ("He is a therapist.", "He is the rapist."): "a therapist → the rapist",
    ("No, more boats came.", "No more boats came."): "− ,",
    ("It cost 1.5 million.", "It cost 15 million."): "1.5 → 15",
    ("It cost 10,000.", "It cost 10 000."): "10,000 → 10 000",
    ("It was -5.", "It was 5."): "-5 → 5",
    ("He paid $5.", "He paid £5."): "$5 → £5",
    ("It rose 5%.", "It rose 5."): "5% → 5",
    ("Jhon Bell left.", "John Bell left."): "Jhon → John",
    ("He saw Jhon.", "He saw John."): "Jhon → John",
    ("He is a Polish man.", "He is a polish man."): "Polish → polish",
    ("He is here?", "He is here."): "? → .",
    ("He is guilty.", "He is guilty!"): ". → !",
    ("He said it was late.", "He “said” it was late."): "+ “",
    ("He was not not guilty.", "He was not guilty."): "− not",
    ("It was noe proved.", "It was not proved."): "noe → not",
    ("It was unknwn.", "It was known."): "unknwn → known",
    ("The bridge is stabel.", "The bridge is unstable."): "stabel → unstable",
    ("A public servant.", "A pubic servant."): "public → pubic",
    ("Give it to us.", "Give it to US."): "us → US",
    ("The court ruled.", "The high court ruled."): "+ high",
    ("The pier is closed.", "The pier."): "− is closed",
    ("الميناء مغلق", "الميناء مفتوح"): "مغلق → مفتوح",
}


@pytest.mark.parametrize(("before", "after"), MINOR)
def test_a_slip_may_be_mended(before, after):
    assert edits(before, after, ENGLISH).kind is Kind.MINOR


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_anything_else_is_another_kind_and_is_told(before, after):
    found = edits(before, after, ENGLISH)
    assert (found.kind, found.touched[0]) == (Kind.OTHER, OTHER[before, after])


@pytest.mark.parametrize("before", [before for before, _ in MINOR])
def test_what_is_not_changed_is_no_edit(before):
    assert edits(before, before, ENGLISH).kind is Kind.NONE


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(before, after):
    found = edits(before, after, ENGLISH)
    assert (found.kind is Kind.NONE) == (before == after)
    assert bool(found.touched) or found.kind is not Kind.OTHER


@given(
    st.lists(st.sampled_from(["the", "council", "never", "voted", "for", "it", "in", "May", "5"]))
)
def test_words_that_change_places_are_no_slip(words):
    before, after = " ".join(words), " ".join(reversed(words))
    distinct = [word for word, _ in groupby(words)]
    found = edits(before, after, ENGLISH)
    assert found.kind is not Kind.MINOR or distinct == distinct[::-1]


def test_a_language_without_a_list_has_no_slips():
    german = spelling_of("de")
    assert edits("Der Hafen ist offfen.", "Der Hafen ist offen.", german).kind is Kind.OTHER
    assert edits("Der Hafen , offen.", "Der Hafen, offen.", german).kind is Kind.MINOR


def test_the_command_says_what_was_changed(tmp_path):
    before, after, printed = tmp_path / "before", tmp_path / "after", StringIO()
    before.write_text("He denied it. Teh pier is open.")
    after.write_text("He admitted it. The pier is open.")
    call_command("edits", str(before), str(after), "--json", stdout=printed)
    assert json.loads(printed.getvalue()) == {"kind": "other", "touched": ["denied → admitted"]}
    call_command("edits", str(before), str(before), "--json", stdout=(again := StringIO()))
    assert json.loads(again.getvalue()) == {"kind": "none", "touched": []}
    call_command("edits", str(before), str(after), stdout=(plain := StringIO()))
    assert plain.getvalue() == "other\n  denied → admitted\n"


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "latin").write_bytes("Café".encode("latin-1"))
    for name, message in (("nowhere", "No such file"), ("latin", "not UTF-8")):
        with pytest.raises(CommandError, match=message):
            call_command("edits", str(tmp_path / name), str(tmp_path / name))
