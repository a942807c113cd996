"""The body of a version as readers' HTML. What is drawn here is no part of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sources.attribution import heard_in_words, place_in_words

from ..models import Version
from ..record.telling import Backing, SourceInWords, backings, sources_told
from ..text import blocks
from ..text.blocks import BLOCKS, FACT, LINK, MARKS, PHOTO, PULL_QUOTE, QUOTATION, Block, Mark
from ..text.body import write_runs
from ..text.contents import ExhibitTold

ASKS = "asks"  # a mark that no record has: behind it stands the button for the card of who speaks
ANNOUNCED = 80  # characters of a quotation by which its button is announced
_CLOSING = "”»“\"’'›‘"  # what closes a quotation, in one language or another

Tags = Callable[[Mark], tuple[str, str]]


def draw_body(version: Version) -> SafeString:
    """The body of a version by itself, for programs and for the desk; each quotation says whose it is."""
    told = backings(version)

    def tags(mark: Mark) -> tuple[str, str]:
        if mark["kind"] == FACT:
            return "", ""
        if mark["kind"] != QUOTATION:
            return _tags(mark)
        backing = told[mark["quotation"]]
        start = '<span class="quotation" data-source="{}" data-backing="{}">'
        return format_html(start, backing.source, backing.words), "</span>"

    return SafeString("".join(_drawn(block, tags) for block in version.body))


def draw_told(version: Version) -> SafeString:
    """The body for readers: behind what somebody says stands a button, which opens the card of who speaks.

    One card is open at a time, for pointer, touch and keyboard, and it closes by Escape: it is a popover, and
    needs no script.
    """
    told, cards, facts = backings(version), list(_cards(version)), _facts(version)
    asked = [(card.at, _button(card)) for card in cards]
    asked += [(fact.at, _button_of_fact(fact)) for fact in facts.values()]
    body = blocks.with_marks(version.body, _standing(version, asked))

    def tags(mark: Mark) -> tuple[str, str]:
        if mark["kind"] == ASKS:
            return mark["before"], mark["behind"]
        if mark["kind"] == FACT:
            return format_html('<span class="fact" id="{}">', mark["fact"]), "</span>"
        if mark["kind"] == QUOTATION:
            key = mark["quotation"]
            start = '<span class="quotation" id="{}" data-source="{}">'
            return format_html(start, key, told[key].source), "</span>"
        return _tags(mark)

    drawn = []
    for block in body:
        keys = {each["quotation"] for each in _marks_in(block) if each["kind"] == QUOTATION}
        # Before the words: on a wide page the cards stand in the margin beside them.
        drawn += [_card(version, card) for card in cards if card.key in keys]
        drawn += [_fact(version, facts[key]) for key in _facts_in(block) if key in facts]
        drawn.append(_drawn(block, tags))
        drawn += [_passage(version, each) for each in version.exhibits if each["quotation"] in keys]
    return SafeString("".join(drawn))


def _standing(version: Version, asked: Iterable[tuple[int, SafeString]]) -> list[blocks.Stretch]:
    """Where buttons stand: each behind its character; of one in a link behind the link, which holds no button."""
    links = [(start, end) for start, end, _ in blocks.marked(version.body, LINK)]
    text = blocks.text(version.body)
    stretches = []
    for at, button in asked:
        start, end = next(((a, z) for a, z in links if a <= at < z), (at, at))
        before, behind = SafeString(), button
        if start < end and text[end : end + 1].strip("\n"):
            at, before, behind = end, button, SafeString()
        elif start < end and text[:start][-1:].strip("\n"):
            at = start - 1
        mark = {"kind": ASKS, "before": before, "behind": behind}
        stretches.append(blocks.Stretch(at, at + 1, mark))
    return stretches


class Card(NamedTuple):
    """What a reader is told of somebody beside what they say in one paragraph."""

    key: str  # of the last of these quotations
    at: int  # the character of the text behind which its button stands
    words: str  # how the first of them begins
    source: SourceInWords
    heard: list[str]
    checked: list[tuple[str, str]]  # the code of a check, and what is told of it
    sounds: list[tuple[str, ExhibitTold]]  # with how the words begin that are heard


def _cards(version: Version) -> Iterator[Card]:
    """A card for each who speaks in a paragraph, in the order of the text."""
    told, sources = backings(version), {each["key"]: each for each in sources_told(version)}
    text, shown = blocks.text(version.body), _shown(version)
    said: dict[tuple[int, str], list[tuple[int, int, str]]] = {}
    for start, end, mark in blocks.marked(version.body, QUOTATION):
        key = mark["quotation"]
        said.setdefault((text.count("\n", 0, start), told[key].source), []).append(
            (start, end, key)
        )
    for (_line, source), quotations in said.items():
        first, (start, end, key) = quotations[0], quotations[-1]
        # Behind the mark that closes it, if one does.
        is_closed = text[end : end + 1] != "" and text[end] in _CLOSING
        theirs = [told[each] for _, _, each in quotations]
        yield Card(
            key,
            end if is_closed else end - 1,
            Truncator(text[first[0] : first[1]]).chars(ANNOUNCED),
            sources[source],
            list(dict.fromkeys(each.heard for each in theirs)),
            list(_checks(theirs)),
            [
                (Truncator(text[a:z]).chars(ANNOUNCED), each)
                for a, z, key in quotations
                for each in shown.get(key, ())
                if each["file"]
            ],
        )


def _checks(backings: Iterable[Backing]) -> Iterator[tuple[str, str]]:
    return iter(dict.fromkeys((each.how, each.checked) for each in backings if each.checked))


class FactCard(NamedTuple):
    """What a reader is told beside the reporter's own words of the document that backs them."""

    key: str
    at: int  # the character of the text behind which its button stands
    words: str  # how they begin
    document: SourceInWords
    read: str  # when, and how
    place: str  # the page, or the row


