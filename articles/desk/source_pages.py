"""Sources on the desk: a close list of all who spoke, and for each a page with what they said and what rests on it.

`sources.admin` has their forms, and knows no story; here the stories come to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sources.admin import ListView, SourceAdmin
from sources.models import Interview, Quote, Source

from ..models import AnonymityApproval, Article, CommentRequest, QuoteUse, Update
from ..record.changes import IN_CORRECTIONS
from ..stages import UNDER_WAY
from .recalling import Reliance, relying_on

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

LONG_AGO = timedelta(days=182)  # since when somebody was heard last

admin.site.unregister(Source)


class LookFilter(admin.SimpleListFilter):
    """The ways to look that no column has."""

    title = "where"
    parameter_name = "where"
    LOOKUPS = (
        ("mine", "Heard by me"),
        ("written", "In stories being written"),
        ("asked", "Anonymity not decided"),
        ("long-ago", "Not heard for six months"),
    )

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return self.LOOKUPS

    def queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> QuerySet[Source]:
        which = ways_to_look(request.user).get(self.value() or "")
        return queryset.filter(which) if which is not None else queryset


def ways_to_look(user: User | AnonymousUser) -> dict[str, Q]:
    heard = Interview.objects.visible_to(user).filter(source=OuterRef("pk"))
    under_way = Article.objects.visible_to(user).filter(stage__in=UNDER_WAY)
    resting = under_way.filter(Q(sources=OuterRef("pk")) | Q(interviews__source=OuterRef("pk")))
    asked = AnonymityApproval.objects.filter(
        source=OuterRef("pk"), decision=AnonymityApproval.Decision.ASKED, article__in=under_way
    )
    since = timezone.localdate() - LONG_AGO
    return {
        "mine": Q(Exists(heard.filter(recorded_by=user.pk))),
        "written": Q(Exists(resting)),
        "asked": Q(Exists(asked)),
        "long-ago": Q(Exists(heard)) & ~Q(Exists(heard.filter(held_on__gte=since))),
    }


@admin.register(Source)
class SourceListAdmin(SourceAdmin):
    add_label = "Add a source"
    list_display = ["called", "kind", "stories", "heard"]
    list_filter = ["named", "kind", "authorization", LookFilter]
    list_per_page = 100
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    search_fields = [
        *("name", "description", "later_reference"),
        *("affiliations__title", "affiliations__organization__name"),
    ]
    search_help_text = "Name, post, organization"
    ordering = ["name", "description"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """With what a row says: how many stories rest on them, and when they were heard last."""
        sources = super().get_queryset(request)
        if not _is_list(request):
            return sources
        heard = Interview.objects.visible_to(request.user).filter(source=OuterRef("pk"))
        last = heard.order_by("-held_on", "-pk")
        stories = (
            Article.objects.visible_to(request.user)
            .filter(Q(sources=OuterRef("pk")) | Q(interviews__source=OuterRef("pk")))
            .order_by()
            # No aggregate of Django's, which would group by story.
            .annotate(number=Func(F("pk"), template="COUNT(DISTINCT %(expressions)s)"))
            .values("number")
        )
        return sources.prefetch_related("affiliations__organization").annotate(
            stories_resting=Coalesce(Subquery(stories), 0),
            heard_on=Subquery(last.values("held_on")[:1]),
            heard_how=Subquery(last.values("how")[:1]),
            heard_by=Subquery(last.values("interviewer")[:1]),
            heard_on_terms=Subquery(last.values("terms")[:1]),
            is_asked=Exists(
                AnonymityApproval.objects.filter(
                    source=OuterRef("pk"),
                    decision=AnonymityApproval.Decision.ASKED,
                    article__in=Article.objects.visible_to(request.user).filter(
                        stage__in=UNDER_WAY
                    ),
                )
            ),
        )

    def get_views(self, request: HttpRequest) -> list[ListView]:
        ways = ways_to_look(request.user)
        sources = Source.objects.visible_to(request.user).order_by()
        counted = sources.annotate(**{f"is_{n}": w for n, w in enumerate(ways.values())})
        counts = counted.aggregate(
            all=Count("pk"),
            unnamed=Count("pk", filter=Q(named=False)),
            **{f"way{n}": Count("pk", filter=Q(**{f"is_{n}": True})) for n in range(len(ways))},
        )
        named_so = dict(LookFilter.LOOKUPS)
        return [
            ListView("All", "", counts["all"]),
            ListView("Not by name", "named__exact=0", counts["unnamed"]),
            *(
                ListView(named_so[name], f"where={name}", counts[f"way{n}"])
                for n, name in enumerate(ways)
                if counts[f"way{n}"]
            ),
        ]

    @admin.display(description="name", ordering="name")
    def called(self, source: Source) -> str:
        return source.public_name

    @admin.display(description="stories", ordering="-stories_resting")
    def stories(self, source: Any) -> int:
        return int(source.stories_resting)

    @admin.display(description="last heard", ordering=F("heard_on").desc(nulls_last=True))
    def heard(self, source: Any) -> Any:
        return source.heard_on

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/", view(source_page), name="sources_source_page"),
            *super().get_urls(),
        ]

    def response_change(self, request: HttpRequest, obj: Source) -> HttpResponse:
        return self._then_its_page(request, obj, super().response_change(request, obj))

    def response_add(
        self, request: HttpRequest, obj: Source, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._then_its_page(
            request, obj, super().response_add(request, obj, post_url_continue)
        )

    def _then_its_page(
        self, request: HttpRequest, obj: Source, answer: HttpResponse
    ) -> HttpResponse:
        """Saved, a source is seen on its page, unless the form was opened over another's."""
        if "_save" in request.POST and "_popup" not in request.POST:
            answer["Location"] = reverse("admin:sources_source_page", args=[obj.pk])
        return answer


