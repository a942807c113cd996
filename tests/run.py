"""Run the tests on every engine that is at hand, and say plainly which those were."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("NEWSROOM_SHARED", ROOT.parent / "shared"))
# The tests' newsroom is not the one of this machine's environment.
EXAMPLE = (ROOT / ".env.example").read_text().splitlines()
SETTINGS = {line.lstrip("#").split("=")[0] for line in EXAMPLE if "=" in line}
LOCAL = ("postgres:///postgres", "postgres://postgres@127.0.0.1:5432/postgres")


def postgresql() -> str:
    """The address of a PostgreSQL server on which a test database can be made."""
    given = os.environ.get("DATABASE_URL", "")
    for address in (given, *LOCAL) if given.startswith("postgres") else LOCAL:
        try:
            server = psycopg2.connect(address, connect_timeout=3)
        except psycopg2.OperationalError:
            continue
        with server, server.cursor() as cursor:
            cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = user")
            row = cursor.fetchone()
        server.close()
        if row and row[0]:
            return address
    return ""


def checkers() -> bool:
    """Install the checkers of readers' pages that are no Python, where npm and Java are at hand."""
    npm = shutil.which("npm")
    if not (npm and shutil.which("node") and shutil.which("java")):
        return False
    folder = ROOT / "tests" / "checkers"
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime > lock.stat().st_mtime:
        return True
    ran = subprocess.run([npm, "ci", "--loglevel=error"], cwd=folder, check=False)
    return ran.returncode == 0


def environment(database: str) -> dict[str, str]:
    """That of a run of the tests: this machine's, without the settings of its newsroom."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return kept | {"ENV_FILE": os.devnull, "DATABASE_URL": database}


class Leg:
    """One run of pytest, begun at once; what it prints waits until it is asked how it went."""

    def __init__(self, database: str, selection: str, python: str = sys.executable) -> None:
        command = [python, "-m", "pytest", "-m", selection, *sys.argv[1:]]
        self.printed = tempfile.TemporaryFile()  # noqa: SIM115  (read once the leg has run)
        self.run = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(database),
            stdout=self.printed,
            stderr=subprocess.STDOUT,
        )

    def passed(self) -> bool:
        """Wait, print, and say. A selection on the command line may leave a leg nothing to run."""
        code = self.run.wait()
        self.printed.seek(0)
        print(self.printed.read().decode(errors="replace"), flush=True)
        return code == 0 or (code == 5 and len(sys.argv) > 1)


def drilled() -> bool:
    """A whole newsroom, and what may happen to it. A selection of tests leaves it out."""
    if len(sys.argv) > 1:
        return True
    return (
        subprocess.run([sys.executable, "-m", "tests.drills"], cwd=ROOT, check=False).returncode
        == 0
    )


def main() -> int:
    sqlite, server = f"sqlite:///{ROOT / 'var' / 'tests.sqlite3'}", postgresql()
    chromium = shutil.which("chromium")
    # The two engines at the same time; then the browser, which waits for nobody.
    on_sqlite = Leg(sqlite, "not browser")
    on_server = Leg(server, "database and not browser") if server else None
    at_hand = {
        "vnu and axe-core": (chromium and checkers(), "Chromium, node, npm and Java are needed"),
        "seed story and schemas": (SHARED.is_dir(), "set NEWSROOM_SHARED"),
    }
    legs = {
        "SQLite": on_sqlite.passed(),
        "PostgreSQL": on_server and on_server.passed(),
        "Chromium": chromium and Leg(sqlite, "browser").passed(),
        "Drills": drilled(),
    }
    print()
    for name, passed in legs.items():
        said = "passed" if passed else "FAILED" if passed is False else "LEFT OUT: not at hand"
        print(f"{name:<24}{said}")
    for name, (is_there, wanted) in at_hand.items():
        print(f"{name:<24}{'at hand' if is_there else f'LEFT OUT: {wanted}'}")
    failed = any(passed is False for passed in legs.values())
    incomplete = not all(legs.values()) or not all(is_there for is_there, _ in at_hand.values())
    return int(failed or (incomplete and os.environ.get("CI") == "true"))


if __name__ == "__main__":
    sys.exit(main())
