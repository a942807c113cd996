"""Bringing packages to the desk: each whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from sources.models import Affiliation, Interview, Organization, Quote, Source

from ..media.notebook_files import is_picture
from ..media.pictures import rebuild
from ..models import (
    AnonymityApproval,
    Article,
    Author,
    Byline,
    CommentAttempt,
    CommentRequest,
    NotebookEntry,
    Photo,
    Section,
)
from ..models.media import DOCUMENT_TYPES
from ..publishing.door import import_published
from ..publishing.workflow import Blocked, MoveRefused
from ..record.quote_uses import copy_uses, derive_quote_uses
from ..sourcing.at_a_glance import count_words, keep_glance
from ..sourcing.checked_material import CheckedMaterial
from ..sourcing.checking import check
from ..sourcing.rules import Finding
from ..text import blocks
from ..text.body import clean_body, read, with_keys, write
from ..text.slugs import slug_of
from .comparing import digest, is_same_story, package_digest
from .format import (
    TEXTS,
    CommentRequestPart,
    DoesNotFit,
    EntryPart,
    FieldPath,
    Package,
    PhotoPart,
    Problem,
    SourcePart,
    package_of,
)

if TYPE_CHECKING:
    from sources.colleagues import User


T = TypeVar("T")


class Outcome(StrEnum):
    """What became of a package."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Importer:
    """How packages come in: for whom, from which folder, and with what allowed."""

    folder: Path
    by: User | None = None
    as_published: bool = False
    match_sources: bool = False
    problems: list[Problem] = field(default_factory=list)

    def import_package(self, content: Any) -> Outcome:
        """Bring one package to the desk; why one is refused is in `problems`, and never raised."""
        return self._whole_or_not(content, self._import) or Outcome.REFUSED

    def check_package(self, content: Any) -> list[Finding] | None:
        """What the check finds in a package, of which nothing is kept; None for one that is refused."""
        return self._whole_or_not(content, self._check)

    def _whole_or_not(self, content: Any, step: Callable[[Package], T]) -> T | None:
        self.problems = []
        try:
            package = package_of(content)
            if problems := self._problems_here(package):
                raise DoesNotFit(problems)
            # Within the `try`: whatever is raised has undone all of it before it is told.
            with transaction.atomic():
                return step(package)
        except DoesNotFit as refused:
            self.problems = refused.problems
        except (DatabaseError, ValueError, OSError) as error:
            self.problems = [Problem((), f"could not be brought in: {error}")]
        # Before `MoveRefused`, of which it is one: each finding is told by itself.
        except Blocked as blocked:
            self.problems = [Problem((), finding.message) for finding in blocked.findings]
        except MoveRefused as refused:
            self.problems = [Problem((), str(refused))]
        except ValidationError as error:
            self.problems = [Problem((), message) for message in error.messages]
        return None

    def _check(self, package: Package) -> list[Finding]:
        # A story of the desk may have its slug; what only follows it is no address of another.
        free = f"{package.slug[:100]}-{uuid4().hex[:12]}"
        material = CheckedMaterial(self._create(package.model_copy(update={"slug": free})))
        findings = check(material)
        files = [entry.file for entry in material.notebook if entry.file]
        for file in [*files, *(photo.file for photo in material.photos)]:
            file.storage.delete(file.name or "")
        transaction.set_rollback(True)
        return findings

    def _import(self, package: Package) -> Outcome:
        _alone_with(f"story {package.slug}")
        existing = Article.objects.filter(slug=package.slug).first()
        if existing is None:
            article = self._create(package)
        else:
            is_same = is_same_story(package, self.folder, existing)
            # Edited at the desk since, it is still the story that this package brought.
            if not is_same and existing.package_digest != package_digest(package, self.folder):
                raise DoesNotFit([Problem(("slug",), "is taken by another story on the desk")])
            # An archive that came in as drafts is published by importing it once more.
            if existing.live_version or not self.as_published:
                return Outcome.UNCHANGED
            if not is_same:
                raise MoveRefused("This package was edited on the desk since: publish it there.")
            article = existing
        if self.as_published:
            self._publish(article, package)
        else:
            material = CheckedMaterial(article)
            derive_quote_uses(material)
            keep_glance(material)
        return Outcome.IMPORTED

    # What only this desk and this folder can say

    def _problems_here(self, package: Package) -> list[Problem]:
        files: list[tuple[FieldPath, str]] = [
            (("notebook", number, "file"), entry.file)
            for number, entry in enumerate(package.notebook)
            if entry.file
        ]
        if package.lead_photo:
            files.append((("lead_photo", "file"), package.lead_photo.file))
        # Looked for before anything is written: a refusal leaves no picture behind on the disk.
        found = [problem for each in files if (problem := self._file_problem(*each))]
        if self.as_published:
            if package.published_at is None:
                found.append(Problem(("published_at",), "is missing: when was it published?"))
            for name in ("published_at", "updated_at"):
                at = getattr(package, name)
                if at and at > timezone.now():
                    found.append(Problem((name,), "lies in the future"))
        return found

    def _file_problem(self, place: FieldPath, name: str) -> Problem | None:
        try:
            # Resolved, so that neither `..` nor a symbolic link reads another file of the machine.
            path = (self.folder / name).resolve()
            is_there = path.is_file()
        except (OSError, ValueError):
            return Problem(place, "is not a file name")
        if not path.is_relative_to(self.folder.resolve()):
            return Problem(place, "lies outside the package's folder")
        if not is_there:
            return Problem(place, f"there is no such file: {name}")
        if place[0] == "notebook" and path.suffix.lower().lstrip(".") not in DOCUMENT_TYPES:
            return Problem(
                place, f"is of a type that is not taken: use {', '.join(DOCUMENT_TYPES)}"
            )
        return None

    # Making the rows

    def _create(self, package: Package) -> Article:
        sources = self._sources(package)
        interviews, quotes = self._interviews(package, sources)
        # Cleaned as an editor's is: a package may hold whatever markup. Marks give numbers of the
        # package until its quotes have keys of this desk.
        body = with_keys(read(clean_body(package.body)), quotes)
        article = Article.objects.create(
            slug=package.slug,
            **{name: getattr(package, name) for name in TEXTS},
            section=_section(package.section),
            body=write(body),
            words=count_words(blocks.text(body)),
            lead_photo=self._photo(package.lead_photo) if package.lead_photo else None,
            assigned_to=self.by,
            package_digest=package_digest(package, self.folder),
        )
        article.keep_writers()
        article.tags.add(*package.tags)
        Byline.objects.bulk_create(
            Byline(article=article, author=_author(byline.author), role=byline.role, order=order)
            for order, byline in enumerate(package.bylines)
        )
        article.sources.add(*sources.values())
        article.interviews.add(*interviews.values())
        bulk_create_with_history(
            [
                AnonymityApproval(
                    article=article,
                    source=sources[one.source],
                    reason=one.reason,
                    asked_by=self.by,
                    **dict.fromkeys(one.attested, True),
                )
                for one in package.anonymity
            ],
            AnonymityApproval,
            default_user=self.by,
        )
        for request in package.comment_requests:
            _create_comment_request(article, request)
        for order, entry in enumerate(package.notebook):
            self._create_entry(article, entry, order)
        return article

    def _interviews(
        self, package: Package, sources: Mapping[str, Source]
    ) -> tuple[dict[str, Interview], dict[int, int]]:
        """The interviews by their keys in the package, and of its quotes, by their numbers, the keys here."""
        # Django's `bulk_create` sends no signals, by which histories are written.
        made = bulk_create_with_history(
            [
                Interview(
                    source=sources[one.source],
                    held_on=one.on,
                    how=one.how,
                    interviewer=one.by,
                    terms=one.terms,
                    terms_as_agreed=one.terms_as_agreed,
                    recorded_by=self.by,
                )
                for one in package.interviews
            ],
            Interview,
            default_user=self.by,
        )
        interviews = {one.key: each for one, each in zip(package.interviews, made, strict=True)}
        quotes = bulk_create_with_history(
            [
                Quote(interview=interviews[one.interview], words=one.words, context=one.context)
                for one in package.quotes
            ],
            Quote,
            default_user=self.by,
        )
        return interviews, {number: quote.pk for number, quote in enumerate(quotes, 1)}

    def _sources(self, package: Package) -> dict[str, Source]:
        """By their keys in the package: new ones, or the desk's own of the same name or
        description and affiliations.
        """
        sources = {one.key: self._known(one) for one in package.sources}
        new = [one for one in package.sources if sources[one.key] is None]
        made = bulk_create_with_history(
            [
                Source(
                    kind=one.kind,
                    named=one.named,
                    name=one.name,
                    description=one.description,
                    later_reference=one.later_reference,
                    reason=one.reason,
                    authorization=one.authorization,
                    added_by=self.by,
                )
                for one in new
            ],
            Source,
            default_user=self.by,
        )
        by_key = {one.key: source for one, source in zip(new, made, strict=True)}
        bulk_create_with_history(
            [
                Affiliation(
                    source=by_key[one.key],
                    title=each.title,
                    organization=_organization(each.organization),
                    place=each.place,
                    current=each.current,
                )
                for one in new
                for each in one.affiliations
            ],
            Affiliation,
            default_user=self.by,
        )
        for source in made:
            # As at the desk: whoever brings an anonymous source knows them.
            if not source.named and self.by:
                source.known_to.add(self.by)
        return {key: known or by_key[key] for key, known in sources.items()}

    def _known(self, one: SourcePart) -> Source | None:
        return _looked_for(lambda: self._known_source(one)) if self.match_sources else None

    def _known_source(self, one: SourcePart) -> Source | None:
        """A source on the desk that a package's source equals, affiliations and all."""
        # Or a package would tell whether a source is there that its importer may not see.
        visible = Source.objects.visible_to(self.by) if self.by else Source.objects.all()
        wanted = visible.filter(named=one.named, name=one.name, description=one.description)
        there = sorted((a.title, a.organization, a.place, a.current) for a in one.affiliations)
        # The one that has been there longest, if two are alike.
        for source in wanted.prefetch_related("affiliations__organization").order_by("pk"):
            positions = (a.position() for a in source.affiliations.all())
            here = sorted(
                (p["title"], p["organization"], p["place"], p["current"]) for p in positions
            )
            if here == there:
                return source
        return None

    def _photo(self, one: PhotoPart) -> Photo:
        path = self.folder / one.file
        x, y = one.focal_point
        with path.open("rb") as file:
            rebuilt = rebuild(file)
        return Photo.objects.create(
            file=rebuilt,
            caption=one.caption,
            credit=one.credit,
            alt=one.alt,
            focal_x=x,
            focal_y=y,
            # By this the same package is known again: the file that is kept was rebuilt.
            upload_digest=digest(path),
            uploaded_by=self.by,
        )

    def _create_entry(self, article: Article, one: EntryPart, order: int) -> None:
        entry = NotebookEntry(
            article=article, kind=one.kind, title=one.title, url=one.url, note=one.note, order=order
        )
        if one.file:
            path = self.folder / one.file
            if is_picture(path.name):
                with path.open("rb") as file:
                    rebuild(file)  # refuses what is none, before the door has to
            # Kept with `entry.save()`, which reads the file for what readers will get.
            entry.file.save(path.name, ContentFile(path.read_bytes()), save=False)
        entry.save()

    def _publish(self, article: Article, package: Package) -> None:
        if self.by is None or package.published_at is None:
            raise MoveRefused("Say who takes the archive into the record: --by USER.")
        version = import_published(
            article,
            by=self.by,
            published_at=package.published_at,
            updated_at=package.updated_at,
        )
        copy_uses(version)


