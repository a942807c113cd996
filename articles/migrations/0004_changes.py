import hashlib
import json
from datetime import UTC, date, datetime

from django.db import migrations, models

from articles.immutability import seal, unseal

HASHED = (
    *("article_id", "number", "created_at", "slug", "published_on", "published_at", "updated_at"),
    *("headline", "deck", "kicker", "dateline", "section_name", "section_slug", "body", "bylines"),
    *("tags", "lead_photo", "sources", "comment_requests", "notebook", "changes"),
    *("change_kind", "change_place", "previous_hash"),
)


def canonical(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def forge_chains(apps, schema_editor):
    """Versions from before there were chains get theirs: the same as `articles/chain.py` makes."""
    versions = apps.get_model("articles", "Version").objects
    before = None
    for version in versions.order_by("article_id", "number"):
        follows = before is not None and before.article_id == version.article_id
        version.change_kind = version.changes[-1]["kind"] if version.number > 1 else ""
        version.change_place = "end" if version.number > 1 else ""
        version.previous_hash = before.content_hash if follows else ""
        said = [canonical(getattr(version, name)) for name in HASHED]
        version.content_hash = hashlib.sha256(
            json.dumps(said, sort_keys=True).encode()
        ).hexdigest()
        new = ("change_kind", "change_place", "previous_hash", "content_hash")
        versions.filter(pk=version.pk).update(**{name: getattr(version, name) for name in new})
        before = version


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_sourcing_check")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: unseal(schema_editor.connection),
            lambda apps, schema_editor: seal(schema_editor.connection),
        ),
        migrations.AlterModelOptions(
            name="update",
            options={
                "ordering": ["at", "pk"],
                "permissions": [
                    ("publish_update", "Can publish a change to a live story"),
                    ("publish_correction", "Can publish corrections, clarifications and notes"),
                    (
                        "retract_article",
                        "Can ask for a retraction, and be the second editor of one",
                    ),
                ],
            },
        ),
        migrations.AddField("update", "mended", models.JSONField(default=list)),
        migrations.AddField(
            "version",
            "change_kind",
            models.CharField(
                blank=True,
                default="",
                help_text="Of the update that made it; empty for the first.",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "version",
            "change_place",
            models.CharField(blank=True, default="", max_length=6),
            preserve_default=False,
        ),
        migrations.AddField(
            "version",
            "content_hash",
            models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            "version",
            "previous_hash",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "version",
            models.Index(fields=["change_kind", "-created_at", "-id"], name="version_change"),
        ),
        migrations.RunPython(forge_chains, migrations.RunPython.noop),
        migrations.RunPython(
            lambda apps, schema_editor: seal(schema_editor.connection),
            lambda apps, schema_editor: unseal(schema_editor.connection),
        ),
    ]
