"""The proof of a version: a hash over its content that still holds when a part of it is withheld.

`docs/record.md` is the format, with its reasons; the names here are its names. `docs/verify.py` is the
same again for anybody, without this project.
"""

from __future__ import annotations

import re
import secrets
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from json.encoder import encode_basestring
from typing import Any, NamedTuple, NoReturn

Content = dict[str, Any]
Header = dict[str, Any]

DEEPEST = 32  # objects and arrays inside each other, the content counted
MOST_PIECES = 1_000_000  # in one run of withheld ones
# The largest that every reader of JSON keeps exact (RFC 7493, section 2.2).
_LARGEST = 2**53 - 1
_D = b"newsroom-record/1"
# Each sort of hash begins otherwise, as in RFC 6962: no leaf can be passed off as a node.
_LEAF, _NODE, _TEXT, _ARRAY, _OBJECT = (_D + bytes([t]) for t in (0, 1, 2, 3, 4))
_LEFT, _RIGHT, _HEADER = (_D + bytes([t]) for t in (0x10, 0x11, 0x20))
# ASCII alone, so that names sort alike by characters, bytes and RFC 8785's UTF-16.
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HEX = re.compile(r"[0-9a-f]{64}")
_UNFIT = re.compile("[\x00\ud800-\udfff]")


class Refused(ValueError):
    """What is no content, or no proof, by the format; the message says why."""


class Sealed(NamedTuple):
    """What a row keeps beside its content. `seeds` and `commitments` are hexadecimal."""

    seeds: list[str]
    commitments: list[str]
    content_hash: str


def seal_content(content: Content, header: Header) -> Sealed:
    """Seal a content under a fresh seed. Raises `Refused` for what the format does not hold.

    Called in the transaction that keeps it: a seed is never used twice.
    """
    seed = secrets.token_bytes(32)
    root = _whole(_checked(content), seed)
    return Sealed([seed.hex()], [], _content_hash(root, header))


def computed_hash(
    content: Content, header: Header, seeds: list[str], commitments: list[str]
) -> str:
    """The content hash that a stored version proves. Raises `Refused` where it is no proof at all."""
    proofs = _Proofs(_bytes(seeds), _bytes(commitments))
    root = _walk(_Kids([_checked(content)]), 0, 1, proofs)
    if proofs.seeds or proofs.commitments:
        raise Refused("a seed or a commitment is left over")
    return _content_hash(root, header)


def _bytes(given: list[str]) -> list[bytes]:
    if not isinstance(given, list) or not all(
        isinstance(each, str) and _HEX.fullmatch(each) for each in given
    ):
        raise Refused("a seed or a commitment is not 64 lower-case hexadecimal digits")
    return [bytes.fromhex(each) for each in given]


def _content_hash(root: bytes, header: Header) -> str:
    members = ",".join(f"{_string(name)}:{_scalar(header[name])}" for name in sorted(header))
    return sha256(_HEADER + root + f"{{{members}}}".encode()).hexdigest()


# Leaves


def _string(text: str) -> str:
    """A string by RFC 8785."""
    return str(encode_basestring(text))


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return _string(value) if isinstance(value, str) else str(value)


def pieces_of(text: str) -> list[str]:
    """A text word by word: a piece ends behind each U+0020, and at the end."""
    *words, last = text.split(" ")
    return [*(f"{word} " for word in words), *([last] if last else [])]


def _checked(value: Any, depth: int = 0) -> Any:
    """The value itself. Raises `Refused` for what cannot stand in a content."""
    if depth == 0 and not (isinstance(value, dict) and "~text" not in value):
        raise Refused("the content is no object")
    if isinstance(value, str):
        if _UNFIT.search(value):
            raise Refused("a text holds U+0000 or half a character")
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise Refused(f"{value} is too large a number")
    elif isinstance(value, dict | list):
        _check_inside(value, depth)
    # A float, above all: one number could be written in many ways.
    elif value is not None:
        raise Refused(f"{value!r} cannot stand in a content")
    return value


def _check_inside(value: dict[str, Any] | list[Any], depth: int) -> None:
    if isinstance(value, dict) and _is_gap(value):
        return
    if isinstance(value, dict) and "~text" in value:
        _check_pieces(value)
        return
    if depth == DEEPEST:
        raise Refused(f"more than {DEEPEST} objects and arrays inside each other")
    if isinstance(value, dict):
        if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in value):
            raise Refused(f"a member’s name is none: {sorted(map(str, value))}")
        if depth == 0 and not value:
            raise Refused("the content is empty")
    # Before anything is hashed: what cannot be written down in one way only has no one hash.
    for each in value.values() if isinstance(value, dict) else value:
        _checked(each, depth + 1)


def _check_pieces(value: dict[str, Any]) -> None:
    pieces = value["~text"]
    if len(value) != 1 or not isinstance(pieces, list) or not pieces:
        raise Refused("a text in pieces has none")
    was_gap = False
    for piece in pieces:
        is_gap = isinstance(piece, int) and not isinstance(piece, bool)
        if is_gap and (was_gap or not 1 <= piece <= MOST_PIECES):
            raise Refused("a run of withheld words is no number, or two follow each other")
        if not is_gap and not (isinstance(piece, str) and piece):
            raise Refused("a piece of a text is empty, or no text")
        if not is_gap:
            _checked(piece, depth=1)
        was_gap = is_gap
    if all(isinstance(piece, str) for piece in pieces) and pieces_of("".join(pieces)) == pieces:
        raise Refused("a text in pieces that is plain")


# The tree


def _is_gap(value: Any) -> bool:
    return isinstance(value, dict) and value.get("~withheld") is True and len(value) == 1


