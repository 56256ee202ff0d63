# SPDX-License-Identifier: Apache-2.0
"""The first page: who one is decides which doors are named, never whether a matter exists."""

from importlib.util import find_spec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from evenhand.web.accounts.access import reader


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The doors."""
    who = reader(request)
    there = {door: find_spec(f"evenhand.web.{door}") is not None for door in ("desk", "portal", "public")}
    return render(request, "evenhand/start.html", {"who": who, "there": there})


@require_safe
def language(request: HttpRequest, language: str) -> HttpResponse:
    """Turns the pages into another language for this browser, signed in or not, and leads back to where one was.

    Nobody has to be known for it and nothing of a person is kept: the browser remembers it for a year. A language that is
    not offered changes nothing.
    """
    came = urlsplit(request.headers.get("Referer", ""))
    host = url_has_allowed_host_and_scheme(came.geturl(), {request.get_host()}, require_https=request.is_secure())
    back = came._replace(scheme="", netloc="").geturl() if host and came.path.startswith("/") else "/"
    if not url_has_allowed_host_and_scheme(back, None) or urlsplit(back).path.startswith("/language/"):
        back = "/"
    answer = HttpResponseRedirect(back)
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return answer


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for a picture without being told."""
    return HttpResponseRedirect(staticfiles_storage.url("evenhand/mark.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing behind the doors is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\nAllow: /public/\n", content_type="text/plain; charset=utf-8")
