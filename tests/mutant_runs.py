"""A plugin of pytest for `tests/mutants.py`: which tests run which line, and which mutants they notice.

Loading the newsroom takes longer than most tests. It is loaded once, and the process forks for each
mutant: the child puts the mutant's code into the functions that are there. What a mutant changes outside
of functions, as in a row of a table, has to stand in the file before that is loaded, by a process of
its own.
"""

import gc
import json
import os
import signal
import time
import traceback
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType

import coverage
from django.db import connection, connections

LIVES, KILLED, HUNG, UNTRIED = 0, 1, -signal.SIGALRM, 3
PATIENCE = 10  # seconds, and as many times what a test takes, until it counts as hung


def pytest_runtestloop(session):
    path = Path(os.environ["MUTANTS_JOB"])
    job = json.loads(path.read_text())
    if "mutants" in job:
        result = codes(job, session)
    else:
        part, parts = job["part"]
        result = measured(session, session.items[part::parts], job["modules"])
    path.with_suffix(".result").write_text(json.dumps(result))
    return True


def pytest_runtest_logreport(report):
    if report.failed:
        print(report.nodeid, report.longreprtext, sep="\n", flush=True)


def measured(session, items, modules):
    """Of each test how long it takes, whether it passes, and which lines of functions it runs."""
    meter = coverage.Coverage(data_file=None, config_file=False, include=modules)
    seconds, failed = {}, []
    meter.start()
    for item, following in pairwise([*items, None]):
        meter.switch_context(item.nodeid)
        begun, failures = time.monotonic(), session.testsfailed
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        seconds[item.nodeid] = time.monotonic() - begun
        if session.testsfailed > failures:
            failed.append(item.nodeid)
    meter.stop()
    lines_of = meter.get_data().contexts_by_lineno
    lines = {module: lines_of(str(Path(module).resolve())) for module in modules}
    return {"seconds": seconds, "failed": failed, "lines": lines}


def codes(job, session):
    """What became of each mutant; nothing, if the tests fail where nothing is changed."""
    prepare(session)
    database = Path(connection.settings_dict["NAME"])
    untouched = database.read_bytes() if database.exists() else b""

    def code(mutant):
        restore(database, untouched)
        return tried(mutant, session)

    if "control" in job and code({"source": "", "tests": job["control"]}) != LIVES:
        return None
    found = [code(mutant) for mutant in job["mutants"]]
    restore(database, untouched)
    return found


def prepare(session):
    """Run one test with a database, so that the database is there in every child.

    That the session comes next, as if it were a test, leaves what is set up for the session.
    """
    for item in [each for each in session.items if "db" in each.fixturenames][:1]:
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
    connections.close_all()


def restore(database, untouched):
    for left in database.parent.glob(f"{database.name}-*"):
        left.unlink()
    if untouched:
        database.write_bytes(untouched)


def tried(mutant, session):
    """Try a mutant in a child, which says by its exit code what became of it."""
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    try:
        if mutant["source"]:
            put_in(mutant["module"], mutant["source"])
        by_id = {item.nodeid: item for item in session.items}
        # A changed table may have taken cases away.
        there = [by_id[test] for test in mutant["tests"] if test in by_id]
        chosen = sorted(there, key=lifts_the_triggers)
        for item, following in pairwise([*chosen, session]):
            signal.setitimer(signal.ITIMER_REAL, PATIENCE * (1 + mutant["tests"][item.nodeid]))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                os._exit(KILLED)
        os._exit(KILLED if session.testsfailed else LIVES)
    except BaseException:
        traceback.print_exc()
        os._exit(UNTRIED)


def lifts_the_triggers(item):
    """Does the test empty the tables after it? None that needs the record's triggers may follow."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def put_in(module, source):
    """Give the functions of a loaded module the code that they have in another source of it."""
    path = str(Path(module).resolve())
    found = {key(code): code for code in codes_in(compile(source, path, "exec", dont_inherit=True))}
    for function in gc.get_objects():
        # Not isinstance(), which a lazy object answers by being made.
        if type(function) is FunctionType and function.__code__.co_filename == path:
            function.__code__ = found[key(function.__code__)]


def codes_in(code) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes_in(each)


def key(code):
    return code.co_qualname, code.co_firstlineno
