from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from articles.models import Furniture, Version

PUBLIC_MODELS = (Version, Furniture)


class Command(BaseCommand):
    help = "Print the GRANTs for the database role of a public process: it reads versions alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", nargs="?", default="newsroom_public")

    def handle(self, *args: Any, **options: Any) -> None:
        role = connection.ops.quote_name(options["role"])
        tables = ", ".join(
            connection.ops.quote_name(model._meta.db_table) for model in PUBLIC_MODELS
        )
        self.stdout.write(
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};\n"
            f"GRANT USAGE ON SCHEMA public TO {role};\n"
            f"GRANT SELECT ON {tables} TO {role};"
        )
