"""The front page as editors put it together: its places and their stories, moved about and published at once.

What is moved stays a draft in the form until it is published: readers never see a front half made. Each button
works by itself, without a script; the script of the page does the same without asking the desk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from ..models import Article, FrontStory
from ..models.frame import lock_front
from ..prepared.frame import compose_frame
from ..stages import Stage
from .base import key_of
from .frame import FrameAdmin

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

MOST_PLACES = 12
OFFERED = 24  # stories that can stand on the front, those that were published last
LATELY = timedelta(days=60)


@admin.register(FrontStory)
class FrontPageAdmin(FrameAdmin):
    """A place's own form, with its times, is Django's; the list is the front itself."""

    add_label = "Choose a lead"
    autocomplete_fields = ["article"]
    list_select_related = ["article"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request) or "_popup" in request.GET:
            return super().changelist_view(request, extra_context)
        may_change = self.has_change_permission(request) and self.has_add_permission(request)
        standing = _standing_now()
        wanted = [each.article_id for each in standing]
        if request.method == "POST" and may_change:
            drafted = _drafted(request)
            if "publish" in request.POST and self._publish(request, drafted):
                return HttpResponseRedirect(request.path)
            wanted = drafted
        return TemplateResponse(
            request,
            "admin/articles/frontstory/front.html",
            {
                **self.admin_site.each_context(request),
                **(extra_context or {}),
                "title": "The front",
                "opts": self.opts,
                "may_change": may_change,
                "places": _in_order(request.user, wanted, standing),
                "before": ",".join(str(each.article_id) for each in standing),
                "offered": _offered(request.user, wanted),
                "later": FrontStory.objects.filter(shown_from__gt=timezone.now()).select_related(
                    "article"
                ),
                "changes": _changes(wanted, standing),
                "seen": request.POST.get("seen") or _seen(standing),
            },
        )

    def _publish(self, request: HttpRequest, wanted: Sequence[int]) -> bool:
        """Make the front so; it is told, and not done, if somebody else has changed it since."""
        with transaction.atomic():
            lock_front()
            standing = _standing_now()
            if request.POST.get("seen") != _seen(standing):
                messages.error(
                    request,
                    "Somebody else has changed the front since you opened it. Yours stands below as you "
                    "made it: start again from theirs, or look at theirs in another window first.",
                )
                return False
            by_story = {each.article_id: each for each in standing}
            out = set(
                Article.objects.visible_to(request.user)
                .filter(pk__in=wanted, stage=Stage.PUBLISHED)
                .values_list("pk", flat=True)
            )
            if len(wanted) > MOST_PLACES:
                messages.error(request, f"The front has at most {MOST_PLACES} places.")
                return False
            kept = []
            for order, key in enumerate(key for key in wanted if key in out):
                place = by_story.get(key) or FrontStory(article_id=key)
                is_moved = place.pk is None or place.order != order
                place.order = order
                place.save()
                kept.append(place.pk)
                if is_moved:
                    self.log_change(request, place, f"place {order + 1}")
            # All places of a story that goes, whoever put it there twice.
            gone = FrontStory.objects.showing().exclude(pk__in=kept)
            for place in gone:
                self.log_change(request, place, "off the front")
            gone.delete()
            compose_frame()
        messages.success(request, "Readers see this front now.")
        return True


def _standing_now() -> list[FrontStory]:
    """The places that readers see now, in their order; each story once."""
    found = FrontStory.objects.showing().select_related("article__section", "article__lead_photo")
    return list({each.article_id: each for each in reversed(found)}.values())[::-1]


def _drafted(request: HttpRequest) -> list[int]:
    """The stories in the form, in their order, with what its pressed button does to one of them."""
    given = [key_of(key) for key in request.POST.getlist("story")]
    keys = list(dict.fromkeys(key for key in given if key))
    for act in ("up", "down", "off", "lead", "put"):
        key = key_of(request.POST.get(act, ""))
        if not key:
            continue
        if act in ("lead", "put"):
            keys = [each for each in keys if each != key]
            keys.insert(0 if act == "lead" else len(keys), key)
        elif key in keys:
            at = keys.index(key)
            keys.remove(key)
            if act != "off":
                keys.insert(max(0, at + (1 if act == "down" else -1)), key)
    return keys


def _in_order(
    user: User | AnonymousUser, wanted: Sequence[int], standing: Iterable[FrontStory]
) -> list[dict[str, Any]]:
    places = {each.article_id: each for each in standing}
    stories = Article.objects.visible_to(user).filter(stage=Stage.PUBLISHED)
    stories = stories.select_related("section", "lead_photo")
    found = stories.defer("body").in_bulk(wanted)
    return [{"story": found[key], "place": places.get(key)} for key in wanted if key in found]


def _offered(user: User | AnonymousUser, wanted: Iterable[int]) -> QuerySet[Article]:
    """Public stories that are not on it, those that were published last first."""
    stories = Article.objects.visible_to(user).filter(
        stage=Stage.PUBLISHED, stage_since__gte=timezone.now() - LATELY
    )
    return (
        stories.exclude(pk__in=list(wanted))
        .select_related("section")
        .defer("body")
        .order_by("-stage_since")[:OFFERED]
    )


def _changes(wanted: Sequence[int], standing: Sequence[FrontStory]) -> int:
    """How many stories would come, go, or stand elsewhere."""
    was = [each.article_id for each in standing]
    moved = {key for key in {*was, *wanted} if _place(was, key) != _place(wanted, key)}
    return len(moved)


def _place(order: Sequence[int], key: int) -> int | None:
    return order.index(key) if key in order else None


def _seen(standing: Iterable[FrontStory]) -> str:
    """By what a form knows whether the front is still the one that it began with."""
    keys = ",".join(f"{each.pk}:{each.article_id}" for each in standing)
    return hashlib.sha256(keys.encode()).hexdigest()[:16]
