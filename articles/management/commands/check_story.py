from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from articles.packages.importing import Importer
from articles.packages.reading import read_packages
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check, stops
from articles.sourcing.rules import Finding
from articles.stages import GATE


class Command(BaseCommand):
    help = (
        "Print what the sourcing check finds in a story of the desk, or in a package, of which nothing is "
        "kept; exit status 1 when something blocks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("slug", metavar="SLUG", nargs="?")
        which.add_argument("--package", type=Path, metavar="FILE", help="a story package, .json")
        parser.add_argument("--json", action="store_true", help="a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        package = options["package"]
        findings = self._in_package(package) if package else self._in_story(options["slug"])
        if options["json"]:
            rows = [_row(finding) for finding in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                self.stdout.write(_line(finding))
            self.stdout.write(f"{len(findings)} found" if findings else "Nothing found.")
        if stops(findings, GATE):
            sys.exit(1)

    def _in_story(self, slug: str) -> list[Finding]:
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            # 2, since 1 says that something blocks.
            raise CommandError(f"No story has the slug {slug}.", returncode=2)
        return check(CheckedMaterial(article))

    def _in_package(self, file: Path) -> list[Finding]:
        packages = list(read_packages(file))
        if len(packages) != 1:
            raise CommandError(f"{file}: holds {len(packages)} packages, not one.", returncode=2)
        [packed] = packages
        if packed.unreadable:
            raise CommandError(f"{file}:{packed.first_line}: {packed.unreadable}", returncode=2)
        importer = Importer(file.parent)
        findings = importer.check_package(packed.content)
        if findings is None:
            for problem in importer.problems:
                self.stderr.write(f"{packed.where(problem)}: {problem.message}")
            raise CommandError(f"{file} does not fit; see above.", returncode=2)
        return findings


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
