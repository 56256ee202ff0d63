# SPDX-License-Identifier: Apache-2.0
"""The backlog for everybody, without signing in: counts, and none so small that it tells of somebody (H06)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.procedure.backlog import backlog, smallest
from evenhand.store import books
from evenhand.web import clock, place
from evenhand.web.looks.backlog import tables
from evenhand.web.looks.promises import told_promises
from evenhand.web.public.navigating import navigation


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The two tables, with small numbers left out as the rulebook says."""
    now = clock.now()
    rules = books.in_force(now)
    found = tables(backlog(now), rules, fewest=smallest(rules))
    here = place.current()
    found["promises"] = told_promises(here, at=now, fewest=smallest(rules)) if here else []
    context = {"base": "evenhand/public.html", "navigation": navigation(request), **found}
    return render(request, "evenhand/backlog.html", context)
