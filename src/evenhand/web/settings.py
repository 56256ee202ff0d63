# SPDX-License-Identifier: Apache-2.0
"""Settings, read from the organisation's folder (see `place`); importable without one."""

import os
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evenhand.store.connecting import database_of
from evenhand.web import place
from evenhand.web.settings_accounts import *  # noqa: F403
from evenhand.web.settings_cookies import cookies, hosts, is_secure

_here = place.current()
_toml: dict[str, Any] = dict(_here.settings) if _here else {}
_web = Path(__file__).parent

ORGANISATION_NAME = _here.name if _here else "Evenhand"
DEMO = _here.demo if _here else False
DEBUG = False
SECRET_KEY = place.secret()
ALLOWED_HOSTS = hosts(_toml)
SECURE = is_secure(_toml)
globals().update(cookies(secure=SECURE))
if _toml.get("behind_proxy") is True:
    # Only where the settings say so: otherwise anybody could claim to have come by https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = False
    # The proxy's own address is everybody's: counted by it, one stranger's attempts would lock all others out.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "evenhand.store",
    "evenhand.web.looks",  # before allauth, so that its templates are found first
    "evenhand.web.accounts",
    *(name for name in ("evenhand.web.desk", "evenhand.web.portal", "evenhand.web.public") if find_spec(name)),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",  # for how it speaks with a provider; its tables stay empty
]
MIDDLEWARE = [
    "evenhand.web.middleware.guarded",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "evenhand.web.middleware.bounded",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenhand.web.provider.watching.watched",
    "evenhand.web.middleware.private",
]
ROOT_URLCONF = "evenhand.web.urls"
WSGI_APPLICATION = "evenhand.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand.web.looks.context.organisation",
            ],
            "builtins": ["evenhand.web.looks.templatetags.looks"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

_url = _here.database if _here else os.environ.get("DATABASE_URL")
DATABASES = {
    "default": database_of(_url) if _url else {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counts attempts, nothing else; for each process by itself, so a limit is at most as many times larger as there are workers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "attempts",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [_web / "locale"]
LANGUAGES = [
    (code, name)
    for code, name in (("en-gb", "English"), ("fr", "Français"))
    # A language is offered once its catalogue is whole; half a page in French helps nobody.
    if code == LANGUAGE_CODE or (_web / "locale" / code / "LC_MESSAGES" / "django.mo").exists()
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = str(_toml.get("zone", "UTC"))

STATIC_URL = "/static/"
# The tokens are the report's own: a colour that is changed there changes at every door (house.md, looks).
STATICFILES_DIRS = [("tokens", str(files("evenhand.examine") / "looks"))]
WHITENOISE_USE_FINDERS = True  # served from the packages: nothing has to be collected first
WHITENOISE_MAX_AGE = 3600

LARGEST_TEXT = 2_000_000
LARGEST_POST = 32_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_TEXT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600
APPEND_SLASH = True

CSRF_FAILURE_VIEW = "evenhand.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # sessions are encrypted, cookies are not
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016", "security.W018"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "evenhand.web.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
