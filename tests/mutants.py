"""Change the code a little, many times, and see whether a test notices: a sample, by a seed.

`make mutants` takes MODULES (paths; `*` stands for any name), SAMPLE, SEED and TESTS. The changes are the
operators of cosmic-ray. A mutant is tried by the tests that run the line it changes, the fastest first,
in a copy of the tree. What lives is printed; a share killed of less than 90 % fails. A mutant that may
live stands in `tests/mutants.txt`, with the reason, and is not counted.
"""

import argparse
import ast
import hashlib
import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from mutant_runs import HUNG, KILLED, LIVES
from run import ROOT, SHARED, environment

ENOUGH = 0.9
WORKERS = os.cpu_count() or 1
AT_ONCE = 25  # mutants that one loaded process tries
BUDGET = 40  # seconds of tests for a mutant
LONGEST = 600  # seconds for a process that loads a mutant which changes more than functions
# Whether two equal strings or members of an Enum are one object is the interpreter's affair.
IDENTITY = ("Is_Eq", "IsNot_NotEq", "Eq_Is", "NotEq_IsNot")


class Mutant(NamedTuple):
    module: str
    operator: str
    place: tuple[int, int]  # line and column
    source: str  # of the whole module
    line: str  # the changed one

    def __str__(self) -> str:
        operator = self.operator.removeprefix("core/")
        return f"{self.module}:{self.place[0]}  {operator}\n    {self.line}"


# Which mutants


@cache
def source_of(module: str) -> str:
    """As it was when the run began: the checkout may go on changing."""
    return (ROOT / module).read_text()


def sample(modules: list[str], size: int, seed: int) -> list[Mutant]:
    """That many mutants of all that there are, as the seed draws them."""
    drawn: list[Mutant] = []
    candidates = [each for module in modules for each in candidates_in(module)]
    random.Random(seed).shuffle(candidates)
    for candidate in candidates:
        if len(drawn) == size:
            break
        drawn += made(*candidate)
    return drawn


def candidates_in(module: str) -> Iterator[tuple[str, str, int, tuple[int, int]]]:
    tree = get_ast(source_of(module))
    for name in operator_names():
        operator = get_operator(name)
        if not operator.arguments() and not name.endswith(IDENTITY):
            places = (p for node in ast_nodes(tree) for p in operator().mutation_positions(node))
            for occurrence, (start, _) in enumerate(places):
                yield module, name, occurrence, start


def made(module: str, name: str, occurrence: int, place: tuple[int, int]) -> list[Mutant]:
    """The mutant; none, if it is no Python, or Python that says the same."""
    source = source_of(module)
    changed = mutate_code(source, get_operator(name)(), occurrence)
    try:
        if meaning(changed) == meaning(source):
            return []
    except SyntaxError:
        return []
    lines = zip(changed.splitlines(), source.splitlines(), strict=False)
    line = next(new for new, old in lines if new != old).strip()
    return [Mutant(module, name, place, changed, line)]


