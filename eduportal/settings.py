"""All settings, from the environment.

Two modes, chosen by EDUPORTAL_MODE:

`embedded` (the default) needs nothing: SQLite and a secret key made on first use live in `var/`, the site
answers only on this machine, and a ticker process does the background work.

`production` refuses to start unless it is safe: a long secret key, named hosts, PostgreSQL, Redis and HTTPS.
"""

import os
import tempfile
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("EDUPORTAL_MODE", default="embedded")
if MODE not in ("embedded", "production"):
    raise ImproperlyConfigured("EDUPORTAL_MODE is 'embedded' or 'production'.")
EMBEDDED = MODE == "embedded"
DEBUG = env.bool("DEBUG", default=False)

DATA_DIR = Path(env.str("EDUPORTAL_DATA", default=str(BASE_DIR / "var")))


def embedded_secret_key() -> str:
    """The installation's own key, made on first use and readable by its owner only."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        # Site and ticker may start for the first time together: the key appears whole, whoever is first.
        with tempfile.NamedTemporaryFile("w", dir=DATA_DIR) as file:
            file.write(get_random_secret_key())
            file.flush()
            try:
                os.link(file.name, path)
            except FileExistsError:
                pass
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or (embedded_secret_key() if EMBEDDED else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if EMBEDDED else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
REDIS_URL = env.str("REDIS_URL", default="")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not EMBEDDED)


def unsafe_production_settings() -> list[str]:
    """What must be mended before this may serve an office; empty when all is well."""
    faults = []
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        faults.append("SECRET_KEY must be set and at least 50 random characters long.")
    if not ALLOWED_HOSTS or any(host.startswith("*") or host == "." for host in ALLOWED_HOSTS):
        faults.append("ALLOWED_HOSTS must name the hosts of this portal, without '*'.")
    if not DATABASE_URL.startswith(("postgres://", "postgresql://")):
        faults.append("DATABASE_URL must name a PostgreSQL database.")
    if not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
        faults.append("REDIS_URL must name the Redis that workers and web servers share.")
    if not SECURE_SSL_REDIRECT:
        faults.append("SECURE_SSL_REDIRECT must be on: passwords and reports travel over HTTPS only.")
    if DEBUG:
        faults.append("DEBUG must be off.")
    return faults


if not EMBEDDED and (faults := unsafe_production_settings()):
    raise ImproperlyConfigured("These settings are not safe for production:\n- " + "\n- ".join(faults))

INSTALLED_APPS = [
    "eduportal.base",
    "eduportal.pages",
    "trail",
    "accounts",
    "schools",
    "directives",
    "targets",
    "reports",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "import_export",
    "eduportal.pages.administration.apps.TablesConfig",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pages reach phones over weak networks. Tokens in them are masked anew each time, and Django pads what it
    # packs, so that its length betrays nothing.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "eduportal.base.middleware.ChosenLanguage",
    "eduportal.base.middleware.SessionEnded",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.FirstPassword",
    "schools.middleware.ActingPosting",
    "eduportal.base.middleware.AddressesOfForms",
]

ROOT_URLCONF = "eduportal.urls"
WSGI_APPLICATION = "eduportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "eduportal.pages.context.frame",
            ],
        },
    }
]

DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing, and readers are never blocked by one.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a query costs PostgreSQL a second here, where running it costs a third of one. An address with
    # options of its own keeps those.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            # A page does not wait for a store that is down.
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 2},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Signs of work under way, between processes, while the one writer of the database is busy (trail.beside).
    CACHES["beside"] = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "beside"),
    }

# Celery serves only where there is a broker. Without one the ticker drains the same job rows.
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A web request must not wait for a broker that is down: half a second to connect, one try.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
    "visibility_timeout": 3600,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
# A tick that nobody took before the next one is left: workers that were away do not find a heap of them.
CELERY_BEAT_SCHEDULE = {"tick": {"task": "trail.jobs.tick", "schedule": 30.0, "options": {"expires": 30}}}
# When periodic work is due stands in the database (trail.Schedule): beat needs no file, and two do no harm.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["schools.backends.AnyNameOrSchool"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Web servers in front of this one, whose X-Forwarded-For tells the address of a visitor.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0 if EMBEDDED else 1)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "reset_password": "accounts.forms.ResetForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
# Five wrong passwords lock a name for five minutes; from one address, ten a minute for all names together.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}

# Embedded, letters are printed on the terminal.
vars().update(env.email_url("EMAIL_URL", default="consolemail://" if EMBEDDED else "smtp://localhost:25"))
EMAIL_TIMEOUT = 20  # seconds; Django would wait for ever
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="eduportal@localhost")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Embedded, static files are served from where they lie; nothing has to be collected first.
STATIC_ROOT = None if EMBEDDED else DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = EMBEDDED
# Our files are for our pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Uploaded files are never served by address: a view that knows who may see them hands them out.
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EMBEDDED
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "eduportal.base.keeping.token_refused"
SECURE_REFERRER_POLICY = "same-origin"
if not EMBEDDED:
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}

# --- the REST API -------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.authentication.HasScope",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.authentication.CallerThrottle"],
    # Of one token or person; of wrong tokens from one address.
    "DEFAULT_THROTTLE_RATES": {"caller": env.str("API_RATE", default="600/min"), "failure": "20/min"},
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "eduportal.base.api.pages.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "eduportal.base.api.problems.answer_problem",
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "eduportal",
    "VERSION": "1",
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated", "accounts.authentication.HasScope"],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "UnitKind": "schools.models.UnitKind",
        "PeriodKind": "schools.models.PeriodKind",
        "Level": "schools.models.Level",
        "DirectiveKind": "directives.models.DirectiveKind",
        "DirectiveState": "directives.models.DirectiveState",
        "AddresseeKind": "directives.models.AddresseeKind",
        "AssignmentState": "directives.models.AssignmentState",
        "ReportState": "reports.models.ReportState",
        "JobState": "trail.models.JobState",
        "LinkKind": "schools.models.LinkKind",
        "Direction": "directives.models.Direction",
        "Standing": "directives.api.work.STANDINGS",
        "IndicatorDirection": "targets.models.Direction",
        "TargetStanding": "targets.api.targets.STANDINGS",
        "RecognitionStanding": "schools.queries.recognitions.Standing",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "eduportal.base.api.schema.say_what_all_have_in_common",
    ],
}

# --- the field's own rules, one for the installation --------------------------------------------------------
# "Trước ngày 15/3" means up to 14/3; an office that reads it as up to and with that day sets this.
BEFORE_DAY_IS_INCLUSIVE = env.bool("BEFORE_DAY_IS_INCLUSIVE", default=False)
# Months of figures: calendar months (1), or from this day to the day before in the next month
# (15: Nghị định 09/2019/NĐ-CP, điều 12).
MONTH_STARTS_ON = env.int("MONTH_STARTS_ON", default=1)
# The day of the following month by which a month's report is due, before Sundays and holidays are skipped.
MONTHLY_REPORT_DUE_DAY = env.int("MONTHLY_REPORT_DUE_DAY", default=5)
# A task counts as soon due on this many last days.
DUE_SOON_DAYS = env.int("DUE_SOON_DAYS", default=3)
# A month's expected list is opened this many days before the month of figures ends.
MONTH_OPENS_DAYS_BEFORE_END = env.int("MONTH_OPENS_DAYS_BEFORE_END", default=10)

# --- reminders: 7, 3 and 1 working days before, on the day, and overdue (reports.schedule) ------------------
# So many working days lie between two reminders of what is overdue.
REMIND_OVERDUE_EVERY = env.int("REMIND_OVERDUE_EVERY", default=2)
# After so many of them in vain the office above is told as well, and it stands in the briefing by name.
REMIND_PATIENCE = env.int("REMIND_PATIENCE", default=3)
# Nobody is written to before and after these hours.
REMIND_FROM_HOUR = env.int("REMIND_FROM_HOUR", default=7)
REMIND_TO_HOUR = env.int("REMIND_TO_HOUR", default=20)
# The address of this portal as people type it, for letters that no request leads to.
PORTAL_URL = env.str("PORTAL_URL", default="") or (
    "http://127.0.0.1:8000" if EMBEDDED or not ALLOWED_HOSTS else f"https://{ALLOWED_HOSTS[0]}"
)
# A gateway of the office's own for SMS or Zalo. Without an address nothing is sent and nobody may choose it.
MESSAGE_WEBHOOK_URL = env.str("MESSAGE_WEBHOOK_URL", default="")
MESSAGE_WEBHOOK_SECRET = env.str("MESSAGE_WEBHOOK_SECRET", default="")


def faulty_gateway() -> list[str]:
    """What hinders messages from going to the gateway that is named."""
    if not MESSAGE_WEBHOOK_URL:
        return []
    faults = []
    if not MESSAGE_WEBHOOK_URL.startswith(("https://", "http://") if EMBEDDED else "https://"):
        faults.append("MESSAGE_WEBHOOK_URL must begin with https://: telephone numbers travel to it.")
    if len(MESSAGE_WEBHOOK_SECRET) < 32:
        faults.append("MESSAGE_WEBHOOK_SECRET must be at least 32 characters: the gateway knows us by it.")
    return faults


if faults := faulty_gateway():
    raise ImproperlyConfigured("Messages cannot be handed on:\n- " + "\n- ".join(faults))


def faulty_rules() -> list[str]:
    """Which of the field's rules are out of range: some month would lack the day they name."""
    ranges = {
        "MONTH_STARTS_ON": (MONTH_STARTS_ON, 1, 28),
        "MONTHLY_REPORT_DUE_DAY": (MONTHLY_REPORT_DUE_DAY, 1, 31),
        "DUE_SOON_DAYS": (DUE_SOON_DAYS, 0, 31),
        "MONTH_OPENS_DAYS_BEFORE_END": (MONTH_OPENS_DAYS_BEFORE_END, 0, 27),
        "REMIND_OVERDUE_EVERY": (REMIND_OVERDUE_EVERY, 1, 30),
        "REMIND_PATIENCE": (REMIND_PATIENCE, 1, 30),
        "REMIND_FROM_HOUR": (REMIND_FROM_HOUR, 0, 23),
        "REMIND_TO_HOUR": (REMIND_TO_HOUR, REMIND_FROM_HOUR + 1, 24),
    }
    return [
        f"{name} is {value}; it goes from {lowest} to {highest}."
        for name, (value, lowest, highest) in ranges.items()
        if not lowest <= value <= highest
    ]


if faults := faulty_rules():
    raise ImproperlyConfigured("The rules of the months do not fit a calendar:\n- " + "\n- ".join(faults))
