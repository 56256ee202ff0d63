# SPDX-License-Identifier: Apache-2.0
"""Complaining, one question a page: danger first, no clause asked for, saved as one goes, checked before it is sent.

Answers lie in the encrypted session until they are sent. Whoever is signed in complains under their name; whoever is not
gives a name or none, and gets a code of seven words with which to come back (A02, A14, M14, M18).
"""

import secrets
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.form_reading import clean, read_one
from evenhand.procedure.asking import Asked, Done
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.performing import remember, repeated
from evenhand.procedure.reading import holders_named
from evenhand.procedure.registering import ANONYMOUS, OUTSIDER, Newcomer, enrol
from evenhand.rulebook.model import Act
from evenhand.store import books, models
from evenhand.store.sealing import seal
from evenhand.web import clock
from evenhand.web.accounts import codes
from evenhand.web.accounts.access import reader
from evenhand.web.looks.fields import Shown, gathered, of_act
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import here
from evenhand.web.portal.views import DOOR

SAVED = COMPLAINT = "complaint"
STEPS = ("danger", "account", "about", "you", "check")
TITLES = {
    "danger": _("First: is anybody in danger?"),
    "account": _("What happened?"),
    "about": _("Whom is it about?"),
    "you": _("Who are you?"),
    "check": _("Check your answers"),
}

BESIDE = {
    "danger": (
        _("What a yes does"),
        _("A named person reads your complaint within one working day, and nobody is told of it before that."),
    ),
    "account": (
        _("What helps"),
        _(
            "What was said or done, by whom, where and when, and who else was there. What you do not know you may leave out."
        ),
    ),
    "about": (
        _("If you do not know a name"),
        _("Describe the person, or leave it empty. The case officer finds out; you need not."),
    ),
    "you": (
        _("Without a name"),
        _("You get a code of seven words, and with it you answer, ask and read like anybody else."),
    ),
}
"""What stands beside each question: title and text."""


def begin(request: HttpRequest) -> HttpResponse:
    """What a complaint leads to, and whom one can talk to first."""
    rules = books.in_force(clock.now())
    context = {"support": rules.publication.get("support", ""), "next": reverse("portal_question", args=["danger"])}
    return render(request, "complain/begin.html", DOOR.context(request, **context))


def fields_of(step: str, request: HttpRequest) -> tuple[Field, ...]:
    """The fields of a question."""
    match step:
        case "danger":
            return (
                Field(item="danger", name="danger", kind="yes_no", label=gettext("Is anybody in danger?")),
                Field(
                    item="danger",
                    name="unsafe_to_tell",
                    kind="yes_no",
                    label=gettext("Would it be unsafe for anybody if the person you complain about were told now?"),
                ),
            )
        case "account":
            hint = gettext("In your own words: what happened, when and where. You need not name a rule.")
            return (Field(item="account", name="account", kind="text", label=gettext("Your account"), hint=hint),)
        case "about":
            return _about()
        case "you" if not reader(request).signed_in:
            return (
                Field(
                    item="you", name="name", kind="line", label=gettext("Your name"), required=False,
                    hint=gettext("You may leave this empty. Then you get a code with which to come back."),
                ),
                Field(item="you", name="address", kind="line", label=gettext("Your e-mail address"), required=False),
            )  # fmt: skip
    return ()


def _about() -> tuple[Field, ...]:
    named = [
        Choice(value=person, label=f"{name} ({offices})")
        for person, name, offices in holders_named(here(), clock.now())
    ]
    nobody = Choice(value="none", label=gettext("Nobody on this list"))
    hint = gettext("People who hold an office. Whoever you choose here never sees the complaint from an office.")
    return (
        Field(item="about", name="words", kind="line", label=gettext("Name or description"), required=False),
        Field(item="about", name="conduct", kind="date", label=gettext("On which day did it happen?"), required=False),
        Field(
            item="about", name="holder", kind="choice", label=gettext("Is it one of these?"), hint=hint,
            choices=(nobody, *named), initial=("none",),
        ),
    )  # fmt: skip


def question(request: HttpRequest, step: str) -> HttpResponse:
    """One question; what was answered is saved, and the next is asked."""
    if step == "done":
        return done(request)
    if step not in STEPS:
        raise Http404
    answers: dict[str, list[str]] = dict(request.session.get(SAVED, {}))
    missing = _first_unanswered(request, answers, before=step)
    if missing:
        return HttpResponseRedirect(reverse("portal_question", args=[missing]))
    if step == "check":
        return _check(request, answers)
    fields = fields_of(step, request)
    if request.method != "POST":
        shown = [of_act(field, answers.get(field.name)) for field in fields]
        return _page(request, step, shown)
    typed = gathered(request.POST, request.POST.lists())
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    shown = [
        of_act(field, typed.get(field.name, ()), [said] if (said := read[field.name][1]) else ()) for field in fields
    ]
    if any(said for _value, said in read.values()):
        return _page(request, step, shown, status=422)
    answers |= {field.name: typed.get(field.name, []) for field in fields} | {f"{step} answered": ["yes"]}
    request.session[SAVED] = answers
    return HttpResponseRedirect(reverse("portal_question", args=[STEPS[STEPS.index(step) + 1]]))


