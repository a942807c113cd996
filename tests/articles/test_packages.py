"""Stories in and out of the desk: whole or not at all, and the same on the other side."""

import json
from functools import reduce
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Author, NotebookEntry, Photo, Section, Version
from articles.packages.format import DoesNotFit, package_of
from articles.packages.importing import Importer
from articles.packages.reading import Lines
from sources.models import Interview, Source
from tests.factories import make_article, make_document, make_image

pytestmark = pytest.mark.django_db

WHOLE = {
    "format": "newsroom-story/1",
    "slug": "harbour-freezes",
    "headline": "Harbour freezes",
    "deck": "For the first time since 1963",
    "kicker": "Ice",
    "dateline": "BRINDLE QUAY",
    "section": "Harbour",
    "tags": ["Ice", "Weather"],
    "bylines": [{"author": "Ada Holt"}, {"author": "Bo Lind", "role": "reporting"}],
    "body": "<p>“It froze,” said Ada Holt.</p><p>“It cracked,” said a clerk.</p>",
    "lead_photo": {"file": "ice.png", "credit": "B. Lind", "alt": "Ice", "focal_point": [0, 0.25]},
    "sources": [
        {
            "key": "holt",
            "kind": "spokesperson",
            "named": True,
            "name": "Ada Holt",
            "later_reference": "Holt",
            "authorization": "authorized",
            "affiliations": [
                {"title": "harbour master", "organization": "Port", "place": "Quay"},
                {"title": "pilot", "current": False},
            ],
        },
        {"key": "clerk", "named": False, "description": "a clerk", "reason": "they fear dismissal"},
    ],
    "interviews": [
        {
            "key": "i1",
            "source": "holt",
            "on": "2026-01-02",
            "how": "in_person",
            "by": "Bo Lind",
            "terms": "on_the_record",
            "terms_as_agreed": "by name",
        },
        {
            "key": "i2",
            "source": "clerk",
            "on": "2026-01-03",
            "how": "text",
            "terms": "on_background",
        },
    ],
    "quotes": [
        {"interview": "i1", "words": "It froze,", "context": "Asked about the ice"},
        {"interview": "i2", "words": "It cracked,"},
    ],
    "anonymity": [{"source": "clerk", "reason": "Saw it", "attested": ["vital", "information"]}],
    "comment_requests": [
        {
            "asked": "The mayor",
            "about": "the ice",
            "attempts": [{"at": "2026-01-03T10:00:00+01:00", "channel": "email"}],
            "deadline": "2026-01-03T18:00:00+01:00",
            "outcome": "declined",
            "answer": "Declined.",
        }
    ],
    "notebook": [
        {"kind": "dataset", "title": "Readings", "file": "readings.csv", "note": "Ours"},
        {"kind": "link", "title": "Almanac", "url": "https://example.org/almanac"},
        {"kind": "note", "title": "How", "note": "We measured it."},
    ],
    "published_at": "2026-01-04T09:00:00+01:00",
    "updated_at": "2026-01-05T09:00:00+01:00",
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "ice.png").write_bytes(make_image(kind="PNG").read())
    (folder / "readings.csv").write_text("day,ice\n1,2\n")
    return folder


def write(folder, *packages, name="story.json"):
    path = folder / name
    if name.endswith(".jsonl"):
        path.write_text("".join(json.dumps(package) + "\n" for package in packages))
    else:
        path.write_text(json.dumps(packages[0], indent=1))
    return path


def run(*args, refused=False, **options):
    out, err = StringIO(), StringIO()
    if refused:
        with pytest.raises(CommandError):
            call_command("import_stories", *args, stdout=out, stderr=err, **options)
    else:
        call_command("import_stories", *args, stdout=out, stderr=err, **options)
    return out.getvalue().strip(), err.getvalue()


def said(imported=0, unchanged=0, refused=0):
    return f"{imported} imported, {unchanged} unchanged, {refused} refused"


def rows():
    """Everything on the desk, to see that nothing has changed."""
    return [list(model.objects.values()) for model in (Article, Source, Photo, Version)]


def exported(folder):
    call_command("export_stories", to=folder, stdout=StringIO())
    return {path.name: path.read_text() for path in folder.rglob("*.json")}


