"""The story, from blank page to public record."""

from .article import Article, Section, StageChange
from .bylines import Author, Byline
from .comment import CommentAttempt, CommentRequest
from .furniture import Appeal, Furniture, Spotlight
from .notebook import NotebookEntry
from .photo import Photo
from .record import Place, Update, Version
from .report import ErrorReport
from .sourcing import AnonymityApproval, Override, QuoteUse, SourceUse
from .update_request import UpdateRequest

__all__ = [
    "AnonymityApproval",
    "Appeal",
    "Article",
    "Author",
    "Byline",
    "CommentAttempt",
    "CommentRequest",
    "ErrorReport",
    "Furniture",
    "NotebookEntry",
    "Override",
    "Photo",
    "Place",
    "QuoteUse",
    "Section",
    "SourceUse",
    "Spotlight",
    "StageChange",
    "Update",
    "UpdateRequest",
    "Version",
]
