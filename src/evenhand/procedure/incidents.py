# SPDX-License-Identifier: Apache-2.0
"""Links complaints about one incident; each keeps its clock, its letters and its place in the statistics (A06).

Only who handles both links them, and only who has a seat in both reads the code name of the other. A party learns nothing
of it: the receipt of the link opens its day and number to them and no more.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import entering_roles
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import refuse_conflict
from evenhand.procedure.listing import my_seats
from evenhand.procedure.naming_parties import administers
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.performing import keep, repeated
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

if TYPE_CHECKING:
    from django.db.models import QuerySet


SHOWN = 30
"""So many matters are offered to choose from, the newest; any other is named by its code name."""


def linked_with(row: models.Matter, person: str, *, at: datetime) -> list[models.Matter]:
    """The other matters about the same incident in which the reader has a seat, by code name."""
    if not row.incident:
        return []
    parts = my_seats(person, at=at).filter(matter__incident=row.incident).exclude(matter=row)
    return sorted((part.matter for part in parts), key=lambda one: one.code)


def to_link(row: models.Matter, person: str, *, at: datetime) -> list[models.Matter]:
    """The newest `SHOWN` of the matters that the reader could link with this one, because they administer them too."""
    parts = _linkable(row, person, at).order_by("-opened", "-pseudonym")
    return [part.matter for part in parts[:SHOWN] if administers(part.matter, part)]


def can_link(row: models.Matter, person: str, *, at: datetime) -> bool:
    """Whether there is anything that could be linked with this one."""
    return _linkable(row, person, at).exists()


def by_codes(row: models.Matter, person: str, words: str, *, at: datetime) -> list[str]:
    """The matters that somebody names by their code names, one from the other by a comma; `Refused` where one is not theirs."""
    codes = [" ".join(one.split()) for one in words.split(",") if one.strip()]
    found: dict[str, list[str]] = {code.casefold(): [] for code in codes}
    named = _linkable(row, person, at).filter(code__in=[code.title() for code in codes])
    for part in named:
        found[part.matter.code.casefold()].append(part.matter_id)
    for code in codes:
        if len(found[code.casefold()]) != 1:
            says = (
                f"“{code}” is not the code name of one matter that you could link. Write it as it stands in your list."
            )
            raise Refused("procedure/matter_linked", says)
    return [one for idents in found.values() for one in idents]


def _linkable(row: models.Matter, person: str, at: datetime) -> "QuerySet[models.Part]":
    running = books.running(row.rulebook, row.book)
    roles = entering_roles(running.rulebook, running.book)
    parts = my_seats(person, at=at).filter(role__in=roles, book=row.book).exclude(matter=row)
    return parts.exclude(matter__incident=row.incident) if row.incident else parts


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
        everything = _everything(ident, others, person, at)
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


def _everything(ident: str, others: Sequence[str], person: str, at: datetime) -> list[str]:
    named = {ident, *others}
    seats = my_seats(person, at=at)
    mine = set(seats.filter(matter__in=named).values_list("matter_id", flat=True))
    if mine != named or len(named) < 2:
        raise NotYours
    incidents = set(
        models.Matter.objects.filter(ident__in=named).exclude(incident="").values_list("incident", flat=True)
    )
    linked = set(models.Matter.objects.filter(incident__in=incidents).values_list("ident", flat=True))
    if linked - set(seats.filter(matter__in=linked).values_list("matter_id", flat=True)):
        says = "One of these is linked with a matter that others handle. Ask them to link it."
        raise Refused("procedure/matter_linked", says)
    return sorted(named | linked)
