# SPDX-License-Identifier: Apache-2.0
"""What was received against what was entered, month by month and by each way in, for who enters complaints (M21)."""

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.naming import name_of
from evenhand.procedure.opening import enters_as
from evenhand.procedure.reconciling import CHANNELS, Signed, entered, missing, months, reconcile, signatures
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.looks.fields import gathered, of_act
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import here

WAYS = {
    "portal": gettext_noop("The portal"),
    "post": gettext_noop("Post"),
    "e-mail": gettext_noop("E-mail"),
    "spoken": gettext_noop("Speech"),
    "body": gettext_noop("The portal, for a body"),
}
COUNTED = {
    "portal": gettext_noop("Count them in the log of the server, without those of bodies."),
    "post": gettext_noop("Count them in the post book."),
    "e-mail": gettext_noop("Count them in the inbox."),
    "spoken": gettext_noop("Count them in the notes of calls and visits."),
    "body": gettext_noop("Count them in the log of the server."),
}
SHOWN = 24
"""So many months are listed, the newest first, besides those that are owed."""


@desk_only
def listed(request: HttpRequest) -> HttpResponse:
    """Every month that is over: what was signed, by whom, and what is owed."""
    _signer(request)
    signed = signatures(here())
    every = months(clock.now())
    owed = [month for month in every if any((month, one) not in signed for one in CHANNELS)]
    shown = sorted({*every[-SHOWN:], *owed}, reverse=True)
    context = {
        "unsigned": missing(clock.now()),
        "months": [
            {"title": month_words(month), "rows": [_row(month, one, signed.get((month, one))) for one in CHANNELS]}
            for month in shown
        ],
    }
    return render(request, "desk/reconciliation.html", DOOR.context(request, **context))


@desk_only
def one(request: HttpRequest, month: str, channel: str) -> HttpResponse:
    """One month of one way in, with the form by which it is signed, or corrected."""
    person = _signer(request)
    if month not in months(clock.now()) or channel not in CHANNELS:
        raise Http404
    before = signatures(here()).get((month, channel))
    fields, refused, key = _fields(channel, before), "", request.POST.get("key", "")[:64]
    typed = gathered(request.POST, request.POST.lists()) if request.method == "POST" else {}
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    mistakes = {name: [says] for name, (_, says) in read.items() if says and request.method == "POST"}
    if request.method == "POST" and not mistakes:
        told: dict[str, Any] = {name: value or "" for name, (value, _) in read.items() if name != "received"}
        try:
            reconcile(
                here(), person, month=month, channel=channel, received=read["received"][0], at=clock.now(),
                chance=secrets.token_bytes, key=key, **told,
            )  # fmt: skip
            return HttpResponseRedirect(DOOR.url("reconciliation"))
        except NotYours:
            raise Http404 from None
        except (Changed, Refused) as why:
            name = why.rule.rpartition("/")[2]
            if name in read:
                mistakes[name] = [gettext(why.sentence)]
            else:
                refused = gettext(why.sentence)
    shown = [of_act(f, typed.get(f.name) if typed else None, mistakes.get(f.name, ())) for f in fields]
    context = {
        "one": _row(month, channel, before),
        "title": month_words(month),
        "entered": entered(here(), month)[channel],
        "fields": shown,
        "problems": named_problems(shown),
        "refused": refused,
        "key": key or secrets.token_hex(16),
        "back": DOOR.url("reconciliation"),
    }
    status = 422 if mistakes or refused else 200
    return render(request, "desk/reconcile.html", DOOR.context(request, **context), status=status)


def _signer(request: HttpRequest) -> str:
    person = reader(request).person
    if not enters_as(person, clock.now()):
        raise Http404
    return person


def month_words(month: str) -> str:
    """April 2026."""
    return date_format(date.fromisoformat(f"{month}-01"), "F Y")


def _row(month: str, channel: str, signed: Signed | None) -> dict[str, Any]:
    return {
        "way": gettext(WAYS[channel]),
        "url": DOOR.url("reconcile", month, channel),
        "signed": signed,
        "name": name_of(here(), signed.person) if signed else "",
        "notes": [text for text in (signed.difference, signed.correction) if text] if signed else [],
    }


def _fields(channel: str, before: Signed | None) -> tuple[Field, ...]:
    label = gettext("How many were received?")
    found = [
        Field(item="received", name="received", kind="number", label=label, hint=gettext(COUNTED[channel])),
        Field(
            item="difference", name="difference", kind="text", label=gettext("Why do the two numbers differ?"),
            hint=gettext("Only where they do. Say what becomes of what was not entered; name nobody."), required=False,
        ),
    ]  # fmt: skip
    if before is not None:
        label = gettext("What was wrong in what was signed?")
        found.append(Field(item="correction", name="correction", kind="text", label=label))
    return tuple(found)
