# SPDX-License-Identifier: Apache-2.0
"""Who may: the part that a person has in a matter, the offices they hold, and what the conflict rules say of it.

No rank gives access (L07): only a part in the matter does, as a party or in a seat that was called and declared for.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.casework.refusal import Refused
from evenhand.casework.routes import challenged_role, kind_of
from evenhand.conflicts.grounds import conflicts_of
from evenhand.procedure.asking import NotYours
from evenhand.procedure.pen import Pen
from evenhand.store import books, models
from evenhand.store.querying import query

OFFICE = "office:"
MEANWHILE = "A challenge of you is open. Until it is ruled on, you do not act in this matter."


def part_of(row: models.Matter, person: str) -> models.Part | None:
    """The part by which a person may look and act: a party (a respondent once they were told), or a seat they sit in."""
    if not person:
        return None
    parts = models.Part.objects.filter(matter=row, person=person, status__in=("party", "sits"))
    part = parts.order_by("since").last()
    return None if part is None or (part.role == "respondent" and not row.told) else part


def locked(ident: str) -> models.Matter:
    """The row of a matter, which nobody else changes until this transaction ends. `NotYours` if there is none."""
    rows = models.Matter.objects.all()
    if connection.vendor == "postgresql":
        rows = rows.select_for_update()
    found = rows.filter(ident=ident).first()
    if found is None:
        raise NotYours
    return found


def called_part(row: models.Matter, person: str) -> models.Part | None:
    """The seat to which a person is called and for which they have not declared, or wait for a ruling."""
    if not person:
        return None
    if row.over:
        return None
    return models.Part.objects.filter(matter=row, person=person, status__in=("called", "declared")).last()


def holders(office: str, at: datetime) -> list[str]:
    """Who holds an office at an instant: terms with their start and end, so that acts after expiry are refused (D17)."""
    day = at.date().isoformat()
    held = models.Fact.objects.filter(
        kind="holds", b=f"{OFFICE}{office}", since_hi__lte=day, status="confirmed", withdrawn=None
    )
    return sorted(set(held.exclude(until_lo__lte=day).values_list("a", flat=True)))


def holds(person: str, office: str, at: datetime) -> bool:
    """Whether a person holds an office at an instant."""
    return person in holders(office, at)


def pool_of(pen: Pen, role: str) -> list[str]:
    """Who is eligible for a seat of a role by office, before anybody is conflicted."""
    groups: Iterable[str] = pen.rules.roles[role].groups or (role,)
    return sorted({person for group in groups for person in holders(group, pen.at)})


def challenges_of(row: models.Matter, person: str) -> list[models.Matter]:
    """The open challenges of a person who has a seat in a matter (D06)."""
    named = models.Part.objects.filter(person=person, kind="party", matter__names=row.ident, matter__over=False)
    found = []
    for part in named.select_related("matter"):
        rules = books.rules_of(part.matter.rulebook)
        if kind_of(rules, part.matter.book) == "challenge" and part.role == challenged_role(rules, part.matter.book):
            found.append(part.matter)
    return found


def refuse_conflict(pen: Pen, row: models.Matter, part: models.Part, act: str) -> None:
    """`Refused` if a ground of conflict bars the person from this act now, or while a challenge of them is open (D06).

    Parties keep a party's rights.
    """
    if part.kind == "party":
        return
    if challenges_of(row, part.person):
        raise Refused("conflicts/challenge/meanwhile", MEANWHILE)
    for conflict in against(pen, row, part.person, act, part.role):
        if conflict.severity == "bar" and conflict.waiver is None and conflict.status == "confirmed":
            raise Refused(f"conflicts/{conflict.ground}", conflict.sentence)


def against(pen: Pen, row: models.Matter, person: str, act: str, role: str) -> tuple[Any, ...]:
    """Every conflict of a person for an act in a matter, as it is known now."""
    return conflicts_of(
        query, pen.rules, persons=[person], matter=row.ident, act=act, role=role, at=pen.at, known=pen.at
    )
