# SPDX-License-Identifier: Apache-2.0
"""Public promises at the desk: what became of each, and the form by which one is made, for who enters complaints (H07)."""

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Field
from evenhand.procedure.opening import enters_as
from evenhand.procedure.promising import promise
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.sending import Form
from evenhand.web.looks.promises import told_promises
from evenhand.web.matter.door import here


@desk_only
def page(request: HttpRequest) -> HttpResponse:
    """Every promise, and the form."""
    person, now = reader(request).person, clock.now()
    if not enters_as(person, now):
        raise Http404
    form = Form(request, _fields())

    def made(told: dict[str, Any]) -> object:
        return promise(here(), person, at=now, chance=secrets.token_bytes, key=form.key, **_days(told))

    if form.carried_out(made):
        return HttpResponseRedirect(DOOR.url("promises"))
    context = {"promises": told_promises(here(), at=now), **form.context}
    return render(request, "desk/promises.html", DOOR.context(request, **context), status=form.status)


def _days(told: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(str(told[name])) for name in ("before", "until")}
    return {"says": str(told["says"]), **days}


def _fields() -> tuple[Field, ...]:
    hint = gettext(
        "As it is said in public, such as: All cases that came in before May are resolved by the end of July."
    )
    return (
        Field(item="says", name="says", kind="text", label=gettext("What is promised?"), hint=hint),
        Field(item="before", name="before", kind="date", label=gettext("For all cases that came in before")),
        Field(item="until", name="until", kind="date", label=gettext("Resolved by the end of")),
    )
