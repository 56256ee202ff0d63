# SPDX-License-Identifier: Apache-2.0
"""The backlog by age and stage: nothing that is open is missing from it, and no small number of it is published (H06)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.procedure.backlog import BANDS, Backlog, Cell, Stage, backlog, smallest, told, told_all
from evenhand.store import books, models
from tests.procedure.a_case import Case

AGES = (1, 30, 31, 90, 91, 181, 400)


@pytest.fixture
def cases(made):
    """Seven matters, lodged so many days ago; the first has an officer who sits, the second a suspended respondent."""
    found = []
    for days in reversed(AGES):
        case = Case(made)
        case.lodge()
        found.append(case)
        now = case.at + timedelta(days=1)
        models.Matter.objects.filter(ident=case.ident).update(opened=now - timedelta(days=days, minutes=1))
    return found


def at(cases):
    """The instant at which the ages are as given."""
    return cases[0].at + timedelta(days=1)


def ages(found: Backlog) -> list[int]:
    """How many there are in each band."""
    return [cell.open for cell in found.bands]


def test_every_open_matter_stands_in_one_band(cases):
    """A thousand of two thousand cases had nobody, and stood in no list."""
    found = backlog(at(cases))
    assert [2, 2, 1, 1, 1] == ages(found)
    assert 7 == found.total.open
    assert 7 == sum(stage.total.open for stage in found.stages)


def test_what_nobody_handles_yet_is_counted_as_such(cases):
    """Whoever waits for an officer to be found would wait unseen (NEC-AB)."""
    sat = cases[0].seats("case_officer")
    models.Part.objects.filter(kind="seat").exclude(matter=cases[0].ident).update(status="called")
    models.Part.objects.filter(kind="seat", matter=cases[0].ident).update(status="sits")
    assert sat
    assert (7, 6) == (backlog(at(cases)).total.open, backlog(at(cases)).total.unassigned)


def test_matters_of_suspended_people_are_counted_as_such(cases):
    """Somebody who is suspended waits for a decision longer than anybody; as “paused” they stood in no figure (SPA)."""
    row = models.Matter.objects.get(ident=cases[1].ident)
    state = row.state | {"facts": [*row.state["facts"], "interim"]}
    models.Matter.objects.filter(ident=row.ident).update(state=state)
    assert (7, 1) == (backlog(at(cases)).total.open, backlog(at(cases)).total.suspended)


def test_what_is_over_is_not_in_the_backlog(cases):
    """It would never grow smaller."""
    models.Matter.objects.filter(ident=cases[0].ident).update(over=True)
    assert 6 == backlog(at(cases)).total.open


def test_a_matter_that_is_kept_from_somebody_is_not_counted_for_them(cases):
    """Whoever counts would learn from a number that somebody complains about them (D01)."""
    assert 0 == backlog(at(cases), person=cases[0].respondent).total.open
    assert 7 == backlog(at(cases), person=cases[0].made.people["overseers"][0]).total.open


def test_it_is_two_statements_however_much_is_open(cases):
    """With a hundred thousand matters the page would not open."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        backlog(at(cases))
    assert 2 == len(asked)


@pytest.mark.parametrize(("number", "said"), [(0, 0), (1, None), (9, None), (10, 10), (250, 250)])
def test_a_small_number_is_not_published(number, said):
    """One open matter in a stage tells everybody whose it is."""
    assert said == told(number, 10)


def test_what_is_left_out_cannot_be_reckoned_from_the_sum():
    """With the sum beside it, a single gap is no gap."""
    assert [None, None, 40] == told_all([3, 12, 40], 10)
    assert [None, 0, None] == told_all([3, 0, 12], 10)
    assert [None, None, 40] == told_all([3, 4, 40], 10)
    assert [11, 0, 40] == told_all([11, 0, 40], 10)


def test_the_rulebook_says_which_number_is_small(made):
    """Each organisation would have to live with ours."""
    assert 10 == smallest(books.in_force(made.at))


def test_sums_are_what_stands_in_the_cells():
    """A table whose lines do not add up is believed by nobody."""
    one, two = Cell(3, 2, 1), Cell(4, 0, 4)
    stages = tuple(Stage("discipline", name, (one, two, *[Cell()] * (len(BANDS) - 2))) for name in ("a", "b"))
    found = Backlog(at=None, stages=stages)  # type: ignore[arg-type]
    assert (Cell(14, 4, 10), Cell(6, 4, 2)) == (found.total, found.bands[0])
