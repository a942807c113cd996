"""Rules about the story as a whole: its parts, its bylines, its pictures and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from sources.attribution import day_in_words
from sources.prose.reading.sayings import attributes
from sources.prose.reading.words_of_speech import word_set

from ..models import NotebookEntry
from ..models.article import is_untitled
from ..stages import Severity
from ..text.slugs import slug_of
from .checked_material import CheckedMaterial
from .rules import THE_STORY, Found, quoted, rule


@rule("story-incomplete", Severity.ABSOLUTE, "A story has a headline, deck, section, slug and body")
def story_incomplete(story: CheckedMaterial) -> Iterator[Found]:
    article = story.article
    parts = {
        "headline": article.headline.strip(),
        "deck": article.deck.strip(),
        "section": article.section,
        # It gets one of its headline's words when it is saved.
        "slug": not is_untitled(article.slug) or slug_of(article.headline),
        "body": story.text.strip(),
    }
    missing = [name for name, value in parts.items() if not value]
    if missing:
        yield Found(
            _("The story has no %(parts)s. Fill it in.")
            % {
                "parts": pgettext("between parts that are missing", " and no ").join(
                    str(_PARTS[name]) for name in missing
                )
            },
            subject=("parts", *missing),
        )


_PARTS = {
    "headline": pgettext_lazy("the story has no …", "headline"),
    "deck": pgettext_lazy("the story has no …", "deck"),
    "section": pgettext_lazy("the story has no …", "section"),
    "slug": pgettext_lazy("the story has no …", "slug"),
    "body": pgettext_lazy("the story has no …", "body"),
}


@rule("byline-missing", Severity.WARN, "Readers are told who wrote it")
def byline_missing(story: CheckedMaterial) -> Iterator[Found]:
    if not story.bylines:
        yield Found(
            _("Nobody has a byline. Add who wrote it."), remedy="bylines", subject=THE_STORY
        )


@rule("photo-incomplete", Severity.BLOCK, "Accessibility; credit where it is due")
def photo_incomplete(story: CheckedMaterial) -> Iterator[Found]:
    for photo in story.photos:
        alt, credit = photo.alt.strip(), photo.credit.strip()
        if photo.lacks:
            yield Found(
                _("A photo has no alternative text or no credit. Fill in both."),
                subject=("photo", photo.pk, alt, credit),
            )


@rule("photo-rights-over", Severity.BLOCK, "Pictures are used as was agreed")
def photo_rights_over(story: CheckedMaterial) -> Iterator[Found]:
    for photo in story.photos:
        # By the day on which readers will see it, where it is scheduled.
        day = timezone.localtime(story.published_at).date()
        if photo.usable_until is not None and photo.usable_until < day:
            yield Found(
                _("A photo may not be used after %(day)s: “%(photo)s”. Choose another.")
                % {"photo": quoted(str(photo)), "day": day_in_words(photo.usable_until)},
                subject=("photo", photo.pk, photo.usable_until.isoformat()),
            )


@rule("photo-missing", Severity.BLOCK, "What a story shows can be seen")
def photo_missing(story: CheckedMaterial) -> Iterator[Found]:
    for key in story.missing_photos:
        yield Found(
            _(
                "Photo %(key)s is no longer in the library. Take it out of the text, or put another there."
            )
            % {"key": key},
            subject=("photo", key),
        )


@rule("file-missing", Severity.ABSOLUTE, "What a story shows can be opened")
def file_missing(story: CheckedMaterial) -> Iterator[Found]:
    files = [entry.file for entry in story.notebook if entry.file]
    for file in [*files, *(photo.file for photo in story.photos)]:
        # Asked of the disk, since the row does not know: the door would have nothing to copy.
        if not file.storage.exists(file.name or ""):
            yield Found(
                _("A file of the story is not there: %(file)s. Upload it again.")
                % {"file": file.name},
                subject=("file", file.name),
            )


# Documents, as news prose names them.
_DOCUMENT = (
    r"(?P<document>letters?|memos?|memorandum|contracts?|filings?|affidavits?|indictments?|lawsuits?|"
    r"complaints?|audits?|minutes|records|documents?|reports?|stud(?:y|ies)|surveys?|datasets?|spreadsheets?|"
    r"invoices?|transcripts?|ledgers?|rulings?|warrants?|e-?mails?|court papers|permits?|leases?|invoices?|"
    r"(?:sanctions|watch|black|no-fly|price|casualty) ?lists?)"
)
# One of them stands in whatever names a document.
_NOUNS = word_set(
    """
    letter memo contract filing affidavit indictment lawsuit complaint audit minutes record document report
    stud survey dataset spreadsheet invoice transcript ledger ruling warrant email e-mail papers permit lease
    list
    """
)
_SAYS = (
    r"(?:(?:also|then|clearly|\w+ly) )?(?:sa(?:y|ys|id)|show(?:s|ed)?|stat(?:e|es|ed)|reveal(?:s|ed)?|found|finds?|"
    r"warn(?:s|ed)?|alleg(?:es|ed)|accus(?:es|ed)|describ(?:es|ed)|confirm(?:s|ed)?|suggest(?:s|ed)?|"
    r"indicat(?:es|ed)|conclud(?:es|ed)|read|reads|records?|lists?|listed|recorded)\b(?! to be)"
)
# A story rests on it where the document says something, is given as the source, or came to the newsroom.
_RESTS_ON = re.compile(
    rf"\b{_DOCUMENT}(?: (?:of|from|by|to|on|in|for|with|dated|signed|filed|written|sent|published)\b[^.;:,]{{0,60}}?)?"
    rf"(?:,? which| that)? {_SAYS}"
    rf"|\b(?:according to|citing|cited in|based on|set out in|detailed in|recorded in|are in|is in) "
    rf"(?:[\w’'-]+ ){{0,5}}?{_DOCUMENT.replace('document>', 'cited>')}\b"
    rf"|\b(?:leaked (?!(?:the|an?|this|that|his|her|its|their)\b)|(?:internal|confidential|unpublished|obtained|reviewed|seen) )(?:[\w’'-]+ ){{0,3}}?"
    rf"{_DOCUMENT.replace('document>', 'leaked>')}\b"
    rf"|\b{_DOCUMENT.replace('document>', 'seen>')}(?: [\w’'-]+){{0,5}}? (?:seen|obtained|reviewed|examined) by\b"
    rf"|\b(?:on|to|from) (?:an?|the|its) (?:[\w’'-]+ ){{0,2}}?(?P<list>(?:sanctions|watch|black|no-fly) ?list)\b",
    re.IGNORECASE,
)
# What somebody hands to the press, and words that only look like documents.
_NO_DOCUMENT = re.compile(
    r"\b(?:contributed to|press|media|news|weather|wire|witness|police|early|initial|first|other|some|many|several|"
    r"most|unconfirmed) reports?\b|^reports\b|"
    r"\bminutes (?:later|ago|before|after|past|to|of)\b|\b(?:Bible|case) stud(?:y|ies)\b|"
    r"\b(?:[\d.]+|two|three|four|five|six|seven|eight|nine|ten|few|several|fifteen|twenty|thirty|forty) minutes|"
    r"\bobtain(?:ed|ing)? (?:[\w’'-]+ ){0,2}?(?:indictments?|warrants?|permits?)\b|"
    r"\b(?:on|with|without) (?:[\w’'-]+ ){0,2}contracts\b|"  # whoever works so
    r"\b\w+, says? (?=an? |the )|"  # “on short contracts, says a report”: it is not they that say it
    r"\b(?:world|track|criminal|vinyl) records?\b|\breports? (?:to|on) (?:the|a) (?:paper|television|radio)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.?!](?=\S)[^.?!\n]*)*[.?!]?")
_WORD = re.compile(r"\w{4,}")


@rule("document-unlinked", Severity.WARN, "Readers can see what a story rests on")
def document_unlinked(story: CheckedMaterial) -> Iterator[Found]:
    shown = [_telling(f"{e.title} {e.note} {e.url}") for e in story.notebook if _shows(e)]
    told: set[str] = set()
    # Blanked and not cut out, so that places in the narrative stay places in the text.
    for sentence in _SENTENCE.finditer(story.narrative):
        words = sentence[0].casefold()
        if not any(noun in words for noun in _NOUNS):
            continue  # which costs a tenth of looking for what rests on it
        named = _RESTS_ON.search(_NO_DOCUMENT.sub(_blank, sentence[0]))
        if not named:
            continue
        group = next(name for name, words in named.groupdict().items() if words)
        document = named[group]
        # Once for each: “the letter” afterwards is the same.
        kind = document.casefold().rstrip("s").split()[-1]
        wanted = _telling(sentence[0]) | {kind}
        if kind in told or any(wanted & words for words in shown) or _has_link(story, sentence):
            continue
        told.add(kind)
        start, end = (sentence.start() + place for place in named.span(group))
        yield Found(
            _(
                "The story rests on a document that readers cannot see: “%(document)s”. Show it in the "
                "notebook, or link to it."
            )
            % {"document": quoted(document)},
            start,
            end,
            remedy="notebook",
            subject=("document", sentence[0].replace("·", "").strip()),
        )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _shows(entry: NotebookEntry) -> bool:
    return entry.kind != NotebookEntry.Kind.NOTE


def _telling(words: str) -> set[str]:
    return {word.casefold().rstrip("s") for word in _WORD.findall(words)}


def _has_link(story: CheckedMaterial, sentence: re.Match[str]) -> bool:
    """Is there a link in the paragraph that speaks of it?"""
    begin = story.text.rfind("\n", 0, sentence.start()) + 1
    end = story.text.find("\n", sentence.end())
    paragraph = range(begin, end if end >= 0 else len(story.text))
    return any(start in paragraph for start in story.link_places)


# What a writer leaves to be filled in. In capitals, since a tk is no word and Tk a program.
_PLACEHOLDER = re.compile(
    r"\bTK(?:TK)*\b(?!(?i: maxx)\b)|(?<!(?i:bowl) )\bXXX+\b|(?i:\blorem ipsum\b)|"
    # “How can that be???” is asked, and nothing to be filled in.
    r"(?<![^\W\d_])\?\?\?|\?\?\?(?= [a-z])|"
    r"(?i:\[(?:to come|check|tk|tbc|tbd|insert|add|confirm|fix|xx|name|source|link|date|todo)\b)"
)

_SIGNS = ("TK", "XXX", "???", "[")  # one of which each has, but for “lorem ipsum”


@rule("unfinished", Severity.ABSOLUTE, "What is still to come is not published")
def unfinished(story: CheckedMaterial) -> Iterator[Found]:
    """In any text that becomes public: a headline, a caption, the name of a file, too."""
    seen: set[str] = set()
    for text in [*story.public_texts, _spelled_out(story.article.slug)]:
        if not any(sign in text for sign in _SIGNS) and "lorem ipsum" not in text.casefold():
            continue  # which costs a hundredth of looking for all of them at every place
        for found in _PLACEHOLDER.finditer(text):
            if found[0] not in seen:
                seen.add(found[0])
                around = text[max(0, found.start() - 30) : found.end() + 30].strip()
                yield Found(
                    _("Something is still to come here: “%(words)s”. Fill it in, or take it out.")
                    % {"words": quoted(around)},
                    *story.place_of(found[0]),
                    subject=("placeholder", found[0]),
                )


def _spelled_out(slug: str) -> str:
    """A slug has small letters alone: “harbour-vote-tk”, “tk-maxx-opens”."""
    return slug.replace("-", " ").upper()


@rule("unsourced", Severity.BLOCK, "A story says how the newsroom knows")
def unsourced(story: CheckedMaterial) -> Iterator[Found]:
    """No source, no document, no link; and the text itself gives nobody and nothing for what it says."""
    # The text last: to read it costs more than all the rest.
    rests_on_something = (
        story.sources
        or any(map(_shows, story.notebook))
        or story.link_places
        or story.comment_requests
        or any(each.quotation.is_speech for each in story.matches)
        or attributes(story.text)
    )
    if story.text.strip() and not rests_on_something:
        yield Found(
            _(
                "Nothing says how the newsroom knows this. Record a source, show a document, or write who "
                "says so."
            ),
            # What it tells is what its headline says: told otherwise, a reason was given for another story.
            subject=("headline", story.article.headline),
        )


@rule("update-asked", Severity.BLOCK, "What turned out to be false is not published")
def update_asked(story: CheckedMaterial) -> Iterator[Found]:
    """On a story that is not out yet; a live one is answered by its update."""
    if story.live is None:
        for request in story.asked:
            yield Found(
                _("This is asked of the story before it is published: “%(reason)s”. Mend it first.")
                % {"reason": quoted(request.reason)},
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
                    _undone(wrong, right),
                    *story.place_of(wrong),
                    subject=("update", update.pk, wrong, right),
                )


def _undone(wrong: str, right: str) -> str:
    if right.strip():
        message = _("Corrected once, and wrong again: “%(wrong)s”. Write “%(right)s”.")
    else:
        message = _("Taken out by a correction, and here again: “%(wrong)s”. Take it out.")
    return message % {"wrong": quoted(wrong), "right": quoted(right)}
