"""Every setting of the portal, read from the environment (docs/howto/deploy.md lists the variables).

Production is the default: DEBUG is off, a missing secret stops the start, and the demo network does not
exist. `manage.py up` sets CWN_DEMO and friends for one machine.
"""

from pathlib import Path

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- profile -----------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
CWN_DEMO = env.bool("CWN_DEMO", default=False)
#: True only on one's own machine; production speaks TLS and nothing else.
ON_LOOPBACK = env.bool("ON_LOOPBACK", default=DEBUG or CWN_DEMO)
DATA_DIR = Path(env.str("CWN_DATA", default=str(BASE_DIR / "var"))).resolve()
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY ontbreekt. Zet SECRET_KEY in de omgeving.")
#: Old keys keep links and sessions valid while a new key is rolled out.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if ON_LOOPBACK else [])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
DEMO_TOTP_SECRET = env.str("DEMO_TOTP_SECRET", default="")
#: Where people report a weakness and where the contact form goes when a topic has no address of its own.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="cwn@example.nl")

# --- composition -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "cwn.core.admin_app.CwnAdminConfig",
    "anymail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "pghistory",
    "pgtrigger",
    "taggit",
    "cwn.core",
    "cwn.accounts",
    "cwn.delivery",
    "partners",
    "comms",
    "comms.planning",
    "comms.cobranding",
    "comms.events",
    "comms.subscriptions",
    "comms.newsletters",
    "functions.base",
    "cwn.search",
    "cwn.portal",
]
MIDDLEWARE = [
    "cwn.core.middleware.refuse_other_methods",
    "cwn.core.middleware.refuse_unreadable_input",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cwn.accounts.middleware.ClosedWithoutCounting",
    "cwn.accounts.middleware.keep_sessions_short",
    "cwn.accounts.middleware.SecondFactorRequired",
    "cwn.core.middleware.keep_private_pages_private",
    "pghistory.middleware.HistoryMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "cwn.accounts.middleware.know_tokens",
    "cwn.core.guard.guard_rows",
]
ROOT_URLCONF = "cwn.urls"
WSGI_APPLICATION = "cwn.wsgi.application"
ASGI_APPLICATION = "cwn.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cwn.core.context.site",
                "cwn.portal.brand.brand_context",
            ],
        },
    },
]

# --- stores ------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///cwn")}
DATABASES["default"].update(
    ENGINE="cwn.core.postgresql",
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=600),
    CONN_HEALTH_CHECKS=True,
    ATOMIC_REQUESTS=True,
)
#: No question to the database may hold a web process longer than this (milliseconds; security.md B19).
DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
    "options", f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', default=30_000)}"
)
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},  # seconds; a hanging cache becomes a clear 503
    },
    # Parts of templates that are the same on every page until the next release.
    "process": {"BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}"},
}
STATIC_URL = "/static/"
#: On one machine files come straight from their folders; production collects them once.
STATIC_ROOT = None if ON_LOOPBACK else env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
WHITENOISE_USE_FINDERS = ON_LOOPBACK
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {
        "BACKEND": env.str("FILE_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("FILE_STORAGE_OPTIONS", default={}),
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ON_LOOPBACK
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
#: The dotted path of a function that looks at each uploaded file and raises ValidationError to refuse it.
FILE_SCANNER = env.str("FILE_SCANNER", default="")
if "EMAIL_URL" in env:
    vars().update(env.email_url("EMAIL_URL"))
elif ON_LOOPBACK:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "post")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="CWN <cwn@example.nl>")
#: The mailbox for bounces; each mail gets a return address of its own in it: box+number-key@domain.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
#: Where bounces are read: `imaps://user:password@host/INBOX` or `maildir:///path`; empty: nowhere.
BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", default="")
#: "user:password" with which a mail provider reports bounces and complaints (django-anymail); empty: no such address.
ANYMAIL_WEBHOOK_SECRET = env.str("MAIL_WEBHOOK_SECRET", default="")
EMAIL_TIMEOUT = 5  # seconds; a slow mail server must not hold the web processes
#: The outbox (docs/howto/mail.md): seconds to wait for an answer, conversations at once,
#: and the log of the mail server, which says what it took when a worker died.
MAIL_TIMEOUT = env.float("MAIL_TIMEOUT", default=30.0)
MAIL_CONNECTIONS = env.int("MAIL_CONNECTIONS", default=4)
MAIL_LOG = env.str("MAIL_LOG", default="")
CELERY_BROKER_URL = REDIS_URL

# --- people ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cwn.accounts.backends.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_organisation"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"cwn.accounts.passwords.{rule}"} for rule in ("LongEnough", "NotAboutOneself", "NotOnEveryList")
]
SESSION_ENGINE = "cwn.accounts.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds; idle time is shorter, see cwn/accounts
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "sessie" if ON_LOOPBACK else "__Host-sessie"
CSRF_COOKIE_NAME = "csrf" if ON_LOOPBACK else "__Host-csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- transport and browser ---------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not ON_LOOPBACK
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_HSTS_SECONDS = 0 if ON_LOOPBACK else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes, of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- language and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "cwn" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- packages ----------------------------------------------------------------------------------------
#: History keeps what was deleted too, and nobody changes it afterwards (security.md I04).
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True
#: Triggers are compared and installed after each migrate, not written into migrations (docs/adr).
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
#: Log-in events and throttles know a machine as coarsely as they need; the log does not at all (security.md I05).
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
from cwn.accounts.settings import *  # noqa: E402, F403  allauth's own settings, beside its adapter
from cwn.core.logging import LOGGING  # noqa: E402, F401
