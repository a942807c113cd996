"""The triggers that refuse changes to the record, lifted and put back: its owner alone can do so."""

from importlib import import_module
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection

from articles.record.public_files import sweep

WRITTEN_ONCE = ("articles_version", "articles_update", "articles_policy")
_newest = import_module("articles.migrations.0003_seal_and_index")


def enforce():
    lift()
    with connection.cursor() as cursor:
        for statement in _newest.write_once(connection.vendor == "postgresql"):
            cursor.execute(statement)


def lift():
    with connection.cursor() as cursor:
        for table in WRITTEN_ONCE:
            for name in ("insert", "supersede", "update", "delete", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


class Lifted:
    """What somebody with the database's password could do: lift the triggers, and put them back."""

    def __enter__(self):
        lift()
        return connection.cursor()

    def __exit__(self, *exception):
        enforce()


def verified(**options):
    """What `verify_versions` says of the record."""
    sweep()  # which puts files in place as a commit would
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_versions", stdout=out, stderr=err, **options)
    except CommandError as error:
        assert error.returncode == 1
        return err.getvalue()
    return out.getvalue()
