from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.audit.period import By, Period
from articles.audit.tables import Share, Table, tables
from articles.audit.written import as_csv, as_text


class Command(BaseCommand):
    help = "Tell from the records how the newsroom sources its stories; it sees every source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", default="", metavar="DAY", help="as 2026-03-31")
        parser.add_argument("--until", default="", metavar="DAY")
        parser.add_argument("--by", choices=list(By), default=By.SECTION)
        parser.add_argument("--table", default="", help="one of them, by its name in JSON")
        parser.add_argument("--format", choices=["text", "csv", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period.asked(options)
        except ValueError as error:
            raise CommandError(str(error)) from error
        found = tables(period)
        names = [table.slug for table in found]
        if options["table"]:
            found = [table for table in found if table.slug == options["table"]]
        if not found:
            raise CommandError(f"There is no such table. There are: {', '.join(names)}.")
        if options["format"] == "csv" and len(found) > 1:
            raise CommandError(
                f"CSV has one table: name it by --table. There are: {', '.join(names)}."
            )
        if options["format"] == "json":
            told = {table.slug: _as_data(table) for table in found}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        write = as_csv if options["format"] == "csv" else as_text
        self.stdout.write("\n\n".join(write(table) for table in found))


def _as_data(table: Table) -> dict[str, Any]:
    rows = [
        [each._asdict() if isinstance(each, Share) else each for each in row] for row in table.rows
    ]
    return {"title": table.title, "heads": table.heads, "rows": rows}
