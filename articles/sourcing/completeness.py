"""Rules about the story as a whole: its parts, its bylines, its pictures and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..models import NotebookEntry
from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import THE_STORY, Found, rule


@rule("story-incomplete", Severity.ABSOLUTE, "A story has a headline, deck, section, slug and body")
def story_incomplete(story: CheckedMaterial) -> Iterator[Found]:
    article = story.article
    parts = {
        "headline": article.headline.strip(),
        "deck": article.deck.strip(),
        "section": article.section,
        "slug": article.slug,
        "body": story.text.strip(),
    }
    missing = [name for name, value in parts.items() if not value]
    if missing:
        yield Found(f"The story has no {' and no '.join(missing)}.", subject=("parts", *missing))


@rule("byline-missing", Severity.WARN, "Readers are told who wrote it")
def byline_missing(story: CheckedMaterial) -> Iterator[Found]:
    if not story.bylines:
        yield Found("Nobody has a byline.", remedy="bylines", subject=THE_STORY)


@rule("photo-incomplete", Severity.BLOCK, "Accessibility; credit where it is due")
def photo_incomplete(story: CheckedMaterial) -> Iterator[Found]:
    for photo in story.photos:
        alt, credit = photo.alt.strip(), photo.credit.strip()
        if not (alt and credit):
            yield Found(
                "The photo has no alternative text or no credit.",
                subject=("photo", photo.pk, alt, credit),
            )


@rule("photo-missing", Severity.BLOCK, "What a story shows can be seen")
def photo_missing(story: CheckedMaterial) -> Iterator[Found]:
    for key in story.missing_photos:
        yield Found(
            f"Photo {key} is no longer in the library: take it out of the text, or put another there.",
            subject=("photo", key),
        )


@rule("file-missing", Severity.ABSOLUTE, "What a story shows can be opened")
def file_missing(story: CheckedMaterial) -> Iterator[Found]:
    files = [entry.file for entry in story.notebook if entry.file]
    for file in [*files, *(photo.file for photo in story.photos)]:
        # Asked of the disk, since the row does not know: the door would have nothing to copy.
        if not file.storage.exists(file.name or ""):
            yield Found(
                f"A file of the story is not there: {file.name}.", subject=("file", file.name)
            )


# A document that a story rests on, as news prose names one.
_DOCUMENT = re.compile(
    r"\b(?:(?:sanctions|watch|black|no-fly|price|casualty) ?lists?|blacklists?|reports?|memos?|"
    r"memorandum|filings?|documents?|records|minutes|audits?|indictments?|lawsuits?|affidavits?|"
    r"court papers|rulings?|surveys?|datasets?|data set|transcripts?|invoices?|e-?mails|study|"
    r"studies|spreadsheets?)\b",
    re.IGNORECASE,
)
# What somebody hands to the press, and words that only look like documents.
_NO_DOCUMENT = re.compile(
    r"(?:press |to )(?:reports?|records)|minutes (?:later|ago|before|after|past|to)|"
    r"\b(?:[\d.]+|two|three|four|five|six|seven|eight|nine|ten|few|several|fifteen|twenty|thirty|forty) minutes",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.?!](?=\S)[^.?!\n]*)*[.?!]?")
_WORD = re.compile(r"\w{5,}")


@rule("document-unlinked", Severity.WARN, "Readers can see what a story rests on")
def document_unlinked(story: CheckedMaterial) -> Iterator[Found]:
    shown = [_telling(f"{e.title} {e.note} {e.url}") for e in story.notebook if _shows(e)]
    # Blanked and not cut out, so that places in the narrative stay places in the text.
    for sentence in _SENTENCE.finditer(_NO_DOCUMENT.sub(_blank, story.narrative)):
        named = _DOCUMENT.search(sentence[0])
        if not named:
            continue
        wanted = _telling(sentence[0]) | {named[0].casefold().rstrip("s")}
        if any(wanted & words for words in shown) or _has_link(story, sentence):
            continue
        start, end = sentence.start() + named.start(), sentence.start() + named.end()
        own_words = sentence[0].replace("·", "").strip()
        yield Found(
            f"The story rests on a document, and the notebook does not show it: “{_around(own_words)}”",
            start,
            end,
            remedy="notebook",
            subject=("words", own_words),
        )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _shows(entry: NotebookEntry) -> bool:
    return entry.kind != NotebookEntry.Kind.NOTE


def _telling(words: str) -> set[str]:
    return {word.casefold().rstrip("s") for word in _WORD.findall(words)}


def _around(words: str) -> str:
    return words if len(words) <= 120 else f"{words[:119].rsplit(' ', 1)[0]} …"


def _has_link(story: CheckedMaterial, sentence: re.Match[str]) -> bool:
    """Is there a link in the paragraph that speaks of it?"""
    begin = story.text.rfind("\n", 0, sentence.start()) + 1
    end = story.text.find("\n", sentence.end())
    paragraph = range(begin, end if end >= 0 else len(story.text))
    return any(start in paragraph for start in story.link_places)


@rule("update-asked", Severity.BLOCK, "What turned out to be false is not published")
def update_asked(story: CheckedMaterial) -> Iterator[Found]:
    """On a story that is not out yet; a live one is answered by its update."""
    if story.live is None:
        for request in story.asked:
            yield Found(
                f"Something is asked of this story first: {request.reason}",
                subject=("update request", request.pk, request.reason),
            )


@rule("correction-undone", Severity.BLOCK, "What was corrected stays corrected")
def correction_undone(story: CheckedMaterial) -> Iterator[Found]:
    """The words that a correction took out stand in the working copy, and the right ones do not."""
    texts = "\n".join((story.article.headline, story.article.deck, story.text))
    # A correction mends the live text; the working copy may still say what was wrong (decision 6).
    for update in story.updates:
        for mended in update.mended:
            wrong, right = mended["wrong"], mended["right"]
            if wrong in texts and not (right.strip() and right in texts):
                yield Found(
                    f"Corrected once, and wrong again: “{wrong}” instead of “{right}”.",
                    *story.place_of(wrong),
                    subject=("update", update.pk, wrong, right),
                )
