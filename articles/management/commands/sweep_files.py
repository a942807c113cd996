from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.record.public_files import sweep


class Command(BaseCommand):
    help = (
        "Put in place the public files that a publication owes, and take away what one that never was "
        "has left: after a crash. Safe at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep()
        for name in swept.finished:
            self.stdout.write(f"{name}: put in place")
        for name in swept.taken_away:
            self.stdout.write(f"{name}: taken away")
        for name in swept.lost:
            self.stderr.write(f"{name}: is owed to readers, and cannot be had; the log says why")
        if swept.lost:
            raise CommandError(f"{len(swept.lost)} files are lost")
        self.stdout.write(f"{len(swept.finished)} put in place, {len(swept.taken_away)} taken away")
