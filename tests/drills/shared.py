"""What is due is shared by workers: each story is published once, and none early."""

import time
from datetime import timedelta

from tests.drills.site import stop, until
from tests.drills.thorough import THOROUGH

STORIES, WORKERS = (1000, 8) if THOROUGH else (40, 4)


def due(site):
    """Workers side by side, and stories that are due at one moment."""
    from django.utils import timezone

    from articles.models import Article, Version
    from articles.publishing.workflow import make_move
    from tests.cast import hire
    from tests.factories import approve, make_article

    cast = hire()
    for _ in range(STORIES):
        article = approve(make_article(), cast.editor)
        make_move(article, "schedule", by=cast.editor, at=timezone.now() + timedelta(days=1))
    workers = [site.work() for _ in range(WORKERS)]
    time.sleep(3)  # until they look
    at = timezone.now() + timedelta(seconds=3)
    Article.objects.update(scheduled_at=at)
    until(lambda: Version.objects.count() >= STORIES, "all are published", seconds=600)
    taken = (timezone.now() - at).total_seconds()
    time.sleep(6)  # a worker looks each five seconds: none publishes one again
    for worker in workers:
        stop(worker)
    versions = Version.objects.values_list("article", "published_at")
    assert len(versions) == len(dict(versions)) == STORIES, "each once"
    assert min(moment for _, moment in versions) >= at, "none early"
    return f"{STORIES} by {WORKERS} workers in {taken:.0f} s, each once, none early"
