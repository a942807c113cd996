"""Sources: a close list of all who spoke, and for each a page with what they said and what rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from sources.admin import ListView, SourceAdmin
from sources.evidence.comparing import compare
from sources.models import Interview, Quote, Source

from ...models import AnonymityApproval, Article, CommentRequest, QuoteUse, Update
from ...record.changes import IN_CORRECTIONS
from ...stages import UNDER_WAY
from ..base import then_its_page
from .recalling import Reliance, relying_on

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

PAGE = "admin:sources_source_page"
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
    """Each by keys that the database looks for once, and not once for each source."""
    heard = Interview.objects.visible_to(user).order_by()
    under_way = Article.objects.visible_to(user).filter(stage__in=UNDER_WAY).order_by()
    asked = AnonymityApproval.objects.filter(
        decision=AnonymityApproval.Decision.ASKED, article__in=under_way.values("pk")
    )
    since = timezone.localdate() - LONG_AGO
    resting = Q(pk__in=under_way.values("sources")) | Q(
        pk__in=under_way.values("interviews__source")
    )
    return {
        "mine": Q(pk__in=heard.filter(recorded_by=user.pk).values("source")),
        "written": resting,
        "asked": Q(pk__in=asked.values("source")),
        "long-ago": Q(pk__in=heard.values("source"))
        & ~Q(pk__in=heard.filter(held_on__gte=since).values("source")),
    }


@admin.register(Source)
class SourceListAdmin(SourceAdmin):
    add_label = "Add a source"
    list_display = ["called", "kind", "heard"]
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
        sources = super().get_queryset(request)
        if "o" in request.GET:  # what it costs to sort by it, nobody pays who does not
            heard = Interview.objects.visible_to(request.user).filter(source=OuterRef("pk"))
            last = heard.order_by("-held_on").values("held_on")[:1]
            sources = sources.annotate(heard_on=Subquery(last))
        return sources

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """With what the rows of this page say, which no other row is asked for."""
        changelist = super().get_changelist_instance(request)
        changelist.result_list = _told_of(changelist.result_list, request.user)
        return changelist

    def get_views(self, request: HttpRequest) -> list[ListView]:
        ways = ways_to_look(request.user)
        sources = Source.objects.visible_to(request.user).order_by()
        counts = sources.aggregate(
            all=Count("pk"),
            unnamed=Count("pk", filter=Q(named=False)),
            **{f"way{n}": Count("pk", filter=which) for n, which in enumerate(ways.values())},
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

    @admin.display(description="last heard", ordering=F("heard_on").desc(nulls_last=True))
    def heard(self, source: Any) -> Any:
        return source.last.held_on if source.last else None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/", view(source_page), name="sources_source_page"),
            *super().get_urls(),
        ]

    def response_change(self, request: HttpRequest, obj: Source) -> HttpResponse:
        return then_its_page(request, super().response_change(request, obj), PAGE, obj)

    def response_add(
        self, request: HttpRequest, obj: Source, post_url_continue: str | None = None
    ) -> HttpResponse:
        answer = super().response_add(request, obj, post_url_continue)
        return then_its_page(request, answer, PAGE, obj)


def _told_of(sources: Iterable[Any], user: User | AnonymousUser) -> list[Any]:
    """Sources with `last`, the interview in which they were heard last, `stories_resting`, how many rest on
    them, and `is_asked`, whether somebody's decision on their anonymity is awaited: as far as this person may know.
    """
    sources = list(sources)
    prefetch_related_objects(sources, "affiliations__organization")
    heard = Interview.objects.visible_to(user).filter(source__in=sources)
    last = {each.source_id: each for each in heard.order_by("held_on", "pk")}
    stories = Article.objects.visible_to(user).order_by()
    resting = {
        *stories.filter(sources__in=sources).values_list("sources", "pk"),
        *stories.filter(interviews__source__in=sources).values_list("interviews__source", "pk"),
    }
    number = Counter(source for source, _ in resting)
    asked = set(
        AnonymityApproval.objects.filter(
            source__in=sources,
            decision=AnonymityApproval.Decision.ASKED,
            article__in=stories.filter(stage__in=UNDER_WAY).values("pk"),
        ).values_list("source", flat=True)
    )
    for source in sources:
        source.last = last.get(source.pk)
        source.stories_resting = number[source.pk]
        source.is_asked = source.pk in asked
    return sources


# The page of a source


class Said(NamedTuple):
    """Recorded words, and where they stand."""

    quote: Quote
    stories: list[Article]


class Heard(NamedTuple):
    interview: Interview
    said: list[Said]
    is_withheld: bool  # words off the record, which this person did not hear
    opens: bool  # may this person open what it left?


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
    )
    for interview in interviews:
        interview.source = source
    itself = {interview.pk: interview for interview in interviews}
    quotes = list(Quote.objects.visible_to(user).filter(interview__in=interviews))
    for quote in quotes:
        quote.interview = itself[quote.interview_id]
    compare(quotes)
    standing: dict[int, dict[int, Article]] = {}
    for use in QuoteUse.objects.filter(quote__in=quotes, article__in=stories).select_related(
        "article"
    ):
        standing.setdefault(use.quote_id, {})[use.article_id] = use.article
    seen: dict[int, list[Said]] = {}
    for quote in quotes:
        stories_with = list(standing.get(quote.pk, {}).values())
        seen.setdefault(quote.interview_id, []).append(Said(quote, stories_with))
    withheld = set(
        Quote.objects.filter(interview__in=interviews)
        .exclude(pk__in=[quote.pk for quote in quotes])
        .values_list("interview", flat=True)
    )
    return [
        Heard(
            interview,
            seen.get(interview.pk, []),
            interview.pk in withheld,
            interview.opens_its_files_to(user),
        )
        for interview in interviews
    ]


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
