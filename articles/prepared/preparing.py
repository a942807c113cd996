"""What readers' pages read beside the public record.

All of it is made from live versions, and can be made again from them: `manage.py refresh_front`.
"""

from __future__ import annotations

from django.db import connection, transaction

from ..kept.working_off import touch
from ..models import Version
from ..models.frame import lock_front
from .frame import compose_frame, refresh_frame
from .full_text import fits_language, make_index
from .listings import list_stories, relate
from .profiles import compose_profiles_of
from .search_entries import index_stories
from .story_pages import draw_pages
from .touching import touched_by

AT_ONCE = 200  # stories in one transaction of `prepare_all`


def prepare(version: Version, previous: Version | None = None) -> None:
    """Put a version just published before its readers, in the transaction that publishes it.

    `previous` is the one that they saw until now. Whoever publishes holds the front already.
    """
    # Listed before it is related, since what is related is looked up in the lists; drawn last,
    # since its page shows both.
    list_stories([version])
    index_stories([version])
    related = relate(version)
    compose_profiles_of(version)
    refresh_frame(version, previous)
    draw_pages([version, *Version.objects.live().filter(article__in=related)])
    touch(touched_by(version, previous, related))


def prepare_all() -> int:
    """Make all of it again: after an upgrade, or a change of the site's name, language or templates.

    Returns how many stories there are. Readers are served all the while.
    """
    if not fits_language(connection):
        with transaction.atomic():
            make_index(connection)
    keys = list(Version.objects.live().order_by("pk").values_list("pk", flat=True))
    chunks = [keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE)]
    # What is related is looked up where stories are listed: all are listed before any is drawn.
    for step in (_list_and_index, _relate, draw_pages):
        for chunk in chunks:
            with transaction.atomic():
                lock_front()
                step(list(Version.objects.live().filter(pk__in=chunk)))
    compose_frame()
    return len(keys)


def _list_and_index(versions: list[Version]) -> None:
    list_stories(versions)
    index_stories(versions)
    for version in versions:
        compose_profiles_of(version)


def _relate(versions: list[Version]) -> None:
    for version in versions:
        relate(version)
