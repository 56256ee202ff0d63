# SPDX-License-Identifier: Apache-2.0
"""Standing aside from an office, as the holder, the overseers and the judge of challenges see it (M01)."""

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from evenhand.casework.phrases_words import day_words, role_title
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import open_sheet
from evenhand.procedure.standing_aside import (
    CASE_OVER,
    KIND,
    RULED,
    TOO_LONG,
    appeal,
    history,
    is_judge,
    open_aside,
    rule,
    waits_for_ruling,
)
from evenhand.store import models
from evenhand.web import clock
from evenhand.web.accounts.access import reader
from evenhand.web.looks.fields import Option, Shown
from evenhand.web.matter.door import Door, here

TITLES = {
    "aside_begun": gettext_noop("It began"), "aside_appealed": gettext_noop("A ruling was asked for"),
    "aside_ruled": gettext_noop("It was ruled on"), "aside_ended": gettext_noop("It ended"),
}  # fmt: skip
ENDS = {
    CASE_OVER: gettext_noop("The case is over."),
    TOO_LONG: gettext_noop("The longest time has passed."),
    RULED: gettext_noop("It was ruled so."),
}
GOES_ON = {True: gettext_noop("It goes on."), False: gettext_noop("It ends at once.")}


def is_aside(slug: str) -> bool:
    """Whether an address is that of a standing aside."""
    return models.Matter.objects.filter(slug=slug, kind=KIND).exists()


def aside_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """What it is, how long it lasts and why; the appeal for the holder, the ruling for the judge."""
    person, refused = reader(request).person, None
    try:
        open_sheet(here(), slug, person, at=clock.now())
    except NotYours:
        pass
    else:
        return HttpResponseRedirect(door.url("sheet", slug))
    try:
        part = open_aside(slug, person, at=clock.now())
        if request.method == "POST":
            _send(request, part)
            return HttpResponseRedirect(door.url("matter", slug))
    except NotYours:
        raise Http404 from None
    except (Changed, Refused) as why:
        refused = why
    mine, waits = part.kind == "party", waits_for_ruling(part.matter_id)
    judge = is_judge(part) and waits and not part.matter.over
    asks = mine and not waits and not part.matter.over
    fields = _fields(request, judge, gettext(refused.sentence) if refused else "") if judge or asks else []
    lines = [_line(entry, said) for entry, said in history(here(), part.matter_id)]
    context = {
        "row": part.matter,
        "mine": mine,
        "judge": judge,
        "waits": waits,
        "name": name_in(here(), models.Part.objects.get(matter_id=part.matter_id, kind="party")),
        "office": role_title(lines[0]["office"], translate=gettext).lower() if lines else "",
        "until": lines[-1]["until"] or (lines[0]["until"] if lines else ""),
        "lines": lines,
        "fields": fields,
        "problems": [(one.goal, mistake) for one in fields for mistake in one.mistakes],
        "key": request.POST.get("key") or secrets.token_hex(16),
    }
    return render(request, "desk/aside.html", door.context(request, **context), status=422 if refused else 200)


def _send(request: HttpRequest, part: models.Part) -> None:
    about: dict[str, Any] = {"at": clock.now(), "chance": secrets.token_bytes, "key": request.POST.get("key", "")[:64]}
    words = request.POST.get("words", "")[:10_000]
    if part.kind == "party":
        appeal(here(), part.matter_id, part.person, words, **about)
        return
    if request.POST.get("goes_on") not in ("yes", "no"):
        raise Refused("conflicts/aside/goes_on", "Say whether it goes on.")
    goes_on = request.POST["goes_on"] == "yes"
    rule(here(), part.matter_id, part.person, goes_on=goes_on, reasons=words, **about)


def _fields(request: HttpRequest, judge: bool, mistake: str) -> list[Shown]:
    mistakes = (mistake,) if mistake else ()
    label = gettext("The reasons of your ruling") if judge else gettext("Why you should not stand aside")
    words = Shown(
        name="words", kind="text", label=label, ident="words", values=(request.POST.get("words", ""),), mistakes=mistakes,
        hint="" if judge else gettext("The judge of challenges is called and rules on it. You can ask again after that."),
    )  # fmt: skip
    if not judge:
        return [words]
    sides = (("yes", gettext(GOES_ON[True])), ("no", gettext(GOES_ON[False])))
    chosen = request.POST.get("goes_on")
    options = tuple(Option(value=value, label=text, chosen=chosen == value) for value, text in sides)
    return [
        Shown(name="goes_on", kind="choice", label=gettext("How do you rule?"), ident="goes_on", options=options),
        words,
    ]


def _line(entry: models.Entry, said: Any) -> dict[str, Any]:
    about = said.get("body.aside", {})
    until = about.get("until", "")
    ended = gettext(ENDS[about["why"]]) if about.get("why") in ENDS else ""
    ruled = gettext(GOES_ON[said["body.ruled"]["goes_on"]]) if "body.ruled" in said else ""
    return {
        "title": gettext(TITLES[entry.rule.partition(".")[2]]),
        "at": entry.at,
        "n": entry.n,
        "office": about.get("office", ""),
        "until": day_words(date.fromisoformat(until), translate=gettext) if until else "",
        "says": ended or ruled,
        "words": said.get("text.reasons") or said.get("text.grounds") or "",
    }
