# SPDX-License-Identifier: Apache-2.0
"""The two addresses of signing in by the provider: there, and back."""

import logging
from collections.abc import Callable

import requests
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from evenhand.web import place
from evenhand.web.accounts.elsewhere import refused
from evenhand.web.accounts.refusing import NotIn
from evenhand.web.provider.entering import entered
from evenhand.web.provider.protocol import UNREADABLE, Callback, Conversation, asked, of_asking

TABLE = "sign_in"
_log = logging.getLogger(__name__)


def _there() -> None:
    here = place.current()
    if here is None or TABLE not in here.settings:
        raise Http404


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """Sends the browser to the provider."""
    _there()
    tried_too_often: HttpResponseBase | None = ratelimit.consume_or_429(request, action="provider")
    if tried_too_often is not None:
        return tried_too_often
    to = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        request.session["provider_next"] = to
    else:
        request.session.pop("provider_next", None)
    return _talk(request, lambda talk: talk.get_provider().sent_there(request))


@never_cache
@sensitive_variables()
@require_safe
def back(request: HttpRequest) -> HttpResponseBase:
    """Where the provider sends the browser back to, with a code."""
    _there()
    return _talk(request, lambda talk: Callback.answer(talk, request))


def _talk(request: HttpRequest, go_on: Callable[[Conversation], HttpResponseBase]) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = go_on(Conversation(request, asked(request), entered))
        return answer
    except ImmediateHttpResponse as at_once:
        found: HttpResponseBase = at_once.response
        return found
    except NotIn as nobody:
        why = nobody.why
    except requests.RequestException as error:
        why = of_asking(error)
    except UNREADABLE:
        # Told in the log, for a fault of ours would end here as well; what the provider sent may stand in none.
        _log.exception("Signing in by the provider failed on what it sent.")
        why = "unreadable"
    return refused(request, why)
