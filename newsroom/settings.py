"""One settings file for the three sizes; everything that differs comes from the environment.

`.env.example` explains each variable; `newsroom/checks.py` says when one of them is wrong.
"""

import os
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from newsroom.environment import Environment, kept_secret, mail_settings

CODE_DIR = Path(__file__).resolve().parent.parent
# A wheel brings the templates in its package, and a newsroom is then the folder that it is run in.
INSTALLED_TEMPLATES = CODE_DIR / "newsroom" / "templates"
IS_INSTALLED = INSTALLED_TEMPLATES.is_dir()
TEMPLATES_DIR = INSTALLED_TEMPLATES if IS_INSTALLED else CODE_DIR / "templates"
BASE_DIR = Path.cwd() if IS_INSTALLED else CODE_DIR
VAR_DIR = BASE_DIR / "var"

env = Environment()
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))
ENVIRONMENT_MISTAKES = env.mistakes
with suppress(OSError):  # nobody needs it where everything is kept elsewhere
    VAR_DIR.mkdir(exist_ok=True)

# --- What kind of site this is

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(VAR_DIR / "secret_key")
SITE_NAME = env.str("SITE_NAME", default="Newsroom")
SITE_URL = env.site("SITE_URL", default="http://127.0.0.1:8000")
SITE_IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The public process of a larger newsroom runs without the desk.
SERVES_DESK = env.bool("SERVES_DESK", default=True)
# An embedded newsroom has no worker beside it: its own process publishes what is due.
PUBLISHES_DUE = env.bool("PUBLISHES_DUE", default=False)

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
# What readers are told is in the catalogs of the two apps, before any other app has a word for it.
LOCALE_PATHS = [CODE_DIR / app / "locale" for app in ("articles", "sources")]
# Hunspell's files of another language, for minor edits: a path without its .aff and .dic.
SPELLING_DICTIONARY = env.str("SPELLING_DICTIONARY", default="")
TIME_ZONE = env.time_zone("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "newsroom.formats"

# A newsroom's own severities, e.g. {"byline-missing": "block"}; see articles/sourcing/.
SOURCING_RULES: dict[str, str] = env.dict("SOURCING_RULES", default={})

# A one-person newsroom may publish what its writer wrote; the history of each story then says so.
WRITERS_MAY_PUBLISH = env.bool("WRITERS_MAY_PUBLISH", default=False)

# --- Apps, middleware, templates

INSTALLED_APPS = [
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_prose_editor",
    "simple_history",
    "taggit",
    "sources",
    "articles",
    # The last with models of its own: after it newsroom/roles.py grants what all of them permit.
    "newsroom.apps.NewsroomConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.refuse_large_bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.CompressPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATES_DIR],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.prepared.frame.page_frame",
            ],
        },
    }
]

# --- Where things are kept

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")}
DATABASES["default"].setdefault("CONN_MAX_AGE", env.int("CONN_MAX_AGE", default=60))
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing: the write lock is taken when a transaction begins.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # One that is silent is given up: a process that waits for it answers nobody.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,  # seconds
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,  # milliseconds
    }

# Without a server nobody is told by mail.
vars().update(mail_settings(env.mail("EMAIL_URL"), timeout=10))
TELLS_BY_MAIL = bool(env.str("EMAIL_URL", default=""))
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="newsroom@localhost")

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a cache that is gone logs nobody out

# Desk files are private and read through the desk; only the door copies into the public folder.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
# Readers' pages as files; empty: none are kept. While developing, each is drawn as it is asked for
PAGES_ROOT = env.str("PAGES_ROOT", default="" if DEBUG else str(VAR_DIR / "pages"))
# Where files wait that are to be public once a publication is committed: beside the public folder, on its disk
STAGING_ROOT = MEDIA_ROOT / "staged"
STORAGES = {
    "default": {
        "BACKEND": "articles.media.storage.WholeFiles",
        "OPTIONS": {"location": MEDIA_ROOT / "desk", "base_url": "/desk/files/"},
    },
    "public": {
        "BACKEND": "articles.media.storage.WholeFiles",
        "OPTIONS": {"location": MEDIA_ROOT / "public", "base_url": MEDIA_URL},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Accounts and safety

AUTH_USER_MODEL = "newsroom.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_HTTPS
SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# The web server in front sets X-Forwarded-Proto, and adds the reader's address to X-Forwarded-For.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# The one script in readers' pages: it keeps their place in a story, in their own browser.
_reading_place = (TEMPLATES_DIR / "articles" / "_reading_place.js").read_bytes()
READING_PLACE = f"'sha256-{b64encode(sha256(_reading_place).digest()).decode()}'"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE, READING_PLACE],
        # The hash is of the one style element that the desk's editor (Tiptap) adds to a page.
        "style-src": [SELF, NONCE, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# What the editor knows beside running text; articles/text/body.py keeps it safe.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("articles/quote_mark.js")],
        "extensions": {"QuoteMark": html_tags(["mark"], {"mark": ["data-quote"]})},
    },
    {
        "js": [static_lazy("articles/figures.js")],
        "extensions": {
            "PullQuote": html_tags(["aside"]),
            "StoryPhoto": html_tags(["figure"], {"figure": ["data-photo"]}),
        },
    },
]

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.text.tags.read_tags"
TAGGIT_STRING_FROM_TAGS = "articles.text.tags.write_tags"
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
# A picture of more pixels than this is refused before it is decoded.
MAX_PICTURE_PIXELS = 60_000_000
# An upload to a reporter's notebook that is larger than this is refused; most are videos.
MAX_NOTEBOOK_FILE_SIZE = 100 * 1024 * 1024
# A recording of an interview, or its transcript, that is larger than this is refused.
MAX_INTERVIEW_FILE_SIZE = 500 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a notebook of some hundred entries is one form

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {
        "handlers": ["console"],
        "level": env.one_of("LOG_LEVEL", LOG_LEVELS, default="WARNING"),
    },
}
