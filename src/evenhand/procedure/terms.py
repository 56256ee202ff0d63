# SPDX-License-Identifier: Apache-2.0
"""Terms of office: whose is over can do nothing from a seat, sees nothing of it, and the seat passes on (D17).

A seat is filled from the pool of its role, from the rulebook's substitutes, or from the body of last resort. Whoever holds
none of those offices any more has lost it, whatever they sat in.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet

from evenhand.procedure import seating
from evenhand.procedure.authority import held_by, out_of_office
from evenhand.procedure.declaring import begin
from evenhand.procedure.pen import Pen
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

OVER = "their term of office is over"


def pass_on_ended(organisation: Organisation, *, at: datetime, chance: Chance) -> int:
    """Seats in open matters whose holder's term is over go to the next; how many. For the worker."""
    now = at.astimezone(UTC)
    found = _out(_live(), now)
    for seat in found:
        with transaction.atomic():
            pen = begin(organisation, seat.matter_id, at=now, chance=chance)
            _vacate(pen, seat)
    return len(found)


def vacate(pen: Pen, person: str) -> int:
    """The seats of one person, in the transaction in which their term ended; how many they lost."""
    found = _out(_live().filter(person=person), pen.at)
    for seat in found:
        row = models.Matter.objects.get(ident=seat.matter_id)
        _vacate(Pen(pen.organisation, max(pen.at, row.last), pen.chance), seat)
    return len(found)


def _live() -> "QuerySet[models.Part]":
    seats = models.Part.objects.filter(kind="seat", status__in=seating.LIVE, matter__over=False)
    return seats.exclude(person="").select_related("matter").order_by("matter_id", "pseudonym")


def _out(seats: Iterable[models.Part], at: datetime) -> list[models.Part]:
    held: Mapping[str, set[str]] = held_by(at)
    return [seat for seat in seats if out_of_office(seat.matter, seat.role, held.get(seat.person, set()), at)]


def _vacate(pen: Pen, seat: models.Part) -> None:
    live = models.Part.objects.filter(pseudonym=seat.pseudonym, status__in=seating.LIVE)
    if live.exists():
        pen.note(seat.matter_id, "seat_passed", {"body.seat": {"pseudonym": seat.pseudonym, "why": OVER}})
        seating.fill(pen, seat.matter_id)
