"""Whatever is killed, and whatever disk is full: no page is torn, and none older than its story."""

import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from io import StringIO

from tests.drills.site import stop, until
from tests.drills.thorough import THOROUGH

KILLS = 100 if THOROUGH else 6


def kills(site):
    """The server, the worker and whoever publishes, each killed in the middle of it, with readers all the while."""
    from tests.cast import hire

    hire()
    pick = random.Random(2026)
    running = {"server": site.serve(), "worker": site.work(), "actor": _actor(site, 0)}
    until(lambda: running["actor"].stdout.readline().startswith(b"done"), "a story is published")
    killed, read, faults = dict.fromkeys(running, 0), [0], []
    with _readers(site, read, faults):
        for number in range(1, KILLS + 1):
            victim = pick.choice(list(running))
            time.sleep(pick.uniform(0.02, 0.6))
            assert running[victim].poll() is None, f"the {victim} ended by itself"
            stop(running[victim])
            killed[victim] += 1
            begin = {"server": site.serve, "worker": site.work}.get(victim)
            running[victim] = begin() if begin else _actor(site, number)
            if number % 10 == 0 or number == KILLS:
                stop(running["actor"])
                compared = _settled(site)
                running["actor"] = _actor(site, 1000 + number)
    assert not faults, faults[:5]
    return (
        f"{killed} killed; {read[0]} pages read, 0 faults; of {compared} addresses 0 stale, 0 torn"
    )


def _actor(site, seed):
    actor = site.start(sys.executable, "-m", "tests.drills.act", str(seed))
    assert actor.stdout.readline() == b"ready\n"
    # What it says is read, or the pipe fills and it stands still.
    if seed:
        threading.Thread(target=lambda: list(actor.stdout), daemon=True).start()
    return actor


@contextmanager
def _readers(site, read, faults):
    """Somebody reads whatever is public; a server that was killed is no fault of a page."""
    is_over = threading.Event()

    def reading():
        pick = random.Random(1)
        while not is_over.is_set():
            for path in pick.sample(
                ("/", "/section/harbour/", "/tag/ice/", "/feed/", "/corrections/"), 3
            ):
                answer = site.get(path)
                if answer is None:
                    time.sleep(0.05)
                    continue
                read[0] += 1
                status, _, body = answer
                whole = body.rstrip().endswith((b"</html>", b"</feed>"))
                # A tag and a section are there once a story stands under them.
                if status not in (200, 404) or not whole:
                    faults.append((path, status, body[-80:]))

    reader = threading.Thread(target=reading)
    reader.start()
    yield
    is_over.set()
    reader.join()


def _settled(site):
    """Once the worker has nothing left: every page as it is sent, beside the same page drawn now."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from articles.kept.working_off import work_off
    from articles.models import PendingFile, Version
    from articles.prepared.relations import how_many_wait

    # As a connection sees it that begins now.
    connection.close()
    until(lambda: not how_many_wait() and not PendingFile.objects.exists(), "all is worked off")
    until(lambda: work_off() == 0, "nothing is left to be dropped")
    time.sleep(0.5)  # what a server may still be drawing
    client = Client(HTTP_HOST=f"127.0.0.1:{site.port}")
    live = list(Version.objects.live())
    paths = ["/", "/feed/", "/feed/rss/", "/corrections/", "/tag/ice/", "/tag/ships/", "/archive/"]
    paths += ["/section/harbour/", "/sitemap-pages.xml", "/by/maren-okafor/"]
    for version in live:
        url = version.get_absolute_url()
        paths += [
            url,
            version.get_history_url(),
            version.get_notebook_url(),
            version.get_ninjs_url(),
        ]
    for path in paths:
        status, _, body = site.get(path, **{"Accept-Encoding": random.choice(["gzip", "identity"])})
        drawn = client.get(path)
        assert (status, body) == (drawn.status_code, drawn.content), (
            f"{path} is older than its story"
        )
    call_command("verify_versions", stdout=StringIO())
    return len(paths)


STEP = 16 * 1024  # bytes, by which there is more room each time


def full_disk(site):
    """A disk that is full at each of the writes on the way to a publication."""
    from django.core.management import call_command
    from django.test import Client

    from articles.models import Article, Photo
    from articles.publishing.door import publish
    from articles.publishing.workflow import MoveRefused
    from tests.cast import hire
    from tests.factories import approve, make_article

    cast, desk = hire(), Client(HTTP_HOST=f"127.0.0.1:{site.port}")
    desk.force_login(cast.editor)
    disks = [site.folder / "media", site.folder / "pages"]
    for disk in disks:
        disk.mkdir(exist_ok=True)
        mounted = subprocess.run(
            [shutil.which("mount") or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        )
        if mounted.returncode:
            return "LEFT OUT: this user may not mount a small disk"
    try:
        refused = {"upload": 0, "publication": 0}
        server = site.serve()
        done = 0
        for room in range(40 if THOROUGH else 12):
            with _filled(disks, room * STEP):
                photo = _uploaded(desk)
                refused["upload"] += photo is None
                before = Photo.objects.count()
                article = approve(make_article(lead_photo=photo, slug=f"full-{room}"), cast.editor)
                try:
                    publish(article, by=cast.editor)
                    done += 1
                except (MoveRefused, OSError):
                    refused["publication"] += 1
                    assert Article.objects.get(pk=article.pk).live_version is None
                status, _, body = site.get("/")
                assert status == 200, "readers are served whatever is full"
                assert body.rstrip().endswith(b"</html>")
            assert Photo.objects.count() == before
            call_command("sweep_files", stdout=StringIO())
            call_command("verify_versions", stdout=StringIO())
        stop(server, signal.SIGTERM)
        assert done, "with room, a story is published"
        return f"{refused} refused, {done} published, nothing half-written"
    finally:
        for disk in disks:
            subprocess.run([shutil.which("umount") or "umount", "-l", str(disk)], check=False)


def _uploaded(desk):
    """A photo, brought as at the desk; None where there was no room, which the page has to say."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from articles.models import Photo
    from tests.factories import make_image

    file = SimpleUploadedFile("ice.jpg", make_image().read(), "image/jpeg")
    sent = {"file": file, "alt": "Ice", "credit": "B. Lind", "focal_x": "0.5", "focal_y": "0.5"}
    answer = desk.post(reverse("admin:articles_photo_add"), sent)
    if answer.status_code == 302:
        return Photo.objects.latest("pk")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "could not keep the file" in page
    assert "B. Lind" in page, "what was typed is still there"
    return None


@contextmanager
def _filled(disks, room):
    """So many bytes of room are left on each."""
    fillers = []
    for disk in disks:
        filler = disk / "filler"
        try:
            with filler.open("wb") as file:
                while True:
                    file.write(b"\0" * 4096)
                    file.flush()
        except OSError:
            pass
        size = filler.stat().st_size
        with filler.open("r+b") as file:
            file.truncate(max(0, size - room))
        fillers.append(filler)
    yield
    for filler in fillers:
        filler.unlink()
