import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from articles.worker import start_beside_site  # noqa: E402  (needs the apps)

start_beside_site()
