"""Which pages are kept as files, and which of them a change touches: said beside the view of each.

    @kept(lambda touched: [[slug] for slug in touched.tags])
    def tag(request, slug): …

A view of which nothing is said is never kept: who forgets it loses speed, and not truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.exceptions import Resolver404

from .touched import Touched

View = TypeVar("View", bound=Callable[..., Any])
Arguments = Iterable[Sequence[Any]]


class Kept(NamedTuple):
    """Of a view: the arguments of its addresses that a change touches, and the queries that it reads."""

    touched: Callable[[Touched], Arguments]
    reads: frozenset[str]


def kept(
    touched: Callable[[Touched], Arguments], reads: Sequence[str] = ()
) -> Callable[[View], View]:
    """Of a view whose page may be kept; asked with a query that it `reads` it is drawn each time."""

    def register(view: View) -> View:
        view.kept = Kept(touched, frozenset(reads))  # type: ignore[attr-defined]
        return view

    return register


def everywhere(touched: Touched) -> Arguments:
    """Of a page with one address, which any change may touch."""
    return [()]


def is_kept(path: str) -> bool:
    """Is what stands at this path kept?"""
    try:
        return hasattr(resolve(path).func, "kept")
    except Resolver404:
        return False


def addresses(touched: Touched) -> Iterator[str]:
    """Of all kept pages that may not be what they were; as they are sent, and not encoded."""
    for name, keeps in _routes():
        for arguments in keeps.touched(touched):
            yield unquote(reverse(name, args=arguments))


@lru_cache(maxsize=1)
def queries() -> frozenset[str]:
    """Every key of a query that some kept page reads."""
    return frozenset().union(*(keeps.reads for _, keeps in _routes()))


@lru_cache(maxsize=1)
def _routes() -> tuple[tuple[str, Kept], ...]:
    return tuple(_in(get_resolver().url_patterns, ""))


def _in(patterns: Iterable[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, Kept]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _in(pattern.url_patterns, inner)
        elif keeps := getattr(pattern.callback, "kept", None):
            yield f"{space}{pattern.name}", keeps
