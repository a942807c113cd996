"""The story, from blank page to public record."""

from .article import Article, Section, StageChange
from .bylines import Author, Byline, Profile
from .comment import CommentAttempt, CommentRequest
from .furniture import Appeal, FrontStory, Furniture, Spotlight
from .listing import Listing, Relation, SearchEntry, StoryPage
from .notebook import NotebookEntry
from .photo import Photo
from .policy import Policy
from .public_file import PendingFile
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
    "FrontStory",
    "Furniture",
    "Listing",
    "NotebookEntry",
    "Override",
    "PendingFile",
    "Photo",
    "Place",
    "Policy",
    "Profile",
    "QuoteUse",
    "Relation",
    "SearchEntry",
    "Section",
    "SourceUse",
    "Spotlight",
    "StageChange",
    "StoryPage",
    "Update",
    "UpdateRequest",
    "Version",
]
