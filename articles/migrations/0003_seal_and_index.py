"""What the database itself keeps: that the record is written once, and the index for search.

A later migration that makes one of these tables anew brings the statements with it, as this one does:
on SQLite an altered table loses its triggers. `tests/articles/test_immutability.py` tries every column.
"""

from django.conf import settings
from django.db import migrations

# --- Versions, updates and policies are written once; of a version that another follows
# `is_live` alone changes, and changes by itself.

UNCHANGED = """
    id number created_at change_kind content seeds commitments hash_scheme content_hash
    previous_hash slug published_on published_at updated_at headline deck kicker section_name
    section_slug bylines tags lead_photo is_retracted note place article_id update_id
""".split()

WRITE_ONCE_ON_SQLITE = [
    """
    CREATE TRIGGER articles_version_insert BEFORE INSERT ON articles_version
    WHEN NOT NEW.is_live
      OR EXISTS (SELECT 1 FROM articles_version WHERE id = NEW.id OR update_id = NEW.update_id)
      OR NEW.number <> 1 + COALESCE(
        (SELECT MAX(number) FROM articles_version WHERE article_id = NEW.article_id), 0)
    BEGIN SELECT RAISE(ABORT, 'a version follows the one before it, and is live'); END
    """,
    """
    CREATE TRIGGER articles_version_supersede AFTER INSERT ON articles_version
    BEGIN
      UPDATE articles_version SET is_live = 0
      WHERE article_id = NEW.article_id AND number < NEW.number AND is_live;
    END
    """,
    """
    CREATE TRIGGER articles_version_update BEFORE UPDATE ON articles_version
    WHEN NOT (
      OLD.is_live AND NOT NEW.is_live AND {same} AND EXISTS (
        SELECT 1 FROM articles_version WHERE article_id = OLD.article_id AND number > OLD.number))
    BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END
    """,
    """
    CREATE TRIGGER articles_version_delete BEFORE DELETE ON articles_version
    BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END
    """,
    """
    CREATE TRIGGER articles_update_insert BEFORE INSERT ON articles_update
    WHEN EXISTS (SELECT 1 FROM articles_update WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END
    """,
    """
    CREATE TRIGGER articles_update_update BEFORE UPDATE ON articles_update
    BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END
    """,
    """
    CREATE TRIGGER articles_update_delete BEFORE DELETE ON articles_update
    BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END
    """,
    "CREATE TRIGGER articles_policy_insert BEFORE INSERT ON articles_policy WHEN EXISTS (SELECT 1 FROM articles_policy WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END",
    "CREATE TRIGGER articles_policy_update BEFORE UPDATE ON articles_policy BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END",
    "CREATE TRIGGER articles_policy_delete BEFORE DELETE ON articles_policy BEGIN SELECT RAISE(ABORT, 'the public record cannot be changed or deleted'); END",
]

WRITE_ONCE_ON_POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION public_record_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the public record cannot be changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION articles_version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT NEW.is_live OR NEW.number <> 1 + COALESCE(
        (SELECT MAX(number) FROM articles_version WHERE article_id = NEW.article_id), 0)
      THEN
        RAISE EXCEPTION 'a version follows the one before it, and is live'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION articles_version_supersedes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE articles_version SET is_live = false
      WHERE article_id = NEW.article_id AND number < NEW.number AND is_live;
      RETURN NULL;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION articles_version_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.is_live AND NOT NEW.is_live
        AND to_jsonb(NEW) - 'is_live' = to_jsonb(OLD) - 'is_live'
        AND EXISTS (SELECT 1 FROM articles_version
                    WHERE article_id = OLD.article_id AND number > OLD.number)
      THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'the public record cannot be changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    "CREATE TRIGGER articles_version_insert BEFORE INSERT ON articles_version FOR EACH ROW EXECUTE FUNCTION articles_version_follows()",
    "CREATE TRIGGER articles_version_supersede AFTER INSERT ON articles_version FOR EACH ROW EXECUTE FUNCTION articles_version_supersedes()",
    "CREATE TRIGGER articles_version_update BEFORE UPDATE ON articles_version FOR EACH ROW EXECUTE FUNCTION articles_version_changes()",
    "CREATE TRIGGER articles_update_update BEFORE UPDATE ON articles_update FOR EACH ROW EXECUTE FUNCTION public_record_refuses()",
    "CREATE TRIGGER articles_version_delete BEFORE DELETE ON articles_version FOR EACH ROW EXECUTE FUNCTION public_record_refuses()",
    "CREATE TRIGGER articles_version_truncate BEFORE TRUNCATE ON articles_version FOR EACH STATEMENT EXECUTE FUNCTION public_record_refuses()",
    "CREATE TRIGGER articles_update_delete BEFORE DELETE ON articles_update FOR EACH ROW EXECUTE FUNCTION public_record_refuses()",
    "CREATE TRIGGER articles_update_truncate BEFORE TRUNCATE ON articles_update FOR EACH STATEMENT EXECUTE FUNCTION public_record_refuses()",
    "CREATE TRIGGER articles_policy_update BEFORE UPDATE ON articles_policy FOR EACH STATEMENT EXECUTE FUNCTION public_record_refuses()",
    "CREATE TRIGGER articles_policy_delete BEFORE DELETE ON articles_policy FOR EACH STATEMENT EXECUTE FUNCTION public_record_refuses()",
    "CREATE TRIGGER articles_policy_truncate BEFORE TRUNCATE ON articles_policy FOR EACH STATEMENT EXECUTE FUNCTION public_record_refuses()",
]