def test_what_was_exported_makes_the_same_story_on_an_empty_desk(cast, folder, tmp_path):
    run(write(folder, WHOLE), by="reporter")
    first = exported(tmp_path / "first")
    for model in (Article, Photo, Interview, Source, Author, Section):
        model.objects.all().delete()
    run(tmp_path / "first" / "harbour-freezes.json", by="reporter")
    second = exported(tmp_path / "second")
    assert [*map(json.loads, second.values())] == [*map(json.loads, first.values())]
    given, back = (json.loads(text) for text in (json.dumps(WHOLE), *first.values()))
    assert back["interviews"][0] == given["interviews"][0] | {
        "key": "interview-1",
        "source": "source-1",
    }
    assert back["anonymity"] == [
        {"source": "source-2", "reason": "Saw it", "attested": ["information", "vital"]}
    ]
    assert [entry["title"] for entry in back["notebook"]] == ["Readings", "Almanac", "How"]
    assert back["lead_photo"]["focal_point"] == [0, 0.25]
    assert [byline["role"] for byline in back["bylines"]] == ["by", "reporting"]


def test_a_writers_marks_go_with_the_quotes_that_they_are_tied_to(cast, folder, tmp_path):
    """By their place in the package; the keys of one desk would be other quotes on the next."""
    package = json.loads(json.dumps(WHOLE))
    package["quotes"].append({"interview": "i1", "words": "It cracked,"})
    package["body"] = (
        '<p>“<mark data-quote="3">It cracked,</mark>” <strong>she</strong> said.</p>'
        '<p>“<mark data-quote="2">It cracked,</mark>” he said.</p>'
        '<p>“<mark data-quote="9">It sank</mark>,” it said.</p>'
    )
    path = write(folder, package)
    run(path, by="reporter")
    names = [
        use.quote.interview.source.public_name for use in Article.objects.get().quote_uses.all()
    ]
    assert names == ["Ada Holt", "a clerk"]
    assert run(path)[0] == said(unchanged=1)
    back = json.loads(exported(tmp_path / "out")["harbour-freezes.json"])
    words = [back["quotes"][place - 1] for place in (2, 3)]
    assert [each["interview"] for each in words] == ["interview-1", "interview-2"]
    assert back["body"].startswith(
        '<p>“<mark data-quote="2">It cracked,</mark>” <strong>she</strong> said.'
    )
    assert "It sank" in back["body"]
    assert back["body"].count("<mark") == 2


def test_files_of_one_name_are_all_exported(cast, tmp_path):
    article = make_article()
    for content in (b"first", b"second"):
        document = make_document(content=content)
        NotebookEntry.objects.create(
            article=article, kind="document", title="Minutes", file=document
        )
    package = json.loads(next(iter(exported(tmp_path).values())))
    files = [(tmp_path / entry["file"]).read_bytes() for entry in package["notebook"]]
    assert files == [b"first", b"second"]


def test_a_round_trip_loses_nothing(cast, folder, tmp_path):
    run(write(folder, WHOLE), by="reporter")
    back = json.loads(exported(tmp_path / "out")["harbour-freezes.json"])
    before = rows()
    assert run(tmp_path / "out" / "harbour-freezes.json")[0] == said(unchanged=1)
    assert rows() == before
    named, anonymous = back["sources"]
    assert named["affiliations"][0]["organization"] == "Port"
    assert named["affiliations"][1]["current"] is False
    assert "name" not in anonymous
    assert back["quotes"][0] == {"interview": "interview-1"} | {
        field: WHOLE["quotes"][0][field] for field in ("words", "context")
    }
    for field in ("slug", "headline", "deck", "kicker", "dateline", "section", "tags", "body"):
        assert back[field] == WHOLE[field]
    assert "published_at" not in back
    assert (tmp_path / "out" / back["notebook"][0]["file"]).read_text() == "day,ice\n1,2\n"


@pytest.mark.parametrize("field", [name for name in WHOLE if name not in ("format", "slug")])
def test_a_change_in_any_field_is_noticed(cast, folder, field):
    """Equality looks at everything: a changed package is refused, not quietly taken for the same."""
    run(write(folder, WHOLE), by="reporter")
    without = {name: value for name, value in WHOLE.items() if name != field}
    if field == "headline":
        without["headline"] = "Another"
    if field == "sources":
        without |= {"interviews": [], "quotes": [], "anonymity": []}
    if field == "interviews":
        without["quotes"] = []
    same = field in ("published_at", "updated_at")
    before = rows()
    out, err = run(write(folder, without), refused=not same)
    assert out == (said(unchanged=1) if same else said(refused=1))
    assert same or "slug: is taken" in err
    assert rows() == before


def twins(package):
    package["sources"].append(package["sources"][0] | {"key": "holt-again"})


