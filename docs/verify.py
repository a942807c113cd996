"""Verify the published versions of a story: one file, Python 3.11 and its standard library.

    python verify.py 1.json 2.json 3.json    proofs of versions 1, 2, 3 …: files or addresses
    python verify.py https://…/history/      the same from …/history/1.json on, until there is none
    python verify.py --newest HASH …         and the newest content hash is HASH, kept elsewhere

It ends with 0 if the chain holds, with 1 and one line on stderr if not, with 2 if called wrongly.
The rules are those of “record.md”, the text of record format 1; docstrings name its sections.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
import urllib.error
import urllib.request
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final, NamedTuple

LARGEST_PROOF: Final = 16 * 2**20  # bytes; a proof of 10,000 words has about 100,000
LARGEST_INTEGER: Final = 2**53 - 1
LARGEST_RUN: Final = 1_000_000
DEEPEST: Final = 32
TIMEOUT: Final = 60  # seconds

PROOF: Final = {"header", "content", "seeds", "commitments", "content_hash"}
HEADER: Final = {"at", "hash_scheme", "kind", "number", "previous", "story"}

HASH: Final = re.compile(r"[0-9a-f]{64}")
NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
FORBIDDEN: Final = re.compile(r"[\x00\ud800-\udfff]")
PIECE: Final = re.compile(r"[^ ]* |[^ ]+")
DAY: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
TIME: Final = re.compile(DAY + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z")

# D and the byte t of each H(t, x): record.md, “The bytes”.
LEAF, NODE, TEXT, ARRAY, OBJECT, LEFT, RIGHT, VERSION = (
    b"newsroom-record/1" + t for t in (b"\0", b"\1", b"\2", b"\3", b"\4", b"\x10", b"\x11", b"\x20")
)
# RFC 8785 for all that may stand here: strings, integers, true, false, null, names in ASCII.
jcs = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

HashKid = Callable[[Any, bytes], bytes]  # of a kid without gaps, with its seed
GAP: Final = object()  # {"~withheld": true}, or a run of withheld pieces


class Refused(Exception):
    """This is no proof or no chain of format 1; the message says why, in one line."""


class NotFound(Refused):
    """There is nothing at an address."""


class Stretch(NamedTuple):
    """Neighbouring kids, start to stop − 1, that are alike."""

    start: int
    stop: int
    kids: list[Any]  # one or more GAPs, of which a run is one; or one Open; or kids without gaps


class Open(NamedTuple):
    """A text, array or object with a gap inside it. What has none stays as JSON gave it."""

    tag: bytes
    stretches: list[Stretch]
    tail: bytes  # hashed after the tree: the number of kids, or their names
    gaps: int


class Version(NamedTuple):
    """What a proof that holds says of its version."""

    number: int
    story: str
    content_hash: str
    gaps: int


def verify(proof: object) -> None:
    """Raise Refused unless the proof of one version holds by itself (“Verify”)."""
    _verified(proof, None)


def verify_chain(proofs: Iterable[object]) -> None:
    """Raise Refused unless these prove versions 1, 2, 3 … of one story (“Verify”)."""
    version: Version | None = None
    for number, proof in enumerate(proofs, 1):
        try:
            version = _verified(proof, number, version)
        except Refused as refused:
            raise Refused(f"version {number}: {refused}") from None
    _require(version, "a chain has at least one version")


def read(text: str) -> object:
    """Read JSON as “Hazards” 6 asks: a member twice and numbers that are no integers do not pass."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_no_integer,
            parse_constant=_no_integer,
        )
    except json.JSONDecodeError as error:
        raise Refused(f"it is not JSON: {error}") from None
    except RecursionError:
        raise Refused("its arrays and objects are nested too deeply") from None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    _require(len(members) == len(pairs), "a member stands twice in one object")
    return members


def _integer(digits: str) -> int:
    # The length is looked at first: Python takes long for very long numbers.
    if digits == "-0" or len(digits) > len(str(-LARGEST_INTEGER)):
        _no_integer(digits)
    return int(digits)


def _no_integer(digits: str) -> None:
    raise Refused(f"no integer of this format: {digits[:30]}")


def _require(rule: object, otherwise: str) -> None:
    if not rule:
        raise Refused(otherwise)


