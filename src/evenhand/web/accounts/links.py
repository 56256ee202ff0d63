# SPDX-License-Identifier: Apache-2.0
"""Links by which one signs in: an invitation, a forgotten password, an invented organisation to look around in.

A link is a random token with our seal; the database holds its hash. Opening it shows a page with a button, so that a
program which looks through mail uses nothing up. A link of a demo can be used many times and counts as a second factor,
and only where the organisation's settings say that everybody in it is invented.
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from django.db.models import Q

from evenhand.web import place
from evenhand.web.accounts.models import Account, Link

Purpose = Literal["sign-in", "invite", "demo"]
RANDOM, SEAL = 24, 12


class NoDemo(ValueError):
    """Links of a demo are for an organisation in which everybody is invented."""


def issue(
    account: Account,
    *,
    at: datetime,
    lifetime: timedelta,
    once: bool = True,
    purpose: Purpose = "sign-in",
    chance: Callable[[int], bytes] = os.urandom,
) -> str:
    """The token of a new link, 48 characters. `NoDemo` if it is of a demo and there is none."""
    if purpose == "demo" and not demo():
        raise NoDemo("The settings do not say “demo = true”.")
    raw = chance(RANDOM)
    token = urlsafe_b64encode(raw + _seal(raw)).decode("ascii")
    Link.objects.create(
        hash=_hash(token),
        account=account,
        purpose=purpose,
        once=once and purpose != "demo",
        issued=at,
        expires=at + lifetime,
    )
    return token


def find(token: str, *, at: datetime) -> Link | None:
    """The link of a token, if it can be used now; nothing is used up."""
    if not _sealed(token):
        return None
    link = Link.objects.select_related("account").filter(hash=_hash(token), expires__gt=at).first()
    if link is None or not link.account.is_active or (link.once and link.used is not None):
        return None
    return link if link.purpose != "demo" or demo() else None


def use(token: str, *, at: datetime) -> Link | None:
    """The link of a token, used up now. Of two that come at once one gets it."""
    link = find(token, at=at)
    if link is None:
        return None
    free = Link.objects.filter(hash=link.hash).filter(Q(once=False) | Q(used__isnull=True))
    return link if free.update(used=at) == 1 else None


def forget_expired(*, at: datetime) -> int:
    """Forgets links that can no longer be used; how many there were. For the worker."""
    gone, _ = Link.objects.filter(expires__lte=at).delete()
    return gone


def expired_invitations(*, at: datetime) -> int:
    """How many people were invited, never came, and have no link any more with which they could."""
    sent = Link.objects.filter(purpose="invite", account__is_active=True, account__login=None)
    came = sent.filter(Q(used__isnull=False) | Q(expires__gt=at)).values_list("account", flat=True)
    return sent.exclude(account__in=came).values("account").distinct().count()


def demo() -> bool:
    """Whether everybody in the organisation served is invented."""
    here = place.current()
    return here is not None and here.demo


def _seal(raw: bytes) -> bytes:
    return hmac.new(place.key("links"), raw, sha256).digest()[:SEAL]


def _sealed(token: str) -> bool:
    try:
        data = urlsafe_b64decode(token.encode("ascii"))
    except (UnicodeEncodeError, NotBase64, ValueError):
        return False
    return len(data) == RANDOM + SEAL and hmac.compare_digest(data[RANDOM:], _seal(data[:RANDOM]))


def _hash(token: str) -> str:
    return sha256(token.encode("ascii")).hexdigest()