def _has_gap(value: Any) -> bool:
    """Is something of it withheld?"""
    if isinstance(value, dict):
        if "~text" in value:
            return any(isinstance(piece, int) for piece in value["~text"])
        return _is_gap(value) or any(map(_has_gap, value.values()))
    return isinstance(value, list) and any(map(_has_gap, value))


class _Kids:
    """What stands in an item, in order. A run of withheld pieces is kept as one with its length."""

    def __init__(self, kids: list[Any], are_pieces: bool = False) -> None:
        self.kids, self.are_pieces = kids, are_pieces
        has_runs = are_pieces and any(isinstance(kid, int) for kid in kids)
        self.ends = list(accumulate(self._length(kid) for kid in kids)) if has_runs else None
        self.count = self.ends[-1] if self.ends else len(kids)

    def _length(self, kid: Any) -> int:
        return kid if isinstance(kid, int) else 1

    def between(self, start: int, end: int) -> list[Any]:
        if self.ends is None:
            return self.kids[start:end]
        return self.kids[bisect_right(self.ends, start) : bisect_right(self.ends, end - 1) + 1]

    def is_gap(self, kid: Any) -> bool:
        return isinstance(kid, int) if self.are_pieces else _is_gap(kid)

    def has_gap(self, kid: Any) -> bool:
        return isinstance(kid, int) if self.are_pieces else _has_gap(kid)


def _inside(value: Any) -> tuple[bytes, _Kids, bytes] | None:
    """Of what has kids: the byte for its sort, the kids, and what is hashed behind them.

    A plain text has pieces; `_whole` sees to it, and nothing of it can be withheld.
    """
    if isinstance(value, list) and value:
        return _ARRAY, _Kids(value), len(value).to_bytes(8, "big")
    if isinstance(value, dict) and "~text" in value:
        kids = _Kids(value["~text"], are_pieces=True)
        return _TEXT, kids, kids.count.to_bytes(8, "big")
    if isinstance(value, dict) and value:
        names = sorted(value)
        said = ",".join(map(_string, names))
        return _OBJECT, _Kids([value[name] for name in names]), f"[{said}]".encode()
    return None


def _half(count: int) -> int:
    """The largest power of two below a count (RFC 6962, section 2.1: the shape of the tree)."""
    return 1 << (count - 1).bit_length() - 1


def _whole(value: Any, seed: bytes) -> bytes:
    """The hash of a value of which nothing is withheld: a straight path, since most have nothing."""
    if isinstance(value, str) and value:
        pieces = pieces_of(value)
        n = len(pieces)
        return sha256(_TEXT + _words(pieces, 0, n, seed) + n.to_bytes(8, "big")).digest()
    if inside := _inside(value):
        mark, kids, names = inside
        return sha256(mark + _tree(kids, 0, kids.count, seed) + names).digest()
    return _leaf(value, seed)


def _leaf(value: Any, seed: bytes) -> bytes:
    leaf = "[]" if value == [] else "{}" if value == {} else _scalar(value)
    return sha256(_LEAF + seed + leaf.encode()).digest()


def _words(pieces: list[str], start: int, end: int, seed: bytes) -> bytes:
    """The tree over the pieces of a text. Most of the time of sealing and verifying passes here."""
    if end - start == 1:
        return sha256(_LEAF + seed + encode_basestring(pieces[start]).encode()).digest()
    # As `_half`, written out: this runs once for every word.
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    left = _words(pieces, start, middle, sha256(_LEFT + seed).digest())
    return sha256(
        _NODE + left + _words(pieces, middle, end, sha256(_RIGHT + seed).digest())
    ).digest()


def _tree(kids: _Kids, start: int, end: int, seed: bytes) -> bytes:
    """The tree over kids of which nothing is withheld."""
    if end - start == 1:
        kid = kids.between(start, end)[0]
        return _leaf(kid, seed) if kids.are_pieces else _whole(kid, seed)
    middle = start + _half(end - start)
    left = _tree(kids, start, middle, sha256(_LEFT + seed).digest())
    right = _tree(kids, middle, end, sha256(_RIGHT + seed).digest())
    return sha256(_NODE + left + right).digest()


class _Proofs(NamedTuple):
    """The seeds and commitments that are left, in the order of the walk."""

    seeds: list[bytes]
    commitments: list[bytes]

    def next(self, given: list[bytes]) -> bytes:
        if not given:
            raise Refused("a seed or a commitment is missing")
        return given.pop(0)


def _walk(kids: _Kids, start: int, end: int, proofs: _Proofs) -> bytes:
    """The hash over kids of which something may be withheld: the three rules of the format."""
    here = kids.between(start, end)
    if all(map(kids.is_gap, here)):
        return proofs.next(proofs.commitments)
    if not any(map(kids.has_gap, here)):
        return _tree(kids, start, end, proofs.next(proofs.seeds))
    if end - start == 1:
        mark, inside, names = _inside(here[0]) or _no_salt()
        return sha256(mark + _walk(inside, 0, inside.count, proofs) + names).digest()
    middle = start + _half(end - start)
    left = _walk(kids, start, middle, proofs)
    return sha256(_NODE + left + _walk(kids, middle, end, proofs)).digest()


def _no_salt() -> NoReturn:
    raise Refused("a leaf has no salt")


# Schemes


@dataclass(frozen=True)
class Scheme:
    """One row: a way in which versions are hashed. What was sealed by one is verified by it for ever."""

    number: int
    seal: Callable[[Content, Header], Sealed]
    computed_hash: Callable[[Content, Header, list[str], list[str]], str]


SCHEMES: Mapping[int, Scheme] = {1: Scheme(1, seal_content, computed_hash)}


def newest_scheme() -> Scheme:
    """The one by which new versions are sealed."""
    return SCHEMES[max(SCHEMES)]
