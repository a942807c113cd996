"""Parts of a file, as players of video ask for them: RFC 9110, 14. Safari plays nothing without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_AT_ONCE = 64 * 1024  # bytes


def in_part(request: HttpRequest, whole: FileResponse) -> HttpResponseBase:
    """The part of a file that is asked for, or the whole of it; 416 for one that it does not have.

    Of several parts at once the whole is sent, as the standard allows.
    """
    whole.headers["Accept-Ranges"] = "bytes"
    asked = _ONE.fullmatch(request.headers.get("Range", ""))
    same = request.headers.get("If-Range", whole.headers["ETag"]) == whole.headers["ETag"]
    if not asked or not any(asked.groups()) or not same or request.method != "GET":
        return whole
    size, file = int(whole.headers["Content-Length"]), cast("Any", whole.file_to_stream)
    if asked[1]:
        first, last = int(asked[1]), min(int(asked[2] or size), size - 1)
    else:  # the last so many
        first, last = max(0, size - int(asked[2])), size - 1
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = StreamingHttpResponse(_bytes(file, first, last + 1), status=206)
    for name in ("Content-Type", "ETag", "Last-Modified", "Cache-Control", "Accept-Ranges"):
        if name in whole.headers:
            part.headers[name] = whole.headers[name]
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part.headers["Content-Length"] = str(last + 1 - first)
    return part


def _bytes(file: Any, begin: int, end: int) -> Iterator[bytes]:
    try:
        file.seek(begin)
        while begin < end and (read := file.read(min(_AT_ONCE, end - begin))):
            begin += len(read)
            yield read
    finally:
        file.close()
