"""Settings, read from the environment. What each means stands in docs/how-to/run-kith.md."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()
ROOT = Path(env.str("KITH_HOME", default=str(Path.cwd())))

PRODUCTION = env.bool("KITH_PRODUCTION", default=False)
DEBUG = False
DEMONSTRATION = env.bool("KITH_DEMONSTRATION", default=False)
if PRODUCTION and DEMONSTRATION:
    raise ImproperlyConfigured("KITH_DEMONSTRATION opens a sign-in without passwords: it is never set in production.")


def _secret_key() -> str:
    """The key from the environment; on a laptop, one made once and kept beside the database."""
    given: str = env.str("KITH_SECRET_KEY", default="")
    if given:
        return given
    if PRODUCTION:
        raise ImproperlyConfigured("Set KITH_SECRET_KEY: fifty characters or more that nobody else knows.")
    kept = ROOT / "var" / "secret-key"
    if not kept.exists():
        from secrets import token_urlsafe

        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(token_urlsafe(50), "utf-8")
        kept.chmod(0o600)
    return kept.read_text("utf-8")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("KITH_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("KITH_ORIGINS", default=[])


def _database(url_name: str, default: str) -> dict[str, Any]:
    database: dict[str, Any] = env.db(url_name, default=default)
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        database["CONN_MAX_AGE"] = None
    else:
        # prepare_threshold None: behind a pooler that gives each transaction another connection, nothing is prepared.
        size = env.int("KITH_POOL", default=4)
        database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": size, "timeout": 20}, "prepare_threshold": None}
        # A cursor of the server outlives no transaction behind such a pooler, and is planned for its first rows alone.
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
    return database


DATABASES = {"default": _database("DATABASE_URL", f"sqlite:///{ROOT / 'var' / 'kith.sqlite3'}")}
APP_ROLE = env.str("KITH_DATABASE_ROLE", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "kith.core",
    "kith.audit",
    "kith.access",
    "kith.record",
    "kith.people",
    "kith.obligations",
    "kith.forms",
    "kith.documents",
    "kith.casework",
    "kith.meetings",
    "kith.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
]

# In this order: each is called after those that derive nothing from it. Obligations are last.
KITH_PROJECTORS = [
    "kith.people.projectors", "kith.documents.projectors", "kith.casework.projectors", "kith.meetings.projectors", "kith.obligations.projectors",
]  # fmt: skip
# How many events, and how many obligations, a server process keeps in memory so as not to read or work them out again.
KITH_KEPT_EVENTS = env.int("KITH_KEPT_EVENTS", default=30_000)
KITH_PACKS = env.list("KITH_PACKS", default=[])
# Letters and files, byte for byte. Back it up with the database.
KITH_FILES = env.str("KITH_FILES", default=str(ROOT / "var" / "files"))

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kith.web.idle.IdleLock",
    "kith.web.second_factor.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "kith.web.kept_off_disk.KeptOffDisk",
    "kith.web.unit_of_work.UnitOfWork",
    "axes.middleware.AxesMiddleware",
]

AUTH_USER_MODEL = "access.Practitioner"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

ROOT_URLCONF = "kith.config.urls"
WSGI_APPLICATION = "kith.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parents[1] / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kith.web.templatetags.quick"],
            "libraries": {"i18n": "kith.web.templatetags.quick"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kith.web.chrome.around_every_page",
            ],
        },
    }
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [Path(__file__).parents[1] / "web" / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/London"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "kith.access.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("KITH_BEHIND_PROXY", default=False) else None
# Minutes without a page or a saved draft before the password is asked for again.
KITH_IDLE_MINUTES = env.int("KITH_IDLE_MINUTES", default=30)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("KITH_LOG_LEVEL", default="WARNING")},
}

from kith.config.sending import *  # noqa: E402, F403  settings of what leaves the building stand apart
from kith.config.sign_in import *  # noqa: E402, F403  settings of sign-in stand apart
from kith.config.sign_in import SIGN_IN_ORIGINS  # noqa: E402

CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += SIGN_IN_ORIGINS
