"""Files for readers: whole or not there, not before the commit, and finished after a crash."""

import errno
import os
import signal
import sys
from io import BytesIO, StringIO
from itertools import count
from pathlib import Path
from random import Random
from time import time

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.urls import reverse
from PIL import Image

from articles.media.pictures import RENDITIONS
from articles.media.storage import UNFINISHED
from articles.models import Article, NotebookEntry, PendingFile, Photo, Version
from articles.publishing import worker
from articles.publishing.door import publish
from articles.publishing.workflow import MoveRefused
from articles.record.chain import breaks, torn_files
from articles.record.public_files import files_in, public_name, sweep, wrong_with
from tests.cast import hire
from tests.conftest import THOROUGH
from tests.desk import change_url, form_of, inline
from tests.factories import approve, make_article, make_document, make_photo

KILLS = 100 if THOROUGH else 12
whole_transactions = pytest.mark.django_db(transaction=True)


def unlike_any(number):
    """A picture of its own: files are known by their content."""
    file = BytesIO()
    Image.frombytes("RGB", (64, 48), Random(number).randbytes(64 * 48 * 3)).save(file, "PNG")
    file.seek(0)
    return file


def make_laden(cast, number):
    """An approved story with a photo at its head and a document in its notebook."""
    article = make_article(lead_photo=make_photo(unlike_any(number)))
    content = f"6 to {number}".encode()
    NotebookEntry.objects.create(
        article=article, kind="document", title="Minutes", file=make_document(content=content)
    )
    return approve(article, cast.editor)


def public_files():
    folder = storages["public"].base_location
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def staged_files(settings):
    return [each for each in Path(settings.STAGING_ROOT).rglob("*") if each.is_file()]


def named(version):
    return {file["name"] for file in files_in(version.content)}


@whole_transactions
def test_files_are_public_once_the_publication_is_committed(cast, settings):
    version = publish(make_laden(cast, 1), by=cast.editor)
    assert len(named(version)) == 5  # one width, the card, two formats each; and the document
    assert public_files() == named(version)
    assert not PendingFile.objects.exists()
    assert staged_files(settings) == []
    assert list(torn_files()) == []


@whole_transactions
def test_a_refused_publication_has_made_nothing_public(cast, settings):
    article = make_laden(cast, 2)
    entry = article.notebook.get()
    NotebookEntry.objects.filter(pk=entry.pk).update(
        shown=entry.shown | {"file": entry.shown["file"] | {"digest": "0" * 64}}
    )
    with pytest.raises(MoveRefused, match="another file than was uploaded"):
        publish(article, by=cast.editor)
    assert not Version.objects.exists()
    assert public_files() == set()
    sweep()
    assert staged_files(settings) == []


@pytest.mark.django_db
def test_public_names_cannot_be_made_from_the_file(settings):
    name = public_name("notebook", "ab" * 32, ".pdf")
    assert "ab" * 8 not in name
    settings.SECRET_KEY = "another newsroom’s"
    assert public_name("notebook", "ab" * 32, ".pdf") != name


@whole_transactions
@pytest.mark.parametrize("harm", ["torn", "missing", "another file"])
def test_a_harmed_file_is_told_and_is_not_taken_for_whole(cast, harm):
    article = make_laden(cast, 3)
    version = publish(article, by=cast.editor)
    name = version.lead_photo["card"]["webp"]["name"]
    path = Path(storages["public"].path(name))
    content = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(content[:40] if harm == "torn" else b"x" * len(content))
    assert [wrong for each, wrong in torn_files() if each == name] == [
        "is missing" if harm == "missing" else f"is {harm}"
    ]
    err = StringIO()
    with pytest.raises(CommandError, match="1 public files"):
        call_command("verify_versions", stdout=StringIO(), stderr=err)
    assert name in err.getvalue()
    again = make_article(lead_photo=article.lead_photo)  # the next press does not trust the name
    publish(approve(again, cast.editor), by=cast.editor)
    assert path.read_bytes() == content
    assert list(torn_files()) == []


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_not_whole():
    Path(storages["public"].path("pictures")).mkdir(parents=True)
    assert wrong_with("pictures", "0" * 64, 1) == "cannot be read: Is a directory"


