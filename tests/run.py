"""Run the tests on every engine that is at hand, and say plainly which those were."""

import os
import shutil
import subprocess
import sys
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


def pytest(database: str, *args: str) -> bool:
    """Run pytest; a selection given on the command line may leave nothing to run on one leg."""
    chosen = sys.argv[1:]
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    environment |= {"ENV_FILE": os.devnull, "DATABASE_URL": database}
    command = [sys.executable, "-m", "pytest", *args, *chosen]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return done == 0 or (done == 5 and bool(chosen))


def main() -> int:
    sqlite, server = f"sqlite:///{ROOT / 'var' / 'tests.sqlite3'}", postgresql()
    chromium = shutil.which("chromium")
    legs = {
        "SQLite": sqlite and pytest(sqlite, "-m", "not browser"),
        "PostgreSQL": server and pytest(server, "-m", "not browser"),
        "Chromium": chromium and pytest(sqlite, "-m", "browser"),
        "seed story and schemas": SHARED.is_dir(),
    }
    print()
    for name, passed in legs.items():
        said = "passed" if passed else "FAILED" if passed is False else "LEFT OUT: not at hand"
        if name.startswith("seed"):
            said = "at hand" if passed else "LEFT OUT: set NEWSROOM_SHARED"
        print(f"{name:<24}{said}")
    failed = any(passed is False for name, passed in legs.items() if not name.startswith("seed"))
    incomplete = not all(legs.values())
    return int(failed or (incomplete and os.environ.get("CI") == "true"))


if __name__ == "__main__":
    sys.exit(main())
