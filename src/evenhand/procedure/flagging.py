# SPDX-License-Identifier: Apache-2.0
"""Tells the judge of challenges where one reason bars many of a pool at once: rules that bar can be used to remove people (S13).

The bars stay in force, the substitutes sit, and the matter goes on.
"""

from collections.abc import Sequence

from evenhand.conflicts.grounds import Conflict, text_of
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Role
from evenhand.store import models
from evenhand.store.opened import said

SHARE = 3
"""If one reason bars more than a third of a pool, it is flagged."""


def flag(pen: Pen, row: models.Matter, role: Role, source: str, pool: int, found: Sequence[Conflict]) -> None:
    """Enters each reason that bars more than a third: one ground, or what became known on one day while the matter ran.

    `pool` is how many could be asked for a seat of the role from the pool `source`. What was known before the matter began
    is nobody's move in it. Each reason is entered once for a role and matter.
    """
    reasons: dict[str, set[str]] = {}
    opened = text_of(row.opened)
    for one in found:
        if one.bars:
            reasons.setdefault(f"ground {one.ground}", set()).add(one.person)
            newest = max(models.Fact.objects.filter(ident__in=one.facts).values_list("known", flat=True))
            if newest > opened:
                reasons.setdefault(f"day {newest[:10]}", set()).add(one.person)
    for reason, barred in reasons.items():
        if len(barred) * SHARE > pool and row.book and not _flagged(pen, row, role, reason):
            about = {"role": role.id, "from": source, "barred": len(barred), "pool": pool}
            # The reason stays sealed: it can be a matter elsewhere, of which the parties here must not learn.
            pen.note(row.ident, "pool_flagged", {"body.flag": about, "person.flag": {"reason": reason}})


def _flagged(pen: Pen, row: models.Matter, role: Role, reason: str) -> bool:
    before = models.Entry.objects.filter(matter=row.ident, type="procedure", rule="procedure.pool_flagged")
    told = (said(entry, pen.organisation.keyring) for entry in before)
    return any((one["body.flag"]["role"], one["person.flag"]["reason"]) == (role.id, reason) for one in told)