@whole_transactions
def test_what_a_crash_leaves_is_finished_or_taken_away(cast, settings):
    version = publish(make_laden(cast, 4), by=cast.editor)
    lost = sorted(named(version))
    staged = Path(settings.STAGING_ROOT)
    for name in lost:  # as if it had stopped between the commit and the renames
        path = Path(storages["public"].path(name))
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        path.rename(staged / name)
    origins = {each["name"]: each for each in files_in(version.content)}
    photo = Photo.objects.get()
    for name in lost:
        told = origins[name]
        PendingFile.objects.create(
            name=name, digest=told["digest"], size=told["size"], origin=photo.file.name
        )
    (staged / lost[0]).write_bytes(b"torn")  # and its desk's file is another one: it is lost
    (staged / "pictures" / f"{UNFINISHED}1").write_bytes(b"half")
    err, out = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 files are lost"):
        call_command("sweep_files", stdout=out, stderr=err)
    assert lost[0] in err.getvalue()
    assert out.getvalue().count("put in place") == len(lost) - 1
    assert [name for name, _ in torn_files()] == [lost[0]]
    assert staged_files(settings) == []


@whole_transactions
def test_a_story_is_out_though_a_file_of_it_comes_later(cast, monkeypatch, caplog):
    def refuse(folder):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("articles.record.public_files.flush_folder", refuse)
        version = publish(make_laden(cast, 10), by=cast.editor)
    assert version.is_live
    assert PendingFile.objects.count() == len(named(version))
    assert "No space left on device" in caplog.text
    sweep()
    assert list(torn_files()) == []


@pytest.mark.django_db
def test_what_was_staged_and_torn_is_copied_from_the_desk_anew(cast, settings):
    version = publish(make_laden(cast, 9), by=cast.editor)
    staged = staged_files(settings)
    for number, path in enumerate(staged):
        path.write_bytes(b"torn" * number)
    swept = sweep()
    assert (set(swept.finished), swept.lost, swept.taken_away) == (named(version), [], [])
    assert len(staged) == len(swept.finished) == 5
    assert list(torn_files()) == []


# Every write refused once


class NoSpace:
    """Refuses the disk's `number`-th write. What writes is named here, so that none is left out."""

    def __init__(self, monkeypatch, number):
        self.left, self.refused = number, False
        for owner, name in (
            (os, "fsync"),
            (os, "replace"),
            (os, "link"),
            (Path, "mkdir"),
            (Path, "replace"),
            (Path, "open"),
        ):
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, write):
        def counted(*args, **kwargs):
            is_read = write.__name__ == "open" and "w" not in "".join(map(str, args[1:2]))
            if not is_read:
                self.left -= 1
                if self.left == 0:
                    self.refused = True
                    raise OSError(errno.ENOSPC, "No space left on device")
            return write(*args, **kwargs)

        return counted


@whole_transactions
def test_a_full_disk_refuses_a_publication_or_leaves_what_is_finished_later(cast, settings):
    outcomes = []
    for number in count(1):
        article = make_laden(cast, 1000 + number)
        before = public_files()
        with pytest.MonkeyPatch.context() as patch:
            disk = NoSpace(patch, number)
            try:
                publish(article, by=cast.editor)
            except MoveRefused as refused:
                assert "No space left" in str(refused)
        version = Article.objects.get(pk=article.pk).live_version
        if version is None:
            assert public_files() == before  # nothing early
        outcomes.append((disk.refused, version is not None))
        sweep()
        assert staged_files(settings) == []
        assert list(torn_files()) == []
        if not disk.refused:
            break
    assert (True, False) in outcomes  # refused before the commit
    assert (True, True) in outcomes  # or told of and finished after it
    assert outcomes[-1] == (False, True)
    assert list(breaks()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["photo", "story"])
def test_a_full_disk_refuses_an_upload_and_loses_nothing_that_was_typed(cast, client, page):
    client.force_login(cast.reporter)
    article = make_article(assigned_to=cast.reporter)
    refused = 0
    for number in count(1):
        if page == "photo":
            upload = SimpleUploadedFile("ice.png", unlike_any(number).read())
            fields = {"file": upload, "alt": "Ice on ropes", "credit": "A. Holt"}
            address = reverse("admin:articles_photo_add")
            fields |= {"focal_x": 0.5, "focal_y": 0.5}
        else:
            upload = SimpleUploadedFile("minutes.txt", b"6 to 5")
            entry = {"kind": "document", "title": "Ice on ropes", "file": upload, "order": 0}
            address = change_url(article)
            article.refresh_from_db()
            fields = form_of(article, headline=f"Typed {number}") | inline("notebook", **entry)
        with pytest.MonkeyPatch.context() as patch:
            disk = NoSpace(patch, number)
            answer = client.post(address, fields)
        kept = Photo.objects.count() + NotebookEntry.objects.count()
        if not disk.refused:
            assert (answer.status_code, kept) == (302, 1)
            break
        refused += 1
        assert (answer.status_code, kept) == (200, 0), number
        assert "could not keep the file (No space left on device)" in answer.content.decode()
        assert "Ice on ropes" in answer.content.decode()
        assert Article.objects.get().headline == article.headline
    assert refused >= 2


