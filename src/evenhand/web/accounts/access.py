# SPDX-License-Identifier: Apache-2.0
"""Who is reading, and whether they have shown a second factor: asked of every request, at every door.

What a person may see of a matter is decided by `procedure`; here it is only who they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from evenhand.web.accounts.elsewhere import closed_desk, desk_closed, vouched
from evenhand.web.accounts.links import demo
from evenhand.web.accounts.models import ANONYMOUS, Account, Session

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True)
class Reader:
    """Who reads: `account` is empty for who is not signed in, `person` for who came without a name."""

    account: Account | None = None
    person: str = ""
    second_factor: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether there is an account at all."""
        return self.account is not None

    @property
    def anonymous(self) -> bool:
        """Whether they came by a receipt code."""
        return self.account is not None and self.account.kind == ANONYMOUS


def reader(request: HttpRequest) -> Reader:
    """Who is reading this page."""
    user = getattr(request, "user", None)
    if not isinstance(user, Account) or not user.is_active:
        return Reader()
    shown = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
    return Reader(account=user, person=user.person, second_factor=shown)


def has_factor(account: Account) -> bool:
    """Whether a second factor is set up."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists())


def _to(name: str, request: HttpRequest) -> HttpResponseRedirect:
    # A form that was sent cannot be sent again by a redirect; the page that asked for it can be shown again.
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back})}")


def led_elsewhere(request: HttpRequest) -> HttpResponse | None:
    """What somebody gets before a page of the desk; `Http404` for who has no business at any desk."""
    who = reader(request)
    if who.account is None:
        return _to("account_login", request)
    if who.anonymous:
        raise Http404
    if desk_closed(request, who.account):
        return closed_desk(request)
    had = getattr(who.account, "factor", None)  # read with the account of the session
    elsewhere = who.second_factor and (demo() or vouched(request, who.account))
    if not (has_factor(who.account) if had is None else had) and not elsewhere:
        return _to("account_second_factor", request)
    if who.second_factor:
        return None
    types = Authenticator.objects.filter(user_id=who.account.pk).values_list("type", flat=True)
    by_code = Authenticator.Type.TOTP in types or Authenticator.Type.RECOVERY_CODES in types
    return _to("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn", request)


def desk_only(view: View[P]) -> View[P]:
    """A page of the desk: signed in, with a second factor shown in this session."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return led_elsewhere(request) or view(request, *args, **kwargs)

    return guarded


def signed_in_only(view: View[P]) -> View[P]:
    """A page for whoever is signed in, by whatever way."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not reader(request).signed_in:
            return _to("account_login", request)
        return view(request, *args, **kwargs)

    return guarded


def end_sessions(account: Account, *, but: str = "") -> int:
    """Ends every session of an account, but the one whose stored key is `but`; how many ended."""
    ended: tuple[int, Any] = Session.objects.filter(account=account.handle).exclude(session_key=but).delete()
    return ended[0]
