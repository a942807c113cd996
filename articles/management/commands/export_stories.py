from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from articles.packages.exporting import as_json, left_out, story_package, write_files


class Command(BaseCommand):
    help = "Write stories as packages, with their files, into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="all stories if none is given")
        parser.add_argument("--to", type=Path, default=Path(), metavar="FOLDER")
        parser.add_argument("--jsonl", action="store_true", help="one file, stories.jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        stories = Article.objects.select_related("section", "lead_photo").order_by("pk")
        if options["slugs"]:
            stories = stories.filter(slug__in=options["slugs"])
            missing = set(options["slugs"]) - set(stories.values_list("slug", flat=True))
            if missing:
                raise CommandError(f"No story has the slug {', '.join(sorted(missing))}.")
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for article in stories.iterator(chunk_size=100):
            package = as_json(story_package(article))
            write_files(article, folder)
            if note := left_out(article):
                self.stderr.write(note)
            if options["jsonl"]:
                lines.append(json.dumps(package, ensure_ascii=False) + "\n")
            else:
                written = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
                (folder / f"{article.slug}.json").write_text(written, encoding="utf-8")
        if options["jsonl"]:
            (folder / "stories.jsonl").write_text("".join(lines), encoding="utf-8")
        self.stdout.write(f"{stories.count()} exported to {folder}")
