# SPDX-License-Identifier: Apache-2.0
"""Who signed in elsewhere, by the organisation's provider: what the session keeps of it, and what follows from it.

Sessions are encrypted, so tokens lie nowhere in clear.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from evenhand.store.provider import Misconfigured, Provider, provider_of
from evenhand.web import place
from evenhand.web.accounts.models import Account
from evenhand.web.accounts.refusing import refusal

SIGNED = "provider"
BY = "provider"
"""The method by which the library's record says that somebody came."""


def signed(
    provider: Provider, account: Account, claims: Mapping[str, Any], tokens: Mapping[str, str]
) -> dict[str, Any]:
    """What is to be kept."""
    now = timezone.now().isoformat()
    return {
        "account": account.handle,
        "issuer": provider.issuer,
        "subject": str(claims["sub"]),
        "checked": now,
        "answered": now,
        "desk": opens_desk(provider, claims),
        **tokens,
    }


def opens_desk(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Whether the groups leave the desk open. They can only close it: what is seen there follows from a part alone (L07)."""
    if not provider.desk_groups:
        return True
    groups = claims.get(provider.groups_claim)
    named = {groups} if isinstance(groups, str) else set(map(str, groups)) if isinstance(groups, list) else set()
    return bool(named & provider.desk_groups)


def by_provider(request: HttpRequest, account: Account) -> dict[str, Any] | None:
    """What this session keeps of a sign-in by the provider, if it was this account's."""
    found = request.session.get(SIGNED)
    return found if isinstance(found, dict) and found.get("account") == account.handle else None


def desk_closed(request: HttpRequest, account: Account) -> bool:
    """Whether the provider's groups close the desk to this session."""
    found = by_provider(request, account)
    return found is not None and not found.get("desk", False)


def closed_desk(request: HttpRequest) -> HttpResponse:
    """The page in place of the desk."""
    return refused(request, "desk")


def vouched(request: HttpRequest, account: Account) -> bool:
    """Whether the provider said that a second factor was shown there, and the settings accept that."""
    records = get_authentication_records(request, account)
    return any(record.get("method") == "mfa" and record.get("by") == BY for record in records)


def offered() -> str:
    """What the provider is called by which one can sign in here; empty where there is none that can be used."""
    try:
        found = provider_of(place.current())
    except Misconfigured:
        return ""
    return found.name if found else ""


def only_by(account: Account) -> str:
    """What the provider is called by which alone this account signs in; empty where it signs in here."""
    return offered() if account.subject else ""


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says why nobody was signed in, or gets no further."""
    here = place.current()
    return refusal(request, why, offered() or (here.name if here else ""), here.contact if here else "")
