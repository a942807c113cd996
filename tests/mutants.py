"""Change the code a little, many times, and see whether a test notices: a sample, by a seed.

`make mutants` takes MODULES (paths; `*` stands for any name), SAMPLE, SEED and TESTS. The changes are the
operators of cosmic-ray. A mutant is tried in a copy of the tree, the fastest tests first: by those that
run the line it changes or, of what is run while a module is loaded, by those that have to do with it. What
lives is printed; a share killed of less than 90 % fails. A mutant that may live stands in
`tests/mutants.txt`, with the reason, and is not counted.
"""

import argparse
import ast
import hashlib
import json
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from mutant_runs import HUNG, KILLED, LIVES
from run import ROOT, SHARED, environment

APPS = ("articles", "newsroom", "sources")
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
def text_of(file: str) -> str:
    """As it was when the run began: the checkout may go on changing."""
    return (ROOT / file).read_text()


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
    tree = get_ast(text_of(module))
    for name in operator_names():
        operator = get_operator(name)
        if not operator.arguments() and not name.endswith(IDENTITY):
            places = (p for node in ast_nodes(tree) for p in operator().mutation_positions(node))
            for occurrence, (start, _) in enumerate(places):
                yield module, name, occurrence, start


def made(module: str, name: str, occurrence: int, place: tuple[int, int]) -> list[Mutant]:
    """The mutant; none, if it is no Python, or Python that says the same."""
    source = text_of(module)
    changed = mutate_code(source, get_operator(name)(), occurrence)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "error", SyntaxWarning
            )  # as of what is held against a literal by `is`
            compile(changed, module, "exec", dont_inherit=True)
    except SyntaxError:
        return []
    if meaning(changed) == meaning(source):
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


class Runs:
    """What the tests ran when nothing was changed, and how long each took; without those that failed."""

    def __init__(self, measures: list[dict]) -> None:
        failed = {test for each in measures for test in each["failed"]}
        took = {test: seconds for each in measures for test, seconds in each["seconds"].items()}
        self.seconds = {test: took[test] for test in sorted(took.keys() - failed)}
        self.by_line: dict[tuple[str, int], set[str]] = {}
        for module, lines in (pair for each in measures for pair in each["lines"].items()):
            for line, tests in lines.items():
                ran = self.by_line.setdefault((module, int(line)), set())
                ran.update(self.seconds.keys() & tests)

    def of(self, module: str, lines: range) -> set[str]:
        return set().union(*(self.by_line.get((module, line), ()) for line in lines))


def tests_of(mutant: Mutant, runs: Runs) -> dict[str, float]:
    """The tests that run the changed line, or else what stands around it.

    The cases of one test notice much the same: each test has its share of the time, the fastest go
    first. Of what is run while a module is loaded no line tells who reads it: then those go before
    all others that speak of it, or are about a module that does.
    """
    found = next(filter(None, (runs.of(mutant.module, lines) for lines in spans(mutant))), set())
    words, about = set(), set()
    if is_loaded(mutant, runs):
        words, modules = words_of(mutant), [mutant.module, *readers_of(mutant.line)]
        about = {test for test in runs.seconds if is_about(test.split("::")[0], modules)}
    turns: dict[str, tuple[int, float]] = {}
    taken: Counter[str] = Counter()
    for test in sorted(found | about, key=runs.seconds.__getitem__):
        function = test.split("[")[0]
        nearness = (test in about) + any(word in test.lower() for word in words)
        taken[function] += runs.seconds[test]
        turns[test] = (-nearness, taken[function])
    chosen, spent = {}, 0.0
    for test in sorted(turns, key=turns.__getitem__):
        spent += runs.seconds[test]
        if chosen and spent > BUDGET:
            break
        chosen[test] = runs.seconds[test]
    return chosen


