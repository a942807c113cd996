"""`python -m tests.drills [NAME…]`: see the package."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.drills import away, killed, odd, shared, upgraded
from tests.drills.line import Line
from tests.drills.site import Site
from tests.run import postgresql

DRILLS = {
    "kills": killed.kills,
    "full": killed.full_disk,
    "due": shared.due,
    "odd": odd.requests,
    "away": away.database_away,
    "upgrade": upgraded.upgrade,
}


def main() -> None:
    names = sys.argv[1:] or list(DRILLS)
    if len(names) > 1:
        # Each in a process of its own: a newsroom is the whole of one.
        alone = [subprocess.run([sys.executable, "-m", "tests.drills", name]) for name in names]
        sys.exit(any(each.returncode for each in alone))
    server = postgresql()
    line = Line(server) if names == ["away"] and server else None
    folder = Path(tempfile.mkdtemp(prefix="newsroom-drill-"))
    try:
        with Site(folder, line.address if line else server) as site:
            site.line = line
            print(f"{names[0]}: {DRILLS[names[0]](site)}", flush=True)
    except (AssertionError, TimeoutError):
        said = [
            line for line in (folder / "log").read_text().splitlines() if "Not Found" not in line
        ]
        print("what its processes said last:", *said[-40:], sep="\n", flush=True)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