# --- The index. Its language is the site's; the worker makes it anew for another.

STEMMED = {'ar': 'arabic', 'da': 'danish', 'de': 'german', 'en': 'english', 'es': 'spanish', 'fi': 'finnish', 'fr': 'french', 'el': 'greek', 'hu': 'hungarian', 'id': 'indonesian', 'it': 'italian', 'nl': 'dutch', 'nb': 'norwegian', 'pt': 'portuguese', 'ro': 'romanian', 'ru': 'russian', 'sr': 'serbian', 'sv': 'swedish', 'tr': 'turkish'}

INDEX_ON_SQLITE = [
    """
    CREATE VIRTUAL TABLE articles_searchentry_fts USING fts5(
      title, words, labels, content='articles_searchentry', content_rowid='id',
      tokenize='{stems}unicode61 remove_diacritics 2')
    """,
    "CREATE TRIGGER articles_searchentry_insert AFTER INSERT ON articles_searchentry BEGIN INSERT INTO articles_searchentry_fts(rowid, title, words, labels) VALUES (new.id, new.title, new.words, new.labels); END",
    "CREATE TRIGGER articles_searchentry_delete AFTER DELETE ON articles_searchentry BEGIN INSERT INTO articles_searchentry_fts(articles_searchentry_fts, rowid, title, words, labels) VALUES ('delete', old.id, old.title, old.words, old.labels); END",
    "CREATE TRIGGER articles_searchentry_update AFTER UPDATE ON articles_searchentry BEGIN INSERT INTO articles_searchentry_fts(articles_searchentry_fts, rowid, title, words, labels) VALUES ('delete', old.id, old.title, old.words, old.labels); INSERT INTO articles_searchentry_fts(rowid, title, words, labels) VALUES (new.id, new.title, new.words, new.labels); END",
    "INSERT INTO articles_searchentry_fts(articles_searchentry_fts) VALUES ('rebuild')",
]

INDEX_ON_POSTGRESQL = [
    """
    ALTER TABLE articles_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
      to_tsvector('{language}', translate(left(title, 2000), './-_@:&+<>’''', repeat(' ', 12))) ||
      to_tsvector('{language}', translate(left(words, 300000), './-_@:&+<>’''', repeat(' ', 12))) ||
      to_tsvector('simple', labels)) STORED
    """,
    "CREATE INDEX articles_searchentry_vector ON articles_searchentry USING gin (vector)",
]


def write_once(is_server):
    same = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in UNCHANGED)
    statements = WRITE_ONCE_ON_POSTGRESQL if is_server else WRITE_ONCE_ON_SQLITE
    return [statement.replace("{same}", same) for statement in statements]


def make(apps, schema_editor):
    is_server = schema_editor.connection.vendor == "postgresql"
    language = STEMMED.get(settings.LANGUAGE_CODE.split("-")[0], "simple")
    stems = "porter " if language == "english" else ""
    for statement in [*write_once(is_server), *(INDEX_ON_POSTGRESQL if is_server else INDEX_ON_SQLITE)]:
        schema_editor.execute(statement.replace("{language}", language).replace("{stems}", stems))


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_initial")]

    operations = [migrations.RunPython(make)]
