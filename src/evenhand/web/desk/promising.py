# SPDX-License-Identifier: Apache-2.0
"""Public promises at the desk: what became of each, and the form by which one is made, for who enters complaints (H07)."""

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.opening import enters_as
from evenhand.procedure.promising import promise
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.looks.fields import gathered, of_act
from evenhand.web.looks.promises import told_promises
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import here


@desk_only
def page(request: HttpRequest) -> HttpResponse:
    """Every promise, and the form."""
    person, now = reader(request).person, clock.now()
    if not enters_as(person, now):
        raise Http404
    fields, refused, key = _fields(), "", request.POST.get("key", "")[:64]
    typed = gathered(request.POST, request.POST.lists()) if request.method == "POST" else {}
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    mistakes = {name: [says] for name, (_, says) in read.items() if says and request.method == "POST"}
    if request.method == "POST" and not mistakes:
        told: dict[str, Any] = {name: value for name, (value, _) in read.items()}
        try:
            promise(here(), person, at=now, chance=secrets.token_bytes, key=key, **_days(told))
            return HttpResponseRedirect(DOOR.url("promises"))
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
        "promises": told_promises(here(), at=now),
        "fields": shown,
        "problems": named_problems(shown),
        "refused": refused,
        "key": key or secrets.token_hex(16),
    }
    status = 422 if mistakes or refused else 200
    return render(request, "desk/promises.html", DOOR.context(request, **context), status=status)


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
