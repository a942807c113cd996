"""What nobody sends who means well: no request is answered by 5xx, and none stops the server."""

import random
import socket
from collections import Counter
from urllib.parse import quote

from tests.drills.thorough import THOROUGH

REQUESTS = 3_000 if THOROUGH else 300
PARTS = (
    *(
        "2026",
        "03",
        "13",
        "tag",
        "section",
        "by",
        "search",
        "feed",
        "rss",
        "json",
        "archive",
        "api",
    ),
    *("stories", "history", "1.json", "oembed", "media", "pictures", "..", "%2e%2e", "%00", "%ff"),
    *("desk", "login", "articles", "article", "1", "change", "autocomplete", "standards", "=", "v"),
    *(
        "corrections",
        "sitemap.xml",
        "robots.txt",
        "report",
        "notebook",
        "é",
        "ثلج",
        "\u202e",
        "a" * 300,
    ),
)
QUERIES = (
    *(
        "before",
        "q",
        "from",
        "to",
        "section",
        "tag",
        "since",
        "until",
        "limit",
        "url",
        "format",
        "term",
    ),
    *("app_label", "model_name", "field_name", "_popup", "e", "p", "o"),
)
VALUES = (
    *(
        "1",
        "-1",
        "0",
        "9" * 30,
        "x",
        "",
        "%00",
        "%ff%fe",
        "2026-13-45",
        "1584102120000000-17",
        "<script>",
    ),
    *(
        '"',
        "'",
        "a b",
        "%E2%80%AE",
        "../..",
        "٣",
        "NaN",
        "null",
        "[]",
        "{}",
        "a" * 2000,
        "http://[::1",
    ),
)
HEADERS = (
    "Range: bytes=0-", "Range: bytes=9-1", "Range: bytes=-0", "Range: x", "If-None-Match: *",
    'If-None-Match: W/"x", "', "If-Modified-Since: yesterday", "If-Modified-Since: Fri, 01 Jan 9999 00:00:00 GMT",
    "Accept-Encoding: br;q=x, gzip;q=0", "Accept-Encoding: \x01", "Cookie: sessionid=\x7f; csrftoken=x",
    "Cookie: messages=x:y:z", "Content-Length: -1", "Content-Length: x", "Transfer-Encoding: chunked", "Host: other",
    "Host: ", "Host: 127.0.0.1:x", "Accept-Language: xx-" + "y" * 200, "X-Forwarded-For: ' OR 1=1", "Expect: x",
    "Content-Type: multipart/form-data; boundary=", "Content-Type: application/json; charset=x", "Referer: \xff",
)  # fmt: skip
METHODS = (
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "PATCH",
    "TRACE",
    "get",
    "X",
)
BODIES = ("", "", "x=1", "\x00\xff" * 40, "--\r\nContent-Disposition: form-data\r\n\r\n", "5\r\nab")


def requests(site):
    """Requests made of odd parts, on the site of one story."""
    from tests.cast import hire
    from tests.factories import make_live, make_photo

    live = make_live(hire().editor, lead_photo=make_photo())
    address = live.live_version.get_absolute_url()
    site.serve()
    pick, told = random.Random(2026), Counter()
    for number in range(REQUESTS):
        asked = _request(pick, site.port, address)
        status = _answer(site.port, asked)
        told[status] += 1
        assert status < 500, (number, status, asked)
    assert site.get("/")[0] == 200
    assert told[200] > REQUESTS / 20, "the control: some of them are answered"
    shown = ", ".join(f"{count} × {status or 'closed'}" for status, count in sorted(told.items()))
    return f"{REQUESTS} odd requests: {shown}"


def _request(pick, port, address):
    odd = "/" + "/".join(pick.choices(PARTS, k=pick.randrange(6)))
    path = pick.choice([odd, odd, address, "/", "/search/", "/feed/", f"{address}history/"])
    path += pick.choice(["", "", "", "/", "//", "."])
    if pick.random() < 0.8:  # as most programs would write it
        path = quote(path, safe="/%=.")
    asked = "&".join(
        f"{pick.choice(QUERIES)}={pick.choice(VALUES)}" for _ in range(pick.randrange(4))
    )
    if pick.random() < 0.8:
        asked = quote(asked, safe="&=%")
    body = pick.choice(BODIES)
    lines = [f"{pick.choice(METHODS)} {path}{'?' if asked else ''}{asked} HTTP/1.1"]
    lines += [f"Host: 127.0.0.1:{port}"] * pick.choice([1, 1, 1, 1, 1, 1, 1, 0, 2])
    lines += pick.sample(HEADERS, k=pick.randrange(3))
    if body and not any(line.startswith("Content-Length") for line in lines):
        lines.append(f"Content-Length: {len(body)}")
    lines += ["Connection: close"]
    return "\r\n".join([*lines, "", body]).encode("utf-8", "surrogateescape")


def _answer(port, asked):
    """The status; 0 where the server closes without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as asking:
        try:
            asking.sendall(asked)
            begins = asking.recv(64).split()
        except OSError:
            return 0
    return int(begins[1]) if len(begins) > 1 and begins[1].isdigit() else 0
