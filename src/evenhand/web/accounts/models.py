# SPDX-License-Identifier: Apache-2.0
"""The tables of accounts. No name, no login and no address of anybody stands in one in clear (M25).

What identifies a person is kept apart under a key that is not in the database: a login is found by its HMAC, a link by
its hash, the payload of a session is encrypted.
"""

from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from evenhand.web import place

HANDLE = 32
"""Hex digits of an identifier with 128 random bits."""
MEMBER, ANONYMOUS = "member", "anonymous"
KINDS = ((MEMBER, "member"), (ANONYMOUS, "anonymous"))


def login_index(login: str) -> str:
    """Where the account of a login name or an e-mail address is found."""
    return place.index(f"account {login.strip()}")


def subject_index(issuer: str, subject: str) -> str:
    """Where the account is found of somebody whom a provider knows under this name, which is compared letter by letter."""
    # The index folds case; a digest first keeps apart what the provider keeps apart.
    return place.index(f"subject {sha256(f'{issuer} {subject}'.encode()).hexdigest()}")


class Accounts(BaseUserManager["Account"]):
    """Makes and finds accounts."""

    def open(
        self,
        *,
        handle: str,
        at: datetime,
        person: str = "",
        login: str | None = None,
        password: str | None = None,
        kind: str = MEMBER,
    ) -> "Account":
        """A new account. Without a password one signs in by a link or a passkey. `IntegrityError` if the login is taken."""
        made = self.model(
            handle=handle, created=at, person=person, kind=kind, login=login_index(login) if login else None
        )
        made.set_password(password)
        made.save(using=self._db)
        return made

    def by_login(self, login: str) -> "Account | None":
        """The account of a login name or an e-mail address."""
        return self.filter(login=login_index(login)).first()


class Account(AbstractBaseUser):
    """Somebody who can sign in; `person` is the handle in the register, empty for who came without a name.

    Who has a `subject` is known to the organisation's provider and signs in by it alone.
    """

    last_login = None
    handle = models.CharField(max_length=HANDLE, unique=True)
    login = models.CharField(max_length=64, unique=True, null=True, blank=True)
    person = models.CharField(max_length=HANDLE, blank=True, default="", db_index=True)
    kind = models.CharField(max_length=16, choices=KINDS, default=MEMBER)
    code = models.CharField(max_length=64, unique=True, null=True, blank=True)
    subject = models.CharField(max_length=64, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    def __str__(self) -> str:
        return self.handle

    def get_username(self) -> str:
        """The handle, which says nothing about anybody."""
        return self.handle


class Session(AbstractBaseSession):
    """A browser that is signed in. `session_key` is a hash of what the browser holds, so a copy of it opens nothing."""

    account = models.CharField(max_length=HANDLE, blank=True, default="", db_index=True)
    started = models.DateTimeField()
    seen = models.DateTimeField()

    @classmethod
    def get_session_store_class(cls) -> type:
        """The class that reads and writes these rows."""
        from evenhand.web.accounts.sessions import SessionStore

        return SessionStore


class Link(models.Model):
    """A link by which one signs in, kept as the hash of its token."""

    hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=16)
    once = models.BooleanField(default=True)
    issued = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
