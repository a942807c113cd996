from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.prose.comparing.edits import edits
from sources.prose.comparing.spelling import spelling_of


class Command(BaseCommand):
    help = "Say what was changed from one plain text to another, and whether a minor edit may carry it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("before", type=Path, metavar="BEFORE", help="UTF-8 text")
        parser.add_argument("after", type=Path, metavar="AFTER", help="UTF-8 text")
        parser.add_argument("--json", action="store_true", help="a JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        spelling = spelling_of(settings.LANGUAGE_CODE, settings.SPELLING_DICTIONARY)
        found = edits(_read(options["before"]), _read(options["after"]), spelling)
        if options["json"]:
            row = {"kind": found.kind.value, "touched": list(found.touched)}
            self.stdout.write(json.dumps(row, ensure_ascii=False))
            return
        self.stdout.write(found.kind.value)
        for touched in found.touched:
            self.stdout.write(f"  {touched}")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: is not UTF-8 (byte {error.start})", returncode=2) from error
