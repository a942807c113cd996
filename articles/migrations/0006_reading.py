from datetime import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from articles.front.search_index import drop_index, make_index
from articles.immutability import seal, unseal


def count_seconds(apps, schema_editor):
    """The times in the furniture become numbers; `refresh_front` composes it anew."""
    for furniture in apps.get_model("articles", "Furniture").objects.all():
        for row in (*furniture.spotlight, *furniture.appeals):
            for name in ("from", "until"):
                row[name] = datetime.fromisoformat(row[name]).timestamp() if row[name] else None
        furniture.save()


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_error_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FrontStory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shown_from', models.DateTimeField(default=django.utils.timezone.now, verbose_name='from')),
                ('shown_until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'front page',
                'ordering': ['order', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('tag', 'Tag'), ('author', 'Author'), ('source', 'Source'), ('place', 'Place')], max_length=6)),
                ('slug', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('published_at', models.DateTimeField()),
                ('is_live', models.BooleanField(default=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=60)),
                ('title', models.CharField(max_length=120)),
                ('purpose', models.CharField(blank=True, choices=[('unnamedSourcesPolicy', 'how we treat anonymous sources'), ('correctionsPolicy', 'corrections'), ('ethicsPolicy', 'ethics'), ('masthead', 'masthead'), ('ownershipFundingInfo', 'ownership and funding'), ('', 'something else')], max_length=24)),
                ('body', models.TextField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('note', models.CharField(blank=True, help_text='For readers; not for the first text.', max_length=300, verbose_name='what changed')),
                ('is_withdrawn', models.BooleanField(default=False, help_text='Readers are told that it no longer holds.', verbose_name='withdrawn')),
                ('published_at', models.DateTimeField(editable=False)),
            ],
            options={
                'verbose_name': 'standards page',
                'verbose_name_plural': 'standards pages',
                'ordering': ['order', 'title', '-pk'],
                'default_permissions': ('add', 'change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=120, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('title', models.CharField(max_length=80)),
                ('bio', models.TextField()),
                ('photo', models.JSONField(null=True)),
                ('composed_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['-score', '-other_id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('title', models.TextField()),
                ('words', models.TextField()),
                ('labels', models.TextField(help_text='Section, tags and authors, a word for each.')),
            ],
            options={
                'verbose_name_plural': 'search entries',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StoryPage',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='articles.article')),
                ('published_on', models.DateField()),
                ('slug', models.SlugField(allow_unicode=True, max_length=120)),
                ('head', models.TextField()),
                ('main', models.TextField()),
                ('drawn_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=32)),
                ('release', models.CharField(max_length=32)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RemoveIndex(
            model_name='version',
            name='version_change',
        ),
        migrations.AddField(
            model_name='author',
            name='photo',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authors', to='articles.photo'),
        ),
        migrations.AddField(
            model_name='author',
            name='title',
            field=models.CharField(blank=True, help_text='“Harbour reporter”', max_length=80),
        ),
        migrations.AddField(
            model_name='furniture',
            name='composed_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='furniture',
            name='published_at',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='When a version of any story was last published.'),
        ),
        migrations.AddField(
            model_name='furniture',
            name='front',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='furniture',
            name='policies',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='furniture',
            name='release',
            field=models.CharField(default='', max_length=32),
        ),
        migrations.AddField(
            model_name='furniture',
            name='shell',
            field=models.JSONField(default=dict, help_text='As HTML: what stands around every story.'),
        ),
        migrations.AlterField(
            model_name='spotlight',
            name='article',
            field=models.ForeignKey(help_text='A published story.', limit_choices_to={'stage': 'published'}, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s_places', to='articles.article'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('update__isnull', False)), fields=['-created_at', '-id'], name='changes_by_time'),
        ),
        migrations.AddField(
            model_name='frontstory',
            name='article',
            field=models.ForeignKey(help_text='A published story.', limit_choices_to={'stage': 'published'}, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s_places', to='articles.article'),
        ),
        migrations.AddField(
            model_name='listing',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article'),
        ),
        migrations.AddField(
            model_name='listing',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='articles.version'),
        ),
        migrations.AddField(
            model_name='policy',
            name='published_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='profile',
            name='author',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='articles.author'),
        ),
        migrations.AddField(
            model_name='relation',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='articles.article'),
        ),
        migrations.AddField(
            model_name='relation',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='article',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.version'),
        ),
        migrations.AddConstraint(
            model_name='storypage',
            constraint=models.UniqueConstraint(fields=('slug', 'published_on'), name='page_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='frontstory',
            constraint=models.CheckConstraint(condition=models.Q(('shown_until', None), ('shown_until__gt', models.F('shown_from')), _connector='OR'), name='frontstory_ends_after_it_begins', violation_error_message='It would end before it begins.'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(condition=models.Q(('is_live', True)), fields=['kind', 'slug', '-published_at', '-version'], name='listed_by_time'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['kind', 'slug'], name='listed_ever'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.UniqueConstraint(fields=('article', 'kind', 'slug'), name='listed_once'),
        ),
        migrations.AddIndex(
            model_name='policy',
            index=models.Index(models.F('slug'), models.OrderBy(models.F('id'), descending=True), name='policy_newest'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='policy_has_a_slug'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.UniqueConstraint(fields=('article', 'other'), name='related_once'),
        ),
        migrations.RunPython(count_seconds, migrations.RunPython.noop),
        migrations.RunPython(
            lambda apps, schema_editor: make_index(schema_editor.connection),
            lambda apps, schema_editor: drop_index(schema_editor.connection),
        ),
        migrations.RunPython(
            lambda apps, schema_editor: seal(schema_editor.connection),
            lambda apps, schema_editor: unseal(schema_editor.connection),
        ),
    ]
