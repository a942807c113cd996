"""Rows for tests, of which only what matters need be said."""

from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image

from articles.models import (
    AnonymityApproval,
    Article,
    Author,
    Byline,
    Photo,
    Section,
    UpdateRequest,
)
from articles.pictures import rebuild
from articles.publishing import publish
from articles.quote_uses import derive_quote_uses
from articles.workflow import make_move
from sources.models import Interview, Quote, Source

_number = count(1)

BODY = "<p>The harbour froze on Monday, the harbour master said.</p>"


def make_section(name="Harbour"):
    return Section.objects.get_or_create(name=name, defaults={"slug": name.lower()})[0]


def make_article(*, interviews=(), **fields):
    number = next(_number)
    fields = {
        "headline": f"Story {number}",
        "deck": "What it is about",
        "slug": f"story-{number}",
        "body": BODY,
        "section": make_section(),
    } | fields
    article = Article.objects.create(**fields)
    article.interviews.add(*interviews)
    derive_quote_uses(article)
    return article


def make_source(name="Ada Holt", **fields):
    return Source.objects.create(named=True, name=name, **fields)


def make_anonymous(description="a clerk with access to the ledger", **fields):
    reason = fields.pop("reason", "they fear dismissal")
    return Source.objects.create(named=False, description=description, reason=reason, **fields)


def make_interview(source, *words, terms=None, **fields):
    terms = terms or (
        Interview.Terms.ON_THE_RECORD if source.named else Interview.Terms.ON_BACKGROUND
    )
    interview = Interview.objects.create(source=source, terms=terms, **fields)
    for each in words:
        Quote.objects.create(interview=interview, words=each)
    return interview


def make_byline(article, name="Maren Okafor"):
    author, _ = Author.objects.get_or_create(
        name=name, defaults={"slug": slugify(name, allow_unicode=True)}
    )
    return Byline.objects.create(article=article, author=author)


def make_approval(article, source, *, by=None, **fields):
    """Anonymity asked for and, by an editor who knows who it is, approved."""
    attested = dict.fromkeys(AnonymityApproval.ATTESTATIONS, True)
    approval = AnonymityApproval.objects.create(
        article=article, source=source, reason="Nobody else saw it.", **attested | fields
    )
    if by:
        source.known_to.add(by)
        approval.decide(True, by=by)
    return approval


def make_retraction(article, by, note="Invented."):
    """A retraction that an editor asks for."""
    return UpdateRequest.objects.create(
        article=article, kind="retraction", reason=note, asked_by=by, at=timezone.now()
    )


def make_image(size=(640, 480), kind="JPEG", **options):
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    file.seek(0)
    return file


def make_photo(image=None, **fields):
    fields = {"alt": "A frozen harbour", "credit": "A. Holt", "caption": "Ice"} | fields
    return Photo.objects.create(file=rebuild(image or make_image()), **fields)


def make_document(name="minutes.txt", content=b"6 to 5"):
    return ContentFile(content, name=name)


def approve(article, editor):
    """Take a draft to the door."""
    make_move(article, "submit", by=editor)
    make_move(article, "approve", by=editor)
    return article


def make_live(editor, **fields):
    """A story published by an editor."""
    article = approve(make_article(**fields), editor)
    publish(article, by=editor)
    return article
