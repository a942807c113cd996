"""The desk: the admin site, its rooms, and what a person sees first when they sit down at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from articles.desk.files import desk_file
from articles.desk.sources.audit import AUDIT, audit
from articles.desk.today.page import today

from .find import find
from .kept_views import drop_view, keep_view, kept_by
from .mail import choose_mail, mail_choice
from .style import style
from .tour import end_tour


class Room(NamedTuple):
    """A part of the desk, as the rail beside every page leads to it."""

    name: str
    mark: str
    model: str  # whose list it is; empty for a page of its own
    page: str = ""  # and who may open that
    permission: str = ""


ROOMS = (
    Room("Stories", "stories", "articles.article"),
    Room("Sources", "sources", "sources.source"),
    Room("Photos", "photo", "articles.photo"),
    Room("Front page", "front", "articles.frontstory"),
    Room("Readers", "flag", "articles.errorreport"),
    Room("Standards", "standards", "articles.policy"),
    Room("Audit", "audit", "", "admin:audit", AUDIT),
    Room("People", "people", "newsroom.user"),
)


# What somebody at the desk is told instead of a page.
FAULTS: dict[type[Exception], tuple[str, str, int]] = {
    Http404: ("There is nothing here", "It was taken away, or the address is mistyped.", 404),
    PermissionDenied: (
        "This is not yours to open",
        "Your role does not reach it, or it is not open to you as it stands now.",
        403,
    ),
}


class Desk(admin.AdminSite):
    site_title = "the desk"
    site_header = "The desk"
    index_title = "Today"
    site_url = "/"
    enable_nav_sidebar = False  # a story and what the check says of it want the width
    index_template = "admin/desk.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        ours = [
            path("files/<path:name>", self.admin_view(desk_file), name="desk_file"),
            path("audit/", self.admin_view(audit), name="audit"),
            path("find/", self.admin_view(find), name="find"),
            path("tour/", self.admin_view(end_tour), name="end_tour"),
            path("mail/", self.admin_view(choose_mail), name="choose_mail"),
            path("views/", self.admin_view(keep_view), name="keep_view"),
            path("views/<int:pk>/drop/", self.admin_view(drop_view), name="drop_view"),
        ]
        if settings.DEBUG:
            ours.append(path("style/", self.admin_view(style), name="style"))
        return [*ours, *super().get_urls()]

    def admin_view(  # type: ignore[override]
        self, view: Callable[..., Any], cacheable: bool = False
    ) -> Callable[..., Any]:
        """Django's; what is not there, or not theirs, is told on a page of the desk."""
        checked = super().admin_view(view, cacheable)

        @wraps(checked)
        def told(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                return checked(request, *args, **kwargs)
            except (Http404, PermissionDenied) as fault:
                title, why, status = FAULTS[type(fault)]
                context = {**self.each_context(request), "title": title, "why": why}
                return render(request, "admin/fault.html", context, status=status)

        return told

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        rail = self.rail(request)
        # Not `site_name`, for which Django's page to log in has a name of its own.
        beside: dict[str, Any] = {"rail": rail, "newsroom_name": settings.SITE_NAME}
        if any(room["path"] == request.path for room in rail):
            beside["kept_views"] = kept_by(request)
        return {**super().each_context(request), **beside}

    def rail(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The rooms that this person may enter."""
        if not self.has_permission(request):
            return []
        rooms = []
        for room in ROOMS:
            if self._may_enter(request, room):
                path = reverse(room.page or f"admin:{room.model.replace('.', '_')}_changelist")
                rooms.append(
                    {**room._asdict(), "path": path, "is_here": request.path.startswith(path)}
                )
        return rooms

    def _may_enter(self, request: HttpRequest, room: Room) -> bool:
        if room.page:
            return request.user.has_perm(room.permission)
        model_admin = self.get_model_admin(apps.get_model(room.model))
        return bool(model_admin.has_view_permission(request))

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The desk has rooms and no apps."""
        return redirect("admin:index")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().index(
            request, {**(extra_context or {}), **today(request.user), **mail_choice(request)}
        )