@pytest.mark.parametrize(
    "change",
    [
        lambda p: None,
        lambda p: p.update(tags=["Ice", "ice"]),
        lambda p: p["sources"][1].update(reason="they fear another thing"),
        twins,
    ],
)
def test_importing_twice_changes_nothing(cast, folder, change):
    run(write(folder, WHOLE | {"slug": "another"}), by="reporter")
    package = json.loads(json.dumps(WHOLE))
    change(package)
    path = write(folder, package)
    assert run(path, by="reporter", match_sources=True)[0] == said(imported=1)
    before = rows()
    assert run(path, by="reporter", match_sources=True)[0] == said(unchanged=1)
    assert rows() == before


def test_names_that_make_one_address_get_two(cast, folder):
    for number, (section, author) in enumerate([("Harbour", "Ada"), ("Harbour!", "Ada!")]):
        story = WHOLE | {"slug": f"s-{number}", "section": section, "bylines": [{"author": author}]}
        run(write(folder, story), by="reporter")
    assert list(Section.objects.values_list("slug", flat=True)) == ["harbour", "harbour-2"]
    assert list(Author.objects.values_list("slug", flat=True)) == ["ada", "ada-2"]


def test_what_nobody_foresaw_refuses_one_package_and_no_more(cast, folder, monkeypatch):
    create = Importer._create
    monkeypatch.setattr(
        Importer,
        "_create",
        lambda self, p: create(self, p) if p.slug != "bad" else Article.objects.create(pk="x"),
    )
    path = write(folder, WHOLE | {"slug": "bad"}, WHOLE, name="many.jsonl")
    out, err = run(path, by="reporter", refused=True)
    assert out == said(imported=1, refused=1)
    assert f"{path}:1: could not be brought in" in err


def test_a_source_is_not_joined_to_one_that_may_not_be_seen(cast, folder):
    run(write(folder, WHOLE), by="second_reporter")
    run(write(folder, WHOLE | {"slug": "second"}), by="reporter", match_sources=True)
    assert Source.objects.filter(named=False).count() == 2
    assert Source.objects.filter(named=True).count() == 1


def test_every_error_is_told_with_file_line_and_field(folder):
    bad = json.loads(json.dumps(WHOLE))
    bad["sources"][0]["kind"] = "robot"
    bad["sources"][1]["name"] = "Eve"
    bad["mood"] = "dark"
    bad["interviews"][0]["on"] = "2026-02-30"
    del bad["quotes"][0]["words"]
    bad["lead_photo"]["focal_point"] = [2, 0]
    bad["headline"] = "x" * 201
    path = write(folder, bad)
    _, err = run(path, refused=True)
    lines = path.read_text().splitlines()
    told = dict(line.removeprefix(f"{path}:").split(": ", 1) for line in err.splitlines())
    for number, problem in told.items():
        name = problem.split(":")[0].split(".")[-1]
        assert name == "words" or name in lines[int(number) - 1]
    fields = {problem.split(":")[0] for problem in told.values()}
    assert fields == {
        "sources[0].kind",
        "mood",
        "interviews[0].on",
        "quotes[0].words",
        "lead_photo.focal_point",
        "headline",
    }
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda p: p["interviews"][0].update(source="nobody"), "interviews[0].source: no such key"),
        (lambda p: p["sources"][1].update(name="Eve"), "sources[1].name: must not be given"),
        (lambda p: p["sources"][0].update(name=""), "sources[0].name: is missing"),
        (lambda p: p["sources"][0].update(key="clerk"), "sources[1].key: stands twice"),
        (lambda p: p["anonymity"][0].update(source="holt"), "is a named source"),
        (
            lambda p: p["notebook"][0].update(file="../../secret.csv"),
            "outside the package's folder",
        ),
        (lambda p: p["notebook"][0].update(file="none.csv"), "there is no such file"),
        (lambda p: p["lead_photo"].update(file="readings.csv"), "not a picture that we can read"),
        (lambda p: p.update(slug="no spaces"), "slug: may hold letters"),
        (lambda p: p.update(format="newsroom-story/2"), "format: must be one of newsroom-story/1"),
        (lambda p: p.update(body="\x00"), "body: holds a character that cannot be stored"),
        (lambda p: p["quotes"][0].update(words="\ud800"), "holds a character that cannot"),
        (lambda p: p["notebook"][1].update(url="javascript:x"), "must be a web address"),
        (lambda p: p.update(published_at="2026-01-04T09:00:00"), "must be a time with offset"),
        (lambda p: p.update(updated_at="2026-01-03T00:00:00Z"), "before the story was published"),
        (lambda p: p["bylines"].append({"author": "Ada Holt"}), "bylines[2]: stands twice"),
        (lambda p: p["anonymity"].append(p["anonymity"][0]), "anonymity[1]: stands twice"),
        (lambda p: p.update(section="???"), "section: needs a letter or a digit"),
        (lambda p: p["notebook"][1].update(url="https://a.example/\ud800"), "cannot be stored"),
        (
            lambda p: p["notebook"][1].update(url="https://a.example/" + "x" * 500),
            "500 is the most",
        ),
        (lambda p: p["notebook"][0].update(file="x" * 900 + ".csv"), "is not a file name"),
        (lambda p: p["comment_requests"][0].update(deadline="0001-01-01T00:00:00+14:00"), "a time"),
        (lambda p: p["interviews"][0].update(on="2026-W01-5"), "must be a date"),
        (lambda p: p.update(deep=json.loads("[" * 400 + "]" * 400)), "deep: is not a field"),
        (lambda p: p.update(lead_photo=None), "lead_photo: must be an object"),
        (lambda p: p.update(updated_at=None), "updated_at: must be a time"),
        (lambda p: p.update(tags="Ice"), "tags: must be a list"),
        (lambda p: p.update(tags=["x" * 101]), "tags[0]: is 101 characters long; 100 is the most"),
        (lambda p: p["lead_photo"].update(alt=1), "lead_photo.alt: must be text"),
        (lambda p: p["lead_photo"].update(focal_point=[True, 0]), "must be two numbers"),
        (lambda p: p["sources"][0].update(named="yes"), "sources[0].named: must be true or false"),
        (lambda p: p["sources"][0].update(kind=None), "sources[0].kind: must be one of person,"),
        (lambda p: p["quotes"][0].update(words=" "), "quotes[0].words: must not be empty"),
    ],
)
def test_a_bad_package_is_refused_whole(cast, folder, change, told):
    bad = json.loads(json.dumps(WHOLE))
    change(bad)
    _, err = run(write(folder, bad), by="reporter", refused=True)
    assert told in err
    assert rows() == [[], [], [], []]