def _is_list(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == "sources_source_changelist"


# The page of a source


class Said(NamedTuple):
    """Recorded words, and where they stand."""

    quote: Quote
    stories: list[Article]


class Heard(NamedTuple):
    interview: Interview
    said: list[Said]
    is_withheld: bool  # off the record, and this person did not hear it


@require_safe
def source_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody said, when and on what terms, which stories rest on it, and what became of those."""
    if not request.user.has_perm("sources.view_source"):
        raise PermissionDenied
    sources = Source.objects.visible_to(request.user).prefetch_related(
        "affiliations__organization", "known_to"
    )
    source = get_object_or_404(sources, pk=pk)
    stories = Article.objects.visible_to(request.user)
    reliances = relying_on(source, stories)
    site: dict[str, Any] = admin.site.each_context(request)
    source_admin = admin.site.get_model_admin(Source)
    return render(
        request,
        "admin/sources/source/page.html",
        {
            **site,
            "title": source.public_name,
            "source": source,
            "opts": Source._meta,
            "heard": _heard_from(source, request.user, stories),
            "reliances": reliances,
            "asked": _asked_for_comment(source, stories),
            "corrections": _corrections_of(reliances),
            "may_change": source_admin.has_change_permission(request, source),
            "may_record": request.user.has_perm("sources.add_interview"),
        },
    )


def _heard_from(
    source: Source, user: User | AnonymousUser, stories: QuerySet[Article]
) -> list[Heard]:
    interviews = list(
        Interview.objects.visible_to(user)
        .filter(source=source)
        .select_related("recorded_by", "verified_by")
        .prefetch_related("quotes")
    )
    quotes = Quote.objects.filter(interview__in=interviews)
    standing: dict[int, dict[int, Article]] = {}
    for use in QuoteUse.objects.filter(quote__in=quotes, article__in=stories).select_related(
        "article"
    ):
        standing.setdefault(use.quote_id, {})[use.article_id] = use.article
    knows = source.known_to.filter(pk=user.pk).exists()
    heard = []
    for interview in interviews:
        is_withheld = (
            interview.terms == Interview.Terms.OFF_THE_RECORD
            and interview.recorded_by_id != user.pk
            and not knows
        )
        said = [
            Said(quote, list(standing.get(quote.pk, {}).values()))
            for quote in ([] if is_withheld else interview.quotes.all())
        ]
        heard.append(Heard(interview, said, is_withheld))
    return heard


def _asked_for_comment(source: Source, stories: QuerySet[Article]) -> list[CommentRequest]:
    """Requests that are put to this name, the newest first. Nobody asks somebody unnamed by a name."""
    if not source.named:
        return []
    asked = CommentRequest.objects.filter(asked__iexact=source.name, article__in=stories)
    return list(asked.select_related("article").order_by("-pk"))


def _corrections_of(reliances: Iterable[Reliance]) -> list[Update]:
    """Corrections of stories that rest on them, the newest first."""
    stories = [each.article for each in reliances]
    updates = Update.objects.filter(article__in=stories, kind__in=IN_CORRECTIONS)
    return list(updates.select_related("article").order_by("-at"))
