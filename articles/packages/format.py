"""What a story package may hold, as models; and every way in which one does not fit them."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError as NotValid
from django.core.validators import URLValidator
from django.utils.dateparse import parse_date, parse_datetime
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
)
from pydantic_core import ErrorDetails

from sources.models import Interview, Source

from ..models import (
    AnonymityApproval,
    Article,
    Byline,
    CommentAttempt,
    CommentRequest,
    NotebookEntry,
)
from ..record.fields import texts
from ..text.body import photo_keys, read
from ..text.slugs import is_slug, slug_of
from ..times import YEARS

FORMAT = "newsroom-story/1"
FieldPath = tuple[str | int, ...]

# What a member may be. A ValueError says in a journalist's words what is wrong with one.


def _storable(value: str) -> str:
    # PostgreSQL stores no NUL, and UTF-8 has no half of a surrogate pair.
    if "\x00" in value or re.search("[\ud800-\udfff]", value):
        raise ValueError("holds a character that cannot be stored")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


def _slug(value: str) -> str:
    # In any script, as the addresses of the front take them.
    if not is_slug(value):
        raise ValueError("may hold letters, digits, hyphens and underscores only")
    return value


def _web_address(value: str) -> str:
    try:
        if value:
            URLValidator(schemes=["http", "https"])(value)
    except (NotValid, ValueError) as error:
        raise ValueError("must be a web address") from error
    return value


def _one_of(choices: Collection[str]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(each or '“”' for each in choices)}")
        return value

    # Before pydantic looks at the type: whatever stands there is told in the same words.
    return BeforeValidator(check)


def _day(value: Any) -> date:
    try:
        parsed = parse_date(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    except (TypeError, ValueError):
        parsed = None
    if parsed is None or parsed.year not in YEARS:
        raise ValueError("must be a date such as 2020-03-12")
    return parsed


def _moment(value: Any) -> datetime:
    try:
        parsed = parse_datetime(value)
    except (TypeError, ValueError):
        parsed = None
    # A time without its offset is another one in each newsroom.
    if parsed is None or parsed.tzinfo is None or parsed.year not in YEARS:
        raise ValueError("must be a time with offset such as 2020-03-12T10:00:00-04:00")
    return parsed


def _object(value: Any) -> Any:
    """What may be left out may not be null."""
    if value is None:
        raise ValueError("must be an object")
    return value


def _two_shares(value: Any, numbers: ValidatorFunctionWrapHandler) -> Any:
    """One message, whatever is wrong with which of the two."""
    try:
        return numbers(value)
    except ValidationError as error:
        raise ValueError("must be two numbers from 0 to 1") from error


Text = Annotated[str, AfterValidator(_storable)]
Filled = Annotated[Text, AfterValidator(_not_blank)]
Slug = Annotated[Filled, AfterValidator(_slug)]
WebAddress = Annotated[Text, AfterValidator(_web_address)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
MomentOrNone = Annotated[datetime | None, BeforeValidator(_moment)]  # None where it is left out
Tag = Annotated[str, Field(max_length=100), AfterValidator(_storable), AfterValidator(_not_blank)]
Share = Annotated[int | float, Field(ge=0, le=1)]
FocalPoint = Annotated[list[Share], Field(min_length=2, max_length=2), WrapValidator(_two_shares)]


def _most(name: str) -> int | None:
    """Characters that the desk takes of a text."""
    # Asked of the model, so that a wider column needs no second change.
    return Article._meta.get_field(name).max_length  # type: ignore[union-attr]


class Part(BaseModel):
    """Nothing is converted, and nothing that we do not know is passed over."""

    model_config = ConfigDict(strict=True, extra="forbid")


class BylinePart(Part):
    author: Filled = Field(max_length=120)
    role: Annotated[str, _one_of(Byline.Role.values)] = Byline.Role.BY.value


class PhotoPart(Part):
    file: Filled = Field(max_length=1000)
    caption: Text = Field("", max_length=500)
    credit: Filled = Field(max_length=160)
    alt: Filled = Field(max_length=500)
    focal_point: FocalPoint = [0.5, 0.5]


class AffiliationPart(Part):
    title: Text = Field("", max_length=160)
    organization: Text = Field("", max_length=200)
    place: Text = Field("", max_length=120)
    current: bool = True


class SourcePart(Part):
    key: Filled
    kind: Annotated[str, _one_of(Source.Kind.values)] = Source.Kind.PERSON.value
    named: bool
    name: Text = Field("", max_length=200)
    later_reference: Text = Field("", max_length=120)
    description: Text = Field("", max_length=200)
    reason: Text = Field("", max_length=300)
    authorization: Annotated[str, _one_of(Source.Authorization.values)] = (
        Source.Authorization.UNKNOWN.value
    )
    affiliations: list[AffiliationPart] = []


class InterviewPart(Part):
    key: Filled
    source: Filled
    on: Day
    how: Annotated[str, _one_of(Interview.How.values)]
    by: Text = Field("", max_length=120)
    terms: Annotated[str, _one_of(Interview.Terms.values)]
    terms_as_agreed: Text = Field("", max_length=300)


class QuotePart(Part):
    interview: Filled
    words: Filled
    context: Text = ""


class AnonymityPart(Part):
    """That anonymity is asked for, and why. Its approval is for an editor of the desk to give."""

    source: Filled
    reason: Filled
    attested: list[Annotated[str, _one_of(AnonymityApproval.ATTESTATIONS)]] = []


class AttemptPart(Part):
    at: Moment
    channel: Annotated[str, _one_of(CommentAttempt.Channel.values)]


class CommentRequestPart(Part):
    asked: Filled = Field(max_length=200)
    about: Text = Field("", max_length=300)
    attempts: list[AttemptPart] = []
    deadline: MomentOrNone = None
    outcome: Annotated[str, _one_of(CommentRequest.Outcome.values)] = ""
    answer: Text = ""


class EntryPart(Part):
    kind: Annotated[str, _one_of(NotebookEntry.Kind.values)]
    title: Filled = Field(max_length=200)
    url: WebAddress = Field("", max_length=500)
    file: Text = Field("", max_length=1000)
    note: Text = ""


class Package(Part):
    """A story with what it rests on, but for the texts that readers see as they are."""

    format: Annotated[str, _one_of([FORMAT])]
    slug: Slug = Field(max_length=120)
    headline: Filled = Field(max_length=_most("headline"))
    section: Text = Field("", max_length=60)
    tags: list[Tag] = []
    bylines: list[BylinePart] = []
    body: Text = ""
    lead_photo: Annotated[PhotoPart | None, BeforeValidator(_object)] = None
    sources: list[SourcePart] = []
    interviews: list[InterviewPart] = []
    quotes: list[QuotePart] = []
    anonymity: list[AnonymityPart] = []
    comment_requests: list[CommentRequestPart] = []
    notebook: list[EntryPart] = []
    published_at: MomentOrNone = None
    updated_at: MomentOrNone = None


# From the table of public fields: a new text is in packages with its row.
TEXTS = [row.name for row in texts() if row.is_exported]

_MORE: dict[str, Any] = {
    name: (Text, Field("", max_length=_most(name)))
    for name in TEXTS
    # The headline is above, because it may not be empty.
    if name not in Package.model_fields
}
WholePackage = create_model("WholePackage", __base__=Package, **_MORE)


# How a package does not fit


@dataclass(frozen=True)
class Problem:
    """One thing that does not fit, and where: `("sources", 2, "kind")`."""

    place: FieldPath
    message: str

    @property
    def field(self) -> str:
        """The place as people write it: `sources[2].kind`."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place)
        return "".join(steps).removeprefix(".")


