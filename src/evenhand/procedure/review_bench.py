# SPDX-License-Identifier: Apache-2.0
"""Who looks at decisions in doubt: for each that is due at least two who were not on it, from wherever they have to come (D11).

Where one of two of the body was on the decision, somebody else is called: the next of the body, then its substitutes, then
the body of last resort.
"""

from functools import partial

from evenhand.casework.refusal import Refused
from evenhand.procedure import seating
from evenhand.procedure.doubting import call_reviewers, last_resort, oversight
from evenhand.procedure.pen import Pen
from evenhand.procedure.review_rows import Row, check_member, rows_of
from evenhand.rulebook.model import Role
from evenhand.store import books, models

TWO = 2
"""So many agree on a disposition."""


def body_of(review: models.Matter) -> Role | None:
    """The body before which a review lies: the oversight body, or the one to which it was handed over."""
    rules = books.rules_of(review.rulebook)
    return last_resort(rules) if review.names else oversight(rules)


def fill(pen: Pen, review: models.Matter) -> None:
    """Calls people to the seats of a review that are empty, and whoever is missing for one of its decisions."""
    call_reviewers(pen, review.ident, body_of(review))


def complete(pen: Pen, review: models.Matter, role: Role) -> None:
    """Calls others where fewer than two of those who sit or are called can be counted for a decision that is due."""
    for row in rows_of(pen.organisation, review):
        if not (row.open and row.listed.due):
            continue
        live = models.Part.objects.filter(matter=review, kind="seat", status__in=seating.LIVE)
        fit = sum(_fits(pen, row, role, person) for person in live.values_list("person", flat=True))
        if fit < TWO:
            seating.call(pen, review, role, TWO - fit, fit=partial(_fits, pen, row, role))


def _fits(pen: Pen, row: Row, role: Role, person: str) -> bool:
    try:
        check_member(pen, row, models.Part(person=person, role=role.id))
    except Refused:
        return False
    return True
