from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from articles.kept.keeping import queries
from articles.kept.layer import CACHE_CONTROL
from articles.kept.serving import layer_before
from articles.kept.shelf import Shelf
from articles.kept.working_off import site_shelf

EXAMPLE = Path(__file__).parents[2] / "nginx.conf"


class Command(BaseCommand):
    help = "Print an example for nginx in front of the newsroom, which sends kept pages and files by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        shelf = site_shelf()
        if shelf is None:
            raise CommandError("PAGES_ROOT is empty: no pages are kept that nginx could send.")
        self.stdout.write(
            EXAMPLE.read_text(encoding="utf-8")
            % {
                "host": urlsplit(settings.SITE_URL).hostname,
                "pages": settings.PAGES_ROOT,
                "media": settings.MEDIA_ROOT / "public",
                "static": settings.STATIC_ROOT,
                "queries": "|".join(sorted(queries())),
                "page": self._headers_of("/", shelf),
                "feed": self._headers_of("/feed/", shelf),
            }
        )

    def _headers_of(self, path: str, shelf: Shelf) -> str:
        """The headers of kept pages like this one, as the application sends them."""
        page = layer_before(WSGIHandler(), shelf).draw(path)
        if page is None:
            raise CommandError(f"{path} cannot be drawn: is the database there?")
        given = [("Cache-Control", CACHE_CONTROL), *page.headers]
        lines = (
            f'        add_header {name} "{value}";'
            for name, value in given
            if name != "Content-Type"
        )
        return "\n".join(lines)