@whole_transactions
def test_the_worker_finishes_what_another_process_left(cast, monkeypatch):
    """At its start and at any later turn; and what is lost it does not try again for ever."""
    version = publish(make_laden(cast, 8), by=cast.editor)
    told = version.lead_photo["card"]["webp"]
    public = Path(storages["public"].path(told["name"]))
    content = public.read_bytes()
    origin = Photo.objects.get().shown["card"]["webp"]["file"]
    turns = count(1)

    def owe(name, origin):
        told_of = {"digest": told["digest"], "size": told["size"], "origin": origin}
        PendingFile.objects.create(name=name, **told_of)

    def between_turns(seconds):
        match next(turns):
            case 1:
                assert seconds == worker.INTERVAL
                public.unlink()
                owe(told["name"], origin)
                owe("pictures/lost.webp", "renditions/gone.webp")
            case 2:
                assert public.read_bytes() == content
                assert PendingFile.objects.get().name == "pictures/lost.webp"
                monkeypatch.setattr(worker, "sweep", lambda: pytest.fail("swept once more"))
            case 3:
                raise KeyboardInterrupt

    monkeypatch.setattr(worker.time, "sleep", between_turns)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        worker.publish_due_forever()


@pytest.mark.django_db
def test_cut_pictures_that_nothing_names_any_more_are_swept_after_a_day(cast):
    photo = make_photo(unlike_any(7))
    desk = Path(storages["default"].path(""))
    outdated = photo.shown["card"]["webp"]["file"]
    photo.focal_x = 0.1
    photo.save()
    owed = photo.shown["card"]["jpeg"]["file"]
    PendingFile.objects.create(name="pictures/a.jpeg", digest="0" * 64, size=1, origin=owed)
    made_yesterday = time() - 25 * 60 * 60
    for path in (desk / RENDITIONS).rglob("*.*"):
        os.utime(path, (made_yesterday, made_yesterday))
    young = photo.shown["card"]["webp"]["file"]
    Photo.objects.filter(pk=photo.pk).update(shown={"renditions": [], "card": {}})
    made_lately = time() - 23 * 60 * 60
    os.utime(desk / young, (made_lately, made_lately))
    assert outdated in sweep().taken_away
    assert not (desk / outdated).exists()
    assert (desk / young).exists()
    assert (desk / owed).exists()


# Killed anywhere


def killed_at(number, work):
    """Do some work in a process of its own that is killed at the `number`-th thing that it does."""
    connections.close_all()  # a connection is nobody's but one process's
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)
    left = number

    def step(*_):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event, args):
        writes = (
            event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if writes or event in ("os.rename", "os.mkdir", "os.remove", "os.link"):
            step()

    def executed(execute, *args):
        step()
        return execute(*args)

    try:
        sys.addaudithook(audit)
        with connection.execute_wrapper(executed):
            work()
    finally:
        os._exit(0)


@whole_transactions
def test_a_publication_that_is_killed_leaves_nothing_torn_and_nothing_early(settings):
    cast = hire()
    pick, unharmed, published = Random(2026), 0, 0
    steps = 64
    for kill in range(KILLS):
        article = make_laden(cast, 5000 + kill)
        before = public_files()
        # The first runs find out how long the way is; later ones stop anywhere on it.
        at = steps if not unharmed else pick.randrange(1, steps)
        was_killed = killed_at(at, lambda story=article: publish(story, by=cast.editor))
        version = Article.objects.get(pk=article.pk).live_version
        if version is None:
            assert public_files() == before, at
        published += version is not None
        unharmed += not was_killed
        if not unharmed:
            steps = steps * 2
        sweep()
        assert list(torn_files()) == [], at
        assert staged_files(settings) == []
        assert not PendingFile.objects.exists()
    assert 0 < published < KILLS, "killed before the commit as well as after it"
    assert list(breaks()) == []
