"""The page of an interview: what it left, the words on record, and what these were compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from sources.admin import InterviewAdmin
from sources.attribution import heard_in_words, told_of_interview
from sources.evidence.comparing import compare
from sources.models import Comparison, Interview, InterviewFile, Quote

from ...models import Article, QuoteUse
from ..base import then_its_page
from . import interview_files

PAGE = "admin:sources_interview_page"

admin.site.unregister(Interview)


class InterviewList(ChangeList):
    """Its rows lead to the page of an interview, and not to its form."""

    def url_for_result(self, result: Model) -> str:
        return reverse(PAGE, args=[result.pk])


@admin.register(Interview)
class InterviewPageAdmin(InterviewAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view

        of_it: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "page": ("", interview_page),
            "bring": ("files/", interview_files.bring_files),
            "file": ("files/<int:file>/", interview_files.read_file),
            "remove": ("files/<int:file>/remove/", interview_files.remove_file),
            "count": ("files/<int:file>/count/", interview_files.count_as),
            "confirm": ("quotes/<int:quote>/", interview_files.confirm_words),
        }
        return [
            *(
                path(f"<int:pk>/{route}", view(page), name=f"sources_interview_{name}")
                for name, (route, page) in of_it.items()
            ),
            *super().get_urls(),
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return InterviewList

    def response_change(self, request: HttpRequest, obj: Interview) -> HttpResponse:
        return then_its_page(request, super().response_change(request, obj), PAGE, obj)

    def response_add(
        self, request: HttpRequest, obj: Interview, post_url_continue: str | None = None
    ) -> HttpResponse:
        answer = super().response_add(request, obj, post_url_continue)
        return then_its_page(request, answer, PAGE, obj)


class OnRecord(NamedTuple):
    """Recorded words, the stories in which they stand, and where to hear them."""

    quote: Quote
    stories: list[Article]
    at: Comparison | None  # where a file of this interview has them, or has others
    recording: InterviewFile | None


@require_safe
def interview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of one interview that this person may know."""
    if not request.user.has_perm("sources.view_interview"):
        raise PermissionDenied
    interviews = Interview.objects.visible_to(request.user)
    interview = get_object_or_404(
        interviews.select_related("source", "recorded_by", "verified_by"), pk=pk
    )
    return render(request, "admin/sources/interview/page.html", page_of(interview, request))


def page_of(interview: Interview, request: HttpRequest) -> dict[str, Any]:
    """What its page shows to this person."""
    user = request.user
    site: dict[str, Any] = admin.site.each_context(request)
    files = list(
        InterviewFile.objects.visible_to(user)
        .without_contents()
        .filter(interview=interview)
        .select_related("brought_by")
    )
    record = _on_record(interview, files, user)
    interview_admin = admin.site.get_model_admin(Interview)
    how, held = told_of_interview(interview)
    return {
        **site,
        "title": str(interview),
        "interview": interview,
        "opts": Interview._meta,
        "files": files,
        "recordings": [each for each in files if each.kind == InterviewFile.Kind.RECORDING],
        "withheld_files": 0 if files else interview.files.count(),
        "withheld_words": interview.quotes.count() - len(record),
        "record": record,
        "told": heard_in_words(how, held),
        "may_change": interview_admin.has_change_permission(request, interview),
        "may_bring": interview_files.may_bring(request, interview),
        "opens": interview.opens_its_files_to(user),
    }


def _on_record(interview: Interview, files: list[InterviewFile], user: Any) -> list[OnRecord]:
    quotes = list(Quote.objects.visible_to(user).filter(interview=interview))
    for quote in quotes:
        quote.interview = interview
    compare(quotes)
    standing: dict[int, dict[int, Article]] = {}
    stories = Article.objects.visible_to(user)
    uses = QuoteUse.objects.filter(quote__in=quotes, article__in=stories)
    for use in uses.select_related("article"):
        standing.setdefault(use.quote_id, {})[use.article_id] = use.article
    by_key = {file.pk: file for file in files}
    told = []
    for quote in quotes:
        places = (quote.contradicted, quote.checked, quote.nearly, *quote.compared)
        at = next((each for each in places if each and each.file_id in by_key), None)
        recording = interview_files.recording_of(at.file, files) if at and at.file else None
        told.append(OnRecord(quote, list(standing.get(quote.pk, {}).values()), at, recording))
    return told
