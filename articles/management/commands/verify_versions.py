from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.chain import breaks
from articles.models import Version


class Command(BaseCommand):
    help = "Prove that no published version was altered; say which, and exit with 1, if one was."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(breaks())
        for each in found:
            self.stderr.write(
                f"{each.slug} (story {each.article_id}), version {each.number}: {each.wrong}"
            )
        if found:
            raise CommandError(f"{len(found)} places where a chain does not hold")
        self.stdout.write(f"{Version.objects.count()} versions, every chain holds")
