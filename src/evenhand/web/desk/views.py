# SPDX-License-Identifier: Apache-2.0
"""The pages of the desk. Each shows what its reader has a seat in, and nothing else is counted."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.casework.matter import Matter
from evenhand.casework.phrases_words import (
    day_words,
    in_force_words,
    role_title,
    span_words,
    stage_says,
    stage_title,
    title_of,
)
from evenhand.casework.running_book import RunningBook
from evenhand.procedure.before_the_record import counted
from evenhand.procedure.opening import enters_as
from evenhand.procedure.reading import ASIDE, REVIEW, my_calls, my_parts
from evenhand.procedure.standing_aside import asides_of
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.model import Stage
from evenhand.store import books, models, states
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk import aside, disposing, reviewing
from evenhand.web.matter import acting, steps, views
from evenhand.web.matter import evidence as evidence_pages
from evenhand.web.matter import item as item_pages
from evenhand.web.matter import messages as message_pages
from evenhand.web.matter.door import Door
from evenhand.web.matter.votes import vote_page, votes_due

DOOR = Door("desk", "evenhand/desk.html", (("due", _("Due")), ("matters", _("Matters")), ("rules", _("Rules"))), True)


@desk_only
def due(request: HttpRequest) -> HttpResponse:
    """What waits for the reader: seats to declare for, votes, and clocks, soonest first."""
    person = reader(request).person
    seats = list(my_parts(person).filter(kind="seat", matter__over=False))
    votes = votes_due(seats, DOOR)
    context = {
        "calls": [_call(part) for part in my_calls(person)],
        "today": clock.now(),
        "votes": [one for one in votes if not one["mine"]],
        "voted": [one for one in votes if one["mine"]],
        "rows": [_row(part) for part in seats],
        "asides": [
            {
                "url": DOOR.url("matter", one.matter.slug),
                "office": role_title(one.office, translate=gettext).lower(),
                "until": date.fromisoformat(one.until),
            }
            for one in asides_of(person, clock.now())
        ],
        "door": DOOR,
        "enters": bool(enters_as(person, clock.now())),
        "before": counted().open,
    }
    return render(request, "desk/due.html", DOOR.context(request, **context))


def _call(part: models.Part) -> dict[str, Any]:
    until = date.fromisoformat(part.until) if part.until else None
    return {
        "url": DOOR.url("sheet", part.matter.slug),
        "code": part.matter.code,
        "role": role_title(part.role, translate=gettext).lower(),
        "until": until,
        "due": day_words(until, translate=gettext) if until else "",
        "declared": part.status == "declared",
    }


def _row(part: models.Part) -> dict[str, Any]:
    matter = part.matter
    if matter.kind in (REVIEW, ASIDE):
        due = reviewing.next_day(matter)
        return {
            "url": DOOR.url("matter", matter.slug), "code": matter.code, "role": role_title(part.role).lower(),
            "stage": gettext("decisions in doubt") if matter.kind == REVIEW else gettext("standing aside from an office"),
            "says": "", "last": due, "due": day_words(due, translate=gettext) if due else "", "clock": None,
            "group": _grouped(due, clock.now().date()), "late": bool(due and due < clock.now().date()),
            "over": matter.over, "outcome": "",
        }  # fmt: skip
    book = books.running(matter.rulebook, matter.book)
    now = clock.now()
    last = book.calendar.local_day(matter.due) if matter.due else None
    return {
        "url": DOOR.url("matter", matter.slug),
        "code": matter.code,
        "role": role_title(part.role, translate=gettext).lower(),
        "stage": stage_title(matter.stage, translate=gettext).lower(),
        "says": stage_says(book, matter.stage, translate=gettext),
        "last": last,
        "due": day_words(last, translate=gettext) if last else "",
        "clock": _clock(book, states.of_data(matter.state), last, now) if last and not matter.over else None,
        "group": _group(book, last, now),
        "late": bool(matter.due and matter.due < now),
        "over": matter.over,
        "outcome": matter.outcome,
        "before": matter.before,
    }


def _clock(book: RunningBook, state: Matter, last: date, now: datetime) -> dict[str, int]:
    """The two lines: the working days that there are, and those that are used."""
    since, calendar = state.counts_from or last, book.calendar
    return {
        "of": max(calendar.working_days(since, last), 0),
        "day": max(calendar.working_days(since, calendar.local_day(now)), 0),
    }


def _group(book: RunningBook, last: date | None, now: datetime) -> str:
    return _grouped(last, book.calendar.local_day(now))


def _grouped(last: date | None, today: date) -> str:
    """Under which heading of the docket something stands."""
    if last is None:
        return gettext("Without a limit")
    left = (last - today).days
    if left <= 0:
        return gettext("Today") if left == 0 else gettext("Late")
    return gettext("Within a week") if left <= 7 else gettext("Later")


@desk_only
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter in which the reader has a seat, the open ones first."""
    parts = my_parts(reader(request).person).filter(kind="seat")
    return render(request, "desk/matters.html", DOOR.context(request, rows=[_row(part) for part in parts]))


