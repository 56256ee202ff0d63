# SPDX-License-Identifier: Apache-2.0
"""The first page: who one is decides which doors are named, never whether a matter exists."""

from importlib.util import find_spec

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.web.accounts.access import reader


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The doors."""
    who = reader(request)
    there = {door: find_spec(f"evenhand.web.{door}") is not None for door in ("desk", "portal", "public")}
    return render(request, "evenhand/start.html", {"who": who, "there": there})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for a picture without being told."""
    return HttpResponseRedirect(staticfiles_storage.url("evenhand/mark.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing behind the doors is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\nAllow: /public/\n", content_type="text/plain; charset=utf-8")
