"""The story, from blank page to public record."""

from .article import Article, Section, Shape, StageChange
from .bylines import Author, Byline, Profile
from .comment import CommentAttempt, CommentRequest
from .decisions import AnonymityApproval, Exhibit, Override
from .frame import Appeal, FrontStory, PageFrame, Purge, Spotlight
from .listing import Listing, Relation, SearchEntry, StoryPage
from .media import NotebookEntry, PendingFile, Photo, Upload
from .policy import Policy
from .record import NotePlace, Update, Version
from .report import ErrorReport
from .update_request import UpdateRequest
from .uses import QuoteUse, SourceUse

__all__ = [
    "AnonymityApproval",
    "Appeal",
    "Article",
    "Author",
    "Byline",
    "CommentAttempt",
    "CommentRequest",
    "ErrorReport",
    "Exhibit",
    "FrontStory",
    "Listing",
    "NotePlace",
    "NotebookEntry",
    "Override",
    "PageFrame",
    "PendingFile",
    "Photo",
    "Policy",
    "Profile",
    "Purge",
    "QuoteUse",
    "Relation",
    "SearchEntry",
    "Section",
    "Shape",
    "SourceUse",
    "Spotlight",
    "StageChange",
    "StoryPage",
    "Update",
    "UpdateRequest",
    "Upload",
    "Version",
]
