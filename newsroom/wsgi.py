import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (needs the apps)

from articles.kept.patience import limit_patience  # noqa: E402
from articles.kept.serving import with_kept_pages  # noqa: E402
from articles.publishing.worker import start_beside_site  # noqa: E402

if settings.ENVIRONMENT_MISTAKES:
    raise ImproperlyConfigured(f"The environment is wrong: {settings.ENVIRONMENT_MISTAKES}")

limit_patience()
start_beside_site()
application = with_kept_pages(django_application)
