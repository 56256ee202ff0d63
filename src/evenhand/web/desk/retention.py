# SPDX-License-Identifier: Apache-2.0
"""What is due for erasure, asked for by one person and approved by another (L04, L05).

A list of matters is shown by their code names alone: who erases needs to know what kind it was and when it ended, and
nothing of what was said in it.
"""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from evenhand.casework.phrases_words import day_words
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.erasing import (
    MOST,
    Request,
    approve_erasure,
    ask_erasure,
    decline_erasure,
    erases_as,
    requests,
)
from evenhand.procedure.naming import name_of
from evenhand.procedure.retaining import Kept, due_for_erasure
from evenhand.store import models
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.looks.fields import Option, Shown, ident_of
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import here

KINDS = {
    "decided": gettext_noop("decided"),
    "ended without a decision": gettext_noop("ended without a decision"),
    "withdrawn": gettext_noop("withdrawn"),
    "settled": gettext_noop("settled"),
    "otherwise": gettext_noop("ended otherwise"),
}
HELD = (gettext_noop("another matter about it is open"), gettext_noop("a decision in it is being looked at again"))
"""Why one is kept although its day has come, as `procedure.retaining` says it."""


@desk_only
def listed(request: HttpRequest) -> HttpResponse:
    """What is due, what waits for a second person, and what was erased."""
    person = reader(request).person
    if not erases_as(person, clock.now()):
        raise Http404
    matters, reasons = tuple(request.POST.getlist("matters")[: MOST + 1]), request.POST.get("reasons", "")
    refused, at_field = "", ""
    if request.method == "POST":
        try:
            _do(request, person, matters, reasons)
            return HttpResponseRedirect(DOOR.url("retention"))
        except NotYours:
            raise Http404 from None
        except (Refused, Changed) as why:
            field = why.rule.rpartition("/")[2]
            at_field = field if field in ("matters", "reasons") else ""
            refused = gettext(why.sentence)
    every = requests(here())
    waits = {ident for one in every if one.status == "open" for ident in one.matters}
    due = due_for_erasure(clock.now())
    free = [one for one in due if not one.held and one.row.ident not in waits][:MOST]
    asking = request.POST.get("do", "ask") == "ask"
    fields = _fields(free, matters, reasons if asking else "", {at_field: refused} if asking else {})
    context = {
        "due": [_row(one, waits) for one in due],
        "free": len(free),
        "fields": fields,
        "problems": named_problems(fields),
        "refused": "" if asking and at_field else refused,
        "open": [_request(one, person) for one in every if one.status == "open"],
        "over": [_request(one, person) for one in every if one.status != "open"],
    }
    return render(request, "desk/retention.html", DOOR.context(request, **context), status=422 if refused else 200)


def _do(request: HttpRequest, person: str, matters: tuple[str, ...], reasons: str) -> None:
    do, ident = request.POST.get("do", ""), request.POST.get("ident", "")
    given: dict[str, Any] = {"at": clock.now(), "chance": secrets.token_bytes}
    if do == "approve":
        approve_erasure(here(), ident, person, **given)
    elif do == "decline":
        decline_erasure(here(), ident, person, reasons, **given)
    else:
        ask_erasure(here(), matters, person, reasons, **given)


def _kind(kind: str) -> str:
    return gettext(KINDS[kind]) if kind in KINDS else kind


def _row(one: Kept, waits: set[str]) -> dict[str, Any]:
    held = (
        gettext("waits for a second person")
        if one.row.ident in waits
        else gettext(one.held)
        if one.held in HELD
        else one.held
    )
    return {
        "code": one.row.code,
        "kind": _kind(one.kind),
        "period": one.period,
        "ended": day_words(one.ended.date(), translate=gettext),
        "due": day_words(one.due, translate=gettext) if one.due else "",
        "held": held,
    }


def _fields(free: list[Kept], chosen: tuple[str, ...], reasons: str, wrong: dict[str, str]) -> list[Shown]:
    options = tuple(
        Option(value=one.row.ident, label=one.row.code, hint=_kind(one.kind), chosen=one.row.ident in chosen)
        for one in free
    )
    mistakes = {name: (says,) for name, says in wrong.items() if says}
    return [
        Shown(
            name="matters", kind="choices", label=gettext("Which matters are to be erased?"), ident=ident_of("matters"),
            options=options, values=chosen, mistakes=mistakes.get("matters", ()),
        ),
        Shown(
            name="reasons", kind="text", label=gettext("Is there anything to know about it?"), ident=ident_of("reasons"),
            hint=gettext("That their time is over is entered in any case."), values=(reasons,), required=False, rows=3,
            mistakes=mistakes.get("reasons", ()),
        ),
    ]  # fmt: skip


def _request(one: Request, person: str) -> dict[str, Any]:
    codes = models.Matter.objects.filter(ident__in=one.matters).order_by("code").values_list("code", flat=True)
    return {
        "one": one,
        "codes": list(codes),
        "by": name_of(here(), one.person),
        "mine": one.person == person,
        "why": Shown(
            name="reasons",
            kind="text",
            label=gettext("Why are they not erased?"),
            ident=f"id_why-{one.ident[:8]}",
            rows=3,
        ),
    }
