# SPDX-License-Identifier: Apache-2.0
"""Complaining, one question a page: danger first, no clause asked for, saved as one goes, checked before it is sent.

Answers lie in the encrypted session until they are sent. Whoever is signed in complains under their name; whoever is not
gives a name or none, and gets a code of seven words with which to come back (A02, A14, M14, M18).
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from evenhand.casework.refusal import Refused
from evenhand.letters.languages import known
from evenhand.procedure.asking import Changed
from evenhand.procedure.at_once import tried
from evenhand.procedure.performing import remember, repeated
from evenhand.procedure.registering import ANONYMOUS, OUTSIDER, Newcomer, enrol
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.accounts import codes
from evenhand.web.accounts.access import reader
from evenhand.web.matter import questions
from evenhand.web.matter.door import here, seal_what_was_entered
from evenhand.web.matter.questions import BUSY, CHECK, KEY, TRIES, Question, Series, Typed
from evenhand.web.portal.complaint_questions import QUESTIONS
from evenhand.web.portal.complaint_sending import lodged
from evenhand.web.portal.views import DOOR

SAVED = COMPLAINT = "complaint"
COMPLAINED = "complained"


def _beside(request: HttpRequest, question: Question) -> dict[str, object]:
    return {"support": books.in_force(clock.now()).publication.get("support", ""), "danger": question.id == "danger"}


SERIES = Series(
    saved=SAVED,
    door=DOOR,
    page="portal_question",
    before="portal_complain",
    template="complain/question.html",
    questions=QUESTIONS,
    context=_beside,
)


def begin(request: HttpRequest) -> HttpResponse:
    """What a complaint leads to, and whom one can talk to first."""
    rules = books.in_force(clock.now())
    context = {"support": rules.publication.get("support", ""), "next": reverse("portal_question", args=["danger"])}
    return render(request, "complain/begin.html", DOOR.context(request, **context))


def question(request: HttpRequest, step: str) -> HttpResponse:
    """One question; what was answered is saved, and the next is asked."""
    if step == "done":
        return done(request)
    if step == CHECK:
        return check(request)
    return questions.ask(SERIES, request, step)


def check(request: HttpRequest) -> HttpResponse:
    """Every answer before it is sent; with the button it is sent, once."""
    typed = SERIES.typed(request)
    missing = questions.unanswered(SERIES, request, typed)
    if missing:
        return HttpResponseRedirect(SERIES.url(missing))
    if request.method == "POST" and typed.get(KEY):
        earlier = request.session.get(COMPLAINED)
        try:
            return _send(request, typed)
        except Refused as refused:
            return _check(request, typed, gettext(refused.sentence), status=422)
        except Changed:
            request.session[COMPLAINED] = earlier  # what a try had put there was undone
            return _check(request, typed, str(BUSY), status=409)
    return _check(request, typed)


def _check(request: HttpRequest, typed: Typed, problem: str = "", *, status: int = 200) -> HttpResponse:
    typed = questions.with_key(SERIES, request, typed)
    context = {
        "answers": list(questions.answers(SERIES, request, typed)),
        "title": gettext("Check your answers"),
        "back": SERIES.url(SERIES.now(request, typed)[-1].id),
        "problems": [("send", problem)] if problem else (),
        "support": _support(),
        "danger": "yes" in (*typed.get("danger", ()), *typed.get("unsafe_to_tell", ())),
    }
    return render(request, "complain/check.html", DOOR.context(request, **context), status=status)


def _support() -> str:
    """Whom one can call, in the words of the rulebook in force (B12)."""
    return str(books.in_force(clock.now()).publication.get("support", ""))


def _send(request: HttpRequest, typed: Typed) -> HttpResponse:
    tried(lambda: _entered(request, typed), times=TRIES)
    seal_what_was_entered()  # after the transaction: nothing is signed that is not committed
    return HttpResponseRedirect(SERIES.url("done"))


def _entered(request: HttpRequest, typed: Typed) -> None:
    """Enters the complaint in one transaction; if it was entered before, does nothing. `Refused`.

    What takes long and needs no lock is done before: on SQLite everybody else would wait for it.
    """
    who, now, key = reader(request), clock.now(), typed[KEY][0]
    read = questions.read_all(SERIES, request, typed)
    new = None if who.person else codes.stretched(secrets.token_bytes)
    with transaction.atomic():
        if repeated(key, COMPLAINT) is not None:
            # The button was pressed twice. The session is left as the first of the two leaves it: the code stands in it.
            return
        person = who.person or _newcomer(read, at=now)
        if new is not None:
            codes.for_person(person, new, at=now, chance=secrets.token_bytes)
        done_ = lodged(request, typed, read, person=person, key=key, at=now)
        remember(key, COMPLAINT, done_)
        request.session.pop(SAVED, None)
        request.session[COMPLAINED] = {
            "matter": done_.matter, "code": new.code if new else "", "entry": done_.first,
        }  # fmt: skip
        # In the same transaction: whoever presses twice is led to the code, and finds it there or nowhere.
        request.session.save()
    request.session.modified = False  # it was written; the framework need not write it once more


def _newcomer(read: Mapping[str, Any], *, at: datetime) -> str:
    """Who complains without an account, recorded as they gave themselves out to be."""
    name = read.get("name") or gettext("somebody who gave no name")
    kind = OUTSIDER if read.get("name") else ANONYMOUS
    newcomer = Newcomer(name=name, kind=kind, address=read.get("address") or "", language=known(get_language() or ""))
    return enrol(here(), newcomer, at=at, chance=secrets.token_bytes)


def done(request: HttpRequest) -> HttpResponse:
    """What was sent, with the receipt and the code; shown as long as the session lasts."""
    about = request.session.get(COMPLAINED)
    row = models.Matter.objects.filter(ident=about["matter"]).first() if about else None
    if about is None or row is None:
        raise Http404
    entry = models.Entry.objects.get(id=about["entry"])
    context = {
        "row": row, "code": about["code"], "entry": entry, "signed_in": reader(request).signed_in, "support": _support(),
    }  # fmt: skip
    return render(request, "complain/done.html", DOOR.context(request, **context, url=DOOR.url("matter", row.slug)))
