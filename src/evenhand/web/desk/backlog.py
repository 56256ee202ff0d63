# SPDX-License-Identifier: Apache-2.0
"""Everything that is open, by age and stage, for who holds the office that enters complaints (H06)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.procedure.backlog import backlog
from evenhand.procedure.opening import enters_as
from evenhand.store import books
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.looks.backlog import tables


@require_safe
@desk_only
def page(request: HttpRequest) -> HttpResponse:
    """The two tables with exact numbers; what is kept from the reader is not counted."""
    person, now = reader(request).person, clock.now()
    if not enters_as(person, now):
        raise Http404
    found = tables(backlog(now, person=person), books.in_force(now))
    return render(request, "evenhand/backlog.html", DOOR.context(request, **found))
