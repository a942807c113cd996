from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.publishing.worker import publish_due_forever, publish_due_once


class Command(BaseCommand):
    help = "Publish the scheduled stories whose time has come. Run as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="keep looking until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"]:
            publish_due_forever()
        self.stdout.write(f"{publish_due_once()} published")
