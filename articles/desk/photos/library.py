"""The library of photos: what there is, who may use it until when, and where it is used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from sources.admin import ListView

from ...models import Article, Photo
from ...prepared.profiles import compose_profile
from ..base import TakesFiles
from .bringing import bring_in, take
from .chooser import find, thumbnail

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User


class PhotoForm(forms.ModelForm):
    # Not forms.ImageField: that one calls a picture of 200 megapixels “not an image”.
    file = forms.FileField(
        widget=AdminFileWidget, help_text="JPEG, PNG, WebP, HEIC or AVIF. Only its pixels are kept."
    )

    class Meta:
        model = Photo
        fields = [
            *("file", "alt", "credit", "caption", "usable_until", "usable_for"),
            *("focal_x", "focal_y"),
        ]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 3}),
            "caption": forms.Textarea(attrs={"rows": 2}),
            "usable_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("alt", "credit"):
            if name in self.fields:
                self.fields[name].required = True  # of whoever sits before it; many come in without

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload
        rebuilt, self.instance.upload_digest = take(upload)
        return rebuilt


class WhoseFilter(admin.SimpleListFilter):
    title = "whose"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("mine", "Brought in by me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        is_mine = self.value() == "mine"
        return queryset.filter(uploaded_by=request.user.pk) if is_mine else queryset


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    LOOKUPS = (
        ("missing", "Something missing"),
        ("ready", "Ready"),
        ("over", "Not to be used any more"),
        ("head", "At the head of a story"),
    )

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return self.LOOKUPS

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        found: QuerySet[Photo] = in_state(queryset, self.value() or "", request.user)
        return found


def in_state(photos: Any, state: str, user: User | AnonymousUser) -> Any:
    if state == "missing":
        return photos.lacking()
    if state == "over":
        return photos.over()
    if state == "ready":
        return photos.exclude(pk__in=photos.lacking()).exclude(pk__in=photos.over())
    at_a_head = Article.objects.visible_to(user).filter(lead_photo=OuterRef("pk"))
    return photos.filter(Exists(at_a_head)) if state == "head" else photos


@admin.register(Photo)
class PhotoAdmin(TakesFiles):
    form = PhotoForm
    change_form_template = "admin/articles/photo/change_form.html"
    add_label = "Bring photos in"
    list_display = ["called", "credit", "uploaded_at"]
    list_filter = [StateFilter, WhoseFilter]
    list_per_page = 48
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    search_fields = ["caption", "alt", "credit"]
    search_help_text = "What it shows, who took it"
    fieldsets = [
        ("In words", {"fields": ["caption", "alt", "credit"]}),
        ("Who may use it", {"fields": [("usable_until", "usable_for")]}),
        ("The point that every crop keeps", {"fields": [("focal_x", "focal_y")]}),
        ("The picture", {"fields": ["file"]}),
    ]

    # Who sees and changes what

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        return Photo.objects.visible_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        """A reporter's own; all of them for those who may also delete: photo editors and editors."""
        return super().has_change_permission(request, obj) and (
            obj is None
            or request.user.has_perm("articles.delete_photo")
            or (obj.uploaded_by_id == request.user.pk and not obj.is_in_editors_hands())
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A photo in the text of a story is held there, as the one at its head is."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        in_text = {f"Story: {story}" for photo in objs for story in photo.stories_around()}
        return deleted, counts, needed, [*protected, *sorted(in_text)]

    # The list

    @admin.display(description="caption", ordering="caption")
    def called(self, photo: Photo) -> str:
        return str(photo)

    def get_views(self, request: HttpRequest) -> list[ListView]:
        photos = Photo.objects.visible_to(request.user).order_by()
        counts = photos.aggregate(
            all=Count("pk"),
            mine=Count("pk", filter=Q(uploaded_by=request.user.pk)),
            missing=Count("pk", filter=Q(pk__in=photos.lacking().values("pk"))),
            over=Count("pk", filter=Q(pk__in=photos.over().values("pk"))),
        )
        views = [
            ListView("All", "", counts["all"]),
            ListView("Mine", "whose=mine", counts["mine"]),
            ListView("Something missing", "state=missing", counts["missing"]),
            ListView("Not to be used any more", "state=over", counts["over"]),
        ]
        return [each for each in views if each.rows or not each.query]

    # The page of a photo

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("find/", view(find), name="articles_photo_find"),
            path("bring/", view(bring_in), name="articles_photo_bring"),
            path(
                "<int:pk>/thumbnail/",
                # Cacheable: Django would forbid it for every page of the admin.
                view(thumbnail, cacheable=True),
                name="articles_photo_thumbnail",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        photo: Photo | None = kwargs.get("obj")
        if photo and photo.pk:
            stories = Article.objects.visible_to(request.user)
            used = Q(lead_photo=photo) | Q(pk__in=photo.stories_around().values("pk"))
            context["used_in"] = stories.filter(used).defer("body").select_related("section")
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        if not change and request.user.is_authenticated:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)
        # Their public profiles show it, cut around the focal point.
        for author in obj.authors.all():
            compose_profile(author)
