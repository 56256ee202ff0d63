# SPDX-License-Identifier: Apache-2.0
"""What holds for every answer: headers that let a browser run nothing of others, and bounds on what may be sent."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from evenhand.web import errors
from evenhand.web.accounts.access import reader
from evenhand.web.accounts.sessions import STARTED

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
WITH_SCRIPT = "; script-src 'self'; connect-src 'self'"
SCRIPTED = frozenset(
    {
        "account_login",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
    }
)
"""The pages on which the browser has to be asked for a passkey; no other page runs a script."""
HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
}
SEEN_EVERY = 300
"""Seconds after which a session that is used is written again."""


def guarded(get_response: Answer) -> Answer:
    """Headers on every answer, static files and errors included; a page for answers that come without one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = errors.with_a_page(request, get_response(request))
        match = getattr(request, "resolver_match", None)
        scripted = match is not None and match.url_name in SCRIPTED
        response.headers.setdefault("Content-Security-Policy", POLICY + (WITH_SCRIPT if scripted else ""))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def bounded(get_response: Answer) -> Answer:
    """Refuses what no form of ours sends: too much, NUL, and what cannot be read, before anything else looks at it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdigit():
            return errors.bad_request(request)
        if int(length) > settings.LARGEST_POST:
            return errors.too_large(request)
        if _has_nul(request.path, *request.GET.keys(), *(v for _, vs in request.GET.lists() for v in vs)):
            return errors.bad_request(request)
        try:
            posted = request.POST.lists() if request.method == "POST" else []
            nul = any(_has_nul(name, *map(str, values)) for name, values in posted)
        except RequestDataTooBig:
            return errors.too_large(request)
        except (SuspiciousOperation, OSError, ValueError):
            return errors.bad_request(request)
        return errors.bad_request(request) if nul else get_response(request)

    return middleware


def private(get_response: Answer) -> Answer:
    """What is shown to who is signed in is kept by no cache; a session in use says when it was last seen."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = errors.not_found(request) if _of_members_only(request) else get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
            _touch(request)
        return response

    return middleware


def _of_members_only(request: HttpRequest) -> bool:
    """Whether somebody who came by a receipt code asks for a page that would put something in the place of the code."""
    theirs = (reverse("mfa_index"), reverse("account_change_password"), reverse("account_set_password"))
    return request.path_info.startswith(theirs) and reader(request).anonymous


def _touch(request: HttpRequest) -> None:
    session = request.session
    written = parse_datetime(str(session.get("_written", "")) or str(session.get(STARTED, "")))
    now = timezone.now()
    if written is None or (now - written).total_seconds() >= SEEN_EVERY:
        session["_written"] = now.isoformat()


def _has_nul(*texts: str) -> bool:
    return any("\x00" in text for text in texts)