def meaning(source: str) -> str:
    """A source without what mypy sees to: annotations, and which arguments are given by name."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if getattr(node, name, None):
                setattr(node, name, ast.Constant(None))
        if isinstance(node, ast.arguments):
            node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
            node.defaults += filter(None, node.kw_defaults)
            node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
    return ast.dump(tree)


def may_live() -> set[tuple[str, str]]:
    """Mutants that change nothing that matters: modules and changed lines of `tests/mutants.txt`."""
    entries = (ROOT / "tests" / "mutants.txt").read_text().split("\n\n")[1:]
    return {tuple(entry.strip().split("\n")[0].split(": ", 1)) for entry in entries}


# Which tests


def tests_of(mutant: Mutant, measures: list[dict]) -> dict[str, float]:
    """The tests that run the changed statement, or else what stands around it.

    The fastest first, but each file of tests has its turn: neighbours notice much the same.
    """
    seconds = {test: took for each in measures for test, took in each["seconds"].items()}
    failed = {test for each in measures for test in each["failed"]}
    by_line: dict[int, set[str]] = {}
    for each in measures:
        for line, tests in each["lines"][mutant.module].items():
            by_line.setdefault(int(line), set()).update(tests)
    found: set[str] = set()
    for first, last in spans(mutant):
        found = set().union(*(by_line.get(line, ()) for line in range(first, last + 1)))
        if found := found & set(seconds) - failed:
            break
    turns: dict[str, tuple[int, float]] = {}
    in_file: Counter[str] = Counter()
    for test in sorted(found, key=seconds.__getitem__):
        file = test.split("::")[0]
        turns[test] = (in_file[file], seconds[test])
        in_file[file] += 1
    chosen, spent = {}, 0.0
    for test in sorted(found, key=turns.__getitem__):
        spent += seconds[test]
        if chosen and spent > BUDGET:
            break
        chosen[test] = seconds[test]
    return chosen


def spans(mutant: Mutant) -> list[tuple[int, int]]:
    """First and last lines of the statements around the change, from the innermost to the module."""
    source = source_of(mutant.module)
    around = [
        (min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))]), end)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and (end := node.end_lineno)
    ]
    inside = [(first, end) for first, end in around if first <= mutant.place[0] <= end]
    return [*reversed(inside), (1, source.count("\n") + 1)]


def is_in_function(mutant: Mutant) -> bool:
    bodies = [
        each
        for node in ast.walk(ast.parse(source_of(mutant.module)))
        if isinstance(node, ast.FunctionDef | ast.Lambda)
        for each in (node.body if isinstance(node.body, list) else [node.body])
    ]
    return any(
        (each.lineno, each.col_offset) <= mutant.place < (each.end_lineno, each.end_col_offset)
        for each in bodies
    )


# Running them


class Copies:
    """A copy of the tree for each worker, and in each pytest with a job."""

    def __init__(self, folder: Path) -> None:
        self.free: queue.Queue[Path] = queue.Queue()
        digest = hashlib.sha256()
        listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        copies = [folder / str(number) / "newsroom" for number in range(WORKERS)]
        for file in filter(None, files.split("\n")):
            if (ROOT / file).is_file():
                if not file.startswith("tests/mutant"):
                    digest.update(file.encode() + (ROOT / file).read_bytes())
                for copy in copies:
                    (copy / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(ROOT / file, copy / file)
        for copy in copies:
            self.free.put(copy)
        self.digest = digest.hexdigest()[:16]

    def run(self, job: dict, tests: list[str], fresh: Mutant | None = None):
        """The result of a job; None if pytest came to none, as happens to what cannot be loaded."""
        copy = self.free.get()
        try:
            if fresh:
                (copy / fresh.module).write_text(fresh.source)
            return self._run(copy, job, tests, is_changed=fresh is not None)
        finally:
            if fresh:
                (copy / fresh.module).write_text(source_of(fresh.module))
            self.free.put(copy)

    def _run(self, copy: Path, job: dict, tests: list[str], *, is_changed: bool):
        path = copy.parent / "job.json"
        result = path.with_suffix(".result")
        result.unlink(missing_ok=True)
        path.write_text(json.dumps(job))
        given = environment(f"sqlite:///{copy.parent / 'unused.sqlite3'}") | {
            "MUTANTS_JOB": str(path),
            "NEWSROOM_SHARED": str(SHARED),
            "PYTHONDONTWRITEBYTECODE": "1" if is_changed else "",
            "TEST_DATABASE": str(copy.parent / "test.sqlite3"),
        }
        options = [
            "-s",
            "-m",
            "not browser",
            "-p",
            "tests.mutant_runs",
            "--reuse-db",
            "--no-header",
        ]
        options += ["-o", "tmp_path_retention_policy=none", f"--basetemp={copy.parent / 'temp'}"]
        command = [sys.executable, "-m", "pytest", *options, *tests]
        log_file = copy.parent / "log"
        with log_file.open("w") as log:
            try:
                subprocess.run(
                    command,
                    cwd=copy,
                    env=given,
                    stdout=log,
                    stderr=log,
                    timeout=LONGEST if is_changed else None,
                )
            except subprocess.TimeoutExpired:
                return None
        told = json.loads(result.read_text()) if result.exists() else None
        if told is None and not is_changed:
            raise SystemExit(f"The tests fail without a mutant.\n{log_file.read_text()[-5000:]}")
        return told


def measure(copies: Copies, modules: list[str], tests: list[str]) -> list[dict]:
    """What the tests run. It is kept in `var/`, and holds for the same modules, tests and tree."""
    asked = hashlib.sha256(json.dumps([copies.digest, modules, tests]).encode()).hexdigest()
    kept = ROOT / "var" / "mutants" / f"{asked[:16]}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    jobs = [{"part": (part, WORKERS), "modules": modules} for part in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        measures = list(pool.map(lambda job: copies.run(job, tests), jobs))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(measures))
    return measures


def jobs(mutants: dict[Mutant, dict[str, float]]) -> Iterator[tuple[list[Mutant], bool]]:
    """What one process tries, and whether it has to load it: that is one, of functions are many."""
    inside = [mutant for mutant in mutants if is_in_function(mutant)]
    yield from ((inside[at : at + AT_ONCE], False) for at in range(0, len(inside), AT_ONCE))
    yield from (([mutant], True) for mutant in mutants if mutant not in inside)


def tried(copies: Copies, mutants: dict[Mutant, dict[str, float]]) -> Iterator[tuple[Mutant, int]]:
    """Each mutant with what became of it, as it is known."""

    def run(tried: list[Mutant], is_fresh: bool) -> list[tuple[Mutant, int]]:
        told = [
            {"module": m.module, "source": "" if is_fresh else m.source, "tests": mutants[m]}
            for m in tried
        ]
        files = sorted({test.split("::")[0] for mutant in tried for test in mutants[mutant]})
        job = {"mutants": told} if is_fresh else {"mutants": told, "control": mutants[tried[0]]}
        codes = copies.run(job, files, tried[0] if is_fresh else None)
        return list(zip(tried, codes or [KILLED], strict=True))

    pool = ThreadPoolExecutor(WORKERS)
    try:
        for job in as_completed([pool.submit(run, *each) for each in jobs(mutants)]):
            yield from job.result()
    finally:
        pool.shutdown(cancel_futures=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("modules", nargs="+")
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=["tests"])
    asked = parser.parse_args()
    drawn = sample(asked.modules, asked.sample, asked.seed)
    counted = [each for each in drawn if (each.module, each.line) not in may_live()]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copies = Copies(Path(folder))
        measures = measure(copies, asked.modules, asked.tests)
        for test in (test for each in measures for test in each["failed"]):
            print(f"fails without a mutant, and is left out: {test}")
        print(f"{len(counted)} mutants; measured in {time.monotonic() - begun:.0f} s", flush=True)
        begun, lived, hung, done = time.monotonic(), 0, 0, 0
        tests = {mutant: tests_of(mutant, measures) for mutant in counted}
        for mutant, code in tried(copies, tests):
            done, hung = done + 1, hung + (code == HUNG)
            if code not in (KILLED, HUNG):
                lived += 1
                became = "lives" if code == LIVES else "cannot be tried"
                print(f"{done:4}  {became} ({len(tests[mutant])} tests): {mutant}", flush=True)
    killed = 1 - lived / (len(counted) or 1)
    print(
        f"{len(counted) - lived} of {len(counted)} killed, {killed:.1%} ({hung} by hanging); "
        f"{len(drawn) - len(counted)} that may live were drawn, too. "
        f"{(time.monotonic() - begun) / (len(counted) or 1):.1f} s for each."
    )
    return int(killed < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
