"""The search page. Whatever is asked of it, it answers with a page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sources.prose.hypertext import without_controls

from ..prepared.frame import current_frame
from ..prepared.search_index import label
from ..text.contents import SectionTold
from .answers import conditional, html_page
from .search import Query, Results, read_query, search

RESULTS = 10
_LONGEST = 300  # characters of a field that are looked at
_NARROW = ("section", "tag", "author", "since", "until")


class Words(forms.CharField):
    """Cut, and without control characters, instead of refused."""

    def to_python(self, value: Any) -> str:
        return without_controls((super().to_python(value) or "")[:_LONGEST]).strip()


class SearchForm(forms.Form):
    """What is asked. `search.html` draws its fields itself: that takes a reader a third of the time."""

    q = Words(required=False)
    section = forms.ChoiceField(required=False)
    tag = Words(required=False)
    author = Words(required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    before = forms.IntegerField(required=False)

    def __init__(self, asked: Any, sections: list[SectionTold]) -> None:
        super().__init__(asked)
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            (section["slug"], section["name"]) for section in sections
        ]

    def query(self) -> Query:
        """What is asked for, as far as it can be understood."""
        given = self.cleaned_data
        wanted, unwanted = read_query(given.get("q", ""))
        named = [(kind, given.get(kind)) for kind in ("section", "tag", "author")]
        return Query(
            wanted,
            unwanted,
            tuple(label(kind, name) for kind, name in named if name),
            _begin(given.get("since")),
            # That day is meant to be in it.
            _begin(given.get("until"), days=1),
        )

    def before_key(self) -> int | None:
        """The key before which this page begins; None on the first page, and for no key at all."""
        key: int | None = self.cleaned_data.get("before")
        # A number past 64 bits is an error of the database's.
        return key if key is not None and abs(key) < 1 << 62 else None

    def address(self, **changed: object) -> str:
        """Of the same search, with something else."""
        asked = {
            name: self.data.get(name, "") for name in self.fields if name != "before"
        } | changed
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def _begin(day: date | None, days: int = 0) -> datetime | None:
    try:
        start = datetime.combine(day, time()) + timedelta(days=days) if day else None
    except OverflowError:
        return None
    return start.replace(tzinfo=timezone.get_default_timezone()) if start else None


@require_safe
@conditional
def search_page(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET, current_frame(request).sections)
    form.is_valid()  # what cannot be understood is said beside its field, and left out
    query = form.query()
    results = search(query, form.before_key(), RESULTS) if query else Results([], None)
    context = {
        "asked": form.data,
        "errors": form.errors,
        "longest": _LONGEST,
        "is_narrowed": any(form.data.get(name) for name in _NARROW),
        "results": results,
        "is_asked": bool(query),
        "older_address": form.address(before=results.older) if results.older else "",
        "newest_address": form.address(),
        "is_first": form.before_key() is None,
    }
    return html_page(request, "articles/search.html", context)
