from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.packages.importing import Importer, Outcome
from articles.packages.reading import Packed, read_packages

PROGRESS_SECONDS = 5


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
        began = reported = time.monotonic()
        for packed in self._packages(options["files"]):
            # One for each package: its files are looked for beside it.
            importer = Importer(
                packed.file.parent, by, options["as_published"], options["match_sources"]
            )
            done[self._bring(packed, importer)] += 1
            if time.monotonic() - reported > PROGRESS_SECONDS:
                reported = time.monotonic()
                rate = done.total() / (reported - began)
                self.stderr.write(f"{done.total()} packages read, {rate:.0f} a second")
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
