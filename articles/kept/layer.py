"""The layer before Django: sends what is kept, has drawn and keeps what is not, and passes on all else.

No Django and no database: while they are away, readers get what is kept.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from email.utils import formatdate, parsedate_to_datetime
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from .breaker import Breaker
from .shelf import Coded, KeptPage, Page, Shelf, folder_of

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# A cache in front of the site asks again each time it is asked; a 304 costs next to nothing.
CACHE_CONTROL = "public, max-age=0, stale-if-error=86400"
_HELD = 16 * 1024 * 1024  # bytes of pages in the memory of a process
_MADE_HERE = {
    "ETag", "Last-Modified", "Cache-Control", "Content-Length", "Vary", "Date", "Content-Encoding"
}  # fmt: skip


class Keeps(NamedTuple):
    """What the layer has to know of the site."""

    site: str  # its address: what comes by another host or scheme is Django's to answer
    is_behind_proxy: bool  # a web server in front says by which scheme it was asked
    is_kept: Callable[[str], bool]  # is what stands at this path kept?
    queries: Callable[[], frozenset[str]]  # every key of a query that a kept page reads
    release: Callable[[], str]  # with what this process draws


class Answer(NamedTuple):
    """What the site answers to nobody in particular."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        given = (value for key, value in self.headers if key.lower() == name.lower())
        return next(given, "")

    def as_page(self) -> Page | None:
        """To be kept; None of an answer that is for one reader, or for one moment."""
        is_whole = self.status.startswith("200") and not self.header("Set-Cookie")
        modified = self.header("Last-Modified")
        if not is_whole or not modified or "no-store" in self.header("Cache-Control"):
            return None
        headers = [(name, value) for name, value in self.headers if name not in _MADE_HERE]
        page = Page(headers, self.body, int(parsedate_to_datetime(modified).timestamp()))
        return page if page.suffix else None


# While the database is away; Django's own page for it is not asked for.
COME_BACK = Answer(
    "503 Service Unavailable",
    [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Retry-After", "10"),
        ("Cache-Control", "no-store"),
    ],
    b"The newsroom's database does not answer. Try again in a minute.\n",
)


