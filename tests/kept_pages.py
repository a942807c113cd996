"""Asking the layer of kept pages as a web server does."""

from io import BytesIO
from types import SimpleNamespace

from articles.kept.working_off import work_off
from newsroom.models import User
from tests import cast as casting
from tests.factories import make_live, make_section

HOST = "127.0.0.1:8000"


class Browser:
    """Asks the layer as a web server does, and tells what came."""

    def __init__(self, layer):
        self.layer = layer

    def get(self, path, query="", method="GET", **headers):
        told = SimpleNamespace()

        def start_response(status, given, *_):
            told.status, told.headers = int(status.split()[0]), dict(given)

        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": None,
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        body = self.layer(environ, start_response)
        told.body = b"".join(body)
        getattr(body, "close", lambda: None)()
        return told

    def fresh(self, path):
        """The same page, drawn now."""
        return self.layer._ask({}, path.encode().decode("latin-1"))


def make_kept():
    """A newsroom with one story, and nothing left to be worked off."""
    cast = casting.hire()
    story = make_live(cast.editor, slug="ice", headline="The harbour froze", section=make_section())
    work_off()
    return story


def url_of(article):
    return article.live_version.get_absolute_url()


def editor():
    return User.objects.get(username="editor")
