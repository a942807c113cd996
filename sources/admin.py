"""The desk's pages for sources and interviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import Truncator, capfirst
from simple_history.admin import SimpleHistoryAdmin

from .colleagues import name_of
from .models import (
    SEES_EVERY_SOURCE,
    Affiliation,
    Interview,
    Organization,
    Quote,
    SelfDescription,
    Source,
)

if TYPE_CHECKING:
    from django.forms import ModelForm


LONGEST_SEARCH = 200  # characters
# Of these there are so few that all of them are seen at once, and ticked.
TICKED = ("newsroom.user", "auth.group", "auth.permission")


class OffersWhatIsVisible(BaseModelAdmin):
    """Form fields offer what this person may see, and what the row has already.

    Sources, interviews and stories go by their `visible_to()`; colleagues are everybody who has a
    desk, by name, because only administrators see accounts.
    """

    # From a row of this admin to the one whose page it stands on; empty on that page itself.
    page_lookup = ""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return self._offered(field, db_field, request)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model._meta.label_lower in TICKED:
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return self._offered(field, db_field, request)

    def _offered(self, field: Any, db_field: Any, request: HttpRequest) -> Any:
        related = db_field.remote_field.model
        if related is get_user_model():
            offered = related.objects.filter(is_staff=True, is_active=True)
            field.label_from_instance = name_of
        elif hasattr(related.objects.all(), "visible_to"):
            offered = related.objects.visible_to(request.user)
        else:
            return field
        # What the row has already stays on offer: a form that left it out would take it away when
        # somebody saves who may not see it.
        page = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        lookup = db_field.related_query_name() + self.page_lookup
        here = related.objects.filter(**{lookup: page}) if page else related.objects.none()
        # By keys, so that no join gives a row twice.
        field.queryset = related.objects.filter(
            Q(pk__in=offered.values("pk")) | Q(pk__in=here.values("pk"))
        )
        if related is get_user_model():
            field.queryset = field.queryset.order_by("first_name", "last_name", "username")
        if related is Interview:
            field.queryset = field.queryset.select_related("source")  # by whom it is called
        return field


class Rows(OffersWhatIsVisible, admin.TabularInline):
    """Rows in a table, whose fields say their names to those who do not see its head."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            # Of a related row the widget stands in another, which draws its links.
            widget: Any = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", capfirst(field.label))
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        base: Any = super().get_formset(request, obj, **kwargs)

        class Named(base):  # type: ignore[misc]
            def add_fields(self, form: Any, index: int | None) -> None:
                super().add_fields(form, index)
                if "DELETE" in form.fields:
                    form.fields["DELETE"].widget.attrs["aria-label"] = "Delete this row"

        return Named


def is_key(typed: str) -> bool:
    """Can this be the key of a row?"""
    return typed.isascii() and typed.isdigit() and len(typed) < 15


class ListView(NamedTuple):
    """A way to look at a list: what it is called, its address behind the “?”, and how many rows it has."""

    name: str
    query: str
    rows: int | None = None


