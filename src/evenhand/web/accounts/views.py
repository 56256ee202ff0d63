# SPDX-License-Identifier: Apache-2.0
"""Pages of accounts that the sign-in library does not have: links, receipt codes, the way to a second factor, sessions."""

from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.procedure.reading import my_parts
from evenhand.web import clock
from evenhand.web.accounts import codes, links
from evenhand.web.accounts.access import end_sessions, has_factor, reader, signed_in_only
from evenhand.web.accounts.elsewhere import only_by
from evenhand.web.accounts.forms import FirstSignIn, ReceiptCode
from evenhand.web.accounts.models import MEMBER, Account, Session, login_index
from evenhand.web.accounts.sessions import stored

SHOWN = 100
"""So many sessions are listed at most; all can be ended."""


def enter(
    request: HttpRequest,
    account: Account,
    *,
    method: str,
    factor: bool = False,
    to: str = "",
    told: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Signs somebody in who came by a link, a code or the provider; `told` is what the session is to keep of it.

    Asks for the second factor, if one is set up and `factor` is not.
    """
    if request.user.is_authenticated:
        request.session.flush()
    request.session.update(told or {})
    if factor:
        # As a passkey would: the library then asks for nothing more.
        record_authentication(request, account, method="mfa", type="webauthn", passwordless=True, by=method)
    else:
        record_authentication(request, account, method=method)
    response: HttpResponseBase = perform_login(request, Login(user=account, redirect_url=to or None))
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """A link: a page with a button, which uses nothing up; the button signs in."""
    tried_too_often: HttpResponseBase | None = ratelimit.consume_or_429(request, action="link")
    if tried_too_often is not None:
        return tried_too_often
    found = links.find(token, at=clock.now())
    if found is None:
        return render(request, "accounts/link_gone.html", status=410)
    if request.method != "POST":
        return render(request, "accounts/link.html", {"purpose": found.purpose})
    used = links.use(token, at=clock.now())
    if used is None:
        return render(request, "accounts/link_gone.html", status=410)
    demo = used.purpose == "demo"
    asked = request.POST.get("next", "")
    to = asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
    if used.purpose == "invite":
        to = reverse("account_first")
    return enter(request, used.account, method="link", factor=demo, to=to)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_code(request: HttpRequest) -> HttpResponseBase:
    """Signs in who has the seven words."""
    form = ReceiptCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tried_too_often: HttpResponseBase | None = ratelimit.consume_or_429(request, action="code")
        if tried_too_often is not None:
            return tried_too_often
        account = codes.account_of(form.cleaned_data["code"])
        if account is not None:
            return enter(request, account, method="code", to=_own_matter(account))
        form.add_error("code", gettext("No matter has this code. Check each word and their order, and try again."))
    return render(request, "accounts/code.html", {"form": form})


def _own_matter(account: Account) -> str:
    """Where whoever came by a code wants to be: in their matter, or in the list if there are several."""
    slugs = list(my_parts(account.person).filter(kind="party").values_list("matter__slug", flat=True)[:2])
    return reverse("portal_matter", args=slugs) if len(slugs) == 1 else reverse("portal_due")


@never_cache
@sensitive_post_parameters("password1", "password2")
@signed_in_only
def first(request: HttpRequest) -> HttpResponseBase:
    """After an invitation: how to sign in from now on."""
    account = reader(request).account
    assert account is not None
    if account.kind != MEMBER:
        raise Http404
    if only_by(account):
        return HttpResponseRedirect(reverse("account_security"))
    if account.login and account.has_usable_password():
        return HttpResponseRedirect(reverse("account_security"))
    form = FirstSignIn(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        account.login = login_index(form.cleaned_data["login"])
        account.set_password(form.cleaned_data["password1"])
        account.save()
        update_session_auth_hash(request, account)
        messages.success(request, gettext("You can sign in with this login and this password from now on."))
        return HttpResponseRedirect(reverse("account_second_factor"))
    return render(request, "accounts/first.html", {"form": form})


@never_cache
@signed_in_only
@require_safe
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Why a second factor is needed, and the two ways to one."""
    asked = request.GET.get("next", "")
    back = asked if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
    account = reader(request).account
    assert account is not None
    if account.kind != MEMBER:
        raise Http404
    if back:
        request.session["after_factor"] = back
    return render(request, "accounts/second_factor.html", {"has": has_factor(account), "back": back})


@never_cache
@signed_in_only
@require_safe
def security(request: HttpRequest) -> HttpResponseBase:
    """Everything by which one signs in, and where one is signed in."""
    who = reader(request)
    account = who.account
    assert account is not None
    return render(
        request,
        "accounts/security.html",
        {
            "has": has_factor(account),
            "password": bool(account.login) and account.has_usable_password(),
            "provider": only_by(account),
            "anonymous": who.anonymous,
            "sessions": _open(account).count(),
            "back": request.session.get("after_factor", "") if who.second_factor else "",
        },
    )


@never_cache
@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponseBase:
    """Where one is signed in, with a button to end it there."""
    account = reader(request).account
    assert account is not None
    here = stored(request.session.session_key)
    if request.method == "POST":
        return _end(request, account, here)
    listed = list(_open(account).order_by("-seen")[:SHOWN])
    return render(request, "accounts/sessions.html", {"sessions": listed, "here": here, "n": _open(account).count()})


def _end(request: HttpRequest, account: Account, here: str) -> HttpResponse:
    asked = request.POST.get("end", "")
    if asked == "others":
        ended = end_sessions(account, but=here)
    else:
        ended, _ = Session.objects.filter(account=account.handle, session_key=asked).delete()
    if asked == here:
        request.session.flush()
        return HttpResponseRedirect(reverse("start"))
    said = ngettext("%(n)d session was ended.", "%(n)d sessions were ended.", ended) % {"n": ended}
    messages.success(request, said)
    return HttpResponseRedirect(reverse("account_sessions"))


def _open(account: Account) -> QuerySet[Session]:
    # By the real clock, as the sessions themselves: that of an invented organisation may stand still.
    return Session.objects.filter(account=account.handle, expire_date__gt=timezone.now())


@require_safe
def reset(request: HttpRequest) -> HttpResponseBase:
    """A forgotten password: there is no address here to write to, so a person must help."""
    return render(request, "accounts/forgotten.html")


@require_http_methods(["GET", "HEAD", "POST"])
def closed(request: HttpRequest) -> HttpResponseBase:
    """Nobody opens an account for himself."""
    return render(request, "account/signup_closed.html", status=403 if request.method == "POST" else 200)
