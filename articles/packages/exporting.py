"""Writing a story as a package."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sources.models import Interview, Quote, Source

from ..models import Article, CommentRequest, NotebookEntry, Photo
from ..text.blocks import rebuilt
from ..text.body import photo_keys, read, with_keys, write
from .format import (
    FORMAT,
    TEXTS,
    AffiliationPart,
    AnonymityPart,
    AttemptPart,
    BylinePart,
    CommentRequestPart,
    EntryPart,
    InterviewPart,
    Package,
    PhotoPart,
    QuotePart,
    SourcePart,
    WholePackage,
)


def story_package(article: Article) -> Package:
    """The story as a package; files by the names under which `write_files()` puts them.

    It is not checked: a draft that would not come in again as it is goes out all the same.
    """
    sources = list(article.relied_on())
    interviews = list(article.interviews.order_by("pk").prefetch_related("quotes"))
    source_keys = {source.pk: f"source-{number}" for number, source in enumerate(sources, 1)}
    interview_keys = {one.pk: f"interview-{number}" for number, one in enumerate(interviews, 1)}
    quotes = [quote for interview in interviews for quote in interview.quotes.all()]
    # From 1, as they are counted where a package comes in.
    quote_numbers = {quote.pk: number for number, quote in enumerate(quotes, 1)}
    live = article.live_version
    return WholePackage.model_construct(
        format=FORMAT,
        slug=article.slug,
        **{name: getattr(article, name) for name in TEXTS},
        section=article.section.name if article.section else "",
        tags=sorted(article.tags.names()),
        bylines=[
            BylinePart.model_construct(author=byline.author.name, role=byline.role)
            for byline in article.bylines.select_related("author")
        ],
        # A mark gives the number of its quote in the package: keys of this desk say nothing elsewhere.
        # Its photos are left out: the format has no place for their files. `left_out()` says so.
        body=write(with_keys(rebuilt(read(article.body), facts=lambda photo: None), quote_numbers)),
        lead_photo=_photo(article, article.lead_photo) if article.lead_photo else None,
        sources=[_source(source, source_keys[source.pk]) for source in sources],
        interviews=[
            _interview(one, interview_keys[one.pk], source_keys[one.source_id])
            for one in interviews
        ],
        quotes=[_quote(quote, interview_keys[quote.interview_id]) for quote in quotes],
        anonymity=[
            AnonymityPart.model_construct(
                source=source_keys[approval.source_id],
                reason=approval.reason,
                attested=approval.attested,
            )
            for approval in article.anonymity_approvals.filter(source__in=source_keys)
        ],
        comment_requests=[
            _comment_request(one) for one in article.comment_requests.prefetch_related("attempts")
        ],
        notebook=[
            _entry(article, number, entry) for number, entry in enumerate(article.notebook.all(), 1)
        ],
        published_at=live.published_at if live else None,
        updated_at=live.updated_at if live else None,
    )


def as_json(package: Package) -> dict[str, Any]:
    """A package as its file holds it, without what it has not got."""
    return package.model_dump(mode="json", exclude_unset=True, exclude_none=True)


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
            # In pieces: a notebook may hold a film.
            shutil.copyfileobj(stored, written)


def _photo_file(article: Article) -> str:
    return f"{article.slug}/photo.jpg"


def _entry_file(article: Article, number: int, entry: NotebookEntry) -> str:
    # In a folder by its number, since two entries may have files of one name.
    return f"{article.slug}/{number}/{Path(entry.file.name or '').name}"


def _photo(article: Article, photo: Photo) -> PhotoPart:
    return PhotoPart.model_construct(
        file=_photo_file(article),
        caption=photo.caption,
        credit=photo.credit,
        alt=photo.alt,
        focal_point=[photo.focal_x, photo.focal_y],
    )


def _source(source: Source, key: str) -> SourcePart:
    # Left out, not empty: the package of an anonymous source has no such field.
    name: dict[str, Any] = {"name": source.name} if source.named else {}
    return SourcePart.model_construct(
        key=key,
        kind=source.kind,
        named=source.named,
        **name,
        description=source.description,
        later_reference=source.later_reference,
        reason=source.reason,
        authorization=source.authorization,
        affiliations=[
            AffiliationPart.model_construct(**one.position()) for one in source.affiliations.all()
        ],
    )


def _interview(interview: Interview, key: str, source: str) -> InterviewPart:
    return InterviewPart.model_construct(
        key=key,
        source=source,
        on=interview.held_on,
        how=interview.how,
        by=interview.interviewer,
        terms=interview.terms,
        terms_as_agreed=interview.terms_as_agreed,
    )


def _quote(quote: Quote, interview: str) -> QuotePart:
    return QuotePart.model_construct(interview=interview, words=quote.words, context=quote.context)


def _comment_request(request: CommentRequest) -> CommentRequestPart:
    return CommentRequestPart.model_construct(
        asked=request.asked,
        about=request.about,
        attempts=[
            AttemptPart.model_construct(at=attempt.at, channel=attempt.channel)
            for attempt in request.attempts.all()
        ],
        deadline=request.deadline,
        outcome=request.outcome,
        answer=request.answer,
    )


def _entry(article: Article, number: int, entry: NotebookEntry) -> EntryPart:
    file: dict[str, Any] = {"file": _entry_file(article, number, entry)} if entry.file else {}
    return EntryPart.model_construct(
        kind=entry.kind,
        title=entry.title,
        url=entry.url,
        **file,
        note=entry.note,
    )