class DeskAdmin(OffersWhatIsVisible, admin.ModelAdmin):
    """An admin whose address line answers no questions that its page does not."""

    add_label = ""  # what its button to add a row says; empty: “Add a section”

    def get_views(self, request: HttpRequest) -> list[ListView]:
        """The ways to look at its list that everybody has; none, if it is short."""
        return []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A list is called what is in it: “Stories”, and not “Select story to change”."""
        if ACTION_CHECKBOX_NAME in request.POST:
            # Django looks for whatever was sent, and a key that is none is an error of the database.
            sent = request.POST.copy()
            keys = [each for each in sent.getlist(ACTION_CHECKBOX_NAME) if is_key(each)]
            sent.setlist(ACTION_CHECKBOX_NAME, keys)
            request.POST = sent  # type: ignore[assignment]
        shown = {
            "title": capfirst(self.opts.verbose_name_plural),
            "add_label": self.add_label or f"Add a {self.opts.verbose_name}",
            "views": [
                {**view._asdict(), "is_here": request.GET.urlencode() == view.query}
                for view in self.get_views(request)
            ],
        }
        return super().changelist_view(request, shown | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A page is called what it is about: “Signe Haldorsen”, and not “Change source”."""
        row = kwargs.get("obj")
        name = Truncator(str(row)).chars(120) if row else ""
        title = name or self.add_label or f"Add a {self.opts.verbose_name}"
        context |= {"title": title, "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the filters offer: any other lookup finds values that no column shows."""
        if "\x00" in value:
            return False  # which no row holds, and PostgreSQL refuses to look for
        # `?name__startswith=A` would answer by the number of rows, on a page that shows no names.
        offered = set()
        for name in self.list_filter:
            if isinstance(name, type) and issubclass(name, admin.SimpleListFilter):
                offered.add(name.parameter_name)
                continue
            offered |= {f"{name}{end}" for end in ("", "__exact", "__id__exact", "__isnull")}
        if self.date_hierarchy:
            # Django itself turns the year, month and day of its links into the last two.
            ends = ("year", "month", "day", "gte", "lt")
            offered |= {f"{self.date_hierarchy}__{end}" for end in ends}
        return lookup in offered

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Of lists and of the fields that offer rows as one types."""
        # PostgreSQL takes no NUL in a parameter, and SQLite no thousand words.
        wanted = search_term.replace("\x00", "")[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, wanted)


class RecordedAdmin(SimpleHistoryAdmin, DeskAdmin):  # type: ignore[misc]
    """An admin whose every change is kept; its history is its reporter's and editors'.

    A row is its reporter's to change, until one of `locks` says that it is in editors' hands.
    """

    locks: ClassVar[list[Callable[[Any], bool]]] = []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Without a row, Django asks whether somebody may change any at all.
        if obj is None or request.user.has_perm(SEES_EVERY_SOURCE):
            return super().has_change_permission(request, obj)
        return (
            super().has_change_permission(request, obj)
            and self.reporter_of(obj) == request.user.pk
            and not any(is_locked(obj) for is_locked in self.locks)
        )

    def reporter_of(self, obj: Any) -> int | None:
        raise NotImplementedError

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._its_own_or_404(request, object_id)
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._its_own_or_404(request, object_id)
        if request.method == "POST":
            raise PermissionDenied  # history is read, not gone back to
        response: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return response

    def _its_own_or_404(self, request: HttpRequest, object_id: str) -> None:
        """Its reporter's and editors': what a row once said may be more than it says now."""
        # 404 and not 403: whoever may not see a row is not told that it is there.
        obj = self.get_object(request, object_id)
        if obj is None or not (
            request.user.has_perm(SEES_EVERY_SOURCE) or self.reporter_of(obj) == request.user.pk
        ):
            raise Http404


@admin.register(Organization)
class OrganizationAdmin(DeskAdmin):
    add_label = "Add an organization"
    # Django before 6.0 takes an address without a scheme for http, and warns.
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "kind", "place"]
    list_filter = ["kind"]
    search_fields = ["name", "place"]


class AffiliationInline(Rows):
    model = Affiliation
    extra = 1
    autocomplete_fields = ["organization"]
    fields = ["title", "organization", "place", "current", "since", "until"]


class SelfDescriptionInline(Rows):
    """For those alone who audit sourcing: what somebody filled in of themself is kept apart."""

    model = SelfDescription
    extra = 0
    verbose_name_plural = "what they filled in of themself"
    fields = ["question", "answer", "given_on"]


@admin.register(Source)
class SourceAdmin(RecordedAdmin):
    search_fields = ["name", "description", "later_reference"]
    fieldsets = [
        (None, {"fields": ["kind", "named", "name", "later_reference", "authorization"]}),
        (
            "Anonymous source",
            {
                "fields": ["description", "reason", "known_to"],
                "description": "For a source who speaks on condition of anonymity. "
                "Who they are is not written down anywhere on the desk.",
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return Source.objects.visible_to(request.user)

    def reporter_of(self, obj: Source) -> int | None:
        return obj.added_by_id

    def get_inlines(self, request: HttpRequest, obj: Source | None) -> list[Any]:
        # Of somebody who is not named it would help to find them.
        is_asked = obj is not None and obj.named and obj.kind != Source.Kind.DOCUMENT
        return [AffiliationInline, SelfDescriptionInline] if is_asked else [AffiliationInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        # For good, as `Source.clean()` says: it is chosen once, when the source is added.
        return ["named"] if obj else []

    def save_model(
        self, request: HttpRequest, obj: Source, form: ModelForm[Source], change: bool
    ) -> None:
        if not change:
            obj.added_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # Whoever adds an anonymous source knows them. Only after the form's own choice was saved,
        # which would take them out again.
        super().save_related(request, form, formsets, change)
        if not form.instance.named and not change:
            form.instance.known_to.add(request.user)


class QuoteInline(admin.StackedInline):
    model = Quote
    extra = 1
    fields = ["words", "context", "basis"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        return Quote.objects.visible_to(request.user)


@admin.register(Interview)
class InterviewAdmin(RecordedAdmin):
    add_label = "Record an interview"
    list_display = ["source", "held_on", "how", "terms", "interviewer"]
    # Seen at once, and none of them ticked for anybody.
    radio_fields = {"how": admin.HORIZONTAL, "terms": admin.HORIZONTAL}
    list_filter = ["terms", "how"]
    list_select_related = ["source"]
    date_hierarchy = "held_on"
    search_fields = ["source__name", "source__description", "interviewer"]
    autocomplete_fields = ["source"]
    inlines = [QuoteInline]
    fieldsets = [
        ("Who", {"fields": ["source", "interviewer"]}),
        ("When, and how", {"fields": ["held_on", "how"]}),
        ("On what terms", {"fields": ["terms", "terms_as_agreed"]}),
        ("Checking", {"fields": ["kept_at", "verified_by"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interview]:
        return Interview.objects.visible_to(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Interview | None = None) -> list[str]:
        # They say to whom its files are open: whoever may not open them does not change that.
        is_shut = obj is not None and not obj.opens_its_files_to(request.user)
        return ["source", "terms"] if is_shut else []

    def has_delete_permission(self, request: HttpRequest, obj: Interview | None = None) -> bool:
        # Its page to delete it lists what it has.
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.opens_its_files_to(request.user))

    def get_actions(self, request: HttpRequest, action_location: Any = None) -> dict[str, Any]:
        return {}  # many at once are asked of none by itself

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        me = name_of(request.user) if request.user.is_authenticated else ""
        # What the address line gives comes last, and counts.
        return {"interviewer": me, **super().get_changeform_initial_data(request)}

    def reporter_of(self, obj: Interview) -> int | None:
        return obj.recorded_by_id

    def save_model(
        self, request: HttpRequest, obj: Interview, form: ModelForm[Interview], change: bool
    ) -> None:
        if not change:
            obj.recorded_by_id = request.user.pk
        super().save_model(request, obj, form, change)