def places(value, place=()):
    """Where anything stands in a package."""
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield (*place, step)
            yield from places(value[step], (*place, step))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(list(places(WHOLE))), JSON)
def test_whatever_a_package_holds_is_taken_or_refused_in_words(place, value):
    package = json.loads(json.dumps(WHOLE))
    *around, last = place
    reduce(lambda inner, step: inner[step], around, package)[last] = value
    try:
        assert package_of(package).slug
    except DoesNotFit as refused:
        assert all(problem.message for problem in refused.problems)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe{", "is not UTF-8"),
        (b"[]", "must be an object"),
        (b"[" * 100_000, "is nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "cannot be read"),
    ],
)
def test_what_is_not_a_package_is_refused(folder, content, told):
    path = folder / "bad.json"
    path.write_bytes(content)
    assert told in run(path, refused=True)[1]


def test_stories_around_a_bad_one_are_not_lost(cast, folder):
    others = [WHOLE | {"slug": f"story-{number}"} for number in (1, 3)]
    path = write(folder, others[0], {"slug": "bad"}, name="many.jsonl")
    with path.open("ab") as file:
        file.write(b"\xff\n\n" + json.dumps(others[1]).encode())
    out, err = run(path, by="reporter", refused=True)
    assert out == said(imported=2, refused=2)
    assert f"{path}:2: headline: is missing" in err
    assert f"{path}:3: is not UTF-8" in err
    assert Article.objects.count() == 2


def test_sources_are_joined_only_when_asked(cast, folder):
    second = WHOLE | {"slug": "second"}
    run(write(folder, WHOLE), by="reporter")
    run(write(folder, second), by="reporter")
    assert Source.objects.count() == 4
    run(write(folder, WHOLE | {"slug": "third"}), by="reporter", match_sources=True)
    assert Source.objects.count() == 4


def test_an_archive_is_taken_into_the_record_by_somebody_allowed_to(cast, folder, client):
    path = write(folder, WHOLE)
    assert "may not do this" in run(path, by="editor", as_published=True, refused=True)[1]
    assert rows()[0] == []
    run(path, by="standards_editor", as_published=True)
    version = Version.objects.get()
    assert version.published_at.isoformat() == "2026-01-04T08:00:00+00:00"
    assert version.get_absolute_url() == "/2026/01/04/harbour-freezes/"
    assert version.updated_at.isoformat() == "2026-01-05T08:00:00+00:00"
    assert client.get(version.get_absolute_url()).status_code == 200
    assert run(path, by="standards_editor", as_published=True)[0] == said(unchanged=1)
    assert Version.objects.count() == 1


