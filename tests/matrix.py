"""Run the tests on each supported Python that is at hand, with the newest of all that it takes."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from run import ROOT, Leg

PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
CLASSIFIER = "Programming Language :: Python :: 3."


def supported() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [each.split()[-1] for each in project["classifiers"] if each.startswith(CLASSIFIER)]


def interpreter(version: str) -> str:
    """The first that runs: a name on the path may be a mere shim of pyenv's."""
    candidates = [f"python{version}", *map(str, PYENV.glob(f"{version}.*/bin/python"))]
    says = "import sys; print('%d.%d' % sys.version_info[:2])"
    for candidate in filter(shutil.which, candidates):
        ran = subprocess.run([candidate, "-c", says], capture_output=True, text=True, check=False)
        if ran.stdout.strip() == version:
            return candidate
    return ""


def environment(folder: str, python: str) -> str:
    """Its interpreter, newly resolved from the ranges of pyproject; not the pins of `make lock`."""
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--python", python, folder], check=True)
    made = str(Path(folder) / "bin" / "python")
    project = ["--editable", f"{ROOT}[dev]"]
    subprocess.run([*uv, "pip", "install", "--upgrade", "--python", made, *project], check=True)
    return made


def outcome(version: str) -> str:
    """What the line about a Python says, after its tests have run."""
    found = interpreter(version)
    if not found:
        return "LEFT OUT: not at hand"
    with tempfile.TemporaryDirectory(prefix=f"python{version}-") as folder:
        try:
            python = environment(folder, found)
        except subprocess.CalledProcessError:
            return "FAILED: what it needs does not install"
        asked = [python, "-m", "django", "--version"]
        django = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        print(f"Python {version}, Django {django}", flush=True)
        leg = Leg(f"sqlite:///{ROOT / 'var' / 'tests.sqlite3'}", "not browser", python)
        return f"Django {django:<9}{'passed' if leg.passed() else 'FAILED'}"


def main() -> int:
    os.environ.pop("THOROUGH", None)  # the long forms are the same on each
    outcomes = {version: outcome(version) for version in supported()}
    for version, said in outcomes.items():
        print(f"Python {version:<9}{said}")
    has_passed = any("passed" in said for said in outcomes.values())
    return int(not has_passed or any("FAILED" in said for said in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
