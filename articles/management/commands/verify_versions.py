from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Version
from articles.prepared.story_pages import forged_pages
from articles.record.chain import breaks, torn_files


class Command(BaseCommand):
    help = (
        "Prove that no published version was altered, nor a file of it, nor its page; say "
        "which, and exit with 1, if one was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # In this order: files and pages are held against versions, which have to hold first.
        found = list(breaks())
        for each in found:
            self.stderr.write(
                f"{each.slug} (story {each.article_id}), version {each.number}: {each.wrong}"
            )
        if found:
            raise CommandError(f"{len(found)} places where a chain does not hold")
        torn = list(torn_files())
        for name, wrong in torn:
            self.stderr.write(
                f"{name} {wrong}. `manage.py sweep_files` finishes what a crash left."
            )
        if torn:
            raise CommandError(f"{len(torn)} public files that are not what was published")
        forged = list(forged_pages())
        for version in forged:
            self.stderr.write(
                f"{version.slug} (story {version.article_id}): readers get another page than its "
                f"version {version.number}. `manage.py refresh_front` draws it anew."
            )
        if forged:
            raise CommandError(f"{len(forged)} pages that are not what was published")
        self.stdout.write(f"{Version.objects.count()} versions, every chain holds")
