"""The database itself refuses to change the public record, whoever asks and however."""

import json

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Update, Version
from articles.publishing.door import publish_update
from tests.factories import make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(cast):
    article = make_live(cast.editor)
    article.body = "<p>It thawed.</p>"
    article.save()
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="It thawed.")
    return article


def refused(sql, *params):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return True


def another_value(field):
    kind = field.get_internal_type()
    if kind == "JSONField":
        return json.dumps(["forged"])
    if kind in ("DateField", "DateTimeField"):
        return "2001-01-01"
    if kind == "BooleanField":
        return False
    return 99 if field.primary_key or field.is_relation or "Integer" in kind else "forged"


@pytest.mark.parametrize("model", [Version, Update])
def test_no_column_can_be_changed(article, model):
    rows = list(model.objects.order_by("pk"))
    assert rows
    for row in rows:
        for field in model._meta.concrete_fields:
            sql = f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE id = %s"
            if getattr(row, field.attname) is not False:
                assert refused(sql, another_value(field), row.pk), field.name


def test_a_superseded_version_cannot_come_back(article):
    assert refused("UPDATE articles_version SET is_live = true WHERE number = 1")


@pytest.mark.parametrize("model", [Version, Update])
def test_nothing_can_be_deleted(article, model):
    assert refused(f"DELETE FROM {model._meta.db_table}")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_nothing_can_be_replaced_or_slipped_in(article, cast):
    columns = [field.column for field in Version._meta.concrete_fields]

    def copy(**changed):
        picked = ", ".join(str(changed.get(column, column)) for column in columns)
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        return (
            f"{verb} INTO articles_version ({', '.join(columns)}) "
            f"SELECT {picked} FROM articles_version WHERE number = 2"
        )

    assert refused(copy())
    assert refused(copy(number=3))
    assert refused(copy(id=9999, number=5))
    assert refused(copy(id=9999, number=3, is_live="false"))
    other = make_live(cast.editor)
    stolen = copy(id=9999, article_id=other.pk)  # the right number, and the first story's update
    assert refused(stolen)
    assert article.versions.count() == 2
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert refused("TRUNCATE articles_version CASCADE")


def test_the_newest_version_is_live_and_no_other(article):
    assert list(article.versions.order_by("number").values_list("number", "is_live")) == [
        (1, False),
        (2, True),
    ]
