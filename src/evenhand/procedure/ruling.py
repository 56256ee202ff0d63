# SPDX-License-Identifier: Apache-2.0
"""Rulings on what somebody with a declared conflict may do, and the call for the judge of challenges (D03, M02).

The unconflicted members of the same body rule by recorded majority: each enters a ruling with reasons, and the one with
which more than half of them say the same settles it. Until then, and on a tie, the person has no vote. Where a role has one
seat, or no colleague is free of conflict, the judge of challenges rules alone.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.conflicts.facts import MAY, May
from evenhand.procedure import seating
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import Bench, bench_for, judge_of, part_of, waiting_on
from evenhand.procedure.declaring import begin
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.opened import said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

RULE = "procedure.declaration_ruled"
QUESTIONS = ("procedure.declaration_made", "procedure.ruling_due")
SAYS = {
    "may": "Choose what the person may do: everything, everything but voting and deciding, or nothing.",
    "reasons": "A ruling on a declared conflict gives its reasons.",
    "self": "Nobody rules on themselves.",
    "bench": (
        "You cannot rule on this seat. The members of the same body who are free of conflict do, and the judge of "
        "challenges where there is none."
    ),
    "why": "Say what the judge of challenges should look at.",
    "no_judge": "This rulebook names nobody who rules on challenges.",
    "judge_here": "The judge of challenges is called to this case already.",
}
"""Every sentence in which a ruling is refused."""


class Waiting(NamedTuple):
    """A seat that waits for a ruling: its part, who may rule, and the kinds of what it waits for."""

    seat: models.Part
    bench: Bench
    kinds: tuple[str, ...]


def waiting(pen: Pen, row: models.Matter) -> list[Waiting]:
    """Every seat of a matter that waits for a ruling: declared, or sitting while something is not ruled on."""
    found = []
    for seat in models.Part.objects.filter(matter=row, kind="seat", status__in=("declared", "sits")).order_by("since"):
        grounds = [one for one in waiting_on(pen, row, seat) if seat.status == "declared" or one.silences]
        if grounds or seat.status == "declared":
            found.append(Waiting(seat, bench_for(pen, row, seat), tuple(sorted({one.category for one in grounds}))))
    return found


def to_rule_on(organisation: Organisation, row: models.Matter, part: models.Part, *, at: datetime) -> list[Waiting]:
    """The seats on which somebody who sits may rule now; nothing is written."""
    if part.kind != "seat" or not _may_wait(row):
        return []
    pen = Pen(organisation, at, _no_chance)
    return [one for one in waiting(pen, row) if part.pseudonym in {judge.pseudonym for judge in one.bench.members}]


def _may_wait(row: models.Matter) -> bool:
    seats = models.Part.objects.filter(matter=row, kind="seat")
    return seats.filter(Q(status="declared") | Q(status="sits", until__gt="")).exists()


def _no_chance(number: int) -> bytes:
    raise AssertionError("Reading draws nothing.")


@once_more
def rule(
    organisation: Organisation,
    ident: str,
    person: str,
    pseudonym: str,
    *,
    may: May,
    reasons: str,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Enters one member's ruling on a seat that waits, and whether it settles what the person may do (D03).

    `Refused` without reasons, and to whoever may not rule on this seat; that is entered. `NotYours` without a seat.
    """
    if may not in MAY:
        raise Refused("conflicts/ruling", SAYS["may"])
    reasons, refused = clean(reasons), None
    if not reasons:
        raise Refused("conflicts/ruling", SAYS["reasons"])
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=ident)
        part = part_of(row, person, at)
        if part is None or part.kind != "seat":
            raise NotYours
        asked = next((one for one in waiting(pen, row) if one.seat.pseudonym == pseudonym), None)
        if asked is None:
            raise NotYours
        if part.pseudonym in {one.pseudonym for one in asked.bench.members}:
            _enter(pen, part, asked, may, reasons)
            seating.fill(pen, ident)
        else:
            refused = Refused("conflicts/ruling", SAYS["self" if asked.seat.person == person else "bench"])
            pen.refusal(ident, RULE, role=part.role, by=part.pseudonym, why=refused.sentence, path=refused.rule)
        done = keep(pen, "" if refused else key, ident, person)
    if sealing:
        seal(organisation)
    if refused is not None:
        raise refused
    return done


def _enter(pen: Pen, part: models.Part, asked: Waiting, may: May, reasons: str) -> None:
    said_before = _said(pen, asked.seat)
    said_before[part.pseudonym] = may
    agree = sum(said_before.get(one.pseudonym) == may for one in asked.bench.members)
    settle(pen, part, asked.seat, may, reasons, settles=agree * 2 > asked.bench.of)


def settle(
    pen: Pen, part: models.Part, seat: models.Part, may: May, reasons: str, *, settles: bool = True
) -> models.Entry:
    """Enters a ruling by a part on a seat."""
    about = {"pseudonym": seat.pseudonym, "role": seat.role, "may": may, "settles": settles}
    fields = {"body.seat": about, "text.reasons": reasons}
    return pen.note(seat.matter_id, "declaration_ruled", fields, role=part.role, by=part.pseudonym)


def _said(pen: Pen, seat: models.Part) -> dict[str, str]:
    """What each has ruled on a seat since it was last asked: a question that came later wants new answers."""
    entries = models.Entry.objects.filter(
        matter=seat.matter_id, type="procedure", rule__in=(RULE, *QUESTIONS)
    ).order_by("n")
    cast: dict[str, str] = {}
    for entry in entries:
        about = said(entry, pen.organisation.keyring)["body.seat"]
        if about["pseudonym"] != seat.pseudonym:
            continue
        if entry.rule != RULE or about["settles"]:
            cast = {}
        else:
            cast[entry.by] = about["may"]
    return cast


@once_more
def ask_judge(
    organisation: Organisation,
    ident: str,
    person: str,
    *,
    why: str,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Whoever holds a seat asks for the judge of challenges, who is called to the matter. `Refused`, `NotYours`."""
    why = clean(why)
    if not why:
        raise Refused("procedure.ruling_asked", SAYS["why"])
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=ident)
        part = part_of(row, person, at)
        if part is None or part.kind != "seat" or not row.book:
            raise NotYours
        judge = judge_of(pen.rules)
        if judge is None:
            raise Refused("conflicts/challenge", SAYS["no_judge"])
        if models.Part.objects.filter(matter=row, role=judge.id, status__in=seating.LIVE).exists():
            raise Refused("procedure.ruling_asked", SAYS["judge_here"])
        pen.note(ident, "ruling_asked", {"text.reasons": why}, role=part.role, by=part.pseudonym)
        seating.fill(pen, ident)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done
