# SPDX-License-Identifier: Apache-2.0
"""Finds who signs in by login name or e-mail address without the database knowing either."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from evenhand.web.accounts.access import FACTORS
from evenhand.web.accounts.models import ANONYMOUS, Account


class ByLogin(BaseBackend):
    """Login and password. An unknown login takes as long as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **rest: object
    ) -> Account | None:
        """The account, if both are right and it is open."""
        if not username or not password:
            return None
        account = Account.objects.by_login(username)
        if account is None or account.kind == ANONYMOUS:
            make_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, as long as it is open; `factor` says whether it has a second factor."""
        factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
        return Account.objects.filter(pk=user_id, is_active=True).annotate(factor=Exists(factors)).first()
