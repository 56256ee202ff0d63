# SPDX-License-Identifier: Apache-2.0
"""The pages of the desk. Each shows what its reader has a seat in, and nothing else is counted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.casework.phrases_words import day_words, stage_title
from evenhand.procedure.reading import my_calls, my_parts
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.matter import acting, views
from evenhand.web.matter.door import Door

DOOR = Door("desk", "evenhand/desk.html", (("due", _("Due")), ("matters", _("Matters")), ("rules", _("Rules"))), True)


@desk_only
def due(request: HttpRequest) -> HttpResponse:
    """What waits for the reader: seats to declare for, votes, and clocks, soonest first."""
    person = reader(request).person
    seats = list(my_parts(person).filter(kind="seat", matter__over=False))
    votes = models.Proposal.objects.filter(status="open", matter__in=[part.matter_id for part in seats])
    roles = {part.matter_id: part for part in seats}
    waiting = [
        one
        for one in votes.select_related("matter")
        if one.role == roles[one.matter_id].role
        and not one.votes.filter(pseudonym=roles[one.matter_id].pseudonym).exists()
    ]
    context = {
        "calls": my_calls(person),
        "votes": [_vote(one) for one in waiting],
        "rows": [_row(part) for part in seats],
        "door": DOOR,
    }
    return render(request, "desk/due.html", DOOR.context(request, **context))


def _vote(one: models.Proposal) -> dict[str, Any]:
    url = DOOR.url("vote", one.matter.slug, one.ident)
    return {"matter": one.matter, "url": url, "act": one.act.replace("_", " ")}


def _row(part: models.Part) -> dict[str, Any]:
    matter = part.matter
    book = books.running(matter.rulebook, matter.book)
    now = clock.now()
    return {
        "url": DOOR.url("matter", matter.slug),
        "code": matter.code,
        "role": part.role.replace("_", " "),
        "stage": stage_title(matter.stage, translate=gettext).lower(),
        "due": day_words(book.calendar.local_day(matter.due), translate=gettext) if matter.due else "",
        "late": bool(matter.due and matter.due < now),
        "over": matter.over,
        "outcome": matter.outcome,
    }


@desk_only
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter in which the reader has a seat, the open ones first."""
    parts = my_parts(reader(request).person).filter(kind="seat")
    return render(request, "desk/matters.html", DOOR.context(request, rows=[_row(part) for part in parts]))


@desk_only
def rules(request: HttpRequest) -> HttpResponse:
    """The rulebook in force, as a plain walk-through from the same source (I12)."""
    book = books.in_force(clock.now())
    versions = models.Rulebook.objects.order_by("-in_force", "-version")
    return render(request, "desk/rules.html", DOOR.context(request, book=book, versions=versions))


@desk_only
def matter(request: HttpRequest, slug: str) -> HttpResponse:
    """One matter."""
    return views.matter_page(request, DOOR, slug)


@desk_only
def act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """The form of an act."""
    return acting.act_page(request, DOOR, slug, act)


@desk_only
def vote(request: HttpRequest, slug: str, proposal: str) -> HttpResponse:
    """A vote on a proposed act."""
    return views.vote_page(request, DOOR, slug, proposal)


@desk_only
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The conflict sheet."""
    return views.sheet_page(request, DOOR, slug)


@desk_only
def stand_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Standing back from a seat."""
    return views.stand_back_page(request, DOOR, slug)


@desk_only
def receipts(request: HttpRequest, slug: str) -> HttpResponse:
    """The receipts of a matter."""
    return views.receipts_file(request, DOOR, slug)
