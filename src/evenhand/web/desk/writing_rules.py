# SPDX-License-Identifier: Apache-2.0
"""A new version of the rules, written, checked and proposed at the desk, and published by a second person (I01, I04).

Clauses, roles, calendar and the texts of letters are all in the one text. Only who may publish rules finds these pages.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.phrases_words import day_words
from evenhand.casework.refusal import Refused
from evenhand.procedure.adopting import DoesNotHold, NotAdopted
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.naming import name_of
from evenhand.procedure.proposing_rules import (
    Proposal,
    proposal,
    proposals,
    propose_rules,
    publish_rules,
    publishes_rules,
    withdraw_rules,
)
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.reading import MOST_BYTES
from evenhand.store import books
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk import rule_drafts
from evenhand.web.desk.comparing_rules import findings
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.rule_drafts import Draft
from evenhand.web.looks.fields import Shown, gathered, ident_of, of_act
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import here

TEXT, FILE, DECIDED, DAY, DESPITE = "text", "file", "decided", "in_force", "despite"


@desk_only
def write(request: HttpRequest) -> HttpResponse:
    """The text that somebody is writing: kept, checked, or laid before a second person."""
    person = _publisher(request)
    if request.method != "POST":
        draft = rule_drafts.kept(person)
        given = draft or Draft(text=books.text_of(books.in_force(clock.now()).digest))
        return _page(request, given, {}, kept=draft is not None)
    draft, mistakes = _typed(request)
    if request.POST.get("do") == "throw_away":
        rule_drafts.throw_away(person)
        return HttpResponseRedirect(DOOR.url("rules_new"))
    rule_drafts.keep(person, draft)
    if request.POST.get("do") == "propose" and not mistakes:
        ident = _propose(request, person, draft, mistakes)
        if ident:
            rule_drafts.throw_away(person)
            return HttpResponseRedirect(DOOR.url("rules_proposed", ident))
    looked = {} if FILE in mistakes else findings(draft.text)
    if request.POST.get("do") == "keep" and not mistakes:
        looked = {}
    return _page(request, draft, mistakes, kept=True, looked=looked)


def _publisher(request: HttpRequest) -> str:
    person = reader(request).person
    if not publishes_rules(person, clock.now()):
        raise Http404
    return person


def _typed(request: HttpRequest) -> tuple[Draft, dict[str, list[str]]]:
    """What was sent; a file takes the place of what was typed, if it can be read."""
    given = gathered(request.POST, request.POST.lists())
    text, mistakes = (given.get(TEXT) or [""])[0].replace("\r\n", "\n").replace("\r", "\n"), {}
    file = request.FILES.get(FILE)
    if file is not None:
        try:
            if (file.size or 0) > MOST_BYTES:
                raise ValueError
            text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            mistakes[FILE] = [gettext("This file is not UTF-8 text. Save it as UTF-8, and send it again.")]
        except ValueError:
            mistakes[FILE] = [gettext("This file is larger than a megabyte; no rulebook is. Choose the right one.")]
    day = (given.get(DAY) or [""])[0]
    _, wrong = read_one(_day_field(), [day] if day else [], gettext)
    if wrong:
        mistakes[DAY] = [wrong]
    typed = {name: (given.get(name) or [""])[0] for name in (DECIDED, DESPITE)}
    return Draft(text=text, in_force=day, **typed), mistakes


def _propose(request: HttpRequest, person: str, draft: Draft, mistakes: dict[str, list[str]]) -> str:
    try:
        return propose_rules(
            here(), draft.text, person, decided=draft.decided, at=clock.now(), chance=secrets.token_bytes,
            in_force=date.fromisoformat(draft.in_force) if draft.in_force else None, despite=_reasons(draft.despite),
            key=request.POST.get("key", "")[:64],
        )  # fmt: skip
    except NotYours:
        raise Http404 from None
    except Malformed as wrong:
        mistakes[TEXT] = [gettext("Line %(line)s: %(says)s") % {"line": wrong.line, "says": wrong.sentence}]
    except DoesNotHold as why:
        ids = ", ".join(sorted({one.id for one in why.failing}))
        says = gettext("These checks do not hold: %(ids)s. Mend the text, or give a reason for each, one on a line.")
        mistakes[DESPITE] = [says % {"ids": ids}]
    except NotAdopted as why:
        mistakes[TEXT] = [why.sentence]
    except (Refused, Changed) as why:
        mistakes[DECIDED if why.rule.endswith("/decided") else TEXT] = [gettext(why.sentence)]
    return ""


def _reasons(typed: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in typed.splitlines() if line.strip())
    return {check.strip(): reason.strip() for check, _, reason in pairs}


def _day_field() -> Field:
    return Field(
        item=DAY, name=DAY, kind="date", label=gettext("From which day is it in force?"), required=False,
        hint=gettext("Only where the text itself names no day. Never a day that is past: no rule binds backwards."),
    )  # fmt: skip


def _fields(draft: Draft, mistakes: Mapping[str, list[str]], failing: bool) -> list[Shown]:
    wrong = mistakes.get
    code = {"spellcheck": "false", "autocapitalize": "off"}
    found = [
        Shown(name=TEXT, kind="text", label=gettext("The text"), ident=ident_of(TEXT), values=(draft.text,), rows=30,
            hint=gettext("Clauses, roles, the calendar, acts, limits and letters, all in one. Give it the next number."),
            mistakes=tuple(wrong(TEXT, ())), attributes=code),
        Shown(name=FILE, kind="file", label=gettext("Or send it as a file"), ident=ident_of(FILE), required=False,
            hint=gettext("A file takes the place of what stands above."), mistakes=tuple(wrong(FILE, ()))),
        of_act(_day_field(), [draft.in_force] if draft.in_force else (), wrong(DAY, ())),
        Shown(name=DECIDED, kind="text", label=gettext("Who decided this change, when, and by which vote?"), rows=3,
            ident=ident_of(DECIDED), values=(draft.decided,), mistakes=tuple(wrong(DECIDED, ())), required=False,
            hint=gettext("Needed before it is laid before a second person. “Without a vote” is an answer, too; it is published.")),
    ]  # fmt: skip
    if failing or draft.despite or DESPITE in mistakes:
        hint = gettext(
            "One line for each check that fails, as in “C5: until the second officer is elected”. It is published."
        )
        found.append(
            Shown(name=DESPITE, kind="text", label=gettext("Why is it to hold all the same?"), ident=ident_of(DESPITE),
                values=(draft.despite,), hint=hint, rows=3, required=False, mistakes=tuple(wrong(DESPITE, ())))
        )  # fmt: skip
    return found


def _page(
    request: HttpRequest,
    draft: Draft,
    mistakes: Mapping[str, list[str]],
    *,
    kept: bool,
    looked: Mapping[str, Any] | None = None,
) -> HttpResponse:
    looked = looked or {}
    shown = _fields(draft, mistakes, bool(looked.get("failing")))
    context = {
        **looked,
        "looked": bool(looked),
        "fields": shown,
        "problems": named_problems(shown),
        "problems_title": gettext("Nothing was laid before anybody. What you wrote is kept") if mistakes else "",
        "kept": kept,
        "key": request.POST.get("key", "")[:64] or secrets.token_hex(16),
        "waiting": waiting(),
    }
    status = 422 if mistakes else 200
    return render(request, "desk/rules_new.html", DOOR.context(request, **context), status=status)


def waiting() -> list[dict[str, Any]]:
    """Every text that waits for a second person."""
    return [_row(one) for one in proposals(here()) if one.status == "open"]


def _row(one: Proposal) -> dict[str, Any]:
    return {
        "one": one,
        "url": DOOR.url("rules_proposed", one.ident),
        "by": name_of(here(), one.person),
        "from": day_words(one.in_force, translate=gettext),
    }


@desk_only
def proposed(request: HttpRequest, ident: str) -> HttpResponse:
    """One text that was laid before a second person: what it changes, and the buttons to publish or decline it."""
    person = _publisher(request)
    one = proposal(here(), ident)
    if one is None:
        raise Http404
    refused, reasons = "", request.POST.get("reasons", "")
    mistakes: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("do") == "publish":
                publish_rules(here(), ident, person, at=clock.now(), chance=secrets.token_bytes)
            else:
                withdraw_rules(here(), ident, person, reasons, at=clock.now(), chance=secrets.token_bytes)
            return HttpResponseRedirect(DOOR.url("rules_proposed", ident))
        except NotYours:
            raise Http404 from None
        except NotAdopted as why:
            refused = why.sentence
        except (Refused, Changed) as why:
            if why.rule.endswith("/reasons"):
                mistakes = (gettext(why.sentence),)
            else:
                refused = gettext(why.sentence)
    label = gettext("Why is it not published?") if one.person != person else gettext("Why do you take it back?")
    field = Shown(
        name="reasons",
        kind="text",
        label=label,
        ident=ident_of("reasons"),
        values=(reasons,),
        rows=3,
        mistakes=mistakes,
    )
    context = {
        **_row(one), **findings(one.text), "mine": one.person == person, "refused": refused, "field": field,
        "problems": named_problems([field]), "back": DOOR.url("rules"),
    }  # fmt: skip
    status = 422 if refused or mistakes else 200
    return render(request, "desk/rules_proposed.html", DOOR.context(request, **context), status=status)