def _verified(proof: Any, number: int | None, before: Version | None = None) -> Version:
    """Verify a proof, by itself or as the one with a number in a chain (“Proof”, “Verify”)."""
    _require_members(proof, PROOF, "the proof")
    header = proof["header"]
    _require_header(header)
    for name in ("seeds", "commitments"):
        _require(isinstance(proof[name], list), f"{name} is not a list")
        for entry in proof[name]:
            _require_hash(entry, f"an entry of {name}")
    _require_hash(proof["content_hash"], "content_hash")
    content = proof["content"]
    is_object = isinstance(content, dict) and content and "~text" not in content
    _require(is_object, "the content is not an object with members")

    examined = _examine(content, 1)
    root = Walk(proof["seeds"], proof["commitments"]).root(examined)
    content_hash = sha256(VERSION + root + jcs(header).encode()).hexdigest()
    _require(content_hash == proof["content_hash"], f"its content hash is really {content_hash}")
    is_here = number in (None, header["number"])
    _require(is_here, f"another belongs here: this is the proof of version {header['number']}")
    if before:
        _require(header["story"] == before.story, "it is of another story than the one before")
        is_next = header["previous"] == before.content_hash
        _require(is_next, "previous is not the content hash of the one before")
    gaps = examined.gaps if isinstance(examined, Open) else int(examined is GAP)
    return Version(header["number"], header["story"], content_hash, gaps)


def _require_header(header: Any) -> None:
    """“Header”."""
    _require_members(header, HEADER, "the header")
    number, previous, at = header["number"], header["previous"], header["at"]
    scheme = header["hash_scheme"]
    _require(type(scheme) is int and scheme == 1, "hash_scheme is not 1")
    is_number = type(number) is int and 1 <= number <= LARGEST_INTEGER
    _require(is_number, "number is not an integer from 1 to 2^53 - 1")
    for name in ("kind", "story"):
        _require(
            isinstance(header[name], str) and header[name], f"{name} is not a string, or empty"
        )
        _require_characters(header[name])
    if number == 1:
        _require(previous is None, "previous is not null in version 1")
    else:
        _require_hash(previous, "previous")
    time = TIME.fullmatch(at) if isinstance(at, str) else None
    try:
        date.fromisoformat(time[1] if time else "")
    except ValueError:
        raise Refused("at is not a time like 2026-03-13T12:22:00.000000Z") from None


def _require_members(value: Any, names: set[str], what: str) -> None:
    has_them = isinstance(value, dict) and value.keys() == names
    _require(has_them, f"{what} is not an object of exactly {', '.join(sorted(names))}")


def _require_hash(value: Any, what: str) -> None:
    is_hash = isinstance(value, str) and HASH.fullmatch(value)
    _require(is_hash, f"{what} is not 64 lower-case hex digits")


def _require_characters(string: str) -> None:
    _require(not FORBIDDEN.search(string), "a string has U+0000 or a lone surrogate in it")


def _examine(item: Any, depth: int) -> Any:
    """Check an item (“Content”, “Proof”); return GAP, an Open, or the item if it has no gap."""
    if isinstance(item, str):
        _require_characters(item)
    elif isinstance(item, dict) and "~withheld" in item:
        is_gap = len(item) == 1 and item["~withheld"] is True
        _require(is_gap, '~withheld stands only as {"~withheld": true}')
        return GAP
    elif isinstance(item, dict) and "~text" in item:
        return _examine_text(item)
    elif isinstance(item, dict | list):
        _require(depth <= DEEPEST, f"more than {DEEPEST} objects and arrays are inside each other")
        return _examine_kids(item, depth)
    elif type(item) is int:
        _require(abs(item) <= LARGEST_INTEGER, "an integer is out of range")
    else:
        _require(item is None or type(item) is bool, "something in the content is no value of JSON")
    return item


def _examine_kids(item: dict[str, Any] | list[Any], depth: int) -> Any:
    if isinstance(item, list):
        tag, kids, tail = ARRAY, item, _number(len(item))
    else:
        for name in item:
            is_name = isinstance(name, str) and NAME.fullmatch(name)
            _require(is_name, "the name of a member is not of a-z, 0-9 and _, a letter first")
        names = sorted(item)
        tag, kids, tail = OBJECT, [item[name] for name in names], jcs(names).encode()
    examined = [_examine(kid, depth + 1) for kid in kids]
    gaps = sum(kid.gaps if isinstance(kid, Open) else kid is GAP for kid in examined)
    return Open(tag, _stretches((kid, 1) for kid in examined), tail, gaps) if gaps else item


