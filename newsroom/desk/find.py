"""The search that everything on the desk answers to: stories, sources, photos, people, its pages, and what one can do.

It finds what the person who looks may see, and nothing of the rest: not even that it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.front.search import Query, read_query, search
from articles.models import Article, Photo
from articles.stages import STAGES, Stage
from sources.colleagues import name_of
from sources.models import Source

SHOWN = 6  # of each kind
BY_INDEX = 50  # public stories that are taken from the index, the newest first
LONGEST = 200  # characters that are looked for


class Found(NamedTuple):
    mark: str
    title: str
    about: str
    path: str
    begins: bool = False  # pressed, it makes something: it is sent, and not followed


class Group(NamedTuple):
    name: str
    found: list[Found]


# What one can do, and where: the permission that it takes, none for everybody.
BEGIN = "admin:articles_article_add"
ACTIONS = (
    ("Write a story", "articles.add_article", BEGIN),
    ("Add a source", "sources.add_source", "admin:sources_source_add"),
    ("Record an interview", "sources.add_interview", "admin:sources_interview_add"),
    ("Bring photos in", "articles.add_photo", "admin:articles_photo_bring"),
    ("Choose a lead", "articles.add_frontstory", "admin:articles_frontstory_changelist"),
    ("Read the audit of sourcing", "articles.audit_sourcing", "admin:audit"),
    ("Change your password", "", "admin:password_change"),
)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """A page of its own; for the box over a page, with `part`, what was found alone."""
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    groups = [group for group in _groups(request, typed) if group.found]
    context = {"groups": groups, "typed": typed}
    if "part" in request.GET:
        return render(request, "admin/_found.html", context)
    site = admin.site.each_context(request)
    return render(request, "admin/find.html", {**site, **context, "title": "Find or do"})


def _groups(request: HttpRequest, typed: str) -> Iterator[Group]:
    words = typed.split()
    if words:
        yield Group("Stories", list(_stories(request.user, words)))
        yield Group("Sources", list(_sources(request.user, words)))
        yield Group("Photos", list(_photos(request.user, words)))
        yield Group("People", list(_people(request.user, words)))
    yield Group("Do", list(_actions(request.user, words)))
    yield Group("Pages of the desk", list(_pages(request, words)))


def _stories(user: Any, words: list[str]) -> Iterator[Found]:
    if user.has_perm("articles.view_article"):
        for story in _stories_saying(user, words)[:SHOWN]:
            row = STAGES[Stage(story.stage)]
            about = f"{row.word} · {story.section or 'No section'}"
            path = reverse("admin:articles_article_change", args=[story.pk])
            yield Found(row.mark, story.headline or "Without a headline", about, path)


def _stories_saying(user: Any, words: list[str]) -> QuerySet[Article]:
    """Theirs in which each of the words stands, those changed last first.

    What readers see is looked for in their index; what they do not see yet is read as it stands on
    the desk: of such stories there are as many as a newsroom has under way, however large its archive.
    """
    in_headline, in_text = Q(), ~Q(stage=Stage.PUBLISHED) | Q(is_ahead=True)
    for word in words:
        in_headline &= Q(headline__icontains=word)
        in_text &= Q(headline__icontains=word) | Q(deck__icontains=word) | Q(body__icontains=word)
    query = Query(*read_query(" ".join(words)))
    public = [each.article for each in search(query, size=BY_INDEX).stories] if query else []
    stories = Article.objects.visible_to(user).select_related("section").defer("body")
    return stories.filter(in_headline | in_text | Q(pk__in=public))


def _sources(user: Any, words: list[str]) -> Iterator[Found]:
    if not user.has_perm("sources.view_source"):
        return
    said = ("name", "description", "affiliations__title", "affiliations__organization__name")
    for source in _saying(Source.objects.visible_to(user), said, words):
        about = " · ".join(str(each) for each in source.affiliations.all())
        path = reverse("admin:sources_source_page", args=[source.pk])
        yield Found("sources" if source.named else "mask", str(source), about, path)


def _photos(user: Any, words: list[str]) -> Iterator[Found]:
    if user.has_perm("articles.view_photo"):
        for photo in _saying(Photo.objects.visible_to(user), ("caption", "alt", "credit"), words):
            path = reverse("admin:articles_photo_change", args=[photo.pk])
            yield Found("photo", str(photo), photo.credit, path)


def _people(user: Any, words: list[str]) -> Iterator[Found]:
    """Colleagues: to an administrator their account, to all others their stories."""
    sees_accounts = user.has_perm("newsroom.view_user")
    if not (sees_accounts or user.has_perm("articles.view_article")):
        return
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    # With what somebody logs in is an administrator's to know.
    said = ("first_name", "last_name", *(["username"] if sees_accounts else []))
    for person in _saying(people, said, words):
        path = f"{reverse('admin:articles_article_changelist')}?reporter={person.pk}"
        if sees_accounts:
            path = reverse("admin:newsroom_user_change", args=[person.pk])
        yield Found("person", name_of(person), person.get_username() if sees_accounts else "", path)


def _saying(rows: QuerySet[Any], columns: Iterable[str], words: Iterable[str]) -> Iterator[Any]:
    """Rows in which each of the words stands, each once."""
    for word in words:
        said = Q()
        for column in columns:
            said |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(pk__in=rows.model.objects.filter(said).values("pk"))
    if rows.model is Source:
        rows = rows.prefetch_related("affiliations__organization")
    yield from rows[:SHOWN]


def _actions(user: Any, words: list[str]) -> Iterator[Found]:
    for title, permission, name in ACTIONS:
        if _says(title, words) and (not permission or user.has_perm(permission)):
            yield Found("go", title, "", reverse(name), begins=name == BEGIN)


def _pages(request: HttpRequest, words: list[str]) -> Iterator[Found]:
    """The lists that this person may open, by their names."""
    for app in admin.site.get_app_list(request):
        for model in app["models"]:
            path = model.get("admin_url")
            if path and words and _says(f"{model['name']}", words):
                yield Found("stories", str(model["name"]).capitalize(), "", path)


def _says(title: str, words: Iterable[str]) -> bool:
    return all(word.casefold() in title.casefold() for word in words)
