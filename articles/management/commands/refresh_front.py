from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.prepared.preparing import prepare_all


class Command(BaseCommand):
    help = (
        "Make again, from the live versions, what readers' pages are made of: lists, search, related "
        "stories, drawn pages. After an upgrade, or a change of the site's name, address or language."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{prepare_all()} stories")
