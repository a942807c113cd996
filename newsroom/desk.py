"""The desk: the admin site, and what a person sees first when they sit down at it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from articles.desk.agenda import agenda
from articles.desk.files import desk_file


class Desk(admin.AdminSite):
    site_title = "the desk"
    site_header = "The desk"
    index_title = "Today"
    site_url = "/"
    enable_nav_sidebar = False  # a story and what the check says of it want the width
    index_template = "admin/desk.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("files/<path:name>", self.admin_view(desk_file), name="desk_file"),
            *super().get_urls(),
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), "agenda": agenda(request.user)})
