from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check, stops
from articles.sourcing.rules import Finding
from articles.stages import Severity


class Command(BaseCommand):
    help = "Print what the sourcing check finds in a story; exit status 1 when something blocks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        article = Article.objects.filter(slug=options["slug"]).first()
        if article is None:
            # 2, since 1 says that something blocks.
            raise CommandError(f"No story has the slug {options['slug']}.", returncode=2)
        findings = check(CheckedMaterial(article))
        if options["json"]:
            rows = [_row(finding) for finding in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                self.stdout.write(_line(finding))
            self.stdout.write(f"{len(findings)} found" if findings else "Nothing found.")
        if stops(findings, (Severity.ABSOLUTE, Severity.BLOCK)):
            sys.exit(1)


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "practice": finding.practice,
        "start": finding.start,
        "end": finding.end,
        "overridden": finding.overridden or None,
    }


def _line(finding: Finding) -> str:
    past = f"  (published past: {finding.overridden})" if finding.overridden else ""
    return f"{finding.severity:<9}{finding.code:<32}{finding.message}{past}"