def _first_unanswered(request: HttpRequest, answers: dict[str, list[str]], *, before: str) -> str:
    for step in STEPS[: STEPS.index(before)]:
        if fields_of(step, request) and f"{step} answered" not in answers:
            return step
    return ""


def _page(request: HttpRequest, step: str, shown: list[Shown], status: int = 200) -> HttpResponse:
    rules = books.in_force(clock.now())
    context = {
        "title": TITLES[step],
        "fields": shown,
        "problems": named_problems(shown),
        "number": STEPS.index(step) + 1,
        "of": len(STEPS),
        "support": rules.publication.get("support", ""),
        "danger": step == "danger",
        "beside": {"title": BESIDE[step][0], "text": BESIDE[step][1]},
        "back": reverse("portal_question", args=[STEPS[STEPS.index(step) - 1]])
        if step != STEPS[0]
        else reverse("portal_complain"),
    }
    return render(request, "complain/question.html", DOOR.context(request, **context), status=status)


def _check(request: HttpRequest, answers: dict[str, list[str]]) -> HttpResponse:
    if request.method == "POST":
        return _send(request, answers)
    listed = []
    for step in STEPS[:-1]:
        for field in fields_of(step, request):
            value = ", ".join(answers.get(field.name, ()))
            labels = {choice.value: choice.label for choice in field.choices} | {
                "yes": gettext("Yes"),
                "no": gettext("No"),
            }
            url = reverse("portal_question", args=[step])
            listed.append({"label": field.label, "value": labels.get(value, value) or gettext("nothing"), "url": url})
    key = answers.get("key", [secrets.token_hex(16)])
    request.session[SAVED] = answers | {"key": key}
    return render(request, "complain/check.html", DOOR.context(request, answers=listed, title=TITLES["check"]))


def _send(request: HttpRequest, answers: dict[str, list[str]]) -> HttpResponse:
    who, code, now = reader(request), "", clock.now()
    one = {name: clean((values or [""])[0]) for name, values in answers.items()}
    with transaction.atomic():
        if repeated(one.get("key", ""), COMPLAINT) is not None:
            # The button was pressed twice. The session is left as the first of the two leaves it: the code stands in it.
            return HttpResponseRedirect(reverse("portal_question", args=["done"]))
        person = who.person
        if not person:
            kind = OUTSIDER if one.get("name") else ANONYMOUS
            name = one.get("name") or gettext("somebody who gave no name")
            newcomer = Newcomer(name=name, kind=kind, address=one.get("address", ""))
            person = enrol(here(), newcomer, at=now, chance=secrets.token_bytes)
            code = codes.make(secrets.token_bytes)
            account = codes.open_account(code, at=now, chance=secrets.token_bytes)
            account.person = person
            account.save(update_fields=["person"])
        done_ = _lodge(person, one, member=bool(who.person))
        if one.get("key"):
            remember(one["key"], COMPLAINT, done_)
    seal(here())  # after the transaction: nothing is signed that is not committed
    request.session.pop(SAVED, None)
    request.session["complained"] = {"matter": done_.matter, "code": code, "entry": done_.first}
    return HttpResponseRedirect(reverse("portal_question", args=["done"]))


def _lodge(person: str, one: dict[str, str], *, member: bool) -> Done:
    danger = {name: one.get(name) == "yes" for name in ("danger", "unsafe_to_tell")}
    rules = books.in_force(clock.now())
    act = _opening(tuple(rules.books["discipline"].acts.values()), urgent=any(danger.values()), member=member)
    how = "portal" if "portal" in rules.calendar.service else next(iter(rules.calendar.service), "portal")
    carries: dict[str, Any] = {"account": one["account"], "danger": danger, "notice": {"how": how}}
    asked = Asked(
        act=act.id,
        by="complainant",
        person=person,
        carries={item: carries[item] for item in act.carries},
        key=one.get("key", ""),
    )
    about = [] if one.get("holder", "none") == "none" else [Party(role="respondent", person=one["holder"])]
    return lodge(
        here(), asked, at=clock.now(), chance=secrets.token_bytes, sealing=False, parties=about, about=one.get("words", ""),
        conduct=one.get("conduct", ""),
    )  # fmt: skip


def _opening(acts: tuple[Act, ...], *, urgent: bool, member: bool) -> Act:
    """The act by which somebody for themselves opens a matter: the urgent one where they said that it is."""
    plain = {"account", "danger", "notice"}
    mine = [act for act in acts if "start" in act.stages and "complainant" in act.by and set(act.carries) <= plain]
    pressing = [act for act in mine if "danger" in act.id or "urgent" in act.id]
    calm = [act for act in mine if act not in pressing]
    outside = [act for act in calm if "outsider" in act.id]
    if urgent and pressing:
        return pressing[0]
    return (outside or calm)[0] if not member else calm[0]


def done(request: HttpRequest) -> HttpResponse:
    """What was sent, with the receipt and the code; shown as long as the session lasts."""
    about = request.session.get("complained")
    row = models.Matter.objects.filter(ident=about["matter"]).first() if about else None
    if about is None or row is None:
        raise Http404
    entry = models.Entry.objects.get(id=about["entry"])
    context = {"row": row, "code": about["code"], "entry": entry, "signed_in": reader(request).signed_in}
    return render(request, "complain/done.html", DOOR.context(request, **context, url=DOOR.url("matter", row.slug)))
