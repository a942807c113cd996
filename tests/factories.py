"""Rows for tests, of which only what matters need be said."""

import hashlib
import struct
from io import BytesIO
from itertools import count

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image

from articles.media.pictures import rebuild
from articles.models import (
    AnonymityApproval,
    Article,
    Author,
    Byline,
    Photo,
    Policy,
    Section,
    UpdateRequest,
)
from articles.prepared.relations import relate_next
from articles.publishing.door import publish
from articles.publishing.workflow import make_move
from articles.record.material import Material
from articles.record.quote_uses import derive_quote_uses
from newsroom.models import User
from sources.models import Interview, InterviewFile, Quote, Source
from sources.transcripts.reading import read_transcript

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
    } | fields
    if "section" not in fields:
        fields["section"] = make_section()
    article = Article.objects.create(**fields)
    article.interviews.add(*interviews)
    derive_quote_uses(Material(article))
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
    fields = {"held_on": timezone.localdate(), "how": Interview.How.PHONE} | fields
    interview = Interview.objects.create(source=source, terms=terms, **fields)
    for each in words:
        Quote.objects.create(interview=interview, words=each)
    return interview


def make_transcript(interview, text, *, name="call.vtt", kind="transcript", by=None):
    """A transcript of an interview, or notes of it, as they are kept once they were brought."""
    content = text.encode()
    read = read_transcript(content)
    return InterviewFile.objects.create(
        interview=interview,
        kind=kind,
        file=SimpleUploadedFile(name, content),
        name=name,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        duration=read.duration,
        contents=read.as_data(),
        passages=len(read.segments),
        speakers=read.speakers,
        brought_by=by,
    )


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


def make_pdf(pages=1, box="0 0 595 842", drawing=b"", is_locked=False):
    """A PDF as plain as they come. Its table of objects is left out: readers of PDFs do without."""
    kids = " ".join(f"{10 + number} 0 R" for number in range(pages))
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R>>"
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>"}
    objects[2] = f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"
    objects[3] = f"<</Length {len(drawing)}>>stream\n{drawing.decode()}\nendstream"
    objects[4] = f"<</Filter/Standard/V 1/R 2/P -44/O<{'00' * 32}>/U<{'00' * 32}>>>"
    objects |= {10 + number: page for number in range(pages)}
    written = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in objects.items())
    lock = "/Encrypt 4 0 R/ID[<00><00>]" if is_locked else ""
    return f"%PDF-1.4\n{written}trailer<</Root 1 0 R{lock}>>\n%%EOF".encode()


def make_box(kind, *inside):
    """A box of an MP4 file."""
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def make_video(width=320, height=180, *, is_turned=False, coding=b"avc1"):
    """The boxes of an MP4 that say how large its picture is, and no picture."""
    matrix = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    upright = (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    shape = struct.pack(">11i", *(matrix if is_turned else upright), width << 16, height << 16)
    sound = make_box(b"trak", make_box(b"tkhd", bytes(84)))
    table = make_box(b"stsd", bytes(4), struct.pack(">I", 1), make_box(coding, bytes(78)))
    inside = make_box(b"mdia", make_box(b"minf", make_box(b"stbl", table)))
    picture = make_box(b"trak", make_box(b"tkhd", bytes(40), shape), inside)
    return make_box(b"ftyp", b"isom") + make_box(b"moov", sound, picture)


def make_writer():
    writer, is_new = User.objects.get_or_create(username="writer", defaults={"is_staff": True})
    if is_new:
        writer.groups.add(Group.objects.get(name="Editor"))
    return writer


def approve(article, editor):
    """Take a draft to the door: whoever submits it is one of its writers, and so another."""
    # A story that rests on nobody and nothing is stopped.
    if not article.relied_on().exists():
        article.sources.add(make_source("Una Weir"))
    make_move(article, "submit", by=make_writer())
    make_move(article, "approve", by=editor)
    return article


def make_live(editor, **fields):
    """A story published by an editor."""
    article = approve(make_article(**fields), editor)
    publish(article, by=editor)
    return article


def relate_all():
    """Find related stories, as happens after each commit, of which a test in a transaction has none."""
    while relate_next():
        pass


def make_policy(editor, title="Corrections", **fields):
    """A standards page, in force at once."""
    fields = {"slug": slugify(title), "body": "<p>We correct.</p>"} | fields
    return Policy.objects.create(
        title=title, published_at=timezone.now(), published_by=editor, **fields
    )
