"""Reads a table of text, in a process of its own: `python -m articles.media.read_table ar < water.csv`.

In a newsroom of that language; with the name of an encoding behind it as one that was written in it. What is written is
JSON: the `table`, which is null where the file is none, and where the encoding is a guess the `readings`: each with its
`encoding`, the one that was taken first, and a `sample` of the words that it makes.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from typing import Any

from articles.media.datasets import table
from sources.encodings import TRIED, NoText, Written, encoding_of
from sources.limited import limit_this_process

MEMORY, SECONDS = 1 << 30, 60  # bytes of address space, seconds of processor
SAMPLE = 90  # characters


def main() -> None:
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    language, *chosen = sys.argv[1:]
    json.dump(read(sys.stdin.buffer.read(), language, *chosen), sys.stdout)


def read(content: bytes, language: str, chosen: str = "") -> dict[str, Any]:
    file = BytesIO(content)
    try:
        written = encoding_of(file, language)
    except NoText:
        return {"table": None}
    every = (written.encoding, *written.others)
    if chosen in every:
        written = Written(chosen, tuple(each for each in every if each != chosen))
    told: dict[str, Any] = {"table": table(file, written.encoding)}
    if told["table"] and written.others:
        readings = (written.encoding, *written.others)
        told["readings"] = [
            {"encoding": each, "sample": _sample(content, each)} for each in readings
        ]
    return told


def _sample(content: bytes, encoding: str) -> str:
    """What tells encodings apart: the first line with a letter that is not in all of them."""
    lines = content[:TRIED].decode(encoding, "replace").splitlines()
    line = next((each for each in lines if not each.isascii()), "")
    at = next((n for n, letter in enumerate(line) if letter > "\x7f"), 0)
    begin = max(at - SAMPLE // 2, 0)
    return line[begin : begin + SAMPLE].strip()


if __name__ == "__main__":
    main()
