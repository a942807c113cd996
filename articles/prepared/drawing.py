"""The body of a version as readers' HTML. What is drawn here is no part of the record."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..models import Version
from ..record.telling import backings
from ..text.blocks import BLOCKS, LINK, MARKS, PHOTO, PULL_QUOTE, QUOTATION, Block, Mark
from ..text.body import write_runs


def draw_body(version: Version) -> SafeString:
    """The body of a version, its quotations saying who is speaking and how that was heard.

    A reader reaches one by pointing at it, by touch or by keyboard, and needs no script.
    """
    told = backings(version)

    def tags(mark: Mark) -> tuple[str, str]:
        if mark["kind"] == QUOTATION:
            backing = told[mark["quotation"]]
            start = format_html(
                '<span class="quotation" tabindex="0" data-source="{}" data-backing="{}">',
                backing.source,
                backing.words,
            )
            return start, "</span>"
        tag = MARKS[mark["kind"]].tag
        href = format_html(' href="{}"', mark["address"]) if mark["kind"] == LINK else ""
        return f"<{tag}{href}>", f"</{tag}>"

    def drawn(block: Block) -> str:
        if block["kind"] == PHOTO:
            return _photo(block)
        tag = BLOCKS[block["kind"]].tag
        given = ' class="pull-quote"' if block["kind"] == PULL_QUOTE else ""
        inside = (
            write_runs(block["runs"], tags)
            if "runs" in block
            else "".join(map(drawn, block["blocks"]))
        )
        return f"<{tag}{given}>{inside}</{tag}>"

    return SafeString("".join(map(drawn, version.body)))


def _photo(photo: dict[str, Any]) -> str:
    return render_to_string("articles/_photo.html", {"photo": photo}).strip()
