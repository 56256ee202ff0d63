# SPDX-License-Identifier: Apache-2.0
"""The addresses of the doors with one page of a desk and one page that breaks, to be tried at."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.urls import *  # noqa: F403
from evenhand.web.urls import urlpatterns as theirs

BOTH = ("sqlite", "postgres")


@desk_only
def trial(request: HttpRequest) -> HttpResponse:
    """A page of the desk: says who reads."""
    return HttpResponse(f"the desk, for {reader(request).person}")


urlpatterns = [path("trial-desk/", trial), *theirs]
