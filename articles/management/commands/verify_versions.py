from __future__ import annotations

from itertools import chain
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Max, Min

from articles.management.long_work import side_by_side, takes_processes, told
from articles.models import Article, Version
from articles.prepared.story_pages import forged_pages
from articles.record.chain import Span, breaks, torn_files

AT_ONCE = 200  # keys of stories that are verified as one part


class Verified(NamedTuple):
    """What came of a part: how many versions it has, and a line for each that does not hold."""

    stories: Span
    versions: int
    breaks: list[str]
    torn: list[str]
    forged: list[str]


class Command(BaseCommand):
    help = (
        "Prove that no published version was altered, nor a file of it, nor its page; say "
        "which, and exit with 1, if one was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        takes_processes(parser)
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="STORY",
            help="go on behind this story, as a run that was stopped has said",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parts = spans(options["after"])
        each = side_by_side(verify, parts, options["processes"])
        number = Version.objects.filter(article_id__gt=options["after"]).count()
        versions, wrong = 0, [0, 0, 0]
        last = options["after"]
        try:
            for done in told("versions", number, each, self.stderr, lambda part: part.versions):
                for line in chain(done.breaks, done.torn, done.forged):
                    self.stderr.write(line)
                versions += done.versions
                found = (done.breaks, done.torn, done.forged)
                wrong = [so_far + len(these) for so_far, these in zip(wrong, found, strict=True)]
                last = done.stories.last
        except KeyboardInterrupt:
            self.stderr.write(f"Stopped. Go on with --after {last}.")
            raise
        if any(wrong):
            raise CommandError(
                f"{wrong[0]} places where a chain does not hold, {wrong[1]} public files and "
                f"{wrong[2]} pages that are not what was published"
            )
        self.stdout.write(f"{versions} versions, every chain holds")


def spans(after: int) -> list[Span]:
    """All stories behind one, in parts."""
    ends = Article.objects.filter(pk__gt=after).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    starts = range(ends["first"], ends["last"] + 1, AT_ONCE)
    return [Span(start, start + AT_ONCE - 1) for start in starts]


def verify(stories: Span) -> Verified:
    """Some stories: their versions first, since files and pages are held against them."""
    broken = list(breaks(stories))
    harmed = frozenset(each.article_id for each in broken)
    return Verified(
        stories,
        Version.objects.filter(article__pk__range=stories).count(),
        [
            f"{each.slug} (story {each.article_id}), version {each.number}: {each.wrong}"
            for each in broken
        ],
        [
            f"{name} {wrong}. `manage.py sweep_files` finishes what a crash left."
            for name, wrong in torn_files(stories)
        ],
        [
            f"{version.slug} (story {version.article_id}): readers get another page than its "
            f"version {version.number}. `manage.py refresh_front` draws it anew."
            for version in forged_pages(stories, but=harmed)
        ],
    )
