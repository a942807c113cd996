from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.prose.hypertext import looks_like_html
from sources.prose.reading.quotations import Quotation, find_quotations, find_quotations_in_html

FIELDS = ("words", "speaker", "start", "end", "paragraph", "short")


class Command(BaseCommand):
    help = "Print the direct quotations in a text or HTML file, and who is speaking."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="UTF-8 text or HTML; - reads standard input"
        )
        parser.add_argument("--json", action="store_true", help="a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        text = _read(options["file"])
        is_html = Path(options["file"]).suffix in (".html", ".htm") or looks_like_html(text)
        found = (find_quotations_in_html if is_html else find_quotations)(text)
        if options["json"]:
            rows = [{name: getattr(one, name) for name in FIELDS} for one in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for one in found:
            self.stdout.write(_line(one))


def _read(name: str) -> str:
    """The text as it is, its line ends included: offsets count them."""
    try:
        given = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return given.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise CommandError(f"There is no such file: {name}") from error
    except (OSError, ValueError) as error:
        raise CommandError(f"{name} cannot be read as UTF-8 text: {error}") from error


def _line(one: Quotation) -> str:
    who = one.speaker or ("(a title or a phrase)" if not one.is_speech else "(nobody named)")
    return f"{one.paragraph:>4}  {one.start:>6}-{one.end:<6}  {who}: “{one.words}”"
