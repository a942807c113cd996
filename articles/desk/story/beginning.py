"""A story is begun: at one press and with nothing asked, as another story stands, or from a shape of the newsroom's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ...models import Article, Byline, Section, Shape
from ...models.article import free_slug
from ...stages import Stage
from ..base import EditorAdmin, back_to, key_of
from .forms import PLAIN_EXTENSIONS, body_field

if TYPE_CHECKING:
    from sources.colleagues import User

# What a copy of a story takes over; what was approved, asked and published of it stays with it.
COPIED = (
    "headline",
    "deck",
    "kicker",
    "dateline",
    "body",
    "section",
    "lead_photo",
    "embargoed_until",
)


@transaction.atomic
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a story and go to its page; one of theirs that is still empty is taken again.

    Whoever comes by a link is asked what it begins from: a link makes nothing.
    """
    user = request.user
    if not user.is_authenticated or not user.has_perm("articles.add_article"):
        raise PermissionDenied
    if request.method != "POST":
        context = admin.site.each_context(request)
        context |= {"title": "Write a story", "shapes": Shape.objects.all()}
        return render(request, "admin/articles/article/begin.html", context)
    if key := request.POST.get("copy"):
        like = get_object_or_404(Article.objects.visible_to(user), pk=key_of(key))
        return back_to(_copied(like, user))
    if key := request.POST.get("shape"):
        shape = get_object_or_404(Shape, pk=key_of(key))
        return back_to(begun(user, body=shape.body, kicker=shape.kicker, section=shape.section))
    empty = Article.objects.filter(
        assigned_to=user, stage=Stage.DRAFT, headline="", deck="", body="", revision=0
    )
    return back_to(empty.first() or begun(user))


def begun(user: User, section: Section | None = None, **fields: object) -> Article:
    """A new story of somebody's: in the section of the last that was theirs, and with their byline."""
    last = Article.objects.filter(assigned_to=user).exclude(section=None)
    headline = str(fields.get("headline", ""))
    story = Article.objects.create(
        assigned_to=user,
        section=section or next((each.section for each in last[:1]), None),
        slug=free_slug(headline),
        **fields,
    )
    story.keep_writers(user)
    give_byline(story, user)
    return story


def give_byline(story: Article, user: User) -> None:
    """Their own, if they have a name in print and nobody has a byline yet."""
    author = getattr(user, "author", None)
    if author and not story.bylines.exists():
        Byline.objects.create(article=story, author=author)


def _copied(like: Article, user: User) -> Article:
    story = begun(user, **{name: getattr(like, name) for name in COPIED})
    story.tags.set(like.tags.names())
    # What somebody may not see does not come to them in a copy: it holds those that they see there.
    story.sources.set(like.sources.visible_to(user))
    story.interviews.set(like.interviews.visible_to(user))
    return story


class ShapeForm(forms.ModelForm):
    body = body_field(PLAIN_EXTENSIONS, required=False)

    class Meta:
        model = Shape
        fields = ["name", "section", "kicker", "body"]


@admin.register(Shape)
class ShapeAdmin(EditorAdmin):
    form = ShapeForm
    add_label = "Add a shape"
    list_display = ["name", "section", "kicker"]
    list_select_related = ["section"]
    search_fields = ["name"]