def test_an_archive_that_came_in_as_a_draft_is_published_the_second_time(cast, folder):
    path = write(folder, WHOLE)
    run(path, by="reporter")
    assert run(path, by="standards_editor", as_published=True)[0] == said(imported=1)
    assert Version.objects.get().slug == WHOLE["slug"]


def test_an_archive_that_was_edited_since_is_not_published_as_it_was_not(cast, folder):
    path = write(folder, WHOLE)
    run(path, by="reporter")
    Article.objects.update(body="<p>Edited on the desk.</p>")
    assert run(path, by="reporter")[0] == said(unchanged=1)
    _, err = run(path, by="standards_editor", as_published=True, refused=True)
    assert "edited on the desk since" in err
    assert not Version.objects.exists()


def test_a_file_that_the_desk_has_lost_refuses_one_package_and_no_more(cast, folder):
    run(write(folder, WHOLE), by="reporter")
    photo = Photo.objects.get()
    photo.file.storage.delete(photo.file.name)
    changed = WHOLE | {"lead_photo": WHOLE["lead_photo"] | {"alt": "Ice"}}
    (folder / "ice.png").write_bytes(make_image((100, 100), "PNG").read())
    path = write(folder, changed, WHOLE | {"slug": "good"}, name="many.jsonl")
    assert run(path, by="reporter", refused=True)[0] == said(imported=1, refused=1)


@pytest.mark.parametrize("field", ["published_at", "updated_at"])
def test_an_archive_is_of_the_past(cast, folder, field):
    path = write(
        folder, WHOLE | {field: "2099-01-01T00:00:00Z", "updated_at": "2099-01-01T00:00:00Z"}
    )
    _, err = run(path, by="standards_editor", as_published=True, refused=True)
    assert f"{field}: lies in the future" in err
    assert not Article.objects.exists()


def test_an_archive_story_needs_its_time(cast, folder):
    undated = {name: value for name, value in WHOLE.items() if name != "published_at"}
    _, err = run(write(folder, undated), by="standards_editor", as_published=True, refused=True)
    assert "published_at: is missing" in err


def test_an_import_is_the_work_of_who_ran_it(cast, folder):
    run(write(folder, WHOLE), by="reporter")
    article = Article.objects.get()
    approval = article.anonymity_approvals.get()
    assert article.assigned_to == cast.reporter
    assert approval.decision == "asked"
    assert sorted(approval.attested) == ["information", "vital"]
    assert list(Source.objects.get(named=False).known_to.all()) == [cast.reporter]


def test_the_seed_story_comes_in_and_goes_out(cast, shared, tmp_path):
    seed = shared / "seed" / "story.json"
    run(seed, by="reporter")
    article = Article.objects.get()
    facts = json.loads((shared / "seed" / "facts.json").read_text())
    segments = [words for statement in facts["statements"] for words in statement["segments"]]
    uses = article.quote_uses.select_related("quote")
    assert [use.quote.words for use in uses] == segments
    call_command("export_stories", to=tmp_path, jsonl=True, stdout=StringIO())
    assert run(tmp_path / "stories.jsonl")[0] == said(unchanged=1)
    assert run(seed)[0] == said(unchanged=1)


def test_lines_are_found_to_the_value():
    text = '{"a": 1,\n "b": [\n  {"c": 2},\n  {"c":\n 3}]}'
    places = [(), ("a",), ("b",), ("b", 1), ("b", 1, "c"), ("b", 1, "none")]
    assert [Lines(text).of(place) for place in places] == [0, 0, 1, 3, 4, 3]


@pytest.mark.django_db(transaction=True)
def test_two_processes_bring_in_every_story_and_every_source_once(cast, folder):
    bare = {name: value for name, value in WHOLE.items() if name not in ("lead_photo", "notebook")}
    packages = [bare | {"slug": f"story-{number}"} for number in range(12)]
    told, _ = run(
        write(folder, *packages, packages[0], {"slug": "bad"}, name="archive.jsonl"),
        by="reporter",
        match_sources=True,
        processes=2,
        refused=True,
    )
    assert told == said(imported=12, unchanged=1, refused=1)
    assert Article.objects.count() == 12
    assert Source.objects.filter(name="Ada Holt").count() == 1
    assert Source.objects.count() == 2
    assert (Section.objects.count(), Author.objects.count()) == (1, 2)
