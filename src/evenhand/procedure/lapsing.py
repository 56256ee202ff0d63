# SPDX-License-Identifier: Apache-2.0
"""Enters what the clock has done, dated when it was due, whoever looks and whenever (H03)."""

from datetime import UTC, datetime

from django.db import transaction

from evenhand.casework.acts import Act
from evenhand.casework.evolving import evolve
from evenhand.casework.lapsing import lapses
from evenhand.casework.running_book import RunningBook
from evenhand.procedure import consequences
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import locked
from evenhand.procedure.pen import Pen
from evenhand.store import books, models, rows, states
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation


def enter_due(pen: Pen, row: models.Matter, book: RunningBook) -> tuple[Act, ...]:
    """Enters every lapse of the matter that is due by the pen's instant, with what follows from each."""
    if row.due is None or row.due > pen.at:
        return ()
    state = states.of_data(row.state)
    due, stood = lapses(book, state, pen.at), []
    for act in due:
        pen.act(row.ident, act, book=row.book, by=None)
        stood.append(state)
        state = evolve(book, state, act)
    # What follows (letters, seats) happens now and is dated now: nothing but a lapse itself is dated back.
    for act, before in zip(due, stood, strict=True):
        consequences.after(pen, row.ident, act, before)
    return due


def lapse_everywhere(organisation: Organisation, *, at: datetime, chance: Chance) -> int:
    """Enters every lapse due by `at` in every matter, in the order in which they fell due; returns how many.

    Each matter in a transaction of its own. If nobody looked for a month, the same lapses are entered as if somebody had
    looked every day, each with its own day.
    """
    entered, now = 0, at.astimezone(UTC)
    while True:
        due = rows.column(models.Matter, "ident", due__lte=now, order=("due", "ident"), most=1)
        if not due:
            return entered
        entered += _one(organisation, due[0], now, chance)


@once_more
@transaction.atomic
def _one(organisation: Organisation, ident: str, now: datetime, chance: Chance) -> int:
    row = locked(ident)
    if row.due is None or row.due > now:
        return 0  # somebody else was faster
    pen = Pen(organisation, max(now, row.last), chance)
    return len(enter_due(pen, row, books.running(row.rulebook, row.book)))