class KeptPages:
    """A WSGI application around another one."""

    def __init__(self, application: Application, shelf: Shelf, keeps: Keeps) -> None:
        self.application, self.shelf, self.keeps = application, shelf, keeps
        site = urlsplit(keeps.site)
        self._scheme, self._host = site.scheme, site.netloc
        self._held: dict[str, tuple[tuple[int, int], str, KeptPage]] = {}
        self._size = 0
        self._lock = threading.Lock()
        self._breaker = Breaker()
        # Of what is no page of readers a search may be slow, or a report of the desk: three are a sign.
        self._others = Breaker(hanging=3)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self._may_be_kept(environ):
            return self._pass_on(environ, start_response)
        path = environ["PATH_INFO"]
        page = self._in_memory(path)
        if page is None:
            # WSGI has the bytes of a path as Latin-1.
            address = os.fsdecode(path.encode("latin-1"))
            folder = folder_of(address)
            if folder is None:
                return self._pass_on(environ, start_response)
            page = self._on_shelf(path, folder)
            if page is None:
                if not self.keeps.is_kept(address):
                    return self._pass_on(environ, start_response)
                drawn = self._draw(environ, path, folder)
                if isinstance(drawn, Answer):
                    return _send_answer(environ, start_response, drawn)
                page = drawn
        return _send_page(environ, start_response, page)

    def _may_be_kept(self, environ: Environ) -> bool:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return False
        # What Django would refuse or send elsewhere, it does.
        scheme = environ["wsgi.url_scheme"]
        if self.keeps.is_behind_proxy:
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
        if environ.get("HTTP_HOST") != self._host or scheme != self._scheme:
            return False
        query = environ.get("QUERY_STRING")
        return not query or not self._is_read(query)

    def _is_read(self, query: str) -> bool:
        """Does a page depend on it? `utm_source` and whatever else strangers add do not count."""
        try:
            asked = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
        except ValueError:
            return True
        return any(key in self.keeps.queries() for key, _ in asked)

    # What is kept

    def _in_memory(self, path: str) -> KeptPage | None:
        held = self._held.get(path)
        if held is None:
            return None
        stamp, folder, page = held
        return page if self.shelf.stamp(folder) == stamp else None

    def _on_shelf(self, path: str, folder: str) -> KeptPage | None:
        # Its stamp first: if another page takes its place meanwhile, the next reader sees the difference.
        stamp = self.shelf.stamp(folder)
        page = self.shelf.find(folder) if stamp else None
        if stamp and page:
            size = len(page.plain.body) + len(page.gzipped.body if page.gzipped else b"")
            with self._lock:
                if self._size + size > _HELD:
                    self._held, self._size = {}, 0
                self._held[path] = stamp, folder, page
                self._size += size
        return page

    # What is not

    def _draw(self, environ: Environ, path: str, folder: str) -> KeptPage | Answer:
        """As the site draws it for nobody, and kept if it may be."""
        generation = self.shelf.shown
        if not generation.startswith(self.keeps.release()):
            return self._try(environ, path)  # of another release: it is on its way out, or in
        try:
            with self.shelf.open(folder, generation) as place:
                # Another one may have drawn it while this one waited.
                if page := self._on_shelf(path, folder):
                    return page
                answer = self._try(environ, path)
                if (drawn := answer.as_page()) is None:
                    place.leave()
                    return answer
                place.keep(drawn)
        except OSError:
            # A full disk, or a folder that may not be written: readers get the page all the same.
            return self._try(environ, path)
        return self._on_shelf(path, folder) or answer

    def _try(self, environ: Environ, path: str) -> Answer:
        with self._breaker.attempt() as may:
            answer = self._ask(environ, path) if may else COME_BACK
        if may and _is_away(answer.status, answer.headers):
            self._breaker.fail()
        return answer

    def _pass_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """To the site, which answers this itself; what is sent to it always, since it keeps the words."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        away: list[bool] = []

        def noted(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            away.append(_is_away(status, headers))
            return start_response(status, headers, *rest)

        with self._others.attempt() as may:
            if not may:
                return _send_answer(environ, start_response, COME_BACK)
            answer = self.application(environ, noted)
        if any(away):
            self._others.fail()
        return answer

    def draw(self, address: str) -> Page | None:
        """A page as it is drawn now, if it may be kept."""
        return self._ask({}, os.fsencode(address).decode("latin-1")).as_page()

    def _ask(self, environ: Environ, path: str) -> Answer:
        """Have a page drawn: for no reader, in no language, with no cookie."""
        asked: Environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": self._host.split(":")[0],
            "SERVER_PORT": self._host.partition(":")[2]
            or ("443" if self._scheme == "https" else "80"),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._host,
            "HTTP_X_FORWARDED_PROTO": self._scheme,
            "REMOTE_ADDR": environ.get("REMOTE_ADDR", ""),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self._scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": environ.get("wsgi.errors", sys.stderr),
            "wsgi.multithread": environ.get("wsgi.multithread", True),
            "wsgi.multiprocess": environ.get("wsgi.multiprocess", True),
            "wsgi.run_once": False,
        }
        told: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            told[:] = [status, headers]

        body = self.application(asked, start_response)
        try:
            whole = b"".join(body)
        finally:
            if close := getattr(body, "close", None):
                close()
        return Answer(told[0], told[1], whole)


def _send_answer(environ: Environ, start_response: StartResponse, answer: Answer) -> list[bytes]:
    start_response(answer.status, answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _is_away(status: str, headers: list[tuple[str, str]]) -> bool:
    """Is it the database that is away? A query that took too long has the same status, and no time to come back at."""
    return status.startswith("503") and any(name == "Retry-After" for name, _ in headers)


def _send_page(environ: Environ, start_response: StartResponse, page: KeptPage) -> list[bytes]:
    coded, coding = _in_coding(environ, page)
    headers = [
        *page.headers,
        ("ETag", coded.etag),
        ("Last-Modified", formatdate(page.modified, usegmt=True)),
        ("Cache-Control", CACHE_CONTROL),
        ("Vary", "Accept-Encoding"),
    ]
    if _is_known(environ, coded, page.modified):
        start_response("304 Not Modified", [each for each in headers if each[0] != "Content-Type"])
        return []
    headers.append(("Content-Length", str(len(coded.body))))
    if coding:
        headers.append(("Content-Encoding", coding))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [coded.body]


def _in_coding(environ: Environ, page: KeptPage) -> tuple[Coded, str]:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if page.gzipped and "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", ""):
        return page.gzipped, "gzip"
    return page.plain, ""


def _is_known(environ: Environ, coded: Coded, modified: int) -> bool:
    """Has the reader this page already? By RFC 9110, 13.2.2: the tag counts before the time."""
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        return tags.strip() == "*" or coded.etag in set(_tags(tags))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if not since:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= modified
    except (TypeError, ValueError, OverflowError):
        return False


def _tags(given: str) -> Iterator[str]:
    return (each.strip().removeprefix("W/") for each in given.split(","))
