"""What the rules look at: an article, all that it rests on, and every word that readers would see."""

from __future__ import annotations

from functools import cached_property

from sources.prose.comparing.searching import Searched

from ..models import Article
from ..record.composing import compose
from ..record.material import Material
from ..record.telling import words_in
from ..text import blocks


class CheckedMaterial(Material):
    """`note` is the note to readers of an update that is about to be published, if there is one."""

    def __init__(self, article: Article, note: str = "") -> None:
        super().__init__(article)
        self.note = note

    @cached_property
    def public_texts(self) -> list[str]:
        """All the texts of the version that it would make."""
        # Composed, and not read from the article: public is what the table of public fields says.
        version = compose(self)
        return [*words_in(version.content), self.note, blocks.text(version.body)]

    @cached_property
    def public_words(self) -> Searched:
        return Searched("\n".join(self.public_texts))