@desk_only
def rules(request: HttpRequest) -> HttpResponse:
    """The rulebook in force, as a plain walk-through from the same source (I12)."""
    now = clock.now()
    book = books.in_force(now)
    today = Calendar(book.calendar).local_day(now)
    versions = [
        {"row": one, "since": in_force_words(one.in_force, today, translate=gettext), "this": one.digest == book.digest}
        for one in models.Rulebook.objects.order_by("-in_force", "-version")
    ]
    since = next(one["since"] for one in versions if one["this"])
    walks = [
        {
            "title": one.title,
            "says": one.says,
            "stages": [
                (stage_title(stage.id, translate=gettext), stage.says, _within(stage)) for stage in one.stages.values()
            ],
        }
        for one in book.books.values()
    ]
    code = [(one.id, one.text, _sanctions(one.sanctions)) for one in book.code.values()]
    context = DOOR.context(request, book=book, since=since, code=code, versions=versions, walks=walks)
    return render(request, "desk/rules.html", context)


def _sanctions(kinds: Iterable[str]) -> str:
    return ", ".join(title_of(kind, translate=gettext).lower() for kind in kinds)


def _within(stage: Stage) -> str:
    return span_words(stage.clock.within, translate=gettext) if stage.clock else ""


@desk_only
def matter(request: HttpRequest, slug: str) -> HttpResponse:
    """One matter, the list of decisions that are in doubt, or a standing aside."""
    if reviewing.is_review(slug):
        return reviewing.review_page(request, DOOR, slug)
    if aside.is_aside(slug):
        return aside.aside_page(request, DOOR, slug)
    return views.matter_page(request, DOOR, slug)


@desk_only
def decision(request: HttpRequest, slug: str, ident: str) -> HttpResponse:
    """One decision of a review."""
    return disposing.decision_page(request, DOOR, slug, ident)


@desk_only
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that turned on one vote, queued for reopening."""
    return disposing.queue_page(request, DOOR, slug)


@desk_only
def act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """The form of an act."""
    return acting.act_page(request, DOOR, slug, act)


@desk_only
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """A step that no book orders."""
    return steps.step_page(request, DOOR, slug, step)


@desk_only
def vote(request: HttpRequest, slug: str, proposal: str) -> HttpResponse:
    """A vote on a proposed act."""
    return vote_page(request, DOOR, slug, proposal)


@desk_only
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The conflict sheet."""
    return views.sheet_page(request, DOOR, slug)


@desk_only
def stand_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Standing back from a seat."""
    return views.stand_back_page(request, DOOR, slug)


@desk_only
def letter(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A letter as it was sent."""
    return views.letter_page(request, DOOR, slug, n)


@desk_only
def receipts(request: HttpRequest, slug: str) -> HttpResponse:
    """The receipts of a matter."""
    return views.receipts_file(request, DOOR, slug)


@desk_only
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """The evidence of a matter."""
    return evidence_pages.items_page(request, DOOR, slug)


@desk_only
def item(request: HttpRequest, slug: str, item: str) -> HttpResponseBase:
    """One item of evidence."""
    return evidence_pages.item_file(request, DOOR, slug, item)


@desk_only
def serve(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """Gives an item to a party."""
    return evidence_pages.serve_item(request, DOOR, slug, item)


@desk_only
def item_about(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """What is known of one item of evidence, and who had it."""
    return item_pages.item_page(request, DOOR, slug, item)


@desk_only
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    """The messages of a matter."""
    return message_pages.messages_page(request, DOOR, slug)
