# SPDX-License-Identifier: Apache-2.0
"""Accounts of a real organisation: who is invited, who has one, and how one is shut.

Nobody opens an account for himself. Whoever runs the organisation invites somebody of the register by a link that works
once; what they read and do afterwards follows from their part in a matter, never from the account.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Max

from evenhand.web.accounts import links
from evenhand.web.accounts.access import FACTORS, end_sessions
from evenhand.web.accounts.models import HANDLE, MEMBER, Account, Link, Session

LASTS = timedelta(days=7)
"""How long an invitation lasts unless somebody says otherwise."""
LONGEST = timedelta(days=30)
INVITE: links.Purpose = "invite"


class Shut(Exception):
    """The account was closed and stays so until somebody says otherwise."""


@dataclass(frozen=True)
class Kept:
    """One account: whose it is, when it was last used, and whether a second factor is set up.

    `state` is open, invited (nobody has come by the link yet) or closed; `seen` is empty where nothing is known of a use.
    """

    person: str
    state: str
    seen: datetime | None
    factor: bool


@transaction.atomic
def invite(
    person: str,
    *,
    at: datetime,
    chance: Callable[[int], bytes],
    lifetime: timedelta = LASTS,
    anew: bool = False,
) -> str:
    """The token of a new link for a person; an earlier one that nobody used ends. `Shut` for a closed account.

    `anew` is for who lost the password or the second factor: both are taken away, every session ends, and an account that
    was closed is open again. An account that signed in by the provider is linked to it anew at the next time.
    """
    account = account_of(person) or Account.objects.open(handle=chance(HANDLE // 2).hex(), at=at, person=person)
    if anew:
        Authenticator.objects.filter(user_id=account.pk).delete()
        account.set_unusable_password()
        account.subject = None
        account.is_active = True
        account.save()
        end_sessions(account)
    elif not account.is_active:
        raise Shut(person)
    Link.objects.filter(account=account, purpose=INVITE, used=None).delete()
    return links.issue(account, at=at, lifetime=lifetime, purpose=INVITE, chance=chance)


@transaction.atomic
def close(person: str) -> int | None:
    """Shuts the account of a person and ends its sessions; how many, or None where there is no account."""
    account = account_of(person)
    if account is None:
        return None
    Account.objects.filter(pk=account.pk).update(is_active=False)
    Link.objects.filter(account=account, used=None).delete()
    return end_sessions(account)


def account_of(person: str) -> Account | None:
    """The account of a person of the register, open or closed."""
    return Account.objects.filter(person=person, kind=MEMBER).first() if person else None


def kept() -> Iterator[Kept]:
    """Every account of a person of the register, in the order in which they were opened."""
    seen = dict(Session.objects.values_list("account").annotate(Max("seen")))
    shown = dict(Authenticator.objects.values_list("user_id").annotate(Max("last_used_at")))
    used = dict(Link.objects.exclude(used=None).values_list("account_id").annotate(Max("used")))
    factors = set(Authenticator.objects.filter(type__in=FACTORS).values_list("user_id", flat=True))
    for account in Account.objects.filter(kind=MEMBER).exclude(person="").order_by("created", "pk"):
        uses = (seen.get(account.handle), shown.get(account.pk), used.get(account.pk))
        last = max((one for one in uses if one is not None), default=None)
        came = last is not None or account.has_usable_password() or account.pk in factors
        state = "closed" if not account.is_active else "open" if came else "invited"
        yield Kept(account.person, state, last, account.pk in factors)


def without_a_name() -> int:
    """How many accounts belong to receipt codes, of which nobody knows whose they are."""
    return Account.objects.exclude(kind=MEMBER).count()
