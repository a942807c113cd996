from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.desk.mail import mail_tasks


class Command(BaseCommand):
    help = "Tell people by mail what waits for them on the desk; to be run every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TELLS_BY_MAIL:
            raise CommandError("Nobody can be told by mail: EMAIL_URL names no server.")
        self.stdout.write(f"{mail_tasks()} told")