def _examine_text(item: dict[str, Any]) -> Any:
    parts = item["~text"]
    is_text = len(item) == 1 and isinstance(parts, list) and parts
    _require(is_text, "~text is not alone in its object, or has no list of pieces")
    for part, following in itertools.pairwise([*parts, ""]):
        if isinstance(part, str):
            _require(part, "a piece is empty")
            _require_characters(part)
        else:
            is_run = type(part) is int and 1 <= part <= LARGEST_RUN
            _require(is_run, "in ~text is neither a piece nor a number from 1 to 1,000,000")
            _require(isinstance(following, str), "in ~text are two numbers in a row")
    runs = [part for part in parts if isinstance(part, int)]
    if not runs:
        by_rule = PIECE.findall("".join(parts))
        _require(parts != by_rule, "~text has the pieces that the rule gives: it must be a string")
        return item
    count = len(parts) - len(runs) + sum(runs)
    kids = ((GAP, part) if isinstance(part, int) else (part, 1) for part in parts)
    return Open(TEXT, _stretches(kids), _number(count), len(runs))


def _stretches(kids: Iterable[tuple[Any, int]]) -> list[Stretch]:
    """Join neighbours that are alike; each kid comes with its number, more than 1 for a run."""

    def likeness(kid: tuple[Any, int]) -> int:
        return id(kid[0]) if isinstance(kid[0], Open) else kid[0] is GAP

    found = []
    stop = 0
    for _, group in itertools.groupby(kids, likeness):
        alike = list(group)
        start, stop = stop, stop + sum(number for _, number in alike)
        found.append(Stretch(start, stop, [kid for kid, _ in alike]))
    return found


class Walk:
    """“Walk”: it consumes seeds and commitments in order, and expands no gap."""

    def __init__(self, seeds: list[str], commitments: list[str]) -> None:
        self.seeds = map(bytes.fromhex, seeds)
        self.commitments = map(bytes.fromhex, commitments)

    def root(self, content: Any) -> bytes:
        """Walk at the list of one kid, an examined content; both lists must be used up."""
        try:
            root = self._list(_stretches([(content, 1)]), _item)
        except StopIteration:
            raise Refused("it has fewer seeds or commitments than its content needs") from None
        left_over = [*self.seeds, *self.commitments]
        _require(not left_over, "it has more seeds or commitments than its content needs")
        return root

    def _list(self, stretches: list[Stretch], hash_kid: HashKid) -> bytes:
        """Walk at a list of kids without a seed.

        Each part that is not split further takes a seed or a commitment: they bound the work.
        """
        starts = [stretch.start for stretch in stretches]
        parts: list[tuple[int, int] | None] = [(0, stretches[-1].stop)]  # None: join two hashes
        hashes: list[bytes] = []
        while parts:
            part = parts.pop()
            if part is None:
                right = hashes.pop()
                hashes.append(sha256(NODE + hashes.pop() + right).digest())
                continue
            start, stop = part
            stretch = stretches[bisect_right(starts, start) - 1]
            if stop > stretch.stop:
                middle = start + (1 << (stop - start - 1).bit_length() - 1)
                parts += [None, (middle, stop), (start, middle)]
            elif stretch.kids[0] is GAP:
                hashes.append(next(self.commitments))
            elif isinstance(stretch.kids[0], Open):
                hashes.append(self._open(stretch.kids[0]))
            else:
                kids = stretch.kids[start - stretch.start : stop - stretch.start]
                hashes.append(_tree(kids, next(self.seeds), hash_kid))
        return hashes[0]

    def _open(self, item: Open) -> bytes:
        kids = self._list(item.stretches, _leaf if item.tag == TEXT else _item)
        return sha256(item.tag + kids + item.tail).digest()


def _number(count: int) -> bytes:
    return count.to_bytes(8, "big")


def _leaf(leaf: Any, seed: bytes) -> bytes:
    return sha256(LEAF + seed + jcs(leaf).encode()).digest()


def _item(item: Any, seed: bytes) -> bytes:
    """Return the hash of an item without gaps, by the table of “Pieces”: straight down."""
    if isinstance(item, str) and item:
        return _text(PIECE.findall(item), seed)
    if isinstance(item, list) and item:
        return sha256(ARRAY + _tree(item, seed, _item) + _number(len(item))).digest()
    if isinstance(item, dict) and "~text" in item:
        return _text(item["~text"], seed)
    if isinstance(item, dict) and item:
        names = sorted(item)
        kids = _tree([item[name] for name in names], seed, _item)
        return sha256(OBJECT + kids + jcs(names).encode()).digest()
    return _leaf(item, seed)


