"""Settings shared by every place. Values come from `project.env`; nothing else reads it."""

from pathlib import Path

from django.utils.csp import CSP

from muster.project import env as environment
from muster.project.postgres import connections, django_database
from muster.web.statics import headers_of

ENV = environment.read()
PACKAGE = Path(__file__).parents[2]

SECRET_KEY = ENV.secret
DEBUG = False
ALLOWED_HOSTS = list(ENV.hosts)

MUSTER_KEYS = ENV.keys
MUSTER_POLICY = ENV.policy
MUSTER_DEMO = ENV.demo
MUSTER_CHANNELS = ENV.channels
MUSTER_DATA = ENV.data

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_prometheus",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "muster.apps.audit",
    "muster.apps.people",
    "muster.apps.notices",
    "muster.apps.communities",
    "muster.apps.zones",
    "muster.apps.calls",
    "muster.apps.rosters",
    "muster.apps.kits",
    "muster.apps.screening",
    "muster.apps.bulletins",
    "muster.apps.dashboards",
    "muster.web",
]

MIDDLEWARE = [
    "muster.web.middleware.observe",
    "muster.web.admission.admit",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "muster.web.middleware.scope",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "muster.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "muster.web.middleware.act",
    "django.contrib.messages.middleware.MessageMiddleware",
    "muster.web.entrance.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "muster.project.urls"
WSGI_APPLICATION = "muster.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "muster.web.context.frame",
                "muster.web.entrance.doors_in",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "muster.web.templatetags.muster",
                "muster.web.templatetags.words",
            ],
        },
    }
]

CONNECTIONS = 15
"""Of a server process: one for each place at work in `web.admission`."""
_where = connections(ENV)
DATABASES = {
    "default": django_database(
        _where.web,
        pool={"min_size": 1, "max_size": CONNECTIONS, "timeout": 10},
        prepare_threshold=3,
    ),
    # Migrations only: `migrate --database owner`.
    "owner": {**django_database(_where.owner), "TEST": {"MIRROR": "default"}},
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
    }
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "muster.web.accounts.ClosedAccounts"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/m/ip", "login": "60/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Muster"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list(ENV.oidc)}}

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "web" / "static" / "build"
STATICFILES_DIRS = [PACKAGE / "web" / "static" / "client"]
# The lane's files are served as they are, under /lane/: their names carry their own hashes.
WHITENOISE_ROOT = PACKAGE / "web" / "static" / "root"
WHITENOISE_INDEX_FILE = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/(lane/assets/|static/.*\.[0-9a-f]{12}\.)"
WHITENOISE_ADD_HEADERS_FUNCTION = headers_of
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 70 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 70 * 1024 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = "muster.project.logs.configure"
LOGGING = {"version": 1}
PROCRASTINATE_ON_APP_READY = "muster.project.jobs.on_ready"
