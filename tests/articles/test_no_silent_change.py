"""Random edits by every path that writes: none changes what a reader sees without a public entry."""

import json
import random
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from articles.models import Article, Byline, CommentRequest, NotebookEntry, Photo, Update, Version
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish_update, retract
from articles.publishing.workflow import MoveRefused
from articles.record.chain import breaks
from sources.models import Affiliation, Interview, Quote, Source
from tests.conftest import THOROUGH
from tests.desk import post
from tests.factories import (
    make_byline,
    make_interview,
    make_live,
    make_photo,
    make_retraction,
    make_source,
)

pytestmark = pytest.mark.django_db

EDITS = 1_000 if THOROUGH else 150
WORDS = "harbour ice vote council Monday seven four mayor rain pier the a of and to".split()  # noqa: SIM905
# What stands around every story: it is composed for the site, and no part of a version.
AROUND = r"<header class=.masthead.*?</header>|<aside.*?</aside>"
DESK = (
    Article,
    Source,
    Interview,
    Quote,
    Affiliation,
    Photo,
    Byline,
    CommentRequest,
    NotebookEntry,
)


class Newsroom:
    """Stories that are live, and every way in which something of them can be written."""

    def __init__(self, cast, client, tmp_path, pick):
        self.cast, self.client, self.folder, self.pick = cast, client, tmp_path, pick
        self.stories = [self.make_story(number) for number in range(4)]
        client.force_login(cast.editor)

    def make_story(self, number):
        said = make_interview(make_source(f"Ada Holt {number}"), "We lost the harbour.")
        Affiliation.objects.create(source=said.source, title="mayor")
        body = f"<p>The council of {number} voted.</p><p>“We lost the harbour,” said Holt.</p>"
        article = make_live(
            self.cast.editor,
            slug=f"story-{number}",
            body=body,
            interviews=[said],
            lead_photo=make_photo(),
        )
        make_byline(article)
        NotebookEntry.objects.create(article=article, kind="note", title="How", note="Seen.")
        CommentRequest.objects.create(article=article, asked="The mayor", outcome="declined")
        return article

    def sentence(self):
        return " ".join(self.pick.choices(WORDS, k=5))

    def body(self):
        """Of a story that the check lets out: it says on whose word it reports."""
        return f"<p>{self.sentence()}, Ada Holt said.</p>"

    def seen(self):
        """What readers see of each story: its page and its notebook, without what stands around."""
        pages = {}
        for story in self.stories:
            live = story.live_version
            url = live.get_absolute_url()
            both = [self.client.get(each) for each in (url, live.get_notebook_url())]
            texts = [re.sub(AROUND, "", each.content.decode(), flags=re.S) for each in both]
            machines = self.client.get(url.rstrip("/") + ".json").content.decode()
            pages[story.pk] = (live.number, "".join((*texts, machines)))
        return pages

    # The paths

    def by_the_admin(self, story):
        post(
            self.client,
            story,
            headline=self.sentence(),
            body=self.body(),
        )

    def by_an_update(self, story):
        Article.objects.filter(pk=story.pk).update(body=self.body())
        kind = self.pick.choice(
            [kind for kind in Update.Kind if kind is not Update.Kind.RETRACTION]
        )
        publish_update(
            Article.objects.get(pk=story.pk), by=self.cast.editor, kind=kind, note=self.sentence()
        )

    def by_a_correction(self, story):
        words = re.findall(r"\w+", story.live_version.headline + " voted harbour")
        replacement = Replacement(self.pick.choice(words), self.pick.choice(WORDS))
        correct(story, [replacement], by=self.cast.editor, note=f"It is {replacement.right}.")

    def by_a_retraction(self, story):
        if self.pick.random() < 0.002:
            retract(make_retraction(story, self.cast.second_editor), by=self.cast.editor)

    def by_an_import(self, story):
        package = {"format": "newsroom-story/1", "slug": story.slug, "headline": self.sentence()}
        path = self.folder / "package.json"
        path.write_text(json.dumps(package | {"body": self.body()}))
        options = {"as_published": True} if self.pick.random() < 0.5 else {}
        call_command(
            "import_stories",
            str(path),
            by="standards_editor",
            stdout=StringIO(),
            stderr=StringIO(),
            **options,
        )

    def by_the_shell(self, story):
        model = self.pick.choice(DESK)
        texts = [
            f.name
            for f in model._meta.concrete_fields
            if f.get_internal_type() in ("TextField", "CharField")
        ]
        texts = [
            name
            for name in texts
            if name not in ("stage", "kind", "outcome", "how", "terms", "slug")
        ]
        rows = list(model.objects.all())
        if not rows:
            return
        row = self.pick.choice(rows)
        if texts:
            setattr(row, self.pick.choice(texts), self.sentence())
        row.save()

    def by_deleting(self, story):
        model = self.pick.choice((Byline, CommentRequest, NotebookEntry, Affiliation))
        model.objects.filter(pk__in=list(model.objects.values_list("pk", flat=True)[:1])).delete()

    def by_sql_on_the_desk(self, story):
        with connection.cursor() as cursor:
            column = self.pick.choice(("headline", "deck", "kicker", "body"))
            cursor.execute(
                f"UPDATE articles_article SET {column} = %s, revision = revision + 1 WHERE id = %s",
                [self.sentence(), story.pk],
            )

    def by_sql_on_the_record(self, story):
        column = self.pick.choice([f.column for f in Version._meta.concrete_fields])
        statement = self.pick.choice(
            (
                f"UPDATE articles_version SET {column} = {column} || 'x' WHERE article_id = %s",
                "UPDATE articles_version SET headline = 'Forged' WHERE article_id = %s",
                "UPDATE articles_version SET is_live = NOT is_live WHERE article_id = %s",
                "DELETE FROM articles_version WHERE article_id = %s",
                "UPDATE articles_update SET note = 'Forged' WHERE article_id = %s",
            )
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [story.pk])

    def by_the_orm_on_the_record(self, story):
        version = self.pick.choice(list(story.versions.all()))
        version.headline = self.sentence()
        self.pick.choice((version.save, version.delete))()


PATHS = [name for name in vars(Newsroom) if name.startswith("by_")]
REFUSALS = (MoveRefused, DatabaseError, CommandError, ValueError)


def test_no_edit_is_silent(cast, client, tmp_path):
    pick = random.Random(2026)
    newsroom = Newsroom(cast, client, tmp_path, pick)
    before, published = newsroom.seen(), 0
    for number in range(EDITS):
        path = pick.choice(PATHS)
        story = Article.objects.get(pk=pick.choice(newsroom.stories).pk)
        try:
            with transaction.atomic():
                getattr(newsroom, path)(story)
        except REFUSALS:
            pass
        now = newsroom.seen()
        for key, (version, page) in now.items():
            assert version >= before[key][0]
            if page != before[key][1]:
                published += 1
                assert version > before[key][0], f"edit {number}, {path}: changed in silence"
                entry = Version.objects.get(article=key, number=version)
                history = client.get(entry.get_history_url()).content.decode()
                assert f"Version {version}<" in history
                assert entry.note
        before = now
    assert published > EDITS / 20  # edits that do publish are seen: the control
    assert list(breaks()) == []
