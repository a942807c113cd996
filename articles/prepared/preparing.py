"""What readers' pages read beside the public record.

All of it is made from live versions, and made again from them after an upgrade, by the worker.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from ..kept.fingerprint import fingerprint
from ..kept.touched import Touched
from ..kept.working_off import touch, work_off
from ..models import PageFrame, StoryPage, Version
from ..models.frame import lock_front
from .frame import compose_frame, refresh_frame
from .listings import list_stories
from .profiles import compose_profiles_of
from .relations import relate_next
from .search_index import fits_language, index_stories, make_index
from .story_pages import draw_pages
from .touching import touched_by

AT_ONCE = 20  # stories that are drawn again, or related, in one transaction: others wait for it


def prepare(version: Version, previous: Version | None = None, *, at_once: bool = True) -> None:
    """Put a version just published before its readers, in the transaction that publishes it.

    `previous` is the one that they saw until now. Whoever publishes holds the front already. What follows
    the commit is left to `finish()` or to the worker where it is not to be done `at_once`.
    """
    list_stories([version])
    index_stories([version])
    compose_profiles_of(version)
    refresh_frame(version, previous)
    draw_pages([version])
    touch(touched_by(version, previous), at_once=at_once)
    if at_once:
        # Afterwards, since it is looked up in the lists, and others wait to publish meanwhile.
        transaction.on_commit(relate_next, robust=True)


def finish() -> Iterator[int]:
    """What follows the commits of many publications; how many stories were finished, each time."""
    work_off()
    while related := relate_next(AT_ONCE):
        yield related


def draw_old_again() -> int:
    """Make again, for a few stories, what an upgrade has made old: called until it is 0.

    Also after a change of the site's name, address or language. Publications wait for one batch at
    most, and readers are served all the while.
    """
    row = PageFrame.objects.filter(pk=1).first()
    if row is None or row.renewed_with == fingerprint():
        return 0
    with transaction.atomic():
        row = lock_front()
        if not fits_language(connection):
            make_index(connection)
        if row.drawn_with != fingerprint():
            compose_frame()
        drawn = StoryPage.objects.filter(drawn_with=fingerprint()).values("article")
        versions = list(Version.objects.live().exclude(article__in=drawn).order_by("pk")[:AT_ONCE])
        list_stories(versions)
        index_stories(versions)
        for version in versions:
            compose_profiles_of(version)
        draw_pages(versions)
        if not versions:
            touch(Touched())  # of which whoever has a page that was drawn meanwhile is told
            PageFrame.objects.filter(pk=1).update(renewed_with=fingerprint())
    return len(versions)


def renew_all() -> int:
    """All of it, whatever is there; how many stories that were.

    For pages that were harmed: after an upgrade the worker does this by itself.
    """
    with transaction.atomic():
        lock_front()
        StoryPage.objects.update(drawn_with="")
        PageFrame.objects.filter(pk=1).update(renewed_with="")
    drawn = sum(iter(draw_old_again, 0))
    for _ in finish():
        pass
    # Last, since what was drawn meanwhile may show what was harmed.
    with transaction.atomic():
        lock_front()
        touch(Touched(everything=True))
    return drawn
