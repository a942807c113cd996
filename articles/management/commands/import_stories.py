from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.long_work import side_by_side, takes_processes, told
from articles.packages.importing import Importer, Outcome
from articles.packages.reading import Raw, count_packages, raw_packages
from articles.prepared.preparing import finish
from articles.prepared.relations import how_many_wait


class Command(BaseCommand):
    help = "Bring story packages (.json, or .jsonl with one a line) to the desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="USER", help="whose stories they will be")
        parser.add_argument(
            "--as-published",
            action="store_true",
            help="an archive: publish each with the times it gives; needs --by somebody allowed to",
        )
        parser.add_argument(
            "--match-sources",
            action="store_true",
            help="join sources that equal one on the desk, instead of making new ones",
        )
        takes_processes(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._user(options["by"])
        if options["as_published"] and by is None:
            raise CommandError("--as-published needs --by USER: somebody answers for the record.")
        how = How(by, options["as_published"], options["match_sources"])
        done: Counter[Outcome] = Counter()
        number = sum(map(count_packages, options["files"]))
        packages = chain.from_iterable(map(raw_packages, options["files"]))
        brought = side_by_side(partial(bring, how), packages, options["processes"])
        for each in told("packages", number, brought, self.stderr):
            for line in each.problems:
                self.stderr.write(line)
            done[each.outcome] += 1
        if options["as_published"]:
            waiting = how_many_wait()
            related = told("stories related to others", waiting, finish(), self.stderr, of=int)
            for _ in related:
                pass
        self.stdout.write(", ".join(f"{done[outcome]} {outcome}" for outcome in Outcome))
        if done[Outcome.IMPORTED] and by is None:
            self.stdout.write("They are nobody's yet: an editor can assign them, or use --by USER.")
        if done[Outcome.REFUSED]:
            raise CommandError(f"{done[Outcome.REFUSED]} packages were refused; see above.")

    def _user(self, username: str | None) -> Any:
        if not username:
            return None
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”.")
        return user


class How(NamedTuple):
    """For whom packages come in, and with what allowed."""

    by: Any
    as_published: bool
    match_sources: bool


class Brought(NamedTuple):
    """What became of a package, and a line for each of its problems."""

    outcome: Outcome
    problems: list[str]


def bring(how: How, raw: Raw) -> Brought:
    """Read a package and bring it to the desk."""
    packed = raw.read()
    if packed.unreadable:
        line = f"{packed.file}:{packed.first_line}: {packed.unreadable}"
        return Brought(Outcome.REFUSED, [line])
    # One for each package: its files are looked for beside it.
    importer = Importer(packed.file.parent, *how)
    outcome = importer.import_package(packed.content)
    lines = [f"{packed.where(problem)}: {problem.message}" for problem in importer.problems]
    return Brought(outcome, lines)
