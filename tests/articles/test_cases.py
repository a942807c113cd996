"""Small inputs with their right answers, each standing for a kind of fault: published beside the project."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article, Photo, Update
from articles.publishing.door import publish_update
from articles.publishing.workflow import MoveRefused
from sources.models import Quote, Source
from tests.factories import make_live

pytestmark = pytest.mark.django_db

BLOCKING = ("absolute", "block")
UNNAMED = {"anonymity-unrecorded", "anonymity-description-vague", "anonymity-plural"}
WHOLE = {
    "format": "newsroom-story/1",
    "slug": "case",
    "headline": "The harbour board meets",
    "deck": "What came of it",
    "section": "Harbour",
    "bylines": [{"author": "Maren Okafor"}],
}


def cases(shared, name):
    return json.loads((shared / "cases" / name).read_text())["cases"]


def package(body, *records):
    """A package with this body, and of each (name, later reference, words) one interview on the record."""
    sources = [
        {"key": f"s{number}", "named": True, "name": name, "later_reference": later}
        for number, (name, later, _) in enumerate(records)
    ]
    interviews = [
        {
            "key": f"i{number}",
            "source": f"s{number}",
            "on": "2026-03-02",
            "how": "phone",
            "terms": "on_the_record",
        }
        for number in range(len(records))
    ]
    quotes = [
        {"interview": f"i{number}", "words": words} for number, (*_, words) in enumerate(records)
    ]
    return WHOLE | {"body": body, "sources": sources, "interviews": interviews, "quotes": quotes}


@pytest.fixture
def checked(tmp_path):
    """What `check_story --package` finds: severities by codes, the gravest of each."""

    def run(content):
        file, printed = tmp_path / "case.json", StringIO()
        file.write_text(json.dumps(content))
        try:
            call_command("check_story", "--package", str(file), "--json", stdout=printed)
        except SystemExit as stopped:
            assert stopped.code == 1
        return {row["code"]: row["severity"] for row in reversed(json.loads(printed.getvalue()))}

    return run


def test_a_cut_that_turns_the_meaning_is_stopped_and_style_is_not(shared, checked):
    wrong = []
    for case in cases(shared, "fairness.json"):
        body = f"<p>“{case['printed']}” Ada Holt said.</p>"
        found = checked(package(body, ("Ada Holt", "Holt", case["recorded"])))
        about = {code: weight for code, weight in found.items() if code.startswith("quote-")}
        if case["want"] == "turned":
            right = about.get("quote-meaning-changed") in BLOCKING
        elif case["want"] == "altered":
            right = "quote-altered" in about
        elif case["want"] == "style":
            right = set(about.values()) <= {"note"}
        else:
            right = not about
        if not right:
            wrong.append((case, about))
    assert wrong == []


def test_words_are_given_to_whoever_said_them(shared, checked):
    wrong = []
    for case in cases(shared, "attribution.json"):
        records = [(each["name"], each["later"], each["words"]) for each in case["records"]]
        found = set(checked(package(case["body"], *records)))
        if not set(case["want"]) <= found or set(case["not"]) & found:
            wrong.append((case["body"], found))
    assert wrong == []


def test_a_story_that_rests_on_somebody_unnamed_has_them_in_the_record(shared, checked):
    wrong = []
    for case in cases(shared, "anonymous_phrases.json"):
        body = f"<p>“It leaks,” Ada Holt said.</p><p>“It floats,” Lee Marr said.</p><p>{case['text']}</p>"
        found = set(
            checked(
                package(body, ("Ada Holt", "Holt", "It leaks."), ("Lee Marr", "Marr", "It floats."))
            )
        )
        if bool(UNNAMED & found) != case["hit"]:
            wrong.append((case["text"], found))
    assert wrong == []


def test_a_minor_edit_carries_slips_alone(shared, cast):
    wrong = []
    for case in cases(shared, "minor_edits.json"):
        article = make_live(cast.editor, body=f"<p>{case['before']}</p>")
        article.body = f"<p>{case['after']}</p>"
        article.save()
        try:
            publish_update(article, by=cast.editor, kind=Update.Kind.MINOR, note="Spelling.")
            is_minor = True
        except MoveRefused as refused:
            assert "Choose another kind" in str(refused)
            is_minor = False
        if is_minor != case["minor"]:
            wrong.append(case)
    assert wrong == []


def test_quotations_are_found_with_whoever_speaks(shared, tmp_path):
    def same(speaker, wanted):
        if speaker is None or wanted is None:
            return speaker == wanted
        return speaker == wanted or speaker.split()[-1] == wanted.split()[-1]

    wrong = []
    for case in cases(shared, "quotations.json"):
        (tmp_path / "case.txt").write_text(case["text"])
        call_command("quotations", str(tmp_path / "case.txt"), "--json", stdout=(out := StringIO()))
        found, wanted = json.loads(out.getvalue()), case["quotations"]
        is_right = len(found) == len(wanted) and all(
            (one["words"], one["short"]) == (other["words"], other["short"])
            and same(one["speaker"], other["speaker"])
            for one, other in zip(found, wanted, strict=True)
        )
        if not is_right:
            wrong.append((case, found))
    assert wrong == []


def test_a_package_that_is_checked_leaves_nothing(shared, checked, settings, tmp_path):
    assert checked(package("<p>“It leaks,” Ada Holt said.</p>", ("Ada Holt", "Holt", "It floats.")))
    assert not (Article.objects.exists() or Source.objects.exists() or Quote.objects.exists())
    assert not Photo.objects.exists()
    assert not [each for each in (tmp_path / "desk").rglob("*") if each.is_file()]
