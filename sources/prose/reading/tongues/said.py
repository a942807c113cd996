"""What one sentence says of who speaks, whatever the language."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Said(NamedTuple):
    """A verb of speech with its subject, which is None where it has none of its own.

    `is_joined` tells whether it stands right beside the quotation, or at the end of its sentence;
    `is_relayed`, whether it only tells where the words were taken from, and may not be whose they are.
    """

    speaker: str | None
    is_joined: bool = True
    is_name: bool = False
    is_relayed: bool = False


class Subject(NamedTuple):
    """Whoever a sentence is about, and whether the words are a name."""

    words: str
    is_name: bool


class Reader(Protocol):
    """How the sentences of one language are read: `text[start:end]` is one, or a part of one."""

    def sentences(self, text: str, start: int, end: int) -> list[tuple[int, int]]: ...
    def after(self, text: str, start: int, end: int) -> Said | None: ...
    def before(self, text: str, start: int, end: int) -> Said | None: ...
    def subject(self, text: str, start: int, end: int) -> Subject | None: ...
    def told(self, text: str, start: int, end: int) -> Said | None: ...
    def within(self, text: str, start: int, end: int) -> Said | None: ...
    def is_cue(self, text: str, start: int, end: int) -> bool: ...
    def is_label(
        self, text: str, segment: tuple[int, int], marks: tuple[int, int]
    ) -> bool | None: ...
