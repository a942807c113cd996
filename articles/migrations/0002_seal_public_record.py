from django.db import migrations

from articles.immutability import seal, unseal


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: seal(schema_editor.connection),
            lambda apps, schema_editor: unseal(schema_editor.connection),
        )
    ]
