"""The reporter's notebook: what readers see of a file before it is opened, and what the desk refuses."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path, PurePath

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles.media.storage import WholeFiles
from articles.models import Article, NotebookEntry, Update, Upload
from articles.publishing.door import import_published, publish, publish_update
from articles.publishing.workflow import Blocked, MoveRefused
from articles.record.composing import compose, is_same_to_readers
from articles.record.differences import more_than_minor
from articles.record.material import Material
from articles.record.public_files import sweep
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from articles.templatetags.stories import host
from tests.articles.test_pictures import HEIC
from tests.desk import inline, post, told
from tests.factories import (
    approve,
    make_article,
    make_document,
    make_interview,
    make_pdf,
    make_source,
    make_video,
)

DEMO = Path(__file__).parents[2] / "newsroom" / "demo" / "files"
MINUTES = (DEMO / "council-minutes-2026-10-13.pdf").read_bytes()


def add(article, name, content, kind="document", **fields):
    file = make_document(name, content)
    return NotebookEntry.objects.create(
        article=article, kind=kind, **{"title": name.title(), "file": file} | fields
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.example.org/x", "example.org"),
        ("https://good.example@evil.example:8000/", "evil.example"),
        ("https://evil.example/?to=https://good.example/", "evil.example"),
        ("https://evil.example#//good.example/", "evil.example"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_a_link_shows_the_host_that_it_leads_to(url, shown):
    assert host(url) == shown


@pytest.fixture
def filed(cast):
    """A story with a file of each kind in its notebook, at the door."""
    article = make_article()
    add(article, "minutes.pdf", MINUTES, title="Minutes <of> the council")
    add(article, "ice.csv", b"day,<b>ice</b>\n" + b"1,2\n" * 9, "dataset")
    add(article, "ice.mp4", make_video(), "video")
    add(article, "sums.xlsx", b"PK\x03\x04", "dataset")
    NotebookEntry.objects.create(
        article=article, kind="video", title="At sea", url="https://video.example.org/1"
    )
    return approve(article, cast.editor)


@pytest.mark.django_db
def test_readers_see_what_the_files_hold(cast, client, filed):
    version = publish(filed, by=cast.editor)
    response = client.get(version.get_notebook_url())
    page = response.content.decode()
    minutes, _, film, sums = (entry["file"] for entry in version.notebook[:4])
    first = minutes["first_page"]
    assert f'src="/media/{first["jpeg"]["name"]}" width="849" height="1200"' in page
    assert 'alt="First page of Minutes &lt;of&gt; the council" loading="lazy"' in page
    assert "PDF, 3.7 KB, 1 page<" in page.replace("\xa0", " ")
    sweep()
    for kind in ("webp", "jpeg"):
        assert Image.open(storages["public"].open(first[kind]["name"])).size == (849, 1200)
    assert '<th scope="col" dir="auto">&lt;b&gt;ice&lt;/b&gt;</th>' in page
    assert "9 rows, 2 columns. The first 6 rows are shown." in page
    assert page.count("<tr>") == 7
    assert f'src="/media/{film["name"]}"' in page
    assert 'preload="none"' in page
    assert 'width="320" height="180"' in page
    assert "media-src 'self'" in response["Content-Security-Policy"]
    assert (sums["type"], set(sums)) == ("XLSX", {"name", "digest", "size", "type"})
    assert 'href="https://video.example.org/1" rel="noopener"' in page
    assert "The video opens on that site." in page
    assert client.get(f"{version.get_history_url()}1/").content.decode().count("<tr>") == 7


@pytest.mark.django_db
def test_publishing_again_writes_no_file_and_sees_no_difference(cast, filed):
    publish(filed, by=cast.editor)
    sweep()
    before = sorted(storages["public"].base_location.rglob("*"))
    assert before
    with pytest.raises(MoveRefused, match="Nothing differs"):
        publish_update(filed, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Again.")
    sweep()
    assert sorted(storages["public"].base_location.rglob("*")) == before


@pytest.mark.django_db
def test_what_is_shown_of_a_file_makes_no_difference_between_versions(cast, filed):
    """What a program makes of the same file, its first page or its table, is no change of the story."""
    version = publish(filed, by=cast.editor)
    older = filed.versions.get()
    for file in (entry["file"] for entry in older.notebook if entry["file"]):
        for name in set(file) - {"name", "digest", "size", "type"}:
            del file[name]
    assert older.notebook != version.notebook
    assert is_same_to_readers(older, version)
    assert more_than_minor(older, version) == ""
    older.notebook[0]["file"]["digest"] = "0" * 64
    assert not is_same_to_readers(older, version)
    assert "the notebook" in more_than_minor(older, version)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", make_pdf(is_locked=True)), ("a.pdf", b"%PDF"), ("a.mp4", b"")]
)
def test_a_file_of_an_archive_that_cannot_be_shown_is_published_as_it_is(
    cast, client, name, content
):
    article = make_article()
    add(article, name, content)
    at = timezone.now() - timedelta(days=900)
    version = import_published(article, by=cast.standards_editor, published_at=at)
    file = version.notebook[0]["file"]
    assert set(file) == {"name", "digest", "size", "type"}
    sweep()
    assert storages["public"].open(file["name"]).read() == content
    page = client.get(version.get_notebook_url())
    assert "Open the file" in page.content.decode()


@pytest.mark.django_db
def test_words_off_the_record_do_not_go_out_in_a_table(cast):
    interview = make_interview(make_source(), "The mayor wept all night.", terms="off_the_record")
    article = make_article(interviews=[interview])
    add(article, "a.csv", b"who,what\nHolt,The mayor wept all night.\n", "dataset")
    assert "quote-off-the-record" in {finding.code for finding in check(CheckedMaterial(article))}
    with pytest.raises(Blocked, match="off the record"):
        publish(approve(article, cast.editor), by=cast.editor)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("minutes.pdf", MINUTES[:900], "This PDF is damaged"),
        ("minutes.PDF", make_pdf(is_locked=True), "asks for a password"),
        ("ice.mp4", b"no film", "This is no MP4 video"),
        ("ice.csv", b"x" * 2000, "The file is too large (2.0 KB): the desk takes up to 1.0 KB."),
    ],
)
def test_an_upload_that_readers_could_not_open_is_refused(
    cast, client, settings, name, content, refusal
):
    settings.MAX_NOTEBOOK_FILE_SIZE = 1024
    client.force_login(cast.reporter)
    upload = SimpleUploadedFile(name, content)
    entry = inline("notebook", kind="document", title="What it is", note="", order=0, file=upload)
    response = post(client, **entry)
    page = told(response).replace("\xa0", " ")
    assert refusal in page
    assert "What it is" in page
    assert "hidden properties" in page
    assert not NotebookEntry.objects.exists()


@pytest.mark.django_db
def test_an_upload_is_kept_as_it_came_and_previewed(cast, client):
    client.force_login(cast.reporter)
    upload = SimpleUploadedFile("minutes.pdf", MINUTES)
    post(client, **inline("notebook", kind="document", title="A", note="", order=0, file=upload))
    article = Article.objects.get()
    entry = article.notebook.get()
    with entry.file.open() as file:
        assert file.read() == MINUTES
    preview = reverse("admin:articles_article_preview", args=[article.pk])
    page = client.get(f"{preview}?notebook").content.decode()
    assert f'src="{entry.file.url}?first-page" width="849" height="1200"' in page
    picture = client.get(f"{entry.file.url}?first-page")
    assert Image.open(BytesIO(picture.content)).size == (849, 1200)
    sweep()
    assert not list(storages["public"].base_location.rglob("*"))
    client.force_login(cast.second_reporter)
    assert client.get(f"{entry.file.url}?first-page").status_code == 404
    txt = add(article, "a.txt", b"6 to 5")
    client.force_login(cast.editor)
    assert client.get(f"{txt.file.url}?first-page").status_code == 404


@pytest.mark.django_db
def test_a_table_with_tabs_is_taken(cast, client):
    client.force_login(cast.reporter)
    upload = SimpleUploadedFile("ice.tsv", b"day\tice, in mm\n1\t2\n")
    post(client, **inline("notebook", kind="dataset", title="A", note="", order=0, file=upload))
    preview = reverse("admin:articles_article_preview", args=[Article.objects.get().pk])
    page = client.get(f"{preview}?notebook").content.decode()
    assert '<th scope="col" dir="auto">ice, in mm</th>' in page
    assert "TSV, " in page


# Files come at once, and stay


def sent(client, article, name, content, **more):
    path = reverse("admin:articles_article_upload", args=[article.pk])
    upload = SimpleUploadedFile(name, content)
    return client.post(path, {"prefix": "notebook-0", "file": upload, **more})


@pytest.fixture
def mine(cast, client):
    client.force_login(cast.reporter)
    return make_article(assigned_to=cast.reporter)


def an_entry(**fields):
    return inline(
        "notebook", **{"kind": "document", "title": "A", "note": "", "order": 0, **fields}
    )


@pytest.mark.django_db
def test_a_file_that_came_by_itself_is_saved_with_its_entry(cast, client, mine):
    page = told(sent(client, mine, "minutes.pdf", MINUTES))
    assert "minutes.pdf" in page and "1 page" in page
    [upload] = Upload.objects.all()
    assert f'name="notebook-0-arrived" value="{upload.pk}"' in page
    post(client, mine, **an_entry(arrived=upload.pk))
    entry = mine.notebook.get()
    with entry.file.open() as file:
        assert file.read() == MINUTES
    assert entry.shown["pages"] == 1
    assert entry.file.name == upload.file.name  # moved by nobody
    assert not Upload.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("minutes.pdf", MINUTES[:900], "This PDF is damaged"),
        ("quay.jpg", b"no picture", "not a picture that we can read"),
        ("tool.exe", b"MZ", "A .exe file is not taken here: bring it as one of pdf, csv"),
        ("letter.pages", b"PK", "A .pages file is not taken here: save it as PDF."),
        ("all.ZIP", b"PK", "This is packed (.zip): bring the files in it one by one."),
        ("minutes", b"x", "A file without an ending in its name is not taken here"),
    ],
)
def test_one_that_cannot_be_taken_is_refused_by_itself(cast, client, mine, name, content, says):
    answer = sent(client, mine, name, content)
    assert answer.status_code == 200
    assert says in told(answer) and name in told(answer)
    assert not Upload.objects.exists()
    assert not list(storages["default"].base_location.rglob("notebook/*/*"))


@pytest.mark.django_db
def test_a_refused_form_keeps_the_files_that_came_with_it(cast, client, mine):
    rows = [("good.csv", b"a,b\n1,2\n"), ("bad.pdf", MINUTES[:900]), ("more.txt", b"Ice.")]
    fields = {"notebook-TOTAL_FORMS": 3, "notebook-INITIAL_FORMS": 0}
    for number, (name, content) in enumerate(rows):
        upload = SimpleUploadedFile(name, content)
        row = {"kind": "document", "title": name, "note": "", "order": number, "file": upload}
        fields |= {f"notebook-{number}-{key}": value for key, value in row.items()}
    page = told(post(client, mine, **fields))
    assert "This PDF is damaged" in page
    assert not mine.notebook.exists()
    kept = {upload.name: upload.pk for upload in Upload.objects.all()}
    assert kept.keys() == {"good.csv", "more.txt"}
    for name, key in kept.items():
        number = [each[0] for each in rows].index(name)
        assert f'name="notebook-{number}-arrived" value="{key}"' in page
    # Sent again without them they are there.
    again = {key: value for key, value in fields.items() if not key.endswith("-file")}
    again |= {"notebook-0-arrived": kept["good.csv"], "notebook-2-arrived": kept["more.txt"]}
    again["notebook-1-kind"], again["notebook-1-note"] = "note", "It was damaged."
    post(client, mine, **again)
    names = [PurePath(entry.file.name).name for entry in mine.notebook.all()]
    assert names == ["good.csv", "", "more.txt"]


@pytest.mark.django_db
def test_nobody_takes_the_file_of_another_story(cast, client, mine):
    others = make_article(assigned_to=cast.second_reporter)
    assert sent(client, others, "a.txt", b"x").status_code == 404
    client.force_login(cast.second_reporter)
    sent(client, others, "secret.txt", b"x")
    client.force_login(cast.reporter)
    key = Upload.objects.get().pk
    page = told(post(client, mine, **an_entry(arrived=key)))
    assert "not on the desk any more" in page
    assert not mine.notebook.exists()
    assert sent(client, mine, "a.txt", b"x", prefix='"><script>').status_code == 403
    mine.stage = "submitted"
    mine.save()
    assert sent(client, mine, "a.txt", b"x").status_code == 403


@pytest.mark.django_db
def test_where_an_encoding_is_a_guess_the_reporter_is_asked(cast, client, mine):
    table = "Miasto,Ludność,Rok\nŁódź,677286,2020\nKraków,779966,2020\nGdańsk,470805,2020\n"
    page = told(sent(client, mine, "cities.csv", table.encode("cp1250")))
    assert "Which of these is right?" in page
    assert 'name="notebook-0-encoding" value="cp1250"' in page
    upload = Upload.objects.get()
    post(client, mine, **an_entry(kind="dataset", arrived=upload.pk, encoding="cp1250"))
    entry = mine.notebook.get()
    assert entry.shown["table"]["heads"] == ["Miasto", "Ludność", "Rok"]
    # It can be answered later as well; and the question is nobody's but the desk's.
    row = {"kind": "dataset", "title": "A", "note": "", "order": 0}
    mine.refresh_from_db()
    post(client, mine, **inline("notebook", entry, encoding="cp1252", **row))
    entry.refresh_from_db()
    assert entry.shown["table"]["heads"][1] == "Ludnoœæ"
    assert "readings" not in str(compose(Material(mine)).notebook)
    before = entry.shown
    mine.refresh_from_db()
    post(client, mine, **inline("notebook", entry, encoding="utf_7", **row))
    entry.refresh_from_db()
    assert entry.shown == before


@pytest.mark.django_db
def test_what_no_entry_took_is_swept_away(cast, client, mine, django_capture_on_commit_callbacks):
    sent(client, mine, "old.txt", b"Ice.")
    sent(client, mine, "new.txt", b"Ice.")
    old, new = Upload.objects.order_by("pk")
    Upload.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert [upload.name for upload in Upload.objects.all()] == ["new.txt"]
    assert not storages["default"].exists(old.file.name)
    assert storages["default"].exists(new.file.name)


@pytest.mark.django_db
def test_a_file_that_no_row_names_is_swept_away_and_no_other(cast, client, mine):
    entry = add(mine, "kept.txt", b"Ice.")
    desk = storages["default"]
    left = [
        desk.save(f"{folder}/x/left.txt", ContentFile(b"x")) for folder in ("notebook", "exhibits")
    ]
    young = desk.save("notebook/y/young.txt", ContentFile(b"x"))
    for name in (*left, entry.file.name):
        os.utime(desk.path(name), (0, 0))
    assert set(left) <= set(sweep().taken_away)
    assert [desk.exists(name) for name in (*left, young, entry.file.name)] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.django_db
def test_a_full_disk_is_told_where_the_file_was_chosen(cast, client, mine, monkeypatch):
    monkeypatch.setattr(WholeFiles, "_save", no_space)
    assert "disk could not keep it (No space left on device)" in told(
        sent(client, mine, "a.txt", b"Ice.")
    )


def no_space(*given):
    raise OSError(28, "No space left on device")


@pytest.mark.django_db
def test_a_picture_of_a_phone_is_taken_and_rebuilt(cast, client, mine):
    sent(client, mine, "board.heic", HEIC)
    post(client, mine, **an_entry(arrived=Upload.objects.get().pk))
    assert mine.notebook.get().shown["file"]["type"] == "JPG"