class DoesNotFit(Exception):
    """A package is refused; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{each.field}: {each.message}" for each in problems))
        self.problems = problems


# pydantic's kinds of error in a journalist's words.
# A kind that is missing here would be a KeyError: a model with another sort of member adds its own.
WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of this format",
    "model_type": "must be an object",
    "list_type": "must be a list",
    "string_type": "must be text",
    "string_too_long": "is {length} characters long; {max_length} is the most",
    "string_unicode": "holds a character that cannot be stored",
    "bool_type": "must be true or false",
    "value_error": "{error}",
}


def package_of(content: Any) -> Package:
    """What a file holds, as a package. Raises `DoesNotFit` with all that stands in the way."""
    try:
        package = WholePackage.model_validate(content)
    except ValidationError as error:
        raise DoesNotFit([_problem(each) for each in error.errors()]) from error
    # Only of what fits by itself: a missing key would be told twice.
    if problems := list(_contradictions(package)):
        raise DoesNotFit(problems)
    return package


def _problem(error: ErrorDetails) -> Problem:
    given = error["input"]
    length = len(given) if isinstance(given, str) else 0
    message = WORDS[error["type"]].format(length=length, **error.get("ctx", {}))
    return Problem(error["loc"], message)


def _contradictions(package: Package) -> Iterator[Problem]:
    """What one field says of another; only where each fits by itself."""
    yield from _keys(package)
    for number, source in enumerate(package.sources):
        yield from _source(source, ("sources", number))
    yield from _anonymity(package)
    yield from _photos(package)
    yield from _notebook(package)
    for number in _repeated((one.author, one.role) for one in package.bylines):
        yield Problem(("bylines", number), "stands twice")
    if package.published_at and package.updated_at and package.updated_at < package.published_at:
        yield Problem(("updated_at",), "is before the story was published")
    # Its address is made of them.
    if package.section and not slug_of(package.section):
        yield Problem(("section",), "needs a letter or a digit")


def _keys(package: Package) -> Iterator[Problem]:
    """Each key stands once, and each reference leads to one."""
    sources = [one.key for one in package.sources]
    interviews = [one.key for one in package.interviews]
    for name, keys in (("sources", sources), ("interviews", interviews)):
        for number in _repeated(keys):
            yield Problem((name, number, "key"), f"stands twice: {keys[number]}")
    for name, field, named, keys in (
        ("interviews", "source", [one.source for one in package.interviews], sources),
        ("quotes", "interview", [one.interview for one in package.quotes], interviews),
        ("anonymity", "source", [one.source for one in package.anonymity], sources),
    ):
        known = set(keys)
        for number, key in enumerate(named):
            if key not in known:
                yield Problem((name, number, field), f"no such key in this package: {key}")


def _source(source: SourcePart, place: FieldPath) -> Iterator[Problem]:
    if source.named and not source.name.strip():
        yield Problem((*place, "name"), "is missing: a named source has a name")
    if not source.named and source.name:
        message = "must not be given: who an anonymous source is stays out of here"
        yield Problem((*place, "name"), message)
    if not source.named and not source.description.strip():
        message = "is missing: say how the story describes this source"
        yield Problem((*place, "description"), message)
    for number, one in enumerate(source.affiliations):
        if not (one.title or one.organization or one.place):
            message = "says nothing: give title, organization or place"
            yield Problem((*place, "affiliations", number), message)


def _anonymity(package: Package) -> Iterator[Problem]:
    named = {one.key for one in package.sources if one.named}
    for number in _repeated(one.source for one in package.anonymity):
        yield Problem(("anonymity", number), "stands twice")
    for number, request in enumerate(package.anonymity):
        if request.source in named:
            message = "is a named source, for whom nothing needs approval"
            yield Problem(("anonymity", number, "source"), message)


def _photos(package: Package) -> Iterator[Problem]:
    """The key of another desk's photo would show some other photo here."""
    if keys := photo_keys(read(package.body)):
        photos = ", ".join(map(str, keys))
        yield Problem(("body",), f"names photos of a desk, which a package cannot bring: {photos}")


def _notebook(package: Package) -> Iterator[Problem]:
    for number, entry in enumerate(package.notebook):
        if entry.kind == "note" and not entry.note:
            yield Problem(("notebook", number, "note"), "is missing: a note says something")
        if entry.kind != "note" and not (entry.url or entry.file):
            yield Problem(("notebook", number), "needs a url or a file")


def _repeated(values: Iterable[Hashable]) -> Iterator[int]:
    """The numbers of those that stood before."""
    seen = set()
    for number, value in enumerate(values):
        if value in seen:
            yield number
        seen.add(value)
