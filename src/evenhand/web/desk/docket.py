# SPDX-License-Identifier: Apache-2.0
"""*Due*: what waits for the reader, soonest first."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.phrases_words import act_title, day_words, role_title
from evenhand.procedure.docket import Vote, docket_of, votes_of
from evenhand.procedure.listing import Sight, sight_of
from evenhand.procedure.opening import entering_role
from evenhand.procedure.standing_aside import asides_of
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.rows import row_of
from evenhand.web.looks.pages import Numbered, number_in

SIZE = 50


@desk_only
def due(request: HttpRequest) -> HttpResponse:
    """What waits for the reader: seats to declare for, votes, and clocks, soonest first."""
    now = clock.now()
    sight = sight_of(reader(request).person, now)
    docket = docket_of(sight, number_in(request), SIZE)
    votes = votes_of(sight)
    enters = bool(entering_role(sight.rules, sight.offices))
    context = {
        "unsigned": docket.unsigned if enters else 0,
        "calls": [_call(part) for part in docket.calls],
        "today": now,
        "votes": [_vote(one) for one in votes if not one.mine],
        "voted": [_vote(one) for one in votes if one.mine],
        "rows": [row_of(part, now) for part in docket.seats.rows],
        "total": docket.seats.total,
        "page": Numbered.of(docket.seats.total, SIZE).page(docket.seats.number),
        "asides": list(_asides(sight)),
        "door": DOOR,
        "enters": enters,
        "before": docket.before,
    }
    return render(request, "desk/due.html", DOOR.context(request, **context))


def _call(part: models.Part) -> dict[str, Any]:
    until = date.fromisoformat(part.until) if part.until else None
    return {
        "url": DOOR.url("sheet", part.matter.slug),
        "code": part.matter.code,
        "role": role_title(part.role, translate=gettext).lower(),
        "until": until,
        "due": day_words(until, translate=gettext) if until else "",
        "declared": part.status == "declared",
    }


def _vote(one: Vote) -> dict[str, Any]:
    book = books.running(one.matter.rulebook, one.matter.book)
    seats = book.rulebook.roles[one.role].seats
    return {
        "matter": one.matter,
        "url": DOOR.url("vote", one.matter.slug, one.ident),
        "title": act_title(book, one.act, translate=gettext),
        "stands": gettext("Voted so far: {cast} of {seats}.").format(cast=one.cast, seats=seats),
    }


def _asides(sight: Sight) -> Any:
    if not sight.standing.asides:
        return
    for one in asides_of(sight.person, sight.at):
        yield {
            "url": DOOR.url("matter", one.matter.slug),
            "office": role_title(one.office, translate=gettext).lower(),
            "until": date.fromisoformat(one.until),
        }
