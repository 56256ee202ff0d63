# SPDX-License-Identifier: Apache-2.0
"""How the sign-in library is told what we keep and what we do not: no address, no signing up, secrets encrypted."""

import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from evenhand.web import place
from evenhand.web.accounts.elsewhere import by_provider, desk_closed, only_by, refused
from evenhand.web.accounts.landing import home_of
from evenhand.web.accounts.models import Account

NONCE = 12
SET_UP = {"mfa/email/totp_activated": "totp", "mfa/email/webauthn_added": "webauthn"}
WRONG = gettext_lazy("This login and this password do not belong together. Check both and try again.")


def displayed(user: AbstractBaseUser) -> str:
    """What is shown where the library wants to show a user: the start of the handle, which names nobody."""
    return gettext("account %(handle)s") % {"handle": user.get_username()[:6]}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the organisation; nobody signs up, and there is no address to write to."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "enter_current_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy("Too many attempts failed. Wait five minutes and try again."),
        "incorrect_code": gettext_lazy("This code is not right. Wait for the next one and type that."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for himself."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one goes after signing in, unless another page was asked for."""
        if isinstance(request.user, Account) and desk_closed(request, request.user):
            return reverse("portal_due")
        return home_of(request.user) if isinstance(request.user, Account) else reverse("start")

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **rest: Any) -> HttpResponse | None:
        """Whoever signs in by the provider signs in by nothing else: else who is dropped there would come in here."""
        if isinstance(user, Account) and only_by(user) and by_provider(request, user) is None:
            return refused(request, "only")
        answer: HttpResponse | None = super().pre_login(request, user, **rest)
        return answer

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where one goes after a new password."""
        return reverse("account_security")

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether somebody who is signed in gave their password; attempts are counted as for signing in."""
        self.pre_authenticate(context.request, username=user.get_username())
        right = user.check_password(password)
        if right:
            self._rollback_login_failed_rl_usage()
        return right

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: Any = None, email: str | None = None
    ) -> None:
        """Sends nothing. Who has just set up a second factor has shown it and need not show it again in this session."""
        if template_prefix in SET_UP:
            record_authentication(self.request, user, method="mfa", type=SET_UP[template_prefix])


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted under a key outside the database, their names are kinds of device."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right. Wait for the next one and type that."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as the database may hold it."""
        nonce = os.urandom(NONCE)
        return (nonce + AESGCM(place.key("factors")).encrypt(nonce, text.encode(), None)).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret; empty, which no code fits, if it was altered or the key is another."""
        try:
            data = bytes.fromhex(encrypted_text)
            return AESGCM(place.key("factors")).decrypt(data[:NONCE], data[NONCE:], None).decode()
        except (InvalidTag, ValueError):
            return ""

    def _get_site_name(self) -> str:
        here = place.current()
        return here.name if here else str(settings.ORGANISATION_NAME)

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return displayed(user)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """The kind of device that is chosen when none was."""
        return "computer"

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """What a passkey remembers: nothing that names anybody."""
        return {
            "id": user_pk_to_url_str(user).encode(),
            "name": displayed(user),
            "display_name": displayed(user),
        }