def is_loaded(mutant: Mutant, runs: Runs) -> bool:
    """Is it run while its module is loaded, and in no test?"""
    statement = spans(mutant)[1]
    return not (is_in_function(mutant) and runs.of(mutant.module, statement))


def is_about(file: str, modules: list[str]) -> bool:
    """Does a file of tests import from one of these modules, or one of them?"""
    text = text_of(file)
    for module in modules:
        *package, name = Path(module).with_suffix("").parts
        if any(f"{'.'.join(package)}{between}{name}" in text for between in (".", " import ")):
            return True
    return False


@cache
def readers_of(line: str) -> list[str]:
    """The modules that read something of an object which this line names."""
    names = "|".join(re.findall(r"[a-z_]{4,}", line)) or "nothing"
    paths = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    files = [path.relative_to(ROOT).as_posix() for path in paths]
    return [file for file in files if re.search(rf"\.(?:{names})\b(?!\()", text_of(file))]


@cache
def nodes_of(module: str) -> list[ast.AST]:
    return [node for node in ast.walk(ast.parse(text_of(module))) if hasattr(node, "lineno")]


def spans(mutant: Mutant) -> list[range]:
    """The changed line, and those of the statements around it, from the innermost to the module."""
    around = [
        range(min(each.lineno for each in (node, *getattr(node, "decorator_list", ()))), end + 1)
        for node in nodes_of(mutant.module)
        if isinstance(node, ast.stmt) and (end := node.end_lineno)
    ]
    line, _ = mutant.place
    inside = [lines for lines in around if line in lines]
    return [range(line, line + 1), *reversed(inside), range(text_of(mutant.module).count("\n") + 2)]


def words_of(mutant: Mutant) -> set[str]:
    """What the row of a table, or the call, says in which the change stands: its names and texts."""
    line, column = mutant.place
    place = (line, column + 1)  # behind the @ of a decorator, which stands in no node
    around = [node for node in nodes_of(mutant.module) if contains(node, place)]
    row = next(filter(lambda node: isinstance(node, ast.Call | ast.stmt), reversed(around)), None)
    inside = ast.walk(row) if row else ()
    words = {getattr(node, "attr", getattr(node, "value", "")) for node in inside}
    return {word.lower() for word in words if isinstance(word, str) and len(word) > 3}


def is_in_function(mutant: Mutant) -> bool:
    return any(
        contains(each, mutant.place)
        for node in nodes_of(mutant.module)
        if isinstance(node, ast.FunctionDef | ast.Lambda)
        for each in (node.body if isinstance(node.body, list) else [node.body])
    )


def contains(node: ast.AST, place: tuple[int, int]) -> bool:
    return (node.lineno, node.col_offset) <= place < (node.end_lineno, node.end_col_offset)


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
                (copy / fresh.module).write_text(text_of(fresh.module))
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
            # Tests with transactions of their own leave it without the seal.
            "--reuse-db" if "mutants" in job else "--create-db",
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
                (copy.parent / "test.sqlite3").unlink(missing_ok=True)  # whatever was left in it
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


def jobs(mutants: Iterable[Mutant], runs: Runs) -> Iterator[tuple[list[Mutant], bool]]:
    """What one process tries, and whether it has to load it: that is one, of functions are many."""
    loaded = [mutant for mutant in mutants if is_loaded(mutant, runs)]
    inside = [mutant for mutant in mutants if mutant not in loaded]
    yield from ((inside[at : at + AT_ONCE], False) for at in range(0, len(inside), AT_ONCE))
    yield from (([mutant], True) for mutant in loaded)


def tried(
    copies: Copies, mutants: dict[Mutant, dict[str, float]], runs: Runs
) -> Iterator[tuple[Mutant, int]]:
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
        for job in as_completed([pool.submit(run, *each) for each in jobs(mutants, runs)]):
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
        runs = Runs(measures)
        tests = {mutant: tests_of(mutant, runs) for mutant in counted}
        for mutant, code in tried(copies, tests, runs):
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
