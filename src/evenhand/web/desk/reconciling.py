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
from evenhand.procedure.naming import name_of
from evenhand.procedure.opening import enters_as
from evenhand.procedure.reconciling import CHANNELS, Signed, entered, missing, months, reconcile, signatures
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.sending import Form
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
    form = Form(request, _fields(channel, before))

    def sign(told: dict[str, Any]) -> object:
        words = {name: value or "" for name, value in told.items() if name != "received"}
        return reconcile(
            here(), person, month=month, channel=channel, received=told["received"], at=clock.now(),
            chance=secrets.token_bytes, key=form.key, **words,
        )  # fmt: skip

    if form.carried_out(sign):
        return HttpResponseRedirect(DOOR.url("reconciliation"))
    context = {
        "one": _row(month, channel, before),
        "title": month_words(month),
        "entered": entered(here(), month)[channel],
        **form.context,
        "back": DOOR.url("reconciliation"),
    }
    return render(request, "desk/reconcile.html", DOOR.context(request, **context), status=form.status)


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
