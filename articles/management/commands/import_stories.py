from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.packages.importing import Importer, Outcome
from articles.packages.reading import Packed, count_packages, read_packages
from articles.prepared.preparing import finish
from articles.prepared.relations import how_many_wait

PROGRESS_SECONDS = 5
T = TypeVar("T")


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

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._user(options["by"])
        if options["as_published"] and by is None:
            raise CommandError("--as-published needs --by USER: somebody answers for the record.")
        done: Counter[Outcome] = Counter()
        number = sum(map(count_packages, options["files"]))
        for packed in self._told("packages", number, self._packages(options["files"])):
            # One for each package: its files are looked for beside it.
            importer = Importer(
                packed.file.parent, by, options["as_published"], options["match_sources"]
            )
            done[self._bring(packed, importer)] += 1
        if options["as_published"]:
            for _ in self._told("stories related to others", how_many_wait(), finish()):
                pass
        self.stdout.write(", ".join(f"{done[outcome]} {outcome}" for outcome in Outcome))
        if done[Outcome.IMPORTED] and by is None:
            self.stdout.write("They are nobody's yet: an editor can assign them, or use --by USER.")
        if done[Outcome.REFUSED]:
            raise CommandError(f"{done[Outcome.REFUSED]} packages were refused; see above.")

    def _told(self, what: str, number: int, each: Iterable[T]) -> Iterator[T]:
        """Each of them, with a line now and then of how many are done and how long the rest will take."""
        began = reported = time.monotonic()
        for done, one in enumerate(each):
            if time.monotonic() - reported > PROGRESS_SECONDS:
                reported = time.monotonic()
                rate = done / (reported - began)
                left = timedelta(seconds=round(max(0, number - done) / rate)) if rate else "?"
                self.stderr.write(f"{done} of {number} {what}, {rate:.0f} a second, {left} left")
            yield one

    def _user(self, username: str | None) -> Any:
        if not username:
            return None
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”.")
        return user

    def _packages(self, files: list[Path]) -> Iterator[Packed]:
        for file in files:
            yield from read_packages(file)

    def _bring(self, packed: Packed, importer: Importer) -> Outcome:
        if packed.unreadable:
            self.stderr.write(f"{packed.file}:{packed.first_line}: {packed.unreadable}")
            return Outcome.REFUSED
        outcome = importer.import_package(packed.content)
        for problem in importer.problems:
            self.stderr.write(f"{packed.where(problem)}: {problem.message}")
        return outcome