def _text(pieces: list[str], seed: bytes) -> bytes:
    return sha256(TEXT + _tree(pieces, seed, _leaf) + _number(len(pieces))).digest()


def _tree(kids: list[Any], seed: bytes, hash_kid: HashKid) -> bytes:
    """Return tree(kids, seed), level by level.

    To split at the largest power of two gives the same tree as to join neighbours on each level,
    where the odd one at the end rises as it is.
    """
    hashes = list(map(hash_kid, kids, _kid_seeds(seed, len(kids))))
    while len(hashes) > 1:
        odd = hashes[-1:] if len(hashes) % 2 else []
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        hashes = [sha256(NODE + left + right).digest() for left, right in pairs] + odd
    return hashes[0]


def _kid_seeds(seed: bytes, count: int) -> list[bytes]:
    """Return the seeds of so many kids: the same levels from the top."""
    widths = []
    while count > 1:
        widths.append(count)
        count = (count + 1) // 2
    seeds = [seed]
    for width in reversed(widths):
        odd = [seeds.pop()] if width % 2 else []
        seeds = [sha256(t + seed).digest() for seed in seeds for t in (LEFT, RIGHT)] + odd
    return seeds


def load(source: str) -> str:
    """Return the text at an address or in a file; of a large one, no more than it takes to tell."""
    try:
        if source.startswith(("http://", "https://")):
            with urllib.request.urlopen(source, timeout=TIMEOUT) as answer:  # noqa: S310
                content = answer.read(LARGEST_PROOF + 1)
        else:
            with Path(source).open("rb") as file:
                content = file.read(LARGEST_PROOF + 1)
        _require(len(content) <= LARGEST_PROOF, f"it has more than {LARGEST_PROOF} bytes")
        return str(content, "utf-8")
    except UnicodeDecodeError:
        raise Refused("it is not UTF-8") from None
    except urllib.error.HTTPError as error:
        kind = NotFound if error.code == 404 else Refused
        raise kind(f"it cannot be read: the server answers {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise Refused(f"it cannot be read: {str(error)[:200]!a}") from None


def verify_sources(sources: Iterable[str], until_not_found: bool) -> Version:
    """Verify a chain, write a line for each version, and return the newest."""
    version: Version | None = None
    for number, source in enumerate(sources, 1):
        try:
            version = _verified(read(load(source)), number, version)
        except Refused as refused:
            if version and until_not_found and isinstance(refused, NotFound):
                return version
            raise Refused(f"version {number} ({source!a}): {refused}") from None
        gaps = f", {version.gaps} gap{'s' * (version.gaps > 1)}" if version.gaps else ""
        sys.stdout.write(f"version {number}  {version.content_hash}  holds{gaps}\n")
    if not version:
        raise Refused("a chain has at least one version")
    return version


def main() -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description="Verify the chain of versions of one story.")
    parser.add_argument("sources", nargs="+", metavar="FILE_OR_URL", help="proofs in order")
    parser.add_argument("--newest", metavar="HASH", help="a newest content hash kept elsewhere")
    arguments = parser.parse_args()
    sources: Iterable[str] = arguments.sources
    if arguments.newest is not None and not HASH.fullmatch(arguments.newest):
        parser.error("--newest takes 64 lower-case hex digits")
    is_history = arguments.sources[-1].endswith("/history/")
    if is_history:
        if len(arguments.sources) > 1:
            parser.error("a history address stands alone")
        sources = (f"{arguments.sources[0]}{number}.json" for number in itertools.count(1))
    try:
        newest = verify_sources(sources, is_history)
        is_newest = arguments.newest in (None, newest.content_hash)
        _require(is_newest, f"version {newest.number} is the newest, but its hash is another")
    except Refused as refused:
        sys.stderr.write(f"refused: {refused}\n")
        return 1
    chain = f"The chain of {newest.number} version{'s' * (newest.number > 1)} holds"
    if arguments.newest:
        sys.stdout.write(f"{chain}, and its newest hash is the one given.\n")
    else:
        sys.stdout.write(f"{chain}. Now compare its newest hash with one kept elsewhere.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
