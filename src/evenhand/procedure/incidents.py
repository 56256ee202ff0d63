# SPDX-License-Identifier: Apache-2.0
"""Links complaints about one incident; each keeps its clock, its letters and its place in the statistics (A06).

Only who handles both links them, and only who has a seat in both reads the code name of the other. A party learns nothing
of it: the receipt of the link opens its day and number to them and no more.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import refuse_conflict
from evenhand.procedure.naming_parties import administers
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.performing import keep, repeated
from evenhand.procedure.reading import my_parts
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal


def linked_with(row: models.Matter, person: str) -> list[models.Matter]:
    """The other matters about the same incident in which the reader has a seat, by code name."""
    if not row.incident:
        return []
    return [one for one in _mine(person) if one.incident == row.incident and one.ident != row.ident]


def to_link(row: models.Matter, person: str) -> list[models.Matter]:
    """The matters that the reader could link with this one: those that they administer too, by code name."""
    parts = my_parts(person).filter(kind="seat").exclude(matter=row)
    found = [part.matter for part in parts if part.matter.book == row.book and administers(part.matter, part)]
    return sorted((one for one in found if not one.incident or one.incident != row.incident), key=lambda one: one.code)


@once_more
def link(
    organisation: Organisation,
    ident: str,
    person: str,
    others: Sequence[str],
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
) -> Done:
    """Links a matter with others, and with whatever these are linked with already, as one incident.

    `NotYours` where the person does not hold the administering seat in one of them; `Refused` where one of them is linked
    with a matter that they do not handle; `Changed` where somebody acted at the same time.
    """
    with transaction.atomic():
        everything = _everything(ident, others, person)
        begun = {one: begin_on(organisation, one, person, at, chance) for one in everything}  # in order: no deadlock
        again = repeated(key, person)
        if again is not None:
            return again
        rows = {one: row for one, (_, row, _, _) in begun.items()}
        if not all(administers(row, part) for _, row, part, _ in begun.values()):
            raise NotYours
        pen = begun[ident][0]
        known = [rows[ident].incident, *(row.incident for row in rows.values())]
        incident = next((one for one in known if one), pen.hex())
        entered = []
        for one, (other, row, part, _) in begun.items():
            refuse_conflict(other, row, part, "assign")
            if row.incident != incident:
                about = {"body.incident": {"incident": incident}}
                entered.append(other.note(one, "matter_linked", about, role=part.role, by=part.pseudonym))
        if not entered:
            raise Refused("procedure/matter_linked", "These matters are linked already.")
        pen.written.extend(entry for entry in entered if entry not in pen.written)
        done = keep(pen, key, ident, person)
    seal(organisation)
    return done


def _everything(ident: str, others: Sequence[str], person: str) -> list[str]:
    named = {ident, *others}
    mine = {part.matter_id for part in my_parts(person).filter(kind="seat", matter__in=named)}
    if mine != named or len(named) < 2:
        raise NotYours
    incidents = set(
        models.Matter.objects.filter(ident__in=named).exclude(incident="").values_list("incident", flat=True)
    )
    linked = set(models.Matter.objects.filter(incident__in=incidents).values_list("ident", flat=True))
    if linked - {part.matter_id for part in my_parts(person).filter(kind="seat", matter__in=linked)}:
        says = "One of these is linked with a matter that others handle. Ask them to link it."
        raise Refused("procedure/matter_linked", says)
    return sorted(named | linked)


def _mine(person: str) -> list[models.Matter]:
    return sorted((part.matter for part in my_parts(person).filter(kind="seat")), key=lambda one: one.code)
