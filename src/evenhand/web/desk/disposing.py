# SPDX-License-Identifier: Apache-2.0
"""The forms of a review: what becomes of one decision, and the queue of all that turned on one vote (D11, G06)."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.disposing import TOUCHES, answer, propose, queue, queueable
from evenhand.procedure.reading import Opened
from evenhand.procedure.review_rows import TELL, Row, row_of, rows_of
from evenhand.web import clock
from evenhand.web.desk.reviewing import opened_review
from evenhand.web.desk.reviewing_rows import NEEDS, TITLES, shown
from evenhand.web.looks.fields import Option, Shown
from evenhand.web.matter.door import Door, here

MOST = 10_000
FIELD_OF = {
    "conflicts/affected": "disposition", "conflicts/affected/quorum": "disposition", "conflicts/affected/route": "disposition",
    "conflicts/affected/whole_body": "disposition", "conflicts/affected/reasons": "reasons", "conflicts/affected/told": "told",
}  # fmt: skip
"""At which field a refusal is shown; any other stands at the head of the form."""
Typed = Mapping[str, str]


def decision_page(request: HttpRequest, door: Door, slug: str, ident: str) -> HttpResponse:
    """One listed decision: its vote as it was and without, what each disposition needs, and the form."""
    opened = opened_review(request, slug)
    row = row_of(here(), opened.row, ident)
    if row is None:
        raise Http404
    typed: Typed = {name: value[:MOST] for name, value in request.POST.items() if isinstance(value, str)}
    refused: Changed | Refused | None = None
    if request.method == "POST":
        try:
            _send(opened, row, typed)
        except (Changed, Refused) as why:
            refused = why
        except NotYours:
            raise Http404 from None
        else:
            return HttpResponseRedirect(door.url("decision", slug, ident))
    at = FIELD_OF.get(refused.rule, "") if refused else ""
    answering = "agrees" if typed.get("do") == "answer" else "disposition"
    mistakes = {answering if at == "disposition" else at: gettext(refused.sentence)} if refused and at else {}
    fields = _fields(row, {} if typed.get("do") == "answer" else typed, mistakes if typed.get("do") != "answer" else {})
    answers = _answers(typed, mistakes) if typed.get("do") == "answer" else _answers({}, {})
    context = {
        "row": opened.row,
        "one": shown(row, door),
        "back": door.url("matter", slug),
        "fields": fields,
        "answers": answers,
        "proposal": _proposal(opened, row),
        "problems": [(one.goal, mistake) for one in (*answers, *fields) for mistake in one.mistakes],
        "refused": refused if refused and not at else None,
        "may": opened.part.kind == "seat",
        "key": typed.get("key") or secrets.token_hex(16),
    }
    return render(
        request, "desk/review_decision.html", door.context(request, **context), status=422 if refused else 200
    )


def _send(opened: Opened, row: Row, typed: Typed) -> None:
    about: dict[str, Any] = {"at": clock.now(), "chance": secrets.token_bytes, "key": typed.get("key", "")[:64]}
    where = (here(), opened.row.ident, opened.part.person, row.listed.ident)
    if typed.get("do") == "answer":
        if typed.get("agrees") not in ("yes", "no"):
            raise Refused("conflicts/affected", "Say whether you agree.")
        answer(*where, agrees=typed["agrees"] == "yes", reasons=typed.get("reasons", ""), **about)
        return
    if not typed.get("disposition"):
        raise Refused("conflicts/affected", "Choose what becomes of this decision.")
    propose(
        *where, typed["disposition"], reasons=typed.get("reasons", ""), told=typed.get("told", ""),
        tell=typed.get("tell") == "yes", **about,
    )  # fmt: skip


def _fields(row: Row, typed: Typed, mistakes: Mapping[str, str]) -> list[Shown]:
    """The form by which something is proposed; a disposition that is not open says why."""
    options = tuple(
        Option(
            value=name, label=gettext(TITLES[name]), hint=gettext(NEEDS[name]),
            why_not=gettext(why.sentence) if why is not None else "", chosen=typed.get("disposition") == name,
        )
        for name, why in (*row.choices(), (TELL, None))
    )  # fmt: skip
    touches = ", ".join(gettext(TITLES[name]).lower() for name in (*TOUCHES, TELL))
    return [
        Shown(
            name="disposition", kind="choice", label=gettext("What becomes of this decision?"), ident="disposition",
            options=options, mistakes=_mistake(mistakes, "disposition"),
        ),
        Shown(
            name="reasons", kind="text", label=gettext("Why, for this decision"), ident="reasons",
            hint=gettext("In your own words, answering each flag that is set. Read by reviewers, now and later."),
            values=(typed.get("reasons", ""),), mistakes=_mistake(mistakes, "reasons"),
        ),
        Shown(
            name="told", kind="text", label=gettext("What the parties of this decision are told"), ident="told", required=False,
            hint=gettext(
                "Needed for: {touches}. Give the reason without the person: their name would tell the parties of a case elsewhere."
            ).format(touches=touches),
            values=(typed.get("told", ""),), mistakes=_mistake(mistakes, "told"),
        ),
        Shown(
            name="tell", kind="choices", label=gettext("When it changes nothing for them"), ident="tell", required=False,
            options=(Option(value="yes", label=gettext("Tell the parties all the same"), chosen=typed.get("tell") == "yes"),),
        ),
    ]  # fmt: skip


def _answers(typed: Typed, mistakes: Mapping[str, str]) -> list[Shown]:
    """The form by which somebody agrees or disagrees with what is proposed."""
    sides = (("yes", gettext("I agree: record it")), ("no", gettext("I disagree")))
    return [
        Shown(
            name="agrees", kind="choice", label=gettext("Do you agree?"), ident="agrees",
            options=tuple(Option(value=value, label=label, chosen=typed.get("agrees") == value) for value, label in sides),
            mistakes=_mistake(mistakes, "agrees"),
        ),
        Shown(
            name="reasons", kind="text", label=gettext("Your reasons"), ident="answer-reasons", required=False,
            hint=gettext("Needed if you disagree, and of what was queued with others: the reasons for this one."),
            values=(typed.get("reasons", ""),), mistakes=_mistake(mistakes, "reasons"),
        ),
    ]  # fmt: skip


def _mistake(mistakes: Mapping[str, str], name: str) -> tuple[str, ...]:
    return (mistakes[name],) if name in mistakes else ()


def _proposal(opened: Opened, row: Row) -> dict[str, Any]:
    if row.proposal is None:
        return {}
    about, mine = row.proposal, opened.part.pseudonym
    return {
        "title": gettext(TITLES[about.disposition]),
        "reasons": about.reasons,
        "told": about.told,
        "queued": about.queued,
        "mine": about.by == mine,
        "agreed": sum(about.words.values()),
        "against": sum(not one for one in about.words.values()),
        "word": about.words.get(mine),
    }


def queue_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """Proposes in one act that all pivotal decisions be reopened; each is answered by itself after that."""
    opened = opened_review(request, slug)
    rows = [row for row in rows_of(here(), opened.row) if queueable(row)]
    refused: Changed | Refused | None = None
    typed: Typed = {name: value[:MOST] for name, value in request.POST.items() if isinstance(value, str)}
    if request.method == "POST":
        try:
            queue(
                here(), opened.row.ident, opened.part.person, reasons=typed.get("reasons", ""), told=typed.get("told", ""),
                at=clock.now(), chance=secrets.token_bytes, key=typed.get("key", "")[:64],
            )  # fmt: skip
        except (Changed, Refused) as why:
            refused = why
        except NotYours:
            raise Http404 from None
        else:
            return HttpResponseRedirect(door.url("matter", slug))
    elif not rows:
        return HttpResponseRedirect(door.url("matter", slug))
    at = FIELD_OF.get(refused.rule, "") if refused else ""
    mistakes = {at: gettext(refused.sentence)} if refused and at in ("reasons", "told") else {}
    fields = [
        Shown(
            name="reasons", kind="text", label=gettext("What they have in common"), ident="reasons",
            values=(typed.get("reasons", ""),), mistakes=_mistake(mistakes, "reasons"),
            hint=gettext("The reason for which all of them should be decided again. A second reviewer adds the reasons for each."),
        ),
        Shown(
            name="told", kind="text", label=gettext("What the parties are told"), ident="told",
            values=(typed.get("told", ""),), mistakes=_mistake(mistakes, "told"),
            hint=gettext("Each party reads this of their own decision. Give the reason without the person."),
        ),
    ]  # fmt: skip
    context = {
        "row": opened.row,
        "rows": [shown(row, door) for row in rows],
        "fields": fields,
        "problems": [(one.goal, mistake) for one in fields for mistake in one.mistakes],
        "refused": refused if refused and not mistakes else None,
        "back": door.url("matter", slug),
        "key": typed.get("key") or secrets.token_hex(16),
    }
    return render(request, "desk/review_queue.html", door.context(request, **context), status=422 if refused else 200)
