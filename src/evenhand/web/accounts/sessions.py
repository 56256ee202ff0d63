# SPDX-License-Identifier: Apache-2.0
"""Sessions in the database: found by a hash of the cookie, payload encrypted under a key outside the database."""

import os
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from evenhand.web import place
from evenhand.web.accounts.models import Account, Session

NONCE = 12
STARTED = "_started"
ACCOUNT = "_account"


def stored(key: str | None) -> str:
    """What the database knows of a session that the browser knows as `key`."""
    return sha256((key or "").encode()).hexdigest()[:40]


class SessionStore(InDatabase):
    """The framework's sessions, of which a copy of the database opens none."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The table."""
        return Session

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = Session.objects.filter(session_key=stored(self.session_key), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether a session of this key is stored."""
        return Session.objects.filter(session_key=stored(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        """Forgets a session: this one, unless another is named."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=stored(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row to be written."""
        now = timezone.now()
        started = data.setdefault(STARTED, now.isoformat())
        return Session(
            session_key=stored(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            account=_handle(data),
            started=datetime.fromisoformat(started),
            seen=now,
        )

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The payload as the database may hold it."""
        nonce = os.urandom(NONCE)
        plain = self.serializer().dumps(session_dict)
        return (nonce + AESGCM(place.key("sessions")).encrypt(nonce, plain, None)).hex()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The payload; empty if it does not open with our key, so that whoever altered it is signed out."""
        try:
            data = bytes.fromhex(session_data if isinstance(session_data, str) else session_data.decode())
            plain = AESGCM(place.key("sessions")).decrypt(data[:NONCE], data[NONCE:], None)
            found: dict[str, Any] = self.serializer().loads(plain)
        except (InvalidTag, ValueError):
            return {}
        return found


def _handle(data: dict[str, Any]) -> str:
    """Whose session it is, remembered in the payload so that saving asks the database once."""
    user = data.get(SESSION_KEY)
    if not user:
        return ""
    known = data.get(ACCOUNT)
    if not known or known[0] != user:
        found = Account.objects.filter(pk=user).values_list("handle", flat=True).first()
        known = data[ACCOUNT] = [user, found or ""]
    return str(known[1])
