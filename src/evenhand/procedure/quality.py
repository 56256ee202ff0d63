# SPDX-License-Identifier: Apache-2.0
"""Which of a month's ended matters are looked at again for their quality: drawn by lot, once, and anybody can draw it again.

Nobody chooses what is looked at, and nobody draws until the lot pleases: a month is drawn once. The lot is that of the seats
(VRS, D14), with the organisation's own beacon, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from evenhand.ballots.draw import order
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Done
from evenhand.procedure.at_once import once_more
from evenhand.procedure.own_file import begin_entering, note_by
from evenhand.procedure.performing import keep
from evenhand.procedure.reconciling import owed_months
from evenhand.rulebook.calendar import Calendar
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

DRAWN = "procedure.quality_drawn"
RULE = "procedure/quality"
MOST, POOL = 50, 3000
SAYS = {
    "month": "This month is not over yet, or lies before this record. Choose one that is over.",
    "number": "Choose how many are drawn: a whole number from 1 to 50.",
    "none": "No matter ended in this month, so there is nothing to draw from.",
    "twice": "This month was drawn already. It is drawn once, or somebody could draw until the lot pleases.",
}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What was drawn for a month, in the order of the lot, out of how many; `person` had it drawn."""

    month: str
    matters: tuple[str, ...]
    of: int
    person: str
    at: datetime


@once_more
def draw_for_quality(
    organisation: Organisation, person: str, *, month: str, number: int, at: datetime, chance: Chance, key: str = ""
) -> Done:
    """Draws some of the matters that ended in a month. `NotYours` for who does not enter complaints; `Refused`."""
    with transaction.atomic():
        begun = begin_entering(organisation, person, at=at, chance=chance, key=key)
        if isinstance(begun, Done):
            return begun
        pen, file, role = begun
        _refuse("month", month not in owed_months(file.opened, pen.at))
        _refuse("number", not 1 <= number <= MOST)
        _refuse("twice", any(one.month == month for one in drawn(organisation)))
        ended = sorted(ended_in(month, pen.calendar))[:POOL]
        _refuse("none", not ended)
        label = {pen.hex(): ident for ident in ended}
        newest = models.Entry.objects.filter(matter=file.ident).order_by("-n").values_list("leaf", flat=True)[0]
        beacon = pen.chance(32)
        lot = [one.label for one in order(bytes.fromhex(newest), beacon, sorted(label))][:number]
        fields: dict[str, object] = {
            "body.quality": {"month": month, "of": len(ended)},
            "body.draw": {
                "method": "vrs", "salt": newest, "beacon": beacon.hex(),
                "source": "random bytes of the organisation, without an outside beacon",
                "pool": sorted(label), "order": lot,
            },
            "person.pool": label,
        }  # fmt: skip
        note_by(pen, file.ident, DRAWN.partition(".")[2], fields, person, role)
        done = keep(pen, key, file.ident, person)
    seal(organisation)
    return done


def ended_in(month: str, calendar: Calendar) -> Iterator[str]:
    """The matters that ended in a month, with their last act."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=32)).replace(day=1)
    over = models.Matter.objects.filter(over=True).exclude(book="").values("ident")
    acts = models.Entry.objects.filter(type="act", matter__in=over).order_by().values("matter")
    for ident, ended in acts.annotate(last=Max("at")).values_list("matter", "last"):
        if first <= calendar.local_day(ended.astimezone(UTC)) < last:
            yield ident


def drawn(organisation: Organisation) -> list[Drawn]:
    """What was drawn, the newest month first."""
    found = []
    for entry in models.Entry.objects.filter(rule=DRAWN).order_by("-id"):
        try:
            one = said(entry, organisation.keyring)
        except Erased:
            continue
        matters = tuple(one["person.pool"][label] for label in one["body.draw"]["order"])
        person = one["person.parts"][0]["person"]
        about = one["body.quality"]
        found.append(Drawn(month=about["month"], matters=matters, of=about["of"], person=person, at=entry.at))
    return sorted(found, key=lambda one: one.month, reverse=True)


def _refuse(what: str, so: bool) -> None:
    if so:
        raise Refused(f"{RULE}/{what}", SAYS[what])
