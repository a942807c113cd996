"""Writing a story as a package."""

from __future__ import annotations

import shutil
from pathlib import Path

from sources.models import Interview, Source

from ..models import Article, CommentRequest, NotebookEntry, Photo
from ..record.fields import texts
from ..text.blocks import rebuilt
from ..text.body import photo_keys, read, with_keys, write
from .format import FORMAT, Package


def story_package(article: Article) -> Package:
    """The story as a package; files by the names under which `write_files()` puts them."""
    sources = list(article.relied_on())
    interviews = list(article.interviews.order_by("pk").prefetch_related("quotes"))
    source_keys = {source.pk: f"source-{number}" for number, source in enumerate(sources, 1)}
    quotes = [quote for interview in interviews for quote in interview.quotes.all()]
    places = {quote.pk: place for place, quote in enumerate(quotes, 1)}
    package: Package = {
        "format": FORMAT,
        "slug": article.slug,
        **{row.name: getattr(article, row.name) for row in texts() if row.is_exported},
        "section": article.section.name if article.section else "",
        "tags": sorted(article.tags.names()),
        "bylines": [
            {"author": byline.author.name, "role": byline.role}
            for byline in article.bylines.select_related("author")
        ],
        # A mark names the place of its quote in the package: keys of this desk say nothing elsewhere.
        # Its photos are left out: the format has no place for their files. `left_out()` says so.
        "body": write(with_keys(rebuilt(read(article.body), facts=lambda photo: None), places)),
        "sources": [_source(source, source_keys[source.pk]) for source in sources],
        "interviews": [
            _interview(one, f"interview-{number}", source_keys[one.source_id])
            for number, one in enumerate(interviews, 1)
        ],
        "quotes": [
            {"interview": f"interview-{number}", "words": quote.words, "context": quote.context}
            for number, one in enumerate(interviews, 1)
            for quote in one.quotes.all()
        ],
        "anonymity": [
            {
                "source": source_keys[approval.source_id],
                "reason": approval.reason,
                "attested": approval.attested,
            }
            for approval in article.anonymity_approvals.filter(source__in=source_keys)
        ],
        "comment_requests": [
            _comment_request(one) for one in article.comment_requests.prefetch_related("attempts")
        ],
        "notebook": [
            _entry(article, number, entry) for number, entry in enumerate(article.notebook.all(), 1)
        ],
    }
    if article.lead_photo:
        package["lead_photo"] = _photo(article, article.lead_photo)
    live = article.live_version
    if live:
        package["published_at"] = live.published_at.isoformat()
        if live.updated_at:
            package["updated_at"] = live.updated_at.isoformat()
    return package


def left_out(article: Article) -> str:
    """What the package of a story does not hold, for whoever exports it; empty if it is whole."""
    keys = photo_keys(read(article.body))
    if not keys:
        return ""
    photos = ", ".join(map(str, keys))
    return (
        f"{article.slug}: photos in its text were left out, which a package cannot hold: {photos}"
    )


def write_files(article: Article, folder: Path) -> None:
    """Put the files of a story's package where the package says that they are."""
    files = [
        (_entry_file(article, number, entry), entry.file)
        for number, entry in enumerate(article.notebook.all(), 1)
        if entry.file
    ]
    if article.lead_photo:
        files.append((_photo_file(article), article.lead_photo.file))
    for name, file in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb") as stored, (folder / name).open("wb") as written:
            shutil.copyfileobj(stored, written)


def _photo_file(article: Article) -> str:
    return f"{article.slug}/photo.jpg"


def _entry_file(article: Article, number: int, entry: NotebookEntry) -> str:
    return f"{article.slug}/{number}/{Path(entry.file.name or '').name}"


def _photo(article: Article, photo: Photo) -> Package:
    return {
        "file": _photo_file(article),
        "caption": photo.caption,
        "credit": photo.credit,
        "alt": photo.alt,
        "focal_point": [photo.focal_x, photo.focal_y],
    }


def _source(source: Source, key: str) -> Package:
    package: Package = {"key": key, "kind": source.kind, "named": source.named}
    if source.named:
        package["name"] = source.name
    return package | {
        "description": source.description,
        "later_reference": source.later_reference,
        "reason": source.reason,
        "authorization": source.authorization,
        "affiliations": [one.position() for one in source.affiliations.all()],
    }


def _interview(interview: Interview, key: str, source: str) -> Package:
    return {
        "key": key,
        "source": source,
        "on": interview.held_on.isoformat(),
        "how": interview.how,
        "by": interview.interviewer,
        "terms": interview.terms,
        "terms_as_agreed": interview.terms_as_agreed,
    }


def _comment_request(request: CommentRequest) -> Package:
    package: Package = {
        "asked": request.asked,
        "about": request.about,
        "attempts": [
            {"at": attempt.at.isoformat(), "channel": attempt.channel}
            for attempt in request.attempts.all()
        ],
        "outcome": request.outcome,
        "answer": request.answer,
    }
    if request.deadline:
        package["deadline"] = request.deadline.isoformat()
    return package


def _entry(article: Article, number: int, entry: NotebookEntry) -> Package:
    package: Package = {"kind": entry.kind, "title": entry.title, "url": entry.url}
    if entry.file:
        package["file"] = _entry_file(article, number, entry)
    return package | {"note": entry.note}
