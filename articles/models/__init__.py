"""The story, from blank page to public record."""

from .article import Article, Section, StageChange
from .bylines import Author, Byline
from .comment import CommentAttempt, CommentRequest
from .furniture import Appeal, Furniture, Spotlight
from .notebook import NotebookEntry
from .photo import Photo
from .record import Update, Version
from .sourcing import AnonymityApproval, QuoteUse

__all__ = [
    "AnonymityApproval",
    "Appeal",
    "Article",
    "Author",
    "Byline",
    "CommentAttempt",
    "CommentRequest",
    "Furniture",
    "NotebookEntry",
    "Photo",
    "QuoteUse",
    "Section",
    "Spotlight",
    "StageChange",
    "Update",
    "Version",
]
