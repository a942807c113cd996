"""From the commit before to this one, with readers all the while."""

import random
import shutil
import signal
import subprocess
import threading
import time

from tests.drills.site import ROOT, free_port, stop, until


def upgrade(site):
    """The old code serves; the new begins beside it and takes over; the old goes. Nobody sees a fault."""
    from articles.models import Version
    from tests.cast import hire
    from tests.factories import make_live

    git = shutil.which("git")
    before = site.folder / "before"
    if (
        not git
        or subprocess.run(
            [git, "worktree", "add", "--detach", str(before), "HEAD~1"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        ).returncode
    ):
        return "LEFT OUT: there is no commit before"
    try:
        cast = hire()
        for _ in range(5):
            make_live(cast.editor)
        paths = ["/", "/feed/", "/section/harbour/", "/search/?q=harbour"]
        paths += [version.get_absolute_url() for version in Version.objects.live()]
        # Where readers are sent, as a proxy's upstream says.
        upstream, ports = [free_port()], (free_port(),)
        old = site.serve(port=upstream[0], code=before)
        told, faults, is_over = [0], [], threading.Event()

        def reading(seed):
            pick = random.Random(seed)
            while not is_over.is_set():
                path = pick.choice(paths)
                answer = site.get(path, port=upstream[0])
                told[0] += 1
                if answer is None or answer[0] != 200:
                    faults.append((path, answer and answer[0]))

        readers = [threading.Thread(target=reading, args=[seed]) for seed in range(3)]
        for reader in readers:
            reader.start()
        time.sleep(2)
        site.serve(port=ports[0])
        upstream[0] = ports[0]
        time.sleep(1)  # what was on its way
        stop(old, signal.SIGTERM)
        make_live(cast.editor, headline="After the upgrade")
        until(lambda: b"After the upgrade" in site.get("/", port=ports[0])[2], "it is on the front")
        time.sleep(2)
        is_over.set()
        for reader in readers:
            reader.join()
        assert not faults, faults[:5]
        return f"{told[0]} pages read from the commit before to this one, 0 errors"
    finally:
        subprocess.run([git, "worktree", "remove", "--force", str(before)], cwd=ROOT, check=False)
