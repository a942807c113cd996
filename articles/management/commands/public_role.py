from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from articles.models import (
    ErrorReport,
    Listing,
    PageFrame,
    Policy,
    Profile,
    Purge,
    Relation,
    SearchEntry,
    StoryPage,
    Version,
)

PUBLIC_MODELS = (
    Version,
    PageFrame,
    Listing,
    Relation,
    SearchEntry,
    StoryPage,
    Policy,
    Profile,
    Purge,
)


class Command(BaseCommand):
    help = "Print the GRANTs for the database role of a public process: it reads versions alone, and takes readers' reports."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", nargs="?", default="newsroom_public")

    def handle(self, *args: Any, **options: Any) -> None:
        role = connection.ops.quote_name(options["role"])
        tables = ", ".join(
            connection.ops.quote_name(model._meta.db_table) for model in PUBLIC_MODELS
        )
        reports = connection.ops.quote_name(ErrorReport._meta.db_table)
        sequence = connection.ops.quote_name(f"{ErrorReport._meta.db_table}_id_seq")
        self.stdout.write(
            # First all is taken back: what an older release made public may not be any more.
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};\n"
            f"GRANT USAGE ON SCHEMA public TO {role};\n"
            f"GRANT SELECT ON {tables} TO {role};\n"
            # Readers report errors, and nobody reads them there.
            f"GRANT INSERT ON {reports} TO {role};\n"
            # Django asks an INSERT for the key that it made.
            f"GRANT SELECT (id) ON {reports} TO {role};\n"
            f"GRANT USAGE ON SEQUENCE {sequence} TO {role};"
        )
