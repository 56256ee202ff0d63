# SPDX-License-Identifier: Apache-2.0
"""Settings of accounts, sessions and second factors."""

from datetime import timedelta

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["evenhand.web.accounts.backends.ByLogin"]
PASSWORD_HASHERS = ["evenhand.web.accounts.hashing.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_ENGINE = "evenhand.web.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "start"

ACCOUNT_ADAPTER = "evenhand.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_DISPLAY = "evenhand.web.accounts.adapters.displayed"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "code": "5/m/ip,30/d/ip",
    "link": "20/m/ip",
    "provider": "20/m/ip",
}
ACCOUNT_FORMS = {
    "login": "evenhand.web.accounts.forms.SignIn",
    "change_password": "evenhand.web.accounts.forms.ChangePassword",
    "set_password": "evenhand.web.accounts.forms.SetPassword",
}

SOCIALACCOUNT_ADAPTER = "evenhand.web.provider.protocol.LibraryAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

MFA_ADAPTER = "evenhand.web.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "add_webauthn": "evenhand.web.accounts.passkeys.Add",
    "authenticate_webauthn": "evenhand.web.accounts.passkeys.Authenticate",
    "login_webauthn": "evenhand.web.accounts.passkeys.SignIn",
    "reauthenticate_webauthn": "evenhand.web.accounts.passkeys.Reauthenticate",
    "edit_webauthn": "evenhand.web.accounts.forms.EditPasskey",
}
