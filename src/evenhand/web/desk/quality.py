# SPDX-License-Identifier: Apache-2.0
"""What is looked at again for its quality: drawn by lot, month by month, for who enters complaints (D14)."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
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
from evenhand.web.looks.fields import gathered, of_act
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import here


@desk_only
def page(request: HttpRequest) -> HttpResponse:
    """What was drawn, and the form by which a month is."""
    person, now = reader(request).person, clock.now()
    if not enters_as(person, now):
        raise Http404
    done = drawn(here())
    free = [one for one in reversed(months(now)) if one not in {two.month for two in done}]
    fields, refused, key = _fields(free) if free else (), "", request.POST.get("key", "")[:64]
    typed = gathered(request.POST, request.POST.lists()) if request.method == "POST" else {}
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    mistakes = {name: [says] for name, (_, says) in read.items() if says and request.method == "POST"}
    if request.method == "POST" and fields and not mistakes:
        told = {"month": str(read["month"][0]), "number": int(read["number"][0])}
        try:
            draw_for_quality(here(), person, at=now, chance=secrets.token_bytes, key=key, **told)  # type: ignore[arg-type]
            return HttpResponseRedirect(DOOR.url("quality"))
        except NotYours:
            raise Http404 from None
        except (Changed, Refused) as why:
            name = why.rule.rpartition("/")[2]
            if name in read:
                mistakes[name] = [gettext(why.sentence)]
            else:
                refused = gettext(why.sentence)
    shown = [of_act(f, typed.get(f.name) if typed else None, mistakes.get(f.name, ())) for f in fields]
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
        "fields": shown,
        "problems": named_problems(shown),
        "refused": refused,
        "key": key or secrets.token_hex(16),
    }  # fmt: skip
    status = 422 if mistakes or refused else 200
    return render(request, "desk/quality.html", DOOR.context(request, **context), status=status)


def _fields(free: list[str]) -> tuple[Field, ...]:
    choices = tuple(Choice(value=one, label=month_words(one)) for one in free)
    hint = gettext("From 1 to 50. Where fewer ended, all of them are looked at.")
    return (
        Field(item="month", name="month", kind="choice", label=gettext("Ended in which month?"), choices=choices),
        Field(item="number", name="number", kind="number", label=gettext("How many are drawn?"), hint=hint),
    )
