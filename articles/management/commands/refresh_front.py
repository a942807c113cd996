from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.prepared.preparing import renew_all


class Command(BaseCommand):
    help = (
        "Make again, from the live versions, what readers' pages are made of: lists, search, related "
        "stories, drawn pages. For pages that were harmed; after an upgrade the worker does it by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{renew_all()} stories")
