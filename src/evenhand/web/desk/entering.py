# SPDX-License-Identifier: Apache-2.0
"""An officer enters what came by post, by e-mail or in speech; afterwards the receipt, and a code to be handed over (M15).

Only who holds the office whose act carries a receipt finds these pages.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.phrases_words import day_words
from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import (
    complaining_role,
    opening_act,
    respondent_role,
    served_by,
)
from evenhand.procedure.asking import Asked, Changed, Done
from evenhand.procedure.at_once import tried
from evenhand.procedure.opening import Party, enters_as, lodge
from evenhand.procedure.performing import remember, repeated
from evenhand.procedure.registering import ANONYMOUS, OUTSIDER, Newcomer, enrol
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.accounts import codes
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.entering_questions import NEW, QUESTIONS
from evenhand.web.matter import questions
from evenhand.web.matter.door import here, seal_what_was_entered
from evenhand.web.matter.questions import BUSY, CHECK, KEY, TRIES, Question, Series, Typed

BOOK, ENTERED, HANDED = "discipline", "entered", "handed"


def _nothing(request: HttpRequest, question: Question) -> Mapping[str, Any]:
    return {}


SERIES = Series(
    saved="entering",
    door=DOOR,
    page="desk_enter_question",
    before="desk_due",
    template="desk/enter.html",
    questions=QUESTIONS,
    context=_nothing,
)


@desk_only
def begin(request: HttpRequest) -> HttpResponse:
    """Leads to the first question."""
    _role_or_404(request)
    return HttpResponseRedirect(SERIES.url(QUESTIONS[0].id))


@desk_only
def question(request: HttpRequest, step: str) -> HttpResponse:
    """One question, the page on which all of it is checked, or the receipt."""
    role = _role_or_404(request)
    if step == "done":
        return _done(request)
    if step != CHECK:
        return questions.ask(SERIES, request, step)
    typed = SERIES.typed(request)
    missing = questions.unanswered(SERIES, request, typed)
    if missing:
        return HttpResponseRedirect(SERIES.url(missing))
    if request.method == "POST" and typed.get(KEY):
        earlier = request.session.get(ENTERED)
        try:
            return _send(request, typed, role)
        except Refused as refused:
            return _check(request, typed, gettext(refused.sentence), status=422)
        except Changed:
            request.session[ENTERED] = earlier  # what a try had put there was undone
            return _check(request, typed, str(BUSY), status=409)
    return _check(request, typed)


def _role_or_404(request: HttpRequest) -> str:
    """The role in which the reader enters complaints; the page is not found for whoever has none."""
    found = enters_as(reader(request).person, clock.now())
    if not found:
        raise Http404
    return found


def _check(request: HttpRequest, typed: Typed, problem: str = "", *, status: int = 200) -> HttpResponse:
    typed = questions.with_key(SERIES, request, typed)
    context = {
        "answers": list(questions.answers(SERIES, request, typed)),
        "back": SERIES.url(SERIES.now(request, typed)[-1].id),
        "problems": [("send", problem)] if problem else (),
    }
    return render(request, "desk/enter_check.html", DOOR.context(request, **context), status=status)


def _send(request: HttpRequest, typed: Typed, role: str) -> HttpResponse:
    tried(lambda: _entered(request, typed, role), times=TRIES)
    seal_what_was_entered()
    return HttpResponseRedirect(SERIES.url("done"))


def _entered(request: HttpRequest, typed: Typed, role: str) -> None:
    """Enters the letter in one transaction; if it was entered before, does nothing. `Refused`."""
    key = typed[KEY][0]
    read = questions.read_all(SERIES, request, typed)
    known = read.get("complainant_is") or NEW
    # Before the transaction: it takes long, and on SQLite everybody else would wait for it.
    new = codes.stretched(secrets.token_bytes) if known == NEW else None
    with transaction.atomic():
        if repeated(key, ENTERED) is not None:
            return
        complainant = known if new is None else _complainant(read, new)
        done = _lodged(read, role=role, person=reader(request).person, complainant=complainant, key=key)
        remember(key, ENTERED, done)
        request.session.pop(SERIES.saved, None)
        request.session[ENTERED] = {
            "matter": done.matter, "entry": done.first, "code": new.code if new else "", "received": read["received"],
        }  # fmt: skip
        request.session.save()  # in the same transaction: whoever presses twice finds the code
    request.session.modified = False  # it was written; the framework need not write it once more


def _complainant(read: Mapping[str, Any], new: codes.Stretched) -> str:
    """Records who complains and is in no register, with a way in by the code that the officer hands over."""
    name = read["complainant"] or ""
    newcomer = Newcomer(
        name=name or gettext("somebody who gave no name"),
        kind=OUTSIDER if name else ANONYMOUS,
        address=read["address"] or "",
    )
    person = enrol(here(), newcomer, at=clock.now(), chance=secrets.token_bytes)
    codes.for_person(person, new, at=clock.now(), chance=secrets.token_bytes)
    return person


def _lodged(read: Mapping[str, Any], *, role: str, person: str, complainant: str, key: str) -> Done:
    now = clock.now()
    rules = books.in_force(now)
    danger = {name: bool(read[name]) for name in ("danger", "unsafe_to_tell")}
    act = opening_act(rules.books[BOOK], role, urgent=any(danger.values()))
    if act is None:
        raise Http404
    entered = books.running(rules.digest, BOOK).calendar.local_day(now).isoformat()
    known = {
        "account": read["account"],
        "danger": danger,
        "receipt": {"received": read["received"], "entered": entered},
        "notice": {"how": served_by(rules, read["channel"])},
    }
    asked = Asked(act=act.id, by=role, person=person, carries={item: known[item] for item in act.carries}, key=key)
    parties = [Party(role=complaining_role(rules), person=complainant)]
    chosen = read.get("respondent_is") or NEW
    if chosen != NEW:
        parties.append(Party(role=respondent_role(rules), person=chosen))
    elif read["respondent"]:
        newcomer = Newcomer(name=read["respondent"], kind=OUTSIDER)
        parties.append(Party(role=respondent_role(rules), newcomer=newcomer))
    for apart, names in (("affected", read["harmed_names"]), ("witness", read["seen_by"])):
        parties += [Party(role=apart, newcomer=Newcomer(name=name, kind=OUTSIDER)) for name in names or ()]
    return lodge(
        here(), asked, at=now, chance=secrets.token_bytes, sealing=False, parties=parties, about=read["words"] or "",
        conduct=read["conduct"] or "", channel=read["channel"],
    )  # fmt: skip


def _done(request: HttpRequest) -> HttpResponse:
    """The receipt. The code is shown until the officer says that it was handed over, and is kept nowhere after that."""
    about = request.session.get(ENTERED)
    row = models.Matter.objects.filter(ident=about["matter"]).first() if about else None
    if about is None or row is None:
        raise Http404
    if request.method == "POST" and about["code"]:
        about = request.session[ENTERED] = about | {"code": ""}
        return HttpResponseRedirect(SERIES.url("done"))
    entry = models.Entry.objects.get(id=about["entry"])
    calendar = books.running(row.rulebook, row.book).calendar
    received, entered = date.fromisoformat(about["received"]), calendar.local_day(row.opened)
    context = {
        "row": row,
        "code": about["code"],
        "leaf": entry.leaf,
        "received": day_words(received, translate=gettext),
        "entered": day_words(entered, translate=gettext),
        "gap": max(calendar.working_days(received, entered), 0),
        "due": day_words(calendar.local_day(row.due), translate=gettext) if row.due else "",
        "mine": row.parts.filter(person=reader(request).person, kind="seat", status__in=("called", "sits")).exists(),
        "url": DOOR.url("matter", row.slug),
    }
    return render(request, "desk/enter_done.html", DOOR.context(request, **context))
