# SPDX-License-Identifier: Apache-2.0
"""What an act of a book makes of the row of its matter: the kernel says it, here it is written down."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.evolving import evolve
from evenhand.casework.fields import act_of
from evenhand.casework.lapsing import next_lapse
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.running_book import RunningBook
from evenhand.store import books, models, states

CHANGED = ("state", "stage", "over", "outcome", "due", "told")
"""What an act can change in the row of its matter."""


def done(row: models.Matter, said: Mapping[str, Any]) -> None:
    """Changes the row (without saving it) as the act says; opens the kernel's matter with the first act."""
    book = books.running(row.rulebook, row.book)
    before = states.of_data(row.state) if row.state else new_matter(book)
    act = act_of(said)
    write_state(row, book, evolve(book, before, act), act)


def write_state(row: models.Matter, book: RunningBook, after: Matter, act: Act) -> None:
    """Where the matter stands now, when its clock acts next, and whether the respondent knows of it."""
    rule = None if act.name.startswith(MISSED) else book.book.acts[act.name]
    row.state = states.as_data(after)
    row.stage, row.over = after.stage, after.over
    if rule is not None and rule.outcome:
        row.outcome = rule.outcome
    lapse = next_lapse(book, after)
    row.due = None if lapse is None else lapse.at.astimezone(UTC)
    # Where a book has nothing to tell, such as a challenge, whoever is a party knows of it from the beginning.
    telling = {fact.id for fact in book.book.facts.values() if fact.kind == "told"}
    row.told = row.told or not telling or bool(telling & after.facts)
