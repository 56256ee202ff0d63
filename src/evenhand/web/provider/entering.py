# SPDX-License-Identifier: Apache-2.0
"""Who comes by the provider: an account is found by issuer and subject, or opened for somebody of the register, never else.

Nothing that the provider says is kept in clear: the database holds a keyed hash of issuer and subject, and the session,
which is encrypted, holds the tokens by which the provider is asked again.
"""

import os
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from evenhand.procedure.belonging import belonging, meant_by
from evenhand.store.provider import Provider
from evenhand.web import clock, place
from evenhand.web.accounts import keeping
from evenhand.web.accounts.elsewhere import BY, SIGNED, signed
from evenhand.web.accounts.models import HANDLE, Account, subject_index
from evenhand.web.accounts.refusing import NotIn
from evenhand.web.accounts.views import enter


def entered(
    request: HttpRequest, provider: Provider, claims: Mapping[str, Any], tokens: Mapping[str, str], to: str
) -> HttpResponse:
    """Signs in whom the claims mean. `NotIn`."""
    account = account_for(provider, claims)
    told = signed(provider, account, claims, tokens)
    told["office"] = belonging(account.person, at=clock.now()).office
    answer = enter(request, account, method=BY, factor=shown(provider, claims), to=to, told={SIGNED: told})
    assert isinstance(answer, HttpResponse)
    return answer


def account_for(provider: Provider, claims: Mapping[str, Any]) -> Account:
    """The account of whom the claims mean, linked or opened now. `NotIn`, whoever is not meant by name in the register."""
    subject = subject_index(provider.issuer, str(claims["sub"]))
    meant = _meant(provider, claims)
    known = Account.objects.filter(subject=subject).first()
    person = known.person if known is not None else meant
    if known is not None and meant and meant != known.person:
        raise NotIn("another")
    if not person:
        raise NotIn("unknown")
    if not belonging(person, at=clock.now()).any:
        raise NotIn("left")
    account = known or _linked(person, subject)
    if not account.is_active:
        raise NotIn("closed")
    return account


def shown(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Whether the provider says that a second factor was shown there, in words that the settings accept."""
    methods = claims.get("amr")
    said = set(methods) if isinstance(methods, list) and all(isinstance(one, str) for one in methods) else set()
    return bool(said & provider.amr) or (isinstance(claims.get("acr"), str) and claims["acr"] in provider.acr)


def _meant(provider: Provider, claims: Mapping[str, Any]) -> str:
    """The person of the register whom the claim means; empty for nobody. `NotIn` if it is not verified, or means several."""
    value = claims.get(provider.claim)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise NotIn("unverified")
    if provider.by_address and claims.get("email_verified") is not True:
        raise NotIn("unverified")
    here = place.current()
    people = meant_by(here, value, address=provider.by_address) if here else []
    if len(people) > 1:
        raise NotIn("several")
    return people[0] if people else ""


def _linked(person: str, subject: str) -> Account:
    try:
        with transaction.atomic():
            account = keeping.account_of(person)
            if account is not None and not account.is_active:
                raise NotIn("closed")
            if account is None:
                account = Account.objects.open(handle=os.urandom(HANDLE // 2).hex(), at=clock.now(), person=person)
            if account.subject and account.subject != subject:
                raise NotIn("another")
            account.subject = subject
            account.set_unusable_password()  # one way in, or whoever the provider drops would come in by the other
            account.save()
            return account
    except IntegrityError:  # of two tabs at once one was first
        found = Account.objects.filter(subject=subject, person=person).first()
        if found is None:
            raise NotIn("another") from None
        return found
