"""The allow-list: what a version is made of, of an article and all that it rests on.

Only what readers may know leaves here: words given on terms that allow it, sources who agreed to be
told of, and of an unnamed one no more than was agreed.
"""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from sources.attribution import positions_of, told_of_interview
from sources.models import Interview, Quote, Source
from sources.prose.comparing.fairness import is_edited
from sources.prose.reading.quotations import Quotation

from ..models import Exhibit, NotebookEntry, Photo
from ..text import blocks
from ..text.blocks import FACT, QUOTATION, Block, Body, Stretch
from ..text.contents import (
    BylineTold,
    CommentRequestTold,
    ExhibitTold,
    FactTold,
    FileTold,
    HowKnown,
    InterviewTold,
    NotebookEntryTold,
    NotebookFileTold,
    PhotoTold,
    QuotationTold,
    SectionTold,
    SourceTold,
)
from .matches import Fact, backed, match_quotations
from .material import Material


class Files(Protocol):
    """How photos, files of the notebook and sounds are told of: as published, or as in a preview."""

    def photo(self, photo: Photo) -> PhotoTold: ...

    def entry(self, entry: NotebookEntry) -> NotebookFileTold | None: ...

    def sound(self, exhibit: Exhibit) -> FileTold: ...


class PublicParts:
    """What readers may know of an article, part by part; a row of the table names each."""

    def __init__(self, material: Material, files: Files) -> None:
        self.material, self.files = material, files
        self.article = material.article

    # Who and what may be told of

    @cached_property
    def uses(self) -> list[tuple[Quotation, Quote]]:
        """The quotations of the story that readers may see with their source, in their order.

        Words that they may not see back nothing, also where the same were said on other terms.
        """
        quotable = [each for each in self.material.quotes if each.interview.is_quotable_to_readers]
        if len(quotable) == len(self.material.quotes):
            return backed(self.material.matches)
        return backed(match_quotations(self.material.body, quotable))

    @cached_property
    def told_facts(self) -> list[Fact]:
        """What of the reporter's own words readers may see with the document that backs it."""
        return [
            fact
            for fact in self.material.facts
            if fact.quote.interview.is_quotable_to_readers and fact.quote.checked
        ]

    @cached_property
    def agreed(self) -> list[Interview]:
        """The interviews of which readers may be told."""
        return [each for each in self.material.interviews if each.is_quotable_to_readers]

    @cached_property
    def heard(self) -> list[Interview]:
        """The same by their sources, and then by what is told of the day.

        By the day itself, those of an unnamed source would tell it: they would stand between others.
        """
        place = {source.pk: number for number, source in enumerate(self.told_of)}
        return sorted(
            self.agreed,
            key=lambda each: (place[each.source_id], told_of_interview(each)[1], each.pk),
        )

    @cached_property
    def told_of(self) -> list[Source]:
        """Sources of whom readers are told, in the order in which the story quotes them.

        Only those who agreed to it in an interview of this story: by name on the record, or by
        their description on background.
        """
        # The order of the text and not of the desk: in what order sources were found out tells of them.
        agreed = {interview.source_id for interview in self.agreed}
        order = [quote.interview.source_id for _, quote in self.uses]
        first = {pk: order.index(pk) for pk in set(order)}
        told = [source for source in self.material.sources if source.pk in agreed]
        return sorted(told, key=lambda source: (first.get(source.pk, len(order)), source.pk))

    @cached_property
    def source_keys(self) -> dict[int, str]:
        return {source.pk: f"s{number}" for number, source in enumerate(self.told_of, 1)}

    @cached_property
    def interview_keys(self) -> dict[int, str]:
        return {interview.pk: f"i{number}" for number, interview in enumerate(self.heard, 1)}

    # The parts

    def section(self) -> SectionTold | None:
        section = self.article.section
        return {"name": section.name, "slug": section.slug} if section else None

    def body(self) -> Body:
        """The working copy, its backed quotations marked, and its photos as readers get them.

        A photo that is no longer in the library is left out; the check has told of it.
        """
        # The writer's marks hold keys of the desk's rows; readers get keys of the version's own.
        body = blocks.without_marks(self.material.body, lambda mark: mark["kind"] == QUOTATION)
        stretches = [
            Stretch(found.start, found.end, {"kind": QUOTATION, "quotation": f"q{number}"})
            for number, (found, _) in enumerate(self.uses, 1)
        ]
        stretches += [
            Stretch(fact.start, fact.end, {"kind": FACT, "fact": f"f{number}"})
            for number, fact in enumerate(self.told_facts, 1)
        ]
        shown = self.material.photos_in_text

        def photo(block: Block) -> Block | None:
            found = shown.get(block["photo"])
            return {"kind": block["kind"], **self.files.photo(found)} if found else None

        return blocks.rebuilt(blocks.with_marks(body, stretches), facts=photo)

    def bylines(self) -> list[BylineTold]:
        return [
            {"name": each.author.name, "slug": each.author.slug, "role": str(each.role)}
            for each in self.material.bylines
        ]

    def tags(self) -> list[str]:
        return self.material.tags

    def lead_photo(self) -> PhotoTold | None:
        photo = self.article.lead_photo
        return self.files.photo(photo) if photo else None

    def sources(self) -> list[SourceTold]:
        return [
            {
                "key": self.source_keys[source.pk],
                "named": source.named,
                "kind": str(source.kind),
                "name": source.public_name,
                "positions": positions_of(source),
                "authorization": str(source.authorization),
                "reason": "" if source.named else source.reason,
                "entry": self._entry_of(source),
            }
            for source in self.told_of
        ]

    def _entry_of(self, source: Source) -> int | None:
        """Which entry of the notebook, from 1, is the document; None if it is none of them."""
        if source.kind != Source.Kind.DOCUMENT:
            return None
        transcripts = self.material.transcripts
        digests = {each.digest for each in transcripts if each.interview.source_id == source.pk}
        for number, entry in enumerate(self.material.notebook, 1):
            if entry.shown.get("file", {}).get("digest") in digests:
                return number
        return None

    def interviews(self) -> list[InterviewTold]:
        told: list[InterviewTold] = []
        for interview in self.heard:
            how, held = told_of_interview(interview)
            source = self.source_keys[interview.source_id]
            key = self.interview_keys[interview.pk]
            told.append({"key": key, "source": source, "how": how, "held": held})
        return told

    def quotations(self) -> list[QuotationTold]:
        return [
            {
                "key": f"q{number}",
                "source": self.source_keys[quote.interview.source_id],
                "interview": self.interview_keys[quote.interview_id],
                **_known(quote),
                "edited": is_edited(found.words, quote.words),
            }
            for number, (found, quote) in enumerate(self.uses, 1)
        ]

    def facts(self) -> list[FactTold]:
        told: list[FactTold] = []
        for number, (_, _, quote) in enumerate(self.told_facts, 1):
            checked = quote.checked
            told.append(
                {
                    "key": f"f{number}",
                    "source": self.source_keys[quote.interview.source_id],
                    "interview": self.interview_keys[quote.interview_id],
                    "page": checked.page if checked else None,
                    "row": checked.row if checked else None,
                }
            )
        return told

    def exhibits(self) -> list[ExhibitTold]:
        """The evidence itself, where editors decided so and it still holds; each once, at its first quotation."""
        told: dict[int, ExhibitTold] = {}
        for number, (_, quote) in enumerate(self.uses, 1):
            exhibit = self.material.exhibits.get(quote.pk)
            if exhibit and quote.pk not in told and not exhibit.withheld:
                is_sound = exhibit.is_sound
                told[quote.pk] = {
                    "quotation": f"q{number}",
                    "kind": str(exhibit.kind),
                    "before": exhibit.before,
                    "passage": exhibit.passage,
                    "after": exhibit.after,
                    "start": int(exhibit.start or 0) if is_sound else None,
                    "seconds": round(exhibit.seconds or 0) if is_sound else None,
                    "file": self.files.sound(exhibit) if is_sound else None,
                }
        return list(told.values())

    def comment_requests(self) -> list[CommentRequestTold]:
        return [
            {
                "asked": request.asked,
                "about": request.about,
                "outcome": str(request.outcome),
                "answer": request.answer,
            }
            for request in self.material.comment_requests
            # Until then it is the desk's: whether somebody was asked yet is nobody's news.
            if request.outcome
        ]

    def notebook(self) -> list[NotebookEntryTold]:
        return [
            {
                "kind": str(entry.kind),
                "title": entry.title,
                "url": entry.url,
                "note": entry.note,
                "file": self.files.entry(entry) if entry.file else None,
            }
            for entry in self.material.notebook
        ]


def _known(quote: Quote) -> HowKnown:
    """How the words were heard and what they were compared with, as far as readers may know.

    Of somebody who is not named, that it was done: by what they spoke to the newsroom is what somebody who hunts
    for them would look up (decision 4).
    """
    checked = quote.checked
    if not quote.interview.source.named:
        return {"basis": "", "checked": "kept" if checked else "", "page": None, "row": None}
    # A copy of the story's own words says nothing.
    basis = "" if quote.basis == Quote.Basis.COPIED else str(quote.basis)
    if checked is None:
        return {"basis": basis, "checked": "", "page": None, "row": None}
    told = str(checked.compared_with)
    return {"basis": basis, "checked": told, "page": checked.page, "row": checked.row}