def _facts(version: Version) -> dict[str, FactCard]:
    told, text = {each["key"]: each for each in version.facts}, blocks.text(version.body)
    sources = {each["key"]: each for each in sources_told(version)} if told else {}
    interviews = {each["key"]: each for each in version.interviews}
    cards = {}
    for start, end, mark in blocks.marked(version.body, FACT):
        fact = told[mark["fact"]]
        held = interviews[fact["interview"]]
        cards[fact["key"]] = FactCard(
            fact["key"],
            end - 1,
            Truncator(text[start:end]).chars(ANNOUNCED),
            sources[fact["source"]],
            heard_in_words(held["how"], held["held"]),
            place_in_words(fact["page"], fact["row"]),
        )
    return cards


def _facts_in(block: Block) -> list[str]:
    keys = (each["fact"] for each in _marks_in(block) if each["kind"] == FACT)
    return list(dict.fromkeys(keys))


def _button_of_fact(fact: FactCard) -> SafeString:
    return format_html(
        '<button type="button" class="who is-written" popovertarget="said-{}" aria-label="{}"></button>',
        fact.key,
        _("What “%(words)s” rests on") % {"words": fact.words},
    )


def _fact(version: Version, fact: FactCard) -> str:
    return render_to_string("articles/_fact.html", {"fact": fact, "version": version}).strip()


def _shown(version: Version) -> dict[str, list[ExhibitTold]]:
    """What is shown of the evidence itself, by the keys of quotations."""
    shown: dict[str, list[ExhibitTold]] = {}
    for each in version.exhibits:
        shown.setdefault(each["quotation"], []).append(each)
    return shown


def _passage(version: Version, exhibit: ExhibitTold) -> str:
    """The passage of a document, under the paragraph that quotes it; nothing, where it is sound."""
    if exhibit["file"]:
        return ""
    quotation = next(each for each in version.quotations if each["key"] == exhibit["quotation"])
    document = next(each for each in version.sources if each["key"] == quotation["source"])
    place = place_in_words(quotation["page"], quotation["row"])
    shown = {"document": document, "place": place, "exhibit": exhibit, "version": version}
    return render_to_string("articles/_passage.html", shown).strip()


def _button(card: Card) -> SafeString:
    asked = (
        _("Hear who said “%(words)s”, and how we know")
        if card.sounds
        else _("Who said “%(words)s”, and how we know")
    )
    return format_html(
        '<button type="button" class="who{}" popovertarget="said-{}" aria-label="{}"></button>',
        " is-heard" if card.sounds else "",
        card.key,
        asked % {"words": card.words},
    )


def _card(version: Version, card: Card) -> str:
    return render_to_string("articles/_said.html", {"card": card, "version": version}).strip()


def _marks_in(block: Block) -> Iterator[Mark]:
    for each in blocks.walk([block]):
        for run in each.get("runs", ()):
            yield from run["marks"]


def _tags(mark: Mark) -> tuple[str, str]:
    tag = MARKS[mark["kind"]].tag
    href = format_html(' href="{}"', mark["address"]) if mark["kind"] == LINK else ""
    return f"<{tag}{href}>", f"</{tag}>"


def _drawn(block: Block, tags: Tags) -> str:
    if block["kind"] == PHOTO:
        return _photo(block)
    tag = BLOCKS[block["kind"]].tag
    given = ' class="pull-quote"' if block["kind"] == PULL_QUOTE else ""
    shown = (
        write_runs(block["runs"], tags)
        if "runs" in block
        else "".join(_drawn(each, tags) for each in block["blocks"])
    )
    return f"<{tag}{given}>{shown}</{tag}>"


def _photo(photo: dict[str, Any]) -> str:
    return render_to_string("articles/_photo.html", {"photo": photo}).strip()
