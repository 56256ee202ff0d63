# SPDX-License-Identifier: Apache-2.0
"""The matters that were open before this record began, apart from all others: each with what is known of it (M12).

Only who holds the office that enters complaints finds these pages; a matter with a name of ours is opened as every other.
"""

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.phrases_words import day_words
from evenhand.conflicts.facts import bounds
from evenhand.procedure.asking import NotYours
from evenhand.procedure.before_the_record import TAKEN_UP, Old, counted, old_matter, old_matters
from evenhand.procedure.taking_up import ENDS, end_before, keeps_old_matters
from evenhand.rulebook.calendar import Calendar
from evenhand.store import books
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.sending import Form
from evenhand.web.matter.door import here

ENDED = {
    "decided": gettext_noop("It was decided"),
    "settled": gettext_noop("It was settled"),
    "withdrawn": gettext_noop("It was withdrawn"),
    "dropped": gettext_noop("It was dropped without a decision"),
    "lost": gettext_noop("Nothing more is to be found of it"),
    TAKEN_UP: gettext_noop("It was taken up under the rules"),
}
"""How each can have gone on."""


@desk_only
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, the open ones first, oldest first."""
    _found_by(request)
    context = {"rows": [_row(one) for one in old_matters(here())], "counted": counted()}
    return render(request, "desk/before.html", DOOR.context(request, **context))


@desk_only
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of one, and the form to say how it ended."""
    person = _found_by(request)
    try:
        old = old_matter(here(), slug)
    except NotYours:
        raise Http404 from None
    form = Form(request, _fields())

    def end(told: dict[str, Any]) -> object:
        return end_before(
            here(), old.row.ident, person, how=told["how"], source=told["source"], at=clock.now(),
            chance=secrets.token_bytes, key=form.key,
        )  # fmt: skip

    if form.carried_out(end):
        return HttpResponseRedirect(DOOR.url("before_one", slug))
    context = {"one": _row(old), "back": DOOR.url("before"), **form.context}
    if old.row.over:
        context["fields"] = ()
    return render(request, "desk/before_one.html", DOOR.context(request, **context), status=form.status)


def _found_by(request: HttpRequest) -> str:
    person = reader(request).person
    if not keeps_old_matters(person, clock.now()):
        raise Http404
    return person


def _row(old: Old) -> dict[str, Any]:
    now = clock.now()
    day = date.fromisoformat(bounds(old.received)[0]) if old.received else None
    today = Calendar(books.in_force(now).calendar).local_day(now)
    return {
        "code": old.row.code,
        "url": DOOR.url("before_one", old.row.slug),
        "reference": old.reference or gettext("erased"),
        "received": day_words(day, translate=gettext) if day else "",
        "days": (today - day).days if day else None,
        "what": old.what,
        "source": old.source,
        "open": not old.row.over,
        "ended": gettext(ENDED[old.row.outcome]) if old.row.outcome in ENDED else "",
        "known_from": old.known_from,
        "taken_up_by": old.taken_up_by,
    }


def _fields() -> tuple[Field, ...]:
    choices = tuple(Choice(value=one, label=gettext(ENDED[one])) for one in ENDS)
    hint = gettext("A page of the old book, a letter with its day, or who told you so.")
    return (
        Field(item="how", name="how", kind="choice", label=gettext("How did it end?"), choices=choices),
        Field(item="source", name="source", kind="text", label=gettext("From where is that known?"), hint=hint),
    )
