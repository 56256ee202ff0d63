# SPDX-License-Identifier: Apache-2.0
"""What is looked at again for its quality: drawn by lot, month by month, for who enters complaints (D14)."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Choice, Field
from evenhand.procedure.backlog import AWAY
from evenhand.procedure.naming import name_of
from evenhand.procedure.opening import enters_as
from evenhand.procedure.quality import draw_for_quality, drawn
from evenhand.procedure.reconciling import months
from evenhand.store import models
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.reconciling import month_words
from evenhand.web.desk.sending import Form
from evenhand.web.matter.door import here


@desk_only
def page(request: HttpRequest) -> HttpResponse:
    """What was drawn, and the form by which a month is."""
    person, now = reader(request).person, clock.now()
    if not enters_as(person, now):
        raise Http404
    done = drawn(here())
    free = [one for one in reversed(months(now)) if one not in {two.month for two in done}]
    form = Form(request, _fields(free) if free else ())

    def draw(told: dict[str, Any]) -> object:
        month, number = str(told["month"]), int(told["number"])
        return draw_for_quality(
            here(), person, month=month, number=number, at=now, chance=secrets.token_bytes, key=form.key
        )

    if form.carried_out(draw):
        return HttpResponseRedirect(DOOR.url("quality"))
    wanted = [ident for one in done for ident in one.matters]
    codes = dict(models.Matter.objects.filter(ident__in=wanted).values_list("ident", "code"))
    kept = set(
        models.Part.objects.filter(person=person, matter__in=wanted, status__in=AWAY).values_list("matter", flat=True)
    )
    context = {
        "drawn": [
            {
                "title": month_words(one.month), "of": one.of, "name": name_of(here(), one.person), "at": one.at,
                "codes": [codes.get(ident, gettext("erased")) for ident in one.matters if ident not in kept],
            }
            for one in done
        ],
        **form.context,
    }  # fmt: skip
    return render(request, "desk/quality.html", DOOR.context(request, **context), status=form.status)


def _fields(free: list[str]) -> tuple[Field, ...]:
    choices = tuple(Choice(value=one, label=month_words(one)) for one in free)
    hint = gettext("From 1 to 50. Where fewer ended, all of them are looked at.")
    return (
        Field(item="month", name="month", kind="choice", label=gettext("Ended in which month?"), choices=choices),
        Field(item="number", name="number", kind="number", label=gettext("How many are drawn?"), hint=hint),
    )
