import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (needs the apps)
from django.db import connection  # noqa: E402

from articles.kept.serving import with_kept_pages  # noqa: E402
from articles.publishing.worker import start_beside_site  # noqa: E402

if settings.ENVIRONMENT_MISTAKES:
    raise ImproperlyConfigured(f"The environment is wrong: {settings.ENVIRONMENT_MISTAKES}")

if connection.vendor == "postgresql":
    # No page takes so long: what does is given up, before it holds a thread for ever.
    connection.settings_dict["OPTIONS"]["options"] = "-c statement_timeout=20s"

start_beside_site()
application = with_kept_pages(django_application)
