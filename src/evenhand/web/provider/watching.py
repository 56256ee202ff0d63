# SPDX-License-Identifier: Apache-2.0
"""Who signed in by the provider stays in only as long as the register and the provider go on knowing them.

The register is asked at every page; the provider after so many minutes as the settings say. Where the provider does not
answer, a session lasts an hour at most from its last answer: a provider that is down must not keep somebody in for ever.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import requests
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from evenhand.procedure.belonging import belonging
from evenhand.store.provider import Misconfigured, Provider, provider_of
from evenhand.web import clock, place
from evenhand.web.accounts.elsewhere import SIGNED, by_provider, offered, opens_desk
from evenhand.web.accounts.models import Account, Session
from evenhand.web.accounts.refusing import NotIn, sentences
from evenhand.web.accounts.sessions import SessionStore
from evenhand.web.provider.entering import account_for
from evenhand.web.provider.protocol import UNREADABLE, Conversation

Answer = Callable[[HttpRequest], HttpResponseBase]
UNANSWERED = timedelta(hours=1)


def watched(get_response: Answer) -> Answer:
    """Ends, at its next page, the session of whoever the register or the provider no longer knows."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = getattr(request, "user", None)
        told = by_provider(request, user) if isinstance(user, Account) else None
        if told is None or not isinstance(user, Account):
            return get_response(request)
        why = ended(user, told, request)
        if why is None:
            return get_response(request)
        request.session.flush()
        here = place.current()
        messages.error(
            request, " ".join(sentences(why, offered() or (here.name if here else ""), here.contact if here else ""))
        )
        return HttpResponseRedirect(reverse("account_login"))

    return middleware


def ended(account: Account, told: dict[str, Any], request: HttpRequest) -> str | None:
    """Why this sign-in holds no longer; None if it does. `told` is what its session keeps, and is brought up to date."""
    try:
        provider = provider_of(place.current())
        usable = provider is not None and bool(provider.secret)
    except Misconfigured:
        provider, usable = None, False
    if provider is None or not usable or told["issuer"] != provider.issuer or not account.subject:
        return "changed"
    holds = belonging(account.person, at=clock.now())
    if not holds.any:
        return "left"
    if told.get("office") and not holds.office:
        return "term"
    now = timezone.now()
    if now - datetime.fromisoformat(told["checked"]) < provider.recheck:
        return None
    why = _asked_again(provider, account, told, request, now)
    request.session[SIGNED] = told
    request.session.save()
    return why


def _asked_again(
    provider: Provider, account: Account, told: dict[str, Any], request: HttpRequest, now: datetime
) -> str | None:
    told["checked"] = now.isoformat()
    try:
        claims = _claims(Conversation(request, provider, _nobody), told)
        if account_for(provider, claims).pk != account.pk:
            return "gone"
    except NotIn as refused:
        return refused.why if refused.why in ("left", "closed", "another") else "gone"
    except (requests.RequestException, *UNREADABLE):
        silent = now - datetime.fromisoformat(told["answered"])
        return "gone" if silent >= UNANSWERED else None
    told["answered"], told["desk"] = now.isoformat(), opens_desk(provider, claims)
    return None


def _claims(talk: Conversation, told: dict[str, Any]) -> dict[str, Any]:
    """What the provider says now of whoever signed in. `NotIn` where it no longer knows them."""
    try:
        claims = talk.told(told["access"], told["subject"])
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status < HTTPStatus.BAD_REQUEST:
            raise
        if not told.get("refresh"):
            raise NotIn("gone") from error
        told |= talk.renewed(told["refresh"])
        claims = talk.told(told["access"], told["subject"])
    return claims | {"sub": told["subject"]}


def _nobody(*_: Any) -> Any:
    raise NotIn("token")


def end_those_gone() -> Iterator[tuple[str, str]]:
    """Asks register and provider about everybody who is signed in by it, and ends what holds no longer: person and why."""
    linked = {one.handle: one for one in Account.objects.exclude(subject=None)}
    for row in Session.objects.filter(account__in=list(linked), expire_date__gt=timezone.now()):
        store = _Stored(row)
        account, told = linked[row.account], store.get(SIGNED)
        why = "closed" if not account.is_active else "only"
        if account.is_active and isinstance(told, dict) and told.get("account") == account.handle:
            told["checked"] = datetime.min.replace(tzinfo=timezone.now().tzinfo).isoformat()
            request = HttpRequest()
            request.session = store
            found = ended(account, told, request)
            if found is None:
                continue
            why = found
        with suppress(Session.DoesNotExist):
            row.delete()
        yield account.person, why


class _Stored(SessionStore):
    """A session of the database whose cookie nobody here knows: read, and written back where it lies."""

    def __init__(self, row: Session) -> None:
        super().__init__()
        self._row = row
        self._session_cache = self.decode(row.session_data)

    def save(self, must_create: bool = False) -> None:
        """Puts the payload back, if the session was not ended meanwhile."""
        data = self.encode(dict(self._session_cache))
        Session.objects.filter(session_key=self._row.session_key).update(session_data=data)
