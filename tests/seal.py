"""The seal on the public record, lifted and put back: what nobody but the database's owner can do."""

from importlib import import_module

from django.db import connection

SEALED = ("articles_version", "articles_update", "articles_policy")
_newest = import_module("articles.migrations.0003_seal_and_index")


def seal():
    unseal()
    with connection.cursor() as cursor:
        for statement in _newest.seal(connection.vendor == "postgresql"):
            cursor.execute(statement)


def unseal():
    with connection.cursor() as cursor:
        for table in SEALED:
            for name in ("insert", "supersede", "update", "delete", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


class Unsealed:
    """What somebody with the database's password could do: lift the seal, and put it back."""

    def __enter__(self):
        unseal()
        return connection.cursor()

    def __exit__(self, *exception):
        seal()
