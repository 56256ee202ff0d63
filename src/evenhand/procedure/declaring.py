# SPDX-License-Identifier: Apache-2.0
"""Declarations before access: the conflict sheet, the answer to it, and standing back (D02, D03).

Computed bars come first and silently; whoever remains sees names, places and days, no allegation and no content. Whoever
declares nothing waits for a ruling all the same where a ground has to be ruled on: they learn its kind and no more.
"""

from datetime import UTC, datetime
from typing import Literal

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.conflicts.grounds import conflicts_of
from evenhand.procedure import doubting, lapsing, seating
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import called_part, judge_of, locked, part_of, waiting_on
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.store import books, models, rows
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.querying import query
from evenhand.store.sealing import seal

Answer = Literal["none", "declare", "bar"]
CATEGORIES = ("family", "business", "employer", "past_case", "acquaintance", "statement", "other")
"""The category is kept readable and counted; the detail is sealed (D05)."""


def begin(organisation: Organisation, ident: str, *, at: datetime, chance: Chance) -> Pen:
    """A pen for something that no book orders: the matter is locked and what the clock owes is entered first."""
    row = locked(ident)
    pen = Pen(organisation, max(at.astimezone(UTC), row.last), chance)
    if row.state:
        lapsing.enter_due(pen, row, books.running(row.rulebook, row.book))
    return pen


@once_more
def read_sheet(organisation: Organisation, ident: str, person: str, *, at: datetime, chance: Chance) -> models.Part:
    """Whoever is called reads the conflict sheet; recorded once. `NotYours` for everybody else."""
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        part = called_part(rows.one(models.Matter, ident=ident), person, pen.at)
        if part is None:
            raise NotYours
        if not part.read:
            about = {"pseudonym": part.pseudonym, "role": part.role}
            pen.note(ident, "sheet_read", {"body.seat": about}, role=part.role, by=part.pseudonym)
            part.refresh_from_db()
    if pen.written:
        seal(organisation)
    return part


@once_more
def declare(
    organisation: Organisation,
    ident: str,
    person: str,
    answer: Answer,
    *,
    category: str = "",
    detail: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Answers the sheet: none and the seat is taken; declare and it waits for a ruling; bar and it passes on.

    Where something has to be ruled on anyway, none waits too (D03). Nobody rules on the judge of challenges: theirs passes on.
    `Refused` without a category where there is something to declare.
    """
    if answer != "none" and category not in CATEGORIES:
        raise Refused("conflicts/declare", "Say of which kind it is; the detail stays sealed.")
    category, detail = ("none" if answer == "none" else category), clean(detail)
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = rows.one(models.Matter, ident=ident)
        part = called_part(row, person, pen.at)
        if part is None or part.status != "called":
            raise NotYours
        seat: dict[str, object] = {
            "pseudonym": part.pseudonym,
            "role": part.role,
            "answer": answer,
            "category": category,
        }
        fields: dict[str, object] = {"body.seat": seat | _what_follows(pen, row, part, answer)}
        if detail.strip():
            fields["text.detail"] = detail
        pen.note(ident, "declaration_made", fields, role=part.role, by=part.pseudonym)
        if answer == "declare":
            doubting.suspend(pen, person)  # with what was known before it can be too much together (D04)
        seating.fill(pen, ident)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def _what_follows(pen: Pen, row: models.Matter, part: models.Part, answer: Answer) -> dict[str, object]:
    """What the entry of a declaration says besides the answer: that the seat waits, on what, until when; or that it passes."""
    if answer == "bar":
        return {}
    waits = sorted({one.category for one in waiting_on(pen, row, part)})
    if answer == "none" and not waits:
        return {}
    judge = judge_of(pen.rules)
    if judge is not None and judge.id == part.role:
        return {"passes": True}
    until = pen.calendar.due(pen.calendar.local_day(pen.at), seating.TO_RULE).isoformat()
    return {"until": until} | ({"waits": waits} if waits else {})


def to_answer(row: models.Matter, part: models.Part, *, at: datetime) -> tuple[str, ...]:
    """The kinds of what has to be ruled on before somebody who is called can sit, as their sheet tells them; often none."""
    rules = books.in_force(at)
    found = conflicts_of(
        query, rules, persons=[part.person], matter=row.ident, act="decide", role=part.role, at=at, known=at
    )
    return tuple(sorted({one.category for one in found if one.waits}))


@once_more
def stand_back(
    organisation: Organisation,
    ident: str,
    person: str,
    *,
    category: str,
    detail: str = "",
    at: datetime,
    chance: Chance,
) -> Done:
    """Whoever sits recuses themselves, with a ground; the seat passes to the next (GlobaLeaks had no way to do this)."""
    if category not in CATEGORIES:
        raise Refused("conflicts/declare", "Say of which kind it is; the detail stays sealed.")
    detail = clean(detail)
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        row = models.Matter.objects.get(ident=ident)
        part = part_of(row, person, pen.at) or called_part(row, person, pen.at)
        if part is None or part.kind != "seat":
            raise NotYours
        fields: dict[str, object] = {
            "body.seat": {"pseudonym": part.pseudonym, "role": part.role, "category": category}
        }
        if detail.strip():
            fields["text.detail"] = detail
        pen.note(ident, "recused", fields, role=part.role, by=part.pseudonym)
        seating.fill(pen, ident)
        done = keep(pen, "", ident)
    seal(organisation)
    return done


def pass_on(organisation: Organisation, *, at: datetime, chance: Chance) -> int:
    """Seats whose last day for a declaration, or for the ruling on one, has passed go to the next; returns how many."""
    day = at.date().isoformat()
    waiting = models.Part.objects.filter(
        kind="seat", status__in=seating.LIVE, until__gt="", until__lt=day, matter__over=False
    )
    found = list(waiting.order_by("until", "pseudonym").values_list("matter_id", "pseudonym"))
    for ident, pseudonym in found:
        with transaction.atomic():
            pen = begin(organisation, ident, at=at, chance=chance)
            seat = models.Part.objects.filter(pseudonym=pseudonym, status__in=seating.LIVE, until__gt="").first()
            if seat is not None:
                why = "no declaration in time" if seat.status == "called" else "no ruling in time"
                pen.note(ident, "seat_passed", {"body.seat": {"pseudonym": pseudonym, "why": why}})
                seating.fill(pen, ident)
    return len(found)