def _alone_with(what: str) -> None:
    """Let no other process bring in the same until this transaction ends.

    SQLite has one writer in any case.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def _looked_for(look: Callable[[], T | None]) -> T | None:
    """What is there already; looked for once more behind whoever may just be bringing in the same.

    One lock for all that is found by name: of two, each might wait for the other's.
    """
    if found := look():
        return found
    _alone_with("names")
    return look()


def _section(name: str) -> Section | None:
    if not name:
        return None
    section = _looked_for(Section.objects.filter(name=name).first)
    return section or Section.objects.create(name=name, slug=_free_slug(Section, name))


def _author(name: str) -> Author:
    author = _looked_for(Author.objects.filter(name=name).first)
    return author or Author.objects.create(name=name, slug=_free_slug(Author, name))


def _free_slug(model: type[Section] | type[Author], name: str) -> str:
    """The name as an address; numbered where another name makes the same one."""
    # So that there is room for a number: a section's column holds 60.
    slug = slug_of(name)[:50] or "unnamed"
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in taken else next(one for one in numbered if one not in taken)


def _organization(name: str) -> Organization | None:
    if not name:
        return None
    # Not `get_or_create()`, which raises where two of a name are in different places.
    known = _looked_for(Organization.objects.filter(name=name).first)
    return known or Organization.objects.create(name=name)


def _create_comment_request(article: Article, one: CommentRequestPart) -> None:
    request = CommentRequest.objects.create(
        article=article,
        asked=one.asked,
        about=one.about,
        deadline=one.deadline,
        outcome=one.outcome,
        answer=one.answer,
    )
    CommentAttempt.objects.bulk_create(
        CommentAttempt(request=request, at=attempt.at, channel=attempt.channel)
        for attempt in one.attempts
    )
