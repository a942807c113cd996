"""The seal on the public record: triggers by which the database itself refuses to change it.

A migration that alters a sealed table calls `seal()` again afterwards: on SQLite such a migration
makes the table anew, without its triggers. `tests/articles/test_immutability.py` tries every column.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

VERSIONS, UPDATES, POLICIES = "articles_version", "articles_update", "articles_policy"
_REFUSED = "the public record cannot be changed or deleted"


def seal(connection: BaseDatabaseWrapper) -> None:
    """(Re)make the triggers on versions, updates and policies."""
    unseal(connection)
    with connection.cursor() as cursor:
        has_policies = POLICIES in connection.introspection.table_names(cursor)
        for statement in _statements(connection):
            cursor.execute(statement)
        for statement in _kept(connection.vendor, POLICIES) if has_policies else ():
            cursor.execute(statement)


def _kept(vendor: str, table: str) -> list[str]:
    """Of a table that is only added to."""
    if vendor == "postgresql":
        return [
            f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION public_record_refuses()"
            for what in ("UPDATE", "DELETE", "TRUNCATE")
        ]
    refuses = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    return [
        f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} {taken} {refuses}",
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuses}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuses}",
    ]


def unseal(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers; for migrations that must remake a sealed table."""
    with connection.cursor() as cursor:
        for table in (VERSIONS, UPDATES, POLICIES):
            for name in ("insert", "supersede", "update", "delete", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


def _statements(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "postgresql":
        return _POSTGRESQL
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, VERSIONS)
    same = " AND ".join(
        f'NEW."{column.name}" IS OLD."{column.name}"'
        for column in described
        if column.name != "is_live"
    )
    return [statement.replace("{same}", same) for statement in _SQLITE]


# A superseded version may stop being live, and nothing else about it may change.
_SQLITE = [
    f"""
    CREATE TRIGGER {VERSIONS}_insert BEFORE INSERT ON {VERSIONS}
    WHEN NOT NEW.is_live
      OR EXISTS (SELECT 1 FROM {VERSIONS} WHERE id = NEW.id OR update_id = NEW.update_id)
      OR NEW.number <> 1 + COALESCE(
        (SELECT MAX(number) FROM {VERSIONS} WHERE article_id = NEW.article_id), 0)
    BEGIN SELECT RAISE(ABORT, 'a version follows the one before it, and is live'); END
    """,
    f"""
    CREATE TRIGGER {VERSIONS}_supersede AFTER INSERT ON {VERSIONS}
    BEGIN
      UPDATE {VERSIONS} SET is_live = 0
      WHERE article_id = NEW.article_id AND number < NEW.number AND is_live;
    END
    """,
    f"""
    CREATE TRIGGER {VERSIONS}_update BEFORE UPDATE ON {VERSIONS}
    WHEN NOT (
      OLD.is_live AND NOT NEW.is_live AND {{same}} AND EXISTS (
        SELECT 1 FROM {VERSIONS} WHERE article_id = OLD.article_id AND number > OLD.number))
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER {VERSIONS}_delete BEFORE DELETE ON {VERSIONS}
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER {UPDATES}_insert BEFORE INSERT ON {UPDATES}
    WHEN EXISTS (SELECT 1 FROM {UPDATES} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER {UPDATES}_update BEFORE UPDATE ON {UPDATES}
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER {UPDATES}_delete BEFORE DELETE ON {UPDATES}
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
]

_POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION public_record_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION {VERSIONS}_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT NEW.is_live OR NEW.number <> 1 + COALESCE(
        (SELECT MAX(number) FROM {VERSIONS} WHERE article_id = NEW.article_id), 0)
      THEN
        RAISE EXCEPTION 'a version follows the one before it, and is live'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION {VERSIONS}_supersedes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE {VERSIONS} SET is_live = false
      WHERE article_id = NEW.article_id AND number < NEW.number AND is_live;
      RETURN NULL;
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION {VERSIONS}_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.is_live AND NOT NEW.is_live
        AND to_jsonb(NEW) - 'is_live' = to_jsonb(OLD) - 'is_live'
        AND EXISTS (SELECT 1 FROM {VERSIONS}
                    WHERE article_id = OLD.article_id AND number > OLD.number)
      THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"CREATE TRIGGER {VERSIONS}_insert BEFORE INSERT ON {VERSIONS} "
    f"FOR EACH ROW EXECUTE FUNCTION {VERSIONS}_follows()",
    f"CREATE TRIGGER {VERSIONS}_supersede AFTER INSERT ON {VERSIONS} "
    f"FOR EACH ROW EXECUTE FUNCTION {VERSIONS}_supersedes()",
    f"CREATE TRIGGER {VERSIONS}_update BEFORE UPDATE ON {VERSIONS} "
    f"FOR EACH ROW EXECUTE FUNCTION {VERSIONS}_changes()",
    f"CREATE TRIGGER {UPDATES}_update BEFORE UPDATE ON {UPDATES} "
    f"FOR EACH ROW EXECUTE FUNCTION public_record_refuses()",
    *(
        f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} "
        f"FOR EACH {'ROW' if what == 'DELETE' else 'STATEMENT'} "
        f"EXECUTE FUNCTION public_record_refuses()"
        for table in (VERSIONS, UPDATES)
        for what in ("DELETE", "TRUNCATE")
    ),
]
